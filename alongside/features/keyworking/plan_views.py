"""A joint plan on screen: line by line with reasons, confirmed or overruled by a person who sees the cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse

from alongside.features.keyworking import text
from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import Member, caseload_rules_of, count_caseloads, list_team
from alongside.features.keyworking.deciding import confirm_places, overrule
from alongside.features.keyworking.forms import DecideForm, OverruleForm
from alongside.features.keyworking.models import Allocation, Proposal, ProposedPlace
from alongside.features.keyworking.views import labelled, today_of
from alongside.features.keyworking.waiting import Waiting, asked_about_keyworking, list_waiting
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import Cost, Plan, cost_of, in_points
from alongside.policy.allocation.matching import fit_of

#: So many lines of a plan on a page; each page is confirmed by itself.
PAGE = 40
#: How long a page waits for the cost of another choice.
COST_SECONDS = 4


def _plan(request: Request, plan_id: int) -> Proposal:
    """The plan of an area that one runs; 404 for any other."""
    areas = [held.area for held in request.me.roles if held.role in NAMES]
    found = Proposal.objects.select_related("icb", "asked_by").filter(pk=plan_id, icb_id__in=areas).first()
    if found is None:
        raise Http404
    return found


@for_roles(*NAMES)
def plan(request: Request, plan_id: int) -> HttpResponse:
    """The lines of a plan; those that are ticked are confirmed."""
    proposal = _plan(request, plan_id)
    today = today_of(request)
    begin = int(start) if (start := request.GET.get("from", "0")).isdecimal() and len(start) < 7 else 0
    lines = (
        _with_chosen(ProposedPlace.objects.visible_to(request.me).filter(proposal=proposal))
        .select_related("person", "worker")
        .order_by("place", "id")
    )
    if proposal.state == Proposal.State.FAILED:
        lines = lines.none()
    shown = list(lines[begin : begin + PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    # A first plan may still change: it is looked at, and decided once it is the last one.
    ready = proposal.state == Proposal.State.READY
    open_lines = [line for line in shown if ready and line.decision == "open" and line.worker_id]
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        today=today,
        places=[(str(line.pk), _confirms(line)) for line in open_lines],
        initial={"places": []},
    )

    def act(note: Notes, given: Any) -> None:
        chosen = [line for line in open_lines if str(line.pk) in given["places"]]
        confirm_places(note, by=request.me, icb=proposal.icb, lines=chosen, today=today)

    record_look(request.me, f"keyworker plan {proposal.pk}", [line.person_id for line in shown], at=request.at)
    counted = list(_with_chosen(ProposedPlace.objects.visible_to(request.me).filter(proposal=proposal)))
    here = f"/keyworking/plans/{proposal.pk}"
    context = {
        "plan": proposal,
        "lines": shown,
        "loads": _loads(proposal, counted, today),
        # Counted from what is shown: a record that one may not read is not told by a number either.
        "waited": len(counted),
        "placed": sum(1 for line in counted if line.worker_id),
        "open_lines": open_lines,
        "from_best": _from_best(proposal),
        "bounds": _bounds(proposal),
        "asked": asked_about_keyworking(request.me, [line.person_id for line in open_lines]),
        "next_url": f"?from={begin + PAGE}" if more else "",
        "first_url": "?" if begin else "",
        "today": today,
        "text": text,
        "points": in_points,
    }
    return answer_form(
        request, form, act, go_to=here, saved=text.CONFIRMED, template="keyworking/plan.html", context=context
    )


def _from_best(proposal: Proposal) -> str:
    """'at most 6.8% from the best possible', rounded up; nothing where that says nothing, since fit is about nought."""
    if proposal.optimal or proposal.gap > 1:
        return ""
    return f"at most {ceil(proposal.gap * 1000) / 10:g}% from the best possible"


def _bounds(proposal: Proposal) -> list[str]:
    """What the plan reaches beside what no plan can exceed, in sentences; none once it is proved."""
    found = proposal.reached
    if proposal.optimal or not found:
        return []
    who = "By risk and wait nothing better is possible."
    if found["worth"] < (most := floor(found["worth_most"])):
        who = f"By risk and wait it counts {found['worth']:,}; no plan can count more than {most:,}."
    fit, most = found["fit"], floor(found["fit_most"])
    whom = (
        f"Its fit is {fit:,} marks, once crowding is taken off; no plan for these people can have more than {most:,}."
    )
    return [who, whom, text.MARKS]


def _with_chosen(lines: QuerySet[ProposedPlace]) -> QuerySet[Any]:
    """Lines with who was chosen (`chosen_id`, `chosen_name`), where somebody was.

    Somebody may stand in several plans, and one line alone holds the allocation: it was made when the line was decided.
    """
    made = Allocation.objects.filter(
        person=OuterRef("person"), part=Allocation.Part.DESIGNATED, recorded_at=OuterRef("decided_at")
    ).order_by("-pk")
    return lines.annotate(
        chosen_id=Coalesce(
            "allocation__worker_id", Subquery(made.values("worker_id")[:1]), output_field=BigIntegerField()
        ),
        chosen_name=Coalesce("allocation__worker__name", Subquery(made.values("worker__name")[:1])),
        worker_name=F("worker__name"),
    )


@dataclass
class Load:
    """What one keyworker holds before and after a plan, in halves of a point. many: people more."""

    name: str
    held: int
    added: int = 0
    many: int = 0


def _loads(proposal: Proposal, lines: Iterable[Any], today: date) -> list[Load]:
    """Each keyworker's points before and after, if all that is open were confirmed: with whom a person chose instead.

    What they held when the plan was made stands in its lines. Of somebody whom it proposed for nobody, it is what
    they hold now less what was decided here.
    """
    held: dict[int, int] = {}
    given: dict[int, Load] = {}
    for line in lines:
        if line.worker_id:
            held[line.worker_id] = max(held.get(line.worker_id, 0), line.held)
    for line in lines:
        worker_id, name = line.worker_id, line.worker_name
        if line.decision == ProposedPlace.Decision.OTHER:
            worker_id, name = line.chosen_id, line.chosen_name
        if worker_id and line.decision != ProposedPlace.Decision.LEFT:
            load = given.setdefault(worker_id, Load(name, held.get(worker_id, 0)))
            load.added += line.halves
            load.many += 1
    if unknown := given.keys() - held.keys():
        now = count_caseloads(proposal.icb_id, today, caseload_rules_of(proposal.icb))
        for worker_id in unknown:
            holds = now[worker_id].halves if worker_id in now else 0
            given[worker_id].held = max(0, holds - given[worker_id].added)
    return sorted(given.values(), key=lambda load: load.name)


def _confirms(line: ProposedPlace) -> str:
    assert line.worker is not None
    then = line.held + line.halves
    return f"{line.person.shown_name} with {line.worker.name} ({in_points(line.held)} to {in_points(then)} points)"


@for_roles(*NAMES)
def line(request: Request, plan_id: int, line_id: int) -> HttpResponse:
    """One line: what it would cost to choose somebody else, and choosing so with a reason."""
    proposal = _plan(request, plan_id)
    one = (
        ProposedPlace.objects.visible_to(request.me)
        .select_related("person", "worker")
        .filter(proposal=proposal, pk=line_id, decision=ProposedPlace.Decision.OPEN)
        .first()
    )
    if one is None or proposal.state != Proposal.State.READY:
        raise Http404
    today = today_of(request)
    rules = caseload_rules_of(proposal.icb)
    team = list_team(proposal.icb, today, rules)
    waiting = list_waiting(request.me, proposal.icb, today, rules)
    theirs = next((each for each in waiting if each.person_id == one.person_id), None)
    wanted = request.GET.get("worker", "")
    form = OverruleForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial={"worker": wanted},
        workers=labelled([member for member in team if member.actor.pk != one.worker_id], theirs, rules, today),
    )
    context = {
        "plan": proposal,
        "one": one,
        "theirs": theirs,
        "options": [member for member in team if member.is_proposed and member.actor.pk != one.worker_id],
        "wanted": wanted,
        "cost": _cost(proposal, theirs, wanted, waiting, team) if theirs and request.method == "GET" else None,
        "text": text,
        "points": in_points,
    }

    def act(note: Notes, given: Any) -> None:
        overrule(
            note,
            by=request.me,
            icb=proposal.icb,
            line=one,
            worker_id=None if given["worker"] == "nobody" else int(given["worker"]),
            because=given["because"],
            over_limit_because=given["over_limit_because"],
            today=today,
        )

    record_look(request.me, f"keyworker plan {proposal.pk}", [one.person_id], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/plans/{proposal.pk}",
        saved="Saved, with your reason.",
        template="keyworking/line.html",
        context=context,
    )


def _cost(
    proposal: Proposal, theirs: Waiting, wanted: str, waiting: list[Waiting], team: list[Member]
) -> dict[str, Any] | None:
    """What choosing `wanted` would change for others, in names; None where nobody was chosen yet."""
    members = {str(member.actor.pk): member for member in team}
    if wanted not in members:
        return None
    needs = {one.person_id: one for one in waiting}
    able = [member.keyworker for member in team if member.is_proposed or str(member.actor.pk) == wanted]
    by_id = {one.id: one for one in able}
    lines = ProposedPlace.objects.filter(proposal=proposal, decision="open", person_id__in=list(needs))
    places = {person: worker for person, worker in lines.values_list("person_id", "worker_id")}
    fits = {person: fit_of(needs[person].need, by_id[worker]) for person, worker in places.items() if worker in by_id}
    stored = Plan(places, fits, 0, 0, (0, 0), proposal.optimal, proposal.gap, 0)
    listed = [needs[person].need for person in places]
    cost: Cost = cost_of(theirs.need, int(wanted), stored, listed, able, seconds=COST_SECONDS)
    names = {member.actor.pk: member.actor.name for member in team}
    return {
        "who": members[wanted].actor.name,
        "fit": fit_of(theirs.need, members[wanted].keyworker),
        "waits": [needs[person].name for person in cost.waits],
        "placed": [needs[person].name for person in cost.placed],
        "moves": [(needs[person].name, names[worker]) for person, worker in cost.moves.items()],
        "lost": cost.fit,
        "proved": cost.proved,
    }

"""A joint plan on screen: line by line with reasons, confirmed or overruled by a person who sees the cost."""

from typing import Any

from django.db.models import Count, Max, Sum
from django.http import Http404, HttpResponse

from alongside.features.keyworking import text
from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import Member, caseload_rules_of, list_team
from alongside.features.keyworking.deciding import confirm_places, overrule
from alongside.features.keyworking.forms import DecideForm, OverruleForm
from alongside.features.keyworking.models import Proposal, ProposedPlace
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
        ProposedPlace.objects.visible_to(request.me)
        .filter(proposal=proposal)
        .select_related("person", "worker")
        .order_by("place", "id")
    )
    shown = list(lines[begin : begin + PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    open_lines = [line for line in shown if line.decision == "open" and line.worker_id]
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
    loads = _loads(proposal, request)
    here = f"/keyworking/plans/{proposal.pk}"
    context = {
        "plan": proposal,
        "lines": shown,
        "loads": [load for load in loads if load["worker_id"]],
        # Counted from what is shown: a record that one may not read is not told by a number either.
        "waited": sum(load["many"] for load in loads),
        "placed": sum(load["many"] for load in loads if load["worker_id"]),
        "open_lines": open_lines,
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


def _loads(proposal: Proposal, request: Request) -> list[dict[str, Any]]:
    """Each keyworker's points before and after, if the whole plan were confirmed; without a worker: who still waits."""
    given = ProposedPlace.objects.visible_to(request.me).filter(proposal=proposal)
    loads = given.values("worker_id", "worker__name").annotate(added=Sum("halves"), held=Max("held"), many=Count("id"))
    return list(loads.order_by("worker__name", "worker_id"))


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
    if one is None:
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

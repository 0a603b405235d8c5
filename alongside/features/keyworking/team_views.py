"""The team's pages: who holds how much, who waits, and what is known of each keyworker."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking import team as writing
from alongside.features.keyworking import text
from alongside.features.keyworking.access import NAMES, SEES_TEAM, area_of
from alongside.features.keyworking.caseloads import Member, caseload_rules_of, list_team
from alongside.features.keyworking.entry import entry_rules_of
from alongside.features.keyworking.forms import AskPlanForm, LeaveForm, ProfileForm, TrainingForm, WorkTimeForm
from alongside.features.keyworking.handing_over import text as hand_over_text
from alongside.features.keyworking.handing_over.operations import begin_hand_over
from alongside.features.keyworking.handing_over.photos import photo_of
from alongside.features.keyworking.handing_over.queries import find_open
from alongside.features.keyworking.held import list_held
from alongside.features.keyworking.learning.courses import titles_of
from alongside.features.keyworking.models import CompetencySeen, Course, HandOver, Proposal, TrainingDone
from alongside.features.keyworking.proposing import ask_proposal, is_being_worked_out
from alongside.features.keyworking.tasks import work_out_proposal
from alongside.features.keyworking.views import today_of
from alongside.features.keyworking.waiting import list_waiting
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import list_involved
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.jobs.queueing import queue_job
from alongside.foundation.nhsuk.filters import plural
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import COURSES, SKILLS, CaseloadRules, in_points
from alongside.policy.competencies import BY_KEY
from alongside.policy.counting import day_in_words
from alongside.policy.keyworker_eligibility import phases_ahead

#: So many of the waiting list on a page.
PAGE = 50


@for_roles(*SEES_TEAM)
def team(request: Request) -> HttpResponse:
    """Caseloads: everybody's for those who run the team, for a keyworker one's own beside the team's totals."""
    me, today = request.me, today_of(request)
    icb = area_of(me, *SEES_TEAM)
    rules = caseload_rules_of(icb)
    members = [member for member in list_team(icb, today, rules) if member.is_proposed or member.caseload.people]
    runs = me.holds_in(icb.pk, *NAMES)
    own = next((member for member in members if member.actor.pk == me.id), None)
    people = list_involved(me) if own and not runs else []
    if people:
        record_look(me, "caseload", [person.pk for person in people], at=request.at)
    context = {
        "members": members if runs else [],
        "own": own,
        "people": people,
        "held": sum(member.caseload.halves for member in members),
        "room": sum(member.limits.most for member in members),
        "many": sum(member.caseload.people for member in members),
        "count": len(members),
        "rules": rules.in_force(today),
        "runs": runs,
        "sets": me.holds_in(icb.pk, Role.MANAGER),
        "today": today,
        "text": text,
        "points": in_points,
    }
    return render(request, "keyworking/team.html", context)


@for_roles(*NAMES)
def waiting(request: Request) -> HttpResponse:
    """The waiting list with its clock; a joint plan for all of it is asked for here."""
    me, today = request.me, today_of(request)
    icb = area_of(me, *NAMES)
    rules = caseload_rules_of(icb)
    listed = list_waiting(me, icb, today, rules)
    begin = int(start) if (start := request.GET.get("from", "0")).isdecimal() and len(start) < 7 else 0
    shown = listed[begin : begin + PAGE]
    form = AskPlanForm(request.POST if request.method == "POST" else None, today=today)

    def act(note: Notes, given: Any) -> None:
        asked = ask_proposal(note, icb=icb)
        queue_job(work_out_proposal.name, asked.pk)

    record_look(me, "waiting list for a keyworker", [one.person_id for one in shown], at=request.at)
    colours = [(colour, sum(1 for one in listed if one.colour == colour)) for colour in text.COLOURS]
    context = {
        "listed": shown,
        "total": len(listed),
        "colours": [(colour, many) for colour, many in colours if many],
        "begin": begin,
        "next_url": f"?from={begin + PAGE}" if len(listed) > begin + PAGE else "",
        "first_url": "?" if begin else "",
        "plan": (plan := Proposal.objects.filter(icb=icb).order_by("-id").first()),
        "may_ask": plan is None or not is_being_worked_out(plan, request.at),
        "ahead": phases_ahead(entry_rules_of(icb), today),
        "today": today,
        "text": text,
        "points": in_points,
    }
    return answer_form(
        request, form, act, go_to="/keyworking/waiting", saved=text.ASKED, template="keyworking/waiting.html",
        context=context,
    )  # fmt: skip


def keyworker_of(request: Request, actor: int) -> tuple[Organisation, Member]:
    """The keyworker with this number in the area that one runs; 404 for any other."""
    icb, member, _ = _with_rules(request, actor)
    return icb, member


def _with_rules(request: Request, actor: int) -> tuple[Organisation, Member, CaseloadRules]:
    icb = area_of(request.me, *NAMES)
    rules = caseload_rules_of(icb)
    found = [one for one in list_team(icb, today_of(request), rules) if one.actor.pk == actor]
    if not found:
        raise Http404
    return icb, found[0], rules


@for_roles(*NAMES)
def keyworker(request: Request, actor: int) -> HttpResponse:
    """One keyworker: caseload with its people, work, leave and training."""
    icb, member, rules = _with_rules(request, actor)
    today = today_of(request)
    theirs = {"icb": icb, "worker_id": actor}
    held = list_held(request.me, icb, actor, rules, today)
    record_look(request.me, f"caseload of {actor}", [one.person_id for one in held], at=request.at)
    context = {
        "member": member,
        "held": held,
        "hand_over": find_open(icb.pk, actor),
        "photo": photo_of(actor),
        "work": member.times[::-1],
        "leave": member.stretches[::-1][:10],
        "training": TrainingDone.objects.filter(**theirs).annotate(title=_own_title()).order_by("-completed_on"),
        "courses": COURSES,
        "able": _able(icb, actor),
        "competencies": BY_KEY,
        "skills": SKILLS,
        "today": today,
        "text": text,
        "points": in_points,
    }
    return render(request, "keyworking/keyworker.html", context)


def _own_title() -> Subquery:
    """What the area itself calls a course, if it does."""
    return Subquery(Course.objects.filter(icb=OuterRef("icb"), key=OuterRef("course")).values("title"))


def _able(icb: Organisation, actor: int) -> list[CompetencySeen]:
    """The newest of each competency."""
    rows = CompetencySeen.objects.filter(icb=icb, worker=actor).select_related("seen_by")
    return list(rows.order_by("competency", "-seen_on", "-pk").distinct("competency"))


Act = Callable[[Notes, Organisation, Member, Mapping[str, Any]], Any]


def _short(
    title: str,
    form: type[OnceForm],
    act: Act,
    begin: Callable[[Member], dict[str, Any]],
    lists: Callable[[Organisation], dict[str, Any]] = lambda icb: {},
) -> Any:
    """A view that shows one short form about a keyworker and saves it. `lists`: what of the area's the form offers."""

    @for_roles(*NAMES)
    def answer(request: Request, actor: int) -> HttpResponse:
        icb, member = keyworker_of(request, actor)
        posted = request.POST if request.method == "POST" else None
        filled = form(posted, initial=begin(member), today=today_of(request), **lists(icb))
        return answer_form(
            request,
            filled,
            lambda note, given: act(note, icb, member, given),
            go_to=f"/keyworking/team/{actor}",
            saved="Saved.",
            context={"title": f"{title}: {member.actor.name}", "person": None},
        )

    return answer


def _profile(note: Notes, icb: Organisation, member: Member, given: Mapping[str, Any]) -> None:
    values = {name: value for name, value in given.items() if name not in ("submission", "version")}
    writing.set_profile(note, icb=icb, worker=member.actor, seen=given["version"], **values)


def _profile_now(member: Member) -> dict[str, Any]:
    now = member.profile
    lists = {name: ", ".join(getattr(now, name)) for name in ("councils", "interests", "languages")}
    same = {name: getattr(now, name) for name in ("base", "phone", "district", "skills", "about_me")}
    seen = now.version if now.pk else None
    return {**lists, **same, "takes_on": "yes" if now.takes_on else "no", "version": seen}


def _rest(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "submission"}


def _work(note: Notes, icb: Organisation, member: Member, given: Mapping[str, Any]) -> None:
    share = Decimal(given["share"])
    writing.set_work_time(note, icb=icb, worker=member.actor, share=share, from_date=given["from_date"])


@for_roles(*NAMES)
def leave(request: Request, actor: int) -> HttpResponse:
    """Adds leave. Whoever holds people hands them over for that time; the page says so before and after."""
    icb, member = keyworker_of(request, actor)
    under_way, name = find_open(icb.pk, actor), member.actor.name
    begins = bool(member.caseload.people) and under_way is None
    made: list[HandOver] = []
    form = LeaveForm(request.POST if request.method == "POST" else None, today=today_of(request))
    about = ""
    if begins:
        people = plural(member.caseload.people, "young person", "young people")
        about = hand_over_text.LEAVE_BEGINS.format(name=name, people=people)
    elif under_way:
        about = hand_over_text.LEAVE_IN_HAND_OVER.format(name=name, day=day_in_words(under_way.from_date))

    def act(note: Notes, given: Any) -> None:
        if begins:
            made.append(
                begin_hand_over(note, icb=icb, worker=member.actor, reason=HandOver.Reason.LEAVE, **_rest(given))
            )
        else:
            writing.add_leave(note, icb=icb, worker=member.actor, **_rest(given))

    return answer_form(
        request,
        form,
        act,
        go_to=lambda: f"/keyworking/hand-over/{made[0].pk}" if made else f"/keyworking/team/{actor}",
        saved=hand_over_text.LEAVE_BEGAN if begins else "Saved.",
        context={"title": f"Leave: {name}", "about": about, "person": None},
    )


profile = _short("What is known of", ProfileForm, _profile, _profile_now)
work = _short("Working time", WorkTimeForm, _work, lambda member: {"share": f"{member.share.normalize():f}"})
training = _short(
    "Training",
    TrainingForm,
    lambda note, icb, member, given: writing.record_training(note, icb=icb, worker=member.actor, **_rest(given)),
    lambda member: {},
    lambda icb: {"courses": titles_of(icb)},
)

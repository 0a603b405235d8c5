"""A person's escalations and refusals: the list, raising one or saying why not, one with its steps, each step."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions.access import list_writable
from alongside.features.actions.queries import find_action
from alongside.features.escalation import lifecycle, queries, text
from alongside.features.escalation.access import FOLLOWS, READS, check_may_take, is_theirs, whose_step
from alongside.features.escalation.asking import send_link
from alongside.features.escalation.deciding import decide
from alongside.features.escalation.following import agency_of
from alongside.features.escalation.forms import DECIDE, FORMS, HOLD, RAISE, RaiseForm
from alongside.features.escalation.models import Escalation, EscalationStep
from alongside.features.escalation.operations import Question, begins_at, hold_back, raise_escalation, take_step
from alongside.features.escalation.standing import Standing, read_standing
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.protected import Refused, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.decision import Decision
from alongside.policy.duties.going_up import PASSED, begins_with

_K = EscalationStep.Kind


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def readable(request: Request, reference: str) -> Reach:
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    return reach


def writable(request: Request, reference: str) -> Reach:
    reach = readable(request, reference)
    if not reach.writes:
        raise PermissionDenied(MAY_NOT)
    return reach


@for_roles(*READS)
def of_person(request: Request, reference: str) -> HttpResponse:
    """What is put to somebody for this person, what was decided, and every no."""
    reach = readable(request, reference)
    person = reach.person
    rows = queries.shown(queries.list_of_person(request.me, person), request.at)
    record_look(request.me, "escalations", [person.pk], at=request.at)
    context = {
        "person": person,
        "running": [one for one in rows if one.row.state in lifecycle.OPEN],
        "over": [one for one in rows if one.row.state not in lifecycle.OPEN],
        "refusals": queries.list_refusals(request.me, person),
        "writes": reach.writes and request.me.holds(*FOLLOWS),
        "today": today_of(request),
        "text": text,
    }
    return render(request, "escalation/person.html", context)


@for_roles(*FOLLOWS)
def raise_one(request: Request, reference: str) -> HttpResponse:
    """Escalates what is stuck, or keeps the reason why not. `?about=action&id=` begins with what is stuck."""
    me, reach, today = request.me, writable(request, reference), today_of(request)
    person = reach.person
    about = _about(request, person)
    topics = list_writable(me, reach)
    form = RaiseForm(data_of(request), topics=topics, may_hold=bool(about), today=today, initial=about)

    def act(note: Notes, given: Any) -> None:
        question = _question(about, given)
        if given.get("choice", RAISE) == HOLD:
            hold_back(note, by=me, person=person, question=question, because=given["why_not"], until=given["until"])
        else:
            raise_escalation(
                note, by=me, person=person, question=question, level=int(given["level"]), because=given["because"]
            )

    held = form.is_bound and form.data.get("choice") == HOLD
    record_look(me, "raise an escalation", [person.pk], at=request.at)
    return answer_form(
        request, form, act, go_to=f"/people/{person.reference}/escalations", saved=text.HELD if held else text.RAISED,
        template="escalation/raise.html", context={"person": person, "about": about},
    )  # fmt: skip


def _question(about: dict[str, Any], given: Any) -> Question:
    return Question(
        topic=int(given["topic"]),
        what=given["what"],
        agency=given["agency"],
        reason=given["reason"],
        effect=given["effect"],
        asks=given["asks"],
        about=about.get("kind", Escalation.About.OTHER),
        about_id=about.get("number"),
        about_rule=about.get("rule", ""),
        told=not given["untold"],
    )


def _about(request: Request, person: Person) -> dict[str, Any]:
    """What it begins with: an action, a refusal, or something that is due. Nothing for an address without one."""
    kind, number, rule = (request.GET.get(name, "") for name in ("about", "id", "rule"))
    if not number.isdecimal() or len(number) > 17:
        return {}
    if kind == "action":
        action = find_action(request.me, person, int(number))
        if action is None:
            raise Http404
        reason = {"blocked": "blocked", "refused": "refused"}.get(action.state, "late")
        begin: dict[str, Any] = {"what": action.what[:300], "topic": action.topic, "reason": reason}
        asked = Question(action.topic, action.what, "", about=kind, about_id=action.number)
        begin |= _begins(begins_at(person, asked, today_of(request)))
    elif kind == "refusal":
        refusal = queries.find_refusal(request.me, person, int(number))
        if refusal is None:
            raise Http404
        begin = {"what": refusal.asked_for, "topic": refusal.topic, "reason": "refused", "agency": refusal.agency}
    elif kind == "duty" and (passed := PASSED.get(rule)):
        begin = {"what": passed.called, "topic": Topic[passed.topic.upper()].value, "reason": passed.reason}
        begin |= _begins(begins_with(rule))
    else:
        raise Http404
    begin.setdefault("agency", agency_of(int(begin["topic"])))
    return begin | {"kind": kind, "number": int(number), "rule": rule if kind == "duty" else ""}


def _begins(level: Decision) -> dict[str, Any]:
    """The level that is chosen, the lowest that is offered, and why."""
    return {"level": str(level.value), "least": level.value, "why_level": level.because}


def _find(request: Request, reference: str, number: int) -> tuple[Person, Escalation]:
    person = readable(request, reference).person
    row = queries.find_of_person(request.me, person, number)
    if row is None:
        raise Http404
    return person, row


@for_roles(*READS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One escalation: what, to whom, since when, every step, and what can be done now."""
    person, row = _find(request, reference, number)
    stands = read_standing(row, request.at)
    record_look(request.me, "escalation", [person.pk], at=request.at)
    context = {
        "person": person,
        "row": row,
        "shown": queries.shown([row], request.at)[0],
        "stands": stands,
        "steps": queries.list_steps(row),
        "goes_on": queries.next_area_of(row),
        "paused": queries.days_paused(row, request.at),
        "doing": [(kind, text.TEAM_BUTTON.get(kind) or text.BUTTON[kind]) for kind in _possible(request, row, stands)],
        "today": today_of(request),
        "text": text,
    }
    return render(request, "escalation/escalation.html", context)


def _possible(request: Request, row: Escalation, stands: Standing) -> list[str]:
    """The steps of the team that this reader may take now."""
    if lifecycle.TEAM not in whose_step(request.me, row, stands.actor_id):
        return []
    return [
        kind
        for kind in lifecycle.possible_steps(row.state, lifecycle.TEAM)
        if _offered(kind, stands) and is_theirs(lifecycle.TEAM, request.me, row, kind, stands.opens)
    ]


def _offered(kind: str, stands: Standing) -> bool:
    """Nobody is told, or sent a link, who opens it here."""
    if kind == _K.LINKED:
        return stands.officer is not None and not stands.opens and bool(stands.officer.reach)
    return kind != _K.TOLD or (stands.officer is not None and not stands.opens)


def _may(request: Request, row: Escalation, kind: str, stands: Standing) -> bool:
    try:
        check_may_take(request.me, row, kind, stands.actor_id, stands.opens)
    except Refused:
        return False
    return True


@for_roles(*FOLLOWS)
def step(request: Request, reference: str, number: int, kind: str) -> HttpResponse:
    """The short form of one step by the team."""
    person, row = _find(request, reference, number)
    if kind not in FORMS or not lifecycle.may_take(kind, lifecycle.TEAM):
        raise Http404
    stands = read_standing(row, request.at)
    if not _may(request, row, kind, stands):
        raise PermissionDenied("This step is not yours.")
    form = FORMS[kind](data_of(request), initial={"version": row.version}, today=today_of(request))
    record_look(request.me, "escalation", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: do(note, request, row, kind, given, stands),
        go_to=f"/people/{person.reference}/escalations/{row.number}",
        saved=saved_words(row, kind),
        template="escalation/step.html",
        context={
            "title": text.TEAM_BUTTON.get(kind) or text.BUTTON[kind],
            "person": person,
            "row": row,
            "about": text.ABOUT.get(kind, ""),
        },
    )


def saved_words(row: Escalation, kind: str) -> str:
    if kind != DECIDE:
        return text.SAVED
    return text.DECIDED if row.told else text.DECIDED_UNTOLD


def do(note: Notes, request: Request, row: Escalation, kind: str, given: Any, stands: Standing | None = None) -> None:
    """A step as its form says it."""
    seen = given.get("version")
    if kind == DECIDE:
        words = {name: given[name] for name in ("outcome", "because", "plain", "new_day", "theme")}
        decide(note, escalation=row, by=request.me, seen=seen, **words)
        return
    changed = take_step(
        note, escalation=row, kind=kind, by=request.me, because=given["because"], until=given.get("until"), seen=seen
    )
    if kind == _K.LINKED and stands and stands.officer:
        send_link(note, changed, stands.officer)

"""A person's actions: the list, agreeing one, one with its steps, and each step."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions import lifecycle, queries, text
from alongside.features.actions.access import AGREES, READS, list_writable, may_agree, whose_step
from alongside.features.actions.asking import send_link
from alongside.features.actions.forms import FORMS, OTHER, AgreeForm, CorrectForm, HandForm
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import agree_action, correct_action, hand_on, say_started, take_step
from alongside.features.actions.owners import Choice, list_owners, list_places, owner_again, owner_from
from alongside.features.actions.wordings import find_wording, list_wordings
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

_K = ActionStep.Kind


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def _reach(request: Request, reference: str) -> Reach:
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    return reach


def _find(request: Request, reference: str, number: int) -> tuple[Person, Action]:
    """The action as it stands; 404 outside scope, and for what is on a topic that one doesn't read."""
    person = _reach(request, reference).person
    action = queries.find_action(request.me, person, number)
    if action is None:
        raise Http404
    return person, action


@for_roles(*READS)
def of_person(request: Request, reference: str) -> HttpResponse:
    """What was agreed for this person: what is open by day, then what is over."""
    reach = _reach(request, reference)
    rows = queries.list_of_person(request.me, reach.person)
    record_look(request.me, "actions", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person,
        "waiting": [one for one in rows if one.state in lifecycle.OPEN],
        "over": [one for one in rows if one.state in lifecycle.OVER],
        "may_agree": may_agree(request.me, reach),
        "today": today_of(request),
        "text": text,
    }
    return render(request, "actions/person.html", context)


@for_roles(*AGREES)
def agree(request: Request, reference: str) -> HttpResponse:
    """Writes down one action; `?again=` begins with an earlier one, `?wording=` with a standard wording.

    `?plan=` is the number of the version of their plan in which it was agreed.
    """
    me, reach, today = request.me, _reach(request, reference), today_of(request)
    person = reach.person
    if not may_agree(me, reach):
        raise PermissionDenied(MAY_NOT)
    number, plan = _number(request, "again"), _number(request, "plan")
    again = queries.find_action(me, person, number) if number else None
    owners, places = list_owners(me, person, today), list_places(me, person)
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        owners=[(one.value, one.label) for one in owners],
        places=[(one.value, one.label) for one in places],
        topics=list_writable(me, reach),
        initial=_begin(request, again, owners),
        of_plan=bool(plan),
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        agree_action(
            note,
            by=me,
            person=person,
            topic=int(given["topic"]),
            what=given["what"],
            how_known=given["how_known"],
            owner=owner_from(given, owners, places),
            due_on=given["due_on"],
            origin=Action.Origin.PLAN if plan else given["origin"],
            origin_id=plan,
            starts_on=given["starts_on"],
            repeats=again,
        )

    record_look(me, "agree an action", [person.pk], at=request.at)
    context = {
        "title": "Agree it again" if again else "Write down what was agreed",
        "person": person,
        "again": again,
        "plan": plan,
        "wordings": [] if again or form.is_bound else list_wordings(person.icb_id),
    }
    return answer_form(
        request, form, act, go_to=f"/people/{person.reference}/{'plan' if plan else 'actions'}", saved=text.AGREED,
        template="actions/agree.html", context=context,
    )  # fmt: skip


def _number(request: Request, name: str) -> int | None:
    """A number of the address; None where there is none."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 18 else None


def _begin(request: Request, again: Action | None, owners: list[Choice]) -> dict[str, Any]:
    if again is not None:
        return {"what": again.what, "how_known": again.how_known, "topic": again.topic, **owner_again(again, owners)}
    wording = find_wording(request.GET.get("wording", ""))
    return {"what": wording.what, "how_known": wording.how_known, "topic": wording.topic} if wording else {}


@for_roles(*READS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One action: what, whose, by when, where it stands, every step, and what can be done now."""
    person, action = _find(request, reference, number)
    me = request.me
    whose = whose_step(me, action)
    owns = whose == (lifecycle.OWNER,)
    steps = [kind for kind in lifecycle.possible_steps(action.state, *whose) if _offered(kind, action, me.id)]
    record_look(me, "action", [person.pk], at=request.at)
    context = {
        "person": person,
        "action": action,
        "steps": queries.list_steps(action),
        "doing": [(kind, text.OWNER_BUTTON.get(kind) if owns or action.owner_id == me.id else None) for kind in steps],
        "follows": lifecycle.TEAM in whose,
        "may_correct": lifecycle.TEAM in whose and action.state in lifecycle.OPEN,
        "today": today_of(request),
        "text": text,
    }
    return render(request, "actions/action.html", context)


def _offered(kind: str, action: Action, me_id: int) -> bool:
    """Whether the button of a step makes sense here, besides being possible."""
    if kind in (_K.STARTED, _K.NOT_STARTED):
        return action.start_asked_from is not None
    if kind == _K.ASKED:
        return action.by_link and bool(action.owner_reach)
    if kind in (_K.CONFIRMED, _K.CHASED):
        return action.owner_id != me_id
    return kind != _K.REPLACED


@for_roles(*READS)
def step(request: Request, reference: str, number: int, kind: str) -> HttpResponse:
    """The short form of one step. What is not this reader's to do answers 403; what isn't possible now says why."""
    person, action = _find(request, reference, number)
    me, today = request.me, today_of(request)
    if kind not in FORMS:
        raise Http404
    if not any(lifecycle.may_take(kind, whose) for whose in whose_step(me, action)):
        raise PermissionDenied("This step is not yours.")
    owners = list_owners(me, person, today) if kind == _K.HANDED else []
    places = list_places(me, person) if kind == _K.HANDED else []
    begin = {"version": action.version, "due_on": max(action.due_on, today)}
    more: dict[str, Any] = {}
    if kind == _K.HANDED:
        more = {name: [(one.value, one.label) for one in of] for name, of in (("owners", owners), ("places", places))}
        begin |= _named_better(action)
    if kind == _K.STARTED:
        begin["on"] = today
    form = FORMS[kind](request.POST if request.method == "POST" else None, initial=begin, today=today, **more)

    def act(note: Notes, given: Any) -> None:
        seen = given.get("version")
        if isinstance(form, HandForm):
            hand_on(
                note, action=action, owner=owner_from(given, owners, places), by=me, because=given["because"],
                due_on=given["due_on"], seen=seen,
            )  # fmt: skip
        elif kind in (_K.STARTED, _K.NOT_STARTED):
            on = given.get("on") or today
            say_started(note, action=action, by=me, started=kind == _K.STARTED, on=on, seen=seen)
        else:
            changed = take_step(note, action=action, kind=kind, by=me, seen=seen, **_values(kind, given, note))
            if kind == _K.ASKED:
                send_link(note, changed, again=True)

    button = text.OWNER_BUTTON.get(kind) if action.owner_id == me.id else None
    record_look(me, "action", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}/actions/{action.number}",
        saved=text.SAVED,
        template="actions/step.html",
        context={
            "title": button or text.BUTTON[kind],
            "person": person,
            "action": action,
            "about": text.ABOUT.get(kind, ""),
        },
    )


def _named_better(action: Action) -> dict[str, Any]:
    """Whom the owner named instead, as far as their words tell: a name up to a comma, and an e-mail address."""
    if action.state != Action.State.REFUSED or not action.better:
        return {}
    name = re.split(r"[,;:(\n]|\s[-–]\s", action.because)[0].strip()
    reach = re.search(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", action.because)
    begin = {"owner": OTHER, "reach": reach[0] if reach else "", "because": f"Named by the owner: {action.because}"}
    return begin | ({"name": name} if "@" not in name else {})


def _values(kind: str, given: Any, note: Notes) -> dict[str, Any]:
    """From a step's form to what the step takes."""
    values = {name: given[name] for name in ("because", "evidence", "due_on") if given.get(name)}
    if kind == _K.BLOCKED:
        values |= {name: given[name] for name in ("waits_for", "amount", "who_decides")}
    if kind == _K.CHASED:
        values["chased_at"] = note.at
    return values


@for_roles(*AGREES)
def correct(request: Request, reference: str, number: int) -> HttpResponse:
    """Puts the words right. What was written first stays among the corrections."""
    person, action = _find(request, reference, number)
    if lifecycle.TEAM not in whose_step(request.me, action):
        raise PermissionDenied(MAY_NOT)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        initial={"what": action.what, "how_known": action.how_known, "version": action.version},
    )

    def act(note: Notes, given: Any) -> None:
        correct_action(
            note, action=action, by=request.me, seen=given["version"], what=given["what"], how_known=given["how_known"]
        )

    record_look(request.me, "action", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}/actions/{action.number}",
        saved=text.SAVED,
        context={"title": "Put the words right", "person": person, "about": text.TOPIC_STAYS},
    )

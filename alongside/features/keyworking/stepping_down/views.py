"""Stepping down: what speaks for it, planned beside actual contact, who stays; and how it was, in each one's voice."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.access import NAMES, SEES_TEAM
from alongside.features.keyworking.models import StepDown
from alongside.features.keyworking.stepping_down import queries, text
from alongside.features.keyworking.stepping_down.afterwards import next_question
from alongside.features.keyworking.stepping_down.exit_answers import correct_exit_answer, record_exit_answer
from alongside.features.keyworking.stepping_down.forms import CriteriaForm, ExitAnswerForm, StepDownForm, StopForm
from alongside.features.keyworking.stepping_down.operations import (
    LEAD,
    mark_criteria,
    plan_step_down,
    stop_stepping_down,
)
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.stepping_down import NOT_ASKED, every


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def readable(request: Request, reference: str, topic: Topic = Topic.KEYWORKING) -> Reach:
    """The person, when this may be read of them. 404 outside scope, 403 without the topic."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if not reach.sees((topic,)):
        raise PermissionDenied(MAY_NOT)
    return reach


def workable(request: Request, reference: str, topic: Topic = Topic.KEYWORKING) -> Reach:
    """The same, when it may be written."""
    reach = writable(request, reference)
    if not reach.sees((topic,)):
        raise PermissionDenied(MAY_NOT)
    return reach


SAYS = ("voice", "name", "experience", "hope", "said")


def page_of(reach: Reach) -> str:
    return f"/people/{reach.person.reference}/stepping-down"


@for_roles(*SEES_TEAM)
def stepping_down(request: Request, reference: str) -> HttpResponse:
    """Where it stands: criteria, planned and actual contact, who stays, the ending, and what came afterwards."""
    reach = readable(request, reference)
    me, person, today = request.me, reach.person, today_of(request)
    ending, last = queries.newest_ending(person), queries.last_keyworker(person)
    is_ended = last is not None and last.to_date is not None and last.to_date <= today
    written = ending is not None and last is not None and ending.allocation_id >= last.pk
    plan = queries.plan_before(ending) if ending and written else queries.open_plan(person)
    questions = queries.questions_of(ending) if ending else []
    asks = ending is not None and written and ending.reason not in NOT_ASKED
    record_look(me, "stepping down", [person.pk], at=request.at)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "here": page_of(reach),
        "writes": reach.writes,
        "may_end": reach.writes and me.holds_in(person.icb_id, *NAMES) and last is not None and not written,
        "last": last,
        "is_ended": is_ended,
        "rated": None if written else queries.rated_now(person),
        "criteria": queries.criteria_of(
            person.icb_id, queries.marks_before(ending) if written and ending else queries.newest_marks(person)
        ),
        "plan": plan,
        "kept": queries.kept_of(plan, person, today) if plan else [],
        "ahead": [step for step in queries.steps_of(plan) if step.since > today] if plan and not written else [],
        "every": every,
        "ending": ending if is_ended or written else None,
        "answers": queries.exit_answers(me, person),
        "questions": questions,
        "asks": asks,
        "may_ask_now": bool(
            asks and ending and me.holds_in(person.icb_id, *NAMES) and next_question(ending, questions, today)
        ),
        "may_correct": asks and me.holds_in(person.icb_id, *NAMES),
        "text": text,
        "today": today,
    }
    return render(request, "stepping_down/stepping_down.html", context)


@for_roles(*SEES_TEAM)
def plan(request: Request, reference: str) -> HttpResponse:
    """Plans how contact becomes less, or changes it."""
    reach = workable(request, reference)
    person, today = reach.person, today_of(request)
    stands = queries.open_plan(person)
    begin = _as_typed(stands) if stands else {"from_1": today, "every_1": "14", "seen": 0}
    form = StepDownForm(data_of(request), initial=begin, today=today)

    def act(note: Notes, given: Any) -> None:
        plan_step_down(
            note,
            person=person,
            starts_on=given["from_1"],
            ends_on=given["ends_on"],
            steps=form.steps,
            seen=given["seen"],
            family_says=given["family_says"],
            **{name: given[name] for name in LEAD},
        )

    record_look(request.me, "stepping down", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=page_of(reach),
        saved=text.PLANNED,
        template="stepping_down/plan.html",
        context={
            "title": "Change how contact becomes less" if stands else "Plan how contact becomes less",
            "person": person,
            "usual": "While they are green, contact is due as you plan it here. A higher rating brings the area’s own "
            "lengths back.",
        },
    )


def _as_typed(stands: StepDown) -> dict[str, Any]:
    typed: dict[str, Any] = {name: getattr(stands, name) for name in ("ends_on", "family_says", *LEAD)}
    typed["seen"] = stands.pk
    for number, step in enumerate(queries.steps_of(stands), start=1):
        typed |= {f"from_{number}": step.since, f"every_{number}": str(step.days)}
    return typed


@for_roles(*SEES_TEAM)
def stop(request: Request, reference: str) -> HttpResponse:
    """It goes on as before, with a reason."""
    reach = workable(request, reference)
    stands = queries.open_plan(reach.person)
    if stands is None:
        raise Http404
    record_look(request.me, "stepping down", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        StopForm(data_of(request)),
        lambda note, given: stop_stepping_down(note, plan=stands, because=given["because"]),
        go_to=page_of(reach),
        saved=text.STOPPED,
        context={"title": "Stop stepping down", "person": reach.person},
    )


@for_roles(*SEES_TEAM)
def criteria(request: Request, reference: str) -> HttpResponse:
    """What speaks for stepping down, each with how it is known."""
    reach = workable(request, reference)
    person = reach.person
    known = queries.newest_marks(person)
    initial = {f"met_{code}": "yes" if mark.met else "no" for code, mark in known.items()}
    initial |= {f"evidence_{code}": mark.evidence for code, mark in known.items()}
    rated = queries.rated_now(person)
    form = CriteriaForm(
        data_of(request),
        initial=initial,
        criteria=queries.criteria_of(person.icb_id, known),
        known={"green": text.RATED.format(colour=rated.colour.capitalize(), day=day(rated.since))} if rated else {},
    )
    record_look(request.me, "stepping down", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: mark_criteria(note, person=person, marks=form.marks),
        go_to=page_of(reach),
        saved=text.MARKED,
        context={
            "title": "What speaks for stepping down",
            "person": person,
            "about": "None of these decides by itself. Leave open what you don’t know yet.",
        },
    )


@for_roles(*SEES_TEAM)
def exit_answer(request: Request, reference: str) -> HttpResponse:
    """Writes down what somebody said of how it was, young person and parent apart; or puts right what was mistyped."""
    reach = workable(request, reference)
    record_look(request.me, "stepping down", [reach.person.pk], at=request.at)
    answers = queries.exit_answers(request.me, reach.person)
    wrong = next((one for one in answers if str(one.pk) == request.GET.get("correct")), None)
    if wrong is None and "correct" in request.GET:
        raise Http404

    def act(note: Notes, given: Any) -> None:
        said = {name: given[name] for name in SAYS}
        if wrong is not None:
            correct_exit_answer(note, answer=wrong, **said)
        else:
            record_exit_answer(note, person=reach.person, **said)

    return answer_form(
        request,
        ExitAnswerForm(data_of(request), initial={name: getattr(wrong, name) for name in SAYS} if wrong else None),
        act,
        go_to=page_of(reach),
        saved=text.SAID,
        context={
            "title": "Correct what was written down" if wrong else "How was it, and how much hope is there?",
            "person": reach.person,
            "about": "What stood before is kept."
            if wrong
            else "Each speaks for themselves. On their own page they can answer without you.",
        },
    )

"""The chase log, appointments, and who to ring when the keyworker isn't there."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.access import SEES_TEAM
from alongside.features.keyworking.contacts import queries, text
from alongside.features.keyworking.contacts.forms import (
    AppointmentForm,
    CallOffForm,
    OutOfHoursForm,
    PromiseForm,
    StepForm,
)
from alongside.features.keyworking.contacts.operations import (
    call_off,
    move_appointment,
    note_promise,
    plan_appointment,
    set_out_of_hours,
    step_promise,
)
from alongside.features.keyworking.contacts.views import back_of, workable
from alongside.features.keyworking.models import Appointment, Promise, Way
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

PAGE = 40


def _data(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _today(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


@for_roles(*SEES_TEAM)
def chase_log(request: Request) -> HttpResponse:
    """Everything that somebody promised and nobody has closed, the earliest day first."""
    day, _, number = request.GET.get("after", "").partition("~")
    place = None
    if number.isascii() and number.isdecimal() and len(number) < 19:
        try:
            place = (date.fromisoformat(day), int(number))
        except ValueError:
            place = None
    rows = queries.list_open_promises(request.me, most=PAGE, after=place)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    record_look(request.me, "chase log", sorted({one.person_id for one in rows[:PAGE]}), at=request.at)
    context = {
        "promises": rows[:PAGE],
        "next_url": f"?after={last.by_date.isoformat()}~{last.pk}" if last else "",
        "first_url": "?" if place else "",
        "today": _today(request),
        "text": text,
    }
    return render(request, "contacts/chase_log.html", context)


@for_roles(*SEES_TEAM)
def add_promise(request: Request, reference: str) -> HttpResponse:
    """Writes down what somebody said they would do."""
    reach = workable(request, reference)
    record_look(request.me, "promise", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        PromiseForm(_data(request), today=_today(request)),
        lambda note, given: note_promise(note, person=reach.person, **_without_mark(given)),
        go_to=f"/people/{reach.person.reference}/contacts",
        saved=text.PROMISE_SAVED,
        context={
            "title": "Write down a promise",
            "person": reach.person,
            "about": "It comes back to you when its day has passed. What somebody agreed to own is an action instead.",
        },
    )


@for_roles(*SEES_TEAM)
def promise(request: Request, reference: str, promise: int) -> HttpResponse:
    """One promise with its steps, and what became of it."""
    reach = workable(request, reference)
    found = Promise.objects.visible_to(request.me).filter(queries.about(reach.person), pk=promise).first()
    if found is None:
        raise Http404
    form = StepForm(_data(request), today=_today(request))

    def act(note: Notes, given: Any) -> None:
        step_promise(note, promise=found, kind=given["kind"], said=given["said"], by_date=given["by_date"])

    record_look(request.me, "promise", [reach.person.pk], at=request.at)
    steps = list(found.steps.select_related("recorded_by").order_by("happened_at", "id"))
    return answer_form(
        request,
        form,
        act,
        go_to=lambda: back_of(request, f"/people/{reach.person.reference}/contacts"),
        saved=text.STEP_SAVED,
        template="contacts/promise.html",
        context={"promise": found, "steps": steps, "person": reach.person, "text": text, "today": _today(request)},
    )


@for_roles(*SEES_TEAM)
def add_appointment(request: Request, reference: str) -> HttpResponse:
    """Plans a contact or meeting of one's own."""
    reach = workable(request, reference)
    form = AppointmentForm(_data(request), initial=_asked_way(request), today=_today(request))

    def act(note: Notes, given: Any) -> None:
        plan_appointment(
            note,
            person=reach.person,
            worker_id=request.me.id,
            starts_at=form.starts_at,
            **{name: given[name] for name in ("way", "with_whom", "where", "minutes", "told")},
        )

    record_look(request.me, "appointment", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=lambda: back_of(request, f"/people/{reach.person.reference}/contacts"),
        saved=text.APPOINTMENT_SAVED,
        context={"title": "Plan an appointment or meeting", "person": reach.person},
    )


def _asked_way(request: Request) -> dict[str, Any]:
    way = request.GET.get("way", "")
    return {"way": way} if way in Way.values else {}


def _appointment(request: Request, reference: str, number: int) -> Appointment:
    reach = workable(request, reference)
    rows = Appointment.objects.visible_to(request.me).filter(queries.about(reach.person), pk=number)
    found = rows.select_related("person").first()
    if found is None:
        raise Http404
    record_look(request.me, "appointment", [reach.person.pk], at=request.at)
    return found


@for_roles(*SEES_TEAM)
def change_appointment(request: Request, reference: str, appointment: int) -> HttpResponse:
    """To another time."""
    found = _appointment(request, reference, appointment)
    at = found.starts_at.astimezone(LONDON)
    initial = {"on": at.date(), "at": f"{at:%H:%M}", "told": found.told}
    form = AppointmentForm(_data(request), initial=initial, today=_today(request))
    for name in ("way", "with_whom", "where", "minutes"):
        del form.fields[name]
    return answer_form(
        request,
        form,
        lambda note, given: move_appointment(note, appointment=found, starts_at=form.starts_at, told=given["told"]),
        go_to=f"/people/{found.person.reference}/contacts",
        saved=text.APPOINTMENT_SAVED,
        context={"title": "Change an appointment", "person": found.person},
    )


@for_roles(*SEES_TEAM)
def call_off_appointment(request: Request, reference: str, appointment: int) -> HttpResponse:
    """It won't happen, and why."""
    found = _appointment(request, reference, appointment)
    return answer_form(
        request,
        CallOffForm(_data(request), told=found.told, today=_today(request)),
        lambda note, given: call_off(note, appointment=found, because=given["because"]),
        go_to=f"/people/{found.person.reference}/contacts",
        saved=text.CALLED_OFF,
        context={"title": "Call off an appointment", "person": found.person, "button": "Call it off"},
    )


@for_roles(*SEES_TEAM)
def out_of_hours(request: Request, reference: str) -> HttpResponse:
    """Who to ring when the keyworker isn't there."""
    reach = workable(request, reference)
    stands = queries.find_out_of_hours(request.me, reach.person)
    names = ("who", "phone", "arrangement", "agreed_with")
    form = OutOfHoursForm(
        _data(request), initial={name: getattr(stands, name) for name in names} if stands else {}, today=_today(request)
    )
    record_look(request.me, "who to ring", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: set_out_of_hours(note, person=reach.person, **_without_mark(given)),
        go_to=f"/people/{reach.person.reference}",
        saved=text.OUT_OF_HOURS_SAVED,
        context={"title": "Who to ring when the keyworker isn’t there", "person": reach.person},
    )


def _without_mark(given: Any) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "submission"}

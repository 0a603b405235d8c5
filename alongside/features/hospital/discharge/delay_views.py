"""Ready and still there: since when, why, until when; and taking back what was wrong."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.hospital.discharge import queries, text
from alongside.features.hospital.discharge.delays import begin_ready, end_ready, withdraw_ready
from alongside.features.hospital.discharge.forms import EndReadyForm, ReadyForm, WithdrawForm
from alongside.features.hospital.discharge.reaching import data_of, page_of, stay_of
from alongside.features.people.changing import answer_form
from alongside.features.people.views import CHANGES
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day

LOOK = "discharge delay"


@for_roles(*CHANGES)
def ready(request: Request, stay_id: int) -> HttpResponse:
    """They are ready and still there, or it has another cause now."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    going_on, today = queries.open_period(stay), local_day(request.at)
    begin: dict[str, Any] = {"from_date": today}
    if going_on:
        names = ("reason", "body", "detail")
        begin = {name: getattr(going_on, name) for name in names}
        begin["from_date"] = today if going_on.reason else going_on.from_date
    form = ReadyForm(data_of(request), initial=begin, today=today)

    def act(note: Notes, given: Any) -> None:
        names = ("from_date", "reason", "body", "detail")
        begin_ready(note, stay=stay, **{name: given[name] for name in names})

    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    about = "Each night counts once, for one cause and one body."
    if going_on and going_on.reason:
        about = "Another cause begins on the day you give, and the one before ends then. Each night counts once."
    title = "Write down why they are still there" if going_on else "Ready to leave, and still there"
    context = {"title": title, "person": reach.person, "about": about}
    return answer_form(request, form, act, go_to=page_of(stay), saved=text.SAVED["ready"], context=context)


@for_roles(*CHANGES)
def end(request: Request, stay_id: int) -> HttpResponse:
    """They are not ready any more."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    today = local_day(request.at)
    form = EndReadyForm(data_of(request), initial={"on": today}, today=today)
    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: end_ready(note, stay=stay, on=given["on"]),
        go_to=page_of(stay),
        saved=text.SAVED["ended"],
        context={"title": "Not ready any more", "person": reach.person},
    )


@for_roles(*CHANGES)
def withdraw(request: Request, stay_id: int, period: int) -> HttpResponse:
    """A time that was wrong never counts."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    found = next((one for one in queries.list_ready(stay) if one.pk == period), None)
    if found is None:
        raise Http404
    until = f"until {day_in_words(found.to_date)}" if found.to_date else "until now"
    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    return answer_form(
        request,
        WithdrawForm(data_of(request)),
        lambda note, given: withdraw_ready(note, period=found, because=given["because"]),
        go_to=page_of(stay),
        saved=text.SAVED["withdrawn"],
        context={
            "title": "Take back a time that was wrong",
            "person": reach.person,
            "about": f"From {day_in_words(found.from_date)} {until}: {text.reason_words(found.reason)}.",
            "button": "Take it back",
        },
    )

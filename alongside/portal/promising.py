"""The family says whether what was promised happened, and whether support has started. Their word counts."""

from typing import Any

from django.http import HttpResponse

from alongside.features.actions.models import ActionStep
from alongside.features.actions.operations import say_started, take_step
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.recording import Notes
from alongside.portal import promises, reading
from alongside.portal.forms import HappenedForm, StartedForm

THANKS = "Thank you. Your worker reads what you said."
_STEP = {"yes": ActionStep.Kind.CONFIRMED, "not_yet": ActionStep.Kind.NOT_YET, "wrong": ActionStep.Kind.DISPUTED}


@for_roles(Role.YOUNG_PERSON, Role.FAMILY)
def answer(request: Request, reference: str, number: int) -> HttpResponse:
    """One promise and one question. A yes ends it, 'not yet' sends it back, 'not right' is looked into."""
    mine = reading.mine(request, reference, "family promise")
    promise = promises.find_promise(mine, number)
    started = promises.asks_of(promise, mine.today) == "started"
    kind = StartedForm if started else HappenedForm
    form = kind(request.POST if request.method == "POST" else None, initial={"version": promise.version})

    def act(note: Notes, given: Any) -> None:
        seen = given["version"]
        if started:
            say_started(note, action=promise, by=mine.me, started=given["answer"] == "yes", on=mine.today, seen=seen)
        else:
            take_step(note, action=promise, kind=_STEP[given["answer"]], by=mine.me, because=given["more"], seen=seen)

    return answer_form(
        request,
        form,
        act,
        go_to=f"/mine/{mine.person.reference}/promised",
        saved=THANKS,
        template="portal/promise.html",
        context={
            "mine": mine,
            "person": mine.person,
            "own": mine.own,
            "promise": promises.shown_promise(mine, promise),
            "started": started,
        },
    )

"""The day on which somebody asks again whether a family can be told: what the area's rule proposes."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse

from alongside.features.people.changing import answer_form
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.recording import Notes
from alongside.overview.engine.rulesets import calendar_for, current_ruleset, current_version
from alongside.overview.sharing import text
from alongside.overview.sharing.forms import LaterForm
from alongside.policy.decision import Decision
from alongside.policy.duties import proposed_override_look


def proposed_day(today: date, code: str) -> Decision:
    """The day for looking again, by the area's rule."""
    return proposed_override_look(today, current_ruleset(code), calendar_for(current_version()))


def say_proposed(form: OnceForm, proposed: Decision) -> None:
    """Beside the day: where the day that stands there comes from."""
    form.fields["look_again_on"].help_text = f"{proposed.because} The length is a local default, no national rule."


def answer_later(request: Request, code: str, later: Callable[[Notes, str, date], Any], *, title: str) -> HttpResponse:
    """It is still not safe that the family knows: why, and on which day somebody looks again.

    code: of the area, whose rule proposes the day. later: writes it down, with why and the day.
    """
    today = request.at.astimezone(LONDON).date()
    proposed = proposed_day(today, code)
    form = LaterForm(
        request.POST if request.method == "POST" else None, initial={"look_again_on": proposed.value}, today=today
    )
    say_proposed(form, proposed)
    return answer_form(
        request,
        form,
        lambda note, given: later(note, given["unsafe"], given["look_again_on"]),
        go_to="/",
        saved=text.LATER,
        context={"title": title, "person": None},
    )

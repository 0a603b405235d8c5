"""Closing the account of a keyworker who left."""

from typing import Any

from django.http import HttpResponse

from alongside.features.keyworking.handing_over.forms import AgreeForm
from alongside.features.keyworking.handing_over.leaving import close_account, what_is_open
from alongside.features.keyworking.team_views import keyworker_of
from alongside.features.keyworking.views import today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.recording import Notes


@for_roles(Role.MANAGER)
def close(request: Request, actor: int) -> HttpResponse:
    """Asks whether to close it; says what is still open, which stands in the way."""
    icb, member = keyworker_of(request, actor)
    still = what_is_open(icb, actor, today_of(request)) if request.method != "POST" else []

    def act(note: Notes, given: Any) -> None:
        close_account(note, by=request.me, icb=icb, worker=member.actor)

    return answer_form(
        request,
        AgreeForm(request.POST if request.method == "POST" else None),
        act,
        go_to="/keyworking",
        saved=f"Saved. {member.actor.name} is not in the team any more.",
        context={
            "title": f"Close the account of {member.actor.name}",
            "about": "They can't sign in any more, unless they hold another role.",
            "warning": f"Still theirs: {', '.join(still)}. Hand it over first." if still else "",
            "person": None,
            "button": "Close the account",
        },
    )

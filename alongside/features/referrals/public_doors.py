"""What every page of asking has in common: open to everybody, kept by no browser, and it says whom to call."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.referrals.public_queries import list_contacts
from alongside.foundation import clock
from alongside.foundation.access.me import Ended, Me
from alongside.foundation.access.protected import View, open_to_all
from alongside.foundation.access.request import Request


def public(view: Callable[..., HttpResponse]) -> View:
    """Open to everybody, and kept by no browser: the way back must not show what was typed."""

    @wraps(view)
    def page(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return open_to_all(page)


def signed_in(request: Request) -> Me | None:
    """Whoever has an account and is signed in; nobody, where the sign-in has just run out."""
    try:
        return request.me or None
    except Ended:
        return None


def draw(
    request: Request, template: str, context: dict[str, Any], *, icb_id: int | None = None, status: int = 200
) -> HttpResponse:
    """A page of asking, with the phone number of the area that is asked, or of each area while none is chosen."""
    return render(request, template, context | {"call": list_contacts(icb_id, clock.today())}, status=status)

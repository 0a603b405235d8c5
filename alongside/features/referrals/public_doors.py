"""What every page of asking has in common: open to everybody, and kept by no browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

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

"""Pages for when something is wrong. Each says what to do, and gives back what was typed."""

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.foundation.access.me import Ended
from alongside.foundation.access.middleware import typed_again
from alongside.foundation.access.protected import open_to_all


@open_to_all
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from another window."""
    return render(request, "errors/stale_form.html", {"typed": typed_again(request)}, status=403)


@open_to_all
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


@open_to_all
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", {"sentence": str(exception)}, status=403)


@open_to_all
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Families read theirs in their own words, wherever they went astray."""
    page = "portal/not_found.html" if _is_family(request) else "errors/404.html"
    return render(request, page, status=404)


def _is_family(request: HttpRequest) -> bool:
    try:
        return bool(request.me) and request.me.is_family  # type: ignore[attr-defined]
    except (AttributeError, Ended, Error):
        return False


@open_to_all
def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)

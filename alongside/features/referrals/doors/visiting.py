"""Pages that an organisation's link opens: one decorator for all of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from alongside.features.referrals import limits
from alongside.features.referrals.doors.links import find_link
from alongside.features.referrals.public_doors import draw
from alongside.foundation.access.middleware import typed_again
from alongside.foundation.access.protected import View, open_to_all
from alongside.foundation.access.request import Request

#: Local default. A whole hospital may share one address, so a right link opens all the same.
WRONG_LINK = limits.Limit("link", 20, 900)


def by_link(what_for: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """For a view `(request, link, token, …)` whose address ends in the token. Any other link gets one same page."""

    def declare(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def page(request: Request, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            link = find_link(token, what_for, request.at)
            if link is not None:
                return private(view(request, link, token, *args, **kwargs))
            too_often = limits.count(WRONG_LINK, limits.address_of(request))
            # What was typed while the link ran out is shown once more, to be told by telephone.
            typed = [(name, value) for name, value in typed_again(request) if value and name != "submission"]
            status = 429 if too_often else 404
            return private(draw(request, "doors/gone.html", {"typed": [value for _, value in typed]}, status=status))

        return open_to_all(page)

    return declare


def private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, and the link is told to no other site.

    To our own it is: with 'no-referrer' a browser sends the form from nowhere, and nothing from nowhere is taken.
    """
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

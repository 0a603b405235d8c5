"""The pages of a family whose child has died: they say what is true, and ask nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.foundation.access.request import Request

#: For anybody whom the death of a child touches, in the United Kingdom. Source: Alder Hey Children's Hospital, which
#: runs it (alderhey.nhs.uk, read in November 2026).
HELPLINE = {
    "name": "Child Death Helpline",
    "phone": "0808 800 6019",
    "who": "It is free. Mums and dads who have lost a child answer.",
}

#: Pages that are read as before. Every other one is about what is to come, or asks something.
STILL_READ = (
    "family home", "family worker", "family letters", "family letter", "family who sees", "family who looked",
    "family agreed",
)  # fmt: skip


class HasDied(Exception):
    """This page has nothing true to say any more."""


def while_they_live(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Leads to the first page, which says so, in the place of a page that plans or asks."""

    @wraps(view)
    def shown(request: Request, reference: str, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, reference, *args, **named)
        except HasDied:
            return redirect("mine_home", reference=reference)

    return shown

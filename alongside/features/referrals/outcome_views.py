"""The outcome as its recipient opens it: one link, one letter, without an account."""

import re
from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.referrals.letters import PICTURES, from_json
from alongside.features.referrals.models import OutcomeLetter
from alongside.features.referrals.operations.opening import record_opened
from alongside.foundation.access import context as asking
from alongside.foundation.access.protected import open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.documents.serving import serve

#: Local default: no national figure was found. After this a letter is asked for again.
OPENS_FOR = timedelta(days=90)
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


@open_to_all
def read(request: Request, key: str) -> HttpResponse:
    """The letter. A link that is wrong, too old or not a link at all says the same sentence."""
    letter = _find(key, request.at)
    if letter is None:
        return _private(render(request, "referrals/outcome_gone.html", {}, status=404))
    with asking.asking_with(key):
        record_opened(letter, at=request.at)
    context = {"outcome": from_json(letter.content), "letter": letter, "pictures": PICTURES, "link": key}
    return _private(render(request, "referrals/outcome.html", context))


@open_to_all
def pdf(request: Request, key: str) -> HttpResponse:
    """The same on paper."""
    letter = _find(key, request.at)
    if letter is None:
        raise Http404
    with asking.asking_with(key):
        record_opened(letter, at=request.at)
    return serve(key=letter.pdf, media_type="application/pdf", file_name="letter.pdf")


def _find(key: str, at: datetime) -> OutcomeLetter | None:
    if not _KEY.fullmatch(key):
        return None
    with asking.asking_with(key):
        return OutcomeLetter.objects.filter(sent_at__gt=at - OPENS_FOR).first()


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, and the link is told to no other site."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

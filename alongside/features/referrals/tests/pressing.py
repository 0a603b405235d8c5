"""A browser of the register team, for the tests of the pages about referrals."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from alongside.features.referrals.models import Referral
from alongside.foundation.access import context

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
SignIn = Callable[[str], Client]


#: Drawn anew for each page and as long as two lines: sooner or later any short name stands in one by chance.
_MARK = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def words(answer: Any) -> str:
    """The page as it was sent, but for the mark against forged forms, which says nothing to anybody."""
    return _MARK.sub(r"\1", answer.content.decode())


def hidden(answer: Any) -> dict[str, str]:
    """The form's hidden fields, as the browser sends them back."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"', words(answer)))


def press(client: Client, at: str, **given: Any) -> Any:
    """Opens a page and sends its form."""
    page = client.get(at)
    kept = {
        name: value
        for name, value in re.findall(
            r'type="hidden" name="(submission|version|person|r\d-who)" value="([^"]*)"', words(page)
        )
    }
    return client.post(at, kept | given)


def on(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def read(referral: Referral) -> Referral:
    with context.as_engine():
        return Referral.objects.get(pk=referral.pk)

"""Sends the one question after keyworking on its day, where they said yes and a number or e-mail is known.

What it can't send stays due, and stands on somebody's day with one button.
"""

from datetime import datetime

from django.db.models import Q

from alongside.features.keyworking.models import Ending
from alongside.features.keyworking.stepping_down.afterwards import send_question
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty

MOST_AT_ONCE = 500


def send_due(at: datetime) -> int:
    """Every question that is due and was not sent. Each in an act of its own. How many."""
    with context.as_engine():
        open_now = Q(ends_at=None) | Q(ends_at__gt=at)
        rows = Duty.objects.filter(open_now, doing="ask_after", shows_from__lte=at).order_by("due", "pk")
        wanted = list(rows.values_list("subject_id", "rule_key")[:MOST_AT_ONCE])
        engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
        return sum(_sent(engine, ending, int(rule[-1]), at) for ending, rule in wanted if ending)


def _sent(engine: Actor, ending_id: int, number: int, at: datetime) -> bool:
    ending = Ending.objects.select_related("person").get(pk=ending_id)
    if not ending.ask_reach:
        return False
    try:
        with recording(by=engine, at=at) as note:
            send_question(note, ending=ending, number=number)
    except NotNow:
        return False
    return True

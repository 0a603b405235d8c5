"""What the ledger opens, read a second time: plain facts from the tables, judged by `policy/agreements.py`."""

from datetime import datetime

from alongside.config.probing.reading import ledgers, link_of
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.policy.agreements import open_topics


def open_to(actor: Actor, at: datetime) -> dict[int, set[int]]:
    """By person, the topics that are open to this actor through involvements at this moment. Read as the engine."""
    known = ledgers()
    found: dict[int, set[int]] = {}
    for row in Involvement.objects.filter(actor=actor):
        if topics := open_topics(known[row.person_id], link_of(row), at):
            found.setdefault(row.person_id, set()).update(topics)
    return found


__all__ = ["ledgers", "link_of", "open_to"]

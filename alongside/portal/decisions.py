"""What was put to somebody senior, in plain words: who was asked, since when, and what was decided."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.escalation.lifecycle import OPEN
from alongside.features.escalation.models import Escalation
from alongside.features.escalation.text import OUTCOME_FAMILY
from alongside.features.people.queries import about
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.portal import reading, words
from alongside.portal.reading import MOST_SHOWN, Mine


@for_roles(Role.YOUNG_PERSON, Role.FAMILY)
def decisions(request: Request, reference: str) -> HttpResponse:
    """Open questions first, then decisions, the newest first. What was not escalated is talked about, not listed."""
    mine = reading.mine(request, reference, "family decisions")
    context = {
        "mine": mine,
        "person": mine.person,
        "own": mine.own,
        "today": mine.today,
        "asked": list_asked(mine),
    }
    return render(request, "portal/decisions.html", context)


def list_asked(mine: Mine) -> list[dict[str, Any]]:
    """As this reader may know it: nothing that was typed for others, where it could lead to where they live."""
    rows = Escalation.objects.visible_to(mine.me).filter(about(mine.person), superseded_by=None)
    rows = rows.exclude(state=Escalation.State.NOT_RAISED).order_by("-recorded_at", "-pk")[:MOST_SHOWN]
    return sorted((_shown(mine, row) for row in rows), key=lambda one: not one["open"])


def _shown(mine: Mine, row: Escalation) -> dict[str, Any]:
    tells = mine.told_where
    return {
        "what": row.what if tells else words.ASK_WHAT,
        "since": row.happened_at,
        "open": row.state in OPEN,
        "paused": row.state in (Escalation.State.PAUSED, Escalation.State.RETURNED),
        "taken_back": row.state == Escalation.State.WITHDRAWN,
        "on": row.decided_at,
        "outcome": OUTCOME_FAMILY[Escalation.Outcome(row.outcome)] if row.outcome else "",
        "plain": row.plain if tells else "",
    }

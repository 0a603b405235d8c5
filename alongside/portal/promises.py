"""What was promised to a family: by whom, by when, what happened, and what the family is asked about it."""

from datetime import date
from typing import Any

from django.http import Http404

from alongside.features.actions.models import Action
from alongside.features.actions.queries import find_action
from alongside.portal import words
from alongside.portal.reading import MOST_SHOWN, Mine

OVER = (Action.State.DONE, Action.State.NOT_DONE, Action.State.SUPERSEDED)


def promises(mine: Mine) -> list[dict[str, Any]]:
    """All that somebody agreed to do and has not done, what is late first; then what is over, the newest first."""
    rows = (
        Action.objects.visible_to(mine.me)
        .filter(person=mine.person, superseded_by=None)
        .select_related("owner", "owner_organisation")
    )
    waiting = rows.exclude(state__in=OVER).order_by("due_on", "pk")
    over = rows.filter(state__in=OVER).order_by("-due_on", "-pk")[:MOST_SHOWN]
    return [shown_promise(mine, row) for row in (*waiting, *over)]


def shown_promise(mine: Mine, row: Action) -> dict[str, Any]:
    """One promise as this reader may know it: nothing in it leads whoever may not know where they live to them."""
    over, tells = row.state in OVER, mine.told_where
    # Others than the area's own team belong to a place: their name leads there as an address does.
    named = tells or row.owner_organisation_id == mine.person.icb_id
    why = row.because if row.state in (Action.State.BLOCKED, Action.State.NOT_DONE) else ""
    return {
        "what": row.what if tells else words.ASK_WHAT,
        "who": row.owner.name if named else words.NOT_NAMED,
        "where": row.place_name if named else "",
        "by": row.due_on,
        "starts": row.starts_on,
        "state": words.promise_state(row),
        "over": over,
        "late": not over and row.state != Action.State.SAID_DONE and row.due_on < mine.today,
        "asked": row.state in (Action.State.PROPOSED, Action.State.REFUSED),
        "why": why if tells else "",
        "number": row.number,
        "asks": asks_of(row, mine.today) if tells else "",
    }


def asks_of(row: Action, today: date) -> str:
    """What the family is asked about a promise: 'happened', 'started', or nothing."""
    if row.state == Action.State.SAID_DONE:
        return "happened"
    begun = row.start_asked_from is not None and row.start_asked_from <= today
    return "started" if begun and (row.state not in OVER or row.state == Action.State.DONE) else ""


def find_promise(mine: Mine, number: int) -> Action:
    """A promise of this page that the family is asked about; 404 for any other, and for what this reader can't read."""
    found = find_action(mine.me, mine.person, number)
    if found is None or not mine.told_where or not asks_of(found, mine.today):
        raise Http404
    return found

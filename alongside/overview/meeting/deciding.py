"""One person in a meeting: who is there, what is decided, a rating with it, an action with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.operations import agree_action
from alongside.features.actions.owners import Choice, owner_from
from alongside.features.people.models import Person
from alongside.features.register.meetings import text
from alongside.features.register.meetings.deciding import decide
from alongside.features.register.meetings.drafts import forget_draft
from alongside.features.register.meetings.queries import lock_item
from alongside.features.register.models import Meeting
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.overview.meeting.reading import Spot
from alongside.overview.rating_page.deciding import decide_rating
from alongside.overview.rating_page.reading import get_situation
from alongside.policy.decision import Decision
from alongside.policy.meetings import quorum
from alongside.policy.ratings import Tool
from alongside.policy.rules import Ruleset


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def topics_of(me: Me, icb_id: int) -> list[int]:
    """On which topics whoever runs the register may agree something for somebody of their area."""
    return sorted({number % 64 for number in (*me.agreed_topics, *me.guarded_topics) if number // 64 == icb_id})


def quorum_of(spot: Spot, ticked: list[int], ruleset: Ruleset, on: date) -> Decision:
    """Whether all three sides are there, of those who are ticked for this person."""
    return quorum({one.side for one in spot.attendees if one.id in ticked}, ruleset, on)


def check_may_hear(spot: Spot, ticked: list[int]) -> None:
    """Nobody is written down as having heard what no agreement lets them know."""
    here = {one.id for one in spot.here}
    if names := [one.name for one in spot.attendees if one.id in ticked and one.id not in here]:
        raise NotNow("may_not_hear", text.MAY_NOT_HEAR.format(names=", ".join(names)))


def save_decision(
    request: Request,
    note: Notes,
    meeting: Meeting,
    spot: Spot,
    given: Mapping[str, Any],
    tool: Tool | None,
    suggestion: Decision | None,
) -> None:
    """Decision and, where a colour was chosen, rating: in one act, each under its lock."""
    situation = get_situation(request.me, spot.entry_id, request.at, lock=True)
    item = lock_item(request.me, meeting.pk, spot.id)
    # The words of the decision are the reason of the rating.
    rating = (
        decide_rating(request, note, situation, given, because=given["decided"], tool=tool, suggestion=suggestion)
        if given["colour"]
        else None
    )
    present = [int(one) for one in given["present"]]
    check_may_hear(spot, present)
    decide(
        note,
        item=item,
        decided=given["decided"],
        dissent=given["dissent"],
        present=present,
        quorum=quorum_of(spot, present, situation.ruleset, today_of(request)),
        rating=rating,
        seen=given["seen"],
        by=request.me,
    )
    forget_draft(item_id=item.pk, actor_id=request.me.id)


def save_action(
    note: Notes, by: Me, meeting: Meeting, person: Person, given: Mapping[str, Any], owners: list[Choice]
) -> None:
    """Into the one ledger of actions, with this meeting as where it was agreed."""
    agree_action(
        note,
        by=by,
        person=person,
        topic=int(given["topic"]),
        what=given["what"],
        how_known=given["how_known"],
        owner=owner_from(given, owners, []),
        due_on=given["due_on"],
        origin=Action.Origin.MEETING,
        origin_id=meeting.pk,
        starts_on=given.get("starts_on"),
    )

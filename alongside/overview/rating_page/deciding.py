"""A rating as it was decided on a form, through the register's own operation: on its page and in a meeting alike."""

from collections.abc import Mapping
from typing import Any

from alongside.features.register.lifecycle import check_red_has_a_day
from alongside.features.register.models import Colour, Rating
from alongside.features.register.operations import rate
from alongside.foundation.access.request import Request
from alongside.foundation.recording.recording import Notes
from alongside.overview.person_page.showing import today_of
from alongside.overview.rating_page.again import check_not_just_rated
from alongside.overview.rating_page.reading import Situation
from alongside.policy.counting import default_calendar
from alongside.policy.decision import Decision
from alongside.policy.duties import latest_look
from alongside.policy.ratings import COLOURS, Tool


def decide_rating(
    request: Request,
    note: Notes,
    situation: Situation,
    given: Mapping[str, Any],
    *,
    because: str,
    tool: Tool | None,
    suggestion: Decision | None,
) -> Rating:
    """Inside `recording()`, with the situation read under a lock. Raises NotNow for what can't be decided so."""
    check_not_just_rated(situation.last, given, request.me.name, request.at)
    latest = latest_look(given["colour"], today_of(request.at), situation.ruleset, default_calendar())
    if given["colour"] == Colour.RED:
        check_red_has_a_day(given["review_on"], latest)
    pending = situation.proposal["id"] if situation.proposal else None
    suggested = suggestion.value if suggestion and suggestion.value in COLOURS else ""
    answers = {key: value for key, value in given.items() if key.startswith("item_") and value not in (None, "")}
    return rate(
        note,
        entry=situation.entry,
        colour=given["colour"],
        because=because,
        by=request.me,
        version=given["version"],
        demanded=situation.demanded,
        proposal=pending if pending == given["proposal"] else None,
        review_on=given["review_on"],
        latest_look=latest,
        reasons=given["reasons"],
        tool=tool.key if tool else "",
        tool_version=tool.version if tool else "",
        tool_answers={key.removeprefix("item_"): value for key, value in answers.items()} if tool else None,
        suggested=suggested,
        override_because=given.get("override_because", "") if suggested and suggested != given["colour"] else "",
    )

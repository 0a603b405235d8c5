"""The register on a person's page: each entry with its rating, why it is so, and what waits for a decision."""

from datetime import date, datetime
from typing import Any

from alongside.features.register import text
from alongside.features.register.models import Listing, Rating
from alongside.foundation.nhsuk.filters import plural
from alongside.overview.person_page.showing import Row, a_day, moment
from alongside.overview.register_list.words import english_day
from alongside.policy.decision import Decision
from alongside.policy.facts import PersonFacts, StayFacts
from alongside.policy.ratings import find_tool, floor
from alongside.policy.rules import Ruleset


def entries(rows: list[Row], now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Entries that are open, and those that have ended, the newest first."""
    shown = [_entry(row, now) for row in reversed(rows)]
    return {
        "open": [entry for entry in shown if not entry["removed_on"]],
        "ended": [entry for entry in shown if entry["removed_on"]],
    }


def _entry(row: Row, now: datetime) -> dict[str, Any]:
    pk, _, icb_id, listing, entered, removed, because, detail, reason, provisional, mark, planned, version, found = row
    ratings = [_rating(rating) for rating in found or []]
    decided = [rating for rating in ratings if rating["standing"] == "decided"]
    answered = {rating["decides"] for rating in ratings}
    return {
        "id": pk,
        "icb_id": icb_id,
        "listing": Listing(listing).label,
        "entered_on": a_day(entered),
        "removed_on": a_day(removed),
        "removed_because": text.REMOVALS.get(because, because),
        "removed_detail": detail,
        "reason": reason,
        "provisional": provisional,
        "not_registered_before_admission": mark,
        "review_planned_on": a_day(planned),
        "version": version,
        "rating": decided[-1] if decided else None,
        "for": _how_long(decided, english_day(now)),
        "looked": _age(decided, english_day(now)),
        "proposals": [r for r in ratings if r["standing"] == "proposed" and r["id"] not in answered],
        "history": list(reversed(ratings)),
    }


def _rating(row: Row) -> dict[str, Any]:
    pk, colour, standing, origin, at, because, reasons, tool, suggested, override, by, decides = row
    used = find_tool(tool) if tool else None
    return {
        "id": pk,
        "colour": colour,
        "standing": standing,
        "origin": text.ORIGINS.get(origin, "Recorded by"),
        "at": moment(at),
        "day_only": origin == Rating.Origin.IMPORT,
        "because": because,
        "reasons": [text.REASONS.get(reason, reason) for reason in reasons or []],
        "tool": used.title if used else tool,
        "suggested": suggested,
        "override": override,
        "by": by,
        "decides": decides,
    }


def _how_long(decided: list[dict[str, Any]], today: date) -> str:
    """'Red for 12 days': since the first of the latest unbroken run of this colour."""
    if not decided:
        return ""
    since = decided[-1]
    for rating in reversed(decided):
        if rating["colour"] != decided[-1]["colour"]:
            break
        since = rating
    days = (today - english_day(since["at"])).days
    return f"for {plural(days, 'day')}" if days > 0 else "since today"


def _age(decided: list[dict[str, Any]], today: date) -> str:
    if not decided:
        return "Nobody has rated them yet"
    days = (today - english_day(decided[-1]["at"])).days
    return f"Last looked at {plural(days, 'day')} ago" if days > 0 else "Looked at today"


def demanded_rating(
    stays: list[tuple[int, str, str | None, str | None, str]], ruleset: Ruleset, at: datetime
) -> Decision:
    """The colour that hospital stays demand now. `stays`: id, kind, admitted and discharged as texts, how closed."""
    facts = PersonFacts(
        person_id=0,
        icb=ruleset.icb,
        stays=tuple(
            StayFacts(pk, kind, moment(begun), moment(left), went=went) for pk, kind, begun, left, went in stays
        ),
    )
    return floor(facts, at, ruleset)

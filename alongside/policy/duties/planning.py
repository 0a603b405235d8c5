"""How far ahead a day may be planned: never further than the rule's own length, counted from today."""

from datetime import date

from ..counting import Calendar, day_in_words
from ..decision import Decision
from ..rules import Ruleset, computes
from .reckoning import last_day
from .register import REVIEWS


@computes(*REVIEWS.values())
def latest_look(colour: str, today: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The last day on which the next look at a rating may be planned: value is that day.

    Any colour that has no length of its own is looked at as often as red.
    """
    key = REVIEWS.get(colour, REVIEWS["red"])
    rule, latest = ruleset.governing(key, today, lambda rule: last_day(rule, today, calendar))
    said = colour if colour in REVIEWS else "Without a rating it"
    because = f"{said.capitalize()} is looked at again within {rule.length}: choose {day_in_words(latest)} or earlier."
    return Decision(latest, because, rule.source_label)


@computes("backlog_day")
def latest_backlog_day(today: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The last day that may be planned for what was late at an import: value is that day."""
    rule, latest = ruleset.governing("backlog_day", today, lambda rule: last_day(rule, today, calendar))
    because = (
        f"What was late at the import is dealt with within {rule.length} of being planned: "
        f"choose {day_in_words(latest)} or earlier."
    )
    return Decision(latest, because, rule.source_label)

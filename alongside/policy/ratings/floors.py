"""What a rating may not fall below, and how old it is."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ..counting import (
    Calendar,
    as_utc,
    day_in_words,
    days_after_moment,
    default_calendar,
    local_day,
    moment_in_words,
)
from ..decision import Decision
from ..duties.reckoning import HOSPITAL, admitted_at, last_day, left_at
from ..duties.register import REVIEWS, current_rating, review_day
from ..facts import EntryFacts, PersonFacts
from ..joining import join_stays
from ..rules import Ruleset, computes


@computes("rating_in_hospital", "post_discharge_red")
def floor(facts: PersonFacts, at: datetime, ruleset: Ruleset, calendar: Calendar | None = None) -> Decision:
    """The rating the facts demand at a moment: 'blue' in a mental health hospital, 'red' for a set time
    after leaving one (row 29), else None."""
    moment = as_utc(at)
    begun = tuple(stay for stay in facts.stays if stay.kind == HOSPITAL and admitted_at(stay) <= moment)
    stays = join_stays(replace(facts, stays=begun)).stays
    left = [stay for stay in stays if stay.discharged_at and as_utc(stay.discharged_at) <= moment]
    staying = [stay for stay in stays if stay not in left]
    if staying:
        since = local_day(min(admitted_at(stay) for stay in staying))
        rule = ruleset.in_force("rating_in_hospital", since)
        why = f"They have been in a mental health hospital since {day_in_words(since)}, which is blue."
        return Decision("blue", why, rule.source_label)
    if left:
        return _after_discharge(max(left_at(stay) for stay in left), moment, ruleset, calendar)
    return Decision(None, "Nothing in their hospital stays limits the rating.")


def _after_discharge(left: datetime, moment: datetime, ruleset: Ruleset, calendar: Calendar | None) -> Decision:
    day = local_day(left)
    calendar = calendar or default_calendar()
    rule, until_day = ruleset.governing("post_discharge_red", day, lambda rule: last_day(rule, day, calendar))
    until = days_after_moment(left, (until_day - day).days)
    if moment >= until:
        return Decision(None, f"They left hospital on {day_in_words(day)}, more than {rule.length} ago.")
    why = (
        f"They left hospital on {day_in_words(day)}; the rating stays red for at least {rule.length}, "
        f"until {moment_in_words(until)}."
    )
    return Decision("red", why, rule.source_label)


def allows(colour: str, demanded: Decision) -> Decision:
    """Whether a colour may be decided under a floor: value True or False, with the reason.

    Blue is only for people in hospital: after discharge it is refused while red is demanded.
    """
    if demanded.value is None or colour == demanded.value:
        return Decision(True, demanded.because, demanded.source)
    return Decision(False, demanded.because, demanded.source)


@dataclass(frozen=True, slots=True)
class RatingAge:
    """How old a rating is on a day. None where there is no rating or no date.

    days_in_colour: since this colour began without a break. days_since_review: since it was last looked
    at. is_stale: older than its review allows.
    """

    colour: str | None
    days_in_colour: int | None
    days_since_review: int | None
    is_stale: bool


def age_of_rating(entry: EntryFacts, as_at: date, ruleset: Ruleset, calendar: Calendar | None = None) -> RatingAge:
    calendar = calendar or default_calendar()
    rating = current_rating(entry)
    if rating is None:
        return RatingAge(None, None, None, entry.is_open)
    reviewed = review_day(entry, rating)
    key = REVIEWS.get(rating.colour, "register_review_red")
    _, due = ruleset.governing(key, reviewed, lambda rule: last_day(rule, reviewed, calendar))
    began = _colour_began(entry, rating.colour)
    return RatingAge(
        rating.colour,
        (as_at - began).days if began else None,
        (as_at - reviewed).days,
        as_at > due,
    )


def _colour_began(entry: EntryFacts, colour: str) -> date | None:
    """The day of the first of the latest unbroken run of ratings of a colour that were decided."""
    dated = [
        (as_utc(rating.rated_at), rating.id, rating.colour)
        for rating in entry.ratings
        if rating.rated_at is not None and rating.state != "proposed"
    ]
    began = None
    for moment, _, found in sorted(dated, reverse=True):
        if found != colour:
            break
        began = local_day(moment)
    return began

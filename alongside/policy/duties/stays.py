"""Questions about a stay that several rules ask."""

from dataclasses import dataclass
from datetime import date, datetime

from ..counting import birthday, local_day
from ..facts import PersonFacts, ReviewFacts, StayFacts
from .reckoning import HOSPITAL, Reckoning, admitted_at

#: Reviews that are a C(E)TR. An emergency protocol meeting never is one (policy reference, section 17.13).
CETR = frozenset({"community", "post_admission", "inpatient", "independent"})

SECURE = frozenset({"low", "medium", "high"})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The C(E)TRs of one stay. days: held since admission. community: a valid one held before, or None."""

    days: list[date]
    statutory: list[date]
    community: date | None


def under_18(facts: PersonFacts, day: date) -> bool:
    """Not yet 18 on a day. Taken as yes when the date of birth is not known: the shorter times apply."""
    return facts.birth_date is None or day < birthday(facts.birth_date, 18)


def has_ehc_plan(facts: PersonFacts, day: date) -> bool:
    return any(
        kind.kind == "ehc_plan"
        and (kind.from_date is None or kind.from_date <= day)
        and (kind.to_date is None or kind.to_date >= day)
        for kind in facts.circumstances
    )


def is_cetr_age(facts: PersonFacts, day: date) -> bool:
    """A CETR rather than a CTR: under 18, or 18 and over with an EHC plan (code of practice)."""
    return under_18(facts, day) or has_ehc_plan(facts, day)


def held_day(review: ReviewFacts) -> date:
    """The day a review was held; ValueError when that is not known."""
    if review.held_at is None:
        raise ValueError("The review has no day.")
    return local_day(review.held_at)


def during(review: ReviewFacts, stay: StayFacts, admitted: date) -> bool:
    """Held in this stay: it says so, or it says no stay and was held on one of its days."""
    if review.held_at is None:
        return False
    if review.stay_id is not None:
        return review.stay_id == stay.id
    day = local_day(review.held_at)
    return admitted <= day and (stay.discharged_at is None or day <= local_day(stay.discharged_at))


def reviewed(r: Reckoning, stay: StayFacts, admitted: date) -> Reviewed:
    """C(E)TRs of a stay, and the latest community one still valid on admission (row 13)."""
    days, statutory, community = [], [], None
    for review in r.facts.reviews:
        if review.kind not in CETR or review.held_at is None:
            continue
        held = local_day(review.held_at)
        if review.kind == "community" and held <= admitted and review.stay_id is None:
            if r.day("community_cetr_valid", held) >= admitted and (community is None or held > community):
                community = held
        elif during(review, stay, admitted):
            days.append(held)
            if review.statutory:
                statutory.append(held)
    return Reviewed(sorted(days), sorted(statutory), community)


def previous_discharge(facts: PersonFacts, stay: StayFacts) -> datetime | None:
    """The last discharge from a mental health hospital before a stay began."""
    begins = admitted_at(stay)
    before = [
        other.discharged_at
        for other in facts.stays
        if other.id != stay.id
        and other.kind == HOSPITAL
        and other.discharged_at is not None
        and local_day(other.discharged_at) <= local_day(begins)
        and admitted_at(other) < begins
    ]
    return max(before, key=local_day, default=None)

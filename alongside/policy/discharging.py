"""Leaving hospital: the lists of codes, what a delay counts, who came back within which time.

Sources: policy reference 5.10, 7.5, 7.7, 13.1 and 13.3. The headings of the plan are placeholders of our own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .spells import Spell

#: Headings of the plan: code, and what it asks. Ours, until the official list is loaded (policy reference 7.5).
HEADINGS: dict[str, str] = {
    "lead": "A named lead",
    "date": "An expected date",
    "home": "Home or placement",
    "care": "Care and support package",
    "education": "Education",
    "community": "Community clinical team",
    "crisis": "Crisis plan",
    "health": "Medication and physical health",
    "money": "Section 117, funding and personal health budget",
    "legal": "Legal: Mental Health Act, Court of Protection, deprivation of liberty",
    "family": "Support for the family",
    "afterwards": "Transition and follow-up after discharge",
}

#: Why somebody who is clinically ready is still there: the current national list (policy reference 13.3).
DELAY_REASONS: dict[str, str] = {
    "01": "Awaiting allocation of a care co-ordinator",
    "02": "Awaiting allocation of a community psychiatrist",
    "03": "Awaiting allocation of a social worker",
    "04": "Awaiting public funding or a funding panel’s decision",
    "05": "Awaiting community or mental health NHS services, like rehabilitation or step-down",
    "06": "Awaiting a place in prison or an immigration removal centre",
    "07": "Awaiting a care home without nursing",
    "08": "Awaiting a care home with nursing",
    "09": "Awaiting the start of a care package at home or in a temporary home",
    "10": "Awaiting community equipment or adaptations",
    "11": "The patient’s or family’s choice",
    "12": "Dispute about which commissioner is responsible",
    "13": "Dispute between teams or panels about the pathway",
    "14": "Housing: privately rented",
    "15": "Housing: socially rented",
    "16": "Housing: buying an own home",
    "17": "Housing: not eligible for funded care",
    "18": "Housing: supported accommodation",
    "19": "Housing: temporary accommodation from the council",
    "20": "Awaiting a residential children’s home, not secure",
    "21": "Awaiting a secure children’s home",
    "22": "Awaiting a young offender institution",
    "23": "Awaiting a foster placement",
    "24": "Awaiting the Ministry of Justice’s agreement",
    "25": "Awaiting mental health legal proceedings",
    "26": "Awaiting the Court of Protection",
    "27": "Awaiting a deprivation of liberty application",
    "28": "Awaiting another court’s judgment",
    "29": "Awaiting a residential special school or college",
    "30": "Lack of local education support",
    "31": "Concern for public safety",
    "32": "Highly bespoke housing or care is not available",
    "33": "No lawful support in the community, social care excluded",
    "34": "No social care support or placement",
    "35": "Delay of an assessment by an NHS-led community team",
    "36": "Shortage of hospital staff",
    "37": "Delay of an assessment that is not the NHS’s",
    "98": "Not known",
}

#: Whose the delay is (policy reference 13.2).
BODIES: dict[str, str] = {
    "04": "NHS",
    "05": "Social care",
    "06": "NHS and social care",
    "07": "Housing",
}

#: Where somebody went, as the national record is closed (policy reference 13.1).
CLOSURES: dict[str, str] = {
    "family_home": "Family home",
    "independent": "Independent living",
    "supported": "Supported housing",
    "care_home": "Care home without nursing",
    "nursing_home": "Care home with nursing",
    "residential_school": "Residential school or college",
    "foster_care": "Local authority foster care",
    "hospice": "Hospice",
    "temporary": "Temporary residence, like a hotel",
    "acute": "Transferred to an acute hospital for physical health",
    "other_bed": "Transferred to another mental health or learning disability bed",
    "prison": "Transferred to prison",
    "not_learning_disability": "No longer in scope: diagnosis of a learning disability removed",
    "not_autism": "No longer in scope: diagnosis of autism removed",
    "died": "Died",
    "other": "Somewhere else",
}

#: How a stay in a mental health hospital is closed that another bed follows: it is no discharge.
TRANSFER = "other_bed"

#: Why there was no community review before an admission (policy reference 5.10, a proposal).
NO_REVIEW: dict[str, str] = {
    "consent_not_given": "Agreement was not given",
    "consent_withdrawn": "Agreement was withdrawn",
    "unwell": "The young person was too unwell",
    "family": "The family was not available",
    "experts": "The expert by experience or the clinical expert was not available",
    "chair": "The chair was not available",
    "provider": "The provider cancelled",
    "documents": "Documents were missing",
    "too_fast": "The admission was too fast; an emergency meeting was held instead",
    "out_of_hours": "It was out of hours",
    "told_late": "Whoever arranges reviews was told late",
    "diagnosed_after": "Autism or the learning disability was diagnosed after admission",
    "not_known": "Nobody knew of them",
    "other": "Something else",
}

#: Who knew them before they were admitted.
KNOWN_TO: dict[str, str] = {
    "mental_health": "Children’s mental health service",
    "social_care": "Social care",
    "education": "Education",
    "community_health": "Community health",
    "keyworking": "Keyworking",
    "justice": "Police or youth justice",
    "nobody": "No service",
}

#: Coming back is counted within so many days of leaving (story 9; the duty uses row 31).
READMITTED_WITHIN = (30, 90, 180)


@dataclass(frozen=True, slots=True)
class DischargeFacts:
    """What is known about leaving one mental health hospital stay.

    expected_on: the newest expected day, None when it was said that there is none; said_on: when that was said, None
    when nobody has said anything. ready_from, reason: of the period that goes on in which they are ready and still
    there. change_due_on: of a change after a root cause analysis that is not made yet. contact_at: when one of us last
    saw or spoke with the young person after they left.
    """

    stay_id: int
    planned: bool = False
    expected_on: date | None = None
    said_on: date | None = None
    ready_from: date | None = None
    reason: str = ""
    root_cause: bool = False
    change_due_on: date | None = None
    written_up: bool = False
    looked_back: bool = False
    contact_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """Ready from a day on, until a day (the night before it is the last one counted) or still; why, and whose it is."""

    since: date
    until: date | None
    reason: str = ""
    body: str = ""


def nights(delay: Delay, as_at: date, *, since: date | None = None) -> int:
    """Nights of a delay before a day; since: only those from that day on. A night belongs to the day it begins on."""
    begins = delay.since if since is None else max(since, delay.since)
    ends = as_at if delay.until is None else min(delay.until, as_at)
    return max(0, (ends - begins).days)


def nights_by(delays: Iterable[Delay], as_at: date, *, since: date | None = None) -> dict[tuple[str, str], int]:
    """Nights by reason and body. Periods of one stay don't overlap, so the sum is the nights that were lost."""
    found: dict[tuple[str, str], int] = {}
    for delay in delays:
        if lost := nights(delay, as_at, since=since):
            found[delay.reason, delay.body] = found.get((delay.reason, delay.body), 0) + lost
    return found


def days_at_home(left_on: date, back_on: date | None, as_at: date) -> int:
    """Readmission-free days: whole days from leaving until coming back, or until a day."""
    return max(0, ((back_on if back_on is not None and back_on <= as_at else as_at) - left_on).days)


@dataclass(frozen=True, slots=True)
class CameBack:
    """Of discharges so many days ago or longer: how many there are, and how many were followed by an admission."""

    within: int
    left: int
    back: int


def count_readmissions(people: Iterable[Sequence[Spell]], *, since: date, as_at: date) -> tuple[CameBack, ...]:
    """people: the spells of each person in mental health hospitals, in order (`spells.join_spells`).

    Counts discharges from a day on, each once, only those so long ago that the whole time has passed. Coming back on
    the last day of the time counts.
    """
    pairs = [pair for spells in people for pair in zip(spells, [*spells[1:], None], strict=True)]
    counted = []
    for within in READMITTED_WITHIN:
        left = back = 0
        for spell, following in pairs:
            if spell.left is None or spell.left < since or (as_at - spell.left).days < within:
                continue
            left += 1
            back += following is not None and (following.admitted - spell.left).days <= within
        counted.append(CameBack(within, left, back))
    return tuple(counted)

"""A review that is being organised: the facts of it, and whether its panel is complete. Pure.

Source: policy reference 5.4 (panel) and 5.5 (check-lists).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

#: The seats that must be taken, and what each is called inside a sentence.
CORE = {
    "chair": "a chair",
    "clinical": "an independent clinical expert",
    "experience": "an independent expert by experience",
}
#: The seats of experts, whose training and checks somebody answers for.
CHECKED = ("clinical", "experience")
#: What an expert who is not in the pool still needs; nobody else has to be asked onto the panel for it.
A_YES = "a named person’s yes"
#: Of the three core members, so many are independent of the care that is given now.
LEAST_INDEPENDENT = 2


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that somebody has. conflict: '', none or declared; settled: it is written down why they stay.

    checked: somebody answers for the training and checks of an expert: the pool, or a named person on a day.
    """

    part: str
    independent: bool
    conflict: str = ""
    settled: bool = False
    comes: bool = True
    checked: bool = True

    @property
    def counts(self) -> bool:
        """Somebody with a conflict that nobody has looked at, or who can't come, leaves the seat empty."""
        return self.comes and (self.conflict != "declared" or self.settled)


@dataclass(frozen=True, slots=True)
class PlannedReviewFacts:
    """A planned C(E)TR that is open, or one that something else takes the place of.

    kind: as of a review. state: requested, accepted, dated or replaced. since: when it came to that state.
    agreed: the answer that stands to this one review: given, refused, withdrawn, or '' while nobody has answered.
    invited_at, papers_at: when they were sent. not_asked_since: when the first came onto the panel of those who were
    seated after the invitations went out and were not asked yet; None for nobody. Of one replaced: decided_on, the day
    of the decision; decided_by, the name of whoever decided; instead, what takes its place.
    """

    id: int
    kind: str
    state: str
    asked_on: date
    since: datetime
    starts_at: datetime | None = None
    stay_id: int | None = None
    agreed: str = ""
    invited_at: datetime | None = None
    papers_at: datetime | None = None
    not_asked_since: datetime | None = None
    decided_on: date | None = None
    decided_by: str = ""
    instead: str = ""
    panel: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """How a review was prepared that began or was called off, at `until`. since: when it was given its day.

    agreed_at, invited_at, papers_at: None for what was not done. missing: what the panel lacked.
    """

    starts_at: datetime
    since: datetime
    until: datetime
    agreed_at: datetime | None
    invited_at: datetime | None
    papers_at: datetime | None
    missing: tuple[str, ...] = ()


def missing_from_panel(panel: Iterable[Seat]) -> tuple[str, ...]:
    """What the panel still needs, in words; nothing when it is complete."""
    seats = [seat for seat in panel if seat.counts]
    taken = {seat.part for seat in seats}
    missing = [words for part, words in CORE.items() if part not in taken]
    unchecked = {seat.part for seat in seats if not seat.checked}
    missing += [f"{A_YES} to the training and checks of {CORE[part]}" for part in CHECKED if part in unchecked]
    independent = sum(seat.independent for seat in seats if seat.part in CORE)
    if not missing and independent < LEAST_INDEPENDENT:
        missing.append("a second core member who is independent of the care")
    return tuple(missing)


def worth_considering(panel: Iterable[Seat], *, child: bool) -> tuple[str, ...]:
    """Who else is thought of: for a child, education or children's social care."""
    taken = {seat.part for seat in panel if seat.counts}
    if child and not taken & {"education", "social_care"}:
        return ("somebody from education or children's social care",)
    return ()


@dataclass(frozen=True, slots=True)
class Fitness:
    """What is known of an expert of the pool. Days are last days on which it holds; None where it is not known."""

    part: str
    started_on: date
    trained_on: date | None = None
    checked_until: date | None = None
    registration: str = ""
    registered_until: date | None = None
    ended_on: date | None = None
    overdue_modules: tuple[str, ...] = ()


def why_not(expert: Fitness, on: date) -> tuple[str, ...]:
    """Why an expert can't sit on a panel on a day; nothing when they can. Source: policy reference 5.4."""
    found = []
    if expert.ended_on is not None and expert.ended_on < on:
        found.append("they have left the pool")
    if expert.trained_on is None or expert.trained_on > on:
        found.append("they have not done the training that comes before the first panel")
    if expert.checked_until is None:
        found.append("nothing is written down about their checks")
    elif expert.checked_until < on:
        found.append("their checks have run out")
    if expert.part == "clinical" and not expert.registration:
        found.append("their registration is not written down")
    elif expert.part == "clinical" and expert.registered_until is not None and expert.registered_until < on:
        found.append("their registration has run out")
    found += [f"they have not done the module ‘{title}’ in time" for title in expert.overdue_modules]
    return tuple(found)


__all__ = [
    "CORE",
    "Fitness",
    "PlannedReviewFacts",
    "Prepared",
    "Seat",
    "missing_from_panel",
    "why_not",
    "worth_considering",
]

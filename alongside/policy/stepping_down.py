"""Stepping down: what speaks for it, how often there is contact, why keyworking ends, who came back.

Source: policy reference 4.7. The criteria and the steps are proposals; an area may leave out criteria or add its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from .counting import day_in_words, days_after, months_after

#: Criteria to look at, in order (policy reference 4.7, a proposal): code, and what to say of it.
CRITERIA: tuple[tuple[str, str], ...] = (
    ("green", "The rating has stayed green at the last reviews"),
    ("goals", "Their goals are met, or they are content with where they are"),
    ("actions", "What reviews asked for is done, or somebody else owns it"),
    ("lead", "Somebody who stays is named: a person and an organisation"),
    ("family", "The young person and family agree"),
    ("crisis", "There is a crisis plan, and those who need it have it"),
    ("transition", "Actions for school, college or adult services have an owner"),
)

#: Why keyworking ends (policy reference 4.7, a proposal).
REASONS: dict[str, str] = {
    "goals_met": "Goals are met",
    "stepped_down": "Stepped down to less support",
    "moved": "Moved to another area",
    "adult": "Moved on to adult services",
    "consent": "They don’t want a keyworker any more",
    "disengaged": "Out of touch, after every way was tried",
    "transferred": "Another service does this now",
    "died": "Died",
}

#: After these nobody is asked how things are: somebody else walks with them, they said no, or they died.
NOT_ASKED = frozenset({"moved", "consent", "transferred", "died"})

#: Ends that somebody here judges by how they are: while the rating is red, amber or blue they take a reason.
JUDGED = frozenset({"goals_met", "stepped_down", "adult", "disengaged", "transferred"})
AT_RISK = ("red", "blue", "amber")

#: So many months after keyworking ended a new keyworker counts as coming back (policy reference 4.7, a proposal).
BACK_WITHIN = 12

MOST_STEPS = 6
MOST_DAYS = 91


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on, one contact with the young person or family every so many days."""

    since: date
    days: int

    def __str__(self) -> str:
        return f"from {day_in_words(self.since)} {every(self.days)}"


def every(days: int) -> str:
    """'every week', 'every 2 weeks', 'every 10 days'."""
    if days % 7:
        return f"every {days} days" if days > 1 else "every day"
    weeks = days // 7
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def problem_of(steps: Sequence[Step], begins: date, ends: date) -> str:
    """What is wrong with a plan of stepping down, as a sentence that says what to do; '' when nothing is."""
    if ends <= begins:
        return "The last day must be later than the first step."
    if not steps:
        return "Say how often there is contact at first."
    if len(steps) > MOST_STEPS:
        return f"There can be {MOST_STEPS} steps at most."
    if any(later.since <= earlier.since for earlier, later in zip(steps, steps[1:], strict=False)):
        return "Each step must begin on a later day than the one before."
    if any(later.days < earlier.days for earlier, later in zip(steps, steps[1:], strict=False)):
        return "Contact becomes less from step to step. For more contact, stop stepping down."
    if any(not 1 <= step.days <= MOST_DAYS for step in steps):
        return f"Contact is at least every {MOST_DAYS} days. For less, end keyworking."
    if steps[-1].since >= ends:
        return "The last step must begin before the last day."
    return ""


def step_on(steps: Iterable[Step], on: date) -> Step | None:
    """The step that holds on a day; None before the first."""
    begun = [step for step in steps if step.since <= on]
    return max(begun, key=lambda step: step.since) if begun else None


@dataclass(frozen=True, slots=True)
class Kept:
    """One step and what came of it. until: its last day, or the day looked at; usual: median days between contacts.

    contacts: days with a contact. usual is None with fewer than two days to count between.
    """

    step: Step
    until: date
    contacts: int
    usual: float | None
    longest: int

    @property
    def is_kept(self) -> bool:
        """Whether nobody waited longer for a contact than was planned."""
        return self.longest <= self.step.days


def kept_steps(steps: Sequence[Step], contacts: Iterable[date], ends: date | None, today: date) -> list[Kept]:
    """Planned beside actual for each step that has begun.

    Longest: days without contact, also up to its end; of a later step also those since a contact in the one before.
    """
    days = sorted(set(contacts))
    found = []
    for number, step in enumerate(steps):
        if step.since > today:
            break
        following = steps[number + 1].since if number + 1 < len(steps) else None
        last = min(day for day in (today, ends, days_after(following, -1) if following else None) if day)
        if last < step.since:
            break
        within = [day for day in days if step.since <= day <= last]
        before = [day for day in days if day < step.since][-1:] if number else []
        waits = max([days_after(step.since, -step.days), *before]) if before else step.since
        marks = [waits, *within]
        between = [(later - earlier).days for earlier, later in zip(marks, marks[1:], strict=False)]
        longest = max([*between, (last - marks[-1]).days])
        between = between if before else between[1:]
        found.append(Kept(step, last, len(within), median(between) if between else None, longest))
    return found


def came_back_within(ended_on: date, named_on: date | None) -> bool:
    """Whether a new keyworker so long after the last one is a coming back (policy reference 4.7, a proposal)."""
    return named_on is not None and ended_on <= named_on <= months_after(ended_on, BACK_WITHIN)

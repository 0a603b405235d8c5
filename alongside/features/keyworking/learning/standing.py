"""Where each keyworker stands with each course: what is missing or runs out first comes first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from alongside.features.keyworking.caseloads import Member
from alongside.features.keyworking.learning.courses import Known
from alongside.features.keyworking.models import TrainingDone

#: What runs out within so many days is named at the top, to be booked in time (local default).
SOON = timedelta(days=90)


class Stands(IntEnum):
    """How it stands, what has to be done first first."""

    MISSING = 0
    OUT_OF_DATE = 1
    COUNTS = 2
    FOR_EVER = 3
    NOT_YET = 4


@dataclass(frozen=True)
class Standing:
    """One course of one keyworker. `until`: the last day on which it counts."""

    member: Member
    course: Known
    stands: Stands
    done_on: date | None = None
    until: date | None = None

    @property
    def order(self) -> tuple[int, date, str]:
        return self.stands, self.until or date.max, self.course.title

    def is_urgent(self, today: date) -> bool:
        """Missing though required, out of date, or out of date soon."""
        soon = self.stands == Stands.COUNTS and self.until is not None and self.until <= today + SOON
        return soon or self.stands in (Stands.MISSING, Stands.OUT_OF_DATE)


def standings(
    team: Sequence[Member],
    courses: Sequence[Known],
    done: Mapping[tuple[int, str], TrainingDone],
    required: Collection[str],
    today: date,
) -> list[tuple[Member, list[Standing]]]:
    """Each keyworker with their courses, whoever has to do something first first."""
    found = []
    for member in team:
        lines = [
            _stands(member, course, done.get((member.actor.pk, course.key)), required, today) for course in courses
        ]
        found.append((member, sorted(lines, key=lambda line: line.order)))
    return sorted(found, key=lambda each: (each[1][0].order[:2] if each[1] else (9, date.max), each[0].actor.name))


def _stands(
    member: Member, course: Known, row: TrainingDone | None, required: Collection[str], today: date
) -> Standing:
    if row is None:
        return Standing(member, course, Stands.MISSING if course.key in required else Stands.NOT_YET)
    if row.expires_on is None:
        return Standing(member, course, Stands.FOR_EVER, row.completed_on)
    stands = Stands.OUT_OF_DATE if row.expires_on < today else Stands.COUNTS
    return Standing(member, course, stands, row.completed_on, row.expires_on)

"""Which courses an area has: those that every area has, and its own."""

from dataclasses import dataclass
from datetime import date

from alongside.features.keyworking.learning.matters import note_training
from alongside.features.keyworking.models import Course
from alongside.foundation.access.protected import NotNow
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import COURSES
from alongside.policy.counting import months_after


@dataclass(frozen=True)
class Known:
    """A course: its key, what it is called, and for how many months it counts (None: for ever, or nobody has said)."""

    key: str
    title: str
    months: int | None = None

    def until(self, completed_on: date) -> date | None:
        """The last day on which a completion counts."""
        return months_after(completed_on, self.months) if self.months else None


def courses_of(icb: Organisation) -> dict[str, Known]:
    """Every course of an area by key; its own row over the one that every area has. One statement."""
    found = {key: Known(key, title) for key, title in COURSES.items()}
    for row in Course.objects.filter(icb=icb).order_by("title"):
        found[row.key] = Known(row.key, row.title, row.months)
    return found


def titles_of(icb: Organisation) -> dict[str, str]:
    """What every course of an area is called, by key."""
    return {course.key: course.title for course in courses_of(icb).values()}


def set_course(
    note: Notes, *, icb: Organisation, key: str, title: str, kind: str, months: int | None, source: str
) -> Course:
    """The area's own course, or for how long one of ours counts here. Raises NotNow for a title that another has."""
    same = next((one for one in courses_of(icb).values() if one.title.casefold() == title.casefold()), None)
    if same and same.key != key:
        raise NotNow("same_title", f"There is a course called {same.title} already. Choose another name.")
    made, _ = Course.objects.update_or_create(
        icb=icb, key=key, defaults={"title": title, "kind": kind, "months": months, "source": source}
    )
    counts = f"counts for {months} months" if months else "does not expire"
    note_training(note, icb, course=key)
    note("course.set", words=f"The course {title} {counts}.", icb_id=icb.pk)
    return made

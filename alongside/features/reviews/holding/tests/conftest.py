"""Ellis, on the register, with a keyworker; and reviews that were held for him."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.features.reviews.holding.lines import keep_finding
from alongside.features.reviews.holding.operations import begin_review, finish_writing, recommend, write_plainly
from alongside.features.reviews.holding.report import issue_report
from alongside.features.reviews.models import Review, ReviewReport, WriteUp
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.policy.enquiry import QUESTIONS
from tests.cast import NOW, Area, acting_as, add_registered

BEFORE = NOW - timedelta(days=90)
LATER = date(2026, 12, 18)


@pytest.fixture
def ellis(northmoor: Area) -> Person:
    born = date(2009, 6, 14)
    person, _ = add_registered(northmoor, given_name="Ellis", family_name="Ward", birth_date=born, at=BEFORE)
    does(northmoor, "manager", _allocate, person=person, worker=northmoor.actors["keyworker"], at=BEFORE)
    return person


def _allocate(note: Any, *, by: Any, person: Person, worker: Any) -> None:
    allocate(note, person=Person.objects.get(pk=person.pk), worker=worker, from_date=note.at.date())


def does(area: Area, role: str, operation: Callable[..., Any], *, at: datetime = NOW, **given: Any) -> Any:
    """One operation in one act, by whoever holds the role."""
    with acting_as(area.actors[role], at) as me, recording(by=me, at=at) as note:
        return operation(note, **({"by": me} if "by" in _names(operation) else {}) | given)


def _names(operation: Callable[..., Any]) -> tuple[str, ...]:
    code = operation.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def held(area: Area, person: Person, *, at: datetime = NOW, kind: str = "community", **known: Any) -> Review:
    review: Review = does(area, "coordinator", begin_review, at=at, person=person, kind=kind, held_at=at, **known)
    return review


def written(area: Area, review: Review, role: str = "coordinator") -> WriteUp:
    with acting_as(area.actors[role]):
        return WriteUp.objects.select_related("review", "person__icb").get(review=review)


def recommended(
    area: Area, review: Review, what: str = "Sensory assessment", *, at: datetime = NOW, **known: Any
) -> Action:
    values: dict[str, Any] = {
        "write_up": written(area, review), "topic": Topic.REVIEW, "what": what, "how_known": "The report is on file",
        "owner": NewOwner(organisation=area.icb, actor=area.actors["commissioner"]), "due_on": LATER,
    }  # fmt: skip
    action: Action = does(area, "coordinator", recommend, at=at, **values | known)
    return action


def says(area: Area, review: Review, line: str, *, at: datetime = NOW, **words: Any) -> None:
    """What the panel found on a line, kept as it is typed."""
    write_up = written(area, review)
    with acting_as(area.actors["coordinator"], at) as me:
        keep_finding(write_up=write_up, line=line, words=words, seen=0, page=f"{line}-{at:%d%H%M%S}", by=me, at=at)


def whole(area: Area, review: Review, *, at: datetime = NOW) -> WriteUp:
    """Written up: the four questions, an outcome, and plain words."""
    for question in QUESTIONS:
        says(area, review, question.key, at=at, finding=f"{question.title} Yes, mostly.")
    found = {"outcome": "no_hospital", "words": "At home"}
    does(area, "coordinator", finish_writing, at=at, write_up=written(area, review), **found)
    does(
        area, "coordinator", write_plainly, at=at, write_up=written(area, review), plain="You can stay at home.",
        easy=[["asking/home", "You stay at home."]],
    )  # fmt: skip
    return written(area, review)


def issued(area: Area, review: Review, *, at: datetime = NOW, **known: Any) -> ReviewReport:
    given = {"write_up": written(area, review), "family_gets": "page"} | known
    report: ReviewReport = does(area, "coordinator", issue_report, at=at, **given)
    return report

"""Kai, with a keyworker, an action that is stuck, and officers who can be asked."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.actions.tests.conftest import agreed, kai  # noqa: F401
from alongside.features.escalation.addressees import asked_now
from alongside.features.escalation.models import Addressee, Escalation, Officer
from alongside.features.escalation.officers import name_officer
from alongside.features.escalation.operations import Question, raise_escalation
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

QUESTION = Question(
    topic=Topic.EDUCATION,
    what="A quiet room at school",
    agency="education",
    reason="late",
    effect="He has not been in school for six weeks.",
    asks="Decide who pays for the room.",
)


def act(area: Area, role: str, operation: Callable[..., Any], *, at: datetime = NOW, **given: Any) -> Any:
    """One operation in one act, by whoever holds the role."""
    with acting_as(area.actors[role], at) as me, recording(by=me, at=at) as note:
        return operation(note, by=me, **given)


def named(area: Area, agency: str = "education", level: int = 3, **known: Any) -> Officer:
    """An officer; with an account unless a name is given."""
    values: dict[str, Any] = {"deputy": False, "from_date": date(2026, 1, 5)}
    if "name" not in known:
        values["actor"] = area.actors[Role.SENIOR_OFFICER]
    officer: Officer = act(area, "manager", name_officer, icb=area.icb, agency=agency, level=level, **(values | known))
    return officer


def raised(area: Area, person: Person, *, level: int = 3, by: str = "keyworker", **known: Any) -> Escalation:
    question = known.pop("question", QUESTION)
    made: Escalation = act(area, by, raise_escalation, person=person, question=question, level=level, **known)
    return made


def about(action: Action, **more: Any) -> Question:
    values = {
        "topic": action.topic, "what": action.what, "agency": "education", "reason": "blocked",
        "about": "action", "about_id": action.number,
    }  # fmt: skip
    return Question(**(values | more))  # type: ignore[arg-type]


def whose(escalation: Escalation, at: datetime) -> Addressee | None:
    with context.as_engine():
        return asked_now(escalation, at)


@pytest.fixture
def officer(northmoor: Area) -> Officer:
    return named(northmoor)


@pytest.fixture
def director(northmoor: Area) -> Officer:
    """The council's director, who has no account and no mailbox."""
    return named(northmoor, "social_care", name="Ros Vane", post="Director", place="Moor Council")

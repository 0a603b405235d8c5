"""What is put to senior officers in the demonstration: one question that waits, one that was decided, and a no."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alongside.features.escalation.deciding import decide
from alongside.features.escalation.models import Escalation
from alongside.features.escalation.officers import name_officer
from alongside.features.escalation.operations import Question, raise_escalation
from alongside.features.escalation.refusals import No, record_refusal
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from simulator.replay import acting_as
from simulator.stories.telling import Teller

NAMED, DECIDED, ASKED = 200, 12, 2
SENIOR = "ruth"


def escalate(t: Teller, waits_for: int, decided_for: int) -> None:
    """Health's officer has an account, social care's is reached by a link, education has none: a gap that shows."""
    with acting_as(t.members["priya"].id, t.at(NAMED)):
        people = {person.pk: person for person in Person.objects.filter(pk__in=(waits_for, decided_for))}
        area = Organisation.objects.get(pk=people[waits_for].icb_id)
    post = {"icb": area, "level": 3, "deputy": False, "from_date": t.day(NAMED)}
    with context.as_engine():
        actor = Actor.objects.get(pk=t.members[SENIOR].id)
    _did(t, "priya", NAMED, name_officer, agency="health", actor=actor, **post)
    _did(
        t, "priya", NAMED, name_officer, agency="social_care", name="Ros Vane", place="Moor Council",
        post="Director of children’s services", reach="ros.vane@example.org", phone="01632 960144", **post,
    )  # fmt: skip
    question = Question(
        topic=Topic.HEALTH, what="A sensory assessment that was promised in spring", agency="health", reason="late",
        effect="She can’t be in a classroom without it, and has not been to school for eight weeks.",
        asks="Decide who assesses her, and by when.",
    )  # fmt: skip
    old: Escalation = _did(
        t, "priya", DECIDED, raise_escalation, person=people[decided_for], question=question, level=3
    )
    _did(
        t, SENIOR, DECIDED - 2, decide, escalation=old, outcome="do", because="The clinic has a place.",
        plain="The clinic does the assessment next month. They write to you with the day.",
    )  # fmt: skip
    no = No(
        topic=Topic.EDUCATION, agency="education", place="Moor Academy", asked_for="A place for two mornings a week",
        criterion="They said that the class is full.", seen="no", said_on=t.day(5), then_what="Ask the council",
        then_on=t.day(-4),
    )  # fmt: skip
    _did(t, "priya", 5, record_refusal, person=people[waits_for], no=no)
    question = Question(
        topic=Topic.HEALTH, what="Nobody decides who pays for help at home", agency="health", reason="money",
        effect="Discharge is planned, and can’t happen without it.", asks="Decide who pays, from when.",
    )  # fmt: skip
    _did(t, "priya", ASKED, raise_escalation, person=people[waits_for], question=question, level=3)


def _did(t: Teller, by: str, days_ago: int, operation: Callable[..., Any], **given: Any) -> Any:
    at = t.at(days_ago, 9) + timedelta(minutes=10)
    with acting_as(t.members[by].id, at) as me, recording(by=me, at=at) as note:
        return operation(note, by=me, **given)

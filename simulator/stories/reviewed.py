"""Reviews that were held in the demonstration.

Ruby's: one reported in time, one just held whose earlier recommendations wait. Mimi's on the ward, which she reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alongside.features.actions.operations import NewOwner
from alongside.features.hospital.models import Stay
from alongside.features.people.models import Person
from alongside.features.reviews.holding.afterwards import record_sent
from alongside.features.reviews.holding.lines import keep_finding
from alongside.features.reviews.holding.operations import (
    begin_review,
    finish_writing,
    recommend,
    tell_person,
    write_plainly,
)
from alongside.features.reviews.holding.report import issue_report
from alongside.features.reviews.models import Review, WriteUp
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from simulator.replay import acting_as
from simulator.stories.telling import Teller

BEFORE, SINCE, ON_THE_WARD = 50, 3, 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a review found and what it says to whom it is about. found: line, then for staff and in plain words."""

    found: dict[str, tuple[str, str]]
    told: str
    outcome: str
    words: str
    plain: str
    easy: list[list[str]]
    how: str


RUBY = Said(
    {
        "safe": ("Yes, when somebody she trusts is near at night.", "You are safe when somebody you trust is near."),
        "care_good": (
            "In part: the crisis team comes, and school does not.",
            "Some of the help is good. School is not yet.",
        ),
        "future": ("There is a plan for home, none for school.", "There is a plan for home. School still needs one."),
        "community": (
            "Yes, with two evenings of support a week.",
            "Yes. You can stay at home, with help on two evenings.",
        ),
    },
    "Ruby and her mother, by the chair",
    "avoided",
    "She stays at home, with help.",
    "You can stay at home. People help on two evenings a week. School still has to be planned.",
    [["asking/home", "You stay at home."], ["letters/help", "Somebody comes on two evenings."]],
    "Asha read it out",
)
MIMI = Said(
    {
        "safe": (
            "Yes. The alarm by her room frightens her.",
            "You are safe. The alarm is too loud.",
        ),
        "care_good": (
            "In part: nobody writes to her before.",
            "Some of it. Staff should write to you before.",
        ),
        "future": ("There is a plan for home without a date.", "There is a plan for home. It still needs a date."),
        "community": ("Yes, with a package for the evenings.", "Yes. You can live at home, with help in the evenings."),
    },
    "Mimi in writing, and her mother",
    "no_hospital",
    "Can be supported at home with a package.",
    "You do not need to stay in hospital for long. You can live at home with help in the evenings.",
    [["asking/home", "You can go home."], ["letters/help", "Two people help in the evenings."]],
    "Asha gave it to her in writing",
)
ASKED = (
    ("A tutor comes to the house twice a week", "Ed Holloway", "SENCO", "Fenbridge Council", Topic.EDUCATION, 20),
    ("Support on two evenings a week is paid for", "Carol Webb", "Commissioner", "Demonstration ICB", Topic.MONEY, 12),
)


def hold_reviews(t: Teller, person_id: int) -> None:
    first = _did(t, BEFORE, begin_review, person=_person(t, person_id), kind="community", held_at=t.at(BEFORE, 10))
    for what, name, post, place, topic, days in ASKED:
        owner = NewOwner(organisation=None, name=name, post=post, place=place)
        given = {"what": what, "how_known": "Ruby says that it happens", "due_on": t.day(days), "topic": topic}
        _did(t, BEFORE, recommend, write_up=_written(t, first), owner=owner, **given)
    _write(t, first, RUBY, BEFORE)
    _report(t, first, RUBY, BEFORE)
    sent = {"sent_on": t.day(BEFORE - 10), "sent_how": "Secure e-mail", "answers": True}
    _did(t, BEFORE - 10, record_sent, review=first, kind="council", name="Fenbridge Council", **sent)
    _did(t, SINCE, begin_review, person=_person(t, person_id), kind="community", held_at=t.at(SINCE, 10))


def hold_review_on_the_ward(t: Teller, person_id: int) -> None:
    with acting_as(t.members["priya"].id, t.at(1)):
        stay = Stay.objects.select_related("person").get(person=person_id)
    held = _did(
        t, ON_THE_WARD, begin_review, person=stay.person, kind="post_admission", held_at=t.at(ON_THE_WARD, 9),
        stay=stay, chair="Carol Webb", outcome=MIMI.words,
    )  # fmt: skip
    owner = NewOwner(organisation=None, name="Sister Bea Amadi", post="Ward manager", place="Larch House")
    given = {"what": "Mimi moves to a room away from the alarm", "how_known": "Mimi says so", "due_on": t.day(10)}
    _did(t, ON_THE_WARD, recommend, write_up=_written(t, held), owner=owner, topic=Topic.HOSPITAL, **given)
    _write(t, held, MIMI, ON_THE_WARD)
    _report(t, held, MIMI, ON_THE_WARD)


def _did(t: Teller, days: int, operation: Callable[..., Any], **given: Any) -> Any:
    at = t.at(days, 15)
    by_whom = operation in (recommend, finish_writing, issue_report)
    with acting_as(t.members["priya"].id, at) as me, recording(by=me, at=at) as note:
        return operation(note, **({"by": me} if by_whom else {}), **given)


def _person(t: Teller, person_id: int) -> Person:
    with acting_as(t.members["priya"].id, t.at(1)):
        return Person.objects.get(pk=person_id)


def _written(t: Teller, review: Review) -> WriteUp:
    with acting_as(t.members["priya"].id, t.at(1)):
        return WriteUp.objects.select_related("review", "person__icb").get(review=review)


def _write(t: Teller, review: Review, said: Said, days: int) -> None:
    write_up = _written(t, review)
    with acting_as(t.members["priya"].id, t.at(days, 16)) as me:
        for line, (finding, plain) in said.found.items():
            words = {"finding": finding, "plain": plain, "concern": "some"}
            at = t.at(days, 16)
            keep_finding(write_up=write_up, line=line, words=words, seen=0, page=f"demo-{line}-0001", by=me, at=at)
    told = {"on": t.day(days), "how": "talked", "words": said.told}
    _did(t, days, tell_person, write_up=write_up, **told)
    _did(t, days - 4, finish_writing, write_up=write_up, outcome=said.outcome, words=said.words)
    _did(t, days - 4, write_plainly, write_up=write_up, plain=said.plain, easy=said.easy)


def _report(t: Teller, review: Review, said: Said, days: int) -> None:
    _did(t, days - 10, issue_report, write_up=_written(t, review), family_gets="talk", family_words=said.how)

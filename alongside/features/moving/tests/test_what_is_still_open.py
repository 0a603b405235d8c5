"""What waits when somebody moves stands in the pack: what, since when, by when, with whom; on agreed topics only."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from alongside.features.concerns.tests.conftest import asked, disputed, given
from alongside.features.concerns.tests.conftest import raised as concern
from alongside.features.escalation.refusals import No, record_refusal
from alongside.features.escalation.tests.conftest import act, named, raised
from alongside.features.moving.models import MovePack
from alongside.features.moving.tests.conftest import as_, on, sent, the_move, words
from alongside.features.moving.tests.test_the_pack import SAID, the_pack, told
from alongside.features.people.models import Person
from alongside.features.reviews.organising.operations import ask_for_review, set_day
from alongside.foundation import clock
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
TODAY = NOW.date()

OF_TOPIC = {
    Topic.EDUCATION: (
        "Education: Put to level 3 to decide (waits for a decision): A quiet room at school "
        "(since 20 November 2026; by ",
        "Moor Clinic said no: An assessment. Next: Ask for a second view (since 20 November 2026; by 4 December 2026",
    ),
    Topic.MONEY: (
        "Northmoor ICB and Saltby ICB don’t agree: which ICB or NHS body is the responsible commissioner",
        "Money for Two workers at home in the evening, £900 a week: not decided (since 20 November 2026; "
        "no day is set; with The ICB, Children’s social care; the family has not been told)",
    ),
    Topic.PLACEMENT: (
        "Notice on Ash House: they can stay until 18 December 2026 (since 20 November 2026; by 18 December 2026; with "
        "Keyworking manager of TNM; the family has not been told)",
        "Concern (it should be better) about Ash House",
    ),
    Topic.REVIEW: ("planned for 8 December 2026 (since 20 November 2026; by 8 December 2026; with Moor House)",),
}


@pytest.fixture
def waiting(northmoor: Area, person: Person) -> Person:
    """Seven things that are open, on four topics."""
    manager = northmoor.actors["manager"]
    named(northmoor)
    raised(northmoor, person, by="manager")
    no = No(
        topic=Topic.EDUCATION, agency="health", place="Moor Clinic", asked_for="An assessment", criterion="No tics",
        said_on=TODAY, then_what="Ask for a second view", then_on=date(2026, 12, 4),
    )  # fmt: skip
    act(northmoor, "manager", record_refusal, person=person, no=no)
    disputed(manager, person), asked(manager, person), given(manager, person), concern(manager, person)
    with acting_as(manager) as me, recording(by=me, at=NOW) as note:
        planned = ask_for_review(
            note, person=person, kind="community", why="He is red.", asked_by="keyworker", asked_on=TODAY,
            to_be_held=True,
        )  # fmt: skip
        day = datetime(2026, 12, 8, 10, tzinfo=UTC)
        set_day(note, planned=planned, starts_at=day, minutes=180, place="Moor House")
    return person


def packed(northmoor: Area, person: Person, *without: Topic) -> MovePack:
    """What is told to a place out of England."""
    signed_in, here = as_(northmoor.actors["manager"]), f"/people/{person.reference}/move"
    said = {"kind": "outside", "to_place": "Cardiff", "told_by": "family", "because": "Moves to an aunt."}
    answer = signed_in.post(f"{here}/new", sent(**said, **on("told_on", clock.today())))
    assert answer.status_code == 302
    typed: Any = sent(**SAID, answer="some" if without else "all") | on("decided_on", clock.today())
    assert signed_in.post(f"{here}/tell", typed | {"without": [str(int(one)) for one in without]}).status_code == 302
    assert signed_in.post(f"{here}/pack/make", sent()).status_code == 302
    return the_pack()


def test_everything_that_waits_is_told_readable_and_structured(northmoor: Area, waiting: Person) -> None:
    pack = packed(northmoor, waiting)
    lines = " ".join(line for part in pack.parts if part["key"] == "open" for line in part["lines"])
    bundle = json.dumps(pack.bundle, ensure_ascii=False)
    page = words(as_(northmoor.actors["manager"]).get(f"/people/{waiting.reference}/move/pack"))
    for topic, said in OF_TOPIC.items():
        for one in said:
            assert one in lines, (topic, one, lines)
            assert one in page and one in bundle
    assert "On the register of children and young people since" in told(pack)
    assert the_move().kind == "outside"


@pytest.mark.parametrize("left_out", list(OF_TOPIC))
def test_what_waits_on_a_topic_that_was_refused_is_not_told(northmoor: Area, waiting: Person, left_out: Topic) -> None:
    pack = packed(northmoor, waiting, left_out)
    everything = told(pack) + json.dumps(pack.bundle, ensure_ascii=False)
    for topic, said in OF_TOPIC.items():
        assert [one in everything for one in said] == [topic != left_out for _ in said], topic

"""A change of circumstances proposes a rating, which waits for a person; stored duties agree on any day."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.people.models import Circumstance, LifeEvent, Person
from alongside.features.people.operations import correct_fact, record_fact
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import rate
from alongside.features.register.queries import lock_entry
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.verify import as_at, differing_among
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered

CAME = NOW - timedelta(days=30)


@pytest.fixture
def green(northmoor: Area) -> tuple[Person, RegisterEntry]:
    person, entry = add_registered(northmoor, at=CAME)
    with acting_as(northmoor.actors["coordinator"], CAME) as me, recording(by=me, at=CAME) as note:
        rate(note, entry=lock_entry(me, entry.pk), colour="green", because="Settled.", by=me, demanded=NO_FLOOR)
    return person, entry


def write_down(area: Area, person: Person, kind: str, since: date | None = None, **more: Any) -> Circumstance:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        values = {"kind": kind, "from_date": since} | more
        return record_fact(note, Circumstance, person=person, topic=Topic.SOCIAL_CARE, words=f"{kind}.", **values)


def proposals(area: Area) -> list[str]:
    with acting_as(area.actors["coordinator"]):
        rows = Rating.objects.filter(standing="proposed").order_by("id")
        return [f"{row.colour} {row.origin}: {row.because}" for row in rows]


def test_a_child_protection_plan_proposes_amber_and_waits(northmoor: Area, green: tuple[Person, RegisterEntry]) -> None:
    person, _ = green
    write_down(northmoor, person, "child_protection", NOW.date())
    (said,) = proposals(northmoor)
    assert said == (
        "amber circumstance: A child protection plan was made. "
        "Local default: amber is proposed after a child protection plan."
    )
    with acting_as(northmoor.actors["coordinator"]):
        assert Rating.objects.filter(standing="decided").order_by("id").last().colour == "green"
        assert Duty.objects.filter(person=person, ends_at=None, what="Decide on the proposed amber rating").exists()
    with context.as_engine():
        assert differing_among([person.pk]) == []
        for days in (0, 30, 400):
            assert differing_among([person.pk], as_at(NOW + timedelta(days=days)), with_rows=False) == []


@pytest.mark.parametrize(("days", "many"), [(-1, 0), (0, 0), (1, 1)])
def test_what_was_so_on_the_day_they_came_proposes_nothing(
    northmoor: Area, green: tuple[Person, RegisterEntry], days: int, many: int
) -> None:
    write_down(northmoor, green[0], "residential_52", CAME.date() + timedelta(days=days))
    assert len(proposals(northmoor)) == many


def test_the_same_written_down_again_is_no_news(northmoor: Area, green: tuple[Person, RegisterEntry]) -> None:
    write_down(northmoor, green[0], "looked_after", CAME.date())
    write_down(northmoor, green[0], "looked_after")
    assert proposals(northmoor) == []


def test_what_has_ended_already_is_no_news(northmoor: Area, green: tuple[Person, RegisterEntry]) -> None:
    write_down(northmoor, green[0], "residential_38", CAME.date() + timedelta(days=2), to_date=NOW.date())
    assert proposals(northmoor) == []


def test_a_kind_put_right_is_news_and_a_detail_put_right_is_not(
    northmoor: Area, green: tuple[Person, RegisterEntry]
) -> None:
    wrong = write_down(northmoor, green[0], "adopted")
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            wrong = correct_fact(note, wrong, words="Put right.", detail="In Saltby.")
        assert proposals(northmoor) == []
        with recording(by=me, at=NOW) as note:
            correct_fact(note, wrong, words="Put right.", kind="child_protection")
    assert len(proposals(northmoor)) == 1


def test_a_lower_proposal_never_hides_a_higher_one_that_waits(
    northmoor: Area, green: tuple[Person, RegisterEntry]
) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        values = {"kind": "placement_notice", "topic": Topic.PLACEMENT, "words": "Notice."}
        record_fact(note, LifeEvent, person=green[0], **values)
    write_down(northmoor, green[0], "child_protection", NOW.date())
    assert [said.split()[0] for said in proposals(northmoor)] == ["red"]


@pytest.mark.parametrize("kind", ["risk_placement", "risk_education", "risk_safeguarding", "ehc_plan"])
def test_other_risks_stay_apart_from_the_colour(
    northmoor: Area, green: tuple[Person, RegisterEntry], kind: str
) -> None:
    write_down(northmoor, green[0], kind, NOW.date())
    assert proposals(northmoor) == []

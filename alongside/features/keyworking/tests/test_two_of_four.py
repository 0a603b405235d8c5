"""Two of four: an area may give a keyworker to those of whom a named person decided so, from a day on."""

from datetime import timedelta

import pytest

from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.handing_over.tests.conftest import as_
from alongside.features.keyworking.tests.conftest import TODAY, rated
from alongside.features.keyworking.waiting import Waiting, list_waiting
from alongside.features.people.models import Person
from alongside.features.referrals.eligibility import set_entry_rule
from alongside.features.register.entry_questions import answer_entry_questions, find_entry_answers
from alongside.foundation.recording.recording import recording
from alongside.policy.ratings import find_tool
from tests.cast import NOW, Area, acting_as

TWO = {"placement": True, "moving_in": False, "education": True, "emergency": False}


@pytest.fixture
def maya(northmoor: Area) -> Person:
    """Green since ten days, in an area that counts two of four since nine."""
    person, since = rated(northmoor, "Maya", "green", 10), TODAY - timedelta(days=9)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        set_entry_rule(note, icb=northmoor.icb, key="keyworker_also", value=("two_of_four",), starts_on=since)
    return person


def decided(area: Area, person: Person, *, opens: bool, days_ago: int = 0) -> None:
    tool, at = find_tool("two_of_four"), NOW - timedelta(days=days_ago)
    assert tool
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        before = find_entry_answers(me, person)
        answer_entry_questions(
            note, person=person, tool=tool, answers=TWO, opens_keyworking=opens, by=me,
            because="" if opens else "The school says that it holds.", newest=before.pk if before else None,
        )  # fmt: skip


def listed(area: Area) -> list[Waiting]:
    with acting_as(area.actors["manager"]) as me:
        return list_waiting(me, area.icb, TODAY, caseload_rules_of(area.icb))


def test_whoever_is_not_rated_waits_from_the_day_of_the_decision(northmoor: Area, maya: Person) -> None:
    assert listed(northmoor) == []
    decided(northmoor, maya, opens=True, days_ago=3)
    (one,) = listed(northmoor)
    assert (one.name, one.colour, one.days) == ("Maya Moss", "green", 3)
    assert any("they go to A&E often for their mental health" in told.sentence for told in one.told)


def test_a_later_no_takes_them_off_again(northmoor: Area, maya: Person) -> None:
    decided(northmoor, maya, opens=True, days_ago=3)
    decided(northmoor, maya, opens=False)
    assert listed(northmoor) == []


def test_the_page_of_their_keyworker_leads_to_the_questions_where_the_area_counts_them(
    northmoor: Area, saltby: Area, maya: Person
) -> None:
    page = as_(northmoor.actors["manager"]).get(f"/people/{maya.reference}/keyworker").content.decode()
    assert f"/people/{maya.reference}/two-of-four" in page
    assert "Here keyworking is also for those of whom at least two of these are so" in page
    finn = rated(saltby, "Finn", "green", 10)
    page = as_(saltby.actors["manager"]).get(f"/people/{finn.reference}/keyworker").content.decode()
    assert "two-of-four" not in page

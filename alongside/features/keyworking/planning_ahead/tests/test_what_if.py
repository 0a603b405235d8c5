"""What if: asked on a page, worked out by the job, told as a range; and only to who runs the team."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from alongside.features.keyworking.handing_over.tests.conftest import as_
from alongside.features.keyworking.handing_over.tests.test_pages import sent
from alongside.features.keyworking.models import WhatIf
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.features.keyworking.planning_ahead.operations import work_out_what_if
from alongside.features.keyworking.planning_ahead.views import _room
from alongside.features.keyworking.tests.conftest import hire, rated
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as


def test_a_question_about_the_months_ahead_is_answered_as_a_range(northmoor: Area, saltby: Area) -> None:
    hire(northmoor, "Ben Okafor")
    for number, name in enumerate(("Kai", "Ann")):
        rated(northmoor, name, "red", 10 + number)
    manager = as_(northmoor.actors["manager"])
    asked = manager.post("/keyworking/what-if", sent(weeks="26", demand="150", staff="-10", leave="4"))
    assert asked.status_code == 302
    here = asked["Location"]
    assert "It is being worked out" in manager.get(here).content.decode()
    number = int(here.rsplit("/", 1)[1])
    assert work_out_what_if(number, clock.now()) is not None and work_out_what_if(number, clock.now()) is None
    page = manager.get(here).content.decode()
    assert "Today 2 people wait." in page and "In 200 tries" in page and "In the last year here 2 people came." in page
    assert "1 full-time keyworker fewer" in page and "half as many again" in page
    with context.as_engine():
        found = WhatIf.objects.get().found
        assert found["then"]["waiting"]["low"] <= found["then"]["waiting"]["high"] and found["longest"] >= 11
    assert as_(saltby.actors["manager"]).get(here).status_code == 404
    assert as_(northmoor.actors["keyworker"]).get("/keyworking/what-if").status_code == 403


def stopped(area: Area, many: int) -> None:
    """So many had a keyworker for a month, until yesterday."""
    ben, yesterday = hire(area, "Ben Okafor"), clock.today() - timedelta(days=1)
    for number in range(many):
        person = rated(area, f"Kai {number}", "amber", 40)
        with acting_as(area.actors["manager"]) as me, recording(by=me, at=clock.now()) as note:
            held = allocate(note, person=person, worker=ben, from_date=yesterday - timedelta(days=30))
            end_allocation(note, allocation=held, on=yesterday)


def answered(area: Area, **more: str) -> str:
    manager = as_(area.actors["manager"])
    asked = manager.post("/keyworking/what-if", sent(weeks="13", demand="100", staff="0", leave="0", **more))
    work_out_what_if(int(asked["Location"].rsplit("/", 1)[1]), clock.now())
    return manager.get(asked["Location"]).content.decode()


def test_endings_that_were_counted_are_gone_by_and_said_as_counted(northmoor: Area) -> None:
    stopped(northmoor, 10)
    page = answered(northmoor)
    assert "Keyworking ended for 10 people, with those who left the register. So 100 of 100 people a year stop." in page
    assert "local default" not in page


def test_where_few_endings_were_counted_a_default_is_taken_and_called_one(northmoor: Area) -> None:
    stopped(northmoor, 2)
    page = answered(northmoor)
    assert "Keyworking ended for 2 people, with those who left the register. That is too few to go by" in page
    assert "we take it that 25 of 100 people a year stop (local default). You can ask with another number." in page


def test_another_number_of_endings_may_be_asked_for_and_is_said_to_be_asked(northmoor: Area) -> None:
    stopped(northmoor, 2)
    page = answered(northmoor, ends="5")
    assert "You asked for 5 of 100 to stop in a year. Without your number: keyworking ended for 2 people" in page
    assert "3 months, 5 of 100 stop in a year" in page
    with context.as_engine():
        assert WhatIf.objects.get().ends == 5
    manager = as_(northmoor.actors["manager"])
    wrong = manager.post("/keyworking/what-if", sent(weeks="13", demand="100", staff="0", leave="4", ends="200"))
    assert wrong.status_code == 422 and "How many stop must be 100 or fewer" in wrong.content.decode()
    assert 'value="200"' in wrong.content.decode()


def test_an_answer_of_before_says_what_was_taken_then(northmoor: Area) -> None:
    stopped(northmoor, 2)
    page = answered(northmoor)
    assert "It was taken that" not in page
    with context.as_engine(), recording(by=northmoor.actors["manager"], at=clock.now()) as note:
        asked = WhatIf.objects.get()
        del asked.found["ended"], asked.found["ends_is_default"]
        asked.save()
        note("what_if.asked", words="As it was.", icb_id=northmoor.icb.pk)
    page = as_(northmoor.actors["manager"]).get(f"/keyworking/what-if/{asked.pk}").content.decode()
    assert "It was taken that 25 of 100 people a year stop: as counted here, but never fewer than 25" in page


@pytest.mark.parametrize("many", [1, 8])
def test_its_pages_stay_within_their_budget_however_much_was_asked(
    northmoor: Area, many: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    manager = as_(northmoor.actors["manager"])
    for number in range(many):
        hire(northmoor, f"Ben {number}")
        rated(northmoor, f"Kai {number}", "red", 10)
        asked = manager.post("/keyworking/what-if", sent(weeks="26", demand="100", staff="0", leave="0"))
    here = asked["Location"]
    work_out_what_if(int(here.rsplit("/", 1)[1]), clock.now())
    for page in ("/keyworking/what-if", here):
        with django_assert_max_num_queries(12):
            assert manager.get(page).status_code == 200, page


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 0, "The team has room for everybody who waits then."),
        (0, 1, "In some tries there is room for everybody. For those who wait the team has between 0 and 0.5"),
        (1, 1, "For those who wait the team has 0.5 points too few. Somebody who works full time can hold 10."),
    ],
)
def test_what_is_missing_is_said_beside_what_one_keyworker_holds(low: int, high: int, said: str) -> None:
    assert _room({"low": low, "middle": low, "high": high}, 20).startswith(said)

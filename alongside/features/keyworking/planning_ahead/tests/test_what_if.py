"""What if: asked on a page, worked out by the job, told as a range; and only to who runs the team."""

from collections.abc import Callable
from typing import Any

import pytest

from alongside.features.keyworking.handing_over.tests.conftest import as_
from alongside.features.keyworking.handing_over.tests.test_pages import sent
from alongside.features.keyworking.models import WhatIf
from alongside.features.keyworking.planning_ahead.operations import work_out_what_if
from alongside.features.keyworking.planning_ahead.views import _room
from alongside.features.keyworking.tests.conftest import hire, rated
from alongside.foundation import clock
from alongside.foundation.access import context
from tests.cast import Area


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
    assert "Today 2 people wait." in page and "In 200 tries" in page and "2 people came" in page
    assert "1 full-time keyworker fewer" in page and "half as many again" in page
    with context.as_engine():
        found = WhatIf.objects.get().found
        assert found["then"]["waiting"]["low"] <= found["then"]["waiting"]["high"] and found["longest"] >= 11
    assert as_(saltby.actors["manager"]).get(here).status_code == 404
    assert as_(northmoor.actors["keyworker"]).get("/keyworking/what-if").status_code == 403


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

"""A keyworker outside the rules: authorised by somebody named, with a reason and a last day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.keyworking.handing_over.tests.conftest import TODAY, as_, does
from alongside.features.keyworking.handing_over.tests.test_pages import on, sent
from alongside.features.keyworking.models import OutsideRules
from alongside.features.keyworking.outside import allow_outside_rules
from alongside.features.keyworking.tests.conftest import rated
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.recording.recording import Notes
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from tests.cast import Area

ASKED = {"authorised_by": "Jo Lamb", "authorised_post": "Director of nursing", "because": "She moves to college alone"}


@pytest.mark.parametrize(("days", "waits"), [(0, True), (30, True)])
def test_somebody_green_waits_once_somebody_named_authorised_it(northmoor: Area, days: int, waits: bool) -> None:
    ann = rated(northmoor, "Ann", "green", 40)
    manager = as_(northmoor.actors["manager"])
    assert "Ann" not in manager.get("/keyworking/waiting").content.decode()
    here = f"/people/{ann.reference}/keyworker/outside"
    until = on("until", TODAY + timedelta(days=days))
    assert manager.post(here, sent(**ASKED | {"because": ""}, **until)).status_code == 422
    assert manager.post(here, sent(**ASKED, **until)).status_code == 302
    page = manager.get("/keyworking/waiting").content.decode()
    assert "Ann" in page and "1 person should have" in page and "authorised by Jo Lamb, Director of nursing" in page
    assert "She moves to college alone" in manager.get(f"/people/{ann.reference}/keyworker").content.decode()
    assert manager.post(here, sent(**ASKED, **until, ends="yes")).status_code == 302
    assert "Ann" not in manager.get("/keyworking/waiting").content.decode()
    with context.as_engine():
        assert OutsideRules.objects.get().ended_on == TODAY


def test_its_last_day_lies_ahead_and_only_a_manager_writes_it_down(northmoor: Area) -> None:
    ann = rated(northmoor, "Ann", "green", 40)
    here = f"/people/{ann.reference}/keyworker/outside"
    past = sent(**ASKED, **on("until", TODAY - timedelta(days=1)))
    assert as_(northmoor.actors["manager"]).post(here, past).status_code == 422
    assert as_(northmoor.actors["coordinator"]).get(here).status_code == 403


def due_of(person: Any) -> list[tuple[str, date]]:
    with context.as_engine():
        rows = Duty.objects.filter(person=person, rule_key__in=(*NAMING, "outside_rules_decided"))
        return sorted((row.doing, local_day(row.due)) for row in rows)


NAMING = ("keyworker_allocation_red", "keyworker_allocation_amber")


def test_naming_one_and_deciding_whether_it_goes_on_are_due(northmoor: Area) -> None:
    """Nobody outside the rules is forgotten before there is a keyworker, nor when the exception runs out."""
    ann = rated(northmoor, "Ann", "green", 40)
    manager, here = as_(northmoor.actors["manager"]), f"/people/{ann.reference}/keyworker/outside"
    assert due_of(ann) == []
    until = TODAY + timedelta(days=30)
    assert manager.post(here, sent(**ASKED, **on("until", until))).status_code == 302
    assert [doing for doing, _ in due_of(ann)] == ["decide_exception", "name_keyworker"]
    assert due_of(ann)[0][1] == until
    with context.as_engine():
        duty = Duty.objects.get(person=ann, doing="decide_exception")
        assert local_day(duty.shows_from) == until - timedelta(days=28)
    assert manager.get(f"/duties/{duty.pk}/do")["Location"].endswith(here)
    later = until + timedelta(days=60)
    assert manager.post(here, sent(**ASKED, **on("until", later))).status_code == 302
    assert due_of(ann)[0] == ("decide_exception", later)
    assert manager.post(here, sent(**ASKED, **on("until", later), ends="yes")).status_code == 302
    assert due_of(ann) == []


def test_one_that_ran_out_unseen_is_late_until_somebody_decides(northmoor: Area) -> None:
    ann = rated(northmoor, "Ann", "green", 40)
    at = clock.now() - timedelta(days=20)

    def allow(note: Notes, me: Me) -> None:
        allow_outside_rules(note, by=me, person=ann, until=TODAY - timedelta(days=5), **ASKED)

    does(northmoor, allow, at=at)
    assert ("decide_exception", TODAY - timedelta(days=5)) in due_of(ann)
    manager, here = as_(northmoor.actors["manager"]), f"/people/{ann.reference}/keyworker/outside"
    assert "Ann" not in manager.get("/keyworking/waiting").content.decode()
    assert "It ends" in manager.get(here).content.decode()
    again = sent(**ASKED, **on("until", TODAY + timedelta(days=50)))
    assert manager.post(here, again).status_code == 302
    assert due_of(ann)[0] == ("decide_exception", TODAY + timedelta(days=50))
    with context.as_engine():
        assert OutsideRules.objects.filter(superseded_by=None).count() == 2, "the time between was not authorised"


@pytest.mark.parametrize("many", [1, 6])
def test_its_page_asks_little_of_the_database(
    northmoor: Area, many: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    ann = rated(northmoor, "Ann", "green", 40)
    for days in range(many):
        does(
            northmoor,
            lambda note, me, days=days: allow_outside_rules(
                note, by=me, person=ann, until=TODAY + timedelta(days=days), **ASKED
            ),
        )
    manager = as_(northmoor.actors["manager"])
    for here in ("/keyworker/outside", "/keyworker"):
        with django_assert_max_num_queries(12):
            assert manager.get(f"/people/{ann.reference}{here}").status_code == 200

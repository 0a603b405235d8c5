"""Somebody who has a keyworker: the page says who it is, since when, and how to hand over; no exception is written."""

from datetime import timedelta

import pytest

from alongside.features.keyworking.contacts.tests.conftest import walked_with
from alongside.features.keyworking.handing_over.tests.conftest import TODAY, as_
from alongside.features.keyworking.handing_over.tests.test_pages import on, sent
from alongside.features.keyworking.models import OutsideRules
from alongside.features.keyworking.tests.conftest import rated
from alongside.features.keyworking.tests.test_outside import ASKED
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from tests.cast import Area


def test_the_page_names_the_keyworker_and_offers_a_hand_over(northmoor: Area, ben: Actor) -> None:
    kai, ann = walked_with(northmoor, ben, "Kai", days_ago=40), rated(northmoor, "Ann", "red", 40)
    manager = as_(northmoor.actors["manager"])
    page = manager.get(f"/people/{kai.reference}/keyworker").content.decode()
    assert f"{ben.name} has been their keyworker since" in page and "Without a named keyworker" not in page
    assert f'href="/keyworking/team/{ben.pk}/hand-over"' in page and "/keyworker/outside" not in page
    page = manager.get(f"/people/{ann.reference}/keyworker").content.decode()
    assert "Without a named keyworker for" in page and "hand over from" not in page


@pytest.mark.parametrize(
    ("colour", "named", "sentence"),
    [
        ("green", True, "They have a keyworker: Ben Okafor, since"),
        ("red", True, "They have a keyworker: Ben Okafor, since"),
        ("red", False, "The rules give them a keyworker."),
    ],
)
def test_nobody_authorises_one_for_whom_the_rules_give_one_or_who_has_one(
    northmoor: Area, ben: Actor, colour: str, named: bool, sentence: str
) -> None:
    kai = walked_with(northmoor, ben, "Kai", colour, 40) if named else rated(northmoor, "Kai", colour, 40)
    manager, here = as_(northmoor.actors["manager"]), f"/people/{kai.reference}/keyworker"
    answer = manager.post(f"{here}/outside", sent(**ASKED, **on("until", TODAY + timedelta(days=30))))
    assert answer.status_code == 302 and answer["Location"] == here
    assert sentence in manager.get(here).content.decode()
    assert manager.get(f"{here}/outside")["Location"] == here
    with context.as_engine():
        assert not OutsideRules.objects.exists()

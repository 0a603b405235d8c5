"""Many families are told on one page: those that are ticked are, the others stay on the list."""

from collections.abc import Callable
from typing import Any

import pytest

from alongside.features.keyworking.handing_over.operations import choose_taker
from alongside.features.keyworking.handing_over.tests.conftest import (
    DAY,
    TODAY,
    as_,
    begun,
    does,
    lines_of,
    walked_with,
)
from alongside.features.keyworking.handing_over.tests.test_pages import on, sent
from alongside.features.keyworking.models import HandOver, HandOverLine
from alongside.foundation.accounts.models import Actor
from tests.cast import Area


@pytest.fixture
def hand_over(northmoor: Area, asha: Actor, ben: Actor) -> HandOver:
    """Three of Asha's go to Ben for her leave; of a fourth nobody knows yet."""
    for name in ("Kai", "Ann", "Bo", "Cy"):
        walked_with(northmoor, name, "amber", asha)
    made = begun(northmoor, asha, "leave", on=TODAY + 9 * DAY, to=TODAY + 20 * DAY)
    for line in lines_of(made)[:3]:
        does(northmoor, lambda note, me, line=line: choose_taker(note, by=me, line=line, taker_id=ben.pk))
    return made


def answers(lines: list[HandOverLine], **of_each: Any) -> dict[str, Any]:
    return {f"{name}_{line.pk}": value for line in lines for name, value in of_each.items()}


def test_one_button_tells_all_that_are_ticked_and_the_others_stay(
    northmoor: Area, hand_over: HandOver, ben: Actor
) -> None:
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/hand-over/{hand_over.pk}/tell"
    kai, ann, bo, cy = lines_of(hand_over)
    page = manager.get(here).content.decode()
    assert "3 families are not told yet" in page and "1 person has nobody who takes over yet" in page
    assert "is away from" in page and page.count("Ben Okafor") >= 3 and f"tick_{cy.pk}" not in page
    typed = answers([kai, ann, bo], taker=ben.pk, how="spoken") | {f"words_{ann.pk}": "Not at home: a card"}
    typed["words"] = "Tom rang them today"
    ticks = {f"tick_{kai.pk}": "on", f"tick_{ann.pk}": "on"}
    twice = sent(**typed, **ticks)
    for _ in range(2):
        assert manager.post(here, twice).status_code == 302, "sent twice, done once"
    said = [line.told_words for line in lines_of(hand_over)]
    assert said == ["Tom rang them today", "Not at home: a card", "", ""]
    again = manager.get(here).content.decode()
    assert "1 family is not told yet" in again and f"tick_{bo.pk}" in again and f"tick_{kai.pk}" not in again


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "Tick the families that you tell now"),
        ({"tick": "on", "words": ""}, "Say who told whom and when"),
        ({"tick": "on", "taker": 1}, "look at the name again"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    northmoor: Area, hand_over: HandOver, ben: Actor, changed: dict[str, Any], sentence: str
) -> None:
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/hand-over/{hand_over.pk}/tell"
    first, second, _, _ = lines_of(hand_over)
    typed = answers([first], **({"taker": ben.pk, "how": "spoken", "words": "Tom rang"} | changed))
    kept = answers([second], taker=ben.pk, how="not_told", words="Nobody answers the door")
    answer = manager.post(here, sent(**typed, **kept))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Nobody answers the door" in page
    assert not any(line.told for line in lines_of(hand_over))


def test_a_page_of_many_families_asks_as_little_as_of_few(
    northmoor: Area, hand_over: HandOver, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/hand-over/{hand_over.pk}/tell"
    manager.get(here)
    with django_assert_max_num_queries(12):
        assert manager.get(here).status_code == 200


def test_adding_leave_says_before_and_after_that_a_hand_over_begins(northmoor: Area, asha: Actor) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/team/{asha.pk}/leave"
    before = manager.get(here).content.decode()
    assert "holds 1 young person. Saving this begins a hand-over" in before
    saved = manager.post(here, sent(**on("from_date", TODAY + 3 * DAY), **on("to_date", TODAY + 9 * DAY)), follow=True)
    assert "a hand-over has begun" in saved.content.decode() and "Hand-over from" in saved.content.decode()
    assert "is under way already" in manager.get(here).content.decode()

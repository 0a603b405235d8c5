"""Nobody red, amber or blue without a named keyworker."""

from datetime import date

import pytest

from alongside.policy.duties import duties_for
from alongside.policy.facts import AllocationFacts, ConsentFacts, OutsideFacts
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import AGREED, CALENDAR, assert_due, entry, find, moment, on_register, rating

NAME = "name_keyworker"


@pytest.mark.parametrize(
    ("colour", "due"),
    [("red", "2026-06-02"), ("blue", "2026-06-02"), ("amber", "2026-06-04")],
)
def test_red_and_blue_have_one_in_one_working_day_and_amber_in_three(colour: str, due: str) -> None:
    duty = find(on_register(rating(colour, "2026-06-01")), NAME)
    assert_due(duty, due)
    assert duty and duty.owner.id == 2 and duty.local_default and duty.doing == "name_keyworker"


def test_it_is_a_breach_from_the_first_day_and_shows_at_once() -> None:
    duty = find(on_register(rating("red", "2026-06-01")), NAME)
    assert duty and duty.breach == duty.shows_from
    assert not duty.is_showing(moment("2026-05-31")) and duty.is_showing(moment("2026-06-01"))


def test_green_needs_none_and_the_clock_starts_again_with_amber() -> None:
    assert find(on_register(rating("green", "2026-06-01")), NAME) is None
    back = on_register(rating("red", "2026-06-01"), rating("green", "2026-06-08", 2), rating("amber", "2026-06-15", 3))
    assert_due(find(back, NAME), "2026-06-18")


def test_a_changed_colour_does_not_start_the_clock_again() -> None:
    duty = find(on_register(rating("amber", "2026-06-01"), rating("red", "2026-06-10", 2)), NAME)
    assert_due(duty, "2026-06-02")


def test_a_named_keyworker_answers_it_and_the_day_they_end_begins_it_again() -> None:
    facts = on_register(
        rating("red", "2026-06-01"), allocations=(AllocationFacts(1, 70, "designated", date(2026, 6, 1)),)
    )
    assert find(facts, NAME) is None
    ended = (AllocationFacts(1, 70, "designated", date(2026, 6, 1), date(2026, 6, 15)),)
    assert_due(find(on_register(rating("red", "2026-06-01"), allocations=ended), NAME), "2026-06-16")


@pytest.mark.parametrize("part", ["co_worker", "cover", "incoming", "outgoing"])
def test_cover_is_not_a_named_keyworker(part: str) -> None:
    beside = (AllocationFacts(1, 70, part, date(2026, 6, 1)),)
    assert find(on_register(rating("red", "2026-06-01"), allocations=beside), NAME)


def test_whoever_said_no_to_keyworking_is_left_in_peace_and_whoever_was_not_asked_is_not() -> None:
    def said(answer: str) -> object:
        consents = (AGREED, ConsentFacts(2, "keyworking", answer, date(2026, 6, 2)))
        return find(on_register(rating("red", "2026-06-01"), consents=consents), NAME)

    assert said("refused") is None and said("withdrawn") is None
    assert said("given") and said("unknown")


def test_agreement_to_the_register_comes_first() -> None:
    assert find(on_register(rating("red", "2026-06-01"), consents=()), NAME) is None


def test_what_was_imported_counts_from_the_import() -> None:
    imported = entry(rating("red", "2025-01-06"), on="2025-01-06", imported_at=moment("2026-06-01"))
    assert_due(find(on_register(entries=(imported,)), NAME), "2026-06-02")


def test_the_areas_own_ratings_say_who_has_one_from_their_first_day_to_their_last() -> None:
    """Green from 1 July; and from 1 October no amber any more."""
    own = Ruleset.build(
        "DEMO",
        keyworker_ratings=[
            (date(2026, 7, 1), ("red", "blue", "amber", "green")),
            (date(2026, 10, 1), ("red", "blue")),
        ],
    )
    (green,) = [d for d in duties_for(on_register(rating("green", "2026-06-01")), own, CALENDAR) if d.doing == NAME]
    assert not green.is_showing(moment("2026-06-30")) and green.is_showing(moment("2026-07-01"))
    assert green.is_showing(moment("2026-09-30")) and not green.is_showing(moment("2026-10-01"))
    assert "Everybody red, amber, blue or green has one" in green.because
    amber = [d for d in duties_for(on_register(rating("amber", "2026-06-01")), own, CALENDAR) if d.doing == NAME]
    assert [d.is_showing(moment("2026-09-30")) for d in amber].count(True) >= 1
    assert not any(d.is_showing(moment("2026-10-01")) for d in amber)
    red = [d for d in duties_for(on_register(rating("red", "2026-06-01")), own, CALENDAR) if d.doing == NAME]
    for day in ("2026-06-01", "2026-07-01", "2026-11-01"):
        assert [d.is_showing(moment(day)) for d in red].count(True) == 1, "one at a time"


def outside(until: str, since: str = "2026-06-01") -> OutsideFacts:
    return OutsideFacts(9, date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize("ratings", [(rating("green", "2026-06-01"),), ()])
def test_one_authorised_outside_the_rules_is_named_as_soon_as_for_others(ratings: tuple) -> None:
    duty = find(on_register(*ratings, outside=outside("2026-12-31", "2026-06-08")), NAME)
    assert_due(duty, "2026-06-11")
    assert duty and duty.doing == NAME and duty.breach is None and "outside the rules until" in duty.because
    assert not duty.is_showing(moment("2026-06-07")) and duty.is_showing(moment("2026-06-08"))
    assert duty.is_showing(moment("2026-12-31 23:00")) and not duty.is_showing(moment("2027-01-01"))


def test_whoever_has_one_is_named_none_and_the_day_they_end_begins_it_again() -> None:
    def having(to: date | None) -> object:
        held = (AllocationFacts(1, 70, "designated", date(2026, 6, 1), to),)
        return find(on_register(rating("green", "2026-06-01"), allocations=held, outside=outside("2026-12-31")), NAME)

    assert having(None) is None
    assert_due(having(date(2026, 6, 15)), "2026-06-18")


def test_where_the_rules_say_so_too_it_is_asked_for_once() -> None:
    facts = on_register(rating("red", "2026-06-01"), outside=outside("2026-12-31"))
    duty = find(facts, NAME)
    assert duty and duty.breach and "outside" not in duty.because
    own = Ruleset.build("DEMO", keyworker_ratings=[(date(2026, 8, 1), ("red", "blue", "amber", "green"))])
    green = on_register(rating("green", "2026-06-01"), outside=outside("2026-12-31"))
    named = [duty for duty in duties_for(green, own, CALENDAR) if duty.doing == NAME]
    for on in ("2026-06-02", "2026-07-31", "2026-08-01", "2026-12-31", "2027-02-01"):
        assert [duty.is_showing(moment(on)) for duty in named].count(True) == 1, on


def test_whether_it_goes_on_shows_four_weeks_before_its_last_day_and_is_late_after_it() -> None:
    for held in ((), (AllocationFacts(1, 70, "designated", date(2026, 6, 1)),)):
        facts = on_register(rating("green", "2026-06-01"), allocations=held, outside=outside("2026-12-31"))
        duty = find(facts, "outside_rules")
        assert_due(duty, "2026-12-31")
        assert duty and duty.local_default and duty.owner.id == 2 and duty.doing == "decide_exception"
        assert not duty.is_showing(moment("2026-12-02 23:59")) and duty.is_showing(moment("2026-12-03 00:01"))
        assert not duty.is_late(moment("2026-12-31 23:59")) and duty.is_late(moment("2027-01-01 00:01"))
        assert duty.is_showing(moment("2027-06-01")), "nobody looked"
    assert find(on_register(rating("green", "2026-06-01")), "outside_rules") is None

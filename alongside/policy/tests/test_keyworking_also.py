"""Whom an area gives a keyworker whatever the rating: somebody's work from the first day, on both sides of each day."""

from datetime import date

import pytest

from alongside.policy.duties import Duty, duties_for
from alongside.policy.facts import AllocationFacts, ConsentFacts, OutsideFacts, PersonFacts, PhaseFacts
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import AGREED, CALENDAR, assert_due, moment, on_register, rating

NAME = "name_keyworker"
GREEN = rating("green", "2026-06-01")
EVERYBODY = ("looked_after", "adopted", "residential", "adulthood", "two_of_four")


def area(*names: str, since: str = "2026-01-01", until: str = "", **more: object) -> Ruleset:
    rows = [(date.fromisoformat(since), names), *([(date.fromisoformat(until), ())] if until else [])]
    return Ruleset.build("DEMO", keyworker_also=rows, **more)  # type: ignore[arg-type]


def looked_after(first: str | None = None, end: str | None = None) -> tuple[PhaseFacts, ...]:
    return (PhaseFacts("looked_after", *(date.fromisoformat(day) if day else None for day in (first, end))),)


def named(facts: PersonFacts, rules: Ruleset) -> list[Duty]:
    return [duty for duty in duties_for(facts, rules, CALENDAR) if duty.doing == NAME]


@pytest.mark.parametrize("phase", ["looked_after", "adopted", "residential", "two_of_four"])
def test_each_phase_that_the_area_names_is_the_keyworking_teams_work(phase: str) -> None:
    facts = on_register(GREEN, keyworking_also=(PhaseFacts(phase),))
    (duty,) = named(facts, area(phase))
    assert_due(duty, "2026-06-04")
    assert duty.owner.id == 2 and duty.breach is None and duty.source and duty.local_default
    assert "whatever their rating, and since 1 June 2026 none is named" in duty.because
    others = tuple(name for name in EVERYBODY if name not in (phase, "adulthood"))
    assert named(facts, area(*others)) == [] and named(facts, area()) == []


def test_it_counts_from_when_it_is_so_and_the_area_says_so_whichever_is_later() -> None:
    rules = area("looked_after", since="2026-07-01")
    (late,) = named(on_register(GREEN, keyworking_also=looked_after("2026-08-03")), rules)
    (early,) = named(on_register(GREEN, keyworking_also=looked_after("2020-01-01")), rules)
    assert_due(late, "2026-08-06")
    assert_due(early, "2026-07-06")
    assert not early.is_showing(moment("2026-06-30")) and early.is_showing(moment("2026-07-01"))


def test_it_ends_when_it_is_not_so_any_more_or_the_area_takes_it_back() -> None:
    (home,) = named(on_register(GREEN, keyworking_also=looked_after(None, "2026-07-01")), area("looked_after"))
    (back,) = named(on_register(GREEN, keyworking_also=looked_after()), area("looked_after", until="2026-07-01"))
    for duty in (home, back):
        assert duty.is_showing(moment("2026-06-30 23:00")) and not duty.is_showing(moment("2026-07-01"))


@pytest.mark.parametrize(("born", "shows"), [("2009-09-01", "2026-09-01"), ("2008-01-01", "2026-06-01")])
def test_moving_to_adult_services_counts_from_the_seventeenth_birthday(born: str, shows: str) -> None:
    (duty,) = named(on_register(GREEN, birth_date=date.fromisoformat(born)), area("adulthood"))
    assert duty.shows_from == moment(f"{shows} 00:00")


def test_it_goes_up_to_the_areas_oldest_age_and_not_a_day_further() -> None:
    facts = on_register(GREEN, birth_date=date(2008, 7, 1), keyworking_also=looked_after())
    (usual,) = named(facts, area("looked_after"))
    assert usual.ends_at and usual.ends_at == moment("2034-07-01 00:00")
    (young,) = named(facts, area("looked_after", keyworker_ages=[(date(2026, 1, 1), 17)]))
    assert young.is_showing(moment("2026-06-30 23:00")) and not young.is_showing(moment("2026-07-01"))


def test_two_phases_at_once_and_one_after_the_other_are_one_piece_of_work() -> None:
    both = (PhaseFacts("looked_after", None, date(2026, 9, 1)), PhaseFacts("adopted", date(2026, 8, 1)))
    (duty,) = named(on_register(GREEN, keyworking_also=both), area("looked_after", "adopted"))
    assert duty.is_showing(moment("2027-01-01"))
    apart = (PhaseFacts("looked_after", None, date(2026, 9, 1)), PhaseFacts("adopted", date(2026, 9, 2)))
    assert len(named(on_register(GREEN, keyworking_also=apart), area("looked_after", "adopted"))) == 2


def test_whoever_is_rated_red_or_authorised_outside_the_rules_is_asked_for_once() -> None:
    rules = area("looked_after", since="2026-08-01")
    red = on_register(rating("red", "2026-06-01"), keyworking_also=looked_after())
    outside = OutsideFacts(9, date(2026, 6, 1), date(2026, 12, 31))
    green = on_register(GREEN, keyworking_also=looked_after(), outside=outside)
    for facts in (red, green):
        found = named(facts, rules)
        for on in ("2026-06-02", "2026-07-31", "2026-08-01", "2026-12-31", "2027-02-01"):
            assert [duty.is_showing(moment(on)) for duty in found].count(True) == 1, on
    assert all(duty.breach for duty in named(red, rules)), "what keyworking promises to red stays a breach"


def test_a_named_keyworker_answers_it_and_the_day_they_end_begins_it_again() -> None:
    def having(to: date | None) -> list[Duty]:
        held = (AllocationFacts(1, 70, "designated", date(2026, 6, 1), to),)
        return named(on_register(GREEN, allocations=held, keyworking_also=looked_after()), area("looked_after"))

    assert having(None) == []
    assert_due(having(date(2026, 6, 15))[0], "2026-06-18")


def test_whoever_said_no_is_left_in_peace_and_agreement_to_the_register_comes_first() -> None:
    no = (AGREED, ConsentFacts(2, "keyworking", "refused", date(2026, 6, 2)))
    for consents in (no, ()):
        facts = on_register(GREEN, consents=consents, keyworking_also=looked_after())
        assert named(facts, area("looked_after")) == []

"""Who may have a keyworker, in sentences with the rule cited, and from which day more people may."""

from datetime import date

import pytest

from alongside.policy.eligibility import CHOICES, PHASES, Asked, EntryRules, check_local_entry
from alongside.policy.keyworker_eligibility import keyworking_tests, may_have_keyworker, phases_ahead, phases_of

TODAY = date(2026, 11, 20)
RED = Asked(birth_date=date(2012, 3, 4), diagnoses=frozenset({"autism"}), basis="diagnosed", rating="red")


def told(asked: Asked, consent: str = "given", rules: EntryRules | None = None, on: date = TODAY) -> dict[str, str]:
    found = keyworking_tests(asked, rules or EntryRules(), on, consent)
    assert all(one.sentence and one.source for one in found)
    return {one.test: one.answer for one in found}


def test_everything_fits_somebody_rated_red_with_a_diagnosis_who_agreed() -> None:
    assert told(RED) == {"diagnosis": "fits", "rating": "fits", "age": "fits", "agreement": "fits"}


@pytest.mark.parametrize(
    ("born", "fits"), [(date(2000, 11, 21), True), (date(2000, 11, 20), False)], ids=["25 still", "26 today"]
)
def test_keyworking_ends_on_the_day_before_the_26th_birthday(born: date, fits: bool) -> None:
    older = Asked(birth_date=born, diagnoses=RED.diagnoses, basis="diagnosed", rating="red")
    assert may_have_keyworker(keyworking_tests(older, EntryRules(), TODAY)) is fits


@pytest.mark.parametrize(("consent", "may"), [("given", True), ("not_asked", True), ("refused", False)])
def test_what_nobody_has_asked_keeps_nobody_off_the_list_and_a_no_does(consent: str, may: bool) -> None:
    assert may_have_keyworker(keyworking_tests(RED, EntryRules(), TODAY, consent)) is may


def test_what_is_not_known_is_never_a_no() -> None:
    assert told(Asked(), "not_asked") == {
        "diagnosis": "unsure", "rating": "unsure", "age": "unsure", "agreement": "unsure",
    }  # fmt: skip


def test_a_phase_counts_from_its_first_day_and_is_told_before() -> None:
    begins = date(2027, 4, 1)
    own = check_local_entry("keyworker_also", ("adopted",), icb="Northmoor ICB", starts_on=begins)
    rules = EntryRules("Northmoor ICB", [own])
    adopted = Asked(birth_date=RED.birth_date, diagnoses=RED.diagnoses, basis="diagnosed", rating="green",
                    circumstances=frozenset({"adopted"}))  # fmt: skip
    assert told(adopted, rules=rules, on=date(2027, 3, 31))["rating"] == "differs"
    assert told(adopted, rules=rules, on=begins)["rating"] == "fits"
    assert phases_ahead(rules, date(2027, 3, 31)) == [
        "From 1 April 2027, keyworking also for: adopted children (Set by Northmoor ICB)."
    ]
    assert phases_ahead(rules, begins) == []


@pytest.mark.parametrize(
    ("kind", "phase"),
    [
        ("looked_after", "looked_after"), ("adopted", "adopted"), ("residential_52", "residential"),
        ("residential_38", "residential"), ("residential_risk", "residential"),
    ],
)  # fmt: skip
def test_a_circumstance_counts_in_the_phase_that_names_it(kind: str, phase: str) -> None:
    assert phases_of(circumstances=[kind], birth_date=None, as_at=TODAY, two_of_four=False) == {phase}


@pytest.mark.parametrize(("born", "moves"), [(date(2009, 11, 20), True), (date(2009, 11, 21), False)])
def test_moving_to_adult_services_counts_from_the_17th_birthday(born: date, moves: bool) -> None:
    found = phases_of(circumstances=["care_leaver"], birth_date=born, as_at=TODAY, two_of_four=False)
    assert (found == {"adulthood"}) is moves and (found == frozenset()) is not moves


@pytest.mark.parametrize("opens", [True, False])
def test_two_of_four_counts_where_a_person_decided_so_and_the_area_names_it(opens: bool) -> None:
    own = check_local_entry("keyworker_also", ("two_of_four",), icb="Northmoor ICB", starts_on=TODAY)
    phases = phases_of(circumstances=(), birth_date=None, as_at=TODAY, two_of_four=opens)
    green = Asked(birth_date=RED.birth_date, diagnoses=RED.diagnoses, basis="diagnosed", rating="green",
                  circumstances=phases)  # fmt: skip
    assert told(green, rules=EntryRules("Northmoor ICB", [own]))["rating"] == ("fits" if opens else "differs")
    assert told(green)["rating"] == "differs"


@pytest.mark.parametrize("phase", CHOICES["keyworker_also"])
def test_every_extension_is_explained_in_a_sentence_to_whoever_it_does_not_fit(phase: str) -> None:
    own = check_local_entry("keyworker_also", (phase,), icb="Northmoor ICB", starts_on=TODAY)
    green = Asked(diagnoses=RED.diagnoses, basis="diagnosed", rating="green")
    rating = next(
        one for one in keyworking_tests(green, EntryRules("Northmoor ICB", [own]), TODAY) if one.test == "rating"
    )
    assert f"Here keyworking is also for {PHASES[str(phase)]}." in rating.sentence

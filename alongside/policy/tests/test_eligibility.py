"""Who the register is for: both sides of each number, and the door that never closes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.eligibility import (
    BASES,
    DIAGNOSES,
    HAPPENING,
    NATIONAL_ENTRY,
    PLACES,
    Asked,
    EntryRules,
    check_local_entry,
    for_keyworker,
    for_register,
    in_one_sentence,
)
from alongside.policy.eligibility.telling import DIFFERS, FITS, UNSURE

DAY = date(2026, 1, 12)
KAI = Asked(
    birth_date=date(2011, 5, 2),
    lives="here",
    diagnoses=frozenset({"autism"}),
    basis="diagnosed",
    happening=frozenset({"hospital_risk"}),
)


def answer(asked: Asked, test: str, rules: EntryRules | None = None) -> str:
    return {each.test: each.answer for each in for_register(asked, rules or EntryRules(), DAY)}[test]


def local(key: str, value: object, starts_on: date = date(2025, 1, 1)) -> EntryRules:
    return EntryRules("DEMO", [check_local_entry(key, value, icb="DEMO", starts_on=starts_on)])  # type: ignore[arg-type]


def test_somebody_whom_the_rules_fit_is_told_to_ask() -> None:
    told = for_register(KAI, EntryRules(), DAY)
    assert [each.answer for each in told] == [FITS] * 4
    assert in_one_sentence(told) == "From what you told us, the register looks right. Please ask."


@pytest.mark.parametrize(
    ("born", "says"),
    [(date(2000, 1, 13), FITS), (date(2000, 1, 12), DIFFERS), (DAY, FITS), (None, UNSURE)],
    ids=["the day before 26", "26 today", "born today", "not known"],
)
def test_the_age_runs_to_the_day_before_the_26th_birthday(born: date | None, says: str) -> None:
    assert answer(replace(KAI, birth_date=born), "age") == says


@pytest.mark.parametrize(("age", "says"), [(9, DIFFERS), (10, FITS)])
def test_an_area_may_start_at_ten(age: int, says: str) -> None:
    assert answer(Asked(age=age), "age", local("age_from", 10)) == says


@pytest.mark.parametrize(("age", "says"), [(17, FITS), (18, DIFFERS)])
def test_an_area_may_end_at_seventeen(age: int, says: str) -> None:
    assert answer(Asked(age=age), "age", local("age_to", 17)) == says


@pytest.mark.parametrize(
    ("boundary", "lives", "gp", "says"),
    [
        ("living", "here", "elsewhere", FITS),
        ("living", "elsewhere", "here", DIFFERS),
        ("gp", "elsewhere", "here", FITS),
        ("gp", "here", "elsewhere", DIFFERS),
        ("either", "elsewhere", "here", FITS),
        ("either", "elsewhere", "", UNSURE),
        ("either", "elsewhere", "elsewhere", DIFFERS),
        ("living", "", "here", UNSURE),
    ],
)
def test_an_area_goes_by_home_or_by_gp(boundary: str, lives: str, gp: str, says: str) -> None:
    assert answer(Asked(lives=lives, gp=gp), "area", local("boundary", boundary)) == says


@pytest.mark.parametrize(
    ("basis", "counted", "says"),
    [
        ("diagnosed", ("diagnosed",), FITS),
        ("understood", ("diagnosed",), UNSURE),
        ("understood", ("diagnosed", "understood"), FITS),
        ("pathway", ("diagnosed",), DIFFERS),
        ("pathway", ("diagnosed", "pathway"), FITS),
        ("", ("diagnosed",), UNSURE),
    ],
)
def test_an_area_says_which_diagnosis_counts(basis: str, counted: tuple[str, ...], says: str) -> None:
    assert answer(replace(KAI, basis=basis), "diagnosis", local("diagnosis_basis", counted)) == says


def test_no_diagnosis_is_not_the_same_as_not_knowing() -> None:
    assert answer(Asked(), "diagnosis") == UNSURE
    assert answer(Asked(no_diagnosis=True), "diagnosis") == DIFFERS


@pytest.mark.parametrize(
    ("happening", "says"),
    [
        ({"hospital_risk"}, FITS),
        ({"justice"}, UNSURE),
        ({"nothing"}, DIFFERS),
        (set(), UNSURE),
        ({"nothing", "home"}, FITS),
    ],
)
def test_what_is_happening_is_counted_as_the_area_counts(happening: set[str], says: str) -> None:
    assert answer(replace(KAI, happening=frozenset(happening)), "happening") == says


def test_an_area_may_count_nothing_but_the_policys_own_risk() -> None:
    assert answer(Asked(happening=frozenset({"home"})), "happening", local("risks_also", ())) == UNSURE
    assert answer(Asked(happening=frozenset({"in_hospital"})), "happening", local("risks_also", ())) == FITS


def test_an_area_may_count_trouble_with_the_police() -> None:
    rules = local("risks_also", ("justice",))
    assert answer(Asked(happening=frozenset({"justice"})), "happening", rules) == FITS


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("age_to", 26),
        ("age_to", 16),
        ("age_from", -1),
        ("boundary", "nowhere"),
        ("boundary", ("living",)),
        ("risks", ("home",)),
        ("risks_also", ("hospital_risk",)),
        ("diagnosis_basis", ()),
        ("who_may_ask", ("professional",)),
        ("moon", 1),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"[A-Z].+\."):
        local(key, value)


def test_a_local_rule_counts_from_its_first_day() -> None:
    rules = local("age_to", 17, starts_on=DAY)
    assert rules.on("age_to", date(2026, 1, 11)).years == 25
    assert rules.on("age_to", DAY).years == 17
    assert rules.on("age_to", DAY).label == "set by DEMO"


@pytest.mark.parametrize(
    ("asked", "rules", "says"),
    [
        (Asked(age=14, rating="amber"), EntryRules(), [FITS, FITS]),
        (Asked(age=14, rating="green"), EntryRules(), [DIFFERS, FITS]),
        (Asked(age=25, rating="blue"), EntryRules(), [FITS, FITS]),
        (Asked(age=26, rating="blue"), EntryRules(), [FITS, DIFFERS]),
        (Asked(circumstances=frozenset({"adopted"}), rating="green"), EntryRules(), [DIFFERS, UNSURE]),
        (
            Asked(circumstances=frozenset({"adopted"}), rating="green"),
            local("keyworker_also", ("adopted",)),
            [FITS, UNSURE],
        ),
        (Asked(), EntryRules(), [UNSURE, UNSURE]),
    ],
)
def test_keyworking_goes_by_rating_phase_and_age(asked: Asked, rules: EntryRules, says: list[str]) -> None:
    assert [each.answer for each in for_keyworker(asked, rules, DAY)] == says


ANYBODY = st.builds(
    Asked,
    birth_date=st.none() | st.dates(),
    age=st.none() | st.integers(0, 120),
    lives=st.sampled_from(PLACES),
    gp=st.sampled_from(PLACES),
    diagnoses=st.frozensets(st.sampled_from([*DIAGNOSES])),
    no_diagnosis=st.booleans(),
    basis=st.sampled_from(["", *BASES]),
    happening=st.frozensets(st.sampled_from([*HAPPENING])),
    rating=st.sampled_from(["", "red", "amber", "green", "blue"]),
)


@given(ANYBODY, st.dates())
def test_whatever_is_answered_the_door_stays_open_and_each_sentence_cites_its_rule(asked: Asked, day: date) -> None:
    told = for_register(asked, EntryRules(), day)
    assert "ask" in in_one_sentence(told)
    for each in (*told, *for_keyworker(asked, EntryRules(), day)):
        assert each.sentence.endswith(".")
        assert each.rule in NATIONAL_ENTRY
        assert each.source

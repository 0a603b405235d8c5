"""Two records of one person are told from twins, namesakes and strangers; both sides of each line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.features.people.identity.scoring import POSSIBLE, Known, liken, names, near_days, spelled_alike

BORN = date(2012, 3, 4)
KAI = Known(
    given=names("Kai"),
    family=names("Moss"),
    given_sounds=frozenset({"K"}),
    family_sounds=frozenset({"MS"}),
    birth_date=BORN,
    numbers=frozenset({"9990000018"}),
    postcodes=frozenset({"ZZ11AA"}),
)
NO_NUMBER = replace(KAI, numbers=frozenset())
FAR = frozenset({"ZZ99ZZ"})


def test_the_same_number_is_the_same_person_whatever_the_name() -> None:
    other = Known(given=names("Somebody"), family=names("Else"), numbers=KAI.numbers)
    assert liken(KAI, other).score == 100
    assert liken(KAI, other).because == ("The same NHS number",)


def test_a_former_number_counts_as_the_same() -> None:
    other = replace(KAI, numbers=frozenset({"9990000026", "9990000018"}))
    assert liken(KAI, other).score == 100


@pytest.mark.parametrize(
    ("what", "other", "possible"),
    [
        ("the same in everything but the number", {}, True),
        ("day and month changed round", {"birth_date": date(2012, 4, 3)}, True),
        ("year off by one", {"birth_date": date(2013, 3, 4)}, True),
        ("year off by two, and another postcode", {"birth_date": date(2014, 4, 5), "postcodes": FAR}, False),
        ("one figure of the day", {"birth_date": date(2012, 3, 7)}, True),
        ("no date of birth", {"birth_date": None}, True),
        ("a namesake born on another day, elsewhere", {"birth_date": date(2009, 8, 21), "postcodes": FAR}, False),
        ("a namesake born on another day, same postcode", {"birth_date": date(2009, 8, 21)}, True),
        ("first name sounds alike", {"given": names("Kye"), "postcodes": FAR}, True),
        (
            "only the birthday the same",
            {
                "given": names("Ida"),
                "family": names("Quill"),
                "given_sounds": frozenset(),
                "family_sounds": frozenset(),
                "postcodes": FAR,
            },
            False,
        ),
        (
            "another family name, as after adoption, another postcode",
            {"family": names("Quill"), "family_sounds": frozenset({"KL"}), "postcodes": FAR},
            False,
        ),
        (
            "another family name at the same postcode",
            {"family": names("Quill"), "family_sounds": frozenset({"KL"})},
            True,
        ),
    ],
)
def test_what_is_put_before_a_person(what: str, other: dict, possible: bool) -> None:
    found = liken(NO_NUMBER, replace(NO_NUMBER, **other))
    assert found.is_possible is possible, (what, found)
    assert not found.twin


def test_twins_are_not_mistaken() -> None:
    twin = replace(NO_NUMBER, given=names("Ida"), given_sounds=frozenset({"AT"}))
    found = liken(NO_NUMBER, twin)
    assert (found.twin, found.is_possible, found.words) == (True, False, "Perhaps a twin")


def test_a_twin_whose_name_sounds_the_same_is_asked_about_unless_the_numbers_differ() -> None:
    alike = replace(KAI, given=names("Kye"), postcodes=FAR)
    assert liken(replace(NO_NUMBER), replace(alike, numbers=frozenset())).is_possible
    assert not liken(KAI, replace(alike, numbers=frozenset({"9990000026"}))).is_possible


def test_a_shared_middle_name_does_not_make_twins_one() -> None:
    one = replace(NO_NUMBER, given=names("Kai James"))
    two = replace(NO_NUMBER, given=names("Leo James"), given_sounds=frozenset({"L"}))
    assert liken(one, two).twin


def test_a_baby_without_a_first_name_may_be_the_same_and_is_no_twin() -> None:
    nameless = replace(NO_NUMBER, given=frozenset(), given_sounds=frozenset())
    assert not liken(NO_NUMBER, nameless).twin
    assert liken(NO_NUMBER, nameless).score == 75


def test_another_number_counts_against_but_a_full_match_is_still_looked_at() -> None:
    other = replace(KAI, numbers=frozenset({"9990000026"}), postcodes=FAR)
    found = liken(KAI, other)
    assert (found.score, found.is_possible) == (70, True)
    assert "Their NHS numbers differ" in found.because
    assert not liken(KAI, replace(other, birth_date=date(2012, 4, 3))).is_possible


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("samuel", "samual", False), ("christopher", "cristopher", True), ("moss", "moss", True), ("kai", "leo", False)],
)
def test_spelled_alike_is_half_of_the_trigrams(one: str, other: str, alike: bool) -> None:
    assert spelled_alike(one, other) is alike


def test_a_short_form_counts_from_three_letters() -> None:
    sam = replace(NO_NUMBER, given=names("Sam"), given_sounds=frozenset({"SM"}))
    samuel = replace(NO_NUMBER, given=names("Samuel"), given_sounds=frozenset({"SML"}))
    assert "One first name is short for the other" in liken(sam, samuel).because
    assert liken(replace(sam, given=names("Sa"), given_sounds=frozenset({"S"})), samuel).twin


def test_days_looked_for_leave_out_those_that_are_none() -> None:
    assert near_days(date(2012, 3, 4)) == [date(2011, 3, 4), date(2012, 3, 4), date(2012, 4, 3), date(2013, 3, 4)]
    assert near_days(date(2012, 2, 29)) == [date(2012, 2, 29)]


_names = st.sampled_from(["Kai", "Kye", "Ida", "Zoë Ann", "", "O'Connor", "Moss-Hale"])
_known = st.builds(
    Known,
    given=_names.map(names),
    family=_names.map(names),
    birth_date=st.none() | st.dates(date(2008, 1, 1), date(2014, 12, 31)),
    numbers=st.frozensets(st.sampled_from(["9990000018", "9990000026"]), max_size=1),
    postcodes=st.frozensets(st.sampled_from(["ZZ11AA", "ZZ99ZZ"]), max_size=1),
)


@given(_known, _known)
def test_it_does_not_matter_which_comes_first(one: Known, other: Known) -> None:
    assert liken(one, other) == liken(other, one)


@given(_known)
def test_whoever_has_two_names_and_a_birth_date_is_like_themselves(one: Known) -> None:
    if one.given and one.family and one.birth_date:
        assert liken(one, one).score > POSSIBLE

"""Who may decide: both sides of 16 and 18, and what was found of competence and capacity."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.deciding import CAPACITY, COMPETENCE, Found, which_test, who_decides

BORN = date(2010, 3, 4)
SIXTEENTH, EIGHTEENTH = date(2026, 3, 4), date(2028, 3, 4)
DAY = timedelta(days=1)


def bases(on: date, *found: Found, born: date | None = BORN, about: str = "register") -> list[str]:
    return [way.basis for way in who_decides(born, on, found, about)]


def found(test: str, able: bool, on: date, about: str = "register", number: int = 1) -> Found:
    return Found(number, about, test, able, on)


@pytest.mark.parametrize(
    ("on", "basis"),
    [
        (SIXTEENTH - DAY, "parental"),
        (SIXTEENTH, "sixteen"),
        (EIGHTEENTH - DAY, "sixteen"),
        (EIGHTEENTH, "sixteen"),
    ],
)
def test_from_sixteen_on_they_decide_themselves(on: date, basis: str) -> None:
    assert bases(on) == [basis]


def test_a_child_found_competent_for_this_decision_makes_it() -> None:
    able = found(COMPETENCE, True, SIXTEENTH - 30 * DAY)
    assert bases(SIXTEENTH - DAY, able) == ["competent_child"]
    assert bases(SIXTEENTH - DAY, able, about="sharing") == ["parental"]
    assert bases(SIXTEENTH - 31 * DAY, able) == ["parental"], "not before it was found"
    assert bases(SIXTEENTH, able) == ["sixteen"], "from 16 on it is presumed"


def test_best_interests_needs_a_record_of_no_capacity_for_this_decision() -> None:
    unable = found(CAPACITY, False, SIXTEENTH)
    assert bases(SIXTEENTH, unable)[0] == "best_interests"
    assert bases(EIGHTEENTH, unable)[0] == "best_interests"
    assert bases(SIXTEENTH, unable, about="keyworking") == ["sixteen"]
    assert bases(SIXTEENTH, found(COMPETENCE, False, SIXTEENTH - DAY)) == ["sixteen"], "a child's test is another"


def test_whoever_lacks_capacity_may_have_a_deputy_from_16_and_an_attorney_from_18() -> None:
    unable = found(CAPACITY, False, SIXTEENTH)
    assert bases(EIGHTEENTH - DAY, unable) == ["best_interests", "deputy"]
    assert bases(EIGHTEENTH, unable) == ["best_interests", "deputy", "attorney"]
    assert bases(EIGHTEENTH, unable, about="sharing") == ["sixteen"], "only for the decision that they can't make"
    assert bases(SIXTEENTH - DAY) == ["parental"]


def test_the_newest_finding_counts() -> None:
    first, second = found(CAPACITY, False, SIXTEENTH), found(CAPACITY, True, SIXTEENTH + DAY, number=2)
    assert bases(SIXTEENTH + DAY, first, second) == ["sixteen"]
    assert bases(SIXTEENTH, first, second)[0] == "best_interests"
    same_day = found(CAPACITY, True, SIXTEENTH, number=2)
    assert bases(SIXTEENTH, first, same_day) == ["sixteen"]


def test_where_the_age_is_not_known_both_ways_are_offered() -> None:
    assert bases(SIXTEENTH, born=None) == ["parental", "sixteen"]
    assert which_test(None, SIXTEENTH) == ""
    assert which_test(BORN, SIXTEENTH - DAY) == COMPETENCE
    assert which_test(BORN, SIXTEENTH) == CAPACITY


FOUND = st.lists(
    st.builds(
        Found,
        id=st.integers(1, 99),
        about=st.sampled_from(["register", "keyworking", "sharing"]),
        test=st.sampled_from([COMPETENCE, CAPACITY]),
        able=st.booleans(),
        on=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    ),
    max_size=6,
)


@given(FOUND, st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_whatever_was_found_nobody_decides_for_sixteen_without_a_record(known: list[Found], on: date) -> None:
    basis, *given_to_others = bases(on, *known)
    assert not given_to_others or basis == "best_interests"
    if on >= SIXTEENTH:
        assert basis in ("sixteen", "best_interests")
        if basis == "best_interests":
            assert any(each.test == CAPACITY and not each.able and each.about == "register" for each in known)
    else:
        assert basis in ("competent_child", "parental")
        if basis == "competent_child":
            assert any(each.test == COMPETENCE and each.able and each.about == "register" for each in known)

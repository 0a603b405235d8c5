"""Days before birth, and deciders of the wrong age, on both sides of each number."""

from datetime import date, timedelta

import pytest

from alongside.features.people.checks import check_after_birth, check_days, check_decider
from alongside.features.people.models import Person
from alongside.foundation.access.protected import NotNow

BORN = date(2010, 6, 15)
SIXTEENTH, EIGHTEENTH = date(2026, 6, 15), date(2028, 6, 15)
DAY = timedelta(days=1)


def somebody(born: date | None = BORN) -> Person:
    return Person(birth_date=born)


def test_the_day_of_birth_is_not_before_it() -> None:
    check_after_birth(somebody(), BORN)
    with pytest.raises(NotNow, match="born on 15 June 2010"):
        check_after_birth(somebody(), BORN - DAY)


def test_what_is_not_known_is_not_refused() -> None:
    check_after_birth(somebody(None), date(1900, 1, 1))
    check_decider(somebody(None), "sixteen", date(2020, 1, 1))
    check_decider(somebody(), "sixteen", None)
    check_decider(somebody(), "", SIXTEENTH)


def test_every_day_of_a_form_is_looked_at() -> None:
    with pytest.raises(NotNow):
        check_days(somebody(), {"from_date": BORN - DAY, "detail": "x"})


@pytest.mark.parametrize(
    ("basis", "on", "right"),
    [
        ("sixteen", SIXTEENTH - DAY, False),
        ("sixteen", SIXTEENTH, True),
        ("competent_child", SIXTEENTH - DAY, True),
        ("competent_child", SIXTEENTH, False),
        ("parental", EIGHTEENTH - DAY, True),
        ("parental", EIGHTEENTH, False),
        ("best_interests", SIXTEENTH - DAY, False),
        ("best_interests", SIXTEENTH, True),
        ("not_stated", SIXTEENTH, True),
    ],
)
def test_who_decides_depends_on_the_age_on_that_day(basis: str, on: date, right: bool) -> None:
    if right:
        check_decider(somebody(), basis, on)
    else:
        with pytest.raises(NotNow) as refused:
            check_decider(somebody(), basis, on)
        assert refused.value.code == "decider"

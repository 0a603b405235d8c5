"""What local tools look back at: a crisis at A&E for a month, hospital and the crisis team for a year."""

from datetime import date

import pytest

from alongside.policy.ratings import Happened, look_back
from alongside.policy.tests.building import RULES


@pytest.mark.parametrize(
    ("kind", "last"),
    [("ae_crisis", "2026-07-10"), ("admission", "2027-06-10"), ("crisis_team", "2027-06-10")],
)
def test_it_counts_until_that_day_and_not_the_day_after(kind, last):
    happened = [Happened(kind, date(2026, 6, 10))]
    day = date.fromisoformat(last)
    (said,) = look_back(happened, day, RULES)
    assert said.value == kind and "10 June 2026" in said.because and said.source.startswith("local practice")
    assert look_back(happened, date.fromordinal(day.toordinal() + 1), RULES) == ()


def test_the_newest_of_each_kind_is_told_first():
    happened = [
        Happened("ae_crisis", date(2026, 6, 1)),
        Happened("ae_crisis", date(2026, 6, 5)),
        Happened("crisis_team", date(2026, 6, 8)),
    ]
    assert [one.value for one in look_back(happened, date(2026, 6, 10), RULES)] == ["crisis_team", "ae_crisis"]


def test_what_has_not_happened_yet_does_not_count():
    assert look_back([Happened("ae_crisis", date(2026, 6, 11))], date(2026, 6, 10), RULES) == ()

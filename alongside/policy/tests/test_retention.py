"""How long a record is kept: the longest rule wins, and nothing that is open or held ever goes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.retention import RetentionFacts, keep_until, kept_by
from alongside.policy.tests.building import RULES


def left(birth: date | None, on: date, *, died: date | None = None, **more: object) -> RetentionFacts:
    return RetentionFacts(birth, died, True, on, on, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        pytest.param(left(date(2014, 5, 1), date(2026, 7, 1)), date(2039, 5, 1), id="a child: the 25th birthday"),
        pytest.param(left(date(2008, 7, 2), date(2026, 7, 1)), date(2034, 7, 2), id="17 on the last day: the 26th"),
        pytest.param(left(date(2008, 7, 1), date(2026, 7, 1)), date(2034, 7, 1), id="18 on the last day: 8 years"),
        pytest.param(left(date(2001, 7, 1), date(2026, 7, 1)), date(2034, 7, 1), id="an adult: 8 years, not 6"),
        pytest.param(
            left(date(2014, 5, 1), date(2026, 7, 1), died=date(2026, 7, 1)), date(2039, 5, 1), id="died as a child"
        ),
        pytest.param(
            left(date(2004, 5, 1), date(2026, 7, 1), died=date(2026, 9, 1)), date(2034, 9, 1), id="died as an adult"
        ),
        pytest.param(left(date(2004, 2, 29), date(2021, 6, 1)), date(2030, 3, 1), id="born on 29 February"),
    ],
)
def test_the_longest_rule_governs(facts: RetentionFacts, until: date) -> None:
    said = keep_until(facts, RULES)
    assert said.value == until and "until" in said.because and said.source


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (left(None, date(2010, 1, 1)), "date of birth is not known"),
        (left(date(1990, 1, 1), date(2010, 1, 1), open=("they are on the register",)), "on the register"),
        (left(date(1990, 1, 1), date(2010, 1, 1), holds=("an inquest asks for it",)), "inquest"),
    ],
)
def test_what_is_open_held_or_not_known_is_kept(facts: RetentionFacts, words: str) -> None:
    said = keep_until(facts, RULES)
    assert said.value is None and words in said.because


DAYS = st.dates(date(1950, 1, 1), date(2040, 1, 1))


@given(birth=DAYS, lived=st.integers(0, 9000), more=st.integers(0, 4000), died=st.booleans(), registered=st.booleans())
def test_nothing_goes_before_any_rule_that_applies(
    birth: date, lived: int, more: int, died: bool, registered: bool
) -> None:
    gone = birth + timedelta(days=lived)
    last = gone + timedelta(days=more)
    facts = RetentionFacts(birth, last if died else None, registered, gone if registered else None, last)
    until = keep_until(facts, RULES).value
    assert all(until >= kept.until for kept in kept_by(facts, RULES))
    # Said again in other words: six years after the register, and a child at least until 25.
    assert not registered or until >= gone.replace(day=1, year=gone.year + 6)
    assert (last - birth).days >= 18 * 365 or until.year - birth.year >= 25

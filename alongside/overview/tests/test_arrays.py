"""Whatever stands in a row arrives in the database as it was."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.overview.engine.arrays import as_arrays

TYPES = ["text", "bigint", "boolean", "timestamptz", "date"]
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=8)
awkward = st.sampled_from(['"', "\\", '","', "{}", "NULL", "", " ", "'", "%s", "a\nb", '\\"', "é"])
rows = st.lists(
    st.tuples(
        words | awkward,
        st.none() | st.integers(-(2**40), 2**40),
        st.booleans(),
        st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)),
        st.none() | st.dates(date(1900, 1, 1), date(2150, 1, 1)),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows)
@pytest.mark.django_db
def test_rows_arrive_as_they_were(rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from unnest(" + ",".join(f"%s::{kind}[]" for kind in TYPES) + ")", as_arrays(rows, TYPES)
        )
        assert cursor.fetchall() == rows


def test_no_rows_are_empty_arrays() -> None:
    assert as_arrays([], TYPES) == ["{}"] * len(TYPES)

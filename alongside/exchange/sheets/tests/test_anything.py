"""Whatever is in a file: a sentence or rows, never another error, and the counts always add up."""

import csv
import io
import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.exchange.sheets import (
    BadMapping,
    Mapping,
    Sheet,
    Unreadable,
    prepare,
    propose_mapping,
    read_sheet,
)
from alongside.exchange.sheets.headings import FIELDS
from alongside.exchange.sheets.tests.workbooks import TODAY, sample_workbook

FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

SAMPLE = sample_workbook()
words = st.one_of(
    st.sampled_from(
        ["Red", "purple", "25/02/2012", "31/02/2011", "02/25/2012", "9990512426", "999 051 242", "n/a", "TBC", "Total",
         "Hale, Ann", "Ann", "Name", "DOB", "RAG", "S20", "refused", "(52wk)", ",", "''", "\x00", "ZZ8 6FP",
         "LD+A", "?"]
    ),
    st.text(max_size=12),
)  # fmt: skip
cells = st.one_of(
    st.none(),
    words,
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.integers(0, 80_000),
)
headings = st.one_of(st.sampled_from([said for field in FIELDS for said in field.said]), words)


def follow(sheet: Sheet) -> None:
    """Map and prepare, and look at what must always hold."""
    try:
        mapping = propose_mapping(sheet)
        assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping
        prepared = prepare(sheet, mapping, TODAY)
    except BadMapping as bad:
        assert str(bad)
        return
    counts = prepared.counts
    assert counts["rows"] == len(sheet.rows) - mapping.heading_row
    assert counts.pop("rows") == sum(counts.values())
    assert [row.number for row in prepared.rows] == list(range(mapping.heading_row + 1, len(sheet.rows) + 1))
    for row in prepared.rows:
        json.dumps(row.as_json())
        assert "\x00" not in json.dumps(row.as_json())
        assert all(problem.sentence for problem in row.problems)
        assert row.outcome != "refused" or row.problems
        assert set(row.unmapped) <= set(row.raw)
        assert row.kind == "blank" or "consent" in row.fields


@FEW
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
def test_any_bytes_give_rows_or_a_sentence(data, start):
    try:
        follow(read_sheet(start + data, "register.xlsx"))
    except Unreadable as unreadable:
        assert unreadable.sentence.endswith(".")


@FEW
@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255), st.integers(0, 255))
def test_a_workbook_with_damaged_bytes_gives_rows_or_a_sentence(place, one, two):
    data = bytearray(SAMPLE)
    data[place] = one
    data[(place * 7) % len(data)] = two
    try:
        follow(read_sheet(bytes(data), "register.xlsx"))
    except Unreadable as unreadable:
        assert unreadable.sentence.endswith(".")


@FEW
@given(st.lists(headings, min_size=2, max_size=8), st.lists(st.lists(cells, max_size=9), max_size=12))
def test_any_cells_are_prepared_and_every_row_is_counted(first, rest):
    sheet = Sheet(tuple([("Name", "DOB", *first), *(tuple(row) for row in rest)]))
    follow(sheet)


@FEW
@given(st.lists(st.lists(words, max_size=6), max_size=12), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_csv_gives_rows_or_a_sentence(rows, encoding):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["Name", "DOB", "RAG"])
    writer.writerows([[text.replace("\x00", "") for text in row] for row in rows])
    try:
        follow(read_sheet(stream.getvalue().encode(encoding, "replace")))
    except Unreadable as unreadable:
        assert unreadable.sentence.endswith(".")


@FEW
@given(
    st.dates(date(2000, 1, 1), date(2026, 11, 22)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%Y-%m-%d"]),
)
def test_a_birthday_is_the_same_however_it_is_typed(born, form):
    sheet = Sheet((("Name", "DOB"), ("Ann Hale", born.strftime(form)), ("Zara Moss", "25/02/2012")))
    prepared = prepare(sheet, propose_mapping(sheet), TODAY)
    assert prepared.rows[0].fields["birth_date"] == born

"""The sample register, row for row."""

import csv
import io
import json

import pytest

from alongside.exchange.sheets import prepare, propose_mapping, read_sheet
from alongside.exchange.sheets.tests.workbooks import TODAY, codes, prepared, sample_rows, sample_workbook


@pytest.fixture(scope="module")
def register():
    return prepared(sample_workbook())


def row(register, number):
    return next(row for row in register.rows if row.number == number)


def test_every_row_below_the_headings_is_accounted_for(register):
    assert register.counts == {
        "rows": 187, "ready": 178, "repeat": 1, "review": 5, "refused": 2, "blank": 1,
    }  # fmt: skip


def test_the_remarks_are_counted_exactly(register):
    assert register.codes == {
        "birth_impossible": 1,
        "birth_in_future": 1,
        "consent_basis_doubtful": 40,
        "consent_refused": 31,
        "consent_unknown": 31,
        "maybe_same": 3,
        "nhs_number_invalid": 3,
        "nobody": 1,
        "rating_unknown": 1,
        "repeat": 1,
    }


def test_a_birth_on_the_31st_of_february_is_refused_with_a_sentence(register):
    theo = row(register, 187)
    assert theo.outcome == "refused"
    sentences = [problem.sentence for problem in theo.problems]
    assert sentences[0] == (
        "Date of birth '31/02/2011' is not a day in the calendar. Correct it in the sheet and import this row again."
    )
    assert "fails its check digit" in sentences[1]
    assert theo.raw["Name"] == "Theo Moss"


def test_a_birth_in_2034_is_refused_and_purple_is_told_too(register):
    uma = row(register, 188)
    assert uma.outcome == "refused"
    assert {"birth_in_future", "rating_unknown"} <= codes(uma)


def test_the_total_row_is_nobody(register):
    total = row(register, 186)
    assert (total.outcome, total.raw) == ("blank", {"Name": "Total", "DOB": "184"})


def test_the_same_child_typed_in_capitals_repeats_the_first_and_adds_what_it_knows(register):
    again = row(register, 87)
    assert (again.outcome, again.repeat_of, again.adds) == ("repeat", 26, ("gp_practice",))


@pytest.mark.parametrize(("later", "earlier"), [(54, 34), (90, 80), (179, 162)])
def test_a_longer_family_name_on_the_same_birthday_needs_a_person(register, later, earlier):
    assert row(register, later).outcome == "review"
    assert row(register, later).maybe_same_as == earlier
    assert row(register, earlier).outcome == "ready"


@pytest.mark.parametrize("number", [49, 185, 59, 155, 124, 140])
def test_the_same_name_with_another_birthday_and_number_is_another_person(register, number):
    assert row(register, number).outcome == "ready"


@pytest.mark.parametrize("number", [134, 142])
def test_a_failed_check_digit_needs_a_person_and_is_not_used(register, number):
    assert row(register, number).outcome == "review"
    assert "nhs_number" not in row(register, number).fields
    assert row(register, number).unmapped["NHS Number"]


def test_the_columns_hold_what_the_sheet_says(register):
    people = [row for row in register.rows if row.kind == "person"]

    def count(name, of=lambda value: value):
        values: dict = {}
        for person in people:
            value = of(person.fields[name]) if name in person.fields else None
            values[value] = values.get(value, 0) + 1
        return values

    assert count("rating") == {"green": 79, "amber": 49, "red": 30, "blue": 27, None: 1}
    assert count("ehcp") == {"in_process": 26, "no": 57, "yes": 55, None: 48}
    assert count("consent", lambda c: c.answer) == {"given": 122, "refused": 31, "unknown": 33}
    assert count("consent", lambda c: c.basis) == {
        "best_interests": 30,
        "parental_responsibility": 50,
        "person_competent_child": 19,
        "not_stated": 87,
    }
    assert count("looked_after", lambda v: (v.status, v.legal)) == {
        ("not_looked_after", ""): 80,
        ("adopted", ""): 22,
        ("looked_after", ""): 28,
        ("looked_after", "section_20"): 27,
        None: 29,
    }
    assert count("school", lambda v: v.circumstance or v.kind) == {
        "eotas": 33,
        "none": 25,
        "residential_52": 20,
        "school": 85,
        None: 23,
    }
    assert count("inpatient_unit", lambda v: (v.name, v.security)) == {
        ("Beech Lodge", "low"): 9,
        ("Heron Ward", ""): 13,
        ("The Willows CAMHS unit", ""): 5,
        None: 159,
    }
    assert sum("keyworker" in person.fields for person in people) == 106
    assert count("diagnosis", lambda d: tuple(sorted(d.conditions))) == {
        ("autism",): 74,
        ("autism", "learning_disability"): 56,
        ("learning_disability",): 43,
        ("on_pathway",): 13,
    }


def test_no_text_is_dropped(register):
    """Every text of a row is in a typed value whole, or kept beside it."""
    for person in register.rows:
        for heading, text in person.raw.items():
            assert text
            if person.kind == "blank":
                assert person.unmapped[heading] == text
    assert row(register, 3).unmapped == {"Keyworker": "TBC", "Consent": "Best interests"}


def test_the_same_register_as_csv_gives_the_same_people(register):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["" if c is None else c for c in row] for row in sample_rows()])
    from_csv = prepared(stream.getvalue().encode("cp1252"))
    assert from_csv.counts == register.counts
    assert [row.fingerprint for row in from_csv.rows] == [row.fingerprint for row in register.rows]


def test_twice_gives_the_same_and_goes_into_json(register):
    assert json.dumps([r.as_json() for r in prepared(sample_workbook()).rows]) == json.dumps(
        [r.as_json() for r in register.rows]
    )


def test_progress_is_told_to_the_last_row():
    sheet = read_sheet(sample_workbook())
    told = []
    prepare(sheet, propose_mapping(sheet), TODAY, lambda done, of: told.append((done, of)))
    assert told == [(187, 187)]

"""Finding the headings and proposing what each means."""

import pytest

from alongside.exchange.sheets import BadMapping, Mapping, find_headings, propose_mapping, read_sheet
from alongside.exchange.sheets.headings.matching import match_heading
from alongside.exchange.sheets.tests.workbooks import HEADINGS, mapped, prepared, sample_workbook, workbook

ANN = ("Ann Hale", "25/02/2012", "9990512426", "Red")


def fields(data: bytes) -> dict[str, str | None]:
    _, mapping = mapped(data)
    return {column.heading: column.field for column in mapping.columns}


def test_every_heading_of_the_sample_is_known():
    assert list(fields(sample_workbook()).values()) == [
        "name", "birth_date", "nhs_number", "diagnosis", "rating", "rating_date", "gp_practice", "council",
        "keyworker", "inpatient_unit", "admission_date", "last_cetr_date", "ehcp", "looked_after", "consent",
        "consent_date", "postcode", "school", "reason",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("D.O.B.", "birth_date"), ("NHS No", "nhs_number"), ("N.H.S No.", "nhs_number"), ("Fore-name", "given_name"),
        ("FORENAME", "given_name"), ("Child's Surname", "family_name"), ("Client Name", "name"),
        ("Risk level", "rating"), ("Current RAG rating", "rating"), ("BRAG", "rating"),
        ("Date of RAG review", "rating_date"), ("Keyworker allocated", "keyworker"), ("Key Worker", "keyworker"),
        ("LA of ordinary residence", "council"), ("GP surgery", "gp_practice"), ("LAC (Y/N)", "looked_after"),
        ("EHCP Y/N", "ehcp"), ("Date of last C(E)TR", "last_cetr_date"), ("Date consent given", "consent_date"),
        ("Post Code", "postcode"), ("Parent/Carer name", "parent_name"), ("Ethnic origin", "ethnicity"),
        ("Diagnossis", "diagnosis"), ("Keywrker", "keyworker"), ("Date of admission", "admission_date"),
        ("Parent address", None), ("RAG rationale", "reason"), ("Previous RAG", None), ("GP phone", None),
        ("Favourite food", None), ("School postcode", None), ("Name of school", "school"), ("", None),
    ],
)  # fmt: skip
def test_what_a_heading_means(heading, field):
    match = match_heading(heading)
    assert (match.field.name if match else None) == field


def test_headings_on_row_five_under_titles_in_merged_cells():
    data = workbook(("Northmoor ICB",), ("As at 20/11/2026",), (), ("Page 1",), HEADINGS, ANN, merged=["A1:D1"])
    register = prepared(data)
    assert [(row.number, row.outcome) for row in register.rows] == [(6, "ready")]


def test_headings_of_two_storeys():
    data = workbook(
        ("Name", "DOB", "Consent", None), (None, None, "Given", "Date"), ("Ann Hale", "25/02/2012", "Y", "1/3/2026"),
        merged=["A1:A2", "B1:B2", "C1:D1"],
    )  # fmt: skip
    assert list(fields(data).values()) == ["name", "birth_date", "consent", "consent_date"]


def test_two_columns_with_one_heading_both_keep_their_text():
    data = workbook((*HEADINGS, "RAG"), (*ANN, "was amber"))
    row = prepared(data).rows[0]
    assert row.fields["rating"] == "red"
    assert row.unmapped["RAG (2)"] == "was amber"


def test_a_column_without_a_heading_is_named_by_its_letter():
    assert prepared(workbook(HEADINGS, (*ANN, None, "see file"))).rows[0].unmapped["Column F"] == "see file"


def test_a_bare_date_belongs_to_the_column_before_it():
    assert fields(workbook(("Name", "RAG", "Date"), ("Ann Hale", "Red", "1/2/2026")))["Date"] == "rating_date"


def test_a_column_is_known_by_its_cells_when_its_heading_says_nothing():
    people = [(f"Ann{n} Hale", "25/02/2012", "9990512426", "Red") for n in "abcdef"]
    proposal = fields(workbook(("Name", "DOB", "Identifier x", "Colour now"), *people))
    assert (proposal["Identifier x"], proposal["Colour now"]) == ("nhs_number", "rating")


def test_a_heading_that_its_cells_belie_is_left_to_a_person():
    rows = [("Ann Hale", "25/02/2012", f"worried about {n}") for n in range(9)]
    _, mapping = mapped(workbook(("Name", "DOB", "Risk"), *rows))
    risk = mapping.columns[2]
    assert (risk.field, risk.why[:14]) == (None, "Perhaps Rating")


def test_name_beside_surname_is_the_given_name():
    rows = [("Ann", "Hale", "25/02/2012"), ("Zara", "Moss", "25/02/2013")]
    register = prepared(workbook(("Name", "Surname", "DOB"), *rows))
    assert str(register.rows[0].fields["name"]) == "Ann Hale"


def test_words_that_no_heading_is_known_by_are_still_headings():
    sheet = read_sheet(workbook(("Wer", "Wann"), ("Ann Hale", "25/02/2012")))
    mapping = propose_mapping(sheet)
    assert [column.field for column in mapping.columns] == [None, None]
    assert "Say which column holds the name" in mapping.faults()[0]


def test_a_mapping_is_corrected_saved_and_found_again():
    sheet, mapping = mapped(workbook(("Wer", "Wann"), ("Ann Hale", "25/02/2012")))
    mapping = mapping.with_field(0, "name").with_field(1, "birth_date")
    saved = Mapping.from_json(mapping.as_json())
    assert saved == mapping
    later = read_sheet(workbook(("Title",), ("WER ", "wann"), ("Zara Moss", "25/02/2013"), ("Ann Hale", "x")))
    again = propose_mapping(later, saved)
    assert (again.heading_row, [c.field for c in again.columns]) == (2, ["name", "birth_date"])
    assert again.fingerprint == saved.fingerprint


def test_a_mapping_for_other_headings_is_not_used():
    _, saved = mapped(workbook(("Wer", "Wann"), ("Ann Hale", "25/02/2012")))
    other = read_sheet(workbook(HEADINGS, ANN))
    assert propose_mapping(other, saved) == propose_mapping(other)


@pytest.mark.parametrize(
    "damaged",
    [None, 7, "x", {}, {"columns": 1, "heading_row": 1}, {"columns": [{}], "heading_row": 1},
     {"columns": [], "heading_row": 0}, {"columns": [{"index": 3, "heading": "x"}], "heading_row": 1},
     {"columns": [{"index": 0, "heading": "x", "field": "shoe_size"}], "heading_row": 1}],
)  # fmt: skip
def test_a_damaged_mapping_gives_a_sentence(damaged):
    with pytest.raises(BadMapping):
        Mapping.from_json(damaged)


def test_one_field_from_two_columns_is_a_fault_unless_it_may_be():
    _, mapping = mapped(workbook((*HEADINGS, "Old DOB x", "Town"), (*ANN, "1/1/2012", "Saltby")))
    assert "Choose one of them" in mapping.with_field(4, "birth_date").faults()[0]
    assert mapping.with_field(4, "address").with_field(5, "address").faults() == ()
    with pytest.raises(BadMapping):
        mapping.with_field(99, "name")


def test_dates_are_day_first_unless_their_column_says_otherwise():
    def order(*dates):
        rows = [("Ann Hale", date) for date in dates]
        return mapped(workbook(("Name", "DOB"), *rows))[1].columns[1].order

    assert order("03/04/2012") == "day_first"
    assert order("25/02/2012", "03/04/2012") == "day_first"
    assert order("02/25/2012", "03/04/2012") == "month_first"
    assert order("02/25/2012", "25/02/2012") == "mixed"
    assert order("02/25/2012", *["25/02/2012"] * 8) == "mixed"
    assert order("02/25/2012", *["25/02/2012"] * 9) == "day_first"


def test_a_column_that_can_not_tell_follows_its_neighbours():
    data = workbook(("Name", "DOB", "Consent date"), ("Ann Hale", "02/25/2012", "03/04/2026"))
    assert mapped(data)[1].columns[2].order == "month_first"


def test_no_headings_is_nothing_found():
    assert find_headings([]) is None
    assert find_headings([(1, 2), (3, 4)]) is None

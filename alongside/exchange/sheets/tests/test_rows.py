"""Rows: who is somebody, what is refused, what a person must decide, what is kept."""

from datetime import date

import pytest

from alongside.exchange.sheets import BadMapping, prepare
from alongside.exchange.sheets.rows.checks import age_on
from alongside.exchange.sheets.tests.workbooks import HEADINGS, TODAY, codes, mapped, prepared, workbook

ANN = ("Ann Hale", "25/02/2012", "9990512426", "Red")


def one(headings, *cells):
    return prepared(workbook(headings, cells)).rows[0]


def outcomes(*rows, headings=HEADINGS):
    return [row.outcome for row in prepared(workbook(headings, *rows)).rows]


def test_totals_and_repeated_headings_in_the_middle_are_nobody_and_the_sum_holds():
    register = prepared(
        workbook(
            HEADINGS,
            ANN,
            ("RED",),
            ("Total", 1),
            HEADINGS,
            (),
            ("Zara Moss", "1/2/2013"),
            ("Grand total", 2, "3%"),
        )
    )
    assert [row.outcome for row in register.rows] == [
        "ready",
        "blank",
        "blank",
        "blank",
        "blank",
        "ready",
        "blank",
    ]
    counts = register.counts
    assert counts.pop("rows") == sum(counts.values()) == 7


def test_somebody_called_total_is_somebody():
    assert outcomes(("Total, Ann", "25/02/2012", "9990512426", "Red")) == ["ready"]
    assert outcomes(("Total Hale", None, "9990512426", None)) == ["ready"]


def test_a_row_without_name_or_number_is_refused():
    row = one((*HEADINGS, "Notes"), None, "25/02/2012", None, "Red", "lives with nan")
    assert (row.outcome, codes(row) & {"nobody_named"}) == ("refused", {"nobody_named"})
    assert row.raw["Notes"] == "lives with nan"


def test_a_number_without_a_name_needs_a_person_and_a_name_alone_too():
    assert outcomes((None, "25/02/2012", "9990512426", "Red")) == ["review"]
    assert outcomes(("Ann Hale", None, None, "Red")) == ["review"]
    assert outcomes(("Ann Hale", None, "9990512426", "Red")) == ["ready"]
    assert outcomes(("Ann Hale", "25/02/2012", None, "Red")) == ["ready"]


def test_names_in_two_columns():
    row = one(("Surname", "Forename", "DOB"), "LIGHTFOOT-GREAVES", "erin", "09/07/2009")
    assert str(row.fields["name"]) == "Erin Lightfoot-Greaves"
    assert one(("Surname", "Forename", "DOB"), "Hale", None, "09/07/2009").outcome == "review"


def test_high_medium_and_low_are_red_amber_and_green():
    rows = [
        (f"{name} Hale", "25/02/2012", None, level) for name, level in (("A", "HIGH"), ("B", "Medium"), ("C", "low"))
    ]
    register = prepared(workbook(HEADINGS, *rows))
    assert [row.fields["rating"] for row in register.rows] == ["red", "amber", "green"]
    assert "High is read as red" in register.notes[-1]


def test_american_dates_are_read_month_first_all_the_way_down():
    rows = [("Ann Hale", "02/25/2012"), ("Zara Moss", "03/04/2013")]
    register = prepared(workbook(("Name", "DOB"), *rows))
    assert [row.fields["birth_date"] for row in register.rows] == [date(2012, 2, 25), date(2013, 3, 4)]


def test_what_fills_no_field_and_what_can_not_be_read_is_kept():
    row = one((*HEADINGS, "Favourite food", "Admission date"), *ANN, "Chips", "last spring")
    assert row.unmapped == {"Favourite food": "Chips", "Admission date": "last spring"}
    assert "date_unread" in codes(row)


def test_a_day_before_birth_is_not_used_and_kept():
    row = one((*HEADINGS, "Consent date"), *ANN, "24/02/2012")
    assert ("consent_date" in row.fields, row.unmapped["Consent date"]) == (False, "24/02/2012")
    assert one((*HEADINGS, "Consent date"), *ANN, "25/02/2012").fields["consent"].on == date(2012, 2, 25)


def test_blue_without_a_unit_and_a_unit_without_blue_are_told():
    assert "blue_without_unit" in codes(one(HEADINGS, *ANN[:3], "Blue"))
    headings = (*HEADINGS, "Inpatient unit", "Admission date")
    assert codes(one(headings, *ANN[:3], "Blue", "Heron Ward", "1/2/2026")) == {"consent_unknown"}
    assert "unit_without_blue" in codes(one(headings, *ANN, "Heron Ward", "1/2/2026"))
    assert "admission_date_missing" in codes(one(headings, *ANN[:3], "Blue", "Heron Ward", None))


@pytest.mark.parametrize(
    ("born", "said", "basis", "doubtful"),
    [
        ("22/11/2010", "Y - YP", "person_16_or_over", False), ("23/11/2010", "Y - YP", "person_competent_child", False),
        ("22/11/2008", "Y - mum", "parental_responsibility", True),
        ("23/11/2008", "Y - mum", "parental_responsibility", False),
        ("22/11/2010", "Best interests", "best_interests", False),
        ("23/11/2010", "Best interests", "best_interests", True),
        ("22/11/2010", "Gillick", "person_competent_child", True),
        ("23/11/2010", "Gillick", "person_competent_child", False),
    ],
)  # fmt: skip
def test_the_basis_of_consent_on_both_sides_of_its_age(born, said, basis, doubtful):
    row = one((*HEADINGS, "Consent"), "Ann Hale", born, None, "Red", said)
    assert row.fields["consent"].basis == basis
    assert ("consent_basis_doubtful" in codes(row)) == doubtful


def test_an_empty_consent_is_unknown_and_the_row_is_used():
    row = one((*HEADINGS, "Consent"), *ANN, None)
    assert (row.outcome, row.fields["consent"].answer) == ("ready", "unknown")
    assert one(HEADINGS, *ANN).fields["consent"].answer == "unknown"


def test_several_columns_of_one_address_are_joined():
    row = one((*HEADINGS, "Address line 1", "Town"), *ANN, "1 High Street", "Saltby")
    assert row.fields["address"] == "1 High Street, Saltby"


def test_a_mapping_without_a_name_is_not_run():
    sheet, mapping = mapped(workbook(HEADINGS, ANN))
    with pytest.raises(BadMapping):
        prepare(sheet, mapping.with_field(0, None).with_field(2, None), TODAY)


def test_a_corrected_mapping_is_followed():
    sheet, mapping = mapped(workbook((*HEADINGS, "Zone"), (*ANN, "Saltby")))
    assert prepare(sheet, mapping.with_field(4, "council"), TODAY).rows[0].fields["council"] == "Saltby"


def test_age_in_whole_years():
    assert age_on(date(2010, 11, 22), date(2026, 11, 21)) == 15
    assert age_on(date(2010, 11, 22), date(2026, 11, 22)) == 16
    assert age_on(date(2012, 2, 29), date(2028, 2, 28)) == 15
    assert age_on(date(2012, 2, 29), date(2027, 3, 1)) == 15


# The same person twice.

MORE = (*HEADINGS, "Postcode", "Notes")


def second(*rows):
    return prepared(workbook(MORE, *rows)).rows[1]


def test_an_exact_repeat_is_matched_to_the_first():
    row = second((*ANN, "ZZ8 6FP", "x"), ("HALE, Ann", "2012-02-25", "999 051 2426", "RED", "zz86fp", "X"))
    assert (row.outcome, row.repeat_of, row.adds) == ("repeat", 2, ())


def test_a_repeat_that_differs_needs_a_person_and_says_in_what():
    row = second((*ANN, "ZZ8 6FP", "x"), (*ANN[:3], "Amber", "ZZ8 6FP", "y"))
    assert (row.outcome, row.maybe_same_as) == ("review", 2)
    assert "differs in: RAG, Notes" in row.problems[-1].sentence


def test_a_repeat_without_an_nhs_number_needs_name_birthday_and_postcode():
    same = ("Ann Hale", "25/02/2012", None, "Red", "ZZ8 6FP")
    assert second(same, same).outcome == "repeat"
    assert second((*same[:4], None), (*same[:4], None)).outcome == "review"
    assert second(same, (*ANN, "ZZ8 6FP")).outcome == "review"


@pytest.mark.parametrize(
    ("later", "says"),
    [
        (("Ann Hale", "26/02/2012", "9990512426", "Red"), "same_number_other_birth"),
        (("Zoe Moss", "25/02/2012", "9990512426", "Red"), "same_number_other_name"),
        (("Ann Hale", "25/02/2012", "9997072510", "Red"), "same_name_other_number"),
        (("Ann Hale-Moss", "25/02/2012", None, "Red"), "maybe_same"),
        (("Anne Hale", "25/02/2012", None, "Red"), "maybe_same"),
        (("Ann Moss", "25/02/2012", None, "Red", "ZZ8 6FP"), "maybe_same"),
        (("Ann Hale", "26/02/2012", None, "Red", "ZZ8 6FP"), "maybe_same"),
        (("Ann Hale", None, None, "Red"), "maybe_same"),
    ],
)
def test_perhaps_the_same_person_needs_a_person(later, says):
    row = second((*ANN, "ZZ8 6FP"), later)
    assert (row.outcome, row.maybe_same_as) == ("review", 2)
    assert says in codes(row)


@pytest.mark.parametrize(
    "later",
    [
        ("Ben Hale", "25/02/2012", None, "Red", "ZZ8 6FP"),
        ("Ann Hale", "26/02/2012", "9997072510", "Red", "ZZ8 6FP"),
        ("Anne Hale", "25/02/2012", "9997072510", "Red", "ZZ8 6FP"),
        ("Ann Hale", "26/02/2012", None, "Red", "ZZ9 9ZZ"),
    ],
)
def test_a_twin_a_namesake_and_a_neighbour_are_other_people(later):
    assert second((*ANN, "ZZ8 6FP"), later).outcome == "ready"


def test_a_repeat_of_a_refused_row_stands_for_itself_and_of_a_waiting_row_waits():
    assert second(("Ann Hale", "31/02/2012", "9990512426"), ANN).outcome == "ready"
    row = second((*ANN[:3], "purple"), ANN)
    assert (row.outcome, "repeat_waits" in codes(row)) == ("review", True)


def test_the_fingerprint_is_of_the_facts_and_not_of_the_typing():
    one_way = prepared(workbook(HEADINGS, ANN)).rows[0].fingerprint
    another = prepared(workbook(HEADINGS, ("HALE, Ann ", date(2012, 2, 25), 9990512426, "red"))).rows[0].fingerprint
    changed = prepared(workbook(HEADINGS, (*ANN[:3], "Amber"))).rows[0].fingerprint
    assert one_way == another != changed

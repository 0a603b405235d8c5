"""One cell at a time: dates, names, numbers and the words of a register."""

from datetime import date, datetime, time

import pytest

from alongside.exchange.sheets.tests.workbooks import TODAY
from alongside.exchange.sheets.values.agreement import read_consent
from alongside.exchange.sheets.values.circumstances import (
    read_keyworker,
    read_looked_after,
    read_school,
    read_unit,
    read_yes_no,
)
from alongside.exchange.sheets.values.dates import (
    MIXED,
    MONTH_FIRST,
    read_any_date,
    read_birth_date,
    read_past_date,
)
from alongside.exchange.sheets.values.equality import read_ethnicity, read_gender
from alongside.exchange.sheets.values.identifiers import (
    read_email,
    read_nhs_number,
    read_phone,
    read_postcode,
)
from alongside.exchange.sheets.values.names import read_name, read_name_part
from alongside.exchange.sheets.values.ratings import read_diagnosis, read_rating
from alongside.exchange.sheets.values.text import cell_text, clean, keep


def code(outcome) -> str:
    return outcome.remarks[0].code if outcome.remarks else ""


@pytest.mark.parametrize(
    "written",
    [
        "25/02/2013", "25.02.13", "25-2-2013", "25 Feb 2013", "25th February 2013", "Feb 25, 2013", "25-Feb-13",
        "2013-02-25", "2013-02-25 00:00:00", "2013/02/25", "25022013", "20130225", "Mon 25 Feb 2013", "25 / 02 / 2013",
        41330, 41330.0, "41330", date(2013, 2, 25), datetime(2013, 2, 25, 9, 30), "02/25/2013", " 25/02/2013\x07",
    ],
)  # fmt: skip
def test_a_birth_date_however_written(written):
    assert read_birth_date(written, today=TODAY).value == date(2013, 2, 25)


@pytest.mark.parametrize(
    ("written", "says", "severity"),
    [
        ("31/02/2011", "birth_impossible", "refuse"),
        ("32/01/2011", "birth_impossible", "refuse"),
        ("13/13/2011", "birth_impossible", "refuse"),
        ("00/01/2011", "birth_impossible", "refuse"),
        ("29/02/2011", "birth_impossible", "refuse"),
        ("12/05/2034", "birth_in_future", "refuse"),
        ("23/11/2026", "birth_in_future", "refuse"),
        ("31/12/1905", "birth_too_long_ago", "refuse"),
        ("about 2011", "birth_unread", "review"),
        ("Mar 2011", "birth_unread", "review"),
        (2011, "birth_unread", "review"),
        (True, "birth_unread", "review"),
        (time(9, 30), "birth_unread", "review"),
    ],
)
def test_a_birth_date_that_can_not_be(written, says, severity):
    outcome = read_birth_date(written, today=TODAY)
    assert (outcome.value, code(outcome), outcome.remarks[0].severity) == (None, says, severity)


def test_the_edges_of_a_birth_date():
    assert read_birth_date("22/11/2026", today=TODAY).value == TODAY
    assert read_birth_date("29/02/2012", today=TODAY).value == date(2012, 2, 29)
    assert read_birth_date("01/01/1906", today=TODAY).value == date(1906, 1, 1)


@pytest.mark.parametrize(("year", "full"), [("26", 2026), ("27", 1927), ("99", 1999), ("00", 2000), ("09", 2009)])
def test_two_digits_of_a_birth_year_are_past(year, full):
    assert read_birth_date(f"01.02.{year}", today=TODAY).value == date(full, 2, 1)


@pytest.mark.parametrize(("year", "full"), [("26", 2026), ("46", 2046), ("47", 1947)])
def test_two_digits_of_another_year_may_lie_a_little_ahead(year, full):
    assert read_any_date(f"01.02.{year}", today=TODAY).value == date(full, 2, 1)


def test_which_is_the_day_follows_the_column():
    assert read_birth_date("03/04/2012", today=TODAY).value == date(2012, 4, 3)
    assert read_birth_date("03/04/2012", today=TODAY, order=MONTH_FIRST).value == date(2012, 3, 4)
    unsure = read_birth_date("03/04/2012", today=TODAY, order=MIXED)
    assert (unsure.value, unsure.remarks[0].severity) == (date(2012, 4, 3), "review")
    assert not read_birth_date("03/03/2012", today=TODAY, order=MIXED).remarks
    assert read_past_date("03/04/2012", today=TODAY, order=MIXED).remarks[0].severity == "note"


def test_a_date_of_something_done_that_lies_ahead_is_not_used():
    assert read_past_date("22/11/2026", today=TODAY).value == TODAY
    assert code(read_past_date("23/11/2026", today=TODAY)) == "date_in_future"
    assert read_any_date("23/11/2026", today=TODAY).value == date(2026, 11, 23)


@pytest.mark.parametrize("word", ["n/a", "TBC", "-", "None", "unknown"])
def test_words_for_nothing_are_nothing_and_kept(word):
    outcome = read_past_date(word, today=TODAY)
    assert (outcome.value, outcome.remarks, outcome.whole) == (None, (), False)
    assert read_past_date("31/04/2026", today=TODAY).remarks[0].severity == "note"


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Hale, Ayaan", "Ayaan", "Hale"), ("Imani BHATT  ", "Imani", "Bhatt"), ("BHATT Imani", "Imani", "Bhatt"),
        ("O'DELL, EWAN", "Ewan", "O'Dell"), ("Lightfoot-Greaves, Erin", "Erin", "Lightfoot-Greaves"),
        ("Miss Olive Dunmore", "Olive", "Dunmore"), ("Ana de la Cruz", "Ana", "de la Cruz"), ("TJ Webb", "TJ", "Webb"),
        ("Zara Jane Ekwueme", "Zara Jane", "Ekwueme"), ("mina lowe", "Mina", "Lowe"), ("Hale; Ann", "Ann", "Hale"),
        ("MARY MCDONALD", "Mary", "McDonald"), ("José\u200b Núñez\x00", "José", "Núñez"),
    ],
)  # fmt: skip
def test_a_name_however_written(written, given, family):
    name = read_name(written).value
    assert (name.given, name.family) == (given, family)


def test_what_somebody_is_known_as():
    assert read_name("Robert (Bob) Hale").value.known_as == "Bob"
    assert read_name('Hale, Robert "Bob"').value.known_as == "Bob"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("Zara", "name_single"), ("Ann / Ben Hale", "name_several"), ("Ann and Ben Hale", "name_several"),
        ("Ann Hale 2", "name_with_more"), ("Hale, Ann (deceased)", "name_with_more"), ("12345", "name_unread"),
        ("A" * 81 + " Hale", "name_long"),
    ],
)  # fmt: skip
def test_a_name_that_needs_a_person(written, says):
    outcome = read_name(written)
    assert (code(outcome), outcome.remarks[0].severity) == (says, "review")


def test_the_longest_name_and_its_parts():
    assert not read_name("A" + "b" * 79 + " Hale").remarks
    assert read_name_part("HALE").value == "Hale"
    assert code(read_name_part("??1")) == "name_unread"


@pytest.mark.parametrize("written", ["999 707 2510", "9997072510", 9997072510, 9997072510.0, "NHS No: 999-707-2510"])
def test_an_nhs_number_however_written(written):
    assert read_nhs_number(written).value == "9997072510"


@pytest.mark.parametrize(
    ("written", "says", "severity"),
    [
        ("9990000000", "nhs_number_invalid", "review"), ("9997072511", "nhs_number_invalid", "review"),
        ("999707251", "nhs_number_length", "review"), ("99970725100", "nhs_number_length", "review"),
        ("9.99E+09", "nhs_number_shortened", "review"), ("999707251O", "nhs_number_unread", "review"),
        ("0000000000", "nhs_number_placeholder", "note"), ("none yet", "nhs_number_words", "note"),
    ],
)  # fmt: skip
def test_an_nhs_number_that_is_not_used(written, says, severity):
    outcome = read_nhs_number(written)
    assert (outcome.value, code(outcome), outcome.remarks[0].severity) == (None, says, severity)


def test_a_lost_nought_is_put_back():
    found = read_nhs_number(next(n for n in range(101_010_000, 101_010_020) if read_nhs_number(n).value))
    assert (len(found.value), found.value[0], code(found)) == (10, "0", "nhs_number_nought")


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("RED", "red"), ("amber ", "amber"), ("Green", "green"), ("BLUE", "blue"), ("High", "red"), ("Medium", "amber"),
        ("low", "green"), ("R", "red"), ("Red - escalating", "red"), ("High risk", "red"), ("inpatient", "blue"),
        ("n/a", None), ("not rated", None), ("", None),
    ],
)  # fmt: skip
def test_a_rating_however_written(written, colour):
    outcome = read_rating(written)
    assert outcome.value == colour
    assert all(remark.severity == "note" for remark in outcome.remarks)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("purple", "rating_unknown"),
        ("yellow", "rating_unknown"),
        ("3", "rating_unknown"),
        ("Amber/Red", "rating_several"),
    ],
)
def test_a_rating_is_never_guessed(written, says):
    outcome = read_rating(written)
    assert (outcome.value, code(outcome), outcome.remarks[0].severity) == (None, says, "review")


@pytest.mark.parametrize(
    ("written", "conditions", "basis"),
    [
        ("ASC", {"autism"}, "diagnosed"), ("Autism", {"autism"}, "diagnosed"),
        ("LD", {"learning_disability"}, "diagnosed"), ("Learning disability", {"learning_disability"}, "diagnosed"),
        ("LD and ASC", {"autism", "learning_disability"}, "diagnosed"),
        ("LD+A", {"autism", "learning_disability"}, "diagnosed"),
        ("both", {"autism", "learning_disability"}, "diagnosed"),
        ("awaiting ASC assessment", {"on_pathway"}, "on_pathway"),
        ("LD, awaiting ASC assessment", {"learning_disability", "on_pathway"}, "diagnosed"),
        ("suspected autism", {"autism"}, "clinically_understood"), ("?ASD", {"autism"}, "clinically_understood"),
        ("ASC, no LD", {"autism"}, "diagnosed"),
    ],
)  # fmt: skip
def test_a_diagnosis_however_written(written, conditions, basis):
    value = read_diagnosis(written).value
    assert (value.conditions, value.basis) == (conditions, basis)


def test_the_year_of_a_diagnosis_and_what_a_wait_is_for():
    assert read_diagnosis("autism (dx 2023)").value.year == 2023
    assert read_diagnosis("awaiting ASC assessment").value.pathway_for == {"autism"}
    assert code(read_diagnosis("ADHD")) == "diagnosis_unread"
    assert code(read_diagnosis("learning difficulties")) == "diagnosis_unread"


@pytest.mark.parametrize(
    ("written", "answer", "basis", "maker"),
    [
        ("Y - mum", "given", "parental_responsibility", "mum"), ("Y", "given", "not_stated", ""),
        ("PR consent", "given", "parental_responsibility", ""), ("Best interests", "given", "best_interests", ""),
        ("Yes, YP (Gillick)", "given", "person_competent_child", "young person"),
        ("refused - reviewing", "refused", "not_stated", ""), ("N", "refused", "not_stated", ""),
        ("parent declined", "refused", "parental_responsibility", "parent"), ("withdrawn", "refused", "not_stated", ""),
        ("dad does not consent", "refused", "parental_responsibility", "dad"),
        ("not given", "refused", "not_stated", ""),
        ("No response from mum", "unknown", "parental_responsibility", "mum"),
        ("not yet asked", "unknown", "not_stated", ""),
        ("TBC", "unknown", "not_stated", ""), (None, "unknown", "not_stated", ""),
        ("blah", "unknown", "not_stated", ""),
        ("No capacity, best interests decision", "given", "best_interests", ""),
        ("lacks capacity", "unknown", "best_interests", ""), ("no objection", "given", "not_stated", ""),
        ("16+ own consent", "given", "person_16_or_over", "young person"),
        ("Yes but lapsed", "unknown", "not_stated", ""),
    ],
)  # fmt: skip
def test_consent_however_written(written, answer, basis, maker):
    value = read_consent(written).value
    assert (value.answer, value.basis, value.decision_maker) == (answer, basis, maker)
    assert value.standing == "carried over, not evidenced"


def test_consent_words_are_always_kept():
    assert read_consent("Y - mum").whole is False
    assert code(read_consent("blah")) == "consent_unread"


@pytest.mark.parametrize(
    ("written", "value"),
    [("Y", "yes"), ("No", "no"), ("in process", "in_process"), ("draft", "in_process"), ("n/a", None), ("TBC", None),
     ("EHCP", "yes"), ("maybe so", None), (True, "yes"), (False, "no")],
)  # fmt: skip
def test_yes_no_and_in_process(written, value):
    assert read_yes_no(written).value == value


@pytest.mark.parametrize(
    ("written", "status", "legal"),
    [("Y", "looked_after", ""), ("N", "not_looked_after", ""), ("S20", "looked_after", "section_20"),
     ("adopted", "adopted", ""), ("ICO", "looked_after", "interim_care_order"), ("Not LAC", "not_looked_after", ""),
     ("care order s31", "looked_after", "section_31"), ("SGO", "special_guardianship", ""),
     ("care leaver", "care_leaver", "")],
)  # fmt: skip
def test_looked_after_however_written(written, status, legal):
    value = read_looked_after(written).value
    assert (value.status, value.legal) == (status, legal)


def test_a_school_and_the_weeks_lived_there():
    larch = read_school("Larch House (52wk)").value
    assert (larch.name, larch.kind, larch.weeks, larch.circumstance) == (
        "Larch House",
        "school",
        52,
        "residential_52",
    )
    assert read_school("Oak, 38 week placement").value.circumstance == "residential_38"
    assert (read_school("EOTAS").value.kind, read_school("none").value.kind) == ("eotas", "none")
    assert read_school("Saltby College").value.circumstance == ""
    assert read_school("n/a").value is None


@pytest.mark.parametrize(
    ("written", "name", "hospital", "security", "service"),
    [("Beech Lodge (low secure)", "Beech Lodge", "", "low", ""),
     ("Heron Ward, Larkfield Hospital", "Heron Ward", "Larkfield Hospital", "", ""),
     ("The Willows CAMHS unit", "The Willows CAMHS unit", "", "", "camhs"),
     ("Kestrel (Med Secure)", "Kestrel", "", "medium", "")],
)  # fmt: skip
def test_a_unit_and_its_security_only_where_it_says_so(written, name, hospital, security, service):
    unit = read_unit(written).value
    assert (unit.name, unit.hospital, unit.security, unit.service) == (name, hospital, security, service)


def test_what_is_no_unit():
    assert read_unit("n/a").value is None
    assert code(read_unit("discharged 3/4/26")) == "unit_left"
    assert code(read_unit("Y")) == "unit_unnamed"


@pytest.mark.parametrize("nobody", ["TBC", "n/a", "awaiting allocation", "None", "vacant", "waiting list"])
def test_a_keyworker_who_is_nobody(nobody):
    assert (read_keyworker(nobody).value, read_keyworker(nobody).whole) == (None, False)
    assert read_keyworker("T. Varga").value == "T. Varga"


def test_postcodes_telephones_and_addresses():
    assert read_postcode("zz86fp").value == "ZZ8 6FP"
    assert code(read_postcode("ZZ8")) == "postcode_unread"
    assert read_phone(7700900123).value == "07700900123"
    assert code(read_phone("ask")) == "phone_unread"
    assert read_email("Ann@Example.org").value == "ann@example.org"
    assert code(read_email("ann at example")) == "email_unread"


def test_gender_and_ethnicity_codes():
    assert [read_gender(word).value for word in ("M", "female", "non-binary", "x?")] == ["1", "2", "3", None]
    assert [read_ethnicity(word).value for word in ("A", "White British", "Martian")] == ["A", "A", None]


def test_control_characters_and_stray_spaces_go():
    assert clean(" a\x00b\x07 \u200b c\n d\ud800") == "ab c d"
    assert keep("one\r\ntwo  three") == "one\ntwo three"
    assert cell_text(float("nan")) == "nan"
    assert cell_text(9997072510.0) == "9997072510"

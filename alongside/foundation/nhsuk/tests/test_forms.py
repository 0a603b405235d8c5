"""Forms speak in sentences, keep what was typed, and draw valid pages."""

from datetime import date

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    FileField,
    Form,
    NumberField,
    OnceForm,
    PasswordField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.foundation.nhsuk.tests.page import Page

TODAY = date(2026, 1, 12)


class BirthForm(Form):
    born = DateField("Date of birth", not_after_today=True)


class DecisionForm(OnceForm):
    name = TextField("Name", most=10)
    outcome = RadiosField(
        "What was decided?", subject="What was decided", choices=[("keep", "Keep"), ("change", "Change")]
    )
    kinds = CheckboxesField("Kinds", choices=[("a", "Calls"), ("b", "Visits")], required=False)
    team = SelectField("Team", choices=[("Keyworking", [("1", "North"), ("2", "South")]), ("3", "Register")])
    days = NumberField("Days", least=1, most=90)
    why = TextareaField("Why?", most=20, required=False)


def born(day="", month="", year=""):
    return BirthForm({"born-day": day, "born-month": month, "born-year": year}, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "sentence", "where"),
    [
        (("", "", ""), "Enter date of birth", "id_born-day"),
        (("12", "1", ""), "Date of birth must include a year", "id_born-year"),
        (("", "", "2012"), "Date of birth must include a day and a month", "id_born-day"),
        (("31", "2", "2012"), "Date of birth must be a real date", "id_born-day"),
        (("12", "13", "2012"), "Date of birth must be a real date", "id_born-month"),
        (("x", "1", "2012"), "Date of birth must be a real date", "id_born-day"),
        (("12", "1", "12"), "Date of birth: the year must include 4 numbers", "id_born-year"),
        (("12", "1", "1899"), "Date of birth must be between 1900 and 2150: check the year", "id_born-year"),
        (("13", "1", "2026"), "Date of birth must be today or in the past", "id_born-day"),
        (("²", "1", "2012"), "Date of birth must be a real date", "id_born-day"),
        (("9" * 5000, "1", "2012"), "Date of birth must be a real date", "id_born-day"),
    ],
)
def test_a_date_that_cannot_be_is_told_in_a_sentence_that_leads_to_its_box(typed, sentence, where):
    form = born(*typed)
    assert form.problems == [(where, sentence)]
    assert where in Page(str(form)).ids()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("12", "1", "2026"), date(2026, 1, 12)),
        (("29", "2", "2012"), date(2012, 2, 29)),
        (("01", "01", "1900"), date(1900, 1, 1)),
        ((" 3 ", "march", "2012"), date(2012, 3, 3)),
        (("3", "Sep", "2012"), date(2012, 9, 3)),
    ],
)
def test_a_date_may_be_typed_in_any_usual_way(typed, day):
    form = born(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == day


def test_only_the_wrong_box_of_a_date_is_marked():
    page = Page(str(born("12", "1", "")))
    marked = [box["name"] for box in page.all("input") if "nhsuk-input--error" in box["class"]]
    assert marked == ["born-year"]


def test_a_date_may_be_left_out_when_it_is_optional():
    class Since(Form):
        since = DateField("Since", required=False)

    form = Since({})
    assert form.is_valid()
    assert form.cleaned_data["since"] is None
    assert "Since (optional)" in Page(str(form)).words


def test_a_known_date_stands_in_its_boxes():
    page = Page(str(BirthForm(initial={"born": date(2012, 3, 31)})))
    assert [box["value"] for box in page.all("input")] == ["31", "3", "2012"]


def test_earliest_and_latest_days_are_allowed_and_the_days_beside_them_are_not():
    field = DateField("Held", earliest=date(2026, 1, 1), latest=date(2026, 1, 31))
    assert field.clean(date(2026, 1, 1)) == date(2026, 1, 1)
    assert field.clean(date(2026, 1, 31)) == date(2026, 1, 31)
    with pytest.raises(django_forms.ValidationError, match="Held must be 1 January 2026 or later"):
        field.clean(date(2025, 12, 31))
    with pytest.raises(django_forms.ValidationError, match="Held must be 31 January 2026 or earlier"):
        field.clean(date(2026, 2, 1))


WRONG = {
    "name": "x" * 11,
    "outcome": "sell",
    "kinds": ["b", "z"],
    "team": "9",
    "days": "ninety",
    "why": "<script>alert(1)</script>",
}


def test_every_problem_is_a_sentence_in_the_order_of_the_questions():
    form = DecisionForm(WRONG | {"submission": "a" * 22})
    assert form.problems == [
        ("id_name", "Name must be 10 characters or fewer"),
        ("id_outcome", "Select what was decided from the list"),
        ("id_kinds", "Select kinds from the list"),
        ("id_team", "Select team from the list"),
        ("id_days", "Days must be a whole number, like 30"),
        ("id_why", "Why must be 20 characters or fewer"),
    ]


def test_each_problem_leads_to_something_on_the_page():
    form = DecisionForm(WRONG)
    page = Page(str(form))
    assert {where for where, _ in form.problems if where} <= set(page.ids())


def test_what_was_typed_comes_back_and_is_never_markup():
    html = str(DecisionForm(WRONG))
    assert 'value="ninety"' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>" not in html
    assert [tick["value"] for tick in Page(html).all("input", type="checkbox") if "checked" in tick] == ["b"]


def test_text_keeps_its_first_empty_line():
    form = DecisionForm({"why": "\nsecond line"})
    assert ">\n\nsecond line</textarea>" in str(form)


@pytest.mark.parametrize(("typed", "right"), [("0", False), ("1", True), ("90", True), ("91", False)])
def test_a_number_may_be_its_least_and_its_most(typed, right):
    form = DecisionForm({"days": typed})
    assert ("days" not in form.errors) is right


def test_control_characters_are_left_out_of_text():
    field = TextareaField("Why?")
    assert field.clean("one\x00\x07\r\ntwo\tthree") == "one\ntwo\tthree"


def test_a_page_has_no_id_twice_and_points_only_at_what_is_there():
    first, second = DecisionForm(), DecisionForm(WRONG, prefix="second")
    page = Page(f"{first}{second}{DecisionForm(prefix='third')}")
    assert page.repeated_ids() == set()
    assert page.names_of_missing_ids() == set()


def test_the_first_answer_carries_the_id_of_its_question():
    page = Page(str(DecisionForm()))
    assert [answer["id"] for answer in page.all("input", type="radio")] == ["id_outcome", "id_outcome-2"]


def test_a_chosen_answer_in_a_group_of_a_list_stays_chosen():
    page = Page(str(DecisionForm({"team": "2"})))
    assert [option["value"] for option in page.all("option") if "selected" in option] == ["2"]
    assert page.one("optgroup") == {"label": "Keyworking"}


def test_a_question_under_an_answer_is_drawn_once_and_keeps_its_problem():
    class Revealing(Form):
        outcome = RadiosField("Outcome", choices=[("a", "A"), ("b", "B")], reveals={"b": "why"})
        why = TextField("Why?", most=3)

    page = Page(str(Revealing({"outcome": "b", "why": "long"})))
    assert page.one("input", name="why")["value"] == "long"
    assert "Why must be 3 characters or fewer" in page.words


def test_a_secret_never_comes_back():
    class Secret(Form):
        secret = PasswordField("Password")

    assert "hunter2" not in str(Secret({"secret": "hunter2"}))


def test_a_tick_that_is_needed_says_so():
    class Sure(Form):
        sure = TickField("I have checked this")

    assert Sure({}).problems == [("id_sure", "Tick the box: I have checked this")]
    assert "checked" in Page(str(Sure({"sure": "on"}))).one("input", type="checkbox")


def test_a_question_is_named_inside_a_sentence():
    class Rated(Form):
        colour = RadiosField("What is the risk?", subject="A rating", choices=[("red", "Red")])

    assert Rated({"colour": "purple"}).problems == [("id_colour", "Select a rating from the list")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("register.exe", b"x", "The file must be CSV or XLSX. Choose another file"),
        ("register.csv", b"", "The file is empty. Choose another file"),
        ("register.csv", b"x" * (1024 * 1024 + 1), "The file must be smaller than 1 MB"),
    ],
)
def test_a_file_that_will_not_do_is_told_why(name, content, sentence):
    class Sheet(Form):
        sheet = FileField("Spreadsheet", accept=".csv, .xlsx", most_mb=1)

    form = Sheet({}, {"sheet": SimpleUploadedFile(name, content)})
    assert form.problems == [("id_sheet", sentence)]
    assert Sheet({}, {"sheet": SimpleUploadedFile("Register.CSV", b"x" * 1024 * 1024)}).is_valid()


def test_a_form_that_may_be_sent_once_carries_the_same_mark_when_it_comes_back():
    opened = Page(str(DecisionForm())).one("input", name="submission")["value"]
    again = Page(str(DecisionForm({"submission": opened}))).one("input", name="submission")["value"]
    other = Page(str(DecisionForm())).one("input", name="submission")["value"]
    assert opened == again != other


@pytest.mark.parametrize("mark", ["", "short", "a" * 65, "with spaces in it and more"])
def test_a_mark_that_we_did_not_make_is_refused(mark):
    form = DecisionForm({"submission": mark})
    assert ("", "This page was not complete when it was sent. Open it again and send it once more") in form.problems


def test_forms_of_other_packages_are_drawn_the_same_way():
    class Theirs(django_forms.Form):
        login = django_forms.EmailField(widget=django_forms.EmailInput(attrs={"autocomplete": "email"}))
        password = django_forms.CharField(widget=django_forms.PasswordInput)
        remember = django_forms.BooleanField(required=False)

    page = Page(str(Theirs({"login": "somebody"})))
    assert page.one("input", name="login") | {"type": "email", "value": "somebody"} == page.one("input", name="login")
    assert page.repeated_ids() == set()


def test_a_list_that_brings_its_own_first_line_has_it_once() -> None:
    own = SelectField("Team", choices=[("", "Nobody"), ("1", "North")])
    assert own.choices == [("", "Nobody"), ("1", "North")]
    assert SelectField("Team", choices=[("1", "North")]).choices == [("", "Select"), ("1", "North")]
    assert SelectField("Team", choices=[("1", "North")], empty="").choices == [("1", "North")]


class FoldedForm(Form):
    """What is needed stands in sight; a name and a day are folded away, though they don't stand together."""

    folds = {"More": ("name", "on")}
    name = TextField("Name", most=10, required=False)
    what = TextField("What?", most=10)
    on = DateField("On which day?", required=False)


def test_what_few_need_is_folded_away_where_its_first_question_stands():
    drawn = str(FoldedForm())
    assert drawn.count("<details") == 1 and "<details" in drawn
    assert drawn.index("More") < drawn.index('name="name"') < drawn.index('name="on-day"') < drawn.index('name="what"')


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [
        ({}, False),
        ({"name": " ", "on-day": ""}, False),
        ({"what": "A room"}, False),
        ({"name": "Jo"}, True),
        ({"on-month": "3"}, True),
        ({"name": "Far too long a name"}, True),
    ],
)
def test_a_fold_is_open_where_something_stands_in_it_or_is_wrong(typed: dict[str, str], is_open: bool):
    assert ('<details class="nhsuk-details" open>' in str(FoldedForm(typed))) is is_open
    assert ('<details class="nhsuk-details" open>' in str(FoldedForm(initial={"name": "Jo"}))) is True

"""Coming on the register with the four questions, going off it, and coming back: how it was last time is shown."""

from datetime import date

import pytest

from tests.journeys.visitor import Visit, Visitor

AGREED = "What was agreed, and who stays in touch?"


@pytest.mark.parametrize(
    ("name", "born", "phone", "scripts"),
    [
        pytest.param("Ottoline Fernley", date(2013, 5, 6), True, True, id="on a phone"),
        pytest.param("Percival Ashdown", date(2011, 9, 8), False, False, id="without scripts"),
    ],
)
def test_somebody_comes_goes_and_comes_back(visit: Visit, name: str, born: date, phone: bool, scripts: bool) -> None:
    priya = visit(as_="Priya Nair", phone=phone, scripts=scripts)
    _comes(priya, name, born)
    _answers_four_questions(priya, name)
    _rates(priya, name)
    _goes(priya)
    priya.follows("Put on the register")
    priya.is_at("Put on the register again")
    priya.is_told("School stays in touch.")
    priya.is_told("Settled at home.")
    _check(priya, "enter-again")
    priya.writes("Why now?", "Two nights without sleep.")
    priya.presses("Put on the register")
    priya.is_told("a rating is due now")
    _opens_rating(priya, name)
    priya.is_told("Last time")
    priya.is_told("Settled at home.")
    _check(priya, "rate-last-time")


def _check(visitor: Visitor, name: str) -> None:
    """Axe itself needs scripts, so without them only what a person would notice is asked."""
    if visitor.scripts:
        visitor.page_is_accessible(name)
    else:
        visitor.page_is_in_order(f"{name}-without-scripts")


def _comes(priya: Visitor, name: str, born: date) -> None:
    given, family = name.split()
    priya.opens("/people/add")
    priya.writes("First name", given)
    priya.writes("Family name", family)
    priya.writes_day("Date of birth", born)
    priya.writes("Why now?", "The school place is breaking down.")
    priya.ticks("Not asked yet, or not known")
    priya.ticks("Then answer four questions that may open keyworking without a red or amber rating")
    _check(priya, "add")
    priya.presses("Put on the register")


def _answers_four_questions(priya: Visitor, name: str) -> None:
    priya.is_at("Two of four: entry to keyworking")
    for question in ("Is the residential or educational placement unstable?", "Do they attend education 50%"):
        priya.ticks("Yes", within=priya.page.get_by_role("group", name=question))
    priya.presses("What do the answers say?")
    priya.is_told("The answers open keyworking.")
    _check(priya, "two-of-four")
    priya.presses("Save")
    priya.is_told("Select whether they come into keyworking")
    decision = priya.page.get_by_role("group", name="Do they come into keyworking by these questions?")
    priya.ticks("No", within=decision)
    priya.presses("Save")
    priya.is_told("Say why your decision differs")
    _check(priya, "two-of-four-again")
    priya.ticks("Yes", within=decision)
    priya.presses("Save")
    priya.is_at(name)
    priya.is_told("The answers were saved.")


def _opens_rating(priya: Visitor, name: str) -> None:
    priya.page.locator("a[href$='/rate']").first.click()
    priya.is_at(f"Risk of admission: {name}")


def _rates(priya: Visitor, name: str) -> None:
    _opens_rating(priya, name)
    priya.ticks("Green")
    priya.writes("What decided it?", "Settled at home.")
    priya.presses("Save the rating")
    priya.is_told("The rating was saved")


def _goes(priya: Visitor) -> None:
    priya.follows("Take off the register")
    priya.ticks("The risk has stayed low")
    priya.writes(AGREED, "School stays in touch.")
    priya.presses("Take off the register")
    priya.is_told("They are off the register now")

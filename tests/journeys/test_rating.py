"""A coordinator's morning: the list, a person, a rating, and what is due because of it. With scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from alongside.foundation import clock
from alongside.foundation.nhsuk.filters import day
from tests.journeys.visitor import Visit, Visitor

BECAUSE = "The crisis team and school both say that this week went well."


@pytest.mark.parametrize(
    ("name", "colour", "new_colour", "scripts"),
    [
        pytest.param("Kai Moss", "Red", "Amber", True, id="with scripts"),
        # Somebody whom no other journey admits: whoever goes into hospital is blue from then on.
        pytest.param("Leo Brandt", "Amber", "Green", False, id="without scripts"),
    ],
)
def test_a_coordinator_rates_somebody_and_what_is_due_changes(
    visit: Visit, name: str, colour: str, new_colour: str, scripts: bool
) -> None:
    priya = visit(scripts=scripts)
    priya.signs_in_as("Priya Nair")
    priya.is_at("My day")
    priya.follows(re.compile("^Register team"))
    priya.sees("Register team's inbox, held today by Priya Nair")
    _walk_through_the_list(priya, colour)
    listed = ", ".join(reversed(name.split()))
    priya.follows(listed)
    priya.is_at(name)
    look_again = f"Look again at the {colour.lower()} rating"
    expect(priya.card("", look_again)).to_be_visible()
    _check(priya, "person")

    priya.presses("Look again at the rating")
    priya.is_at(f"Risk of admission: {name}")
    _check(priya, "rate")
    priya.presses("Save the rating")
    priya.is_told("There is a problem")
    priya.is_told("Say what decided the rating")
    _check(priya, "rate-again")
    priya.ticks(new_colour)
    priya.ticks("Support at home is holding")
    priya.writes("What decided it?", BECAUSE)
    priya.presses("Save the rating")

    priya.is_at(name)
    priya.is_told("The rating was saved")
    priya.is_told(BECAUSE)
    expect(priya.page.get_by_role("heading", name=f"Why is it {new_colour.lower()}?")).to_be_visible()
    expect(priya.page.get_by_text(f"Look again at the {new_colour.lower()} rating").first).to_be_attached()
    expect(priya.card("", look_again)).to_have_count(0)
    _check(priya, "person-rated")
    priya.signs_out()


def _walk_through_the_list(visitor: Visitor, colour: str) -> None:
    """Pages on and back, filters by colour, sorts by name."""
    rows = visitor.page.get_by_role("rowheader")
    visitor.follows("Register")
    visitor.is_at("Register")
    expect(rows).to_have_count(25)
    first = rows.first.inner_text()
    pages = visitor.page.get_by_role("navigation", name="Pages of this list")
    visitor.follows(re.compile("Next"), within=pages)
    expect(rows.first).not_to_have_text(first)
    assert 1 <= rows.count() < 25
    visitor.follows(re.compile("Previous"), within=pages)
    expect(rows.first).to_contain_text(first.split("\n")[0])
    visitor.opens_filters()
    visitor.ticks(colour)
    visitor.presses("Show")
    expect(visitor.page.get_by_role("link", name=re.compile(f"Rating: {colour.lower()}"))).to_be_visible()
    visitor.follows("Person")
    names = [words.split("\n")[0] for words in rows.all_inner_texts()]
    assert names == sorted(names, key=str.casefold) and names
    colours = visitor.page.locator("table .app-rating").all_inner_texts()
    assert set(colours) == {colour} and len(colours) == len(names)
    _check(visitor, f"register-{colour.lower()}")


def _check(visitor: Visitor, name: str) -> None:
    """Axe itself needs scripts, so without them only what a person would notice is asked."""
    if visitor.scripts:
        visitor.page_is_accessible(name)
    else:
        visitor.page_is_in_order(f"{name}-without-scripts")


def test_two_people_decide_at_once_and_the_second_is_told(visit: Visit) -> None:
    priya, grace = visit(as_="Priya Nair"), visit(as_="Grace Lim")
    for coordinator in (priya, grace):
        coordinator.opens_person("Ruby Hale")
        coordinator.is_told("Red is proposed")
        coordinator.follows("Decide on it")
    grace.ticks("Amber")
    grace.writes("What decided it?", "The notice was taken back this morning.")

    priya.ticks("Red")
    priya.writes("What decided it?", "Notice stands; no other placement is found.")
    priya.presses("Save the rating")
    priya.is_told("Red needs a day for the next look")
    priya.presses("Save the rating")
    priya.is_told("The rating was saved")

    grace.presses("Save the rating")
    grace.is_told("Somebody decided while you were writing")
    grace.is_told("Notice stands; no other placement is found.")
    expect(grace.page.get_by_label("What decided it?")).to_have_value("The notice was taken back this morning.")
    expect(grace.page.get_by_label("Amber", exact=True)).to_be_checked()
    grace.page_is_accessible("rate-second")

    grace.presses("Save the rating")
    grace.is_told("The rating was saved")
    grace.is_told("The notice was taken back this morning.")


def test_a_double_click_saves_one_rating(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", scripts=False)
    priya.opens_person("Robin Vale")
    priya.presses("Look again at the rating")
    priya.ticks("Green")
    priya.writes("What decided it?", "Settled, said twice.")
    priya.page.get_by_role("button", name="Save the rating").dblclick()
    priya.is_at("Robin Vale")
    happened = priya.page.get_by_role("region", name="What happened").get_by_role("listitem")
    expect(happened.filter(has_text="Rated green").filter(has_text=day(clock.today()))).to_have_count(1)

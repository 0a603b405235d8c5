"""A team's own ways: a view of the list that is saved and shared, and an area's own value of a rule."""

import re

import pytest
from playwright.sync_api import expect

from alongside.foundation import clock
from tests.journeys.visitor import Visit


@pytest.mark.parametrize("scripts", [pytest.param(True, id="with scripts"), pytest.param(False, id="without scripts")])
def test_a_view_is_saved_and_shared_and_taken_away_again(visit: Visit, scripts: bool) -> None:
    name = f"Red without a keyworker {'' if scripts else 'too'}".strip()
    priya = visit(as_="Priya Nair", phone=True, scripts=scripts)
    priya.follows("Register") if scripts else priya.opens("/register")
    priya.opens_filters()
    priya.ticks("Red")
    priya.ticks("No keyworker")
    priya.presses("Show")
    priya.page.get_by_text("Save or remove a view", exact=True).click()
    priya.presses("Save this view")
    priya.is_told("Enter a name for this view")
    priya.page_is_in_order("view-without-name")
    priya.writes("Name of this view", name)
    priya.ticks("Share it with everybody in the area")
    priya.presses("Save this view")
    priya.is_told(f"The view “{name}” was saved")
    priya.page_is_accessible("register-saved-view") if scripts else priya.page_is_in_order()

    grace = visit(as_="Grace Lim")
    grace.opens("/register")
    grace.follows(re.compile(f"^{name} "), within=grace.page.get_by_role("navigation", name="Saved views"))
    grace.is_told("Rating: red")
    grace.is_told("No keyworker")

    priya.page.get_by_text("Save or remove a view", exact=True).click()
    priya.follows(f"Remove “{name}”")
    priya.page_is_accessible("remove-view") if scripts else priya.page_is_in_order()
    priya.presses("Remove it")
    priya.is_told("was removed")
    grace.opens("/register")
    grace.does_not_see(re.compile(f"^{name}$"))


def test_an_area_sets_its_own_value_and_everybody_is_counted_again(visit: Visit) -> None:
    tom = visit(as_="Tom Reed", wanted="/rules")
    row = tom.page.get_by_role("row").filter(has_text="A missing date is found out")
    tom.follows(re.compile("^Set our own"), within=row)
    tom.page_is_accessible("rule-own-value")
    tom.writes("How long?", "some")
    tom.writes_day("From which day?", clock.today())
    tom.presses("Save")
    tom.is_told("The length must be a whole number from 1 to 1,000")
    expect(tom.page.get_by_label("How long?")).to_have_value("some")
    tom.page_is_accessible("rule-own-value-with-problem")
    tom.writes("How long?", "15")
    tom.writes("Who decided it, and where is it written?", "Register meeting, minute 4")
    tom.presses("Save")
    tom.is_told("Everybody it touches is being counted again")
    expect(row).to_contain_text("Here: 15 working days")
    expect(row).to_contain_text("Register meeting, minute 4")
    tom.page_is_accessible("rules-with-own-value")

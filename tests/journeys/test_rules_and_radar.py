"""The rules behind what is due, and what lies ahead of people growing up."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit


def test_a_reason_leads_to_its_rule(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    priya.opens_person("Leo Brandt")
    priya.page.get_by_role("article").first.locator("a[href^='/rules']").click()
    priya.is_at("Rules")
    priya.is_told("Every time limit behind what is due, with its source")
    priya.follows("Law not in force")
    priya.is_told("Switched off")
    priya.page_is_accessible("rules-law-not-in-force")


def test_the_radar_shows_who_grows_up_next(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.follows("Radar")
    asha.is_at("Transition radar")
    row = asha.page.get_by_role("row").filter(has_text="Jordan Teal").first
    expect(row).to_contain_text("18th birthday")
    asha.follows(re.compile("Jordan Teal"), within=row)
    asha.is_at("Jordan Teal")

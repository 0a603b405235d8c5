"""Who walks alongside: the waiting list, the best matches with reasons, a plan confirmed by a person."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit


def test_a_manager_finds_the_best_keyworker_for_whoever_waits_longest(visit: Visit) -> None:
    tom = visit(as_="Tom Reed", phone=True)
    tom.opens("/keyworking")
    tom.is_at("Keyworking team")
    tom.page_is_accessible("keyworking-team")
    tom.follows("Waiting list")
    tom.is_at("Waiting for a keyworker")
    tom.page_is_accessible("keyworking-waiting")
    tom.page.get_by_role("link", name=re.compile("^Find a keyworker")).first.click()
    tom.is_at("Name a keyworker")
    tom.is_told("Who fits best")
    tom.is_told("Would go from")
    tom.page_is_accessible("keyworking-name")
    tom.page.get_by_role("link", name=re.compile("^Choose ")).first.click()
    tom.presses("Save")
    tom.is_told("They see the record from now on")


def test_a_keyworkers_time_and_leave_are_written_down(visit: Visit) -> None:
    tom = visit(as_="Tom Reed")
    tom.opens("/keyworking")
    tom.follows("Ben Okafor")
    tom.is_at("Ben Okafor")
    tom.page_is_accessible("keyworking-keyworker")
    tom.follows("Add leave")
    tom.presses("Save")
    tom.is_told("There is a problem")
    tom.page_is_accessible("keyworking-leave-with-problem")


def test_a_plan_for_everybody_is_worked_out_and_confirmed_line_by_line(visit: Visit) -> None:
    tom = visit(as_="Tom Reed")
    tom.world.runs("allocate", "--icb", "DEMO", "--json")
    tom.opens("/keyworking/waiting")
    tom.follows("Open the plan")
    tom.is_at("Proposed keyworkers")
    tom.page_is_accessible("keyworking-plan")
    tom.page.get_by_role("link", name=re.compile("^Choose somebody else")).first.click()
    tom.is_at("Choose somebody else")
    tom.page.get_by_role("link", name=re.compile("see the cost")).first.click()
    tom.is_told("All together would fit")
    tom.page_is_accessible("keyworking-line")
    tom.follows("Back to the plan")
    tom.page.get_by_role("checkbox").first.check()
    tom.presses("Confirm those ticked")
    tom.is_told("Each keyworker sees the record from now on")
    expect(tom.page.get_by_text("Taken up").first).to_be_visible()


def test_a_keyworker_sees_their_own_caseload_and_the_teams_totals(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens("/keyworking")
    asha.is_told("Your caseload")
    asha.is_told("Kai Moss")
    asha.page_is_accessible("keyworking-own")

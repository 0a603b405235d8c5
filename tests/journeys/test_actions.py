"""What was agreed: written down by a keyworker, answered by an owner without account, confirmed by the family."""

import json
import re
from datetime import timedelta

import pytest

from alongside.foundation import clock
from tests.journeys.test_family import comes_as
from tests.journeys.visitor import Visit
from tests.journeys.world import World
from tests.plugin import as_owner

WHAT = "Open the library for Kai at lunch"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_keyworker_writes_down_what_was_agreed_and_follows_it(visit: Visit, scripts: bool) -> None:
    asha = visit(as_="Asha Patel", phone=True, scripts=scripts)
    looks = asha.page_is_accessible if scripts else asha.page_is_in_order
    here = asha.opens_person("Kai Moss")
    looks("person-with-actions")
    asha.follows("write down what was agreed")
    asha.presses("Save and ask the owner")
    asha.is_told("There is a problem")
    looks("action-with-problem")
    asha.writes("What was agreed?", WHAT if scripts else f"{WHAT} too")
    asha.writes("How will we know that it is done?", "He says so")
    asha.chooses("What is it about?", "Education")
    asha.writes_day("By when?", clock.today() + timedelta(days=14))
    asha.chooses("Who does it?", "I do it myself (Asha Patel)")
    asha.presses("Save and ask the owner")
    asha.is_at("What was agreed")
    looks("actions-of-person")
    asha.follows(WHAT if scripts else f"{WHAT} too")
    looks("action")
    asha.follows("Say that it is done")
    asha.presses("Save")
    asha.is_told("Write how we know that it is done")
    looks("action-done-with-problem")
    asha.writes("How do we know?", "I saw it.")
    asha.presses("Save")
    asha.is_told("Said to be done")
    asha.does_not_see("Confirm that it happened")
    for path in ("/actions", "/actions/all", "/actions/all?show=money"):
        asha.opens(path)
        looks(re.sub(r"\W+", "-", path))
    asha.opens(f"{here}/actions")
    asha.page_is_in_order()


def test_the_family_says_whether_it_happened(visit: Visit) -> None:
    kai = visit(phone=True)
    comes_as(kai, "Kai Moss")
    kai.follows("What was promised")
    kai.page_is_accessible("family-promised-asked")
    kai.presses(re.compile("^Did this happen.*pictures of the meeting room"))
    kai.page_is_accessible("family-promise")
    kai.ticks("It is not right")
    kai.presses("Send")
    kai.is_told("Tell us what is not right")
    kai.page_is_accessible("family-promise-with-problem")
    kai.writes("Do you want to say more?", "It was another room.")
    kai.presses("Send")
    kai.is_told("Your worker reads what you said")
    asha = visit(as_="Asha Patel")
    asha.opens_person("Kai Moss")
    asha.follows("Send Kai pictures of the meeting room")
    asha.is_told("It was another room.")
    asha.page_is_accessible("action-disputed")


def test_a_manager_sees_how_actions_go_and_keeps_standard_wordings(visit: Visit) -> None:
    manager = visit(as_="Priya Nair")
    manager.opens("/actions/figures")
    manager.page_is_accessible("action-figures")
    manager.opens("/actions/wordings")
    manager.writes("The wording", "Book the yearly health check")
    manager.presses("Add it")
    manager.is_told("Book the yearly health check")
    manager.page_is_accessible("action-wordings")
    manager.opens("/actions/all")
    manager.page_is_accessible("actions-all")


def test_an_owner_without_account_answers_by_a_link(visit: Visit, world: World) -> None:
    asha = visit(as_="Asha Patel")
    here = asha.opens_person("Kai Moss")
    asha.opens(f"{here}/actions/new")
    asha.writes("What was agreed?", "Save a place at the drama club")
    asha.writes("How will we know that it is done?", "He says so")
    asha.chooses("What is it about?", "Education")
    asha.writes_day("By when?", clock.today() + timedelta(days=14))
    asha.chooses("Who does it?", "Somebody else: say below who they are")
    asha.unfolds("Somebody else does it: who they are")
    asha.writes("Somebody else: their name", "Jo Lee")
    asha.writes("Their organisation", school_in(world))
    asha.writes("Their e-mail or mobile number", "jo.lee@example.org")
    asha.page_is_accessible("action-agree")
    asha.presses("Save and ask the owner")
    asha.is_told("Save a place at the drama club")
    jo = visit(phone=True)
    link = link_in_the_post(world)
    jo.opens(link)
    jo.is_at("Will you do this?")
    jo.does_not_see("Moss")
    jo.page_is_accessible("action-by-link")
    jo.presses("Send the answer")
    jo.is_told("There is a problem")
    jo.page_is_accessible("action-by-link-with-problem")
    jo.ticks("Yes, I will do it")
    jo.presses("Send the answer")
    jo.is_at("Thank you. We have your answer")
    jo.page_is_accessible("action-by-link-thanks")
    jo.opens(link, status=404)
    asha.follows("Save a place at the drama club")
    asha.is_told("The owner said yes")


def ask(world: World, sql: str) -> str:
    with as_owner(json.loads(world.environment["ALONGSIDE_DB"])["name"]) as owner:
        row = owner.execute(sql).fetchone()
    assert row is not None
    return str(row[0])


def link_in_the_post(world: World) -> str:
    """The newest link that waits to be sent to an owner."""
    wanted = "select filling->>'link' from inbox_delivery where filling->>'link' like '/action/%'"
    return ask(world, f"{wanted} order by id desc limit 1")


def school_in(world: World) -> str:
    """The whole name of one of the invented schools."""
    return ask(world, "select name from organisations_organisation where kind = 'school' order by id limit 1")


def test_a_link_that_opens_nothing_says_what_to_do(visit: Visit) -> None:
    jo = visit(phone=True)
    jo.opens("/action/" + "x" * 43, status=404)
    jo.is_at("This link opens nothing")
    jo.page_is_accessible("action-link-gone")

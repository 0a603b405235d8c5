"""The family door: asked in by a keyworker, in by link and code, and what a young person and a parent do there."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visit, Visitor

PAGES = ("Something has changed", "What was promised", "My letters", "My own words", "Who can see what")


def comes_as(visitor: Visitor, name: str) -> None:
    visitor.opens("/sign-in")
    visitor.presses(f"Be {name}")
    expect(visitor.page).to_have_url(re.compile("/mine/"))


def looks(visitor: Visitor, name: str) -> None:
    """Axe itself is a script."""
    if visitor.scripts:
        visitor.page_is_accessible(name)
    else:
        visitor.page_is_in_order(name)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_young_person_reads_their_pages_and_says_what_they_think(visit: Visit, scripts: bool) -> None:
    kai = visit(phone=True, scripts=scripts)
    comes_as(kai, "Kai Moss")
    kai.is_at("Hello Kai")
    kai.sees("Asha Patel")
    looks(kai, "family-home")
    for page in (*PAGES, "What I said yes to"):
        kai.follows(page)
        looks(kai, f"family-{page.lower().replace(' ', '-')}")
        kai.follows("Back to the start")
    kai.follows("My own words")
    kai.presses("Save my words")
    kai.is_told("There is a problem")
    looks(kai, "family-words-with-problem")
    said = "I like it when Asha texts first." if scripts else "No scripts, and still heard."
    kai.writes("What do you want us to know?", said)
    kai.presses("Save my words")
    kai.is_told("Thank you.")
    kai.is_told(said)


def test_what_a_mother_tells_is_work_until_it_is_answered_and_the_answer_comes_back(visit: Visit) -> None:
    dawn = visit(phone=True)
    comes_as(dawn, "Dawn Moss")
    dawn.is_at("About Kai")
    dawn.follows("Something has changed")
    dawn.presses("Tell us")
    dawn.is_told("There is a problem")
    dawn.page_is_accessible("family-change-with-problem")
    dawn.ticks("School or college")
    dawn.writes("Tell us in your own words", "The taxi to school was stopped.")
    dawn.ticks("It can't wait")
    dawn.presses("Tell us")
    dawn.is_told("We have got it.")
    asha = visit(as_="Asha Patel", phone=True)
    asha.presses(re.compile("^Read and answer"), within=asha.finds_card("Kai Moss", re.compile("can't wait")))
    asha.is_at("What they told us")
    asha.is_told("The taxi to school was stopped.")
    asha.page_is_accessible("told")
    asha.writes("What was done about it?", "I rang the council. The taxi comes again on Monday.")
    asha.presses("Save and tell them")
    dawn.opens("/mine")
    dawn.follows("Letters")
    dawn.is_told("The taxi comes again on Monday.")


def test_a_keyworker_asks_somebody_in_by_two_letters_and_they_come_in(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens_person("Kai Moss")
    asha.follows("Who of the family signs in")
    asha.page_is_accessible("family-of")
    asha.presses("Invite Paul Gale")
    asha.page_is_accessible("family-invite")
    asha.presses("Show what they will see")
    asha.is_told("There is a problem")
    asha.ticks("Two letters that you print")
    asha.writes("How do you know who they are, and that this phone or address is theirs?", "I visit him every week.")
    asha.presses("Show what they will see")
    asha.is_told("Somebody must agree to it first")
    asha.writes("Who agreed to it, what did they say, and how do you know?", "Dawn agreed when I rang her on Monday.")
    asha.presses("Show what they will see")
    asha.is_at("What Paul Gale will see")
    asha.page_is_accessible("family-read-back")
    asha.presses("Invite them")
    asha.is_at("Two letters for Paul Gale")
    asha.page_is_accessible("family-letters-to-print")
    link, code = asha.page.locator(".app-typed").all_inner_texts()
    paul = visit(phone=True, scripts=False)
    paul.opens(re.sub(r"^https?://[^/]+", "", link))
    paul.is_at("Come in")
    paul.writes("Type the 6 numbers", "000 000" if code != "000000" else "111111")
    paul.presses("Come in")
    paul.is_told("That code is not right")
    paul.writes("Type the 6 numbers", code)
    paul.presses("Come in")
    paul.is_at("About Kai")
    paul.presses("Sign out")
    again = visit(phone=True)
    again.opens(re.sub(r"^https?://[^/]+", "", link), status=404)
    again.is_at("This link does not work any more")
    again.page_is_accessible("family-no-link")


def test_a_family_signs_in_again_with_the_keyboard_alone(visit: Visit) -> None:
    dawn = visit(phone=True)
    dawn.opens("/family")
    dawn.page_is_accessible("family-sign-in")
    dawn.page.get_by_label("Your phone number or email address").focus()
    dawn.page.keyboard.type("not a number")
    dawn.page.keyboard.press("Enter")
    dawn.is_told("Type a phone number like 07700 900123")
    dawn.page.get_by_label("Your phone number or email address").fill("07700 900114")
    dawn.page.keyboard.press("Enter")
    dawn.is_at("Type your code")
    dawn.page_is_accessible("family-code")
    dawn.page.get_by_label("Type the 6 numbers").focus()
    dawn.page.keyboard.type("12")
    dawn.page.keyboard.press("Enter")
    dawn.is_told("A code has 6 numbers")


def test_a_family_finds_no_page_of_the_staff(visit: Visit) -> None:
    rob = visit(phone=True)
    comes_as(rob, "Rob Moss")
    own = rob.page.url.removeprefix(rob.address)
    for address in ("/register", "/rules", "/account", own.replace("/mine/", "/people/"), own + "/agreed"):
        rob.opens(address, status=404)

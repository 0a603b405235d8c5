"""Asking to join: a young person on a phone, a parent without scripts, and what both see afterwards."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.foundation import clock
from tests.journeys.visitor import Visit, Visitor


def years_ago(years: int) -> object:
    return clock.today() - timedelta(days=int(years * 365.25))


def chooses_first_area(visitor: Visitor) -> None:
    """Asked only where there are several."""
    areas = visitor.page.locator("select[name=area]")
    if areas.count():
        areas.select_option(index=1)


def looks(visitor: Visitor, name: str, scripts: bool) -> None:
    """Axe itself is a script."""
    if scripts:
        visitor.page_is_accessible(name)
    else:
        visitor.page_is_in_order(name)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_young_person_asks_on_a_phone(visit: Visit, scripts: bool) -> None:
    kai = visit(phone=True, scripts=scripts)
    kai.opens("/refer")
    looks(kai, "asking-ways", scripts)
    kai.follows("Ask for me")
    looks(kai, "asking-me-start", scripts)
    kai.presses("Start")
    kai.is_at("What is your name?")
    kai.presses("Continue")
    kai.is_told("There is a problem")
    looks(kai, "asking-me-name-problem", scripts)
    kai.writes("First name", "Kai")
    kai.writes("Last name", "Moss")
    kai.presses("Continue")
    kai.is_at("When is your birthday?")
    kai.writes_day("When were you born?", years_ago(14))
    looks(kai, "asking-me-birthday", scripts)
    kai.presses("Continue")
    kai.is_at("Where is your home?")
    chooses_first_area(kai)
    kai.presses("Continue")
    kai.is_at("About you")
    kai.ticks("I am autistic")
    looks(kai, "asking-me-you", scripts)
    kai.presses("Continue")
    kai.is_at("How do you know?")
    kai.ticks("I am waiting for a check")
    kai.presses("Continue")
    kai.is_at("What is going on")
    kai.ticks("I get very upset and it is hard to feel calm")
    looks(kai, "asking-me-hard", scripts)
    kai.presses("Continue")
    kai.is_at("In your own words")
    kai.writes("What do you want to tell us?", "It is too loud.")
    kai.presses("Continue")
    kai.is_at("Does anyone know?")
    kai.ticks("No")
    looks(kai, "asking-me-grown-up", scripts)
    kai.presses("Continue")
    kai.is_at("Is it OK to keep this?")
    kai.ticks("Yes")
    looks(kai, "asking-me-agree", scripts)
    kai.presses("Continue")
    kai.is_at("How can we talk to you?")
    kai.ticks("Send me a text")
    kai.writes("Your phone number for texts", "07700 900982")
    looks(kai, "asking-me-reach", scripts)
    kai.presses("Continue")
    kai.is_at("Keeping you safe")
    kai.ticks("Yes, or they could")
    kai.writes("Who must not know that you asked?", "my stepdad")
    looks(kai, "asking-me-safe", scripts)
    kai.presses("Continue")
    kai.is_at("Our answer")
    kai.ticks("Short words and pictures")
    looks(kai, "asking-me-answer", scripts)
    kai.presses("Continue")
    kai.is_at("Check what you told us")
    kai.sees("It is too loud.")
    looks(kai, "asking-me-answers", scripts)
    kai.presses("Send")
    kai.is_at("We have what you sent")
    looks(kai, "asking-me-sent", scripts)
    kai.follows("See how it is going")
    kai.is_at("How it is going")
    looks(kai, "asking-me-progress", scripts)
    kai.follows("Tell us more")
    looks(kai, "asking-more-start", scripts)
    kai.presses("Start")
    for heading in ("How we can talk", "Your life now", "People and help", "What you want"):
        kai.is_at(heading)
        looks(kai, f"asking-more-{heading.lower().replace(' ', '-')}", scripts)
        kai.page.locator("textarea").first.fill("I like texts.")
        kai.presses("Continue")
    kai.is_at("Check what you told us")
    kai.presses("Send")
    kai.is_told("Thank you. We have what you told us.")
    looks(kai, "asking-more-sent", scripts)


def test_what_is_typed_is_kept_and_gone_on_with_elsewhere(visit: Visit) -> None:
    here = visit(phone=True)
    here.opens("/refer/family")
    here.presses("Start")
    with here.page.expect_response(re.compile("/keep$")) as kept:
        here.page.get_by_label("Your name").press_sequentially("Dawn Moss")
    assert kept.value.json() == {"kept": True}
    here.sees("What you typed is kept.")
    looks(here, "asking-family-you", True)
    here.follows("Stop now and go on later")
    here.is_at("What you told us is kept")
    looks(here, "asking-saved", True)
    reference, code = here.page.locator(".app-code").all_inner_texts()
    there = visit(phone=True, scripts=False)
    there.opens("/refer/carry-on")
    there.writes("Reference", reference)
    there.writes("Code", "AAAA 2222")
    there.presses("Go on")
    there.is_told("We cannot open this.")
    there.writes("Code", code)
    there.presses("Go on")
    expect(there.page.get_by_label("Your name")).to_have_value("Dawn Moss")


@pytest.mark.parametrize("how", ["the button", "the Shift key"])
def test_leaving_empties_the_page_at_once(visit: Visit, how: str) -> None:
    kai = visit(phone=True)
    kai.page.route(
        "**/leave", lambda route: route.fulfill(body="<title>Rain</title>Rain later", content_type="text/html")
    )
    kai.opens("/refer/me")
    if how == "the button":
        kai.follows(re.compile("^Leave this site"))
    else:
        for _ in range(3):
            kai.page.keyboard.press("Shift")
    expect(kai.page.get_by_text("Rain later")).to_be_visible()
    kai.does_not_see("Ask for help for yourself")


def test_the_guide_never_closes_the_door(visit: Visit) -> None:
    dawn = visit(phone=True, scripts=True)
    dawn.opens("/refer/check")
    looks(dawn, "asking-guide", True)
    dawn.writes("How old are they?", "40")
    chooses_first_area(dawn)
    dawn.ticks("They are waiting for a check")
    dawn.presses("Show what the rules say")
    dawn.sees("You can still ask.")
    looks(dawn, "asking-guide-answer", True)


@pytest.mark.parametrize(("phone", "scripts"), [(True, False), (False, True)], ids=["phone, no scripts", "desk"])
def test_a_parent_asks_for_her_son(visit: Visit, phone: bool, scripts: bool) -> None:
    dawn = visit(phone=phone, scripts=scripts)
    dawn.opens("/refer/family")
    looks(dawn, "asking-family-start", scripts)
    dawn.presses("Start")
    dawn.presses("Continue")
    looks(dawn, "asking-family-you-problem", scripts)
    dawn.writes("Your name", "Dawn Moss")
    dawn.ticks("Their mother, father or other parent")
    dawn.ticks("Yes")
    dawn.presses("Continue")
    dawn.is_at("Who needs help?")
    looks(dawn, "asking-family-them", scripts)
    dawn.writes("First name", "Kai")
    dawn.writes("Last name", "Moss")
    dawn.writes_day("When were they born?", years_ago(13))
    dawn.presses("Continue")
    looks(dawn, "asking-family-home", scripts)
    chooses_first_area(dawn)
    dawn.presses("Continue")
    looks(dawn, "asking-family-diagnosis", scripts)
    dawn.ticks("Autistic")
    dawn.presses("Continue")
    looks(dawn, "asking-family-why", scripts)
    dawn.ticks("School or college is not working")
    dawn.writes("Tell us what is going on", "He can not go to school.")
    dawn.presses("Continue")
    looks(dawn, "asking-family-agree", scripts)
    dawn.ticks("Yes, they agree")
    dawn.presses("Continue")
    looks(dawn, "asking-family-reach", scripts)
    dawn.ticks("Letter")
    dawn.writes("Your address", "3 Mill Lane\nOldtown\nNM1 1AA")
    dawn.presses("Continue")
    looks(dawn, "asking-family-answer", scripts)
    dawn.ticks("A letter in plain words")
    dawn.presses("Continue")
    dawn.is_at("Check what you told us")
    looks(dawn, "asking-family-answers", scripts)
    dawn.presses("Send")
    looks(dawn, "asking-family-sent", scripts)
    dawn.sees("01632 960 111")
    dawn.follows("tell us more")
    dawn.presses("Start")
    looks(dawn, "asking-full-person", scripts)
    dawn.follows("Stop now and go on later")
    looks(dawn, "asking-full-saved", scripts)


def test_a_professional_refers_on_a_desk(visit: Visit) -> None:
    ben = visit()
    ben.opens("/refer/professional")
    ben.presses("Start")
    ben.writes("Your name", "Ben Ward")
    ben.writes("Your role", "Community nurse")
    ben.writes("Your organisation", "Northmoor Trust")
    ben.writes("Work email address", "ben@example.com")
    looks(ben, "asking-professional-you", True)
    ben.presses("Continue")
    ben.is_at("Child or young person")
    looks(ben, "asking-professional-them", True)
    for slug in ("home", "diagnosis", "why", "agree", "answer"):
        ben.opens(f"/refer/professional/{slug}")
        looks(ben, f"asking-professional-{slug}", True)


def test_nobody_needs_a_mouse_to_ask(visit: Visit) -> None:
    kai = visit()
    kai.opens("/refer/me")
    keys = kai.page.keyboard
    kai.page.get_by_role("button", name="Start").focus()
    keys.press("Enter")
    kai.is_at("What is your name?")
    kai.page.get_by_label("First name").focus()
    keys.type("Kai")
    keys.press("Tab")
    keys.type("Moss")
    keys.press("Enter")
    kai.is_at("When is your birthday?")
    keys.press("Tab")
    expect(kai.page.get_by_role("link", name="Skip to main content")).to_be_focused()
    kai.opens("/refer/me/agree")
    kai.page.get_by_label("Yes", exact=True).focus()
    keys.press("ArrowDown")
    expect(kai.page.get_by_label("I want to talk about it first")).to_be_checked()
    kai.opens("/refer/me/name")
    for _ in range(6):
        keys.press("Tab")
        if "Leave" in kai.page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError("The way out is not among the first things that the Tab key reaches")

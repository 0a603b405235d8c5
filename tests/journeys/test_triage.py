"""The register team looks at referrals: asks, says no after a call, and tells the outcome at a safe address."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit, Visitor


def opens_referral(visitor: Visitor, name: str) -> None:
    visitor.opens("/referrals")
    visitor.follows(name)
    visitor.is_at(name)


def test_a_question_and_a_no_on_a_phone(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/referrals", phone=True)
    priya.page_is_accessible("referrals")
    opens_referral(priya, "Idris Vane")
    priya.page_is_accessible("referral")
    priya.presses("Ask for more")
    priya.presses("Send the question")
    expect(priya.page.get_by_role("alert")).to_contain_text("Write what you need to know")
    priya.page_is_accessible("referral-ask")
    priya.writes("What do you need to know, or to see?", "Which ward?")
    priya.writes("From whom?", "the school")
    priya.presses("Send the question")
    priya.is_told("Your question is on its way")
    priya.presses("Not accepted")
    priya.ticks("Another area's register")
    priya.writes("Say why, in words for the family", "Your own area can help.")
    priya.writes("Who can help them now?", "Their register team: 01632 960555")
    priya.page_is_accessible("referral-decline")
    priya.presses("Save: not accepted")
    priya.is_told("Nobody was told yet")
    priya.presses("Record the call")
    priya.page_is_accessible("referral-call")
    priya.ticks("No")
    priya.writes("What was said, or why was there no call?", "No phone number was given.")
    priya.presses("Save")
    priya.presses("Send the outcome")
    priya.page_is_accessible("referral-outcome")
    priya.presses("Continue")
    expect(priya.page.get_by_text("Nothing has been sent yet")).to_be_visible()
    expect(priya.page.get_by_text("nurse@example.com")).to_be_visible()
    priya.page_is_accessible("referral-check")
    priya.presses("Send now")
    priya.is_told("The outcome is on its way")
    priya.follows(re.compile("Ola Brandt"))
    priya.page_is_accessible("referral-letter")


def test_a_yes_without_scripts(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/referrals", scripts=False)
    opens_referral(priya, "Rowan Pike")
    priya.presses("I have looked at it")
    priya.is_told("you have looked at it")
    priya.presses("Accept")
    priya.page_is_in_order("referral-accept")
    priya.ticks("Yes")
    priya.chooses("Who decided?", "A child competent to decide")
    priya.writes("Name of who decided", "Rowan")
    priya.presses("Accept")
    priya.is_told("They are on the register")
    priya.presses("Send the outcome")
    priya.presses("Continue")
    expect(priya.page.get_by_text("You can join the register.")).to_be_visible()
    priya.page_is_in_order("referral-check-easy")
    priya.presses("Send now")
    priya.is_told("The outcome is on its way")
    priya.opens("/referrals?show=closed")
    expect(priya.page.get_by_role("link", name="Rowan Pike")).to_be_visible()

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
    expect(priya.page.get_by_text("You are on the register.")).to_be_visible()
    priya.page_is_in_order("referral-check-easy")
    priya.presses("Send now")
    priya.is_told("The outcome is on its way")
    priya.opens("/referrals?show=closed")
    expect(priya.page.get_by_role("link", name="Rowan Pike")).to_be_visible()


def test_a_letter_is_printed_and_posted_by_somebody(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/referrals?show=declined", phone=True)
    priya.page_is_accessible("referrals-declined")
    priya.follows("Nell Frost")
    priya.presses("Send the outcome to somebody else")
    other = priya.page.get_by_role("group", name="Somebody else")
    other.get_by_label("Tell them").check()
    other.get_by_label("Name").fill("Mrs Frost")
    other.get_by_label("A letter").check()
    other.get_by_label(re.compile("^Where")).fill("5 Mill Lane\nOldtown\nNM1 1AB")
    other.get_by_label("Easy read, with pictures").check()
    priya.presses("Continue")
    priya.sees("5 Mill Lane")
    priya.presses("Send now")
    priya.is_told("The outcome is on its way")
    priya.opens("/letters")
    priya.page_is_accessible("letters-to-print")
    priya.presses("I have printed these")
    priya.is_told("you printed")
    priya.page_is_accessible("letters-to-post")
    priya.presses("I have posted these")
    priya.is_told("you posted")
    priya.opens("/referrals?show=declined")
    priya.follows("Nell Frost")
    priya.sees("Posted, ")


def test_a_manager_says_how_people_reach_the_area(visit: Visit) -> None:
    tom = visit(as_="Tom Reed", wanted="/rules", phone=True)
    tom.follows(re.compile("^How people reach us"))
    tom.page_is_accessible("area-contact")
    tom.writes("Phone number", "ring us")
    tom.presses("Save")
    tom.is_told("Enter a phone number")
    tom.page_is_accessible("area-contact-problem")
    tom.writes("Phone number", "01632 960 111")
    tom.presses("Save")
    tom.is_told("Public pages and new letters show it")

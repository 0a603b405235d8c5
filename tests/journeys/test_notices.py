"""A ward and an A&E department tell by a link; the register team settles it; the manager names who is on call."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from alongside.foundation import clock
from tests.journeys.visitor import Visit


def a_link(visit: Visit, what_for: str, unit: str) -> str:
    """Made by the coordinator, shown once: its path."""
    priya = visit(as_="Priya Nair", wanted="/links")
    priya.presses("Make a link")
    priya.presses("Make the link")
    expect(priya.page.get_by_role("alert")).to_contain_text("Find and select the organisation")
    priya.page_is_accessible("links-make")
    priya.ticks(what_for)
    priya.writes("Find an organisation", "NHS Trust")
    priya.presses("Find an organisation")
    priya.page_is_accessible("links-found")
    priya.page.get_by_role("group", name="Which organisation?").get_by_role("radio").first.check()
    priya.writes("Ward or department", unit)
    priya.presses("Make the link")
    priya.is_at(re.compile(f"The link of {unit}"))
    priya.page_is_accessible("links-made")
    found = re.search(r"/(?:notice|alert)/[A-Za-z0-9_-]{43}", priya.page.locator("main").inner_text())
    assert found
    return found[0]


def test_a_and_e_tells_on_a_phone_and_the_register_team_settles_it(visit: Visit) -> None:
    link = a_link(visit, "Send an alert from A&E", "A&E at night")
    nurse = visit(phone=True)
    nurse.opens(link)
    nurse.page_is_accessible("alert")
    nurse.presses("Send")
    expect(nurse.page.get_by_role("alert")).to_contain_text("Write what happened")
    nurse.page_is_accessible("alert-wrong")
    nurse.writes("First name", "Imran")
    nurse.writes("Family name", "Quill")
    nurse.writes("What happened?", "Brought in by the police, very distressed.")
    nurse.writes("Who should we ring back?", "Sister Okafor")
    nurse.writes("On which number?", "01632 960177")
    nurse.presses("Send")
    nurse.is_at("We have it")
    nurse.page_is_accessible("alert-sent")
    nurse.opens(link[:-1] + ("A" if link[-1] != "A" else "B"), status=404)
    nurse.page_is_accessible("link-gone")
    priya = visit(as_="Priya Nair", wanted="/notices", phone=True)
    priya.page_is_accessible("notices")
    priya.follows("Imran Quill")
    priya.page_is_accessible("notice-new")
    priya.presses("I have it")
    priya.is_told("You have it")
    priya.presses("Rung back: settle it")
    priya.presses("Settle it")
    expect(priya.page.get_by_role("alert")).to_contain_text("Write whom you rang back")
    priya.page_is_accessible("notice-settle")
    priya.writes("Whom did you ring back, and what came of it?", "Rang Sister Okafor: going home tonight.")
    priya.presses("Settle it")
    priya.is_told("What is due goes on with the person")
    priya.page_is_accessible("notice-settled")


def test_a_ward_without_scripts_and_somebody_side_by_side(visit: Visit) -> None:
    link = a_link(visit, "Tell of an admission", "Elm Ward")
    ward = visit(scripts=False)
    ward.opens(link)
    ward.writes("First name", "Teo")
    ward.writes("Family name", "Lambe")
    ward.ticks("A mental health ward")
    ward.writes("What happened?", "Came in last night.")
    ward.writes("Who should we ring back?", "Sister Okafor")
    ward.writes("On which number?", "01632 960177")
    ward.presses("Send")
    ward.is_at("We have it")
    ward.page_is_in_order("notice-sent")
    priya = visit(as_="Priya Nair", wanted="/notices")
    priya.page_is_accessible("notices")
    priya.follows("Theo Lam")
    priya.sees("Who it may be, side by side")
    priya.page_is_accessible("notice-side-by-side")
    priya.follows(re.compile("It is them"))
    priya.writes("How do you know?", "His mother told me on the telephone.")
    priya.page_is_accessible("notice-same")
    priya.presses("Save: it is them")
    priya.is_told("What was told stands on their record")
    priya.page_is_accessible("notice-decided")


def test_the_manager_names_who_is_on_call(visit: Visit) -> None:
    tom = visit(as_="Tom Reed", phone=True)
    tom.opens("/on-call")
    tom.page_is_accessible("on-call")
    tom.presses("Name somebody")
    tom.page.get_by_label("Who?").select_option(index=1)
    tom.writes("Number to ring", "01632 960199")
    soon = clock.today() + timedelta(days=20)
    tom.writes_day("First day", soon)
    tom.writes_day("Last day", soon)
    tom.page_is_accessible("on-call-add")
    tom.presses("Save")
    tom.is_told("01632 960199")
    helen = visit(as_="Helen Marsh", wanted="/on-call", phone=True)
    helen.sees("01632 960180")
    helen.page_is_accessible("on-call-partner")
    helen.opens("/notice")
    helen.page_is_accessible("notice-by-account")


def test_whoever_is_on_call_opens_what_nobody_has_opened(visit: Visit) -> None:
    nurse = visit(phone=True)
    nurse.opens(a_link(visit, "Send an alert from A&E", "A&E by day"))
    nurse.writes("First name", "Ines")
    nurse.writes("Family name", "Quarry")
    nurse.writes("What happened?", "Came by ambulance from school.")
    nurse.writes("Who should we ring back?", "Dr Lund")
    nurse.writes("On which number?", "01632 960178")
    nurse.presses("Send")
    nurse.is_at("We have it")
    reference = nurse.page.locator(".app-code").inner_text()
    priya = visit(as_="Priya Nair", wanted="/", phone=True)
    priya.sees("Nobody has opened these yet")
    priya.page_is_accessible("my-day-not-opened")
    tom = visit(as_="Tom Reed", phone=True)
    tom.opens("/on-call")
    tom.follows(re.compile(f"Open it.*{reference}"))
    tom.sees("Came by ambulance from school.")
    tom.page_is_accessible("on-call-one")
    tom.presses("I have it")
    tom.is_told("You have it")
    tom.presses("Save")
    expect(tom.page.get_by_role("alert")).to_contain_text("Write whom you rang")
    tom.page_is_accessible("on-call-called-wrong")
    tom.writes("Whom did you ring, and what came of it?", "Rang Dr Lund: he goes home with his aunt.")
    tom.presses("Save")
    tom.is_told("The register team reads it")


def test_coming_back_in_five_questions(visit: Visit) -> None:
    teacher = visit(phone=True)
    teacher.opens("/refer")
    teacher.follows("Come back: they had our help before")
    teacher.page_is_accessible("come-back")
    teacher.presses("Send")
    expect(teacher.page.get_by_role("alert")).to_contain_text("Write their first name")
    teacher.page_is_accessible("come-back-wrong")


def test_the_list_of_links(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/links", phone=True)
    priya.sees(re.compile("Willow Ward"))
    priya.page_is_accessible("links")
    desktop = visit(as_="Priya Nair", wanted="/on-call")
    desktop.page_is_accessible("on-call-coordinator")

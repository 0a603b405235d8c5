"""Each term every school is asked: the coordinator, a school at its link on a phone, and what is told by a link."""

import json
import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit, Visitor
from tests.journeys.world import World
from tests.plugin import as_owner


def link_in_the_post(world: World) -> str:
    """The newest link that lies in the outbox for a school, as the school would press it."""
    with as_owner(json.loads(world.environment["ALONGSIDE_DB"])["name"]) as owner:
        row = owner.execute(
            "select filling->>'link' from inbox_delivery where notice = 'asked' and filling->>'link' like '/schools/%' "
            "order by id desc limit 1"
        ).fetchone()
    assert row is not None
    return str(row[0])


def test_a_school_answers_on_a_phone(visit: Visit, world: World) -> None:
    school = visit(phone=True)
    school.opens(link_in_the_post(world))
    school.is_at("Whom do you worry about this term?")
    school.page_is_accessible("school-start")
    school.presses("Continue")
    expect(school.page.get_by_role("alert")).to_contain_text("Enter your name")
    school.writes("Your name", "Sam Reed")
    school.writes("Your role", "SENCO")
    school.ticks("Yes")
    school.presses("Continue")
    school.page_is_accessible("school-asked")
    school.ticks("Yes, and they agree")
    school.ticks("A person with parental responsibility")
    school.writes(re.compile("Name of who agreed"), "Her mother")
    school.page.get_by_role("group", name=re.compile("parents or carers")).get_by_label("Yes").check()
    school.presses("Continue")
    school.page_is_accessible("school-them")
    school.writes("First name", "Iris")
    school.writes("Family name", "Ash")
    for part, value in (("Day", "4"), ("Month", "3"), ("Year", "2012")):
        school.page.get_by_label(part, exact=True).fill(value)
    school.presses("Continue")
    school.page_is_accessible("school-worry")
    tells_of_a_worry(school)
    school.is_at("Check your answer")
    school.presses("Tell us of somebody else")
    school.ticks("Not asked yet")
    school.page.get_by_role("group", name=re.compile("parents or carers")).get_by_label("Not yet").check()
    school.presses("Continue")
    school.is_at("Which school year?")
    school.page_is_accessible("school-year")
    school.chooses("School year", "Year 9")
    school.presses("Continue")
    tells_of_a_worry(school)
    school.page_is_accessible("school-check")
    school.presses("Send")
    school.is_at("We have your answer")
    school.page_is_accessible("school-sent")
    school.is_told("Young person 1 was referred")
    school.is_told("They have been asked now")


def tells_of_a_worry(school: Visitor) -> None:
    school.ticks("Not known to services")
    for question in ("Are they autistic?", "Do they have a learning disability?"):
        school.page.get_by_role("group", name=question).get_by_label("The school thinks so").check()
    school.writes(re.compile("Attendance this term"), "32 of 60")
    school.writes("Why do you worry?", "Has hardly come since October.")
    school.presses("Continue")


def test_nobody_without_scripts(visit: Visit, world: World) -> None:
    school = visit(scripts=False)
    school.opens(link_in_the_post(world))
    school.writes("Your name", "Sam Reed")
    school.writes("Your role", "SENCO")
    school.ticks("Nobody this term")
    school.presses("Continue")
    school.is_at("Check your answer")
    school.presses("Send")
    school.is_told("Nobody this term. Thank you.")
    school.page_is_in_order("school-sent-nobody")


def test_the_coordinator_sees_who_is_silent_and_writes_down_a_call(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/schools", phone=True)
    priya.is_at(re.compile("Schools"))
    priya.page_is_accessible("schools")
    priya.follows(re.compile(r"To be called"))
    priya.page_is_accessible("schools-to-call")
    priya.follows("Stonegate Sixth Form")
    priya.is_at("Stonegate Sixth Form")
    priya.page_is_accessible("school")
    priya.presses("Write down a call")
    priya.presses("Save")
    expect(priya.page.get_by_role("alert")).to_contain_text("Select what came of the call")
    priya.page_is_accessible("school-call")
    priya.ticks("They worry about nobody this term")
    priya.presses("Save")
    priya.is_told("Saved.")
    priya.sees("They worry about nobody this term")


def test_somebody_not_asked_is_talked_about(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/schools?show=named")
    row = priya.page.get_by_role("row").filter(has_text="talk with the school")
    row.first.get_by_role("link").first.click()
    priya.sees("Nobody has asked them yet")
    priya.sees("Attendance 46%")
    priya.page_is_accessible("school-named")
    priya.presses(re.compile("Write down what came of it"))
    priya.page_is_accessible("school-settle")
    priya.ticks("The school supports them and will tell us if it changes")
    priya.writes("In a few words, without a name", "A mentor; we talk again in May.")
    priya.presses("Save")
    priya.is_told("A mentor; we talk again in May.")


def test_the_list_of_schools_and_a_manager_who_reads(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/schools/list", phone=True)
    priya.page_is_accessible("schools-list")
    priya.writes("Schools and colleges", "Wren School, wren-at-example")
    priya.presses("Add them")
    expect(priya.page.get_by_role("alert")).to_contain_text("neither an email address nor a phone number")
    priya.writes("Schools and colleges", "Wren School, head@wren.example.com, 01632 960555")
    priya.presses("Add them")
    priya.is_told("Wren School")
    priya.follows("Wren School")
    priya.page_is_accessible("school-listed")
    tom = visit(as_="Tom Reed", wanted="/schools")
    tom.is_at(re.compile("Schools"))
    tom.page_is_accessible("schools-manager")


def test_what_a_school_told_is_put_on_a_record(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", wanted="/told/1", phone=True)
    priya.is_at("Whom is this about?")
    priya.page_is_accessible("told")
    priya.presses("It is about Kai Moss")
    priya.is_at("Kai Moss")
    priya.sees(re.compile("told us"))


def test_a_partner_tells_of_a_change(visit: Visit) -> None:
    ed = visit(as_="Ed Holloway", wanted="/people", phone=True)
    ed.follows(re.compile("Moss, Kai|Kai Moss"))
    ed.follows("Tell the team that something has changed")
    ed.page_is_accessible("partner-tells")
    ed.ticks("School or college")
    ed.writes("What has changed?", "He comes three mornings a week now.")
    ed.presses("Tell the team")
    ed.is_told("It is with the team that works with them")

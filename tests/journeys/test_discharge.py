"""Mimi is in hospital: her keyworker plans how she leaves, and the commissioner sees what the delay costs."""

import re
from datetime import timedelta

from alongside.foundation import clock
from tests.journeys.test_family import comes_as
from tests.journeys.visitor import Visit, Visitor


def opens_mimi(visitor: Visitor) -> None:
    """Lists name her as she likes to be called, her own page says both."""
    visitor.looks_for("Okonjo")
    visitor.follows("Okonjo, Mimi")
    visitor.is_at("Maya Okonjo")


def test_a_discharge_is_planned_delayed_and_counted(visit: Visit) -> None:
    today = clock.today()
    asha = visit(as_="Asha Patel", phone=True)
    opens_mimi(asha)
    asha.follows(re.compile("^Discharge plan"))
    asha.is_at("Discharge plan")
    asha.sees("Sister Bea Amadi")
    asha.page_is_accessible("discharge-plan-phone")
    asha.follows("Change who leads, or where to")
    asha.page_is_accessible("discharge-lead")
    asha.writes("Who leads the discharge?", "")
    asha.presses("Save")
    asha.is_told("There is a problem")
    asha.page_is_accessible("discharge-lead-with-problem")
    asha.writes("Who leads the discharge?", "Dr Finn Wells")
    asha.presses("Save")
    asha.is_told("Dr Finn Wells")

    asha.presses("Change the date")
    asha.writes_day("When are they expected to leave hospital?", today + timedelta(days=15))
    asha.presses("Save")
    asha.is_told("The day has moved. Say why")
    asha.page_is_accessible("discharge-date-with-problem")
    asha.writes(re.compile("^Why has it moved"), "The evenings are not covered yet.")
    asha.presses("Save")
    asha.is_told("Moved 2 times")

    asha.presses("Add a condition")
    asha.page_is_accessible("discharge-condition")
    asha.chooses("Which part of the plan?", "Home or placement")
    asha.writes("What has to be so before they leave?", "A lock on the medicine cupboard at home")
    asha.writes_day("By when?", today + timedelta(days=7))
    asha.chooses("Who does it?", "I do it myself (Asha Patel)")
    asha.presses("Save")
    asha.is_told("4 of 4 not met yet")

    asha.follows(re.compile("Write down what is known about: Education"))
    asha.ticks("In place")
    asha.writes("What is known?", "Her college keeps her place.")
    asha.page_is_accessible("discharge-heading")
    asha.presses("Save")
    asha.is_told("Her college keeps her place.")

    asha.follows("Write up a meeting")
    asha.writes("Who came?", "The ward, Asha and her mother")
    asha.ticks("Yes", asha.page.get_by_role("group", name="Was the young person there?"))
    asha.ticks("Yes", asha.page.get_by_role("group", name="Was the family there?"))
    asha.writes("What was agreed?", "Home by the end of next week.")
    asha.page_is_accessible("discharge-meeting")
    asha.presses("Save")

    asha.presses("Write down why they are still there")
    asha.writes_day("Since when?", today - timedelta(days=2))
    asha.chooses("Why are they still there?", "Awaiting public funding or a funding panel’s decision")
    asha.chooses("Whose is the delay?", "Not written down yet")
    asha.presses("Save")
    asha.is_told("Select whose the delay is")
    asha.page_is_accessible("discharge-ready-with-problem")
    asha.chooses("Whose is the delay?", "NHS and social care")
    asha.presses("Save")
    asha.is_told("4 nights longer in hospital than was needed, so far")
    asha.page_is_accessible("discharge-plan")

    mimi = visit(phone=True)
    comes_as(mimi, "Maya Okonjo")
    mimi.follows("Going home from hospital")
    mimi.is_at("Going home from hospital")
    mimi.is_told("A lock on the medicine cupboard at home")
    mimi.does_not_see("panel")
    mimi.page_is_accessible("family-hospital")

    carol = visit(as_="Carol Whitfield")
    carol.opens("/hospital/discharges")
    carol.is_at("Leaving hospital")
    carol.is_told("Okonjo")
    carol.is_told("NHS and social care")
    carol.page_is_accessible("leaving-hospital")


def test_how_an_admission_came_about_is_looked_into(visit: Visit) -> None:
    carol = visit(as_="Carol Whitfield")
    opens_mimi(carol)
    carol.follows(re.compile("^Discharge plan"))
    carol.follows("The root cause analysis")
    carol.is_at("How this admission came about")
    carol.page_is_accessible("root-cause-empty")
    carol.presses("Begin the analysis")
    carol.presses("Save")
    carol.is_told("There is a problem")
    carol.page_is_accessible("root-cause-with-problem")
    carol.ticks("Yes", carol.page.get_by_role("group", name="Were they on the register before?"))
    carol.ticks("No", carol.page.get_by_role("group", name="Would a community review have been possible?"))
    carol.chooses("Why was there none?", "Whoever arranges reviews was told late")
    carol.ticks("Education")
    carol.writes("What was found?", "The crisis came over a weekend, and nobody rang on Friday.")
    carol.presses("Save")
    carol.is_told("Nothing in the system has to change")
    carol.page_is_accessible("root-cause")


def test_the_weeks_after_hospital(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens_person("Noah Finch")
    asha.follows(re.compile("^The weeks after hospital"))
    asha.is_at("The weeks after hospital")
    asha.sees("stays red for at least 2 weeks")
    asha.sees("The home treatment team")
    asha.presses("Change this")
    asha.writes("On which number?", "")
    asha.presses("Save")
    asha.is_told("Write the number on which they are reached")
    asha.page_is_accessible("after-discharge-with-problem")
    asha.writes("On which number?", "01632 960100")
    asha.writes("What happens in week 1?", "Somebody of the crisis team comes each evening.")
    asha.presses("Save")
    asha.is_told("01632 960100")
    asha.page_is_accessible("after-discharge")

"""A coordinator plans and runs a register meeting: three people, at a desk and on a phone; an attendee reads theirs."""

import re

import pytest

from alongside.foundation import clock
from tests.journeys.visitor import Visit, Visitor

AT = re.compile("^At what time")


@pytest.mark.parametrize("phone", [pytest.param(False, id="at a desk"), pytest.param(True, id="on a phone")])
def test_a_coordinator_runs_a_meeting_of_three_people(visit: Visit, phone: bool) -> None:
    priya = visit(as_="Priya Nair", phone=phone)
    priya.opens("/meetings")
    priya.is_at("Register meetings")
    priya.page_is_accessible("meetings")
    _plan(priya)
    _ask(priya)
    priya.presses("Send the agenda")
    priya.is_told("The agenda was sent")
    priya.page_is_accessible("meeting-sent")
    priya.presses("Open the meeting")
    priya.is_told("The meeting is open")
    priya.ticks(re.compile("^Helen Marsh"))
    priya.presses("Save who is here")
    priya.is_told("Who is here was saved")
    priya.page_is_accessible("meeting-open")
    priya.presses(re.compile("^Begin with the first person"))
    _talk(priya, number=1)
    priya.page_is_accessible("meeting-second")
    _talk(priya, number=2, keyboard=not phone)
    priya.follows("For the wall")
    priya.page_is_accessible("meeting-wall")
    priya.follows("Back to writing")
    priya.writes("Why?", "Their keyworker is on leave")
    priya.presses("Leave for next time")
    priya.is_told("They are left for next time")
    priya.follows("Back to the agenda")
    priya.presses("Close the meeting")
    priya.is_told("The meeting is closed")
    priya.presses("Minutes")
    priya.is_told("Crisis plan is looked at again, number 1.")
    priya.is_told("Not quorate")
    priya.presses("Send the minutes")
    priya.is_told("The minutes were sent")
    priya.page_is_accessible("minutes")
    priya.page.get_by_role("link", name=re.compile("^Correct the minutes")).first.click()
    priya.page_is_accessible("minutes-correct")
    priya.writes("What was wrong or missing?", "The plan is looked at on Friday.")
    priya.presses("Save")
    priya.is_told("The plan is looked at on Friday.")


def test_an_attendee_reads_their_own_agenda(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    _plan(priya)
    _ask(priya)
    priya.presses("Send the agenda")
    here = priya.page.url.removeprefix(priya.address)
    helen = visit(as_="Helen Marsh", phone=True)
    helen.opens("/messages")
    helen.page.get_by_role("link", name=re.compile("^Register meeting on")).first.click()
    helen.page_is_accessible("meeting-message")
    helen.opens(here)
    helen.is_told("You see the people whom you work with")
    helen.page_is_accessible("meeting-attendee")
    helen.opens(f"{here}/minutes")
    helen.page_is_accessible("meeting-attendee-minutes")
    priya.follows("Call the meeting off")
    priya.writes("Why?", "Snow")
    priya.presses("Save")
    priya.is_told("The meeting was called off")


def _plan(priya: Visitor) -> None:
    priya.opens("/meetings/plan")
    priya.page_is_accessible("meeting-plan")
    priya.writes_day("On which day?", clock.today())
    priya.writes(AT, "half past")
    priya.chooses("Who chairs it?", "Tom Reed, Keyworking service manager")
    priya.presses("Save")
    priya.is_told("Enter a time like 9:30 or 2pm")
    priya.writes(AT, "14:30")
    priya.presses("Save")
    priya.is_told("The meeting was planned")


def _ask(priya: Visitor) -> None:
    if priya.page.get_by_text("Helen Marsh").count():
        return
    priya.follows("Ask somebody to the meeting")
    priya.page_is_accessible("meeting-ask")
    priya.chooses("Who?", "Helen Marsh, CAMHS nurse")
    priya.ticks("Health")
    priya.presses("Save")
    priya.is_told("They are asked to the meeting")


def _talk(priya: Visitor, *, number: int, keyboard: bool = False) -> None:
    """Saves a mistake first, then the decision, and is at the next person; with the keyboard there and back."""
    if keyboard:
        before = priya.page.url
        for words in ("Next person (N)", "Person before (P)"):
            priya.page.get_by_role("link", name=words).focus()
            priya.page.keyboard.press("Enter")
            priya.page.wait_for_load_state()
        priya.page.wait_for_url(before)
    priya.page_is_accessible(f"meeting-person-{number}")
    priya.presses(re.compile("^Save and go on"))
    priya.is_told("Write what is decided")
    priya.page_is_accessible(f"meeting-person-{number}-again")
    priya.writes("What is decided?", f"Crisis plan is looked at again, number {number}.")
    priya.presses(re.compile("^Save and go on"))
    priya.is_told("Saved.")

"""A young person reads what came out of a meeting about her, says how it was, and gets ready for the next."""

import re

from tests.journeys.test_family import comes_as
from tests.journeys.visitor import Visit


def test_mimi_reads_what_came_out_of_a_meeting_and_gets_ready_for_the_next(visit: Visit) -> None:
    mimi = visit(phone=True)
    comes_as(mimi, "Maya Okonjo")
    mimi.is_told("How to get ready for it")
    mimi.follows("Meetings about me")
    mimi.is_at("Meetings about me")
    mimi.is_told("The next meeting")
    mimi.is_told("Larch House, garden room")
    mimi.page_is_accessible("mine-meetings")
    meetings = mimi.page.url.removeprefix(mimi.address)

    mimi.presses("Get ready for it")
    mimi.is_at("Getting ready for a meeting")
    mimi.is_told("Carol Webb leads the day")
    mimi.page_is_accessible("mine-getting-ready-for-one")

    mimi.opens(meetings)
    mimi.follows(re.compile("^The meeting on "))
    mimi.is_told("You can live at home with help in the evenings.")
    mimi.is_told("Mimi moves to a room away from the alarm")
    mimi.does_not_see("Some concern")
    mimi.does_not_see("nobody writes to her")
    mimi.page_is_accessible("mine-meeting")
    mimi.follows("Pictures")
    mimi.is_told("You can go home.")
    mimi.page_is_accessible("mine-meeting-in-pictures")
    mimi.presses("Tell us how it was")
    mimi.page_is_accessible("mine-meeting-how-it-was")

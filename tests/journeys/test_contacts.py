"""A keyworker on a phone, right after a call: from my day to saved in four taps and a sentence."""

import re
from datetime import timedelta

import pytest

from alongside.foundation import clock
from tests.journeys.visitor import Visit, Visitor

PERSON = "Theo Lamb"
# What is due about them after a discharge is seen to in another journey.
NOT_NOW = "Noah Finch"
MOST_TAPS = 4


def counts_taps(visitor: Visitor) -> list[str]:
    """From here on, what is pressed, ticked or followed."""
    taps: list[str] = []
    for name in ("follows", "presses", "ticks"):
        inner = getattr(visitor, name)

        def tap(words: object, *more: object, _inner: object = inner, **how: object) -> None:
            taps.append(str(words))
            _inner(words, *more, **how)  # type: ignore[operator]

        setattr(visitor, name, tap)
    return taps


def finds(asha: Visitor, name: str) -> None:
    """By a few letters in the field of my day: one tap."""
    asha.writes("Somebody else", name)
    asha.presses("Find them")


@pytest.mark.parametrize("by_name", [True, False])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_contact_is_four_taps_and_a_sentence(visit: Visit, scripts: bool, by_name: bool) -> None:
    asha = visit(as_="Asha Patel", phone=True, scripts=scripts)
    asha.is_at("My day")
    if scripts:
        asha.page_is_accessible("my-day-alongside")
    taps = counts_taps(asha)
    likely = asha.page.get_by_role("region", name="Log a contact with")
    if by_name:
        asha.follows(likely.get_by_role("link").filter(has_not_text=NOT_NOW).first.inner_text(), within=likely)
    else:
        finds(asha, "theo la")
    asha.is_at("Log a contact")
    asha.ticks("Phone call")
    asha.ticks("The young person")
    asha.writes("What happened?", "They slept well and go to football again.")
    asha.presses("Save")
    asha.is_told("phone call, with the young person.")
    asha.is_at("My day")
    assert len(taps) <= MOST_TAPS, taps
    asha.has_no_faults()


def test_no_answer_what_was_promised_and_what_is_kept(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    finds(asha, PERSON)
    asha.page_is_accessible("contact")
    asha.presses("Save")
    asha.is_told("Select how you were in touch")
    asha.page_is_accessible("contact-with-problem")
    asha.ticks("Text or message")
    asha.ticks("Their family")
    asha.presses("No answer")
    asha.is_told("no answer. Tried once since the last contact.")
    page = asha.opens_person(PERSON)
    asha.follows("Log a contact") if asha.page.get_by_role("link", name="Log a contact").count() else asha.presses(
        "Log a contact"
    )
    asha.writes("What happened?", "Half a sentence")
    asha.sees("What you typed is kept.")
    asha.opens(page)
    asha.follows("Contacts, promises and appointments")
    asha.page_is_accessible("contacts")
    asha.follows("Write down a promise")
    asha.page_is_accessible("promise-add")
    asha.writes("What did they say they would do?", "Send the school report")
    asha.writes("Who said so?", "Mrs Reed")
    asha.writes_day("By when?", clock.today())
    asha.presses("Save")
    asha.is_told("It comes back to you when its day has passed")
    asha.follows(re.compile("^What became of it"))
    asha.page_is_accessible("promise")
    asha.follows("Make it an action")
    asha.is_at("Make the promise an action")
    asha.page_is_accessible("promise-made-an-action")
    asha.page.go_back()
    asha.ticks("Chased")
    asha.presses("Save")
    asha.follows("Plan an appointment or meeting")
    asha.page_is_accessible("appointment-add")
    asha.ticks("Visit")
    asha.writes_day("Which day?", clock.today() + timedelta(days=1))
    asha.writes("What time?", "10:30")
    asha.writes("Where?", "At home")
    asha.ticks("The family sees this on their pages")
    asha.presses("Save")
    asha.is_told("It stands on My day from 7 days before")
    asha.follows("Say who to ring")
    asha.page_is_accessible("out-of-hours")
    asha.writes("Who is there then?", "The evening line")
    asha.writes("Which number?", "0300 000 0000")
    asha.presses("Save")
    asha.sees("The evening line")
    asha.page_is_accessible("person-with-contacts")
    asha.opens(f"{page}/contact")
    asha.sees("This is what you typed before")
    asha.page_is_accessible("contact-kept")
    asha.opens("/promises")
    asha.page_is_accessible("chase-log")
    asha.opens("/")
    asha.sees("At home")
    asha.page_is_accessible("my-day-with-appointment")


def test_a_calendar_address_and_supervision(visit: Visit) -> None:
    asha = visit(as_="Asha Patel")
    asha.opens("/calendar")
    asha.page_is_accessible("calendar")
    asha.presses("Plan an appointment or meeting")
    asha.is_at("Who is it about?")
    asha.page_is_accessible("appointment-for-whom")
    asha.opens("/calendar")
    asha.presses("Make an address")
    asha.is_told("It is shown only this once")
    asha.page_is_accessible("calendar-made")
    asha.presses("Close the address")
    asha.is_told("The address is closed")
    asha.opens("/supervision")
    asha.is_told("Two new people this month is the most")
    asha.page_is_accessible("supervision-own")

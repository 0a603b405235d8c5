"""A keyworker on a phone, between two visits."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.foundation import clock
from tests.journeys.visitor import Visit


@pytest.mark.parametrize(
    ("what", "days_ago", "scripts"),
    [
        # Made before the 7 days were over, it leaves the contact of the 14 days to be made.
        pytest.param("Make contact within 7 days of the discharge", 5, True, id="with scripts"),
        pytest.param("Make contact within 14 days of the discharge", 1, False, id="without scripts"),
    ],
)
def test_what_is_due_is_done_in_one_short_form(visit: Visit, what: str, days_ago: int, scripts: bool) -> None:
    person = "Noah Finch"
    asha = visit(as_="Asha Patel", phone=True, scripts=scripts)
    asha.is_at("My day")
    asha.presses(re.compile("^Record the contact"), within=asha.finds_card(person, what))
    asha.is_told(person)
    form = asha.page.url
    asha.presses("Save")
    asha.is_told("There is a problem")
    if scripts:
        asha.page_is_accessible("duty-with-problem")
    asha.writes_day("When was the contact?", clock.today() - timedelta(days=days_ago))
    asha.writes("How are they?", "All went well, and the next day is agreed.")
    asha.presses("Save")
    asha.is_told("Saved for Noah Finch")
    expect(asha.card(person, what)).to_have_count(0)
    asha.page_is_in_order("my-day-after")
    asha.opens(form.removeprefix(asha.address), status=410)
    asha.is_at("Somebody has dealt with this already")
    asha.page_is_in_order("duty-gone")


def test_what_is_not_needed_says_why(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    card = asha.finds_card("Noah Finch", re.compile("^Check that the extra support lasted"))
    asha.follows(re.compile("^Not needed, because"), within=card)
    asha.is_told("Say why this is not needed")
    asha.page_is_accessible("not-needed")
    asha.presses("Save")
    asha.is_told("Say why it is not needed")
    asha.writes("Why is it not needed?", "The support team stays until the spring.")
    asha.presses("Save")
    asha.is_told("Saved for Noah Finch")
    asha.opens_person("Noah Finch")
    asha.is_told("The support team stays until the spring.")
    asha.page_is_accessible("person")


def test_how_to_talk_with_somebody_comes_first(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.looks_for("Okonjo")
    asha.follows(re.compile("^Okonjo"))
    asha.is_at("Maya Okonjo")
    asha.sees("Written questions a day before")
    talk = asha.page.get_by_text("Written questions a day before").bounding_box()
    due = asha.page.get_by_role("heading", name="What is due").bounding_box()
    assert talk and due and talk["y"] < due["y"]
    asha.page_is_accessible("maya")


def test_own_words_are_written_down(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens_person("Theo Lamb")
    asha.follows("Write down what they said")
    asha.page_is_accessible("own-words")
    asha.writes("What did they say, in their own words?", "I want to go back to football.")
    asha.presses("Save")
    asha.is_told("“I want to go back to football.”")

"""A document goes onto a record and is read there; a message to the team is answered. Without scripts too."""

from datetime import date

import pytest

from alongside.foundation.documents.letters import Letter, as_pdf
from tests.journeys.visitor import Visit


@pytest.mark.parametrize("scripts", [True, False])
def test_a_document_is_added_and_read_page_by_page(visit: Visit, scripts: bool) -> None:
    priya = visit(as_="Priya Nair", phone=True, scripts=scripts)
    looks = priya.page_is_accessible if scripts else priya.page_is_in_order
    priya.opens_person("Kai Moss")
    priya.follows("Add a document")
    looks("add-document")
    title = f"Letter of the school {scripts}"
    priya.writes("Title", title)
    content = as_pdf(Letter(title=title, on=date(2026, 11, 20), sender="A school", paragraphs=("Kai came.",)))
    chooser = priya.page.locator("input[type=file]")
    chooser.set_input_files({"name": "letter.pdf", "mimeType": "application/pdf", "buffer": content})
    priya.presses("Add")
    priya.is_told("letter.pdf is kept")
    priya.chooses("What is it?", "Letter")
    priya.chooses("What is it about?", "Education")
    priya.presses("Add")
    priya.is_at("Documents")
    priya.follows(title)
    priya.is_at(title)
    shown = priya.page.get_by_role("img", name=f"Page 1 of {title}")
    priya.page.wait_for_load_state()
    assert shown.evaluate("image => image.naturalWidth") > 400
    looks("document")


def test_a_page_that_pretends_to_be_a_picture_is_told_so(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    priya.opens_person("Kai Moss")
    priya.follows("add their picture or recording")
    script = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    priya.page.locator("input[type=file]").set_input_files(
        {"name": "drawing.png", "mimeType": "image/png", "buffer": script}
    )
    priya.presses("Add")
    priya.is_told("This file carries a program in it.")
    priya.page_is_accessible("wrong-file")


def test_a_message_to_the_team_is_read_and_answered(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", phone=True)
    priya.opens("/messages?box=team")
    priya.page_is_accessible("messages")
    priya.follows("Who comes to the meeting on Thursday?")
    priya.presses("Send answer")
    priya.is_told("Write your answer")
    priya.page_is_accessible("message")
    priya.writes("Your answer", "Yes, please bring her.")
    priya.presses("Send answer")
    priya.is_told("Your answer was sent.")
    helen = visit(as_="Helen Marsh")
    helen.opens("/messages")
    helen.follows("Answer: Who comes to the meeting on Thursday?")
    helen.is_told("Yes, please bring her.")


def test_the_outbox_says_what_waits_and_shows_what_it_says(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", phone=True)
    priya.opens("/outbox?list=waiting")
    priya.page_is_accessible("outbox")
    priya.follows("dawn.moss@exmple")
    priya.is_told("You have a new message from Alongside.")
    priya.page_is_accessible("delivery")

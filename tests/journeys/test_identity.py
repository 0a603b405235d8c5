"""Somebody who is here already is seen while they are typed; two records become one and two again; mistakes go."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visit, Visitor


def _types(priya: Visitor, given: str) -> None:
    priya.opens("/people/add")
    priya.writes("First name", given)
    priya.writes("Family name", "Sallow")


def _sends(priya: Visitor) -> None:
    priya.writes("Why now?", "A&E twice")
    priya.ticks("Not asked yet, or not known")
    priya.presses("Put on the register")


def _adds(priya: Visitor, given: str) -> str:
    """Somebody of this journey's own. The address of their page."""
    _types(priya, given)
    _sends(priya)
    priya.is_at(f"{given} Sallow")
    return priya.page.url.removeprefix(priya.address)


def test_a_duplicate_is_seen_while_typing_merged_and_undone(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    _adds(priya, "Wren")
    _types(priya, "Wren")
    priya.sees("Are they here already?")
    priya.page_is_accessible("identity-typing")
    _sends(priya)
    priya.is_told("There is a problem")
    priya.ticks("It is none of the people shown: add somebody new")
    priya.presses("Put on the register")
    priya.is_at("Wren Sallow")

    priya.follows("Register")
    priya.follows("Possible duplicates")
    priya.is_at("Possible duplicates")
    priya.page_is_accessible("identity-pairs")
    priya.follows("Wren Sallow and Wren Sallow")
    priya.is_at("Are they the same person?")
    priya.page_is_accessible("identity-pair")
    priya.presses("Save")
    priya.is_told("Select whether they are the same person")
    priya.page.get_by_label(re.compile("^Yes. Keep")).first.check()
    priya.writes("How do you know?", "Same mother, same school.")
    priya.presses("Save")
    priya.is_told("The two records are one now")
    priya.follows("Records that were merged")
    priya.page_is_accessible("identity-merges")
    priya.follows(re.compile("^Undo"))
    priya.writes("Why?", "Another mother.")
    priya.presses("Undo the merge")
    priya.is_told("The two records stand as they did before")


def test_without_script_the_same_is_asked_when_it_is_sent(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", phone=True, scripts=False)
    _adds(priya, "Lark")
    _types(priya, "Lark")
    priya.does_not_see("Are they here already?")
    _sends(priya)
    priya.sees("Are they here already?")
    priya.page_is_in_order("identity-at-continue")


def test_a_mistake_is_struck_out_from_the_timeline(visit: Visit) -> None:
    priya = visit(as_="Priya Nair", phone=True)
    page = _adds(priya, "Robin")
    priya.opens(f"{page}/circumstance")
    priya.chooses("What is so now?", "Known to youth justice")
    priya.presses("Save")
    priya.is_told("Known to youth justice")
    priya.follows(re.compile("^Something wrong. Known to youth justice"))
    priya.is_at("Something is wrong")
    priya.page_is_accessible("identity-wrong")
    priya.ticks("It should not stand here at all")
    priya.writes("How did it come about?", "A sibling's letter.")
    priya.presses("Save")
    priya.is_told("Struck out")
    expect(priya.page.locator("del").first).to_contain_text("Known to youth justice")
    priya.page_is_accessible("identity-struck-out")


def test_the_number_and_what_stood_on_a_wrong_record_have_their_pages(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    page = _adds(priya, "Martin")
    priya.opens(f"{page}/number")
    priya.page_is_accessible("identity-number")
    priya.opens("/wrong-records")
    priya.page_is_accessible("identity-wrong-records")

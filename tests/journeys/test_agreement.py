"""Asking for agreement on a phone, reading back who will know what, and a changed mind. With scripts and without."""

import re

import pytest
from playwright.sync_api import Locator, expect

from alongside.foundation import clock
from tests.journeys.visitor import Visit, Visitor


def looks(visitor: Visitor, name: str) -> None:
    """Axe itself is a script."""
    if visitor.scripts:
        visitor.page_is_accessible(name)
    else:
        visitor.page_is_in_order(f"{name}-without-scripts")


def question(visitor: Visitor, words: str) -> Locator:
    return visitor.page.get_by_role("group", name=re.compile(f"^{words}"))


def answers(visitor: Visitor, words: str, answer: str) -> None:
    question(visitor, words).get_by_label(answer, exact=True).check()


def begins_with_maya(visitor: Visitor) -> None:
    visitor.opens("/")
    visitor.looks_for("Okonjo")
    visitor.follows(re.compile("^Okonjo"))
    visitor.is_at("Maya Okonjo")
    visitor.follows("Ask for agreement")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_keyworker_asks_and_reads_back_who_will_know_what(visit: Visit, scripts: bool) -> None:
    asha = visit(as_="Asha Patel", phone=True, scripts=scripts)
    begins_with_maya(asha)
    asha.is_at("1 of 3: who decides, and how do we know?")
    asha.is_told("I miss my cat.")
    expect(asha.page.get_by_label("Somebody with parental responsibility")).to_have_count(0)
    asha.presses("Continue")
    asha.is_told("There is a problem")
    looks(asha, "agreement-who-with-problem")
    asha.ticks("The young person themselves, 16 or over")
    asha.writes_day("When did they say it?", clock.today())
    asha.writes("How do we know?", "Said at the visit, with the picture cards.")
    looks(asha, "agreement-who")
    asha.presses("Continue")

    asha.is_at(re.compile("^2 of 3"))
    answers(asha, "May Mimi be on the register", "Yes")
    answers(asha, "May a keyworker work with Mimi", "Yes")
    looks(asha, "agreement-may")
    asha.presses("Continue")

    asha.is_at(re.compile("^3 of 3"))
    answers(asha, "Ngozi Okonjo, mother", "Yes, but not about everything")
    asha.presses("Continue")
    asha.is_told("There is a problem")
    looks(asha, "agreement-known-with-problem")
    question(asha, "Ngozi Okonjo, mother").get_by_label("Their health").check()
    answers(asha, "Helen Marsh", "No")
    looks(asha, "agreement-known")
    asha.presses("Continue")
    asha.is_at("Who will know what")
    begins_with_maya(asha)
    asha.is_told("You began on")
    for page in ("2 of 3", "3 of 3"):
        asha.presses("Continue")
        asha.is_at(re.compile(f"^{page}"))
    expect(question(asha, "Ngozi Okonjo, mother").get_by_label("Their health")).to_be_checked()
    asha.presses("Continue")

    asha.is_at("Who will know what")
    asha.is_told("Telling Ngozi Okonjo: agreed, but not about their health.")
    asha.is_told("Sees nothing: cannot even tell that there is a record.")
    asha.is_told("In an emergency staff can open the record for some hours.")
    looks(asha, "agreement-read-back")
    asha.page.get_by_role("button", name="This is what they said: save it").dblclick()
    asha.is_at("Maya Okonjo")
    asha.follows("who may know what")
    asha.is_told("Telling Ngozi Okonjo")
    looks(asha, "agreement-all")
    helen = visit(as_="Helen Marsh")
    helen.opens("/people")
    helen.does_not_see("Okonjo")


def test_a_child_who_is_competent_changes_their_mind(visit: Visit) -> None:
    priya = visit(as_="Priya Nair")
    address = priya.opens_person("Amara Cole")
    priya.follows("can they decide themselves?")
    priya.is_told("Nothing shows that they are competent to decide this.")
    priya.page_is_accessible("capacity-nothing")
    priya.presses("Write down what was found")
    priya.presses("Save")
    priya.is_told("There is a problem")
    priya.page_is_accessible("capacity-with-problem")
    for about in ("Being on the register", "Having a keyworker", "Who else may know"):
        priya.ticks(about)
    priya.writes_day("When was it found?", clock.today())
    priya.ticks("They can decide this themselves")
    priya.writes("Who found it?", "Dr Lee, psychiatrist")
    priya.writes("How was it found?", "Amara told it back, and said what would change for her.")
    priya.writes("What helped them to decide?", "Pictures, and her aunt beside her")
    priya.presses("Save")
    priya.is_told("They were found competent to decide this")
    priya.page_is_accessible("capacity")

    priya.opens(f"{address}/agreement")
    priya.follows("Somebody changed their mind: stop something")
    priya.presses("Continue")
    priya.is_told("Select what stops")
    priya.page_is_accessible("agreement-stop-with-problem")
    priya.ticks("Being on the register")
    priya.ticks("Having a keyworker")
    priya.ticks("The young person themselves, under 16")
    priya.writes_day("When did they say it?", clock.today())
    priya.writes("How do we know?", "Amara rang.")
    priya.writes("Who was told that it stops?", "Her aunt, and Ben, by telephone")
    priya.presses("Continue")
    priya.is_at("Who will know what")
    priya.is_told("Nobody sees Amara’s record through the register any more.")
    priya.is_told("A short note is kept by")
    priya.page_is_accessible("agreement-read-back-stop")
    priya.presses("This is what they said: save it")
    priya.is_at("Register")
    priya.is_told("Saved. It counts from now on.")
    priya.opens(address, status=410)
    priya.is_at("The answer was recorded")
    priya.page_is_accessible("agreement-recorded")
    priya.opens("/register")
    priya.looks_for("Amara Cole")
    priya.does_not_see("Cole, Amara")
    ben = visit(as_="Ben Okafor")
    ben.opens(address, status=404)

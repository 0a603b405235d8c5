"""The plan: written by the keyworker, approved by the manager, read and answered by the family; the crisis card."""

import re

from playwright.sync_api import expect

from tests.journeys.test_family import comes_as
from tests.journeys.visitor import PHONE, Visit, Visitor

HARD = "Multidisciplinary formulation identifies dysregulation precipitated by unanticipated environmental transitions."
STORY = "He experienced repeated placement breakdowns following unanticipated transitions."
FIRST_SCREEN = {"Whom to ring": "07700 900126", "Do not ring": "Rob Moss", "In a crisis": "Turn down lights and sound."}
FIRST_SCREEN |= {"What helps Kai": "A walk to the station.", "What makes it worse": "Surprises"}


def the_first_screen_is_enough(visitor: Visitor) -> None:
    """Whom to ring, whom not, what to do, what helps and what makes it worse: all without moving the page."""
    for heading, words in FIRST_SCREEN.items():
        part = visitor.page.get_by_role("region", name=heading)
        expect(part).to_contain_text(words)
        box = part.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], (heading, box)


def test_the_crisis_card_is_one_screen_of_a_phone(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens(f"{asha.opens_person('Kai Moss')}/crisis")
    the_first_screen_is_enough(asha)
    for words in ("Sleeps in his clothes.", "Text first.", "Knowing who will be there", "Longer appointments"):
        asha.is_told(words)
    asha.page_is_accessible("crisis-card-on-a-phone")


def test_it_is_one_screen_too_for_a_nurse_who_opened_the_record_at_night(visit: Visit) -> None:
    asha = visit(as_="Asha Patel")
    here = asha.opens_person("Kai Moss")
    number = re.search(r"\d{3} \d{3} \d{4}", asha.page.locator("main").inner_text())
    assert number
    helen = visit(as_="Helen Marsh", phone=True)
    helen.opens("/break-glass")
    helen.writes("NHS number", number[0])
    helen.ticks("They are in A&E, or may be admitted today")
    helen.writes("What is happening?", "Came in with police, very distressed.")
    helen.presses("Open the record")
    helen.is_at("Kai Moss")
    helen.opens(f"{here}/crisis")
    the_first_screen_is_enough(helen)
    helen.is_told("Emergency access.")
    helen.page_is_accessible("crisis-card-in-an-emergency")


def test_a_plan_goes_from_the_keyworkers_phone_to_the_young_persons_own_page(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    here = asha.opens_person("Kai Moss")
    asha.follows("Plan and goals")
    asha.is_at(re.compile("^The plan of"))
    asha.page_is_accessible("plan-before")
    asha.presses("Change the plan")
    asha.is_at(re.compile("^Write the plan with"))
    asha.page_is_accessible("plan-draft")
    asha.follows("Kai’s story")
    asha.writes("In full (optional)", STORY)
    asha.writes("In plain words (optional)", "I moved a lot. That was hard for me.")
    asha.chooses("Picture 1 (optional)", "A home")
    asha.writes("Sentence 1 (optional)", "I moved house a lot.")
    expect(asha.page.get_by_text("What you typed is kept.")).to_be_visible()
    asha.presses("Save and stay here")
    asha.is_told("Hardest sentence")
    asha.page_is_accessible("plan-part")
    asha.opens(f"{here}/plan/draft/crisis")
    asha.writes("In full (optional)", "Turn the lights down. Say little. Do not hold him.")
    asha.presses("Save")
    asha.presses("Send it for approval")
    asha.page_is_accessible("plan-send")
    asha.presses("Send it")
    asha.is_told("Waiting for approval")

    tom = visit(as_="Tom Reed")
    tom.opens(f"{here}/plan")
    tom.follows("Read it and decide")
    tom.is_at(re.compile("^Approve the plan"))
    tom.page_is_accessible("plan-approve")
    tom.presses("Decide")
    tom.is_told("Choose whether it is shared or sent back")
    tom.page_is_accessible("plan-approve-with-problem")
    tom.ticks(re.compile("^Share it"))
    tom.presses("Decide")
    tom.is_told("Version 2, shared on")
    tom.page_is_accessible("plan-shared")

    for face, words in (
        ("Plain words", "That was hard for me."),
        ("Easy read", "I moved house a lot."),
        ("Full", STORY),
    ):
        asha.opens(f"{here}/plan")
        asha.follows(face)
        asha.is_told(words)
        asha.page_is_accessible(f"plan-{face[:4].lower()}")
    asha.presses("Crisis card")
    asha.is_told("Turn the lights down.")
    asha.page_is_accessible("crisis-card")
    asha.opens(f"{here}/plan/goals/add")
    asha.ticks("The young person’s")
    asha.writes("What do they want to reach?", "Go to school by bus")
    asha.page_is_accessible("goal-add")
    asha.presses("Save")
    asha.is_told("Go to school by bus")
    asha.page_is_accessible("goals")
    asha.opens("/crisis-cards")
    asha.is_told("Crisis cards to take with you")
    asha.page_is_accessible("crisis-cards")

    kai = visit(phone=True)
    comes_as(kai, "Kai Moss")
    kai.follows("My plan")
    kai.is_told("I moved a lot. That was hard for me.")
    kai.is_told("Changed: My story")
    kai.follows("Pictures")
    kai.is_told("I moved house a lot.")
    kai.page_is_accessible("mine-plan")
    kai.presses("Tell us what you think")
    kai.page_is_accessible("mine-plan-answer")
    kai.ticks("Some of it")
    kai.presses("Tell us")
    kai.is_told("Tell us a little about what you do not agree with")
    kai.page_is_accessible("mine-plan-answer-with-problem")
    kai.writes("What do you want to say about it? (optional)", "It was not my fault.")
    kai.presses("Tell us")
    kai.is_told("You said yes to some of it")
    kai.presses("My goals")
    kai.follows(re.compile("^Say how near it is.*Go to school by bus"))
    kai.writes("How near is it?", "3")
    kai.presses("Save my score")
    kai.is_told("3 of 10")
    kai.page_is_accessible("mine-goals")

    asha.opens(f"{here}/plan")
    asha.is_told("It was not my fault.")
    asha.page_is_accessible("plan-answered")


LONG = "He likes to be asked first. " * 20 + "He will talk when the kettle is on."


def test_a_long_text_of_the_card_is_folded_and_stands_whole_on_paper(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    here = asha.opens_person("Kai Moss")
    for kind, words in (("helps", LONG), ("crisis", LONG.replace("likes", "wants"))):
        asha.opens(f"{here}/plan/draft/{kind}")
        asha.page.locator("[name=words]").fill(words)
        asha.page.locator("[name=plain]").fill("")
        asha.presses("Save")
    asha.presses("Send it for approval")
    asha.presses("Send it")
    tom = visit(as_="Tom Reed")
    tom.opens(f"{here}/plan/approve")
    tom.ticks(re.compile("^Share it"))
    tom.presses("Decide")

    asha.opens(f"{here}/crisis")
    told = " ".join((asha.page.get_by_role("region", name="What helps Kai").text_content() or "").split())
    assert told.replace("More: What helps Kai ", "").count("He likes to be asked first.") == 20, "no word is lost"
    last = asha.page.get_by_role("region", name="What helps Kai").get_by_text("He will talk when the kettle is on.")
    expect(last).not_to_be_visible()
    expect(asha.page.get_by_role("region", name="In a crisis")).to_contain_text("He will talk when the kettle is on.")
    asha.page_is_accessible("crisis-card-folded")
    asha.page.emulate_media(media="print")
    expect(last).to_be_visible()
    asha.page.emulate_media(media="screen")
    asha.unfolds("More: What helps Kai")
    expect(last).to_be_visible()


def test_the_meter_follows_while_she_types(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    here = asha.opens_person("Kai Moss")
    asha.opens(f"{here}/plan/draft/good")
    asha.writes("In full (optional)", "He likes to swim. He has a friend at school. " * 9)
    said = asha.page.get_by_role("status").filter(has_text="Can be read from")
    expect(said).to_contain_text("That is plain.")
    asha.writes("In full (optional)", "He likes to swim. He has a friend at school. " * 9 + HARD)
    expect(said).to_contain_text(HARD)
    expect(said).not_to_contain_text("That is plain.")
    asha.page_is_accessible("plan-part-while-typing")

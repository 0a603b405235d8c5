"""The plan: written by the keyworker, approved by the manager, read and answered by the family; the crisis card."""

import re

from playwright.sync_api import expect

from tests.journeys.test_family import comes_as
from tests.journeys.visitor import Visit

HARD = "Multidisciplinary formulation identifies dysregulation precipitated by unanticipated environmental transitions."
STORY = "He experienced repeated placement breakdowns following unanticipated transitions."


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

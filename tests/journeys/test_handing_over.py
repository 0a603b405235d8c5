"""Handing over, looking ahead and learning: a manager's pages, and what a family sees of whoever comes."""

import re
from datetime import timedelta

from alongside.foundation import clock
from tests.journeys.visitor import Visit


def test_a_manager_prepares_a_hand_over_and_the_family_is_told_first(visit: Visit) -> None:
    tom = visit(as_="Tom Reed", phone=True)
    tom.opens("/keyworking")
    tom.follows("Asha Patel")
    tom.is_told("Young people")
    tom.page_is_accessible("hand-over-keyworker")
    tom.follows(re.compile("^Hand over their work"))
    tom.is_at("Hand over: Asha Patel")
    tom.page_is_accessible("hand-over-begin")
    tom.ticks("Leaves the team")
    tom.writes_day("On which day do others take over?", clock.today() + timedelta(days=14))
    tom.presses("Save")
    tom.is_at("Hand-over from Asha Patel")
    tom.is_told("nobody who takes over yet")
    tom.page_is_accessible("hand-over-begun")
    tom.presses("Propose who takes over")
    tom.page_is_accessible("hand-over-propose")
    tom.presses("Save")
    tom.is_told("Caseloads before and after")
    tom.page.get_by_role("link", name=re.compile("^Choose somebody else for")).first.click()
    tom.is_at("Who takes over?")
    tom.page_is_accessible("hand-over-line")
    tom.follows("Back to the hand-over")
    tom.page.get_by_role("link", name=re.compile("^Tell the family")).first.click()
    tom.is_at("Tell the family who takes over")
    tom.page_is_accessible("hand-over-tell")
    tom.ticks("In person or by phone")
    tom.presses("Save")
    tom.is_told("There is a problem")
    tom.writes(re.compile("^Who told whom"), "Tom rang Dawn this morning")
    tom.presses("Save")
    tom.is_told("They know who takes over")
    tom.page_is_accessible("hand-over-told")
    tom.presses("Tell the families")
    tom.is_told("not told yet")
    tom.page_is_accessible("hand-over-tell-all")
    family = tom.page.locator("main section").first
    tom.ticks(re.compile("^Tell the family of"), within=family)
    family.get_by_label("How?").select_option(label="In person or by phone")
    tom.writes(re.compile("^In person or by phone: who told them"), "Tom rang them")
    tom.presses("Tell all that are ticked")
    tom.is_told("They know who takes over. Whoever was not ticked")
    tom.follows("Choose who takes the rest")
    tom.is_told("Theirs now:")
    tom.page_is_accessible("hand-over-rest")
    tom.follows("Back")
    tom.follows("Call it off")
    tom.writes("Why does it not happen?", "She stays")
    tom.presses("Save")
    tom.is_told("Nothing changes hands")


def test_a_manager_looks_ahead_and_at_what_the_team_has_learnt(visit: Visit) -> None:
    tom = visit(as_="Tom Reed")
    tom.opens("/keyworking/what-if")
    tom.page_is_accessible("what-if")
    tom.chooses("How many young people come?", "Half as many again")
    tom.presses("Work it out")
    tom.is_told("It is being worked out")
    tom.page_is_accessible("what-if-answer")
    tom.opens("/keyworking/training")
    tom.is_at("Training")
    tom.page_is_accessible("training")
    tom.presses("Import completions")
    tom.page_is_accessible("training-import")
    rows = "keyworker,course,completed\nBen Okafor,Legal frameworks,3/3/2026\nNobody,Legal frameworks,3/3/2026\n"
    file = {"name": "done.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    tom.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    tom.presses("Read the file")
    tom.is_told("1 ready, 0 known already, 1 refused")
    tom.page_is_accessible("training-import-read")
    tom.presses("Save those that are ready")
    tom.is_told("Saved")
    tom.opens("/keyworking/training/courses/new")
    tom.page_is_accessible("training-course")
    tom.opens("/keyworking/awareness")
    tom.page_is_accessible("awareness")

"""Being heard at the top: raised on a phone, decided by somebody who opens no record, read by the family."""

import pytest

from tests.journeys.test_family import comes_as
from tests.journeys.visitor import Visit

WHAT = "Nobody fetches Kai from school"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_keyworker_escalates_on_a_phone(visit: Visit, scripts: bool) -> None:
    asha = visit(as_="Asha Patel", phone=True, scripts=scripts)
    looks = asha.page_is_accessible if scripts else asha.page_is_in_order
    asha.opens_person("Kai Moss")
    asha.follows("escalations and refusals")
    looks("escalations-of-person")
    asha.presses("Escalate something")
    looks("escalation-raise")
    asha.presses("Save")
    asha.is_told("There is a problem")
    looks("escalation-raise-with-problem")
    what = WHAT if scripts else f"{WHAT} again"
    asha.writes("What is stuck?", what)
    asha.writes("What does it mean for them?", "He is at home on three days.")
    asha.writes("What should be decided?", "Who pays for the taxi?")
    asha.chooses("What is it about?", "Education")
    asha.ticks("Health")
    asha.chooses("Why does it go up?", "It is late")
    asha.chooses("To whom?", "3: The senior responsible officer")
    asha.presses("Save")
    asha.is_told("the clock runs")
    asha.follows(what)
    looks("escalation")
    asha.follows("Take it back")
    looks("escalation-step")


def test_a_no_is_written_down_with_a_next_step(visit: Visit) -> None:
    asha = visit(as_="Asha Patel", phone=True)
    asha.opens_person("Kai Moss")
    asha.follows("escalations and refusals")
    asha.follows("Write down a no")
    asha.page_is_accessible("refusal-add")
    asha.presses("Save")
    asha.is_told("Write the reason they gave")
    asha.page_is_accessible("refusal-add-with-problem")


def test_a_senior_officer_decides_on_one_page_and_the_family_reads_it(visit: Visit) -> None:
    ruth = visit(as_="Ruth Castle", phone=True)
    ruth.opens("/escalations")
    ruth.page_is_accessible("escalations-of-officer")
    ruth.follows("Nobody decides who pays for help at home")
    ruth.does_not_see("Ruby")
    ruth.page_is_accessible("escalation-case")
    ruth.presses("Decide")
    ruth.page_is_accessible("escalation-decide")
    ruth.presses("Save")
    ruth.is_told("Write what the family reads")
    ruth.opens("/escalations/figures")
    ruth.page_is_accessible("escalation-figures")
    kai = visit(phone=True)
    comes_as(kai, "Kai Moss")
    kai.follows("What we asked others to decide")
    kai.page_is_accessible("family-decisions")


def test_a_manager_sees_everything_open_and_who_decides(visit: Visit) -> None:
    tom = visit(as_="Tom Reed")
    for path in ("/escalations/all", "/escalations/officers", "/escalations/officers/name", "/escalations/figures"):
        tom.opens(path)
        tom.page_is_accessible(path.strip("/").replace("/", "-"))
    tom.opens("/escalations/officers")
    tom.is_told("Education: now")

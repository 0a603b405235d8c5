"""What goes up once its day has passed, besides agreed actions; and what was decided is not proposed again at once."""

from dataclasses import replace
from datetime import date

from alongside.policy.concerns import CareFacts, FundingFacts, WaitingBody
from alongside.policy.counting import local_day
from alongside.policy.duties.going_up import PASSED
from alongside.policy.escalating import EscalationsFacts, HeldBack
from alongside.policy.rules import NATIONAL
from alongside.policy.tests.building import duties, stay
from alongside.policy.tests.test_escalating import action, known, proposal, running


def passed(facts, rule: str):
    return [duty for duty in duties(facts).values() if duty.key.startswith(f"escalate:duty:{rule}:")]


def test_every_rule_that_goes_up_exists() -> None:
    assert set(PASSED) <= {rule.key for rule in NATIONAL}


def test_a_review_in_hospital_goes_up_after_its_limit_and_level_0s_time() -> None:
    inside = known(birth_date=date(2012, 1, 1), stays=(stay("2026-06-01"),))
    (found,) = passed(inside, "post_admission_cetr_target")
    # The limit of two weeks is Monday 15 June; two working days of the keyworker's own.
    assert local_day(found.shows_from) == date(2026, 6, 18)
    assert (found.subject, found.subject_id, found.topic) == ("duty", 1, "hospital")
    up = running(about="duty:post_admission_cetr_target", about_id=1)
    assert not passed(replace(inside, escalations=EscalationsFacts((up,))), "post_admission_cetr_target")


def test_money_that_two_bodies_owe_an_answer_on_goes_up_once() -> None:
    asked = WaitingBody(1, "The ICB", date(2026, 6, 1)), WaitingBody(2, "Education", date(2026, 6, 2))
    (found,) = passed(known(concerns=CareFacts(funding=(FundingFacts(9, "A taxi", asked),))), "funding_answered")
    # Ten working days from 1 June are over on Monday 15 June.
    assert local_day(found.shows_from) == date(2026, 6, 18) and found.subject_id == 9


def test_after_a_decision_there_is_time_to_do_it_before_it_is_proposed_again() -> None:
    over = EscalationsFacts(held_back=(HeldBack("action", 1, over_on=date(2026, 6, 10)),))
    found = proposal(known(actions=(action("blocked"),), escalations=over))
    assert local_day(found.shows_from) == date(2026, 6, 13)

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.policy.duties import Owner
from alongside.policy.facts import ConsentFacts
from alongside.policy.tests.building import AGREED, KEYWORKER, answered, assert_due, duties, find, on_register, rating


@pytest.mark.parametrize("answer", ["unknown", "refused", "withdrawn", None])
def test_agreement_that_is_not_given_is_to_be_confirmed_by_the_register_team(answer):
    consents = (ConsentFacts(1, "register", answer),) if answer else ()
    facts = on_register(rating("green", "2026-06-01"), consents=consents, allocations=(KEYWORKER,))
    duty = find(facts, "agreement:")
    assert_due(duty, "2026-06-01")
    assert duty.what.startswith("Agreement to be confirmed")
    assert duty.owner == Owner("team", 1)


def test_while_agreement_is_open_the_register_team_owns_everything():
    facts = on_register(rating("green", "2026-06-01"), consents=(), allocations=(KEYWORKER,))
    assert {duty.owner for duty in duties(facts).values()} == {Owner("team", 1)}


def test_agreement_that_is_put_off_is_asked_again_a_year_later():
    facts = on_register(rating("green", "2026-06-01"), consents=())
    facts = answered(facts, find(facts, "agreement:").key, "2026-06-03", "not_needed")
    assert_due(find(facts, "agreement:"), "2027-06-03")


def test_agreement_is_checked_yearly_from_the_day_it_was_given():
    facts = on_register(rating("green", "2026-06-01"))
    duty = find(facts, "agreement_check")
    assert_due(duty, "2027-06-01")
    assert duty.row == 64
    again = find(answered(facts, duty.key, "2027-05-20"), "agreement_check")
    assert_due(again, "2028-05-20")


def test_agreement_given_on_a_leap_day_is_checked_on_the_last_of_february():
    facts = on_register(consents=(replace(AGREED, decided_on=date(2028, 2, 29)),))
    assert_due(find(facts, "agreement_check"), "2029-02-28")


def test_agreement_for_a_shorter_time_is_checked_when_it_ends():
    facts = on_register(consents=(replace(AGREED, valid_until=date(2026, 9, 30)),))
    assert_due(find(facts, "agreement_check"), "2026-09-30")


def test_agreement_without_a_day_is_taken_as_a_year_old():
    facts = on_register(consents=(replace(AGREED, decided_on=None),))
    duty = find(facts, "agreement_check")
    assert_due(duty, "2026-05-31")
    assert "not recorded" in duty.because
    assert find(facts, "agreement:") is None


def test_the_latest_answer_about_agreement_stands():
    given = ConsentFacts(1, "register", "given", date(2026, 6, 1))
    withdrawn = ConsentFacts(2, "register", "withdrawn", date(2026, 6, 20))
    again = ConsentFacts(3, "register", "given", date(2026, 6, 25))
    other = ConsentFacts(9, "keyworking", "refused", date(2026, 7, 1))
    assert find(on_register(consents=(given, withdrawn, other)), "agreement:") is not None
    assert find(on_register(consents=(given, withdrawn, again)), "agreement:") is None
    assert find(on_register(consents=(ConsentFacts(4, "register", "unknown"), given)), "agreement:")


@pytest.mark.parametrize(
    ("given", "due"),
    [
        (date(2026, 3, 3), "agreement_anew_16"),
        (date(2026, 3, 4), "agreement_anew_18"),
        (date(2028, 3, 3), "agreement_anew_18"),
        (date(2028, 3, 4), None),
    ],
)
def test_agreement_is_asked_anew_on_the_birthdays_at_which_somebody_else_decides(given: date, due: str | None) -> None:
    facts = on_register(birth_date=date(2010, 3, 4), consents=(replace(AGREED, decided_on=given),))
    found = [duty for duty in duties(facts).values() if duty.rule_key.startswith("agreement_anew")]
    assert [duty.rule_key for duty in found] == ([due] if due else [])
    if due:
        assert_due(found[0], "2026-03-18" if due.endswith("16") else "2028-03-18")


@pytest.mark.parametrize(("given", "age"), [(date(2026, 3, 4), 16), (date(2028, 3, 3), 16), (date(2028, 3, 4), 18)])
def test_a_parents_yes_after_the_birthday_is_asked_anew_soon_after_the_register_learned_of_it(
    given: date, age: int
) -> None:
    parents = replace(AGREED, decided_on=given, parental=True)
    facts = on_register(birth_date=date(2010, 3, 4), consents=(parents,))
    asked = find(facts, f"agreement_anew_{age}")
    assert_due(asked, (max(given, date(2026, 6, 1)) + timedelta(days=14)).isoformat())
    assert asked.because.startswith("Somebody with parental responsibility agreed on")
    others = [duty for duty in duties(facts).values() if duty.rule_key == f"agreement_anew_{34 - age}"]
    if age == 18:
        assert others == []
    else:
        assert_due(others[0], "2028-03-18")


def test_asking_anew_shows_before_the_birthday_and_is_not_late_on_the_day_after() -> None:
    facts = on_register(birth_date=date(2010, 3, 4), consents=(replace(AGREED, decided_on=date(2025, 9, 1)),))
    asked = find(facts, "agreement_anew_16")
    assert asked.is_showing(datetime(2026, 2, 4, tzinfo=UTC)) and not asked.is_showing(datetime(2026, 2, 3, tzinfo=UTC))
    assert not asked.is_late(datetime(2026, 3, 18, 23, tzinfo=UTC)) and asked.is_late(datetime(2026, 3, 19, tzinfo=UTC))
    assert asked.breach is None


def test_nobody_is_asked_anew_whose_birthday_is_not_known() -> None:
    assert find(on_register(birth_date=None, consents=(AGREED,)), "agreement_anew") is None

"""Whoever has a keyworker has a plan: first plan, approval, agreement, disagreement, the next look."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from alongside.policy.duties.plans import is_answered
from alongside.policy.facts import AllocationFacts, ConsentFacts, PersonFacts, PlanFacts
from alongside.policy.plans import CARD, PARTS, what_changed
from alongside.policy.reading_age import measure
from alongside.policy.tests.building import AGREED, assert_due, find, moment, on_register, rating

NAMED = (AllocationFacts(1, 70, "designated", date(2026, 6, 1)),)
SHARED = moment("2026-06-15")


def keyworked(plan: PlanFacts | None = None, **more: object) -> PersonFacts:
    known = {"allocations": NAMED} | more
    return on_register(rating("amber", "2026-06-01"), plan=plan or PlanFacts(), **known)


def shared(at: datetime = SHARED, **more: object) -> PlanFacts:
    known = {"version_id": 5, "shared_at": at, "review_on": date(2026, 8, 1), "own_answer": True} | more
    return PlanFacts(**known)  # type: ignore[arg-type]


def test_a_first_plan_is_there_twenty_working_days_after_the_keyworker_was_named() -> None:
    duty = find(keyworked(), "plan_first")
    assert_due(duty, "2026-06-29")
    assert duty and duty.owner.id == 70 and duty.local_default and duty.row == 43
    assert find(keyworked(shared()), "plan_first") is None


def test_nobody_writes_a_plan_without_a_keyworker_or_against_a_no() -> None:
    assert find(keyworked(allocations=()), "plan_first") is None
    no = (AGREED, ConsentFacts(2, "keyworking", "refused", date(2026, 6, 2)))
    assert find(keyworked(consents=no), "plan_first") is None


def test_what_was_sent_is_decided_in_three_working_days_by_the_team() -> None:
    duty = find(keyworked(PlanFacts(proposal_id=9, sent_at=moment("2026-06-15"))), "plan_approval")
    assert_due(duty, "2026-06-18")
    assert duty and duty.owner.kind == "team" and duty.owner.id == 2
    assert find(keyworked(), "plan_approval") is None
    assert find(keyworked(PlanFacts(proposal_id=9, sent_at=moment("2026-06-15"))), "plan_first") is None


@pytest.mark.parametrize(("planned", "due"), [("2026-08-01", "2026-08-01"), ("2027-01-01", "2026-09-07")])
def test_a_plan_is_looked_at_again_when_it_says_and_never_later_than_twelve_weeks(planned: str, due: str) -> None:
    assert_due(find(keyworked(shared(review_on=date.fromisoformat(planned))), "plan_review"), due)


def test_a_first_plan_counts_from_when_they_came_on_this_register_where_the_keyworker_was_named_before() -> None:
    facts = keyworked(allocations=(AllocationFacts(1, 70, "designated", date(2024, 1, 8)),))
    entered = replace(facts, entries=(replace(facts.entries[0], entered_on=date(2026, 6, 1)),))
    assert_due(find(entered, "plan_first"), "2026-06-29")


def test_what_ran_out_before_a_first_import_stays_before_it_and_so_in_its_backlog() -> None:
    facts = keyworked(allocations=(AllocationFacts(1, 70, "designated", date(2024, 1, 8)),))
    imported = replace(facts.entries[0], entered_on=date(2023, 12, 1), imported_at=moment("2026-06-01"))
    assert_due(find(replace(facts, entries=(imported,)), "plan_first"), "2024-02-05")


def test_a_keyworker_named_on_no_known_day_counts_from_the_import() -> None:
    facts = keyworked(allocations=(AllocationFacts(1, 70, "designated", None),))
    imported = replace(facts.entries[0], entered_on=date(2023, 12, 1), imported_at=moment("2026-06-01"))
    assert_due(find(replace(facts, entries=(imported,)), "plan_first"), "2026-06-29")


def came_back(entered: str, plan: PlanFacts, named: str = "2026-11-02") -> PersonFacts:
    """On the register again since a day, with a keyworker since a day, and a plan from before."""
    facts = keyworked(plan, allocations=(AllocationFacts(2, 70, "designated", date.fromisoformat(named)),))
    return replace(facts, entries=(replace(facts.entries[0], entered_on=date.fromisoformat(entered)),))


def test_a_plan_from_before_they_came_back_is_gone_through_like_a_first_one_and_late_with_nothing() -> None:
    facts = came_back("2026-10-26", shared(own_answer=False))
    duty = find(facts, "plan_again")
    assert_due(duty, "2026-11-30")
    assert duty and duty.owner.id == 70 and duty.row == 43 and "15 June 2026" in duty.because
    assert find(facts, "plan_review") is None and find(facts, "plan_agreement") is None
    sent = replace(facts, plan=replace(facts.plan, proposal_id=9, sent_at=moment("2026-11-10")))
    assert find(sent, "plan_again") is None and find(sent, "plan_approval") is not None


@pytest.mark.parametrize(("entered", "again"), [("2026-08-01", False), ("2026-08-02", True)])
def test_a_plan_that_still_holds_when_they_come_back_is_looked_at_when_it_says(entered: str, again: bool) -> None:
    facts = came_back(entered, shared())
    assert (find(facts, "plan_again") is not None) is again
    assert (find(facts, "plan_review") is not None) is not again


#: Sixteen on the day on which the plan was shared, and the day after.
SIXTEEN, FIFTEEN = date(2010, 6, 15), date(2010, 6, 16)


def test_somebody_asks_within_ten_working_days_whether_they_agree() -> None:
    assert_due(find(keyworked(shared(own_answer=False)), "plan_agreement"), "2026-06-29")


@pytest.mark.parametrize(
    ("born", "known", "over"),
    [
        (SIXTEEN, {"own_answer": True}, True),
        (SIXTEEN, {"own_reason": True}, True),
        (SIXTEEN, {"family_answer": True}, False),
        (None, {"family_answer": True}, False),
        (FIFTEEN, {"own_answer": True, "to_ask": (7,)}, True),
        (FIFTEEN, {"own_reason": True, "to_ask": (7,)}, False),
        (FIFTEEN, {"family_answer": True, "to_ask": (7,)}, False),
        (FIFTEEN, {"family_answer": True}, True),
        (FIFTEEN, {"own_reason": True}, True),
        (FIFTEEN, {}, False),
    ],
)
def test_from_sixteen_the_young_person_answers_and_before_else_each_parent(
    born: date | None, known: dict[str, object], over: bool
) -> None:
    plan = shared(**({"own_answer": False} | known))
    assert is_answered(plan, born) is over
    asked = find(keyworked(plan, birth_date=born), "plan_agreement")
    assert (asked is None) is over


def test_a_disagreement_is_talked_about_within_five_working_days() -> None:
    assert_due(find(keyworked(shared(disagreed={3: moment("2026-06-16")})), "plan_disagreement"), "2026-06-23")
    assert find(keyworked(shared()), "plan_disagreement") is None


def test_without_a_keyworker_the_team_asks_looks_again_and_talks_about_a_disagreement() -> None:
    plan = shared(disagreed={3: moment("2026-06-16")}, own_answer=False)
    over = (replace(NAMED[0], to_date=date(2026, 6, 16)),)
    due_on = {"plan_review": "2026-08-01", "plan_disagreement": "2026-06-23", "plan_agreement": "2026-06-29"}
    for rule, due in due_on.items():
        named = find(keyworked(plan), rule)
        assert named and (named.owner.kind, named.owner.id) == ("actor", 70)
        for allocations in ((), over):
            left = find(keyworked(plan, allocations=allocations), rule)
            assert_due(left, due)
            assert left and (left.owner.kind, left.owner.id) == ("team", 2)


def test_without_a_keyworker_nothing_is_due_of_a_plan_after_a_no_or_without_a_disagreement() -> None:
    no = (AGREED, ConsentFacts(2, "keyworking", "refused", date(2026, 6, 2)))
    plan = shared(disagreed={3: moment("2026-06-16")})
    for rule in ("plan_review", "plan_disagreement"):
        assert find(keyworked(plan, allocations=(), consents=no), rule) is None
    assert find(keyworked(shared(), allocations=()), "plan_disagreement") is None


def test_what_changed_is_told_part_by_part_in_the_order_of_the_plan() -> None:
    before = {"story": {"words": "a"}, "gaps": {"words": "b"}, "helps": {"words": "c"}}
    after = {"story": {"words": "a"}, "gaps": {}, "helps": {"words": "d"}, "crisis": {"words": "e"}}
    assert what_changed(before, after) == (("helps", "changed"), ("gaps", "gone"), ("crisis", "new"))
    assert what_changed(after, after) == ()


def test_the_card_is_of_parts_that_open_in_an_emergency() -> None:
    assert {PARTS[key].topic for key in CARD} <= {"communication", "health"}


def test_the_meter_shows_the_hardest_sentence_and_measures_nothing_short() -> None:
    easy = "I like trains. I do not like loud bells."
    hard = "Dysregulation is precipitated by unanticipated environmental transitions."
    found = measure(f"{easy} {hard}")
    assert found.is_hard and found.hardest == hard and "environmental" in found.long_words
    assert not measure(easy).is_hard and measure("Trains").age == 0 and measure("").hardest == ""


def test_a_hard_sentence_is_hard_however_easy_those_round_it_are() -> None:
    hard = "Dysregulation is precipitated by unanticipated environmental transitions."
    found = measure("He likes trains. He goes by bus. He has a dog. " * 10 + hard)
    assert found.age <= 9 < found.hardest_age
    assert found.is_hard and found.hard == 1 and found.hardest == hard
    assert measure(f"{hard} {hard} He likes trains.").hard == 2

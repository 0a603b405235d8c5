"""What is due after a C(E)TR was held, on both sides of each number."""

from datetime import date

import pytest

from alongside.policy.counting import default_calendar
from alongside.policy.duties import duties_for
from alongside.policy.duties.held_reviews import report_due
from alongside.policy.held_reviews import CaseFacts, HeldReviewFacts, RegardFacts
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import entry, moment, person, review, stay

#: A Wednesday.
HELD = date(2026, 3, 4)


def due(held: HeldReviewFacts, ruleset: Ruleset | None = None, **known: object) -> dict:
    facts = person(entries=(entry(),), review_reports=(held,), **known)
    found = duties_for(facts, ruleset or Ruleset.build(), default_calendar())
    return {one.key.partition(":")[0]: one for one in found if one.doing == "open_review"}


def test_a_review_that_was_just_held_is_told_written_up_and_reported() -> None:
    found = due(HeldReviewFacts(7, HELD))
    assert {key: one.due.date() for key, one in found.items()} == {
        "review_told": HELD, "review_written_up": date(2026, 3, 11), "review_report": date(2026, 3, 18),
    }  # fmt: skip
    assert found["review_report"].breach.date() == date(2026, 3, 18)
    assert {one.subject_id for one in found.values()} == {7}
    assert found["review_report"].local_default and not found["review_told"].local_default


@pytest.mark.parametrize("key, known", [
    ("review_told", {"told": True}), ("review_written_up", {"written_up_on": HELD}),
    ("review_report", {"reported_on": HELD}),
])  # fmt: skip
def test_each_ends_with_what_it_asks_for(key: str, known: dict) -> None:
    assert key in due(HeldReviewFacts(7, HELD)) and key not in due(HeldReviewFacts(7, HELD, **known))


def test_the_report_is_late_from_the_eleventh_working_day() -> None:
    found = due(HeldReviewFacts(7, HELD))["review_report"]
    assert not found.is_late(moment("2026-03-18 22:00")) and found.is_late(moment("2026-03-19 00:30"))
    assert report_due(HELD, Ruleset.build(), default_calendar()).value == date(2026, 3, 18)


def test_a_bank_holiday_never_takes_it_beyond_two_weeks() -> None:
    """Held before Easter, ten working days end later than two weeks: two weeks is the limit."""
    assert due(HeldReviewFacts(7, date(2026, 4, 1)))["review_report"].due.date() == date(2026, 4, 15)
    assert report_due(date(2026, 4, 1), Ruleset.build(), default_calendar()).value == date(2026, 4, 15)


def test_how_it_was_is_asked_within_two_weeks_of_the_report_and_not_before() -> None:
    assert "review_feedback_asked" not in due(HeldReviewFacts(7, HELD))
    issued = HeldReviewFacts(7, HELD, HELD, True, date(2026, 3, 17))
    assert due(issued)["review_feedback_asked"].due.date() == date(2026, 3, 31)
    assert due(HeldReviewFacts(7, HELD, HELD, True, HELD, feedback=True)) == {}


def test_each_body_that_has_not_said_what_it_does_is_asked() -> None:
    waiting = RegardFacts(3, "Northmoor Council", date(2026, 3, 17))
    found = due(HeldReviewFacts(7, HELD, HELD, True, HELD, True, (waiting,)))["review_regard"]
    assert found.what == "Find out what Northmoor Council does with the review"
    assert found.due.date() == date(2026, 4, 16), "20 working days, over Easter"


def test_a_case_waits_for_the_panel_by_its_cycle() -> None:
    def days(last: date | None) -> date:
        held = HeldReviewFacts(7, HELD, HELD, True, HELD, True, (), (CaseFacts(9, date(2026, 3, 20), last),))
        return due(held)["oversight_panel"].due.date()

    assert days(None) == date(2026, 5, 1), "six weeks after it was raised"
    assert days(date(2026, 3, 1)) == date(2026, 4, 12), "six weeks after the last panel"
    assert days(date(2026, 1, 1)) == date(2026, 5, 1), "that cycle is over"


def test_the_statutory_copies_end_with_the_report() -> None:
    rules = Ruleset.build(commencements={"part_8a": date(2026, 1, 1)})
    held = review("post_admission", "2026-03-04", id=7, stay_id=1, statutory=True)
    known = {"stays": (stay("2026-03-01"),), "reviews": (held,)}
    assert "statutory_report" in due(HeldReviewFacts(7, HELD), rules, **known)
    assert due(HeldReviewFacts(7, HELD), rules, **known)["statutory_report"].due.date() == date(2026, 3, 17)
    issued = HeldReviewFacts(7, HELD, HELD, True, date(2026, 3, 12))
    assert "statutory_report" not in due(issued, rules, **known)

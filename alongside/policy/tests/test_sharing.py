"""Agreements between organisations that end, and what the family was not told: both sides of each number."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.policy.agreements import Answer, Ledger, Link, open_topics
from alongside.policy.counting import local_day
from alongside.policy.duties import (
    OverrideFacts,
    SharingAgreementFacts,
    UntoldShareFacts,
    matter_duties,
    proposed_override_look,
)
from alongside.policy.tests.building import CALENDAR, RULES, TEAMS, moment

ENDS = SharingAgreementFacts(
    kind="sharing_agreement", id=3, icb_id=1, opened_at=moment("2025-04-01"), guard=0, with_whom="Hillcrest School",
    ends_on=date(2027, 3, 31),
)  # fmt: skip
UNTOLD = OverrideFacts(
    kind="override", id=4, icb_id=1, opened_at=moment("2026-11-20 09:00"), owner_actor=9,
    look_again_on=date(2026, 11, 27),
)  # fmt: skip


def test_an_agreement_that_ends_shows_eight_weeks_ahead_and_is_due_on_its_last_day() -> None:
    (duty,) = matter_duties(ENDS, RULES, CALENDAR, TEAMS)
    assert (local_day(duty.shows_from), local_day(duty.due)) == (date(2027, 2, 3), date(2027, 3, 31))
    assert duty.local_default and "Hillcrest School" in duty.what


def test_one_that_somebody_has_decided_on_is_not_due() -> None:
    assert matter_duties(replace(ENDS, closed_at=moment("2027-01-01")), RULES, CALENDAR, TEAMS) == ()


def test_what_the_family_was_not_told_is_due_to_whoever_wrote_it_down_and_names_nobody() -> None:
    (duty,) = matter_duties(UNTOLD, RULES, CALENDAR, TEAMS)
    assert (local_day(duty.due), duty.owner.id, duty.topic) == (date(2026, 11, 27), 9, "safeguarding")


@pytest.mark.parametrize(("chosen", "due"), [(None, date(2026, 11, 27)), (date(2026, 12, 1), date(2026, 12, 1))])
def test_a_share_that_the_family_may_not_know_of_is_looked_at_again(chosen: date | None, due: date) -> None:
    facts = UntoldShareFacts(
        kind="untold_share", id=5, icb_id=1, opened_at=moment("2026-11-20 09:00"), owner_actor=9, look_again_on=chosen
    )
    (duty,) = matter_duties(facts, RULES, CALENDAR, TEAMS)
    assert (local_day(duty.due), duty.owner.id, duty.topic) == (due, 9, "agreement")


def test_looking_again_is_proposed_after_seven_days() -> None:
    assert proposed_override_look(date(2026, 11, 20), RULES, CALENDAR).value == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "kind", "parental", "reads"),
    [
        ("2026-12-01 23:59", "family", True, True),
        ("2026-12-02 00:00", "family", True, False),
        ("2026-12-02 00:00", "family", False, True),
        ("2026-12-02 00:00", "education", True, False),
    ],
)
def test_a_parents_yes_for_the_family_ends_on_the_sixteenth_birthday(
    day: str, kind: str, parental: bool, reads: bool
) -> None:
    """A school needs an agreement between the organisations as well, so it reads nothing here on any day."""
    said = Answer(
        1, "sharing", "given", True, date(2025, 1, 1), moment("2025-01-01"), date(2025, 1, 1), parental=parental
    )
    ledger = Ledger(1, (said,), birth_date=date(2010, 12, 2))
    link = Link(5, frozenset({1}), "sharing", moment("2025-01-01"), recipient_kind=kind)
    assert bool(open_topics(ledger, link, moment(day))) is reads


def test_where_the_birth_date_is_not_known_a_parents_yes_stands() -> None:
    said = Answer(1, "sharing", "given", True, date(2025, 1, 1), moment("2025-01-01"), date(2025, 1, 1), parental=True)
    link = Link(5, frozenset({1}), "sharing", moment("2025-01-01"), recipient_kind="family")
    assert open_topics(Ledger(1, (said,)), link, moment("2026-01-01") + timedelta(days=9000)) == frozenset({1})

"""Agreed actions: ten days to accept, then chased; done, confirmed, settled; both sides of each number."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import default_calendar, local_day
from alongside.policy.duties import duties_for
from alongside.policy.facts import ActionFacts
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import AGREED, KEYWORKER, moment, person

RULES = Ruleset.build("DEMO")
ED, ASHA = 44, KEYWORKER.actor_id
QUIET_ROOM = ActionFacts(
    id=5, topic="education", state="proposed", what="Ask the school for a quiet room", owner_id=ED, by_link=False,
    asked_at=moment("2026-11-02"), state_at=moment("2026-11-02"), chased_at=None, due_on=date(2026, 12, 4),
)  # fmt: skip


def due(**known):
    """What is due about one action: (part of its key, last day, owner)."""
    facts = person(actions=(replace(QUIET_ROOM, **known),), allocations=(KEYWORKER,), consents=(AGREED,))
    found = [one for one in duties_for(facts, RULES, default_calendar()) if one.doing == "open_action"]
    return {one.key.split(":")[2]: one for one in found}


def days(**known):
    return {part: (local_day(one.due), one.owner.id) for part, one in due(**known).items()}


def test_the_owner_answers_within_ten_days_and_from_the_eleventh_the_keyworker_chases() -> None:
    assert days() == {"accept": (date(2026, 11, 12), ED), "chase": (date(2026, 11, 19), ASHA)}
    assert local_day(due()["chase"].shows_from) == date(2026, 11, 13)
    assert due()["accept"].rule_key == "action_accepted" and due()["accept"].row == 65


def test_an_owner_without_account_has_no_duty_here_and_is_chased_all_the_same() -> None:
    assert days(by_link=True) == {"chase": (date(2026, 11, 19), ASHA)}
    accepted = {"state": "accepted", "by_link": True, "state_at": moment("2026-11-05")}
    assert days(**accepted) == {"chase": (date(2026, 12, 11), ASHA)}


def test_what_was_accepted_is_due_on_its_day_and_chased_from_the_next() -> None:
    accepted = {"state": "accepted", "state_at": moment("2026-11-05")}
    assert days(**accepted) == {"do": (date(2026, 12, 4), ED), "chase": (date(2026, 12, 11), ASHA)}
    assert local_day(due(**accepted)["chase"].shows_from) == date(2026, 12, 5)


def test_each_chasing_begins_the_time_anew_and_one_before_the_day_changes_nothing() -> None:
    assert days(chased_at=moment("2026-11-16"))["chase"][0] == date(2026, 11, 23)
    assert days(chased_at=moment("2026-11-12"))["chase"][0] == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("state", "part", "last"),
    [
        ("refused", "hand", date(2026, 11, 16)),  # 5 working days from Monday the 9th
        ("blocked", "unblock", date(2026, 11, 23)),  # 10 working days
        ("said_done", "confirm", date(2026, 11, 19)),  # 10 days
        ("disputed", "settle", date(2026, 11, 23)),  # 10 working days
    ],
)
def test_each_state_that_is_not_the_end_has_somebody_who_looks(state, part, last) -> None:
    assert days(state=state, state_at=moment("2026-11-09")) == {part: (last, ASHA)}


@pytest.mark.parametrize("state", ["said_done", "disputed", "accepted"])
def test_whoever_did_it_is_not_the_one_who_confirms_or_chases_it(state) -> None:
    found = due(state=state, state_at=moment("2026-11-09"), owner_id=ASHA)
    assert {tuple(one.owner) for part, one in found.items() if part != "do"} == {("team", 2)}


def test_what_waits_for_money_says_so() -> None:
    blocked = due(state="blocked", waits_for="money", state_at=moment("2026-11-09"))["unblock"]
    assert blocked.because.startswith("It waits for money, since 9 November 2026.")


def test_the_family_is_asked_whether_support_has_started_also_after_it_was_called_done() -> None:
    asked = {"start_asked_from": date(2026, 11, 16)}
    assert days(state="done", **asked) == {"started": (date(2026, 11, 23), ASHA)}
    assert local_day(due(state="done", **asked)["started"].shows_from) == date(2026, 11, 16)
    assert set(due(state="accepted", **asked)) == {"do", "chase", "started"}


def test_nothing_is_due_about_what_is_over() -> None:
    assert due(state="done") == due(state="not_done") == {}


def test_without_a_keyworker_the_team_looks() -> None:
    facts = person(actions=(replace(QUIET_ROOM, by_link=True),), consents=(AGREED,))
    (chase,) = [one for one in duties_for(facts, RULES, default_calendar()) if one.doing == "open_action"]
    assert (chase.owner.kind, chase.owner.id) == ("team", 2)


def test_a_long_action_is_told_shortly() -> None:
    long = due(what="x" * 100)["accept"]
    assert len(long.what) < 200 and long.what.endswith("…")

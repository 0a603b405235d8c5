"""Who comes on the agenda of a register meeting, in which order, who has to be there, and what is due about it."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import local_day
from alongside.policy.duties import TOPICS, MeetingCycleFacts, MeetingFacts, matter_duties
from alongside.policy.meetings import Late, Moved, place_on_agenda, quorum, reasons_for
from alongside.policy.tests.building import CALENDAR, RULES, TEAMS, moment

DAY = date(2026, 6, 10)
QUIET = Moved(colour="green", colour_before="green", rated_on=date(2026, 5, 1))
VISIT = Late(DAY, "Visit", "keyworking")
THREE = VISIT._replace(what="Visit.", many=3)
OLD = "The rating is too old: somebody was to look again by 10 June 2026."


def test_nobody_comes_on_it_about_whom_nothing_moved() -> None:
    assert reasons_for(QUIET) == ()
    assert reasons_for(replace(QUIET, colour="amber", colour_before="amber")) == ()


@pytest.mark.parametrize(
    ("moved", "code", "said"),
    [
        (replace(QUIET, new_on=DAY), "new", "New on the register on 10 June 2026."),
        (replace(QUIET, new_on=DAY, came_back=True), "new", "Came back to the register on 10 June 2026."),
        (replace(QUIET, proposal="red"), "proposal", "Red is proposed and nobody has decided."),
        (replace(QUIET, colour="", colour_before=""), "unrated", "Nobody has rated them yet."),
        (replace(QUIET, colour="amber"), "changed", "Rated amber, was green at the last meeting."),
        (replace(QUIET, colour="red", colour_before="red"), "red", "Still red, last rated on 1 May 2026."),
        (replace(QUIET, colour="blue", colour_before="blue", rated_on=None), "blue", "Still blue."),
        (replace(QUIET, look_late_since=DAY), "stale", OLD),
        (replace(QUIET, admitted=(DAY,)), "admitted", "Admitted to hospital on 10 June 2026."),
        (replace(QUIET, discharged=(DAY,)), "discharged", "Discharged from hospital on 10 June 2026."),
        (replace(QUIET, notices=((DAY, "An A&E alert"),)), "notice", "An A&E alert came in on 10 June 2026."),
        (replace(QUIET, events=((DAY, "Exclusion", "education"),)), "event", "Exclusion, 10 June 2026."),
        (replace(QUIET, turned_late=VISIT), "late", "Late since 10 June 2026: Visit."),
        (replace(QUIET, turned_late=THREE), "late", "Late since 10 June 2026: Visit. And 2 more."),
        (replace(QUIET, carried="Not reached."), "carried", "Not reached."),
    ],
)  # fmt: skip
def test_whatever_moved_is_a_reason_in_a_sentence(moved: Moved, code: str, said: str) -> None:
    (reason,) = reasons_for(moved)
    assert (reason.code, reason.words) == (code, said) and reason.topic in TOPICS


def test_each_reason_has_the_topic_of_the_fact_behind_it() -> None:
    late = replace(QUIET, turned_late=Late(DAY, "Check", "health"), still_late=VISIT)
    moved = replace(late, admitted=(DAY,), events=((DAY, "Exclusion", "education"),))
    assert [reason.topic for reason in reasons_for(moved)] == ["hospital", "education", "health", "keyworking"]


def test_what_was_late_at_the_last_meeting_is_said_of_those_who_are_there_but_brings_nobody_back() -> None:
    still = replace(QUIET, still_late=VISIT)
    assert reasons_for(still) == ()
    there = replace(still, turned_late=Late(date(2026, 6, 12), "Plan", "plan", 2))
    assert [(reason.code, reason.words) for reason in reasons_for(there)] == [
        ("late", "Late since 12 June 2026: Plan. And 1 more."),
        ("still_late", "Still late, since 10 June 2026: Visit."),
    ]
    assert [reason.code for reason in reasons_for(replace(still, colour="red"))] == ["changed", "still_late"]


def test_left_over_comes_first_then_risk_then_who_has_waited_longest() -> None:
    left = replace(QUIET, carried="Not reached.")
    red = replace(QUIET, colour="red")
    longer = replace(red, still_late=Late(date(2026, 1, 1), "Visit", "keyworking"), turned_late=VISIT)
    proposed = replace(QUIET, proposal="red", rated_on=date(2026, 5, 2))
    blue, unrated = replace(QUIET, colour="blue"), replace(QUIET, colour="")
    amber = replace(QUIET, colour="amber")
    wanted = [left, longer, red, proposed, blue, amber, unrated, QUIET]
    assert sorted(reversed(wanted), key=place_on_agenda) == wanted


@pytest.mark.parametrize(
    ("present", "whole", "said"),
    [
        ({"health", "education", "care"}, True, "Health, education and social care were there."),
        ({"health", "education", "care", "other"}, True, "Health, education and social care were there."),
        ({"health", "education"}, False, "Nobody from social care was there."),
        ({"health"}, False, "Nobody from education or social care was there."),
        ({"other"}, False, "Nobody from health, education or social care was there."),
        (set(), False, "Nobody from health, education or social care was there."),
    ],
)
def test_quorum_is_health_education_and_social_care(present: set[str], whole: bool, said: str) -> None:
    decision = quorum(present, RULES, DAY)
    assert (decision.value, decision.because) == (whole, said) and decision.source


MEETING = MeetingFacts(
    kind="meeting", id=1, icb_id=1, opened_at=moment("2026-05-20"), guard=0, owner_actor=70,
    starts_at=moment("2026-06-15 09:00"), agenda_sent=False,
)  # fmt: skip


def test_the_agenda_is_due_five_days_before_and_the_meeting_on_its_day() -> None:
    agenda, held = matter_duties(MEETING, RULES, CALENDAR, TEAMS)
    assert local_day(agenda.due) == DAY and agenda.owner.id == TEAMS["register"] and agenda.local_default
    assert not agenda.is_late(moment("2026-06-10 23:59")) and agenda.is_late(moment("2026-06-11 00:01"))
    assert not agenda.is_showing(moment("2026-06-02 23:59")) and agenda.is_showing(moment("2026-06-03 00:01"))
    assert local_day(held.due) == date(2026, 6, 15) and held.owner.id == 70
    assert not held.is_late(moment("2026-06-15 23:59")) and held.is_late(moment("2026-06-16 00:01"))


def test_of_a_meeting_planned_at_short_notice_the_agenda_is_due_at_once() -> None:
    agenda, _ = matter_duties(replace(MEETING, opened_at=moment("2026-06-13")), RULES, CALENDAR, TEAMS)
    assert local_day(agenda.due) == date(2026, 6, 13)


def test_once_it_was_sent_only_the_meeting_is_due_and_afterwards_its_minutes() -> None:
    (held,) = matter_duties(replace(MEETING, agenda_sent=True), RULES, CALENDAR, TEAMS)
    assert held.rule_key == "meeting_held"
    over = replace(MEETING, agenda_sent=True, over_at=moment("2026-06-15 10:30"))
    (minutes,) = matter_duties(over, RULES, CALENDAR, TEAMS)
    assert minutes.rule_key == "meeting_minutes_sent" and local_day(minutes.due) == date(2026, 6, 22)
    assert matter_duties(replace(over, closed_at=moment("2026-06-16")), RULES, CALENDAR, TEAMS) == ()


def test_an_area_that_meets_owes_a_day_for_its_next_meeting() -> None:
    cycle = MeetingCycleFacts(kind="meeting_cycle", id=1, icb_id=1, opened_at=moment("2026-05-01"), guard=0)
    (first,) = matter_duties(cycle, RULES, CALENDAR, TEAMS)
    assert local_day(first.due) == date(2026, 5, 8) and "None has been held yet" in first.because
    (later,) = matter_duties(replace(cycle, last_on=date(2026, 6, 1)), RULES, CALENDAR, TEAMS)
    assert local_day(later.due) == date(2026, 6, 8) and later.owner.id == TEAMS["register"]
    assert matter_duties(replace(cycle, next_planned=True), RULES, CALENDAR, TEAMS) == ()
    assert matter_duties(replace(cycle, closed_at=moment("2026-06-02")), RULES, CALENDAR, TEAMS) == ()

"""Concerns, disputes, money, notices on placements and visits: both sides of each number."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy.concerns import (
    CareFacts,
    ConcernFacts,
    DisputeFacts,
    FundingFacts,
    NoticeFacts,
    VisitedFacts,
    WaitingBody,
    outcome_of_answers,
)
from alongside.policy.counting import days_after
from alongside.policy.duties import Owner
from alongside.policy.facts import CircumstanceFacts

from .building import KEYWORKER, answered, assert_due, duties, entry, find, moment, on_register, person, rating, stay

AT = moment("2026-06-03")  # a Wednesday
CONCERN = ConcernFacts(5, "placement", False, "low", "Ash House", AT, AT)
SAFEGUARDING = replace(CONCERN, safeguarding=True, topic="safeguarding")
DISPUTE = DisputeFacts(6, date(2026, 6, 3), "Northmoor ICB", date(2026, 6, 3), None, False, AT)
ICB = WaitingBody(8, "the ICB", date(2026, 6, 3))
FUNDING = FundingFacts(7, "Help in the evening", (ICB,))
NOTICE = NoticeFacts(9, "Ash House", date(2026, 6, 3), date(2026, 7, 1))
WALKED = {"allocations": (KEYWORKER,)}


def cared(**care):
    return on_register(rating("amber", "2026-06-02"), concerns=CareFacts(**care), **WALKED)


def test_safeguarding_is_late_the_moment_after_it_was_written_down():
    duty = find(cared(concerns=(SAFEGUARDING,)), "safeguarding:")
    assert duty.due == AT and duty.timed and duty.topic == "safeguarding" and not duty.is_late(AT)
    assert duty.owner == Owner("actor", KEYWORKER.actor_id)
    assert find(cared(concerns=(SAFEGUARDING,)), "concern_look") is None, "nothing else comes before it"


def test_safeguarding_is_due_for_whoever_is_on_no_register():
    duty = find(person(concerns=CareFacts(concerns=(SAFEGUARDING,))), "safeguarding:")
    assert duty and duty.owner == Owner("team", 2)


def test_the_council_answers_within_one_working_day():
    told = replace(SAFEGUARDING, council_told_at=moment("2026-06-05"))
    assert_due(find(cared(concerns=(told,)), "safeguarding_answer"), "2026-06-08")
    heard = replace(told, council_answered=True)
    assert find(cared(concerns=(heard,)), "safeguarding_answer") is None
    assert find(cared(concerns=(heard,)), "concern_look")


@pytest.mark.parametrize(
    ("severity", "on"), [("low", "2026-06-10"), ("serious", "2026-06-04"), ("danger", "2026-06-04")]
)
def test_a_concern_is_looked_at(severity, on):
    assert_due(find(cared(concerns=(replace(CONCERN, severity=severity),)), "concern_look"), on)


def test_the_day_that_somebody_chose_counts():
    chosen = replace(CONCERN, look_on=date(2026, 8, 1))
    assert_due(find(cared(concerns=(chosen,)), "concern_look"), "2026-08-01")


def test_what_came_of_it_is_told_within_five_working_days():
    found = replace(CONCERN, found_on=date(2026, 6, 5))
    assert_due(find(cared(concerns=(found,)), "concern_told"), "2026-06-12")
    assert "whoever said it and the family" in find(cared(concerns=(found,)), "concern_told").what
    half = replace(found, raiser_told=True)
    assert find(cared(concerns=(half,)), "concern_told").what == "Tell the family what came of the concern"


def test_a_ward_without_a_lead_is_the_commissioners():
    ward = replace(CONCERN, topic="hospital")
    assert find(cared(concerns=(ward,)), "concern_look").owner == Owner("team", 4)
    assert find(cared(concerns=(replace(ward, lead_id=11),)), "concern_look").owner == Owner("actor", 11)


def test_an_interim_owner_who_has_not_said_yes_is_due_at_once():
    duty = find(cared(disputes=(DISPUTE,)), "interim_owner")
    assert_due(duty, "2026-06-03")
    assert duty.row == 72
    assert find(cared(disputes=(replace(DISPUTE, accepted=True),)), "interim_owner") is None


def test_an_interim_time_that_runs_out_is_due_again_on_the_day_after():
    until = replace(DISPUTE, accepted=True, interim_to=date(2026, 6, 30))
    duty = find(cared(disputes=(until,)), "interim_owner")
    assert_due(duty, "2026-07-01")
    assert duty.shows_from < duty.due


def test_a_dispute_is_pressed_every_five_working_days():
    assert_due(find(cared(disputes=(DISPUTE,)), "dispute_look"), "2026-06-10")


def test_each_body_answers_within_ten_working_days_or_after_its_panel():
    assert_due(find(cared(funding=(FUNDING,)), "funding_answer"), "2026-06-17")
    panel = replace(FUNDING, waiting=(replace(ICB, panel_on=date(2026, 6, 20)),))
    assert_due(find(cared(funding=(panel,)), "funding_answer"), "2026-06-21")
    two = replace(FUNDING, waiting=(ICB, replace(ICB, id=9, name="education")))
    assert len([key for key in duties(cared(funding=(two,))) if key.startswith("funding_answer")]) == 2


def test_a_decision_is_told_within_two_working_days_and_then_it_starts():
    decided = replace(FUNDING, waiting=(), decided_on=date(2026, 6, 5))
    assert_due(find(cared(funding=(decided,)), "funding_told"), "2026-06-09")
    told = replace(decided, told=True, starts_on=date(2026, 7, 1))
    assert_due(find(cared(funding=(told,)), "funding_started"), "2026-07-08")
    assert find(cared(funding=(replace(told, started=True),)), "funding") is None
    assert find(cared(funding=(replace(told, refused=True),)), "funding") is None


def test_a_notice_counts_down_to_its_last_day():
    facts = cared(notices=(NOTICE,))
    assert_due(find(facts, "placement_found"), "2026-07-01")
    assert_due(find(facts, "placement_searched"), "2026-06-10")
    assert_due(find(facts, "placement_last_day"), "2026-06-17")
    asked = replace(NOTICE, searched_on=date(2026, 6, 8), has_plan=True)
    assert_due(find(cared(notices=(asked,)), "placement_searched"), "2026-06-15")
    assert find(cared(notices=(asked,)), "placement_last_day") is None


@pytest.mark.parametrize(("days", "on"), [(13, "2026-06-03"), (14, "2026-06-03"), (15, "2026-06-04")])
def test_a_short_notice_needs_a_plan_for_the_last_day_at_once(days, on):
    short = replace(NOTICE, ends_on=days_after(NOTICE.given_on, days))
    assert_due(find(cared(notices=(short,)), "placement_last_day"), on)


def test_nobody_asks_for_another_place_after_the_last_day():
    short = replace(NOTICE, ends_on=date(2026, 6, 9))
    assert find(cared(notices=(short,)), "placement_searched") is None
    assert find(cared(notices=(replace(short, ends_on=date(2026, 6, 10)),)), "placement_searched")


def test_a_notice_that_was_only_written_down_is_followed_the_next_working_day():
    duty = find(cared(unfollowed=((4, date(2026, 6, 5)),)), "notice_followed")
    assert_due(duty, "2026-06-08")
    assert duty.doing == "follow_notice" and duty.subject_id == 4 and duty.ends_at


HOME = CircumstanceFacts(3, "residential_52", date(2026, 6, 10))


@pytest.mark.parametrize("kind", ["residential_home", "residential_school"])
def test_whoever_lives_in_a_placement_is_visited_within_six_months(kind):
    facts = on_register(rating("amber", "2026-06-02"), stays=(stay("2026-06-10", kind=kind),))
    assert_due(find(facts, "quality_visit"), "2026-12-10")
    assert_due(find(on_register(rating("amber", "2026-06-02"), circumstances=(HOME,)), "quality_visit"), "2026-12-10")


def test_nobody_else_is():
    facts = on_register(rating("amber", "2026-06-02"), stays=(stay("2026-06-10"),))
    assert find(facts, "quality_visit") is None
    left = replace(HOME, to_date=date(2026, 7, 1))
    assert find(on_register(rating("amber", "2026-06-02"), circumstances=(left,)), "quality_visit") is None
    assert find(person(circumstances=(HOME,)), "quality_visit") is None


def test_the_next_visit_counts_from_the_last_and_the_sooner_day_wins():
    facts = on_register(rating("amber", "2026-06-02"), circumstances=(HOME,))
    seen = replace(facts, concerns=CareFacts(visited=VisitedFacts(1, date(2026, 8, 1))))
    assert_due(find(seen, "quality_visit"), "2027-02-01")
    soon = replace(facts, concerns=CareFacts(visited=VisitedFacts(1, date(2026, 8, 1), date(2026, 9, 1))))
    assert_due(find(soon, "quality_visit"), "2026-09-01")
    late = replace(facts, concerns=CareFacts(visited=VisitedFacts(1, date(2026, 8, 1), date(2027, 9, 1))))
    assert_due(find(late, "quality_visit"), "2027-02-01")
    before = replace(facts, concerns=CareFacts(visited=VisitedFacts(1, date(2026, 6, 9))))
    assert_due(find(before, "quality_visit"), "2026-12-10")


def test_a_visit_that_was_not_needed_comes_round_again():
    facts = on_register(rating("amber", "2026-06-02"), circumstances=(HOME,))
    key = find(facts, "quality_visit").key
    assert_due(find(answered(facts, key, "2026-12-01", "not_needed"), "quality_visit"), "2027-06-01")


def test_what_was_there_before_the_register_knew_counts_from_when_it_could_know():
    old = replace(HOME, from_date=date(2020, 1, 1))
    facts = on_register(entries=(entry(rating("amber", "2026-06-02")),), circumstances=(old,))
    assert_due(find(facts, "quality_visit"), "2026-12-01")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([], ""),
        (["yes", ""], ""),
        (["yes", "yes"], "agreed"),
        (["yes", "no"], "partly"),
        (["part"], "partly"),
        (["no", "no"], "refused"),
    ],
)
def test_a_request_is_decided_when_all_have_answered(answers, outcome):
    assert outcome_of_answers(answers) == outcome


_MOMENTS = st.integers(0, 400).map(lambda days: days_after(date(2026, 1, 1), days))


@settings(deadline=None)
@given(
    st.builds(
        replace,
        st.just(SAFEGUARDING),
        severity=st.sampled_from(["low", "serious", "danger"]),
        look_on=st.none() | _MOMENTS,
        found_on=st.none() | _MOMENTS,
        lead_id=st.sampled_from([0, 11]),
        raiser_told=st.booleans(),
        family_settled=st.booleans(),
    )
)
def test_a_council_that_was_not_told_is_always_due_first_and_at_once(concern):
    due = duties(cared(concerns=(concern,)))
    mine = [duty for duty in due.values() if duty.subject == "concern"]
    assert [duty.key for duty in mine] == ["safeguarding:concern:5"] and mine[0].due == AT

"""A review being organised: each number from both sides, the gate open and shut, the panel complete and not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.counting import end_of_day
from alongside.policy.duties import ExpertFacts
from alongside.policy.duties.planned_reviews import not_in_time
from alongside.policy.planned_reviews import (
    Fitness,
    PlannedReviewFacts,
    Prepared,
    Seat,
    missing_from_panel,
    why_not,
    worth_considering,
)
from alongside.policy.tests.building import (
    CALENDAR,
    RULES,
    TEAMS,
    duties,
    entry,
    find,
    moment,
    person,
    rating,
    review,
    stay,
)
from alongside.policy.which_review import which_review

ASKED = date(2026, 6, 1)
FULL = (Seat("chair", False), Seat("clinical", True), Seat("experience", True))


def planned(state: str = "dated", **more) -> PlannedReviewFacts:
    more.setdefault("starts_at", moment("2026-07-01 10:00") if state == "dated" else None)
    return PlannedReviewFacts(1, more.pop("kind", "community"), state, ASKED, moment("2026-06-01"), **more)


def due(one: PlannedReviewFacts, start: str):
    return find(person(planned_reviews=(one,)), start)


def test_a_request_is_answered_within_five_working_days():
    duty = due(planned("requested"), "review_request")
    assert duty.due.date() == date(2026, 6, 8)
    assert duty.owner == ("team", TEAMS["review"])
    assert due(planned("accepted"), "review_request") is None


def test_a_day_is_set_within_five_working_days():
    assert due(planned("accepted"), "review_day").due.date() == date(2026, 6, 8)
    assert due(planned("dated"), "review_day") is None


@pytest.mark.parametrize(("starts", "on"), [
    ("2026-07-01 10:00", date(2026, 6, 17)),  # two weeks before
    ("2026-06-16 10:00", date(2026, 6, 2)),
    ("2026-06-15 10:00", date(2026, 6, 1)),  # exactly two weeks after it got its day
    ("2026-06-10 10:00", date(2026, 6, 1)),  # less time than that: at once
])  # fmt: skip
def test_invitations_two_weeks_before_or_at_once(starts: str, on: date):
    one = planned(starts_at=moment(starts))
    for start in ("review_invitation", "review_agreement", "review_panel"):
        assert due(one, start).due.date() == on
    assert due(replace(one, invited_at=moment("2026-06-02")), "review_invitation") is None


def test_what_prepares_a_review_ends_when_it_begins_and_writing_it_up_goes_on():
    one = planned()
    for start in ("review_invitation", "review_agreement", "review_panel", "review_papers"):
        duty = due(one, start)
        assert duty.ends_at == one.starts_at
        assert duty.is_late(one.starts_at - timedelta(minutes=1))
        assert not duty.is_late(one.starts_at)
    assert due(one, "review_write_up").ends_at is None


def prepared(**more) -> Prepared:
    """All done a minute before its time: by the end of 17 June, and papers by ten on 30 June."""
    begins = moment("2026-07-01 10:00")
    in_time = {"agreed_at": moment("2026-06-17 23:58"), "invited_at": moment("2026-06-17 23:58")}
    papers = {"papers_at": moment("2026-06-30 10:00")}
    return Prepared(**{"starts_at": begins, "since": moment("2026-06-01"), "until": begins} | in_time | papers | more)


def told(one: Prepared) -> list[str]:
    return list(not_in_time(one, RULES, CALENDAR))


def test_what_was_done_in_time_is_not_told():
    assert told(prepared()) == []


@pytest.mark.parametrize(("late", "says"), [
    ({"agreed_at": None}, "Agreement asked for by 17 June 2026. It was not done."),
    ({"agreed_at": moment("2026-06-18 00:01")}, "Agreement asked for by 17 June 2026. It was 18 June 2026."),
    ({"invited_at": None}, "Everybody invited by 17 June 2026. It was not done."),
    ({"papers_at": moment("2026-06-30 10:01")},
     "Papers with the panel by 30 June 2026 at 10:00am. It was 30 June 2026 at 10:01am."),
    ({"missing": ("a chair",)}, "A full panel by 17 June 2026. It needed a chair."),
])  # fmt: skip
def test_what_was_late_or_not_done_is_told(late: dict, says: str):
    assert told(prepared(**late)) == [says]


@pytest.mark.parametrize(("until", "count"), [
    ("2026-06-17 23:58", 0), ("2026-06-18 00:01", 3), ("2026-06-30 10:00", 3), ("2026-06-30 10:01", 4),
])  # fmt: skip
def test_of_a_review_called_off_only_what_was_late_by_then_is_told(until: str, count: int):
    nothing = {"agreed_at": None, "invited_at": None, "papers_at": None, "missing": ("a chair",)}
    assert len(told(prepared(until=moment(until), **nothing))) == count


def test_papers_twenty_four_hours_before_to_the_hour():
    duty = due(planned(), "review_papers")
    assert duty.due == moment("2026-06-30 10:00")
    assert duty.timed and duty.breach == duty.due
    assert due(planned(papers_at=moment("2026-06-30 09:00")), "review_papers") is None


@pytest.mark.parametrize(("agreed", "asks", "goes_on"), [
    ("", True, True), ("given", False, True), ("refused", True, False), ("withdrawn", True, False),
])  # fmt: skip
def test_the_gate_open_and_shut(agreed: str, asks: bool, goes_on: bool):
    one = planned(agreed=agreed)
    assert (due(one, "review_agreement") is not None) is asks
    assert (due(one, "review_invitation") is not None) is goes_on
    assert (due(one, "review_papers") is not None) is goes_on


def test_written_up_the_working_day_after():
    duty = due(planned(starts_at=moment("2026-07-03 10:00")), "review_write_up")
    assert duty.due.date() == date(2026, 7, 6), "Friday's by Monday"
    assert duty.shows_from == moment("2026-07-03 10:00")


@pytest.mark.parametrize("gone", range(3))
def test_each_core_seat_is_needed(gone: int):
    assert not missing_from_panel(FULL)
    assert len(missing_from_panel(FULL[:gone] + FULL[gone + 1 :])) == 1


@pytest.mark.parametrize(("seat", "missing"), [
    (Seat("clinical", True), 0),
    (Seat("clinical", False), 1),  # one of three independent
    (Seat("clinical", True, "declared"), 1),
    (Seat("clinical", True, "declared", settled=True), 0),
    (Seat("clinical", True, comes=False), 1),
    (Seat("clinical", True, checked=False), 1),  # nobody says that they are trained and checked
    (Seat("clinical", False, checked=False), 1),
])  # fmt: skip
def test_two_of_three_independent_and_no_open_conflict(seat: Seat, missing: int):
    panel = (FULL[0], seat, FULL[2])
    assert len(missing_from_panel(panel)) == missing
    assert (due(planned(panel=panel), "review_panel") is not None) is bool(missing)


def test_for_a_child_education_or_social_care_is_thought_of():
    assert worth_considering(FULL, child=True)
    assert not worth_considering((*FULL, Seat("education", False)), child=True)
    assert not worth_considering((*FULL, Seat("social_care", False)), child=True)
    assert not worth_considering(FULL, child=False)


@given(st.lists(st.builds(Seat, st.sampled_from(["chair", "clinical", "experience", "other"]), st.booleans(),
                          st.sampled_from(["", "none", "declared"]), st.booleans(), st.booleans())))  # fmt: skip
def test_a_panel_is_complete_only_with_all_three_and_two_independent(panel: list[Seat]):
    seats = [seat for seat in panel if seat.counts]
    whole = {"chair", "clinical", "experience"} <= {seat.part for seat in seats}
    independent = sum(seat.independent for seat in seats if seat.part in ("chair", "clinical", "experience"))
    assert (not missing_from_panel(panel)) is (whole and independent >= 2)


@given(st.sampled_from(["requested", "accepted", "dated", "declined", "not_held", "cancelled"]),
       st.sampled_from(["community", "post_admission", "inpatient"]),
       st.sampled_from(["", "given", "refused"]), st.integers(-30, 60))  # fmt: skip
def test_what_is_only_planned_never_answers_a_clock(state: str, kind: str, agreed: str, days: int):
    waiting = person(stays=(stay("2026-06-01"),))
    one = planned(
        state, kind=kind, agreed=agreed, stay_id=1,
        starts_at=moment("2026-06-10 10:00") + timedelta(days=days) if state == "dated" else None,
    )  # fmt: skip
    clocks = ("post_admission_review", "inpatient_review")
    before = {key: (d.due, d.breach) for key, d in duties(waiting).items() if key.startswith(clocks)}
    after = duties(replace(waiting, planned_reviews=(one,)))
    assert {key: (d.due, d.breach) for key, d in after.items() if key.startswith(clocks)} == before


def test_what_a_commissioner_decided_takes_its_place_in_that_stay_only():
    held = replace(planned("replaced", kind="post_admission", stay_id=1), decided_on=date(2026, 6, 9))
    facts = person(stays=(stay("2026-06-01"),), planned_reviews=(held,))
    assert find(facts, "post_admission_review") is None
    assert find(facts, "inpatient_review").due.date() == date(2026, 9, 9)
    other = replace(facts, planned_reviews=(replace(held, stay_id=2),))
    assert find(other, "post_admission_review") is not None


def test_the_next_review_says_who_decided_and_never_that_one_was_held():
    held = replace(
        planned("replaced", kind="post_admission", stay_id=1),
        decided_on=date(2026, 6, 9), decided_by="Jo Hart", instead="A meeting of the ward.",
    )  # fmt: skip
    facts = person(stays=(stay("2026-06-01"),), planned_reviews=(held,))
    because = find(facts, "inpatient_review").because
    assert because.startswith(
        "Jo Hart decided on 9 June 2026 that ‘A meeting of the ward’ takes the place of the review; in hospital one"
    )
    both = replace(facts, reviews=(review("post_admission", "2026-06-09"),))
    assert find(both, "inpatient_review").because.startswith("The last one was on 9 June 2026")


def test_a_reason_stays_short_whatever_was_typed():
    held = replace(
        planned("replaced", kind="post_admission", stay_id=1),
        decided_on=date(2026, 6, 9), decided_by="J" * 120, instead="A" * 300,
    )  # fmt: skip
    assert len(find(person(stays=(stay("2026-06-01"),), planned_reviews=(held,)), "inpatient_review").because) < 400


def test_red_has_a_review_date_once_a_review_has_a_later_day():
    red = (entry(rating("red", "2026-06-10")),)
    for on, missing in (("2026-06-11 10:00", False), ("2026-06-10 10:00", True)):
        facts = person(entries=red, planned_reviews=(planned(starts_at=moment(on)),))
        assert (find(facts, "plan_review_date") is not None) is missing
    assert find(person(entries=red, planned_reviews=(planned("accepted"),)), "plan_review_date") is not None


def test_a_due_day_on_a_weekend_names_the_last_working_day_before_it():
    held = review("inpatient", "2026-03-05")
    facts = person(stays=(stay("2026-02-01"),), reviews=(held,))
    duty = find(facts, "inpatient_review")
    assert duty.due.date() == date(2026, 6, 5)
    assert "no working day" not in duty.because, "a Friday"
    saturday = find(replace(facts, reviews=(review("inpatient", "2026-03-06"),)), "inpatient_review")
    assert "5 June 2026" in saturday.because and "no working day" in saturday.because


@pytest.mark.parametrize(("since", "limit", "before"), [
    ("2026-06-05", "2026-06-19", ""),  # a Friday
    ("2026-06-06", "2026-06-20", "20 June 2026 is no working day; the last before it is 19 June 2026."),
    ("2026-11-22", "2026-12-06", "6 December 2026 is no working day; the last before it is 4 December 2026."),
    ("2026-08-17", "2026-08-31", "31 August 2026 is no working day; the last before it is 28 August 2026."),
])  # fmt: skip
def test_a_limit_on_a_weekend_or_bank_holiday_names_the_last_working_day_and_stays(since, limit, before):
    duty = find(person(stays=(stay(since),)), "post_admission_review")
    assert duty.breach == end_of_day(date.fromisoformat(limit)) and duty.due < duty.breach
    assert before in duty.because and ("no working day" in duty.because) is bool(before)


@pytest.mark.parametrize(("since", "due", "before"), [
    ("2026-06-05", "2026-07-17", ""),  # a Friday
    ("2026-06-06", "2026-07-18", "18 July 2026 is no working day; the last before it is 17 July 2026."),
    ("2026-11-22", "2027-01-03", "3 January 2027 is no working day; the last before it is 31 December 2026."),
    ("2026-07-20", "2026-08-31", "31 August 2026 is no working day; the last before it is 28 August 2026."),
])  # fmt: skip
def test_a_visit_to_the_hospital_names_the_last_working_day_before_its_day(since, due, before):
    visit = find(person(stays=(stay(since),)), "oversight_visit")
    assert visit.due == visit.breach == end_of_day(date.fromisoformat(due))
    assert before in visit.because and ("no working day" in visit.because) is bool(before)


@pytest.mark.parametrize(("since", "named"), [("2026-03-04", False), ("2026-03-05", True)])
def test_a_visit_to_a_residential_placement_names_it_too(since, named):
    facts = person(entries=(entry(on=since),), stays=(stay(since, kind="residential_school"),))
    visit = find(facts, "quality_visit")
    assert visit.due.date() == date.fromisoformat(since).replace(month=9)
    assert ("no working day" in visit.because) is named


@pytest.mark.parametrize(("on", "plans", "which"), [
    (date(2030, 3, 9), (), "CETR"),
    (date(2030, 3, 10), (), "CTR"),
    (date(2030, 3, 10), ((None, None),), "CETR"),
    (date(2030, 3, 10), ((None, date(2030, 3, 9)),), "CTR"),
    (date(2030, 3, 10), ((date(2030, 3, 11), None),), "CTR"),
])  # fmt: skip
def test_which_review_turns_on_the_18th_birthday_and_with_the_plan(on: date, plans: tuple, which: str):
    assert which_review(date(2012, 3, 10), plans, on).value == which


@pytest.mark.parametrize(("known", "fits"), [
    ({}, True), ({"trained_on": None}, False), ({"checked_until": date(2026, 6, 30)}, False),
    ({"checked_until": date(2026, 7, 1)}, True), ({"registration": ""}, False),
    ({"part": "experience", "registration": ""}, True), ({"overdue_modules": ("Rights",)}, False),
    ({"ended_on": date(2026, 6, 30)}, False), ({"ended_on": date(2026, 7, 1)}, True),
])  # fmt: skip
def test_who_may_sit_on_a_day(known: dict, fits: bool):
    one = Fitness("clinical", date(2026, 1, 1), date(2026, 1, 1), date(2027, 1, 1), "HCPC 1")
    assert (not why_not(replace(one, **known), date(2026, 7, 1))) is fits


def expert(**more) -> ExpertFacts:
    known = {
        "kind": "review_expert", "id": 1, "icb_id": 1, "opened_at": moment("2026-01-05"),
        "started_on": date(2026, 1, 5), "trained": True, "checked_until": date(2026, 12, 1),
        "needs_registration": True, "registered_until": date(2026, 12, 1),
    }  # fmt: skip
    return ExpertFacts(**(known | more))


def test_modules_are_due_six_months_after_release_or_before_the_start():
    from alongside.policy.duties import matter_duties

    def first(facts: ExpertFacts, start: str):
        found = [d for d in matter_duties(facts, RULES, CALENDAR, TEAMS) if d.key.startswith(start)]
        return found[0].due.date() if found else None

    assert first(expert(modules=((7, "Rights", date(2026, 3, 2)),)), "panel_module") == date(2026, 9, 2)
    assert first(expert(modules=((7, "Rights", date(2025, 3, 2)),)), "panel_module") == date(2026, 1, 5)
    assert first(expert(trained=False), "panel_induction") == date(2026, 1, 5)
    assert first(expert(), "panel_induction") is None
    assert first(expert(), "expert_checks") == date(2026, 12, 1)
    assert first(expert(needs_registration=False), "expert_registration") is None

"""What is due after an emergency meeting and in a crisis: both sides of each number. It never counts as a review."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.duties.emergency import FOLLOWS
from alongside.policy.emergencies import (
    CrisisLogFacts,
    EmergencyDraftFacts,
    EmergencyFacts,
    EmergencyMeetingFacts,
)
from alongside.policy.facts import ActionFacts, PersonFacts, ReviewFacts
from alongside.policy.tests.building import (
    KEYWORKER,
    after,
    assert_due,
    duties,
    find,
    in_hospital,
    moment,
    on_register,
    rating,
    review,
    stay,
)

#: Saturday night, 7 March 2026; written down at a quarter to nine.
HELD, WRITTEN = moment("2026-03-07 20:00"), moment("2026-03-07 20:45")


def met(**known: object) -> EmergencyMeetingFacts:
    values = {"id": 5, "held_at": HELD, "written_at": WRITTEN} | known
    return EmergencyMeetingFacts(**values)  # type: ignore[arg-type]


def after_meeting(*reviews: ReviewFacts, meeting: EmergencyMeetingFacts | None = None, **more: object) -> PersonFacts:
    facts = on_register(rating("amber", "2026-01-12"), allocations=(KEYWORKER,), reviews=reviews, **more)
    return replace(facts, emergencies=EmergencyFacts(meetings=(meeting or met(),)))


def action(**known: object) -> ActionFacts:
    values = {
        "id": 40, "topic": "review", "state": "proposed", "what": "Ring home", "owner_id": 81, "by_link": False,
        "asked_at": WRITTEN, "state_at": WRITTEN, "chased_at": None, "due_on": date(2026, 3, 8),
    } | known  # fmt: skip
    return ActionFacts(**values)  # type: ignore[arg-type]


# Row 66


def test_a_follow_up_is_due_on_the_tenth_working_day_and_a_breach_after_it() -> None:
    duty = find(after_meeting(), "emergency_follow_up")
    assert_due(duty, "2026-03-20")
    assert duty is not None and duty.breach == duty.due and duty.row == 66 and duty.local_default
    assert duty.owner == ("team", 3) and duty.is_showing(WRITTEN)


@pytest.mark.parametrize("kind", sorted(FOLLOWS))
def test_a_review_held_on_the_day_or_later_is_the_follow_up(kind: str) -> None:
    assert find(after_meeting(review(kind, "2026-03-07 09:00")), "emergency_follow_up") is None
    assert find(after_meeting(review(kind, "2026-03-20")), "emergency_follow_up") is None
    assert find(after_meeting(review(kind, "2026-03-06 23:59")), "emergency_follow_up") is not None


@pytest.mark.parametrize("kind", ["emergency_protocol", "ehc_plan", "oversight_visit", "discharge_contact"])
def test_nothing_else_is_a_follow_up(kind: str) -> None:
    assert find(after_meeting(review(kind, "2026-03-16")), "emergency_follow_up") is not None


def test_a_decision_that_no_review_follows_ends_the_clock() -> None:
    assert find(after_meeting(meeting=met(decided=True)), "emergency_follow_up") is None


# An admission that was decided


@pytest.mark.parametrize("decided", [True, False])
def test_an_admission_that_was_decided_is_somebodys_work_by_the_next_working_day(decided: bool) -> None:
    duty = find(after_meeting(meeting=met(admits=decided)), "emergency_admission")
    assert (duty is not None) is decided
    if duty:
        assert_due(duty, "2026-03-09")
        assert duty.owner == ("actor", KEYWORKER.actor_id) and duty.local_default and duty.is_showing(WRITTEN)
        assert not duty.is_late(moment("2026-03-09 23:59")) and duty.is_late(moment("2026-03-10 00:00"))


@pytest.mark.parametrize(
    ("admitted", "left", "settled"),
    [
        ("2026-03-07 00:00", "2026-03-08", True),
        ("2026-03-06 23:59", "2026-03-08", False),
        ("2026-02-01", None, True),
    ],
)
def test_a_stay_that_goes_on_or_began_on_the_day_settles_it(admitted: str, left: str | None, settled: bool) -> None:
    facts = after_meeting(meeting=met(admits=True), stays=(stay(admitted, left),))
    assert (find(facts, "emergency_admission") is None) is settled


# Reading


def test_keyworker_and_register_team_read_it_by_half_past_eight_on_monday() -> None:
    found = duties(after_meeting())
    mine, theirs = found["emergency_read:keyworker:5"], found["emergency_read:register:5"]
    assert mine.due == theirs.due == moment("2026-03-09 08:30")
    assert mine.timed and not mine.is_late(mine.due) and mine.is_late(after(mine.due))
    assert (mine.owner, theirs.owner) == (("actor", 70), ("team", 1))


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-03-09 08:29", "2026-03-09 08:30"),
        ("2026-03-09 08:30", "2026-03-10 08:30"),
        ("2026-03-06 17:00", "2026-03-09 08:30"),
        ("2026-04-02 20:00", "2026-04-07 08:30"),
    ],
)
def test_the_next_morning_is_one_of_a_working_day(written: str, due: str) -> None:
    at = moment(written)
    facts = after_meeting(meeting=met(held_at=at, written_at=at))
    assert duties(facts)["emergency_read:register:5"].due == moment(due)


def test_what_was_read_is_off_that_list_alone() -> None:
    found = duties(after_meeting(meeting=met(keyworker_read=True)))
    assert "emergency_read:keyworker:5" not in found and "emergency_read:register:5" in found


def test_without_a_keyworker_the_team_reads_it() -> None:
    facts = replace(after_meeting(), allocations=())
    assert duties(facts)["emergency_read:keyworker:5"].owner == ("team", 2)


def test_while_nobody_agreed_only_the_register_team_is_asked() -> None:
    facts = replace(after_meeting(), consents=())
    owners = {duty.owner for key, duty in duties(facts).items() if key.startswith("emergency_read")}
    assert owners == {("team", 1)}


# Before nine


def test_what_was_agreed_for_nine_is_due_on_sunday_whatever_its_owner_answered() -> None:
    nine = moment("2026-03-08 09:00")
    facts = replace(after_meeting(meeting=met(tasks={40: nine})), actions=(action(),))
    duty = find(facts, "action:40:moment")
    assert duty is not None and duty.due == nine and duty.timed and duty.owner == ("actor", 81)
    assert duty.is_showing(WRITTEN) and duty.is_late(after(nine)) and not duty.is_late(nine)
    assert "action:40:accept" not in duties(facts) and "action:40:do" not in duties(facts)
    assert find(replace(facts, actions=(action(state="accepted"),)), "action:40:moment") is not None
    assert find(replace(facts, actions=(action(state="said_done"),)), "action:40:moment") is None


def test_what_its_owner_refused_is_for_whoever_walks_alongside_at_the_same_moment() -> None:
    nine = moment("2026-03-08 09:00")
    facts = replace(after_meeting(meeting=met(tasks={40: nine})), actions=(action(state="refused"),))
    duty = find(facts, "action:40:moment")
    assert duty is not None and duty.owner == ("actor", 70) and duty.due == nine


def test_an_owner_without_account_has_the_link_and_the_watcher_has_the_look() -> None:
    nine = moment("2026-03-08 09:00")
    meeting = met(tasks={40: nine}, watcher_id=90)
    facts = replace(after_meeting(meeting=meeting), actions=(action(by_link=True),))
    assert find(facts, "action:40:moment") is None
    look = find(facts, "emergency_checked")
    assert look is not None and look.due == nine and look.owner == ("actor", 90)


def test_nobody_looks_where_nothing_was_agreed_and_the_team_does_for_who_left() -> None:
    assert find(after_meeting(meeting=met(watcher_id=90)), "emergency_checked") is None
    meeting = met(tasks={40: moment("2026-03-08 09:00")}, watcher_id=90, sees_person=False)
    look = find(after_meeting(meeting=meeting), "emergency_checked")
    assert look is not None and look.owner == ("team", 2)


# Drafts and crises


def test_a_meeting_that_was_begun_is_finished_within_twelve_hours() -> None:
    draft = EmergencyDraftFacts(3, HELD, 81)
    facts = replace(on_register(), emergencies=EmergencyFacts(drafts=(draft,)))
    duty = find(facts, "emergency_written")
    assert duty is not None and duty.due == moment("2026-03-08 08:00") and duty.owner == ("actor", 81)
    assert not duty.is_late(duty.due) and duty.is_late(after(duty.due))
    passing = replace(facts, emergencies=EmergencyFacts(drafts=(replace(draft, sees_person=False),)))
    found = find(passing, "emergency_written")
    assert found is not None and found.owner == ("team", 1)


def test_the_next_entry_is_its_writers_and_a_day_of_silence_the_teams() -> None:
    log = CrisisLogFacts(6, moment("2026-03-07 10:00"), 81, moment("2026-03-08 09:00"))
    facts = replace(on_register(), emergencies=EmergencyFacts(log=log))
    entry, silence = find(facts, "crisis_entry"), find(facts, "crisis_silence")
    assert entry is not None and entry.due == moment("2026-03-08 09:00") and entry.owner == ("actor", 81)
    assert silence is not None and silence.owner == ("team", 2)
    assert not silence.is_showing(moment("2026-03-08 09:59")) and silence.is_showing(moment("2026-03-08 10:00"))


def test_silence_begins_no_earlier_than_the_moment_that_was_agreed() -> None:
    log = CrisisLogFacts(6, moment("2026-03-07 10:00"), 81, moment("2026-03-08 17:00"))
    silence = find(replace(on_register(), emergencies=EmergencyFacts(log=log)), "crisis_silence")
    assert silence is not None and silence.due == moment("2026-03-08 17:00")


def test_nothing_is_due_for_somebody_who_died() -> None:
    assert duties(replace(after_meeting(), died_on=date(2026, 3, 8))) == {}


# It never counts as a review

_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(lambda at: at.replace(tzinfo=UTC))


@given(at=st.lists(_MOMENTS, max_size=6), real=st.lists(_MOMENTS, max_size=2))
def test_no_sequence_of_emergency_meetings_changes_what_is_due_of_reviews(
    at: list[datetime], real: list[datetime]
) -> None:
    """Review clocks, validity before an admission and the follow-up itself are as if the meetings had not been."""
    reviews = tuple(ReviewFacts(100 + n, "community", moment_) for n, moment_ in enumerate(real))
    meetings = tuple(ReviewFacts(200 + n, "emergency_protocol", moment_, 1) for n, moment_ in enumerate(at))
    for facts in (in_hospital(*reviews), after_meeting(*reviews)):
        with_them = replace(facts, reviews=(*facts.reviews, *meetings))
        assert duties(with_them) == duties(facts)


@given(held=_MOMENTS, later=st.integers(0, 60))
def test_no_emergency_meeting_is_the_follow_up_of_another(held: datetime, later: int) -> None:
    again = held + timedelta(days=later)
    facts = after_meeting(ReviewFacts(200, "emergency_protocol", again), meeting=met(held_at=held, written_at=held))
    assert find(facts, "emergency_follow_up") is not None

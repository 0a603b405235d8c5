"""The ladder: every level's time on both sides, who stands in, pauses; and that somebody is always asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.counting import local_day, start_of_day
from alongside.policy.duties import OfficersFacts, matter_duties
from alongside.policy.duties.going_up import begins_with
from alongside.policy.escalating import (
    EscalationsFacts,
    HeldBack,
    OpenEscalation,
    OpenRefusal,
    Pause,
    Post,
    asked_on,
    at_moment,
    first_level,
    gaps,
    ladder,
    level_again,
    nights_paused,
    pauses_of,
)
from alongside.policy.facts import ActionFacts
from alongside.policy.tests.building import (
    AGREED,
    CALENDAR,
    KEYWORKER,
    RULES,
    TEAMS,
    duties,
    entry,
    moment,
    person,
    rating,
)

BEGUN = date(2026, 1, 5)
#: A Monday without a bank holiday near.
MONDAY = "2026-06-01"


def post(id: int = 1, level: int = 3, agency: str = "health", rank: int = 1, **more) -> Post:
    return Post(id, 100 + id, f"Officer {id}", agency, level, rank, more.pop("from_date", BEGUN), **more)


def climbing(level: int = 1, posts: tuple = (), pauses: tuple = (), asked: str = MONDAY):
    return ladder(
        level=level, agency="health", asked_at=moment(asked), posts=posts, pauses=pauses, ruleset=RULES,
        calendar=CALENDAR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("level", "last"), [(1, "2026-06-04"), (2, "2026-06-08"), (3, "2026-06-08"), (4, "2026-06-08")]
)
def test_each_level_has_its_working_days(level: int, last: str) -> None:
    first = climbing(level)[0]
    assert first.due_on == date.fromisoformat(last)


def test_what_is_not_decided_in_time_is_the_next_levels_on_the_day_after() -> None:
    stretches = climbing(1)
    last = start_of_day(date(2026, 6, 5)) - timedelta(microseconds=1)
    assert at_moment(stretches, last).level == 1
    assert at_moment(stretches, start_of_day(date(2026, 6, 5))).level == 2
    assert [one.level for one in stretches] == [1, 2, 3, 4] and stretches[-1].to_at is None


def test_the_region_is_asked_by_a_person_only() -> None:
    assert [one.level for one in climbing(4)] == [4]
    assert [one.level for one in climbing(5)] == [5]


def test_the_officer_then_the_deputy_then_another_agencys_then_above_then_below_then_the_team() -> None:
    day = date(2026, 6, 1)
    officer, deputy = post(1), post(2, rank=2)
    other, above, below = post(3, agency="education"), post(4, level=4), post(5, level=2)
    everybody = [below, above, other, deputy, officer]
    for expected in (officer, deputy, other, above, below):
        assert asked_on(everybody, 3, "health", day) == expected
        everybody.remove(expected)
    assert asked_on(everybody, 3, "health", day) is None
    assert asked_on([officer], 1, "health", day) is None


@pytest.mark.parametrize(
    ("more", "day", "there"),
    [
        ({"away": ((date(2026, 6, 1), date(2026, 6, 5)),)}, date(2026, 5, 31), True),
        ({"away": ((date(2026, 6, 1), date(2026, 6, 5)),)}, date(2026, 6, 1), False),
        ({"away": ((date(2026, 6, 1), date(2026, 6, 5)),)}, date(2026, 6, 5), False),
        ({"away": ((date(2026, 6, 1), date(2026, 6, 5)),)}, date(2026, 6, 6), True),
        ({"away": ((date(2026, 6, 1), None),)}, date(2030, 1, 1), False),
        ({"to_date": date(2026, 6, 5)}, date(2026, 6, 5), True),
        ({"to_date": date(2026, 6, 5)}, date(2026, 6, 6), False),
        ({"from_date": date(2026, 6, 5)}, date(2026, 6, 4), False),
        ({"from_date": date(2026, 6, 5)}, date(2026, 6, 5), True),
        ({"left_on": date(2026, 6, 5)}, date(2026, 6, 4), True),
        ({"left_on": date(2026, 6, 5)}, date(2026, 6, 5), False),
    ],
)
def test_who_is_there_on_a_day(more: dict, day: date, there: bool) -> None:
    assert post(**more).is_there(day) is there


def test_an_absence_within_a_level_is_the_deputys() -> None:
    away = post(1, away=((date(2026, 6, 3), date(2026, 6, 4)),))
    stretches = climbing(3, (away, post(2, rank=2)))
    asked = [(local_day(one.from_at), one.post and one.post.id) for one in stretches if one.level == 3]
    assert asked == [(date(2026, 6, 1), 1), (date(2026, 6, 3), 2), (date(2026, 6, 5), 1)]


def test_a_pause_moves_the_day_by_its_working_days() -> None:
    # Tuesday and Wednesday don't count.
    paused = climbing(1, pauses=(Pause(date(2026, 6, 2), date(2026, 6, 3)),))
    assert paused[0].due_on == date(2026, 6, 8)
    assert climbing(1)[0].due_on == date(2026, 6, 4)


def test_a_pause_ends_on_its_last_day_or_when_it_went_on() -> None:
    steps = [("paused", moment("2026-06-02"), date(2026, 6, 10)), ("resumed", moment("2026-06-05"), None)]
    assert pauses_of(steps) == (Pause(date(2026, 6, 2), date(2026, 6, 4)),)
    assert pauses_of(steps[:1]) == (Pause(date(2026, 6, 2), date(2026, 6, 10)),)
    same_day = [("returned", moment("2026-06-02"), date(2026, 6, 4)), ("answered", moment("2026-06-02 15:00"), None)]
    assert pauses_of(same_day) == ()


def test_days_paused_count_once() -> None:
    pauses = (Pause(date(2026, 6, 2), date(2026, 6, 4)), Pause(date(2026, 6, 4), date(2026, 6, 5)))
    assert nights_paused(pauses, date(2026, 6, 30)) == 4
    assert nights_paused(pauses, date(2026, 6, 3)) == 2


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def posts(draw):
    found = []
    for number in range(draw(st.integers(0, 6))):
        begins = draw(DAYS)
        away = []
        for _ in range(draw(st.integers(0, 2))):
            first = draw(DAYS)
            away.append((first, draw(st.none() | st.dates(first, date(2028, 12, 31)))))
        found.append(
            post(
                number,
                level=draw(st.sampled_from((2, 3, 4))),
                agency=draw(st.sampled_from(("health", "education", "social_care"))),
                rank=draw(st.integers(1, 3)),
                from_date=begins,
                to_date=draw(st.none() | st.dates(begins, date(2028, 12, 31))),
                left_on=draw(st.none() | DAYS),
                away=tuple(away),
            )
        )
    return tuple(found)


@given(posts(), st.integers(1, 5), DAYS, st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=3), DAYS)
def test_at_every_moment_somebody_is_asked_who_is_there(named, level, asked, paused, looked) -> None:
    """No gap and no overlap from the first moment on; and whoever is asked is named, here and not gone on that day."""
    pauses = tuple(Pause(first, first + timedelta(days=long)) for first, long in paused)
    stretches = climbing(level, named, pauses, asked=asked.isoformat())
    assert stretches[0].from_at == moment(asked.isoformat()) and stretches[-1].to_at is None
    for one, after in zip(stretches, stretches[1:], strict=False):
        assert one.to_at == after.from_at and one.from_at < after.from_at
        assert after.level in (one.level, one.level + 1)
    for one in stretches:
        assert one.post is None or one.post.is_there(local_day(one.from_at))
    if looked > asked:
        one = at_moment(stretches, moment(looked.isoformat()))
        assert one.holds(moment(looked.isoformat()))
        assert (one.post and one.post.id) == _wanted(named, one.level, looked)


def _wanted(named, level, day):
    found = asked_on(named, level, "health", day)
    return found and found.id


@given(posts(), DAYS, DAYS)
def test_a_gap_is_a_day_without_anybody_of_the_agency(named, since, day) -> None:
    if day < since:
        return
    empty = any(first <= day and (last is None or day <= last) for first, last in gaps(named, "health", since))
    own = [one for one in named if one.agency == "health" and one.level == 3]
    assert empty is not any(one.is_there(day) for one in own)


# Duties


def action(state: str = "accepted", due: str = "2026-07-01", since: str = "2026-06-01", **more) -> ActionFacts:
    at = moment(since)
    return ActionFacts(1, "education", state, "A quiet room", 9, False, at, at, None, date.fromisoformat(due), **more)


def known(**more):
    return person(entries=(entry(),), consents=(AGREED,), allocations=(KEYWORKER,), **more)


def proposal(facts):
    return next((duty for duty in duties(facts).values() if duty.doing == "raise_escalation"), None)


@pytest.mark.parametrize(
    ("facts", "shows", "due"),
    [
        # Late from 1 July, a Wednesday: two working days for the keyworker, then two to escalate.
        (action(), "2026-07-04", "2026-07-07"),
        (action("blocked"), "2026-06-04", "2026-06-05"),
        (action("refused"), "2026-06-04", "2026-06-05"),
        # Nobody said yes, and seven days are left on 24 June.
        (action("proposed"), "2026-06-24", "2026-06-25"),
        # Asked with fewer than seven days left: the keyworker's own time first.
        (action("proposed", due="2026-06-05"), "2026-06-04", "2026-06-05"),
    ],
)
def test_what_is_stuck_is_proposed_after_level_0s_own_time(facts, shows, due) -> None:
    found = proposal(known(actions=(facts,)))
    assert (local_day(found.shows_from), local_day(found.due)) == (date.fromisoformat(shows), date.fromisoformat(due))
    assert found.owner.id == 70 and (found.subject, found.subject_id) == ("action", 1)


@pytest.mark.parametrize("state", ["said_done", "disputed", "done"])
def test_what_is_done_or_disputed_is_not_proposed(state: str) -> None:
    assert proposal(known(actions=(action(state),))) is None


def test_what_is_escalated_already_is_not_proposed_again() -> None:
    one = running(about="action", about_id=1)
    assert proposal(known(actions=(action("blocked"),), escalations=EscalationsFacts((one,)))) is None


def test_a_written_reason_holds_it_back_until_the_day_after() -> None:
    held = EscalationsFacts(held_back=(HeldBack("action", 1, date(2026, 6, 12)),))
    found = proposal(known(actions=(action("blocked"),), escalations=held))
    assert local_day(found.shows_from) == date(2026, 6, 13)


def test_red_with_a_plan_that_is_late_goes_up_and_green_does_not() -> None:
    red, green = (person(entries=(entry(rating(colour, "2026-06-01")),), allocations=(KEYWORKER,), consents=(AGREED,))
                  for colour in ("red", "green"))  # fmt: skip
    assert "duty" in {duty.subject for duty in duties(red).values() if duty.doing == "raise_escalation"}
    assert proposal(green) is None


def running(**more) -> OpenEscalation:
    values = {"level": 3, "agency": "health", "asked_at": moment(MONDAY)} | more
    return OpenEscalation(5, "education", "A quiet room", **values)


def decided_by(facts):
    return [duty for duty in duties(facts).values() if duty.doing == "open_escalation"]


def test_each_stretch_is_due_to_whoever_has_it_and_to_nobody_else_meanwhile() -> None:
    away = post(1, away=((date(2026, 6, 3), date(2026, 6, 4)),))
    facts = known(escalations=EscalationsFacts((running(),), posts=(away, post(2, rank=2))))
    found = [(duty.owner.id, local_day(duty.shows_from), duty.ends_at) for duty in decided_by(facts)]
    found.sort(key=lambda one: one[1])
    assert [owner for owner, _, _ in found[:3]] == [101, 102, 101]
    assert found[0][2] == start_of_day(date(2026, 6, 3))


def test_an_officer_without_an_account_is_rung_and_then_asked() -> None:
    silent = post(1, has_account=False)
    ring = decided_by(known(escalations=EscalationsFacts((running(),), posts=(silent,))))[0]
    assert ring.what.startswith("Ring Officer 1") and ring.owner.kind == "team"
    assert local_day(ring.due) == date(2026, 6, 2)
    asked = decided_by(known(escalations=EscalationsFacts((running(told=(1,)),), posts=(silent,))))[0]
    assert asked.what.startswith("Ask Officer 1") and local_day(asked.due) == date(2026, 6, 8)


def test_where_nobody_is_named_it_is_the_keyworking_teams() -> None:
    found = decided_by(known(escalations=EscalationsFacts((running(),))))
    assert {(duty.owner.kind, duty.owner.id) for duty in found} == {("team", TEAMS["keyworking"])}
    outside = decided_by(known(escalations=EscalationsFacts((running(level=5),))))
    assert outside[0].owner.id == TEAMS["commissioning"]


def test_a_record_that_is_held_closely_is_decided_among_those_who_may_know() -> None:
    facts = known(escalations=EscalationsFacts((running(closed=True),), posts=(post(),)))
    found = decided_by(facts)
    assert {duty.owner.id for duty in found} == {70}
    assert not [duty for duty in found if "Officer" in duty.what + duty.because]
    assert found[0].what.startswith("Decide among yourselves")


def test_a_question_back_is_the_keyworkers_until_its_last_day() -> None:
    asked = running(
        returned_at=moment(MONDAY), paused_until=date(2026, 6, 3),
        pauses=(Pause(date(2026, 6, 1), date(2026, 6, 3)),),
    )  # fmt: skip
    found = decided_by(known(escalations=EscalationsFacts((asked,), posts=(post(),))))
    question = next(duty for duty in found if ":question:" in duty.key)
    assert question.owner.id == 70 and local_day(question.due) == date(2026, 6, 3)
    decide = next(duty for duty in found if ":decide:3" in duty.key)
    assert local_day(decide.shows_from) == date(2026, 6, 4)


def test_after_a_no_the_next_step_is_due_on_its_day() -> None:
    said, by = date(2026, 6, 1), date(2026, 6, 12)
    no = OpenRefusal(8, "health", "An assessment", "CAMHS", said, "Ask for another view", by)
    facts = known(escalations=EscalationsFacts(refusals=(no,)))
    found = next(duty for duty in duties(facts).values() if duty.doing == "open_refusal")
    assert local_day(found.due) == date(2026, 6, 12) and found.owner.id == 70


def test_a_missing_officer_is_due_and_a_gap_ahead_is_seen_before_it_comes() -> None:
    leaves = post(1, to_date=date(2026, 6, 30))
    facts = OfficersFacts(kind="officers", id=1, icb_id=1, opened_at=moment(MONDAY), guard=0, posts=(leaves,))
    found = {duty.key.split(":")[1]: duty for duty in matter_duties(facts, RULES, CALENDAR, TEAMS)}
    assert set(found) == {"health", "education", "social_care"}
    assert local_day(found["health"].shows_from) == date(2026, 6, 17)
    assert local_day(found["education"].due) == date(2026, 6, 15)


# Where it begins


@pytest.mark.parametrize(
    ("on", "level"),
    [
        # To be done by Friday 2 January 2026; ten working days later is Friday 16 January.
        (date(2025, 12, 20), 1),
        (date(2026, 1, 16), 1),
        (date(2026, 1, 17), 2),
        (date(2026, 3, 2), 2),
    ],
)
def test_a_recommendation_more_than_ten_working_days_late_begins_at_level_2(on: date, level: int) -> None:
    found = first_level(date(2026, 1, 2), on, RULES, CALENDAR)
    assert found.value == level and found.source
    assert ("more than 10 working days late" in found.because) is (level == 2)


@pytest.mark.parametrize(("times", "level"), [(1, 1), (2, 2), (3, 2)])
def test_what_was_recommended_again_begins_at_level_2_however_late_it_is(times: int, level: int) -> None:
    assert first_level(date(2026, 1, 2), date(2026, 1, 2), RULES, CALENDAR, times).value == level


@pytest.mark.parametrize(("rule", "level"), [
    ("keyworker_plan_all", 1), ("funding_answered", 2), ("inpatient_cetr", 3), ("dispute_interim_owner", 4),
    ("rate", 1),
])  # fmt: skip
def test_what_is_out_of_time_begins_at_the_level_of_its_kind(rule: str, level: int) -> None:
    found = begins_with(rule)
    assert found.value == level
    assert (f"begins at level {level}" in found.because) is bool(found.source) is (level > 1)


@pytest.mark.parametrize(("stands", "after"), [(1, 2), (2, 3), (3, 4), (4, 4), (5, 5)])
def test_what_is_recommended_again_goes_a_level_up_within_the_areas_own_ladder(stands: int, after: int) -> None:
    assert level_again(stands) == after


def test_the_keyworker_reads_from_when_it_begins_higher() -> None:
    found = proposal(known(actions=(action(due="2026-01-02", of_review=True),)))
    assert "After 16 January 2026 it begins at level 2" in found.because
    assert "level 2" not in proposal(known(actions=(action(due="2026-01-02"),))).because

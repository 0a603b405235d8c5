"""Stepping down, endings, the question afterwards and the adult lead: both sides of each number."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.counting import days_after, end_of_day, start_of_day
from alongside.policy.facts import AllocationFacts, ConsentFacts, ContactsFacts, EndingFacts, StepDownFacts
from alongside.policy.stepping_down import MOST_DAYS, Step, came_back_within, every, kept_steps, problem_of, step_on

from .building import KEYWORKER, answered, assert_due, day, duties, entry, find, moment, on_register, plan, rating, stay

GREEN = rating("green", "2026-06-10")
WALKED = (KEYWORKER,)
ENDED = (replace(KEYWORKER, to_date=date(2026, 9, 1)),)
DOWN = StepDownFacts(5, date(2026, 7, 1), date(2026, 9, 1), (Step(date(2026, 7, 1), 14), Step(date(2026, 8, 1), 42)))
ENDING = EndingFacts(9, date(2026, 9, 1), "goals_met")
YES = ConsentFacts(2, "afterwards", "given", date(2026, 9, 1), evidenced=True)


def agreed(facts, *more):
    return replace(facts, consents=(*facts.consents, *more))


def test_six_weeks_of_green_ask_whether_contact_can_become_less():
    facts = on_register(rating("amber", "2026-06-01"), rating("green", "2026-06-10", id=2), allocations=WALKED)
    duty = find(facts, "step_down_considered")
    assert_due(duty, "2026-07-22")
    assert (
        duty.owner.kind == "actor"
        and duty.local_default
        and "Green with a keyworker since 10 June 2026" in duty.because
    )


@pytest.mark.parametrize("colour", ["red", "amber", "blue"])
def test_nobody_with_another_colour_is_asked(colour):
    assert find(on_register(rating(colour, "2026-06-10"), allocations=WALKED), "step_down_considered") is None


def test_nobody_green_without_a_keyworker_is_asked():
    assert find(on_register(GREEN), "step_down_considered") is None


def test_a_no_is_looked_at_again_six_weeks_later():
    facts = on_register(GREEN, allocations=WALKED)
    first = find(facts, "step_down_considered")
    assert_due(find(answered(facts, first.key, "2026-07-20", "not_needed"), "step_down_considered"), "2026-08-31")


def test_it_counts_from_the_keyworker_where_green_is_older():
    facts = on_register(GREEN, allocations=(replace(KEYWORKER, from_date=date(2026, 7, 1)),))
    assert_due(find(facts, "step_down_considered"), "2026-08-12")


def test_while_stepping_down_its_end_is_due_to_the_team_instead():
    facts = on_register(GREEN, allocations=WALKED, step_down=DOWN)
    assert find(facts, "step_down_considered") is None
    duty = find(facts, "step_down_ends")
    assert_due(duty, "2026-09-01")
    assert duty.owner.id == 2 and "Nobody is named yet" in duty.because
    named = on_register(GREEN, allocations=WALKED, step_down=replace(DOWN, has_lead=True))
    assert "Nobody is named yet" not in find(named, "step_down_ends").because


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2026-06-30", "2026-07-28"),
        ("2026-07-01", "2026-07-15"),
        ("2026-07-31", "2026-08-14"),
        ("2026-08-01", "2026-09-12"),
    ],
)
def test_contact_is_due_as_planned_from_the_step_that_holds_on_the_last_one(last, due):
    """Before the first step the area's own four weeks hold; on the day of a step the step does."""
    facts = on_register(
        GREEN, allocations=WALKED, step_down=DOWN, contacts=ContactsFacts(moment("2026-06-20"), None, moment(last))
    )
    assert_due(find(facts, "contact_again"), due)


def test_a_higher_rating_brings_the_areas_length_back():
    facts = on_register(
        rating("amber", "2026-08-02"),
        allocations=WALKED,
        step_down=DOWN,
        contacts=ContactsFacts(moment("2026-06-20"), moment("2026-06-20"), moment("2026-08-01")),
    )
    assert_due(find(facts, "contact_again"), "2026-08-15")


def test_an_ending_that_nobody_wrote_down_is_due_in_five_working_days():
    facts = on_register(GREEN, allocations=ENDED)
    duty = find(facts, "ending_told")
    assert_due(duty, "2026-09-08")
    assert duty.owner.id == 2
    assert find(replace(facts, ending=ENDING), "ending_told") is None
    earlier = replace(ENDING, ended_on=date(2026, 8, 31))
    assert find(replace(facts, ending=earlier), "ending_told") is not None, "that was another time"


def test_where_a_keyworker_is_to_be_named_that_is_due_and_not_the_ending():
    facts = on_register(rating("red", "2026-06-10"), allocations=ENDED)
    assert find(facts, "name_keyworker") and find(facts, "ending_told") is None


def test_whoever_left_the_register_with_a_keyworker_is_decided_about():
    left = entry(GREEN, removed_on=date(2026, 8, 3))
    facts = on_register(entries=(left,), allocations=WALKED)
    assert_due(find(facts, "off_register"), "2026-08-17")
    assert find(replace(facts, allocations=ENDED), "off_register") is None
    assert find(replace(facts, entries=(*facts.entries, entry(GREEN, id=2))), "off_register") is None


def test_one_question_after_three_and_six_months_with_a_yes():
    facts = agreed(on_register(GREEN, allocations=ENDED, ending=ENDING), YES)
    first, second = find(facts, "after_question:1"), find(facts, "after_question:2")
    assert first.shows_from == start_of_day(date(2026, 12, 1)) and second.shows_from == start_of_day(date(2027, 3, 1))
    assert_due(first, "2026-12-08")
    assert first.ends_at == end_of_day(date(2027, 3, 1))
    once = replace(facts, ending=replace(ENDING, asked=(1,)))
    assert find(once, "after_question:1") is None and find(once, "after_question:2")


def test_it_is_asked_also_of_whoever_left_the_register():
    gone = on_register(entries=(entry(GREEN, removed_on=date(2026, 9, 30)),), allocations=ENDED, ending=ENDING)
    assert find(agreed(gone, YES), "after_question:1")


@pytest.mark.parametrize("reason", ["moved", "consent", "transferred", "died"])
def test_nobody_is_asked_after_other_endings(reason):
    facts = on_register(GREEN, allocations=ENDED, ending=replace(ENDING, reason=reason))
    assert find(agreed(facts, YES), "after_question") is None


def test_nobody_is_asked_without_a_yes_that_stands_or_with_a_keyworker_again():
    facts = on_register(GREEN, allocations=ENDED, ending=ENDING)
    assert find(facts, "after_question") is None
    no = ConsentFacts(3, "afterwards", "withdrawn", date(2026, 10, 1), evidenced=True)
    assert find(agreed(facts, YES, no), "after_question") is None
    again = AllocationFacts(2, 70, "designated", date(2026, 10, 1))
    assert find(agreed(replace(facts, allocations=(*ENDED, again)), YES), "after_question") is None


def test_an_adult_lead_is_due_from_seventeen_and_a_half_and_broken_at_eighteen():
    facts = on_register(GREEN, birth_date=date(2009, 3, 10), allocations=WALKED)
    duty = find(facts, "adult_lead")
    assert_due(duty, "2027-03-09")
    assert duty.shows_from == start_of_day(date(2026, 9, 10)) and duty.breach == end_of_day(date(2027, 3, 9))
    assert duty.ends_at is None, "nobody turns 18 without one, however late"
    assert find(replace(facts, has_adult_lead=True), "adult_lead") is None


@pytest.mark.parametrize(("born", "due"), [("2008-06-01", False), ("2008-06-02", True)])
def test_whoever_came_on_the_register_grown_up_needs_none_named(born, due):
    facts = on_register(GREEN, birth_date=day(born), allocations=WALKED)
    assert (find(facts, "adult_lead") is not None) == due


@pytest.mark.parametrize(("ended", "checked"), [("2026-03-10", False), ("2026-03-11", True), ("2026-09-11", True)])
def test_the_checks_after_18_go_to_the_team_when_the_keyworker_went_around_the_birthday(ended, checked):
    """The 18th birthday is 10 September 2026; half a year before it is 10 March."""
    one = AllocationFacts(1, 70, "designated", date(2025, 1, 1), day(ended))
    facts = on_register(entries=(entry(rating("green", "2025-01-02"), on="2025-01-01"),),
                        birth_date=date(2008, 9, 10), allocations=(one,))  # fmt: skip
    found = [duty for key, duty in duties(facts).items() if key.startswith("after_18_check")]
    assert len(found) == (3 if checked else 0)
    if found:
        assert {duty.owner.id for duty in found} == {2}
        assert [str(end.due.date()) for end in found] == ["2026-09-17", "2026-10-08", "2026-12-03"]


def test_each_cetr_and_ehc_plan_review_says_that_keyworking_is_considered_again():
    sentence = "Keyworking ended on 1 September 2026 (goals are met): at this review it is considered"
    facts = on_register(GREEN, allocations=ENDED, ending=ENDING, circumstances=(plan(),), stays=(stay("2026-10-01"),))
    assert sentence in find(facts, "ehc_review:").because
    assert sentence in find(facts, "post_admission_review").because
    walked = replace(facts, allocations=WALKED)
    assert sentence not in find(walked, "ehc_review:").because


# The plan of stepping down

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([], "Say how often"),
        ([Step(FIRST, 0)], "at least every"),
        ([Step(FIRST, 1)], ""),
        ([Step(FIRST, MOST_DAYS)], ""),
        ([Step(FIRST, MOST_DAYS + 1)], "at least every"),
        ([Step(FIRST, 14), Step(FIRST, 28)], "later day"),
        ([Step(FIRST, 14), Step(days_after(FIRST, 1), 28)], ""),
        ([Step(FIRST, 14), Step(days_after(FIRST, 1), 13)], "becomes less"),
        ([Step(LAST, 14)], "before the last day"),
        ([Step(days_after(LAST, -1), 14)], ""),
    ],
)
def test_a_plan_that_cant_be_is_a_sentence(steps, says):
    problem = problem_of(steps, FIRST, LAST)
    assert (says in problem) if says else problem == ""


def test_the_last_day_is_later_than_the_first():
    assert problem_of([Step(FIRST, 14)], FIRST, FIRST) and not problem_of(
        [Step(FIRST, 14)], FIRST, days_after(FIRST, 1)
    )


def test_planned_stands_beside_what_happened():
    steps = [Step(date(2026, 7, 1), 14), Step(date(2026, 8, 1), 28)]
    made = [date(2026, 6, 25), date(2026, 7, 8), date(2026, 7, 22), date(2026, 8, 25)]
    first, second = kept_steps(steps, made, None, date(2026, 8, 30))
    assert (first.contacts, first.usual, first.longest, first.is_kept) == (2, 14, 14, True)
    assert (second.contacts, second.longest, second.is_kept) == (1, 34, False)
    assert kept_steps(steps, made, None, date(2026, 6, 30)) == []


@pytest.mark.parametrize(
    ("on", "back"), [("2026-08-31", False), ("2026-09-01", True), ("2027-09-01", True), ("2027-09-02", False)]
)
def test_within_twelve_months_it_is_a_coming_back(on, back):
    assert came_back_within(date(2026, 9, 1), day(on)) == back
    assert not came_back_within(date(2026, 9, 1), None)


@pytest.mark.parametrize(
    ("days", "words"), [(1, "every day"), (7, "every week"), (10, "every 10 days"), (28, "every 4 weeks")]
)
def test_how_often_in_words(days, words):
    assert every(days) == words


_STEP = st.builds(Step, st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(1, MOST_DAYS))


@given(
    st.lists(_STEP, max_size=6),
    st.lists(st.dates(date(2025, 12, 1), date(2027, 2, 1)), max_size=30),
    st.dates(date(2026, 1, 1), date(2027, 2, 1)),
)
def test_whatever_was_planned_and_made_it_can_be_told(steps, made, today):
    """Nothing is counted twice, nothing ahead of today, and no gap is longer than the time there was."""
    steps = sorted({step.since: step for step in steps}.values(), key=lambda step: step.since)
    kept = kept_steps(steps, made, None, today)
    assert sum(one.contacts for one in kept) <= len({on for on in made if on <= today})
    assert all(one.until <= today and one.longest >= 0 for one in kept)
    held = step_on(steps, today)
    assert held is None or (held.since <= today and not [one for one in steps if held.since < one.since <= today])

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.ratings import TOOLS, age_of_rating, allows, find_tool, floor, suggest
from alongside.policy.rules import NATIONAL, Length, Ruleset, local_value
from alongside.policy.tests.building import RULES, entry, moment, person, rating, stay

FOUR = ("mental_health", "behaviour", "environment", "crisis")
NORFOLK = ("placement", "moving_in", "education", "emergency")


def test_only_the_public_examples_are_there():
    assert [tool.key for tool in TOOLS] == [
        "national_definitions",
        "four_questions",
        "two_of_four",
        "time_bands",
    ]
    assert find_tool("four_questions", "1") is find_tool("four_questions")
    assert find_tool("four_questions", "2") is None
    assert find_tool("nineteen_items") is None


@pytest.mark.parametrize("colour", ["red", "amber", "green", "blue"])
def test_the_national_definition_that_fits_gives_its_colour(colour):
    decision = suggest(find_tool("national_definitions"), {"fits": colour})
    assert decision.value == colour
    assert "NHS England" in decision.source


def test_all_four_questions_make_red_and_three_do_not():
    tool = find_tool("four_questions")
    assert suggest(tool, dict.fromkeys(FOUR, True)).value == "red"
    for no in FOUR:
        decision = suggest(tool, {**dict.fromkeys(FOUR, True), no: False})
        assert decision.value is None
        assert "judgement" in decision.because


def test_a_question_not_answered_is_no_no():
    decision = suggest(find_tool("four_questions"), dict.fromkeys(FOUR[:3], True))
    assert decision.value is None
    assert "1 of 4 questions are not answered" in decision.because


@pytest.mark.parametrize(("yes", "value"), [(1, None), (2, "keyworking_entry"), (4, "keyworking_entry")])
def test_two_of_four_open_keyworking_and_give_no_colour(yes, value):
    tool = find_tool("two_of_four")
    answers = {key: number < yes for number, key in enumerate(NORFOLK)}
    assert suggest(tool, answers).value == value
    assert tool.gives == "entry"


@pytest.mark.parametrize(("hours", "colour"), [(0, "red"), (48, "red"), (49, "amber"), (336, "amber"), (337, None)])
def test_time_bands_on_both_sides(hours, colour):
    assert suggest(find_tool("time_bands"), {"hours": hours}).value == colour


def test_time_bands_say_that_the_colour_is_inferred():
    tool = find_tool("time_bands")
    decision = suggest(tool, {"band": "weeks_2"})
    assert decision.value == "amber"
    assert "inferred" in decision.because
    assert tool.mapping_certainty == "G"


def test_time_bands_follow_the_icbs_own_value():
    threshold = next(rule for rule in NATIONAL if rule.key == "red_threshold")
    own = local_value(threshold, "DEMO", Length(72, "hours"), date(2026, 6, 1))
    rules = Ruleset.build("DEMO", local=[own])
    tool = find_tool("time_bands")
    assert suggest(tool, {"hours": 72}, rules, date(2026, 6, 1)).value == "red"
    assert suggest(tool, {"hours": 72}, rules, date(2026, 5, 31)).value == "amber"


def test_somebody_in_hospital_stays_blue_whatever_hours_are_given():
    assert suggest(find_tool("time_bands"), {"band": "in_hospital", "hours": 1}).value == "blue"


@given(
    st.sampled_from(TOOLS),
    st.dictionaries(
        st.sampled_from([*FOUR, *NORFOLK, "fits", "band", "hours", "odd"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["red", "yes", "", "?"])),
    ),
)
def test_any_answers_give_a_sentence(tool, answers):
    decision = suggest(tool, answers)
    assert decision.because.endswith(".")
    assert decision.source == tool.source


# Floors


LEFT = stay("2026-06-20 10:00", "2026-07-01 15:00")


def demanded(at: str, *stays, rules: Ruleset = RULES):
    return floor(person(stays=stays), moment(at), rules).value


def test_in_a_mental_health_hospital_the_rating_is_blue():
    assert demanded("2026-06-20 09:59", LEFT) is None
    assert demanded("2026-06-20 10:00", LEFT) == "blue"
    assert demanded("2026-07-01 14:59", LEFT) == "blue"
    assert demanded("2026-07-01", stay("2026-06-20", kind="secure")) is None


def test_for_14_days_after_discharge_it_stays_red():
    assert demanded("2026-07-01 15:00", LEFT) == "red"
    assert demanded("2026-07-15 14:59", LEFT) == "red"
    assert demanded("2026-07-15 15:00", LEFT) is None


def test_the_two_weeks_end_at_the_same_time_of_day_when_the_clocks_change():
    left = stay("2026-10-01", "2026-10-20 15:00")
    assert demanded("2026-11-03 14:59", left) == "red"
    assert demanded("2026-11-03 15:00", left) is None


def test_the_time_kept_red_is_a_setting():
    rule = next(rule for rule in NATIONAL if rule.key == "post_discharge_red")
    rules = Ruleset.build("DEMO", local=[local_value(rule, "DEMO", Length(3, "weeks"), date(2026, 1, 1))])
    assert demanded("2026-07-22 14:59", LEFT, rules=rules) == "red"
    assert demanded("2026-07-22 15:00", LEFT, rules=rules) is None


def test_a_readmission_makes_it_blue_again():
    assert demanded("2026-07-05", LEFT, stay("2026-07-04", id=2)) == "blue"


def test_a_floor_blocks_every_other_colour_and_says_why():
    red = floor(person(stays=(LEFT,)), moment("2026-07-10"), RULES)
    assert allows("red", red).value is True
    for colour in ("amber", "green", "blue"):
        refused = allows(colour, red)
        assert refused.value is False
        assert "15 July 2026 at 3:00pm" in refused.because
    nothing = floor(person(), moment("2026-07-10"), RULES)
    assert allows("green", nothing).value is True


# Age


def test_the_age_of_a_rating():
    on = entry(
        rating("amber", "2026-05-01", id=1, state="superseded"),
        rating("red", "2026-06-01", id=2, state="superseded"),
        rating("red", "2026-06-08", id=3),
    )
    age = age_of_rating(on, date(2026, 6, 15), RULES)
    assert (age.colour, age.days_in_colour, age.days_since_review, age.is_stale) == ("red", 14, 7, False)
    assert age_of_rating(on, date(2026, 6, 16), RULES).is_stale


def test_without_a_rating_there_is_no_age_and_it_is_stale():
    age = age_of_rating(entry(), date(2026, 6, 15), RULES)
    assert (age.colour, age.days_in_colour, age.is_stale) == (None, None, True)

"""After the review of an EHC plan: what the council decides, and the changed plan."""

from alongside.policy.tests.building import answered, assert_due, entry, find, person, plan, rating, review

HELD = person(
    entries=(entry(rating("green", "2026-01-20"), on="2026-01-20"),),
    circumstances=(plan(),),
    reviews=(review("ehc_plan", "2026-03-03"),),
)
KEY = "ehc_decision:circumstance:1:after:2026-03-03"


def test_the_council_decides_within_four_weeks_of_the_meeting():
    duty = find(HELD, "ehc_decision")
    assert_due(duty, "2026-03-31")
    assert duty.breach == duty.due and duty.topic == "education"


def test_a_changed_plan_is_out_eight_weeks_after_the_council_said_so():
    assert find(HELD, "ehc_final_plan") is None
    decided = answered(HELD, KEY, "2026-03-31")
    assert find(decided, "ehc_decision") is None
    assert_due(find(decided, "ehc_final_plan"), "2026-05-26")


def test_no_changed_plan_is_waited_for_when_nothing_was_to_be_decided():
    assert find(answered(HELD, KEY, "2026-03-31", "not_needed"), "ehc_final_plan") is None


def test_a_review_before_anybody_here_knew_of_them_asks_nothing():
    late = person(
        entries=(entry(rating("green", "2026-06-01")),),
        circumstances=(plan(),),
        reviews=(review("ehc_plan", "2026-03-03"),),
    )
    assert find(late, "ehc_decision") is None

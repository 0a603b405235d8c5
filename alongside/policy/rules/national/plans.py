"""What the service sets itself for plans. The first plan is row 43 of the table (`keyworker_plan_all`)."""

from .making import rule

_KEYWORKED = "with a keyworker"

PLANS = (
    rule(
        None,
        "plan_review",
        "Plan looked at again",
        "12 weeks",
        "every",
        "PROPOSAL",
        "P",
        "default",
        _KEYWORKED,
        note="A plan says itself when it is looked at again; never later than this.",
    ),
    rule(
        None,
        "plan_approval",
        "Plan that was sent is approved or sent back",
        "3 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _KEYWORKED,
    ),
    rule(
        None,
        "plan_agreement",
        "Young person and family are asked whether they agree with the plan",
        "10 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _KEYWORKED,
        note="A recorded disagreement is an answer too.",
    ),
    rule(
        None,
        "plan_disagreement",
        "A disagreement with the plan is talked about",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _KEYWORKED,
    ),
)

"""Organising a review. Rows 14, 15, 16 and 57 stand elsewhere; of these no national figure was found."""

from .making import rule

_PLANNED = "a C(E)TR that is being organised"

PLANNED_REVIEWS = (
    rule(
        None,
        "review_request_answered",
        "A request for a review is answered, also when it is no",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "whoever asked for a C(E)TR",
    ),
    rule(
        None,
        "review_day_set",
        "A review that is to be held has a day",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _PLANNED,
    ),
    rule(
        None,
        "review_held_or_not",
        "Held or not: written down after its day",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _PLANNED,
    ),
    rule(
        None,
        "expert_papers_end",
        "Checks and registration of a panel member are made again before they end",
        "6 weeks",
        "before",
        "PROPOSAL",
        "P",
        "default",
        "panel members",
    ),
)

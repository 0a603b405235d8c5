"""Rules about telling others: agreements between organisations that end, and what the family was not told."""

from .making import rule

SHARING = (
    rule(
        None,
        "sharing_agreement_ends",
        "An agreement to share that ends is renewed or let go",
        "8 weeks",
        "within",
        "PROPOSAL",
        "P",
        "default",
        "agreements between organisations",
        note="It shows this long before the last day, so that nobody stops being told without a decision.",
    ),
    rule(
        None,
        "override_look_again",
        "What the family was not told is looked at again",
        "7 days",
        "within",
        "PROPOSAL",
        "P",
        "default",
        "told against an agreement, or without the family's knowing",
        note="The length is what the form proposes; the day that is chosen counts, 28 days ahead at the most.",
    ),
)

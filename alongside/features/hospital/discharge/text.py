"""Every label and message of leaving hospital. Lists of codes stand in `policy/discharging.py`."""

from alongside.policy.discharging import BODIES, CLOSURES, DELAY_REASONS, HEADINGS, KNOWN_TO, NO_REVIEW

PLACEHOLDER = (
    "These twelve headings are placeholders of this software. The national list was not found; it can be loaded "
    "once it is there."
)
STANDING_TAG = {"open": "orange", "in_place": "green", "not_needed": "grey"}
NO_DATE = "No date yet"
NO_LEAD = "Nobody leads it yet"

SAVED = {
    "plan": "The plan was saved.",
    "heading": "Saved.",
    "date": "The date was saved. The family reads it on their own page.",
    "condition": "The condition was saved, and its owner is asked.",
    "ready": "Saved. Each night counts from that day.",
    "ended": "Saved. No more nights count.",
    "withdrawn": "Saved. That time no longer counts.",
    "meeting": "The meeting was saved.",
    "leaving": "Saved. The family reads it on their own page.",
    "look_back": "Saved.",
    "root_cause": "The analysis was saved.",
    "change": "Saved. The change is made.",
}

HAS_LEFT = "They have left this hospital, so nothing of this plan changes any more."
STILL_THERE = "They are still in hospital. Write this down when they have left."
STALE = "Somebody changed this while you were writing. Look at what they wrote; your words are below."
NOT_BEFORE_ADMISSION = "They went into hospital on {day}. Give that day or a later one."
NOT_PAST = "Choose today or a later day. If they have left, record the discharge."
WHY_MOVED = "The day has moved. Say why: the family reads it."
LEFT_BEHIND = (
    "Not everything is met. Say of each condition whether they leave without it, or by when it is done afterwards."
)
SAME_CAUSE = "This is what stands already."
NO_PERIOD = "Nothing counts now. Somebody may have ended it."
NO_EARLIER_STAY = "There is no earlier stay to look back on."

__all__ = ["BODIES", "CLOSURES", "DELAY_REASONS", "HEADINGS", "KNOWN_TO", "NO_REVIEW"]


def heading_words(code: str) -> str:
    return HEADINGS.get(code, code)


def reason_words(code: str) -> str:
    return DELAY_REASONS.get(code, f"Reason {code}") if code else "No reason written down"


def body_words(code: str) -> str:
    return BODIES.get(code, f"Body {code}") if code else "Nobody’s yet"


def closure_words(code: str) -> str:
    return CLOSURES.get(code, code)

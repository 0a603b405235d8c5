"""Duty: something due, for whom, by when, why, and whose."""

from datetime import datetime
from typing import NamedTuple

#: What the one button of a duty does. `record_done` is the plain 'it is done'; `open_matter` opens its page.
DOING = (
    "rate",
    "decide_rating",
    "plan_review_date",
    "confirm_agreement",
    "record_review",
    "record_visit",
    "record_contact",
    "record_legal_status",
    "find_out",
    "record_done",
    "open_matter",
    "answer_told",
    "open_action",
    "log_contact",
    "log_appointment",
    "open_promise",
    "name_keyworker",
    "decide_exception",
    "open_plan",
    "record_capacity",
    "open_step_down",
    "ask_after",
    "name_adult_lead",
    "open_discharge_plan",
    "open_after_discharge",
    "open_root_cause",
    "open_look_back",
    "open_move",
    "open_planned_review",
    "open_stay",
    "know_admission",
    "record_stay_notice",
    "open_review",
    "open_emergency",
    "open_concern",
    "open_dispute",
    "open_funding",
    "open_placement",
    "follow_notice",
    "record_quality_visit",
    "raise_escalation",
    "open_escalation",
    "open_refusal",
)

#: What the facts behind a duty are about, for consent and sharing.
TOPICS = (
    "identity",
    "contact",
    "communication",
    "own_words",
    "family",
    "health",
    "education",
    "social_care",
    "safeguarding",
    "justice",
    "placement",
    "register",
    "hospital",
    "review",
    "keyworking",
    "agreement",
    "transition",
    "money",
)


class Owner(NamedTuple):
    """Whose duty it is. kind: actor or team. A team id of 0 means the ICB has no team at all yet."""

    kind: str
    id: int


class Duty(NamedTuple):
    """Something due for one person. A named tuple, because millions of them are made and compared.

    key: stable and unique within the person; an answer to the duty names it.
    row: the row of the table of time limits (policy reference, section 16); None for a rule outside it.
    what: a short imperative. because: one sentence with the dates that led here.
    shows_from, due, breach, ends_at: moments in UTC. A duty due on a day is due at the last microsecond
    of that day in England; late means now > due. breach: when a national or legal limit is passed.
    ends_at: when it stops mattering by itself; None means never.
    timed: due at a time of day, not on a day.
    doing: one of DOING. subject: entry, stay, rating, consent, circumstance or person; or the kind of a matter.
    """

    key: str
    rule_key: str
    row: int | None
    what: str
    because: str
    source: str
    certainty: str
    local_default: bool
    topic: str
    shows_from: datetime
    due: datetime
    breach: datetime | None
    ends_at: datetime | None
    timed: bool
    owner: Owner
    doing: str
    subject: str
    subject_id: int

    def is_open(self, at: datetime) -> bool:
        """Still to be done at a moment, whether or not it shows yet."""
        return self.ends_at is None or at < self.ends_at

    def is_showing(self, at: datetime) -> bool:
        return self.shows_from <= at and self.is_open(at)

    def is_late(self, at: datetime) -> bool:
        return self.is_open(at) and at > self.due

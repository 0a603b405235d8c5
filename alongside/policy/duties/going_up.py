"""What goes up once its day has passed: to which level and why (policy reference, section 9)."""

from dataclasses import dataclass

from ..decision import Decision
from ..escalating import FIRST


@dataclass(frozen=True, slots=True)
class Passed:
    """Where something goes whose day has passed: the level and the reason, what it is called, and its topic."""

    level: int
    reason: str
    called: str
    topic: str = "hospital"


_REVIEW = Passed(3, "review_late", "The review in hospital is out of time")
#: Duties that go up when they are passed, by the key of their rule.
PASSED: dict[str, Passed] = {
    "keyworker_plan_all": Passed(1, "no_plan", "Red, and without a plan", "keyworking"),
    "post_admission_cetr_target": _REVIEW,
    "post_admission_ctr": _REVIEW,
    "inpatient_cetr": _REVIEW,
    "inpatient_ctr": _REVIEW,
    "inpatient_ctr_secure": _REVIEW,
    "statutory_first_cetr": _REVIEW,
    "statutory_first_ctr": _REVIEW,
    "statutory_further_review": _REVIEW,
    "discharge_date_passed": Passed(3, "discharge", "The day to leave hospital has passed"),
    "funding_answered": Passed(2, "money", "Nobody decides about money that was asked for", "money"),
    "dispute_interim_owner": Passed(4, "disagree", "Two bodies don’t agree who is responsible", "money"),
    "placement_last_day": Passed(2, "unsafe", "Nobody knows where they go when their place ends", "placement"),
    "placement_found": Passed(3, "unsafe", "Their place ends and there is no other", "placement"),
}


def begins_with(rule_key: str) -> Decision:
    """The lowest level to which something out of time is put, by the key of its rule; value is the level."""
    passed = PASSED.get(rule_key)
    if passed is None or passed.level <= FIRST:
        return Decision(FIRST, "")
    return Decision(
        passed.level, f"{passed.called}, so it begins at level {passed.level}.", "policy reference, section 9"
    )

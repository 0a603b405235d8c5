"""The check-lists of organising a C(E)TR, as data. Source: policy reference 5.5 (CC, DOC1, DOC2); words are ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One line. asks: the question whose answer stands beside the tick; '' for none."""

    code: str
    words: str
    asks: str = ""


#: Before the day.
BEFORE = (
    Check("adjustments", "What they need to take part is known and arranged", "What do they need to take part?"),
    Check(
        "expertise",
        "It was thought of who else knows more: autism, pharmacist, dietitian, or others",
        "Who else was thought of?",
    ),
    Check("day_suits", "The day suits the young person, their family and their advocate"),
    Check("room", "The place is booked, and it suits them"),
    Check("booklet", "The planner booklet was given, with or without pictures as they like"),
    Check("time_to_choose", "They had at least 2 weeks to agree and to choose who is invited"),
    Check(
        "prepared",
        "Somebody prepares the day with the young person, and with the family",
        "Who prepares the day with them?",
    ),
    Check("experts", "Experts have the agenda; travel, identity badge and adjustments are arranged"),
    Check("last_time", "The last report and its actions were looked up"),
)

_ALWAYS = (
    Check("planner", "The planner, with how we know that they agreed"),
    Check("last_report", "The last report and its actions"),
)
#: Papers that reach the panel 24 hours before, by setting. What is only helpful never stops a review.
PAPERS = {
    "inpatient": (*_ALWAYS, Check("health", "Physical health and medicines: those parts filled in")),
    "community": (*_ALWAYS, Check("crisis_plan", "The crisis plan, if there is one")),
}
HELPFUL = (
    Check("risk", "Risk assessments"),
    Check("care_plan", "Care plans"),
    Check("ehc_plan", "EHC plan and notes of its last review"),
    Check("passport", "Communication or hospital passport"),
    Check("assessment", "Psychology, speech and language or occupational therapy assessments"),
    Check("tribunal", "Last tribunal report"),
    Check("discharge_plan", "Discharge plan, or what is needed in the community"),
    Check("safeguarding", "Safeguarding reports of the last year"),
    Check("restraint", "Incident forms about restraint since the last review"),
    Check("other", "Something else"),
)
#: The order of the day. Ours: of the official model agenda only the title was seen.
AGENDA = (
    "The panel meets, reads, and says who asks what",
    "They meet the young person first, in the way that suits them",
    "They meet the family, or whoever was chosen, and the advocate",
    "They see where the young person lives or stays",
    "They meet those who treat, teach and support them",
    "They look at the papers again",
    "The panel agrees what it found and what it recommends",
    "It tells the young person, the family and the team what it found",
    "Who does what next, and by when",
)
CODES = frozenset(check.code for check in BEFORE)


def papers_of(kind: str) -> tuple[Check, ...]:
    """What must reach the panel, by the kind of review."""
    return PAPERS["community" if kind in ("community", "post_discharge") else "inpatient"]

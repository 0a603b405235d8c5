"""Every label and message of what is due: one table for each kind of word."""

from alongside.features.reviews.models import Review
from alongside.overview.own_steps import instead_of as instead_of

#: What the one button of a duty says.
BUTTON = {
    "rate": "Rate",
    "decide_rating": "Decide",
    "plan_review_date": "Plan a date",
    "confirm_agreement": "Confirm agreement",
    "record_review": "Record the review",
    "record_visit": "Record the visit",
    "record_contact": "Record the contact",
    "record_legal_status": "Record the section",
    "find_out": "Write it down",
    "record_done": "It is done",
    "answer_told": "Read and answer",
    "open_action": "Open the action",
    "log_contact": "Log a contact",
    "log_appointment": "Write it up",
    "open_promise": "Open the promise",
    "name_keyworker": "Name a keyworker",
    "decide_exception": "Decide",
    "open_plan": "Open the plan",
    "record_capacity": "Write down what was found",
    "open_step_down": "Open stepping down",
    "ask_after": "Ask",
    "name_adult_lead": "Name the adult lead",
    "open_planned_review": "Open the review",
    "open_discharge_plan": "Open the discharge plan",
    "open_after_discharge": "Open the days after discharge",
    "open_root_cause": "Open the analysis",
    "open_look_back": "Look back",
    "open_move": "Open the move",
    "open_stay": "Open the stay",
    "know_admission": "I know",
    "record_stay_notice": "Write down who was told",
    "open_review": "Open the review",
    "open_emergency": "Open",
    "open_concern": "Open the concern",
    "open_dispute": "Open the dispute",
    "open_funding": "Open the request",
    "open_placement": "Open the notice",
    "follow_notice": "Write it down",
    "record_quality_visit": "Record the visit",
    "raise_escalation": "Escalate, or say why not",
    "open_escalation": "Open the escalation",
    "open_refusal": "Open the refusal",
    "open_matter": "Open",
}

#: The kind of review that answers a duty, by the start of its key.
REVIEW_OF = {
    "post_admission_review": Review.Kind.POST_ADMISSION,
    "inpatient_review": Review.Kind.INPATIENT,
    "ehc_review": Review.Kind.EHC_PLAN,
    "discharge_contact_1": Review.Kind.CONTACT,
    "discharge_contact_2": Review.Kind.CONTACT,
    "discharge_contact_3": Review.Kind.CONTACT,
    "annual_health_check": Review.Kind.HEALTH_CHECK,
}

#: What the timeline says of a review that answers a duty; of any other kind, that it was held.
REVIEW_WORDS = {Review.Kind.CONTACT: "Contact was made after the discharge"}

#: Titles of the short forms that differ from those of their kind, by the start of the duty's key.
TITLE_OF = {"annual_health_check": "Record the health check"}

#: Titles of the short forms.
TITLE = {
    "record_review": "Record the review",
    "record_contact": "Record the contact",
    "record_legal_status": "Record the section they are under",
    "find_out": "Write down what you found out",
    "record_done": "Say that it is done",
}

STATES = {"late": "Late", "due": "Due in the next 14 days"}
#: Alerts and notices, before everything else.
ON_TOP = "Nobody has opened these yet"
SHORT = {"late": "late", "due": "due soon"}
NOTHING = {"late": "Nothing is late.", "due": "Nothing is due in the next 14 days."}

#: Kinds of duty as a commissioner counts them, by what its button does.
KIND = {
    "rate": "Ratings to look at",
    "decide_rating": "Proposed ratings to decide",
    "plan_review_date": "Review dates to plan",
    "confirm_agreement": "Agreement to confirm",
    "record_review": "Reviews",
    "record_visit": "Visits to hospital",
    "record_contact": "Contacts after discharge",
    "record_legal_status": "Sections that end",
    "find_out": "Missing dates",
    "answer_told": "Changes that families told us",
    "open_action": "Agreed actions",
    "log_contact": "Contact with young people and families",
    "log_appointment": "Appointments to write up",
    "open_promise": "What others promised",
    "name_keyworker": "People without a named keyworker",
    "decide_exception": "Keyworkers outside the rules to decide on",
    "open_plan": "Plans to write, approve or look at again",
    "record_capacity": "Decisions to look at again",
    "open_step_down": "Stepping down and endings",
    "ask_after": "Questions after keyworking ended",
    "name_adult_lead": "Leads in adult services to name",
    "open_planned_review": "Reviews to organise",
    "open_discharge_plan": "Discharges to plan",
    "open_after_discharge": "The days after a discharge",
    "open_root_cause": "Admissions to look into",
    "open_look_back": "Discharge plans to look back on",
    "open_move": "Moves to another area or register",
    "open_stay": "Leave, segregation and places of safety",
    "know_admission": "Admissions that a keyworker has to know of",
    "record_stay_notice": "Notices about a stay",
    "open_review": "Reviews to write up, report and follow",
    "open_emergency": "Emergency meetings and live crises",
    "open_concern": "Concerns to follow",
    "open_dispute": "Disputes on who is responsible",
    "open_funding": "Requests for money",
    "open_placement": "Notices on placements",
    "follow_notice": "Notices on placements that nobody follows yet",
    "record_quality_visit": "Visits to where people live",
    "raise_escalation": "Things that are stuck and may have to go up",
    "open_escalation": "Escalations to decide",
    "open_refusal": "What comes after a no",
    "record_done": "Other things to do",
    "open_matter": "Referrals and other things about nobody on the register yet",
}

# Codes of the national legal status list that may be recorded here, the commonest first.
LEGAL_STATUS = (
    ("01", "Informal: not under a section"),
    ("02", "Section 2"),
    ("03", "Section 3"),
    ("04", "Section 4"),
    ("05", "Section 5(2)"),
    ("06", "Section 5(4)"),
    ("07", "Section 35"),
    ("08", "Section 36"),
    ("10", "Section 37"),
    ("09", "Section 37 with section 41 restrictions"),
    ("12", "Section 38"),
    ("16", "Section 47"),
    ("15", "Section 47 with section 49 restrictions"),
    ("18", "Section 48"),
    ("17", "Section 48 with section 49 restrictions"),
    ("19", "Section 135"),
    ("20", "Section 136"),
    ("35", "Guardianship under section 7"),
    ("36", "Guardianship under section 37"),
)

SAID_DONE = "Saved for {name}: {what}. Thank you."
SAID_NOT_NEEDED = "Saved for {name}: {what} is not needed, because: {because}"
STILL_DUE = "Saved. {what} is still due: {because}"
PLANNED = "{count} planned for {day}."
ALREADY = "This was already saved. Nothing was done twice."
LIFTED = (
    "Shown to you because the oldest in each is more than {days} working days late (local default). "
    "What you may not open is not counted."
)

#: A team's oldest item later than this is shown to the manager too (local default, not national).
LIFT_AFTER_WORKING_DAYS = 2

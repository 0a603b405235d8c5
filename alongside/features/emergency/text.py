"""Labels and sentences of emergencies."""

from alongside.features.emergency.models import CrisisLog, EmergencyMeeting, LogEntry

OUTCOME_TAG = {
    EmergencyMeeting.Outcome.AVOIDED: "green",
    EmergencyMeeting.Outcome.INFORMAL: "blue",
    EmergencyMeeting.Outcome.DETAINED: "blue",
    EmergencyMeeting.Outcome.ELSEWHERE: "orange",
    EmergencyMeeting.Outcome.ADJOURNED: "yellow",
}
ADMITTED = (EmergencyMeeting.Outcome.INFORMAL, EmergencyMeeting.Outcome.DETAINED)
GOING_TAG = {LogEntry.Going.BETTER: "green", LogEntry.Going.SAME: "grey", LogEntry.Going.WORSE: "red"}
#: How a log can be closed by hand.
CLOSED_AS = [one for one in CrisisLog.Outcome.choices if one[0] != CrisisLog.Outcome.ENDED]

PAGES = {
    "emergency_meeting": "/people/{reference}/emergency/meetings/{number}",
    "emergency_draft": "/people/{reference}/emergency/drafts/{number}",
    "crisis_log": "/people/{reference}/emergency/logs/{number}",
}


def page_of(subject: str, number: int | None, reference: str) -> str:
    """Where a duty about an emergency is done."""
    return PAGES[subject].format(reference=reference, number=number or 0)


MAY_NOT = "You may read this record and not write on it. Ring whoever is on call."
STALE = "Somebody else has done this in the meantime. Read the page again."
BEGUN = "Begun. Each step is kept when you press Continue. You can stop and come back."
FINISHED = "Saved. The keyworker and the register team read it first, and each agreed action has an owner and a time."
DROPPED = "Gone. Nothing was written down."
TAKEN_OVER = "It is yours now. All that was typed is here."
READ = "Thank you. It is off your list."
CHECKED = "Saved."
NOT_ADMITTED = "Saved. Nobody is asked to record an admission any more. Red is proposed where they are on the register."
DECIDED = "Saved. No review follows, and your name and reason stand with it."
LOG_OPENED = "The log is open. Whoever is next has it on their list."
ENTRY_SAVED = "Saved. Whoever is next has it on their list."
LOG_CLOSED = "The log is closed."
LINE_ADDED = "Saved. Families of the area read it now."
LINE_ENDED = "Taken out. Families don’t read it any more."
CLASH = (
    "Somebody saved other words in this step since you opened it. Below is what stands now. Yours are in the form and "
    "not kept yet: put together what is needed, then press Continue."
)
NOT_EMERGENCY = "This service is not an emergency service. Nobody reads messages here at night or at the weekend."

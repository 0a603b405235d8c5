"""Every label and message of the register meeting."""

STATE_TAG = {"planned": "white", "open": "green", "closed": "grey", "called_off": "grey"}
ITEM_TAG = {"waiting": "white", "discussed": "green", "left": "orange"}

NOT_REACHED = "Not reached at the last meeting."
CALLED_OFF = "Was on the agenda of a meeting that was called off."
LEFT = "Left at the last meeting: {because}"
ADDED = "Added by {name}: {because}"

#: What somebody is there for, by the first of their reasons.
WHY = {
    "carried": "left last time",
    "added": "added by name",
    "emergency": "after an emergency meeting",
    "new": "new on the register",
    "proposal": "with a rating to decide",
    "unrated": "not rated yet",
    "changed": "with another rating",
    "red": "red or blue as before",
    "blue": "red or blue as before",
    "stale": "with a rating too old",
    "admitted": "in or out of hospital",
    "discharged": "in or out of hospital",
    "notice": "with a notice or news",
    "event": "with a notice or news",
    "late": "late since the last meeting",
}
OTHER_WHY = "for another reason"

ASKED_SUBJECT = "Register meeting on {day}"
ASKED_BODY = (
    "You are asked to the register meeting on {day} at {time}{place}.\n\n"
    "Your agenda shows the people whom you work with and may read about. What is not on it is not yours to read."
)
OFF_SUBJECT = "The register meeting on {day} is called off"
OFF_BODY = (
    "The register meeting on {day} at {time} is not held. You need not come. You are asked again to the next one."
)
MINUTES_SUBJECT = "Minutes of the register meeting on {day}"
MINUTES_BODY = (
    "The minutes of the register meeting on {day} are ready. You read your own part of them.\n\n"
    "Don’t pass them on to a family: what was decided is told to them in person, in plain words."
)

SAVED = {
    "planned": "The meeting was planned.",
    "changed": "The meeting was changed.",
    "cycle": "The cycle of meetings was saved.",
    "asked": "They are asked to the meeting.",
    "came": "Who is here was saved.",
    "sent": "The agenda was sent. From here on it stands.",
    "opened": "The meeting is open.",
    "added": "They are on the agenda.",
    "left": "They are left for next time, and stand first then.",
    "decided": "Saved.",
    "action": "The action was written down and its owner asked. Nothing else was saved yet.",
    "closed": "The meeting is closed. Whoever was not reached stands first next time.",
    "called_off": "The meeting was called off, and everybody who was asked is told.",
    "minutes": "The minutes were sent.",
    "corrected": "The correction stands below the minutes.",
}
NONE_PLANNED = "No meeting has a day yet. Plan one, then put them on its agenda."
MAY_NOT_HEAR = (
    "{names} may not be told about this person: no agreement says so. "
    "Ask them to leave the room, and take the tick away."
)

"""What can't be waved away: it stands as long as something is open, and ends by a step of that thing itself."""

#: What to do instead of saying 'not needed, because', by what the button of a duty does.
INSTEAD: dict[str, str] = {
    "answer_told": "Somebody told us this, so they get an answer. If nothing changes, answer so.",
    "decide_rating": "Somebody proposed a rating. Say yes or no to it here, with the reason.",
    "plan_review_date": "Nobody is red without a day for a review. Give the day, or rate anew.",
    "name_keyworker": "Name a keyworker. If they don’t want one, write down their no under Agreement.",
    "open_action": "An agreed action ends by its own steps: done, or not to be done any more and why.",
    "open_promise": "A promise ends here: kept, not kept, or not needed any more and why.",
    "log_appointment": "Write up what came of the appointment, also if nobody came.",
    "open_emergency": "An emergency meeting or a crisis ends by its own steps. Take the one that fits.",
    "open_planned_review": "A planned review is held, moved, not held or called off, each with its reason, here.",
    "open_review": (
        "A review that was held is written up, reported and followed. Write down what was done, or on this page why "
        "it could not be done."
    ),
    "open_move": "A move goes on until somebody accepts it, or until you write down that they stay.",
    "open_stay": "This goes on until its end is written down. Write the end, or what the ward says, here.",
    "open_concern": "A concern stays open until it is closed. Take its next step, or close it with what came of it.",
    "open_dispute": "A dispute stays open until it is decided. Get a yes, press again, or write down the decision.",
    "open_funding": "A request for money stays open until it is answered or taken back. Write down which.",
    "open_placement": "A notice on a place stays open until it is settled. Write down the next step, or how it ended.",
    "follow_notice": "Somebody may lose their place. Follow the notice; if it was taken back, write that down there.",
    "raise_escalation": "Escalate it, or write down here why not and until when.",
    "open_root_cause": (
        "Why somebody came into hospital without a community review is looked into. Write down what was found, also "
        "where the cause stays unclear."
    ),
    "open_look_back": "They are back soon after leaving. Write down what the plan to leave lacked, or that it held.",
    "record_stay_notice": "Write down who was told of it and when, also if somebody else told them.",
    "open_escalation": "An escalation ends with a decision. Decide, pause it with a reason, or take it back.",
    "open_refusal": "A no is followed until it is settled. Write down the next step, or how it was settled.",
}
_ASKED = "They are asked, and their answer is written down: yes, no, or what was decided in their best interests."
_SECTION = "A section is renewed, becomes another one, or ends. Write down which, and from which day."
#: The same for some duties of other kinds, by the key of their rule.
INSTEAD_OF_RULE: dict[str, str] = {
    "discharge_date": "Everybody in hospital has an expected date, or a reason why there is none. Write either.",
    "discharge_date_again": "Everybody in hospital has an expected date, or a reason why there is none. Write either.",
    "discharge_date_passed": "Write down that they left hospital, or the new date and why.",
    "delay_reason": "They are ready to leave and still in hospital. Write down why, and whose the delay is.",
    "agreement_confirmed": _ASKED,
    "agreement_anew_16": _ASKED,
    "agreement_anew_18": _ASKED,
    "s2_ends": _SECTION,
    "s3_first_period": _SECTION,
    "leaving_written_up": "Write down where they went, who supports them, whom the family rings, or what is not known.",
    "keyworker_plan_all": "Share a plan, however short. If keyworking has ended, write that down under Stepping down.",
    "plan_review": "Share the plan anew, also if nothing in it changes: then they know that it was looked at.",
    "plan_agreement": "Write down what they think of the plan, or why they were not asked.",
    "plan_approval": "Somebody waits for your yes. Approve the plan, or send it back and say what is missing.",
}


def instead_of(doing: str, rule_key: str) -> str:
    """What to do instead of saying that a duty is not needed; '' where that may be said."""
    return INSTEAD_OF_RULE.get(rule_key, "") or INSTEAD.get(doing, "")

"""Every label and message of escalations and refusals."""

from alongside.features.escalation.models import Escalation, EscalationStep, Refusal

_S, _K, _O = Escalation.State, EscalationStep.Kind, Escalation.Outcome

STATE_TAG = {
    _S.OPEN: "yellow",
    _S.RETURNED: "orange",
    _S.PAUSED: "grey",
    _S.DECIDED: "green",
    _S.WITHDRAWN: "grey",
    _S.NOT_RAISED: "grey",
    _S.MOVED: "grey",
}
HAPPENED: dict[str, str] = {
    _K.RAISED: "Escalated",
    _K.NOT_RAISED: "Not escalated",
    _K.TOLD: "Whoever decides was told",
    _K.LINKED: "Whoever decides was sent a link",
    _K.ACKNOWLEDGED: "Whoever decides has it",
    _K.RETURNED: "Whoever decides asked something",
    _K.ANSWERED: "The question was answered",
    _K.PAUSED: "The clock was stopped",
    _K.RESUMED: "The clock goes on",
    _K.PASSED_UP: "Passed up a level",
    _K.DECIDED: "Decided",
    _K.WITHDRAWN: "Taken back",
    _K.MOVED: "It goes on in another area",
    _K.CARRIED_OVER: "Carried over from another area",
}
BUTTON: dict[str, str] = {
    _K.DECIDED: "Decide",
    _K.RETURNED: "Ask something first",
    _K.ANSWERED: "Answer the question",
    _K.ACKNOWLEDGED: "Say that you have it",
    _K.TOLD: "Write down that you told them",
    _K.LINKED: "Send a link",
    _K.PASSED_UP: "Pass it up",
    _K.PAUSED: "Stop the clock",
    _K.RESUMED: "Let the clock go on",
    _K.WITHDRAWN: "Take it back",
}
#: What the same says to somebody of the team who writes down what an officer said.
TEAM_BUTTON: dict[str, str] = {
    _K.DECIDED: "Write down what was decided",
    _K.RETURNED: "Write down what they asked",
}
ABOUT: dict[str, str] = {
    _K.DECIDED: "The family reads the plain words, on their page. Whoever raised it is told at once.",
    _K.RETURNED: "The clock stands still until the question is answered, for two working days at most.",
    _K.PAUSED: "The clock goes on by itself after the last day. How long it stood still is shown to everybody.",
    _K.PASSED_UP: "It goes up by itself when the time of this level is over. Pass it up if this level can't decide.",
    _K.TOLD: "Say whom you told, when and how. If you left a message, say so: it is not yet told.",
    _K.WITHDRAWN: "Only when it is no longer stuck, or was raised by mistake. The family reads that it was taken back.",
    _K.LINKED: "It takes one answer. An earlier link opens nothing from now on.",
}
NEEDS_REASON: dict[str, str] = {
    _K.RETURNED: "Write what you need to know.",
    _K.ANSWERED: "Write the answer.",
    _K.PAUSED: "Write why the clock is stopped.",
    _K.PASSED_UP: "Write why this level can't decide.",
    _K.DECIDED: "Write why it was decided so.",
    _K.WITHDRAWN: "Write why it is taken back.",
}
OUTCOME_FAMILY = {
    _O.DO: "It will be done.",
    _O.OTHER: "Something else will be done.",
    _O.NOT: "It will not be done.",
}
SAVED = "Saved."
RAISED = "Saved. Whoever decides is asked, and the clock runs."
HELD = "Saved. It is proposed again after the day that you chose, if it is still stuck."
DECIDED = "Saved. The family and whoever raised it are told."
DECIDED_UNTOLD = "Saved. Whoever raised it is told. The family may not know of it, and is not."

ASKED_SUBJECT = "You are asked to decide something"
ASKED_BODY = (
    "Something is stuck for a young person, and it has been put to you. It takes a few minutes: read what it is, and "
    "decide, ask a question, or pass it up. If you do nothing, it goes to the level above when the time is over."
)
QUESTION_SUBJECT = "A question came back"
QUESTION_BODY = "Whoever decides asked something before they can. The clock stands still until it is answered."
DECIDED_SUBJECT = "Something that you escalated was decided"
DECIDED_BODY = "It was decided. Open it to read what follows and why."
FAMILY_SUBJECT = "There is a decision"
FAMILY_BODY = (
    "We asked somebody senior to decide about this:\n\n{what}\n\nThe decision: {outcome}\n\n{plain}\n\n"
    "If you are not happy with this, tell your worker. You can ask us to look again."
)
ENDED = {
    "died": "They have died.",
    "closed": "Agreement to the register was refused or withdrawn.",
    "left_out": "The agreement leaves out what this is about.",
}
WENT_TO = "They moved to {area}. It goes on there, and nobody here need answer any more."
CAME_FROM = "It was put to level {level} in {area}. The time of this level begins anew, because nobody here was asked."
NOT_NEEDED_SUBJECT = "You need not answer any more"
NOT_NEEDED_BODY = (
    "Something that you were asked to decide goes on in another area, with somebody there. You need not answer any "
    "more, and you will not be reminded. Thank you."
)
GOES_ON_SUBJECT = "Something that you escalated goes on elsewhere"
GOES_ON_BODY = (
    "Somebody moved, and another area is responsible now. What you escalated goes on there with the officer of that "
    "area, and was not dropped. If you rang somebody about it, tell them that they need not answer any more."
)
REPEATED = "Agreed {times} times now, so it goes up at once."
SEEN = dict(Refusal.Seen.choices)
SMALLEST = 5
SETTLED_ALREADY = "Somebody wrote down already what became of this. Look at it above."
REFUSAL_SAVED = "Saved. The next step is due on the day that you chose."
NOTHING_OPEN = "Nothing is put to anybody"
BY_LINK: dict[str, str] = {
    _K.DECIDED: "I decide",
    _K.ACKNOWLEDGED: "I have it, and decide later",
    _K.RETURNED: "I need to know something first",
    _K.PASSED_UP: "I can't decide this: pass it up",
}
THANKS: dict[str, str] = {
    _K.DECIDED: "You decided. The family and whoever raised it are told. Thank you.",
    _K.ACKNOWLEDGED: "We know that you have it. A new link is on its way: use it when you have decided.",
    _K.RETURNED: "Your question is on its way. You get a new link with the answer.",
    _K.PASSED_UP: "It goes to the level above.",
}
AWAY_SAVED = "Saved. From your first day away, what is put to you is asked of whoever stands in."
OFFICER_SAVED = "Saved. Whoever is asked now follows from it."
FAMILY_ASK = "We asked somebody senior to decide about something, and they did. Ask your worker what it says."

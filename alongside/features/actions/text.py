"""Every label and message of actions."""

from alongside.features.actions.models import Action, ActionStep

_S, _K = Action.State, ActionStep.Kind

STATE_TAG = {
    _S.PROPOSED: "yellow",
    _S.ACCEPTED: "blue",
    _S.REFUSED: "orange",
    _S.BLOCKED: "red",
    _S.SAID_DONE: "yellow",
    _S.DISPUTED: "red",
    _S.DONE: "green",
    _S.NOT_DONE: "grey",
    _S.SUPERSEDED: "grey",
}

#: What the timeline says of a step.
HAPPENED: dict[str, str] = {
    _K.AGREED: "Agreed",
    _K.ACCEPTED: "The owner said yes",
    _K.REFUSED: "The owner said no",
    _K.SOMEBODY: "The owner named somebody better",
    _K.HANDED: "Another owner was asked",
    _K.ASKED: "The owner was sent a new link",
    _K.CHASED: "The owner was chased",
    _K.BLOCKED: "Blocked",
    _K.UNBLOCKED: "It goes on",
    _K.SAID_DONE: "Said to be done",
    _K.CONFIRMED: "Confirmed as done",
    _K.NOT_YET: "It has not happened yet",
    _K.DISPUTED: "Somebody says that it is not right",
    _K.WENT_ON: "It is still to be done",
    _K.GIVEN_UP: "It will not be done",
    _K.REPLACED: "It was agreed again",
    _K.MOVED: "Another day was agreed",
    _K.STARTED: "The support has started",
    _K.NOT_STARTED: "The support has not started",
    _K.CORRECTED: "Corrected",
}

#: Where the reason of the last step says why it stands so.
SAYS_WHY = (_S.REFUSED, _S.BLOCKED, _S.DISPUTED, _S.NOT_DONE)
NEEDS_REASON = (_K.REFUSED, _K.BLOCKED, _K.DISPUTED, _K.GIVEN_UP, _K.MOVED)

#: What each button says to somebody of the team, and to the owner where it differs.
BUTTON: dict[str, str] = {
    _K.ACCEPTED: "The owner said yes",
    _K.SAID_DONE: "Say that it is done",
    _K.CONFIRMED: "Confirm that it happened",
    _K.NOT_YET: "It has not happened yet",
    _K.STARTED: "The support has started",
    _K.NOT_STARTED: "The support has not started",
    _K.BLOCKED: "It is blocked",
    _K.UNBLOCKED: "It can go on",
    _K.REFUSED: "The owner said no",
    _K.SOMEBODY: "Name somebody better",
    _K.HANDED: "Ask somebody else",
    _K.CHASED: "Write down that you chased",
    _K.ASKED: "Send a new link",
    _K.MOVED: "Agree another day",
    _K.DISPUTED: "It is not right",
    _K.WENT_ON: "It is still to be done",
    _K.GIVEN_UP: "It will not be done",
}
OWNER_BUTTON: dict[str, str] = {_K.ACCEPTED: "Yes, I will do it", _K.REFUSED: "No, I can't"}

BY_LINK: dict[str, str] = {
    _K.ACCEPTED: "Yes, I will do it",
    _K.SAID_DONE: "It is done",
    _K.BLOCKED: "It is stuck",
    _K.UNBLOCKED: "It goes on again",
    _K.REFUSED: "No, I can't do it",
    _K.SOMEBODY: "Somebody else is better",
}

ABOUT: dict[str, str] = {
    _K.SAID_DONE: "Somebody else confirms it: the keyworker or the family.",
    _K.CONFIRMED: "Only when you have seen it, or the family or young person told you.",
    _K.BLOCKED: "The family reads why. It is looked at again every two weeks or so, until it goes on.",
    _K.GIVEN_UP: "The family reads why.",
    _K.HANDED: "They are asked at once, and have the same time to answer.",
    _K.SOMEBODY: "Nobody is written to yet. The keyworker gets in touch with them.",
    _K.ASKED: "An earlier link opens nothing from now on.",
}

ORIGIN_OF_FORM = (Action.Origin.CONTACT, Action.Origin.MEETING, Action.Origin.REVIEW, Action.Origin.EMERGENCY)
SAVED = "Saved."
TOPIC_STAYS = (
    "Only the words change here. What it is about stays, because it decides who reads it. If that is wrong, say that "
    "this one will not be done, and write down a new one."
)
AGREED = "Saved. The owner is asked."
ASKED_SUBJECT = "You are asked to do something"
ASKED_BODY = (
    "In a plan, a meeting or a visit something was agreed that is yours to do, as far as others understood it. "
    "Open it and say yes or no, or who is better."
)
ENDED_SUBJECT = "There is nothing more to do"
ENDED_BODY = (
    "Something that you were asked to do has ended. You need not do anything more about it, and nobody will ask you. "
    "If you have a question, ask whoever you agreed it with."
)
#: Why an owner was let go, or an action ended, where somebody said no to what it needs.
MAY_NOT_KNOW = "Somebody said no to telling them, so they can't open it any more."
LEFT_OUT = "The agreement leaves out what this is about."
#: Least number that is shown to whoever may see no people.
SMALLEST = 5

"""Every label and sentence of hand-over."""

from alongside.features.keyworking.models import HandOver, HandOverLine

STATE_TAG = {
    HandOver.State.BEGUN: "yellow",
    HandOver.State.AGREED: "blue",
    HandOver.State.DONE: "green",
    HandOver.State.CALLED_OFF: "grey",
}
#: Why an allocation that a hand-over makes was made.
BECAUSE = {
    HandOver.Reason.LEAVE: "{name} is away.",
    HandOver.Reason.LEAVING: "{name} hands over.",
}
TOLD = {
    HandOverLine.Told.MESSAGE: "told by a message on their own pages",
    HandOverLine.Told.LETTER: "told by a letter",
    HandOverLine.Told.SPOKEN: "told in person or by phone",
    HandOverLine.Told.NOT_TOLD: "not told",
}
BEGUN = "Begun. Say who takes over, then tell each family."
AGREED = "Agreed. Whoever takes over sees the record from their first day."
DONE = "Done. All of it has a new owner."
CALLED_OFF = "Called off. Nothing changes hands."
TOLD_ALL = "Saved. They know who takes over. Whoever was not ticked is still to be told."
PROPOSED = "Saved. Look at each, and change what does not fit."
#: Said before leave is written down, and after it.
LEAVE_BEGINS = (
    "{name} holds {people}. Saving this begins a hand-over: you say who covers for each of them, each family is told "
    "by name, and you agree it before the first day."
)
LEAVE_BEGAN = "The leave is saved and a hand-over has begun. Say who covers for each, then tell the families."
LEAVE_IN_HAND_OVER = (
    "A hand-over from {name} is under way already, for {day}. This only writes the leave down: look whether the "
    "hand-over still fits."
)
SUBJECT = "Who helps you"
#: What a family reads before the change. {what} is one of the two below.
LETTER = "{what}\n\n{about}You can see {taker}'s name{photo} on your page. If this worries you, tell us."
#: The same on paper, for a family without pages of their own.
ON_PAPER = "{what}\n\n{about}If this worries you, tell us. {call}"
CALL = "Our number is {phone}, {hours}."
AWAY = "{worker} is away from {first}{until}. {taker} helps you in that time."
LEAVES = "{worker} will not be your worker any more. From {first} your worker is {taker}. {taker} will say hello first."
HIDDEN = (
    "{many} of the people they hold can be opened by named people or the register team only. Ask the register "
    "coordinator, or whoever is named on the record, to open this page and say who takes them."
)

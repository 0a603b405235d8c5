"""Every label and message of contacts, promises and appointments."""

from alongside.features.keyworking.models import PromiseStep, Way, With

#: How a contact is called on the timeline, by its way.
MADE = {
    Way.VISIT: "Visit",
    Way.PHONE: "Phone call",
    Way.VIDEO: "Video call",
    Way.TEXT: "Message",
    Way.MEETING: "Meeting",
}
TO_WHOM = {
    With.YOUNG_PERSON: "the young person",
    With.FAMILY: "their family",
    With.PROFESSIONAL: "a professional",
}
STEP_TAG = {
    PromiseStep.Kind.CHASED: "yellow",
    PromiseStep.Kind.MOVED: "blue",
    PromiseStep.Kind.KEPT: "green",
    PromiseStep.Kind.NOT_KEPT: "red",
    PromiseStep.Kind.NOT_NEEDED: "grey",
}
SAVED = "Saved for {name}: {made}, with {whom}."
SAVED_TRIED = "Saved for {name}: {made} tried, no answer. Tried {times} since the last contact."
TRIED_WITH_WORDS = (
    "You wrote something and pressed No answer: it is kept with the attempt and doesn't count as a contact. "
    "If you did reach them, log the contact with Save."
)
NEXT_DUE = "What is next is due on {day}."
CORRECTED = "Saved. What stood before is kept."
STALE = "Somebody else corrected this since you opened it. Look at what stands now and send it again."
CLOSED = "This is closed already. Open it again to see what was said."
FUTURE = "A contact can't be in the future. Plan an appointment instead."
START_AGAIN = "What you had typed was thrown away."
PROMISE_SAVED = "Saved. It comes back to you when its day has passed."
STEP_SAVED = "Saved."
#: What is said of a promise that became an action, and to whoever made it one.
IS_AN_ACTION = "It is an action now, and is followed there."
MADE_ACTION = "Saved. The owner is asked, and the promise is chased no more."
APPOINTMENT_SAVED = "Saved. It stands on My day from 7 days before, and in your calendar if you follow it there."
CALLED_OFF = "Saved. The appointment is called off."
OUT_OF_HOURS_SAVED = "Saved. The family sees it too."
FEED_MADE = "Copy this address into your calendar now. It is shown only this once."
FEED_ENDED = "The address is closed. Nobody reads your calendar with it any more."
SUPERVISION_SAVED = "Saved. Only the two of you can read it."
GUIDANCE = "{sentence} {instead} It is saved all the same."


def with_words(whom: list[str]) -> str:
    """'the young person and their family'."""
    said = [TO_WHOM[With(one)] for one in With.values if one in whom]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else "nobody"


def times(many: int) -> str:
    return "once" if many == 1 else f"{many} times"

"""Every label and message of moves."""

from collections.abc import Collection

from alongside.features.moving.models import AreaMove, MoveStep
from alongside.foundation.topics import Topic

#: Kinds that whoever works with somebody begins, as the form says them.
KINDS: dict[str, str] = {
    AreaMove.Kind.AREA: "To another area in England that works with this service",
    AreaMove.Kind.OUTSIDE: "Somewhere else: out of England, or an area that is not here",
    AreaMove.Kind.ADULT: "They stay here and go on to the adult register",
}
KIND_HINTS: dict[str, str] = {
    AreaMove.Kind.AREA: "It is offered to them, and they say yes or no here",
    AreaMove.Kind.OUTSIDE: "You print what they need, and write down who said yes",
    AreaMove.Kind.ADULT: "Somebody else of this area’s team accepts them there",
}
#: Under the areas that are offered to choose from, on the page where the kind of move is asked too.
ONLY_THOSE = "Only areas that work with this service are listed. If theirs is not here, choose ‘Somewhere else’"
#: The same of a move that is written down.
ONLY_THOSE_IN_A_MOVE = (
    "Only areas that work with this service are listed. If theirs is not here, say on the page of the move that it is "
    "off, and write it down anew as ‘Somewhere else’"
)
#: The same where somebody is offered at once.
ONLY_THOSE_AT_ONCE = (
    "Only areas that work with this service are listed. If theirs is not here, write the move down on the page of the "
    "move, as ‘Somewhere else’: you print the pack, and write down who said yes"
)
NOBODY_THERE = (
    "Nobody at {area} works with this service, so nobody there could say yes here. Choose ‘Somewhere else’ and enter "
    "its name: you print the pack, and write down who said yes."
)
NOBODY_THERE_NOW = (
    "Nobody at {area} works with this service now, so nobody there could say yes here. Say on the page of the move "
    "that it is off, and write it down anew as ‘Somewhere else’: you print the pack, and write down who said yes."
)
SAVED = {
    "begun": "Written down. This area stays responsible until somebody else has said yes.",
    "changed": "Saved.",
    "asked": "Written down. The pack holds what was agreed, and nothing else.",
    "packed": "The pack was made. It stays as it is now.",
    "offered": "Offered, with the pack. This area stays responsible until the other has accepted.",
    "taken_back": "The offer was taken back.",
    "yes": "Accepted. This area is responsible for them from now on.",
    "no": "The area that offered them reads why not, and stays responsible.",
    "outside": "Written down. They are off this register, and somebody else has them.",
    "adult": "Accepted. They are on the adult register now.",
    "stayed": "Written down: they stay. Nothing changes.",
    "step": "Written down.",
}
LEFT_OUT = (
    "Left out, because nobody agreed to tell it: {topics}. This doesn’t say whether there is anything on it. "
    "To ask, ring whoever sent this."
)
ALL_LEFT_OUT = (
    "Everything else was left out, because nobody agreed to tell it. This doesn’t say whether there is anything. "
    "To ask, ring whoever sent this."
)
GOES_ALONG = "Goes along with them."
ASKED_ANEW = "Ends with the move: ask anew."
SHARING_ENDS = "What was agreed about telling others named people and places here: ask anew whom the new area may tell."
#: What the record says of topics on which somebody said no to telling the new area.
HELD_BACK = "Said no to telling {area}, which is responsible now. Only its register team reads it. Ask them anew."
NOT_ACCEPTED = (
    "Nobody elsewhere has said yes to them yet, so they stay on this register. Write down the move on their page: "
    "they come off it when the other side has accepted."
)
STEP_SAID = {
    MoveStep.Kind.LIFTED: "The move was lifted to somebody senior.",
    MoveStep.Kind.FAMILY_TOLD: "The family was told who has them now.",
    MoveStep.Kind.MET: "The keyworkers of both areas met.",
    MoveStep.Kind.NOT_MET: "The keyworkers of both areas did not meet, and it was written down why.",
    MoveStep.Kind.ASKED_ANEW: "Agreements were asked anew after the move.",
}
#: By the end of the address: kind of step, heading, question, hint.
STEP_PAGES = {
    "lift": (
        MoveStep.Kind.LIFTED, "Lift it to somebody senior", "Whom did you tell, and what did you ask of them?",
        "Name and post, in both areas if you can. You go on being responsible until somebody has accepted.",
    ),
    "told": (
        MoveStep.Kind.FAMILY_TOLD, "Say that the family was told", "Who was told, how, and what did they say?",
        "They need a name, a number and the day. In plain words, and in easy read where that helps.",
    ),
    "met": (
        MoveStep.Kind.MET, "Write down the meeting of both keyworkers", "Who met, when, and what did you agree?", "",
    ),
    "not-met": (
        MoveStep.Kind.NOT_MET, "Say why there is no meeting", "Why is there none, and how else was it handed over?", "",
    ),
    "asked-anew": (
        MoveStep.Kind.ASKED_ANEW, "Say that agreements were asked anew", "Which were asked, and whom did you ask?",
        "Having a keyworker, and whom you may tell. Each answer is written down under ‘Ask for agreement’.",
    ),
}  # fmt: skip
TOPIC_NAMES = {topic.value: topic.label for topic in Topic}


def times(number: int) -> str:
    return {2: "twice", 3: "three times"}.get(number, f"{number} times")


def left_out_words(topics: Collection[int]) -> str:
    """What is not in a pack, by topic, whether or not there is anything on it."""
    if set(topics) >= set(TOPIC_NAMES):
        return ALL_LEFT_OUT
    names = ", ".join(TOPIC_NAMES[topic].lower() for topic in sorted(topics) if topic in TOPIC_NAMES)
    return LEFT_OUT.format(topics=names) if names else ""

"""Words of asking for agreement, of reading back who will know what, and of capacity."""

from collections.abc import Iterable

from alongside.foundation.topics import EVERY_TOPIC, Topic

YES, BUT, NO, LATER = "yes", "but", "no", "later"

#: What a topic is, inside a sentence about somebody.
TOPIC_WORDS = {
    Topic.IDENTITY: "who they are",
    Topic.CONTACT: "where they live and how to reach them",
    Topic.COMMUNICATION: "how to talk with them",
    Topic.OWN_WORDS: "their own words",
    Topic.FAMILY: "their family",
    Topic.HEALTH: "their health",
    Topic.EDUCATION: "school or college",
    Topic.SOCIAL_CARE: "social care",
    Topic.SAFEGUARDING: "what keeps them safe",
    Topic.JUSTICE: "the police and courts",
    Topic.PLACEMENT: "where they are placed",
    Topic.REGISTER: "the register and their rating",
    Topic.HOSPITAL: "time in hospital",
    Topic.REVIEW: "review meetings",
    Topic.KEYWORKING: "the keyworker’s work",
    Topic.AGREEMENT: "what they said yes or no to",
    Topic.ADULTHOOD: "growing up",
    Topic.MONEY: "money for their support",
}
#: What may be kept from somebody of whom it is not known yet what they would read.
MAY_BE_LEFT_OUT = frozenset(
    {
        Topic.CONTACT.value,
        Topic.OWN_WORDS.value,
        Topic.FAMILY.value,
        Topic.HEALTH.value,
        Topic.EDUCATION.value,
        Topic.SOCIAL_CARE.value,
        Topic.PLACEMENT.value,
        Topic.REGISTER.value,
        Topic.HOSPITAL.value,
    }
)

BASES = {
    "competent_child": ("The young person themselves, under 16", "They were found competent to decide this (Gillick)."),
    "parental": (
        "Somebody with parental responsibility",
        "For a child under 16 who is not competent to decide this. They decide within what parental responsibility"
        " allows; hear the child all the same.",
    ),
    "sixteen": (
        "The young person themselves, 16 or over",
        "From 16 on everybody is presumed to have capacity. Nobody else can say yes or no for them.",
    ),
    "best_interests": (
        "A decision in their best interests",
        "16 or over, and found to lack capacity to decide this: decided with those who know them (Mental Capacity Act"
        " 2005).",
    ),
    "deputy": (
        "A deputy of the Court of Protection",
        "16 or over, and found to lack capacity to decide this: within what the court’s order lets them decide. Name"
        " the order and its day in how we know.",
    ),
    "attorney": (
        "An attorney for health and welfare",
        "18 or over, and found to lack capacity to decide this: under a lasting power of attorney that is registered."
        " Write down in how we know that you have seen it.",
    ),
}
PURPOSE = {
    "register": "being on the register",
    "keyworking": "having a keyworker",
    "sharing": "who else may know",
    "review": "a review meeting",
    "recording": "being recorded, or meeting by video",
}
PLACE = {"gp": "their GP practice", "school": "their school or college", "council": "their council"}

NOT_SO_FAR = "Not asked so far."
NOT_BY_NAME = "Not asked by name. They know now, because of a yes to where they work or to others like them."
LIKE_THEM = {
    True: "Not asked by name. They may be told now, because of a yes to others like them.",
    False: "Not asked by name. They may not be told now, because of a no to others like them.",
}
BEFORE_WHO = "Choose who decides first. Nothing that you wrote is lost."
CHANGED = "Somebody changed what stands here while you were reading. Read it once more, then save."
NOTHING_ASKED = "Nothing was asked yet. Choose at least one yes or no on these pages."
SAVED = "Saved. It counts from now on."
KEYWORKER_ALONE = (
    "{called} may have a keyworker and is not on the register. Then only the keyworker sees the record: no manager sees"
    " what is late, and nobody stands in while the keyworker is away. Tell {called} so, and agree whom they ring then."
)
STARTED_AGAIN = "What was typed before is gone. You can start again."

STAYS = (
    "When somebody is in danger, others may have to be told, whatever was agreed. It is written down why, and {called}"
    " is told of it unless that would be unsafe.",
    "In an emergency staff can open the record for some hours. Each time is looked at afterwards.",
    "Help from the GP, the hospital, the school and the council goes on as before.",
    "What was written down so far is kept, and closed, for as long as the rules ask.",
)
STUB = (
    "A short note is kept by {custodians} of {icb}: that {called} was asked, what was said, who was told, and when to"
    " ask again. Nobody else can tell that it is there."
)
ALREADY_TOLD = "What somebody has read before can’t be unread."

UNDER_SIXTEEN = (
    "Under 16 nobody is presumed to be competent. A child who understands enough to decide this, decides it; else"
    " somebody with parental responsibility does."
)
FROM_SIXTEEN = (
    "From 16 on everybody is presumed to be able to decide. Somebody may be found unable only for one decision, at one"
    " time, and after all help was given (Mental Capacity Act 2005)."
)
AGE_NOT_KNOWN = f"Their date of birth is not known here. {UNDER_SIXTEEN} {FROM_SIXTEEN}"
CORRECTED_BY_ANOTHER = "Somebody has put this right already. Go back and read what they wrote."
ONE_DECISION = "Choose one decision: this puts one record right. Write down the others apart."


def joined(words: Iterable[str]) -> str:
    """'a, b and c'."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def topics_in_words(topics: Iterable[int]) -> str:
    known = set(topics)
    others = set(EVERY_TOPIC) - known
    if not others:
        return "everything in the record"
    if len(others) * 3 < len(EVERY_TOPIC):
        return f"everything but {topics_in_words(others)}"
    return joined(TOPIC_WORDS[Topic(topic)] for topic in EVERY_TOPIC if topic in known)

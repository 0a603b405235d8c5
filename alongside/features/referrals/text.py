"""Every label, tag colour and message about referrals: one table for each kind of word."""

from alongside.features.referrals.models import DeclineReason, ReferralState

#: Colour of the tag of each state, as the design system names them.
TAG: dict[str, str] = {
    ReferralState.RECEIVED: "blue",
    ReferralState.LOOKING: "purple",
    ReferralState.WAITING: "yellow",
    ReferralState.ACCEPTED: "green",
    ReferralState.DECLINED: "grey",
    ReferralState.WITHDRAWN: "grey",
}

#: Why somebody can't join, as the family reads it.
WHY: dict[str, str] = {
    DeclineReason.NO_DIAGNOSIS: (
        "The register is for autistic people and people with a learning disability. From what we were told, "
        "we could not see that yet."
    ),
    DeclineReason.WAITING_ASSESSMENT: (
        "In this area the register begins after an autism assessment. The assessment has not taken place yet."
    ),
    DeclineReason.RISK_NOT_MET: (
        "The register is for people who may soon need to go into a mental health hospital. "
        "From what we were told, the risk is not that high now."
    ),
    DeclineReason.AGE: "The register in this area is for other ages.",
    DeclineReason.AREA: "Another area looks after this. Its register is the right one to ask.",
    DeclineReason.NO_AGREEMENT: "Nobody is put on the register without agreeing to it.",
    DeclineReason.DUPLICATE: "We were asked already, so this goes on under the first time.",
    DeclineReason.LOCAL_OFFER: "There is help nearby that comes first, and has not been tried yet.",
}
WHY_EASY: dict[str, str] = {
    DeclineReason.NO_DIAGNOSIS: (
        "The register is for autistic people and people with a learning disability. We could not see that yet."
    ),
    DeclineReason.WAITING_ASSESSMENT: "An autism assessment comes first.",
    DeclineReason.RISK_NOT_MET: (
        "The register is for people who may soon need to go into hospital. We do not think that this is so now."
    ),
    DeclineReason.AGE: "The register is for other ages.",
    DeclineReason.AREA: "Another area can help you with this.",
    DeclineReason.NO_AGREEMENT: "You need to say yes before you can join. Nobody said yes.",
    DeclineReason.DUPLICATE: "We were asked already.",
    DeclineReason.LOCAL_OFFER: "There is other help to try first.",
}

#: How to challenge. A local default: an area may have its own words for it.
CHALLENGE = (
    "You can say so. Call us or write to us, and say what we missed. Someone else then looks at it again.",
    "You can also complain, to us or to the integrated care board. It costs nothing, and nothing bad follows from it.",
    "A free helper, called an advocate, can speak for you. Your council or your local advice service for special "
    "educational needs can find you one.",
)
CHALLENGE_EASY = (
    ("again", "Do you think this is wrong? Tell us. Somebody else will look at it."),
    ("call", "You can also complain. It is free, and nothing bad happens if you do."),
    ("people", "Somebody can help you say it. They are called an advocate."),
)

#: Where help is at once, in a letter that says no. The pages of asking say the same (`in_danger.html`).
IN_DANGER = (
    "In danger now?",
    "Call 999. If you need help soon with how you feel, call 111 and choose the mental health option.",
)

SAVED = {
    "acknowledged": "Saved: you have looked at it. Whoever asked sees that.",
    "asked": "Saved. Your question is on its way.",
    "asked_by_nobody": "Saved. Nobody has been told. {reach}.",
    "consulted": "Saved.",
    "noted": "Saved. Only the team sees this note.",
    "accepted": "Accepted. They are on the register, and need a rating next. Now send the outcome.",
    "accepted_again": "Accepted. What was told is work on their record now. Now send the outcome.",
    "declined": "Saved. Nobody was told yet: call first, then send the outcome.",
    "called": "Saved. Now send the outcome.",
    "told": "The outcome is on its way.",
    "to_print": "What goes by post waits under Letters: print and post it, if nobody carries your letters.",
    "looked_again": "Saved.",
    "reopened": "Opened again.",
}

DECLINE_HINTS: dict[str, str] = {
    DeclineReason.WAITING_ASSESSMENT: "Where the area counts a diagnosis only. They stay easy to find",
    DeclineReason.NO_AGREEMENT: "Nobody is put on the register without agreeing",
    DeclineReason.DUPLICATE: "What is new goes to the record that is there",
}

LISTS = {"open": "Open", "declined": "Not accepted", "closed": "Done"}
NOTHING = {
    "open": ("No referral is open", "A new one shows here as soon as it is sent."),
    "declined": ("No referral was declined", "Each that is comes back on its look-again date."),
    "closed": ("Nothing is done yet", "Accepted and withdrawn referrals go here."),
}
TITLE = {
    "ask": "Ask for more",
    "consult": "Write down a talk",
    "note": "Add a note",
    "decline": "Not accepted",
    "call": "The call before the answer goes out",
    "look-again": "Look again",
    "reopen": "Open it again",
}
BUTTON = {
    "ask": "Send the question",
    "ask_by_nobody": "Save the question",
    "consult": "Save",
    "note": "Save the note",
    "decline": "Save: not accepted",
    "call": "Save",
    "look-again": "Save",
    "reopen": "Open it again",
}
ABOUT = {
    "ask": "The time until the answer comes is shown as time of waiting. The clock to the outcome goes on.",
    "decline": "Nobody is told by this. You call first, and then choose who is told and where.",
    "call": "A 'no' is told by a person first. If that isn't safe or isn't possible, say why.",
}
LOCAL_WORDS = "How to challenge and complain: local default wording, for your area to check."

DANGER = "Says they are in danger"

#: What a rule of entry says: a word and the colour of its tag.
TOLD = {"fits": ("Fits", "green"), "unsure": ("Not clear", "yellow"), "differs": ("Differs", "orange")}

"""Every label and message of plans, and the words of the pictures."""

from alongside.features.plans.models import PlanAnswer, PlanProposal
from alongside.policy.plans import CHANGED, GONE, NEW

FACES = {"full": "Full", "plain": "Plain words", "easy": "Easy read"}
CHANGE_WORDS = {NEW: "New", CHANGED: "Changed", GONE: "Taken out"}
STATE_TAG = {PlanProposal.State.WAITING: "yellow", PlanProposal.State.RETURNED: "orange"}
ANSWER_TAG = {
    PlanAnswer.Answer.AGREE: "green",
    PlanAnswer.Answer.PARTLY: "yellow",
    PlanAnswer.Answer.DISAGREE: "red",
    PlanAnswer.Answer.UNASKED: "grey",
}
#: Pictures of ours, by their file: what each shows. Those of asking and of letters are used as well.
PICTURES = {
    "asking/you": "Me",
    "asking/trusted": "Somebody I trust",
    "letters/people": "People together",
    "asking/home": "A home",
    "asking/school": "A school",
    "asking/doctor": "A doctor",
    "asking/hospital": "A hospital",
    "asking/call": "A telephone",
    "letters/talk": "Talking",
    "asking/words": "Words",
    "asking/thinking": "Thinking",
    "asking/upset": "Somebody who is upset",
    "asking/hurt": "Somebody who is hurt",
    "asking/hard": "Something hard",
    "asking/wait": "Waiting",
    "asking/yes": "Yes",
    "asking/no": "No",
    "asking/bed": "A bed",
    "asking/birthday": "A birthday cake",
    "letters/calendar": "A calendar",
    "letters/help": "Help",
    "plans/quiet": "A quiet place",
    "plans/music": "Music",
    "plans/walk": "A walk outside",
    "plans/food": "Something to eat",
    "plans/animal": "An animal",
    "plans/goal": "A goal",
    "plans/stop": "Stop",
}
KEPT = "Saved. Nobody but those who write the plan sees it yet."
CLASH = (
    "{name} changed this part while you wrote. Nothing is lost: their words are shown below, and yours are in the "
    "form. Put together what you both want to say, and save again."
)
BEFORE_SENDING = (
    "A supervisor reads it before the family does. You can write on meanwhile; what you send now stays as it is."
)
NOT_GONE_THROUGH = "Copied from the plan from before, and nobody has gone through it since: {titles}."
SENT = "Sent. A supervisor looks at it; you are told here what they said."
SHARED = "Shared. The young person and family read it on their pages. Ask each whether they agree."
RETURNED = "Sent back, with your words."
TAKEN_BACK = "Taken back. Write on, and send it again."
ANSWERED = "Saved. What they said stands beside the plan."
GOAL_SET = "The goal was saved."
GOAL_ENDED = "Saved. The goal stays in the record with its scores."
SCORED = "The score was saved."
NOT_WRITTEN = {
    "plain": "Nobody has written this part in plain words yet. These are the full words.",
    "easy": "Nobody has written this part in easy read yet. These are the plainest words there are.",
}
#: The same to the young person and family.
NOT_THERE_YET = {
    "plain": "There are no short words for this part yet.",
    "easy": "There are no pictures for this part yet.",
}
OFFLINE = "crisis-cards.pdf"

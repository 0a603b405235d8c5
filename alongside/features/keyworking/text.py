"""Every label and message of keyworking."""

from alongside.features.keyworking.models import Proposal, ProposedPlace
from alongside.policy.allocation.matching import BEST_FIT

COLOURS = ("red", "blue", "amber", "green")
DECISION_TAG = {
    ProposedPlace.Decision.OPEN: "yellow",
    ProposedPlace.Decision.TAKEN: "green",
    ProposedPlace.Decision.OTHER: "blue",
    ProposedPlace.Decision.LEFT: "grey",
}
PLAN_TAG = {Proposal.State.WAITING: "yellow", Proposal.State.READY: "green", Proposal.State.FAILED: "red"}
ANSWERS = {"fits": "Yes", "unsure": "Not known yet", "differs": "No"}
CONSENT = {
    "given": "Agreed to keyworking",
    "not_asked": "Not asked about keyworking yet",
    "refused": "Said no to keyworking",
}
#: The unit of fit, so that nobody takes it for points of a caseload.
MARKS = (
    "Marks of fit say how well people and keyworkers suit each other, by what is written beside each proposal: "
    f"{BEST_FIT} at the most for one person. They are not points of a caseload."
)
NAMED = "Saved. They see the record from now on."
ASKED = "We are working out a plan."
CONFIRMED = "Saved. Each keyworker sees the record from now on."
LEFT = "Saved. They stay on the waiting list, with your reason."
NOT_IN_TIME = "The longest waits first."
HOW = (
    "By risk first: red and blue, then amber. Then by how long somebody has waited. Names play no part. "
    "The clock starts on the day of the first red, amber or blue rating of this stretch, or the day on which the "
    "last keyworker ended."
)
OVER_HINT = "Only if they would be beyond their limit. A keyworking manager may go beyond it; the reason is kept."
#: Why nobody is authorised outside the rules.
HAS_ONE = "They have a keyworker: {name}, {begins} {day}. Nobody needs to authorise one outside the rules."
WITHIN_RULES = "The rules give them a keyworker. Choose one below; nobody needs to authorise it."
SAID_NO = "They said no to a keyworker. An exception to the rules doesn't change that: ask them again first."

"""Every label and message about reviews that were held."""

from alongside.features.reviews.models import OversightCase, Recipient
from alongside.policy.enquiry import ACCOUNTED, CONCERN

STALE = "Somebody saved this while you were writing. Look at what they wrote; what you typed is below."
CARRY_OVER_FIRST = (
    "Earlier recommendations are not all accounted for. Say what became of each of them first; then new ones can be "
    "written."
)
HOW_KNOWN = "Write how you know what became of it."
HOW_KNOWN_NEEDED = "Write how we will know that it is done."
ALREADY_AGAIN = "It has been recommended again already, so what was said of it stays."
NOT_YOUR_TOPIC = "This is about something that you may not write on. Ask the register team to account for it."
NOT_WRITTEN_UP = "Write up the review first: its outcome, and an answer to each of the four questions."
LATE = "The report is later than {day}. Write why."
NOTHING_TO_TELL = "Write the review in plain words first: the person and family get these."
NO_SUCH_BODY = "Write who got it."
ALREADY_RAISED = "This review is with the oversight panel already."
ALREADY_DECIDED = "The panel has decided this already."
CLASH = "While you were writing, {name} changed this line. Both stand below: put together what is right, and save."

KEPT = "Saved."
ACCOUNTED_FOR = "Saved. The list of actions follows."
RECOMMENDED = "Saved. The owner is asked."
ISSUED = "The report is issued. Its versions never change."
ISSUED_EVENT = "The report of the review was issued."

ACCOUNTED_TAG = {"done": "green", "partly": "yellow", "not_done": "red", "not_right": "grey"}
CONCERN_TAG = {"none": "green", "some": "yellow", "serious": "red"}
REGARD_TAG = {Recipient.Regard.ACCEPTED: "green", Recipient.Regard.PARTLY: "yellow", Recipient.Regard.DECLINED: "red"}
FINDING_TAG = {
    OversightCase.Finding.YES: "green",
    OversightCase.Finding.NO: "red",
    OversightCase.Finding.UNSURE: "yellow",
}
MET_TAG = {"fully": "green", "partly": "yellow", "not": "red"}
SAID_TAG = {"yes": "green", "partly": "yellow", "no": "red", "unsure": "grey"}

__all__ = ["ACCOUNTED", "CONCERN"]

"""Every sentence of the comparison with the commissioner's inpatient file."""

from alongside.exchange.inpatients.models import InpatientLine

Outcome = InpatientLine.Outcome

NOT_THEIRS = "The file of an area is compared by those who run or commission its service. Ask them."
FUTURE = "The file can’t be of a day that has not come."
AGAIN = "This file was compared already for that day. Open it below, or send a newer one."
NOBODY = (
    "No row of the file names anybody. It needs a row of headings, such as Name, Date of birth and NHS number. Put it "
    "right, and choose the file again."
)
IS_MATCH = "Both say the same. There is nothing to decide."
DECIDED = "Somebody decided this row in the meantime."
NOT_SEEN = "Nobody whom you may see here has this NHS number, or this name and birth date. Ask the register team."
SAVED = "The decision was saved."
COMPARED = "The file was compared. Nothing in the record was changed."

TAG = {Outcome.MATCH: "green", Outcome.DIFFERS: "orange", Outcome.OURS: "blue", Outcome.THEIRS: "red"}
WHAT_TO_DO = {
    Outcome.DIFFERS: "Find out which is right. Put the stay right on its page, or tell who keeps the file.",
    Outcome.OURS: "Ask who keeps the file why they are missing; or record a discharge that nobody told us of.",
    Outcome.THEIRS: "Find out who it is. Record the admission of who is known here; refer who is not.",
}

"""Every label and message of stepping down, endings and turning 18."""

from alongside.features.keyworking.models import Ending

NO_KEYWORKER = "They have no keyworker now, so there is nothing to step down from."
ENDED_ALREADY = "Keyworking has ended, and who stays is written down. Open the page again to read it."
NEVER = "They have had no keyworker here. There is nothing to end."
STALE = "Somebody changed this since you opened it. Open it again: what you typed is still here to copy."
IN_FUTURE = "The last day can’t be in the future. End keyworking on its day."
BEFORE = "Their keyworker began on {day}. Choose that day or a later one."
NO_LEAD = "Name who stays with them: a person and an organisation. Nobody’s keyworking ends without."
NOT_TOLD = "Say who was told and how, or why nobody was told."
AT_RISK = "They are rated {colour}. Write why keyworking ends all the same, or look at the rating first."
NO_PEER = "Write the peer mentor’s name."
NOT_THEIRS = "A keyworking manager or the register coordinator ends keyworking."
NO_REACH = (
    "There is no phone number or e-mail to send the question to. Ring them, and write down what they say as a contact."
)
NO_WAY = "Say where the question goes: a phone number or an e-mail address."
NO_YES = "They have not said yes to being asked. Nothing is sent."
ASKED_ALREADY = "This question was sent already."
NOT_DUE = "It is too early for this question."
NOT_NEW = "The question goes there already. Change where it goes, or leave it as it is."
REACH_CORRECTED = "The question goes there now."
NOTHING_NEW = "Nothing has changed. Change an answer, or go back."
THEIR_OWN = "They said this themselves. They can say it again on their own page."
NOTHING_SAID = "Give a score or write something."

PLANNED = "Saved. The page shows what was planned beside what happens."
STOPPED = "Saved. Contact is due again as the area’s rules say."
MARKED = "Saved."
RATED = "{colour} since {day}"
ENDED = "Saved. Keyworking has ended. Print the letter below, or hand it over."
SAID = "Saved."
ASKED = "Sent. The link takes one answer."
LEAD_SAVED = "Saved. The adult lead is named."
MET = "Saved. The meeting is counted."
CRITERION_SAVED = "Saved. It counts from now on."

TOLD = {
    Ending.Told.TALKED: "Told in a talk",
    Ending.Told.LETTER: "Told by letter",
    Ending.Told.NOT_TOLD: "Not told",
}
EVERY = [
    ("7", "Every week"),
    ("14", "Every 2 weeks"),
    ("21", "Every 3 weeks"),
    ("28", "Every 4 weeks"),
    ("42", "Every 6 weeks"),
    ("56", "Every 8 weeks"),
    ("84", "Every 12 weeks"),
]
COME_BACK = "Ask to come back at any time, without a reason and without an account: {address}. {call}"
COME_BACK_CALL = "Or call us: {phone}, {hours}."
LETTER_TITLE = "Your worker is stopping. What happens now"
EVENT_CAME_BACK = "keyworking.came_back"

#: Our own pictures in the easy-read letter, with the words that stand for them.
DRAWINGS = {
    "again": "An arrow that goes round",
    "calendar": "A calendar",
    "call": "A phone",
    "letter": "A letter",
    "not-sure": "A question",
    "people": "Three people",
    "talk": "Two people talking",
    "yes": "Yes",
}

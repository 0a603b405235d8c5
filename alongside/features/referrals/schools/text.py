"""Every label, tag colour and message of the question to schools."""

STATES = {
    "silent": ("No answer yet", "yellow"),
    "call": ("To be called", "orange"),
    "nobody": ("Nobody", "green"),
    "named": ("Named somebody", "blue"),
    "left": ("Left this term", "grey"),
}
LISTS = {"all": "All", "call": "To be called", "silent": "Silent", "named": "Named somebody", "nobody": "Nobody"}
NOTHING = {
    "all": "No school was asked.",
    "call": "No school has to be called.",
    "silent": "No school is silent.",
    "named": "No school has named anybody yet.",
    "nobody": "No school has said 'nobody' yet.",
}
WAIT = "This was done too often from here. What you wrote is kept. Try again in {minutes} minutes"
TOO_LONG = "That is too much for one page. Make it shorter"
NOT_FINISHED = "Some pages are not finished yet. Open them and press Continue"
CHANGED_SINCE = "Your answer changed on another page. Check it once more, then send it"
NAMED_AND_NOBODY = "You said nobody, and also told of somebody. Change one of the two"
NOBODY_YET = "You said that you worry about somebody. Tell us about them, or change it to nobody"
TOO_MANY = "Send these first. Then open your link again for more"
ONLY_TEAM = "Who they are and what the school sees is read by the register team."
SAVED = {
    "started": "The schools are being asked. E-mails go out within a few minutes.",
    "listed": "Saved.",
    "called": "Saved.",
    "link": "Saved. A new link goes out to {email} within a few minutes. Earlier links open nothing now.",
    "closed": "Saved. The school is asked again in the next term.",
    "settled": "Saved.",
    "matched": "It is on the record now, as work with a date.",
    "aside": "Saved. Who it was about is no longer kept.",
    "told": "Thank you. It is with the team that works with them. They answer in your messages.",
}
SETTLED = "Somebody has dealt with this already. Nothing was done twice."
#: What somebody told by a link reads, whoever it was about.
THANKS = (
    "We have it. A person of the register team reads it within one working day. "
    "We can't tell you by this link whether somebody is known to us."
)

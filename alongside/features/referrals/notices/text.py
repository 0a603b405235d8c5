"""Words of the pages about notices and alerts."""

TITLE = {"notice": "Tell us that somebody was admitted", "alert": "Tell us that somebody is in A&E"}
LEAD = {
    "notice": "For a child or young person with a learning disability or autism who has come onto your ward.",
    "alert": "For a child or young person with a learning disability or autism who is in A&E in distress.",
}
WHY = (
    "You can send this at once, before anybody has been asked: we ask for agreement afterwards. We don't say here "
    "whether we know them; we ring back."
)
NOT_INSTEAD = (
    "This tells the register team, and calls nobody to help. It does not stand in for your own crisis team, "
    "safeguarding or the police."
)
#: How it was found whom it is about, where the machine was sure.
FOUND = {
    "exact": "The name and the date of birth are theirs, so it was written down on this record.",
    "new": "Nobody on record is like them, so a record was made, which only the register team sees.",
}
TOO_MANY = "A great many were sent in the last hour. Please ring the register team, and tell them what you typed here."
LISTS = {"open": "Open", "settled": "Settled"}
NOTHING = {
    "open": ("Nothing is open", "A ward's notice or an alert from A&E stands here until it is settled."),
    "settled": ("Nothing was settled yet", ""),
}
STATE = {"new": ("Not opened", "red"), "taken": ("Opened", "blue"), "settled": ("Settled", "grey")}
SAVED = {
    "take": "You have it. Ring back whoever sent it, and settle it here.",
    "take_on_call": "You have it. Ring back whoever sent it, and write down here what came of it.",
    "called": "Saved. The register team reads it, and settles it.",
    "same": "Saved. What was told stands on their record.",
    "new": "Saved. They were added and stand on the register provisionally: ask for agreement next.",
    "nobody": "Saved.",
    "settle": "Settled. What is due goes on with the person.",
}
#: Where a page of a step is opened that was done meanwhile.
DONE = {
    "take": "Somebody has it already. You see below who it is.",
    "decide": "It is decided already who this is about. You see below what was decided.",
    "settle": "This was settled already. You see below what came of it.",
}
FORM_TITLE = {
    "same": "It is somebody on record",
    "new": "It is somebody new",
    "nobody": "It is nobody for this register",
    "settle": "Rung back",
}
ABOUT = {
    "same": "What was told is written down on this record. Where they are on no register, they come on it "
    "provisionally.",
    "new": "A record is made from what was told, which only the register team sees, with a provisional place on the "
    "register. Agreement is asked for next.",
    "nobody": "Nothing is written on any record. The notice stays, with your reason.",
    "settle": "",
}
BUTTON = {"same": "Save: it is them", "new": "Save: add them", "nobody": "Save", "settle": "Settle it"}
NOBODY_ON_CALL = "Nobody is named for today. Ask the manager of the keyworking service to name somebody."

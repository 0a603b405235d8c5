"""What the pages of guarded records say."""

NOT_OPENED = (
    "No record was opened. Check the NHS number, or the full name and the date of birth, letter by letter. "
    "If somebody is in danger now, call 999. This attempt was recorded"
)
TOO_MANY = "You have tried 10 times in an hour. Ring the register team, or whoever is on call for the service"
SENT = "This was already sent. Open the page again and look whether the record is open to you"
GIVE_WHO = "Give the NHS number, or the first name, the family name and the date of birth"
OPENED = "The record is open to you. All that you look at is recorded, and somebody will look at why it was opened."
FINISHED = "Finished. The record is closed to you."
REVIEWED = "Saved. What you found is kept with the opening."

NOT_OURS = "Nobody like this was found in your area. Check the reference on the person's page, the number or the name"
WHICH = "Several people are like this. Select which of them it is"
RESTRICTED = "Restricted. Only the people named can find this record now."
LIFTED = "Lifted. The record is open to everybody whose work it is again."
NEEDS_COORDINATOR = (
    "Name at least one register coordinator of the area, so that what is due for this person is seen by somebody"
)
LAST_COORDINATOR = "This is the last register coordinator who is named. Name another one first."
ALREADY = "This record is restricted already. Add people to it or lift it instead."

"""Every sentence of what is followed: one table for each kind of word."""

MAY_NOT_WRITE = "You may read about this and not write on it. Ask their keyworker."
CHANGED_SINCE = "Somebody changed this while you were writing. Look at what they did; what you wrote is below."
IS_OVER = "This is over. If it goes on, write it down anew."
IN_FUTURE = "This day is still to come. Write down what has happened."

SAVED = "Saved."
RAISED = "Saved. It stays open until somebody writes down what came of it."
#: To whoever wrote down safeguarding and may not read on.
RAISED_UNSEEN = "Saved. The keyworking team has it. Ring the council yourself, now: nobody else does it for you."

#: Where each duty leads, on a person's page.
PAGE_OF_DUTY = {
    "open_concern": "concerns/{number}",
    "open_dispute": "disputes/{number}",
    "open_funding": "funding/{number}",
    "open_placement": "placements/{number}",
    "follow_notice": "placements/new?event={number}",
    "record_quality_visit": "visits/new",
}

STEP = {
    "raised": "Written down",
    "council_told": "The council was told",
    "council_answered": "The council answered",
    "looked": "Somebody looked at it",
    "found": "What came of it",
    "raiser_told": "Whoever said it was told",
    "told": "The family was told",
    "not_told": "The family is not told",
    "closed": "Closed",
    "lead": "Somebody else leads",
    "opened": "Opened",
    "interim": "Who acts until it is decided",
    "accepted": "The interim owner said yes",
    "decided": "Decided",
    "asked": "Asked",
    "answered": "A body answered",
    "panel": "A panel’s day",
    "chased": "A body was chased",
    "withdrawn": "Taken back",
    "started": "It started",
    "given": "Notice was given",
    "searched": "A place was asked",
    "place_answered": "A place answered",
    "last_day": "What happens on the last day",
    "moved_day": "Another last day",
    "reopened": "It goes on",
}

SEVERITY_TAG = {"low": "grey", "serious": "orange", "danger": "red"}
#: Whose no it is, where it is written down as a refusal.
AGENCY_OF_BODY = {"icb": "health", "care": "social_care", "education": "education"}
ANSWER_TAG = {"": "grey", "yes": "green", "maybe": "blue", "part": "orange", "no": "red"}

NO_COUNCIL_NUMBER = "No number of a council is kept here yet. Look for the council’s own number, and ring it now."

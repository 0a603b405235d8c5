"""Sentences of the pages of asking, in plain words."""

from alongside.features.referrals.models import ReferralState

TOO_LONG = "That is too much for one page. Make it shorter, or send the rest later"
NOT_FINISHED = "Some pages are not finished yet. Open them and press Continue"
CHANGED_SINCE = "Your answers changed on another page. Check them once more, then send them"
WAIT = "This was done too often from here. What you told us is kept. Try again in {minutes} minutes"
#: The same for a wrong reference, a wrong code, an old one and one that never was.
NOT_FOUND = "We cannot open this. Check the reference and the code. If they are old, start again or call us"

#: How it stands, for whoever asked. A decision is shown as 'being looked at' until it has been told.
STANDS = {
    ReferralState.RECEIVED: "We have it. No one has looked at it yet.",
    ReferralState.LOOKING: "We are looking at it.",
    ReferralState.WAITING: "We asked for more facts and wait for them.",
    ReferralState.ACCEPTED: "We said yes.",
    ReferralState.DECLINED: "We said no for now.",
    ReferralState.WITHDRAWN: "It was taken back.",
}
NOT_OPEN = (
    "You were away too long, or this takes no more. Open 'See how it is going' in a new window, then come back here "
    "and press the button again"
)
MORE_TOLD = "Thank you. We have what you told us."
LOST_CODE = (
    "We cannot see your code. Call us, and say your name and the reference, if you have it. We check that it is you. "
    "Then we give you a new code."
)
WAIT_CODE = "This was tried too often. Wait {minutes} minutes, then try again"
ANSWERED = "This question has been answered. Thank you."
THANKS = "Thank you. We have your answer."
TAKEN_BACK = "We stop here. You can ask again at any time."

"""Words of organising a review."""

from alongside.features.reviews.models import PanelMember, PlannedReview, PlannedStep

STATE = {
    PlannedReview.State.REQUESTED: ("yellow", "Asked for, not answered yet"),
    PlannedReview.State.ACCEPTED: ("orange", "To be held, no day yet"),
    PlannedReview.State.DATED: ("blue", "Has a day"),
    PlannedReview.State.DECLINED: ("grey", "Not to be held"),
    PlannedReview.State.HELD: ("green", "Held"),
    PlannedReview.State.NOT_HELD: ("red", "Not held"),
    PlannedReview.State.CANCELLED: ("grey", "Cancelled"),
    PlannedReview.State.REPLACED: ("grey", "Something else takes its place"),
}
PART = dict(PanelMember.Part.choices)
STEP = dict(PlannedStep.Kind.choices)
AGREED = {
    "": ("orange", "Not asked yet"),
    "unseen": ("orange", "Not agreed so far"),
    "given": ("green", "Agreed"),
    "refused": ("red", "Said no"),
    "withdrawn": ("red", "Withdrawn"),
}
NOT_AGREED = (
    "They have not agreed to this review. Until they do, nobody on the panel can open a paper, so nothing can be sent."
)
HELD_UNAGREED = (
    "Agreement to this review is not written down. Without it the panel may read nothing. If they agreed on the day, "
    "write that down too, on the page of the review."
)
GATE = "Papers are closed until agreement to this review, or a decision in their best interests, is written down."
ON_THE_PANEL = "You sit on this panel, and agreement is not written down yet. Somebody else adds papers until then."
STALE = "Somebody changed this review while you were reading. Look at it again, then do it."
OVER = "This review is {state} now. Nothing was changed."
MANDATORY = (
    "Policy asks for this review. It isn’t cancelled: a commissioner decides, by name, what takes its place, or it is "
    "written down as not held and a new one is due."
)
BY_LAW_16 = "From 16 on, {called} decides whether family is invited. Write down what they said first."
FULL_NAME = "Write the full name of the commissioner, first name and family name, like Jo Hart"
NO_COMMISSIONER = "{name} is not a commissioner of this area. Choose one, or write who it is."
THEIR_PLACE = "Write which organisation they commission for, like Saltby ICB"
NOBODY_TO_ASK = "Nobody is on the panel or invited yet. Ask somebody onto the panel, or invite somebody, first."
NO_PAPERS = "No paper is here yet. Add the papers first; or say why there are none, and what the panel reads instead."
NOT_ASKED = "{who} came onto the panel after the invitations went out, and was not asked yet. Ask them now."
PANEL = "The panel is not complete. It still needs {needs}."
STILL_OPEN = "What must be there is there. Still open: {open}."
ADD_TO_PANEL = "Ask somebody onto the panel"
WHY_FOR_FAMILY = "Write in one sentence why, for whoever asked for it: they read it on their page."
SAVED = "Saved."
SEATED_SUBJECT = "You are asked to take part"
SEATED_BODY = (
    "You are asked onto a panel: {part}, on {day}. Say whether you can come, and whether you have a conflict of "
    "interest. It opens for you once there is agreement to this review."
)
CALLED_OFF_SUBJECT = "What you were asked to take part in is called off"
CALLED_OFF_BODY = (
    "You were asked onto a panel: {part}, on {day}. It is not held on that day, so you need not come. "
    "If there is another day, you are asked anew."
)
OTHER_SEAT = (
    "{name} stands in the pool as {part}. Somebody else takes this seat, or change what they do in the pool first."
)
ANSWERED_SUBJECT = "You asked us for something"
ANSWERED_BODY = "You asked for a meeting. We have answered. You can read on your page what we said, and why."
LINK_SENT = "A link was sent to {name}. It opens once, in one browser, until the day after the review."
NOT_IN_POOL = (
    "They are not in the pool, so nothing here says that they are trained, checked and registered. Until a named "
    "person says so, the panel is not complete. Better still: add them to the pool, and seat them from there."
)
NO_REACH = "There is no e-mail address for them. Tell them yourself, and hand them the papers on paper."
ASK_AGREEMENT = "Write down what they said"
ANOTHER_DAY = "Change the day"
#: What a review needs most now, by the step that answers it.
NEXT: dict[str, str] = {
    PlannedStep.Kind.ACCEPTED: "Somebody asked. Will it be held? Whoever asked is told the answer.",
    PlannedStep.Kind.DATED: "It needs a day that suits the young person, their family and advocate.",
    "agreement": "Ask whether they agree to this review. Until they do, nobody on the panel reads anything.",
    PlannedStep.Kind.INVITED: "Ask the panel and everybody else below. Then write down that all are invited.",
    PlannedStep.Kind.PAPERS_SENT: "Add the papers below. They reach the panel 24 hours before it begins.",
    PlannedStep.Kind.HELD: "Its day has come. Write down what became of it.",
    "": "All is ready. Wait for its day.",
}
BUTTONS: dict[str, str] = {
    PlannedStep.Kind.ACCEPTED: "It will be held",
    PlannedStep.Kind.DECLINED: "It will not be held",
    PlannedStep.Kind.DATED: "Set the day",
    PlannedStep.Kind.INVITED: "Everybody has been invited",
    PlannedStep.Kind.PAPERS_SENT: "The papers are with the panel",
    PlannedStep.Kind.HELD: "It was held",
    PlannedStep.Kind.ADJOURNED: "Adjourned to another day",
    PlannedStep.Kind.NOT_HELD: "It was not held",
    PlannedStep.Kind.CANCELLED: "Cancel it",
    PlannedStep.Kind.REPLACED: "Something else takes its place",
}

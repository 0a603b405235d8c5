"""Every label and sentence of the hospital record."""

from alongside.features.hospital.models import Stay, WardStay
from alongside.features.hospital.models.inpatient import StayIncident, StayLeave
from alongside.features.hospital.text import legal_words
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role

__all__ = ["legal_words"]

FUTURE = "The time can’t be in the future."
BEFORE_STAY = "The stay began on {at}. Give that time or a later one."
AFTER_STAY = "The stay ended on {at}. Give that time or an earlier one."
OVER = "The stay has ended, so nothing new begins in it."
BEFORE_LAST = "What stands now began on {at}. Give a later time, or put that one right first."
AFTER_MOVE = "They moved to another ward on {at}. The admission was before that."
BEFORE_MOVE = "They moved to another ward on {at}. The discharge was after that."
BEFORE_SECTION = "The section changed on {at}. The discharge was after that."
STALE = "Somebody changed this while you had the page open. Open it again; what you typed is still here."
NOT_HERE = "A discharge is recorded on its own page. Here only the times of what is recorded are put right."
ORDER = "The discharge must be after the admission, and neither in the future."
CLASH = "There is already a stay at that time. Correct its dates first."
NO_BACK_BY = "Enter when they are expected back."
BACK_BEFORE = "They can’t be expected back before they leave."
BACK_ALREADY = "It is written down already that they are back."
BACK_ORDER = "They left on {at}. Give that time or a later one, not in the future."
SEGREGATED = "A segregation goes on already. End it before another begins."
SEGREGATION_OVER = "This segregation has ended."
SEGREGATION_ORDER = "It began on {at}. Give that time or a later one, not in the future."
NO_PLACE_OF_SAFETY = "Only the time in a place of safety can be lengthened."
LENGTHENED_ALREADY = "The time was lengthened already. The law lets a doctor do it once."
WITH_STAY = "Ended with the stay"
WHY_NOT_ALONE = "Write why they were not seen alone."
KNOWN_ALREADY = "It was written down on {at} that the keyworker knows."
NO_MOVE_INTO_HOSPITAL = (
    "From a place of safety into a hospital is an admission, not a move. Record the admission: it ends the time in the "
    "place of safety at the same moment."
)
NO_KEYWORKER = "They have no named keyworker who could know."

MOVED = {
    WardStay.Move.ADMISSION: "Admitted to {place}.",
    WardStay.Move.WARD: "Moved to {ward} in {place}.",
    WardStay.Move.TRANSFER: "Transferred to {place}.",
}

REFERENCE_STANDS = "Their reference stands already: {reference}."
SAVED = {
    "reference": "Their reference was saved.",
    "moved": "The move was saved.",
    "ward": "The ward was put right.",
    "admission": "What is known of the admission was saved.",
    "dates": "The dates were put right.",
    "legal": "The section was saved.",
    "leave": "The leave was saved.",
    "back": "Saved: they are back on the ward.",
    "incident": "The incident was saved.",
    "segregation": "The segregation was saved. Its reviews are on the list of what is due.",
    "look": "The review of the segregation was saved.",
    "ended": "Saved: the segregation has ended.",
    "lengthened": "Saved: a doctor lengthened the time.",
    "told": "The notice was saved.",
    "replied": "The reply was saved.",
    "visit": "The visit was saved.",
    "visit_away": "Saved. As nobody was there, a visit is still due.",
    "known": "Saved: the keyworker knows.",
}

#: Incidents that a review counts, and the rest, as groups of a choice.
INCIDENTS = StayIncident.Kind.choices
LEAVES = StayLeave.Kind.choices
SECURITY = [choice for choice in Stay.Security.choices if choice[0]]

#: The pages of an area's hospital work, with who may open each.
RUNS = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
_PAGES = (
    ("In hospital now", "/hospital", (*RUNS, Role.KEYWORKER)),
    ("Leaving hospital", "/hospital/discharges", RUNS),
    ("Commissioner’s file", "/inpatient-files", RUNS),
)


def sections(me: Me, here: str) -> list[tuple[str, str, bool]]:
    """Words, address, and whether it is this page, of the pages that `me` may open."""
    return [(words, url, url == here) for words, url, roles in _PAGES if me.holds(*roles)]

"""Which review is held for somebody on a day: a CETR, or a CTR for adults without an EHC plan. Pure.

Source: policy reference 5.1. It is looked at anew on the 18th birthday and whenever an EHC plan begins or ends.
"""

from collections.abc import Iterable
from datetime import date

from .counting import birthday, day_in_words
from .decision import Decision

CETR, CTR = "CETR", "CTR"
Stretch = tuple[date | None, date | None]


def which_review(born: date | None, ehc_plans: Iterable[Stretch], on: date) -> Decision:
    """'CETR' or 'CTR', and why. ehc_plans: first and last day of each, None where it is not known or goes on."""
    if born is None:
        return Decision(CETR, "Their date of birth is not known, so the review of a child is taken.")
    eighteen = birthday(born, 18)
    if on < eighteen:
        return Decision(CETR, f"Under 18 until {day_in_words(eighteen)}.")
    if any((first is None or first <= on) and (last is None or last >= on) for first, last in ehc_plans):
        return Decision(CETR, "18 or over, with an EHC plan.")
    return Decision(CTR, f"18 or over since {day_in_words(eighteen)}, without an EHC plan.")

"""Who may decide about an agreement: by age, and by what was found of competence or capacity for that decision.

Source: policy reference 11.1 and 3.3. Under 16 nobody is presumed competent: a child found competent for a decision
makes it, for all others somebody with parental responsibility does. From 16 on everybody is presumed to have capacity
(Mental Capacity Act 2005); only somebody found to lack it for this decision is decided for: in their best interests, by
a deputy whom the Court of Protection appointed for it, or from 18 by an attorney for health and welfare.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .counting import age_on, day_in_words

COMPETENCE, CAPACITY = "competence", "capacity"
COMPETENT_CHILD, PARENTAL, SIXTEEN, BEST_INTERESTS = "competent_child", "parental", "sixteen", "best_interests"
DEPUTY, ATTORNEY = "deputy", "attorney"
DECIDES_THEMSELVES = 16
#: A lasting power of attorney is made by an adult (Mental Capacity Act 2005, section 9).
MAY_HAVE_AN_ATTORNEY = 18


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found of one decision on a day. test: competence under 16, capacity from 16 on."""

    id: int
    about: str
    test: str
    able: bool
    on: date


@dataclass(frozen=True, slots=True)
class Way:
    """One basis on which a decision may rest now, and why."""

    basis: str
    because: str


def which_test(born: date | None, on: date) -> str:
    """Which test is made of somebody on that day; '' where their age is not known."""
    if born is None:
        return ""
    return COMPETENCE if age_on(born, on) < DECIDES_THEMSELVES else CAPACITY


def newest(found: Iterable[Found], about: str, test: str, on: date) -> Found | None:
    """The last that was found for this decision by this test, up to that day."""
    known = [each for each in found if each.about == about and each.test == test and each.on <= on]
    return max(known, key=lambda each: (each.on, each.id), default=None)


def who_decides(born: date | None, on: date, found: Iterable[Found], about: str) -> tuple[Way, ...]:
    """On which basis this decision may rest on that day. More than one only where their age is not known, or where
    somebody else may have been given the decision of whoever lacks capacity for it.
    """
    known = tuple(found)
    test = which_test(born, on)
    ways = []
    if test != CAPACITY:
        ways.append(_child(newest(known, about, COMPETENCE, on)))
    if test != COMPETENCE:
        adult = born is None or age_on(born, on) >= MAY_HAVE_AN_ATTORNEY
        ways += _from_sixteen(newest(known, about, CAPACITY, on), adult)
    return tuple(ways)


def _child(last: Found | None) -> Way:
    if last is not None and last.able:
        return Way(COMPETENT_CHILD, f"They were found competent to decide this ({day_in_words(last.on)}).")
    if last is not None:
        return Way(PARENTAL, f"They were found not yet competent to decide this ({day_in_words(last.on)}).")
    return Way(PARENTAL, "Nothing shows that they are competent to decide this.")


def _from_sixteen(last: Found | None, adult: bool) -> list[Way]:
    if last is not None and not last.able:
        why = f"They were found to lack capacity to decide this ({day_in_words(last.on)})."
        return [Way(basis, why) for basis in (BEST_INTERESTS, DEPUTY, ATTORNEY) if adult or basis != ATTORNEY]
    if last is not None:
        return [Way(SIXTEEN, f"They were found to have capacity to decide this ({day_in_words(last.on)}).")]
    return [Way(SIXTEEN, "From 16 on it is presumed that they can decide.")]

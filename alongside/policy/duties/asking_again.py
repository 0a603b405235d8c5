"""What was found or answered on a day, and is to be asked again: capacity for a decision, and a keyworker refused."""

from collections.abc import Iterable
from datetime import date

from ..counting import birthday, day_in_words, start_of_day
from ..deciding import COMPETENCE, DECIDES_THEMSELVES
from ..facts import CapacityFacts
from ..rules import computes
from .reckoning import BEGINNING, Reckoning, known_from, latest_consent, shows_before

NO = ("refused", "withdrawn")
DECISIONS = {
    "register": "being on the register",
    "keyworking": "having a keyworker",
    "review": "a review meeting",
    "sharing": "who else may know",
    "recording": "being recorded, or meeting by video",
}


def asking_again_duties(r: Reckoning) -> None:
    """For somebody on a register."""
    for found in newest_found(r.facts.capacity):
        _capacity(r, found)
    _keyworker_offered(r)


def newest_found(found: Iterable[CapacityFacts]) -> list[CapacityFacts]:
    """The last that was found of each decision, whichever test was made."""
    newest: dict[tuple[str, str], CapacityFacts] = {}
    for each in sorted(found, key=lambda each: (each.decided_on, each.id)):
        newest[each.about, each.which] = each
    return list(newest.values())


@computes("capacity_review")
def _capacity(r: Reckoning, found: CapacityFacts) -> None:
    """On the day that was chosen. What was found of a child ends with their sixteenth birthday: then it is presumed.

    Source: policy reference 11.1 (a record names the day on which it is looked at again; from 16 capacity is presumed).
    """
    if found.review_date is None:
        return
    born, ends = r.facts.birth_date, None
    if found.test == COMPETENCE and born is not None:
        sixteen = birthday(born, DECIDES_THEMSELVES)
        if found.review_date >= sixteen:
            return
        ends = start_of_day(sixteen)
    about = DECISIONS.get(found.about, found.about) + (f" ({found.which})" if found.which else "")
    could = "could" if found.able else "couldn’t"
    r.add(
        r.ruleset.in_force("capacity_review", found.decided_on),
        f"capacity_review:capacity:{found.id}",
        f"Look again whether they can decide about {about}",
        f"On {day_in_words(found.decided_on)} it was found that they {could} decide this themselves; "
        f"{day_in_words(found.review_date)} was chosen as the day to look again.",
        due=found.review_date,
        shows=shows_before(found.decided_on, found.review_date),
        ends=ends,
        owner=r.keyworker_or(),
        doing="record_capacity",
        topic="agreement",
        subject="capacity",
        subject_id=found.id,
    )


@computes("keyworker_offered_again")
def _keyworker_offered(r: Reckoning) -> None:
    """A no to a keyworker is asked about again: on the day they named, else by the area's own time.

    Without agreement to the register that is asked for first.
    """
    said = latest_consent(r.facts, "keyworking")
    if said is None or said.answer not in NO or r.consent is None or r.consent.answer != "given":
        return
    first = said.decided_on or said.recorded_on or known_from(r.open_entries[0]) or BEGINNING
    key, begins = r.cycle(f"keyworker_offered_again:consent:{said.id}", first)
    rule, due = r.clock("keyworker_offered_again", begins)
    why = f"They said no to a keyworker ({day_in_words(first)})"
    if begins == first and said.ask_again_on is not None:
        due = _not_before(said.ask_again_on, first)
        why = f"{why}, and that they may be asked again from {day_in_words(due)}."
    else:
        why = f"{why}. One is offered again within {rule.length}."
    r.add(
        rule,
        key,
        "Offer a keyworker again",
        why,
        due=due,
        shows=due if begins == first and said.ask_again_on is not None else shows_before(begins, due),
        owner=r.team("keyworking"),
        doing="confirm_agreement",
        topic="agreement",
        subject="consent",
        subject_id=said.id,
    )


def _not_before(day: date, first: date) -> date:
    return max(day, first)

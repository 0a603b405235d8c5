"""What is due about agreement to be on a register, and about the record after leaving it."""

from datetime import date

from ..counting import day_in_words
from ..facts import ConsentFacts, EntryFacts
from ..rules import computes
from .reckoning import Reckoning, known_from, shows_before


def agreement_duties(r: Reckoning, entry: EntryFacts) -> None:
    consent = r.consent
    if consent is not None and consent.answer == "given" and consent.decided_on is not None:
        _agreement_check(r, consent)
        return
    begins = known_from(entry)
    answer = consent.answer if consent is not None else "unknown"
    if answer == "given":
        what, why = "Confirm when agreement was given", "Agreement is recorded without the day it was given"
    elif answer in ("refused", "withdrawn"):
        begins = max(begins, consent.decided_on or begins)
        what = "Agreement to be confirmed, or take them off the register"
        why = f"Agreement to be on the register was {answer}"
    else:
        what, why = "Agreement to be confirmed", "Nothing shows that they agree to be on the register"
    _confirm_agreement(r, entry, begins, what, why)


@computes("agreement_confirmed")
def _confirm_agreement(r: Reckoning, entry: EntryFacts, begins: date, what: str, why: str) -> None:
    key, due = r.cycle(f"agreement:entry:{entry.id}", begins, lambda day: r.day("agreement_check", day))
    r.add(
        r.ruleset.in_force("agreement_confirmed", begins),
        key,
        what,
        f"{why} ({day_in_words(begins)}).",
        due=due,
        shows=due,
        owner=r.team("register"),
        doing="confirm_agreement",
        topic="agreement",
        subject="entry",
        subject_id=entry.id,
    )


@computes("agreement_check")
def _agreement_check(r: Reckoning, consent: ConsentFacts) -> None:
    key, begins = r.cycle(f"agreement_check:consent:{consent.id}", consent.decided_on)
    rule, due = r.clock("agreement_check", begins)
    until = consent.valid_until
    if until is not None and begins == consent.decided_on and until < due:
        due, why = max(until, begins), f"it stands until {day_in_words(until)}"
    else:
        why = f"it is checked every {rule.length}"
    r.add(
        rule,
        key,
        "Check that they still agree",
        f"Agreement to be on the register goes back to {day_in_words(begins)}; {why}.",
        due=due,
        shows=shows_before(begins, due),
        owner=r.keyworker_or(),
        doing="confirm_agreement",
        topic="agreement",
        subject="consent",
        subject_id=consent.id,
    )


@computes("retention")
def retention_duties(r: Reckoning) -> None:
    """Counted from the last time they left; not while on a register again."""
    if not r.facts.entries:
        return
    last = max(r.facts.entries, key=lambda entry: (entry.removed_on, entry.id))
    rule, due = r.clock("retention", last.removed_on)
    r.add(
        rule,
        f"retention:entry:{last.id}",
        "Decide whether to keep the record",
        f"Left the register on {day_in_words(last.removed_on)}; records are kept for {rule.length}.",
        due=due,
        shows=shows_before(last.removed_on, due),
        owner=r.team("register"),
        doing="record_done",
        topic="register",
        subject="entry",
        subject_id=last.id,
    )

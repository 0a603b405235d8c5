"""What is due about agreement to be on a register, and about the record after leaving it."""

from datetime import date

from ..counting import birthday, day_in_words, days_after
from ..facts import ConsentFacts, EntryFacts
from ..rules import computes
from .reckoning import Reckoning, known_from, shows_before


def agreement_duties(r: Reckoning, entry: EntryFacts) -> None:
    consent = r.consent
    if consent is not None and consent.answer == "given":
        _agreement_check(r, consent, known_from(entry))
        _asked_anew(r, consent, known_from(entry))
        return
    begins = known_from(entry)
    if consent is not None and consent.answer in ("refused", "withdrawn"):
        begins = max(begins, consent.decided_on or begins)
        what = "Agreement to be confirmed, or take them off the register"
        said = consent.decided_on or begins
        why = f"Agreement to be on the register was {consent.answer} ({day_in_words(said)})."
    else:
        what = "Agreement to be confirmed"
        why = f"Nothing shows that they agree to be on the register ({day_in_words(begins)})."
    _confirm_agreement(r, entry, begins, what, why)


@computes("agreement_confirmed")
def _confirm_agreement(r: Reckoning, entry: EntryFacts, begins: date, what: str, why: str) -> None:
    key, due = r.cycle(f"agreement:entry:{entry.id}", begins, lambda day: r.day("agreement_check", day))
    r.add(
        r.ruleset.in_force("agreement_confirmed", begins),
        key,
        what,
        why,
        due=due,
        shows=due,
        owner=r.team("register"),
        doing="confirm_agreement",
        topic="agreement",
        subject="entry",
        subject_id=entry.id,
    )


@computes("agreement_check")
def _agreement_check(r: Reckoning, consent: ConsentFacts, known: date) -> None:
    """Yearly. Agreement without a day is taken to be a year old when the register learned of it."""
    given: date = consent.decided_on or known
    key, begins = r.cycle(f"agreement_check:consent:{consent.id}", given)
    rule, due = r.clock("agreement_check", begins)
    why = f"Agreement to be on the register goes back to {day_in_words(begins)}"
    until = consent.valid_until
    if begins > given:
        why = f"{why}; it is checked every {rule.length}."
    elif consent.decided_on is None:
        due = days_after(known, -1)
        why = f"The day they agreed is not recorded; agreement is checked every {rule.length}."
    elif until is not None and until < due:
        due = max(until, begins)
        why = f"{why}; it stands until {day_in_words(until)}."
    else:
        why = f"{why}; it is checked every {rule.length}."
    r.add(
        rule,
        key,
        "Check that they still agree",
        why,
        due=due,
        shows=shows_before(begins, due),
        owner=r.keyworker_or(),
        doing="confirm_agreement",
        topic="agreement",
        subject="consent",
        subject_id=consent.id,
    )


@computes("agreement_anew_16", "agreement_anew_18")
def _asked_anew(r: Reckoning, consent: ConsentFacts, known: date) -> None:
    """From the birthdays at which somebody else decides. What was agreed stands until they have been asked.

    Whoever decides from then on can't be asked before, so it is due some days after the birthday, and shows ahead.
    A parent's yes of a later day, as old sheets have it, is nobody's: due some days after the register learned of it.
    No law or national limit is passed with that day: there is no breach.
    """
    born, given = r.facts.birth_date, consent.decided_on or known
    if born is None:
        return
    passed = [age for age in (18, 16) if consent.parental and given >= birthday(born, age)]
    ahead = [age for age in (16, 18) if given < birthday(born, age)]
    if passed:
        said = "Somebody with parental responsibility agreed on"
        _ask_anew(r, consent, passed[0], birthday(born, passed[0]), given, said, begins=max(given, known))
    if ahead:
        turns = birthday(born, ahead[0])
        _ask_anew(r, consent, ahead[0], turns, given, "Agreement to be on the register goes back to", begins=turns)


def _ask_anew(
    r: Reckoning, consent: ConsentFacts, age: int, turns: date, given: date, said: str, *, begins: date
) -> None:
    why = "from 16 on the young person decides" if age == 16 else "from 18 on nobody else can agree for them"
    rule, due = r.clock(f"agreement_anew_{age}", begins)
    r.add(
        rule,
        f"agreement_anew_{age}:consent:{consent.id}",
        f"Ask anew whether they agree: {age} on {day_in_words(turns)}",
        f"{said} {day_in_words(given)}; {why}. Asked within {rule.length}.",
        due=due,
        shows=max(given, days_after(begins, -28)),
        owner=r.keyworker_or(),
        doing="confirm_agreement",
        topic="agreement",
        subject="consent",
        subject_id=consent.id,
    )


@computes("retention")
def retention_duties(r: Reckoning) -> None:
    """Counted from the last time they left; not while on a register again."""
    left = [(entry.removed_on, entry.id) for entry in r.facts.entries if entry.removed_on is not None]
    if not left:
        return
    removed, entry_id = max(left)
    rule, due = r.clock("retention", removed)
    r.add(
        rule,
        f"retention:entry:{entry_id}",
        "Decide whether to keep the record",
        f"Left the register on {day_in_words(removed)}; records are kept for {rule.length}.",
        due=due,
        shows=shows_before(removed, due),
        owner=r.team("register"),
        doing="record_done",
        topic="register",
        subject="entry",
        subject_id=entry_id,
    )

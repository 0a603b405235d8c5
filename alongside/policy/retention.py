"""How long a record is kept: until the longest of the rules that apply has run out, and never while something is open.

Sources: policy reference 3.7 and row 61; the rules for children, adults and after a death are labelled as not checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .counting import age_on, birthday, day_in_words, months_after
from .decision import Decision
from .rules import Rule, Ruleset, computes

ADULT = 18


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What decides how long a record is kept.

    registered: whether they ever were on a register. left_on: the last day they were on one. last_on: the last day
    of anything that is recorded about them. open: what still goes on, each as the end of 'because …'; holds: why a
    disposal is stopped.
    """

    birth_date: date | None
    died_on: date | None
    registered: bool
    left_on: date | None
    last_on: date
    open: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """One rule that keeps a record, through which day."""

    rule: Rule
    until: date


@computes("retention", "retention_childhood", "retention_childhood_17", "retention_adult", "retention_death")
def kept_by(facts: RetentionFacts, ruleset: Ruleset) -> tuple[Kept, ...]:
    """Every rule that applies, the longest first. Empty where the date of birth is not known: nobody can say."""
    found = sorted(_apply(facts, ruleset), key=lambda kept: kept.until, reverse=True)
    return tuple(found)


def _apply(facts: RetentionFacts, ruleset: Ruleset) -> Iterator[Kept]:
    ended = max(facts.left_on or facts.last_on, facts.last_on)
    if facts.registered:
        yield _after(ruleset, "retention", facts.left_on or ended)
    if facts.died_on:
        yield _after(ruleset, "retention_death", facts.died_on)
    if facts.birth_date is None:
        return
    age = age_on(facts.birth_date, ended)
    if age < ADULT:
        rule = ruleset.in_force("retention_childhood_17" if age == ADULT - 1 else "retention_childhood", ended)
        yield Kept(rule, birthday(facts.birth_date, rule.period.number))
    elif not facts.died_on:
        yield _after(ruleset, "retention_adult", ended)


def _after(ruleset: Ruleset, key: str, day: date) -> Kept:
    rule = ruleset.in_force(key, day)
    months = {"years": 12, "months": 1}.get(rule.period.unit)
    if months is None:
        raise ValueError(f"{rule.title}: kept for years or months, not {rule.period.unit}.")
    return Kept(rule, months_after(day, rule.period.number * months))


@computes("retention_import")
def import_kept_until(done_on: date, ruleset: Ruleset) -> Decision:
    """The last day on which rows of an import that became nobody's record are kept, counted from when it was done."""
    kept = _after(ruleset, "retention_import", done_on)
    because = f"{kept.rule.title} ({kept.rule.length_in_words}): until {day_in_words(kept.until)}."
    return Decision(kept.until, because, kept.rule.source_label)


def keep_until(facts: RetentionFacts, ruleset: Ruleset) -> Decision:
    """The last day on which the record is kept; None as long as nobody can say one. It may go from the day after.

    None while something is open or held, and while the date of birth is not known.
    """
    stops = (*facts.holds, *facts.open)
    if stops:
        return Decision(None, f"It is kept because {'; '.join(stops)}.")
    if facts.birth_date is None:
        return Decision(None, "It is kept because the date of birth is not known. Find it out, or decide by hand.")
    longest = kept_by(facts, ruleset)[0]
    rule = longest.rule
    because = f"{rule.title} ({rule.length_in_words}): until {day_in_words(longest.until)}."
    return Decision(longest.until, because, rule.source_label)

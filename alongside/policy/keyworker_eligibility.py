"""Whether somebody may have a keyworker, in sentences with the rule cited; and from which day more people may.

Source: policy reference 4.1 and 4.2. The rows are data of the rules of entry (`eligibility/rows.py`): which ratings,
up to which age, which later phases, each from a day on. Nothing here says no: a manager may decide otherwise.
"""

from collections.abc import Iterable
from datetime import date

from .allocation.words import ADULTHOOD_FROM
from .counting import age_on, day_in_words
from .eligibility import DIAGNOSES, PHASES, Asked, EntryRule, EntryRules, Told, for_keyworker
from .eligibility.telling import DIFFERS, FITS, UNSURE

_CONSENT = EntryRule(
    "keyworking_agreement",
    "Keyworking has its own agreement",
    "before work starts",
    "local practice, Derbyshire",
    "V-L",
    "local",
)


def keyworking_tests(asked: Asked, rules: EntryRules, as_at: date, consent: str = "not_asked") -> tuple[Told, ...]:
    """Diagnosis, rating or phase, age, and agreement. consent: given, not_asked or refused."""
    return (_diagnosis(asked, rules, as_at), *for_keyworker(asked, rules, as_at), _agreement(consent))


def phases_of(
    *, circumstances: Iterable[str], birth_date: date | None, as_at: date, two_of_four: bool
) -> frozenset[str]:
    """Of the phases that an area may name, those that the record says.

    `two_of_four`: a named person answered the four questions, and decided that they open keyworking.
    """
    found = {PHASE_OF[kind] for kind in circumstances if kind in PHASE_OF}
    if birth_date is not None and age_on(birth_date, as_at) >= ADULTHOOD_FROM:
        found.add("adulthood")
    return frozenset(found | {"two_of_four"} if two_of_four else found)


#: Circumstances of a record, and the phase in which each counts.
PHASE_OF = {
    "looked_after": "looked_after",
    "adopted": "adopted",
    "residential_52": "residential",
    "residential_38": "residential",
    "residential_risk": "residential",
}


def may_have_keyworker(told: Iterable[Told]) -> bool:
    """Whether nothing known speaks against it: what isn't known yet never keeps anybody off the waiting list."""
    return all(one.answer != DIFFERS for one in told)


def phases_ahead(rules: EntryRules, as_at: date) -> list[str]:
    """What the area has decided for later days, in sentences, the earliest first."""
    return [
        f"From {day_in_words(rule.starts_on)}, {rule.title.lower()}: {_said(rule)} ({rule.source_label})."
        for rule in rules.ahead(as_at)
        if rule.key.startswith("keyworker_")
    ]


def _said(rule: EntryRule) -> str:
    if isinstance(rule.value, int):
        return f"{rule.value} years"
    return "; ".join(PHASES.get(name, name) for name in rule.many) or "nobody else"


def _diagnosis(asked: Asked, rules: EntryRules, as_at: date) -> Told:
    rule = rules.on("diagnosis_basis", as_at)
    whom = "Keyworking is for people with autism or a learning disability."
    known = [DIAGNOSES[name] for name in sorted(asked.diagnoses) if name in DIAGNOSES]
    if not known:
        if asked.no_diagnosis:
            return Told("diagnosis", DIFFERS, f"{whom} Neither is thought to be so.", rule)
        return Told("diagnosis", UNSURE, f"{whom} No diagnosis is recorded.", rule)
    if asked.basis in rule.many:
        return Told("diagnosis", FITS, f"{whom} The record says {' and '.join(known)}.", rule)
    return Told(
        "diagnosis", UNSURE, f"{whom} How {' and '.join(known)} is known is not recorded as counting here.", rule
    )


def _agreement(consent: str) -> Told:
    whom = "Keyworking has its own agreement, asked for before work starts."
    if consent == "given":
        return Told("agreement", FITS, f"{whom} It was given.", _CONSENT)
    if consent == "refused":
        return Told("agreement", DIFFERS, f"{whom} The answer was no.", _CONSENT)
    return Told("agreement", UNSURE, f"{whom} It has not been asked for yet.", _CONSENT)

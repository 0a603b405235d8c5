"""The same person twice in one sheet: an exact repeat is matched, anything less certain needs a person.

Two rows are the same person without asking only when nothing in them disagrees and either the NHS number, the
date of birth and the name are the same, or the name, date of birth and postcode are and neither has an NHS
number that the other lacks. Everything else that points at one person goes to a person: one NHS number with
two dates of birth, a longer family name on the same birthday, a slip in spelling. The same name with another
birthday and another NHS number is simply another person.
"""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from alongside.exchange.sheets.headings.fields import BY_NAME
from alongside.exchange.sheets.rows.cells import RowInHand
from alongside.exchange.sheets.rows.prepared import NEEDS_PERSON, READY, REFUSED, PreparedRow, Problem
from alongside.exchange.sheets.values.agreement import ConsentReading
from alongside.exchange.sheets.values.names import PersonName, letters_of
from alongside.exchange.sheets.values.outcome import NOTE, REVIEW
from alongside.exchange.sheets.values.ratings import Diagnosis

# Two spellings of a whole name this much alike (0 to 1), on one birthday, may be one person.
ALIKE = 0.88
# A row is compared one by one with at most so many that share its birthday or its name. Of 10,000 people under 26
# one or two share a birthday; more than this do only where a sheet has one date filled down.
MOST_COMPARED = 60


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of an earlier row to compare later ones with."""

    number: int
    identity: str
    name: PersonName | None
    born: date | None
    nhs_number: str
    postcode: str
    values: dict[str, Any]
    waiting: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    earlier: _Seen
    code: str
    sentence: str


class Repeats:
    """Remembers the rows that went before and says of each new one whether it repeats one of them."""

    def __init__(self) -> None:
        self._by_number: dict[str, _Seen] = {}
        self._by_name: dict[str, list[_Seen]] = defaultdict(list)
        self._by_birth: dict[date, list[_Seen]] = defaultdict(list)

    def judge(self, row: PreparedRow, hand: RowInHand) -> PreparedRow:
        """The row with its repeat settled; it is remembered unless it was refused."""
        if row.outcome == REFUSED:
            return row
        seen = _remember(row, hand)
        verdict = self._find(seen)
        if verdict:
            row = _settle(row, hand, seen, verdict)
        if row.outcome in (READY, NEEDS_PERSON):
            self._add(replace(seen, waiting=row.outcome == NEEDS_PERSON))
        return row

    def _add(self, seen: _Seen) -> None:
        if seen.nhs_number:
            self._by_number.setdefault(seen.nhs_number, seen)
        if seen.identity and len(self._by_name[seen.identity]) < MOST_COMPARED:
            self._by_name[seen.identity].append(seen)
        if seen.born and len(self._by_birth[seen.born]) < MOST_COMPARED:
            self._by_birth[seen.born].append(seen)

    def _find(self, seen: _Seen) -> _Verdict | None:
        earlier = self._by_number.get(seen.nhs_number) if seen.nhs_number else None
        if earlier:
            return _same_number(earlier, seen)
        named = self._by_name.get(seen.identity, []) if seen.identity else []
        return _first(_same_name(other, seen) for other in named) or _first(
            _same_birthday(other, seen) for other in (self._by_birth.get(seen.born, []) if seen.born else [])
        )


def _first(verdicts: Iterable[_Verdict | None]) -> _Verdict | None:
    return next((verdict for verdict in verdicts if verdict), None)


def _remember(row: PreparedRow, hand: RowInHand) -> _Seen:
    name: PersonName | None = row.fields.get("name")
    identity = " ".join(sorted(part for part in name.key if part)) if name else ""
    values = {key: _comparable(value) for key, value in row.fields.items()}
    values |= {f"heading {heading}": text.casefold() for heading, text in hand.others.items()}
    return _Seen(
        row.number,
        identity,
        name,
        row.fields.get("birth_date"),
        row.fields.get("nhs_number", ""),
        row.fields.get("postcode", ""),
        values,
        waiting=False,
    )


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, PersonName):
        return tuple(sorted(value.key))
    if isinstance(value, Diagnosis):
        return value.conditions, value.pathway_for
    if isinstance(value, ConsentReading):
        return value.answer, value.basis, value.on
    return value


def _same_number(earlier: _Seen, seen: _Seen) -> _Verdict:
    if earlier.born and seen.born and earlier.born != seen.born:
        sentence = "has the same NHS number but another date of birth. Find out whose number it is."
        return _Verdict(earlier, "same_number_other_birth", sentence)
    if earlier.identity and seen.identity and earlier.identity != seen.identity:
        return _Verdict(
            earlier,
            "same_number_other_name",
            "has the same NHS number but another name. Say whether they are one.",
        )
    return _Verdict(earlier, "", "")


def _same_name(earlier: _Seen, seen: _Seen) -> _Verdict | None:
    two_numbers = bool(earlier.nhs_number and seen.nhs_number)
    if earlier.born and seen.born and earlier.born == seen.born:
        if two_numbers:
            sentence = "has the same name and date of birth but another NHS number. Say whether they are one person."
            return _Verdict(earlier, "same_name_other_number", sentence)
        neither = not earlier.nhs_number and not seen.nhs_number
        if neither and earlier.postcode and earlier.postcode == seen.postcode:
            return _Verdict(earlier, "", "")
        return _Verdict(earlier, "maybe_same", "has the same name and date of birth. Say whether they are one person.")
    if two_numbers:
        return None
    if not (earlier.born and seen.born):
        return _Verdict(earlier, "maybe_same", "has the same name. Say whether they are one person.")
    if earlier.postcode and earlier.postcode == seen.postcode:
        sentence = "has the same name and postcode but another date of birth. Say whether they are one person."
        return _Verdict(earlier, "maybe_same", sentence)
    return None


def _same_birthday(earlier: _Seen, seen: _Seen) -> _Verdict | None:
    if (earlier.nhs_number and seen.nhs_number) or not (earlier.name and seen.name):
        return None
    if not _names_alike(earlier.name, seen.name, same_home=bool(seen.postcode) and seen.postcode == earlier.postcode):
        return None
    sentence = f"has the same date of birth and a name much like it, {earlier.name}. Say whether they are one person."
    return _Verdict(earlier, "maybe_same", sentence)


def _names_alike(one: PersonName, other: PersonName, same_home: bool) -> bool:
    given = letters_of(one.given) == letters_of(other.given) and bool(one.given)
    if given and (same_home or _family_parts(one) & _family_parts(other)):
        return True
    # A slip in the first letter of both names is too rare to search for, and this spares most of the work.
    if not (one.key[0][:1] == other.key[0][:1] or one.key[1][:1] == other.key[1][:1]):
        return False
    spelled = difflib.SequenceMatcher(None, " ".join(one.key), " ".join(other.key))
    # The two quick ratios are never below the true one.
    return spelled.real_quick_ratio() >= ALIKE and spelled.quick_ratio() >= ALIKE and spelled.ratio() >= ALIKE


def _family_parts(name: PersonName) -> set[str]:
    """The parts of a double family name; short ones (de, van) don't count."""
    return {letters_of(part) for part in name.family.replace("-", " ").split() if len(letters_of(part)) > 2}


def _settle(row: PreparedRow, hand: RowInHand, seen: _Seen, verdict: _Verdict) -> PreparedRow:
    earlier = verdict.earlier
    if verdict.code:
        problem = _problem(verdict.code, f"Row {earlier.number} {verdict.sentence}", REVIEW)
        return replace(row, problems=(*row.problems, problem), maybe_same_as=earlier.number)
    differing = [key for key in seen.values if key in earlier.values and seen.values[key] != earlier.values[key]]
    added = tuple(key for key in row.fields if key not in earlier.values)
    if differing:
        told = ", ".join(_told(key, hand) for key in differing)
        sentence = f"This repeats row {earlier.number} but differs in: {told}. Choose which to keep."
        problem = _problem("repeat_differs", sentence, REVIEW)
        return replace(row, problems=(*row.problems, problem), maybe_same_as=earlier.number, adds=added)
    if earlier.waiting:
        sentence = f"This repeats row {earlier.number}, which needs a person first."
        problem = _problem("repeat_waits", sentence, REVIEW)
        return replace(row, problems=(*row.problems, problem), maybe_same_as=earlier.number, adds=added)
    more = f" and adds: {', '.join(_told(key, hand) for key in added)}" if added else ""
    problem = _problem("repeat", f"This repeats row {earlier.number}{more}.", NOTE)
    return replace(row, problems=(*row.problems, problem), repeat_of=earlier.number, adds=added)


def _told(key: str, hand: RowInHand) -> str:
    if key.startswith("heading "):
        return key.removeprefix("heading ")
    return hand.heading_of.get(key) or BY_NAME[key].label


def _problem(code: str, sentence: str, severity: str) -> Problem:
    return Problem("", sentence, severity, code)

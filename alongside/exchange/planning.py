"""What would become of each row: created, matched, for a person to decide, refused or blank. Writes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from alongside.exchange.comparing import Difference, differences_for
from alongside.exchange.matching import Known, know, match
from alongside.exchange.sheets import PreparedRow
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me

OUTCOMES = ("created", "matched", "review", "refused", "blank")


@dataclass
class Planned:
    """One row and what becomes of it. `first` is the row of this sheet that it repeats.

    `settled`: a person decided earlier who this row is, so what it says of them is not compared again.
    """

    row: PreparedRow
    outcome: str
    person: Person | None = None
    first: int | None = None
    settled: bool = False
    sentences: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def plan(me: Me, icb_id: int, listing: str, rows: Sequence[PreparedRow], today: date) -> list[Planned]:
    """Accounts for every row, in the order of the sheet."""
    rows = _with_additions(rows)
    known = know(me, icb_id, rows)
    planned = [_plan(known, row) for row in rows]
    _settle_shared(planned)
    _hold_repeats(planned)
    differing = [p for p in planned if p.outcome == "matched" and p.person and not p.settled]
    found = differences_for(me, listing, [(p.person, p.row) for p in differing if p.person], today)
    for one, differences in zip(differing, found, strict=True):
        one.differences = differences
    return planned


def _with_additions(rows: Sequence[PreparedRow]) -> list[PreparedRow]:
    """A repeat that adds something gives it to the first row; only what that row lacks."""
    by_number = {row.number: row for row in rows}
    for row in rows:
        if row.repeat_of and row.adds:
            first = by_number[row.repeat_of]
            added = {name: row.fields[name] for name in row.adds if name in row.fields}
            by_number[first.number] = replace(first, fields={**added, **first.fields})
    return [by_number[row.number] for row in rows]


def _plan(known: Known, row: PreparedRow) -> Planned:
    sentences = [problem.sentence for problem in row.problems]
    if row.outcome in ("blank", "refused"):
        return Planned(row, row.outcome, sentences=sentences)
    if row.fingerprint in known.decided and (row.outcome == "review" or match(known, row).why_not):
        return _as_decided(row, known.decided[row.fingerprint], sentences)
    if row.outcome == "review":
        return Planned(row, "review", sentences=sentences)
    if row.repeat_of:
        return Planned(row, "matched", first=row.repeat_of, sentences=sentences)
    found = match(known, row)
    if found.why_not:
        return Planned(row, "review", sentences=[*sentences, found.why_not])
    if found.person:
        return Planned(row, "matched", person=found.person, sentences=sentences)
    return Planned(row, "created", sentences=sentences)


def _as_decided(row: PreparedRow, person: Person | None, sentences: list[str]) -> Planned:
    """What a person decided about the same row in an earlier sheet stands."""
    if person is None:
        return Planned(row, "refused", sentences=[*sentences, "Somebody decided earlier to leave this row out."])
    sentences = [*sentences, f"Somebody decided earlier that this is {person.reference}."]
    return Planned(row, "matched", person=person, sentences=sentences, settled=True)


def _settle_shared(planned: list[Planned]) -> None:
    """Two rows that match one person are not both right without a person: the first stands."""
    taken: dict[int, int] = {}
    for one in planned:
        if one.outcome != "matched" or one.person is None or one.settled:
            continue
        first = taken.setdefault(one.person.pk, one.row.number)
        if first != one.row.number:
            one.outcome = "review"
            one.sentences.append(f"Row {first} was found to be {one.person.reference} too. Say who this row is.")
            one.person = None


def _hold_repeats(planned: list[Planned]) -> None:
    """A repeat waits with the row that it repeats."""
    outcomes = {one.row.number: one.outcome for one in planned}
    for one in planned:
        if one.first and outcomes[one.first] == "review":
            one.outcome = "review"
            one.sentences.append(f"Row {one.first}, which this repeats, needs a person first.")


def count(planned: Sequence[Planned]) -> dict[str, int]:
    """`rows` is every row below the headings and equals the sum of the rest."""
    found = Counter(one.outcome for one in planned)
    return {"rows": len(planned)} | {outcome: found[outcome] for outcome in OUTCOMES}

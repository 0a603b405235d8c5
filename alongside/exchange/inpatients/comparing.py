"""Our record and a commissioner's file, row by row, as at the day of the file. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Q

from alongside.exchange.inpatients import text
from alongside.exchange.inpatients.models import InpatientLine
from alongside.exchange.matching import ASK, know, match
from alongside.exchange.said import shown_name_of, words_of
from alongside.exchange.sheets import PreparedRow
from alongside.features.hospital.models import LegalStatus, Stay
from alongside.features.hospital.text import legal_words
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.policy.counting import local_day
from alongside.policy.duties.reviews import legal_code

Outcome = InpatientLine.Outcome
#: Words in a heading that say under which section somebody is: our own reading, as the file's items are not published.
LEGAL_HEADINGS = ("legal status", "mha", "section", "mental health act")


@dataclass
class Compared:
    """What is to be kept of one person. `said`: what, our words, their words; of a match what both say."""

    outcome: str
    name: str
    number: int = 0
    person: Person | None = None
    stay_id: int | None = None
    said: list[list[str]] = field(default_factory=list)
    why: str = ""


def compare(me: Me, icb_id: int, rows: Sequence[PreparedRow], as_at: date) -> list[Compared]:
    """Everybody in either, in the order of the file, and who is only in our record last. Nine statements at most."""
    people = [row for row in rows if row.kind == "person"]
    known = know(me, icb_id, people)
    stays = _stays_on(me, icb_id, as_at)
    legal = _legal_on(list(stays.values()), as_at)
    found, seen = [], set()
    for row in people:
        matched = match(known, row)
        stay = stays.get(matched.person.pk) if matched.person else None
        if stay is not None and _whose(stay).pk not in seen:
            seen.add(_whose(stay).pk)
            found.append(_both(row, stay, legal.get(stay.pk, "")))
        else:
            found.append(_theirs(row, matched.person, matched.why_not, twice=stay is not None))
    ours = [stay for person_id, stay in stays.items() if person_id not in seen]
    return found + [_ours(stay, legal.get(stay.pk, "")) for stay in ours]


def _stays_on(me: Me, icb_id: int, as_at: date) -> dict[int, Stay]:
    """Who of the area was in a mental health hospital at the end of a day, by person."""
    end = datetime.combine(as_at, time.max, LONDON)
    rows = Stay.objects.visible_to(me).filter(
        Q(discharged_at=None) | Q(discharged_at__gt=end),
        Q(person__died_on=None) | Q(person__died_on__gt=as_at),
        person__icb_id=icb_id,
        kind=Stay.Kind.HOSPITAL,
        admitted_at__lte=end,
        superseded_by=None,
    )
    found = rows.select_related("person__survivor").order_by("admitted_at", "pk")
    return {_whose(stay).pk: stay for stay in found}


def _whose(stay: Stay) -> Person:
    """Whom the record was merged into, where it was."""
    return stay.person.survivor or stay.person


def _legal_on(stays: list[Stay], as_at: date) -> dict[int, str]:
    """The legal status of each stay at the end of a day, by stay."""
    end = datetime.combine(as_at, time.max, LONDON)
    rows = LegalStatus.objects.filter(
        Q(to_at=None) | Q(to_at__gt=end), stay__in=[stay.pk for stay in stays], from_at__lte=end, superseded_by=None
    )
    return dict(rows.order_by("from_at", "pk").values_list("stay_id", "code"))


def _both(row: PreparedRow, stay: Stay, code: str) -> Compared:
    said = [
        one
        for one in (
            _place(stay.place_name, words_of(row, "inpatient_unit")[0]),
            _admitted(stay, row.fields.get("admission_date")),
            _legal(code, _their_legal(row)),
        )
        if one is not None
    ]
    outcome = Outcome.DIFFERS if said else Outcome.MATCH
    return Compared(outcome, _whose(stay).shown_name, row.number, _whose(stay), stay.pk, said)


def _place(ours: str, theirs: str) -> list[str] | None:
    one, other = ours.casefold().strip(), theirs.casefold().strip()
    same = not other or one in other or other in one
    return None if same else ["Hospital", ours, theirs]


def _admitted(stay: Stay, theirs: date | None) -> list[str] | None:
    ours = local_day(stay.admitted_at)
    if theirs is None or (stay.admission_day_known and ours == theirs):
        return None
    return ["Day of admission", day(ours) if stay.admission_day_known else "Not known", day(theirs)]


def _their_legal(row: PreparedRow) -> str:
    for heading, said in row.raw.items():
        if any(words in heading.casefold() for words in LEGAL_HEADINGS):
            return str(said).strip()
    return ""


def _legal(code: str, theirs: str) -> list[str] | None:
    ours = legal_words(code) if code else ""
    one, other = legal_code(ours.split(":")[0]), legal_code(theirs)
    same = not theirs or one == other or code.lstrip("0") == theirs.lstrip("0")
    return None if same else ["Under", ours or "Not known", theirs]


def _theirs(row: PreparedRow, person: Person | None, why_not: str, *, twice: bool) -> Compared:
    """In the file alone: somebody we know who is in no hospital here, or somebody we don't know."""
    if twice:
        why = "The file names them twice."
    elif person is not None:
        why = "They are known here, and in no mental health hospital on that day."
    else:
        why = text.NOT_SEEN if why_not in ("", ASK) else why_not
    admitted = row.fields.get("admission_date")
    said = [
        ["Hospital", "", words_of(row, "inpatient_unit")[0]],
        ["Day of admission", "", day(admitted) if admitted else ""],
    ]
    name = person.shown_name if person else shown_name_of(row) or f"Row {row.number}"
    return Compared(Outcome.THEIRS, name, row.number, person, None, [one for one in said if one[2]], why)


def _ours(stay: Stay, code: str) -> Compared:
    said = [
        ["Hospital", stay.place_name, ""],
        ["Day of admission", day(stay.admitted_at) if stay.admission_day_known else "Not known", ""],
    ]
    if code:
        said.append(["Under", legal_words(code), ""])
    return Compared(
        Outcome.OURS, _whose(stay).shown_name, 0, _whose(stay), stay.pk, said, "The file doesn’t name them."
    )

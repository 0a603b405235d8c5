"""Whom a notice is about, as far as a machine may say so. Asked as the engine; whoever sent it never learns the answer.

Sure is: the same NHS number with a name and a birth date that agree with it; or, where no number speaks against it,
the same full name and birth date of exactly one person of the area, and nobody else who is like them. Anything else
that is likely is put before a person, in one same sentence, so that nobody reads from it why: whoever telephones a
notice learns neither who is restricted nor who said no. Nothing is ever merged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from alongside.features.people.identity.finding import FACTS, Record, record_of
from alongside.features.people.identity.queries import list_had_number
from alongside.features.people.identity.scoring import Known, liken, names, near_days
from alongside.features.people.models import Guard, Person
from alongside.features.referrals.notices.models import Notice

_M = Notice.Matched
_ALIKE = (
    "select people_first_sounds(%(given)s, ''), people_sounds(%(family)s), f.* from (select 1) one left join ("
    + FACTS
    + "where p.survivor_id is null and p.id in "
    "(select people_alike(array[%(area)s]::bigint[], %(given)s, %(family)s, %(days)s, %(numbers)s, '{}'))) f on true"
)
#: The same of every unsure one: it may not say whether a record is closed to the reader, or held elsewhere.
UNSURE = (
    "It is not certain who this is. Compare with what stands below, if anything does, and ring back for the date of "
    "birth and the NHS number. Not every record is shown here: if none fits, ask information governance as well before "
    "somebody new is added."
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who it is, as the sender told it. nhs_number: ten digits that can be right, or ''."""

    given_name: str
    family_name: str
    birth_date: date | None
    nhs_number: str


@dataclass(frozen=True, slots=True)
class Match:
    """How sure it is, the person where it is sure, and where not what to do, in the same words for each."""

    how: str
    person: Person | None = None
    because: str = ""


def find_match(told: Told, icb_id: int) -> Match:
    """Asked as the engine. By NHS number wherever they are held, else among those of this area."""
    if told.nhs_number and (by_number := _by_number(told, icb_id)):
        return by_number
    if _is_closed(told, icb_id):
        return _unsure()
    asked, records = _alike(told, icb_id)
    likely = [(record, found) for record in records if (found := liken(asked, record.known)).is_possible]
    if not likely:
        return Match(_M.NEW)
    if len(likely) == 1 and _agree_wholly(asked, likely[0][0].known):
        return _sure(Person.objects.get(pk=likely[0][0].person_id))
    return _unsure()


def _by_number(told: Told, icb_id: int) -> Match | None:
    """None where nobody has the number."""
    found = Person.objects.filter(nhs_number=told.nhs_number, survivor=None).first()
    if found is None:
        former = list_had_number(told.nhs_number)
        found = Person.objects.filter(pk__in=former).first() if len(former) == 1 else None
    if found is None:
        return None
    known = Known(given=names(found.given_name, found.preferred_name), family=names(found.family_name))
    asked = Known(given=names(told.given_name), family=names(told.family_name))
    # A number may be mistyped into another's: without a birth date that agrees, it is for a person to decide.
    born = told.birth_date is not None and told.birth_date == found.birth_date
    named = bool(asked.given & known.given or asked.family & known.family)
    return _sure(found) if born and named else _unsure()


def _sure(person: Person) -> Match:
    """Theirs, unless a machine may not say so: they said no, only named people may know of them, or they have died."""
    if person.guard == Guard.CLOSED or person.restricted or person.died_on is not None:
        return _unsure()
    return Match(_M.EXACT, person)


def _unsure() -> Match:
    return Match(_M.UNSURE, because=UNSURE)


def _is_closed(told: Told, icb_id: int) -> bool:
    """Whether they may be somebody who said no: nobody new is made of them by a machine."""
    if told.birth_date is None:
        return False
    same = Person.objects.filter(icb_id=icb_id, guard=Guard.CLOSED, birth_date=told.birth_date, survivor=None)
    family, given = names(told.family_name), names(told.given_name)
    return any(names(one.family_name) & family and names(one.given_name, one.preferred_name) & given for one in same)


def _agree_wholly(asked: Known, known: Known) -> bool:
    """Full name and birth date are the same, and no number speaks against it."""
    whole = bool(asked.given & known.given and asked.family & known.family and asked.birth_date)
    return whole and asked.birth_date == known.birth_date and not (asked.numbers and known.numbers)


def _alike(told: Told, icb_id: int) -> tuple[Known, Sequence[Record]]:
    values: dict[str, Any] = {
        "area": icb_id,
        "given": told.given_name,
        "family": told.family_name,
        "days": near_days(told.birth_date) if told.birth_date else [],
        "numbers": [told.nhs_number] if told.nhs_number else [],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, values)
        rows = cursor.fetchall()
    asked = Known(
        given=names(told.given_name),
        family=names(told.family_name),
        given_sounds=frozenset(rows[0][0] or ()),
        family_sounds=frozenset(rows[0][1] or ()),
        birth_date=told.birth_date,
        numbers=frozenset(values["numbers"]),
    )
    return asked, [record_of(row[2:]) for row in rows if row[2] is not None]

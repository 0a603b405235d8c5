"""Who may be the same person: candidates by indexed keys in one statement, then scored.

Nothing here tells whether somebody is known outside the asker's scope. `is_clash` says that a number can't be used;
its sentence is the same whoever has it and wherever they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from alongside.features.people.identity.scoring import SAME_NUMBER, Known, Likeness, liken, names, near_days
from alongside.features.people.operations.people import nhs_number_taken
from alongside.foundation.access.me import Me

#: Shown at most.
MOST = 10
#: The one sentence for a clash. It is the same for a number held here, elsewhere, closely, or before.
ASK = "Ask the register team."

FACTS = """
select p.id, p.reference, coalesce(nullif(p.preferred_name, ''), p.given_name), p.family_name, p.birth_date,
  array[p.given_name, p.preferred_name]::text[] || coalesce(n.given, '{}'),
  array[p.family_name]::text[] || coalesce(n.family, '{}'),
  people_first_sounds(p.given_name, p.preferred_name),
  people_sounds(array_to_string(array[p.family_name]::text[] || coalesce(n.family, '{}'), ' ')),
  array[p.nhs_number]::text[] || array(select f.number from people_formernumber f where f.person_id = p.id
    and f.why = 'superseded'
    and not exists (select 1 from people_formernumber later where later.supersedes_id = f.id)),
  array(select replace(a.postcode, ' ', '') from people_address a where a.person_id = p.id and a.postcode <> ''
    and not exists (select 1 from people_address later where later.supersedes_id = a.id)),
  p.icb_id
from people_person p
left join lateral (select array_agg(x.given_name::text) as given, array_agg(x.family_name::text) as family
    from people_personname x where x.person_id = p.id) n on true
"""
_LOOK = (
    "select people_first_sounds(%(given)s, ''), people_sounds(%(family)s), f.* from (select 1) one left join ("
    + FACTS
    + "where p.id in (select people_alike('{}', %(given)s, %(family)s, %(days)s, %(numbers)s, %(codes)s))) f on true"
)


@dataclass(frozen=True, slots=True)
class Alike:
    """A record within scope that may be about the same person, and why."""

    person_id: int
    reference: str
    given_name: str
    family_name: str
    birth_date: date | None
    likeness: Likeness

    @property
    def shown_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


@dataclass(frozen=True, slots=True)
class Record:
    """A person's record as it is scored."""

    person_id: int
    reference: str
    given_name: str
    family_name: str
    icb_id: int
    known: Known


def find_possible(
    *,
    given: str,
    family: str,
    birth_date: date | None,
    nhs_number: str | None,
    postcode: str = "",
    me: Me,
    leave_out: Iterable[int] = (),
) -> list[Alike]:
    """Records that `me` reaches and that may be about this person, the likeliest first; then perhaps twins.

    One statement. Empty for those whose work is not matching people (see `people_alike`).
    """
    if not (given.strip() or family.strip() or birth_date or nhs_number):
        return []
    values: dict[str, Any] = {
        "given": given,
        "family": family,
        "days": near_days(birth_date) if birth_date else [],
        "numbers": [nhs_number] if nhs_number else [],
        "codes": codes_of(postcode),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values)
        rows = cursor.fetchall()
    asked = Known(
        given=names(given),
        family=names(family),
        given_sounds=frozenset(rows[0][0] or ()),
        family_sounds=frozenset(rows[0][1] or ()),
        birth_date=birth_date,
        numbers=frozenset(values["numbers"]),
        postcodes=frozenset(code.replace(" ", "") for code in values["codes"]),
    )
    left_out = set(leave_out)
    found = [record_of(row[2:]) for row in rows if row[2] is not None and row[2] not in left_out]
    scored = [_alike(record, liken(asked, record.known)) for record in found]
    wanted = [one for one in scored if one.likeness.is_possible or one.likeness.twin]
    return sorted(wanted, key=lambda one: (-one.likeness.score, one.person_id))[:MOST]


def is_clash(nhs_number: str | None, found: Iterable[Alike]) -> bool:
    """Whether the number can't be used for somebody new, and nobody whom the asker reaches explains it."""
    if not nhs_number or any(one.likeness.score == SAME_NUMBER for one in found):
        return False
    return nhs_number_taken(nhs_number)


def record_of(row: tuple[Any, ...]) -> Record:
    """A row of `FACTS`."""
    key, reference, shown, family, born, givens, families, given_sounds, family_sounds, numbers, codes, icb_id = row
    known = Known(
        given=names(*(name for name in givens if name)),
        family=names(*(name for name in families if name)),
        given_sounds=frozenset(given_sounds or ()),
        family_sounds=frozenset(family_sounds or ()),
        birth_date=born,
        numbers=frozenset(number for number in numbers if number),
        postcodes=frozenset(codes),
    )
    return Record(key, reference, shown, family, icb_id, known)


def codes_of(postcode: str) -> list[str]:
    """The postcode as it may be stored: with its space, and without."""
    bare = "".join(postcode.upper().split())
    return [bare, f"{bare[:-3]} {bare[-3:]}"] if len(bare) > 4 else []


def _alike(record: Record, likeness: Likeness) -> Alike:
    return Alike(
        record.person_id,
        record.reference,
        record.given_name,
        record.family_name,
        record.known.birth_date,
        likeness,
    )

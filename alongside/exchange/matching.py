"""Whether a row of a sheet is somebody the register already knows. A clash with another area reveals nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from alongside.exchange.models import ImportRow
from alongside.exchange.sheets import PreparedRow
from alongside.exchange.sheets.values.names import PersonName, letters_of
from alongside.features.people.identity.queries import list_had_numbers
from alongside.features.people.models import Guard, Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Succession

LEFT_OUT = "Left out"
ASK = (
    "This NHS number can't be used for a new person here. The register team can find out whether they have moved "
    "from another area."
)
UNSEEN = (
    "Somebody with this name and birth date may be known here already, on a record that an import can't look into. "
    "Whoever is named for closed records can find out. Nobody is put on until then."
)


@dataclass
class Known:
    """The people this ICB holds, by NHS number and by name with birth date; and numbers taken elsewhere.

    `unseen` are names and birth dates on records of this ICB that are closed or held by named people only: who imports
    is not told which, and makes nobody a second time. `decided` are rows that a person decided on before, by
    fingerprint: who they are, or None for left out.
    """

    by_number: dict[str, Person] = field(default_factory=dict)
    by_name: dict[tuple[str, str, date], list[Person]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    unseen: frozenset[tuple[str, str, date]] = frozenset()
    decided: dict[str, Person | None] = field(default_factory=dict)


def know(me: Me, icb_id: int, rows: Iterable[PreparedRow]) -> Known:
    """Everybody the rows might be, in six statements."""
    areas = held_areas(icb_id)
    known = Known(unseen=unseen_names(areas))
    by_id: dict[int, Person] = {}
    for person in Person.objects.visible_to(me).filter(icb_id__in=areas, survivor=None):
        by_id[person.pk] = person
        if person.nhs_number:
            known.by_number[person.nhs_number] = person
        if person.birth_date:
            known.by_name.setdefault(_name(person.given_name, person.family_name, person.birth_date), []).append(person)
    for number, whose in list_had_numbers():
        if whose in by_id:
            known.by_number.setdefault(number, by_id[whose])
    unseen = {row.fields["nhs_number"] for row in rows if row.fields.get("nhs_number")} - set(known.by_number)
    with connection.cursor() as cursor:
        cursor.execute("select n from unnest(%s::text[]) n where access.nhs_number_taken(n)", [sorted(unseen)])
        known.elsewhere = frozenset(number for (number,) in cursor.fetchall())
    settled = ImportRow.objects.filter(icb_id=icb_id, outcome=ImportRow.Outcome.REVIEW, settled_at__isnull=False)
    for fingerprint, person_id, how in settled.order_by("id").values_list("fingerprint", "person_id", "settled_how"):
        if fingerprint and person_id in by_id:
            known.decided[fingerprint] = by_id[person_id]
        elif fingerprint and how == LEFT_OUT:
            known.decided[fingerprint] = None
    return known


def unseen_names(areas: set[int]) -> frozenset[tuple[str, str, date]]:
    """Names with birth dates of those whose records are closed or restricted, as the engine reads them."""
    with context.as_engine():
        people = Person.objects.filter(icb_id__in=areas, survivor=None, guard__gte=Guard.RESTRICTED)
        rows = list(people.values_list("given_name", "preferred_name", "family_name", "birth_date"))
    names = ((given, family, born) for first, other, family, born in rows if born for given in (first, other) if given)
    return frozenset(_name(*name) for name in names)


def held_areas(icb_id: int) -> set[int]:
    """The ICB and all that it took over whole: their people are its people, and their rows stay as they are."""
    before: dict[int, list[int]] = {}
    whole = Succession.objects.filter(whole=True, undone_at=None)
    for successor, predecessor in whole.values_list("successor_id", "predecessor_id"):
        before.setdefault(successor, []).append(predecessor)
    found, wanted = {icb_id}, [icb_id]
    while wanted:
        new = [area for area in before.get(wanted.pop(), []) if area not in found]
        found.update(new)
        wanted += new
    return found


def _same_name(name: PersonName | None, person: Person) -> bool:
    """One of the two names agrees: a family name changes, and a given name is shortened."""
    if name is None or not (person.given_name or person.family_name):
        return True
    given, family = name.key
    ours = {letters_of(person.given_name), letters_of(person.preferred_name)} - {""}
    return family == letters_of(person.family_name) or given in ours


def _name(given: str, family: str, born: date) -> tuple[str, str, date]:
    return letters_of(given), letters_of(family), born


def is_unseen(unseen: frozenset[tuple[str, str, date]], row: PreparedRow) -> bool:
    """Whether the row has the name and birth date of somebody whose record can't be looked into."""
    name, born = row.fields.get("name"), row.fields.get("birth_date")
    return name is not None and born is not None and _name(name.given, name.family, born) in unseen


@dataclass(frozen=True)
class Match:
    """`person` is who the row is; `why_not` a sentence when only a person can say."""

    person: Person | None = None
    why_not: str = ""


def match(known: Known, row: PreparedRow) -> Match:
    """By NHS number, which must not contradict name and birth date; else by name and birth date."""
    number, name, born = row.fields.get("nhs_number"), row.fields.get("name"), row.fields.get("birth_date")
    if number and (person := known.by_number.get(number)):
        same_day = not born or not person.birth_date or born == person.birth_date
        if same_day and _same_name(name, person):
            return Match(person)
        return Match(why_not=f"The NHS number is that of {person.reference}, but the name or birth date differs.")
    if number and number in known.elsewhere:
        return Match(why_not=ASK)
    if name and born:
        found = known.by_name.get(_name(name.given, name.family, born), [])
        others = [person for person in found if number and person.nhs_number]
        if others:
            return Match(why_not=f"{others[0].reference} has this name and birth date, and another NHS number.")
        if len(found) == 1:
            return Match(found[0])
        if not found and is_unseen(known.unseen, row):
            return Match(why_not=UNSEEN)
        if found:
            return Match(why_not="More than one person here has this name and birth date.")
    return Match()

"""Reading people: whom somebody reaches, and on which topics."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, Q
from django.db.models.functions import Coalesce

from alongside.features.people.models import Person
from alongside.features.people.scope import rule_of, values_of
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom, and on which topics. `topics` is empty for somebody known from one's own past only."""

    person: Person
    topics: frozenset[int]
    own_past: bool
    writes: bool
    # Through an involvement of their own, not through the area.
    works_with: bool = False

    def sees(self, topics: Collection[int]) -> bool:
        """Whether facts on any of these topics may be shown."""
        return self.own_past or bool(self.topics.intersection(topics))


def may_identify(me: Me, reach: Reach) -> bool:
    """Whether who somebody is may be corrected: by those who run the register, and by whoever works with them."""
    return reach.writes and (reach.works_with or me.holds_in(reach.person.icb_id, Role.COORDINATOR, Role.MANAGER))


def columns_of(model: type[Model], table: str) -> str:
    """All columns of a table, by the name it goes by in a statement written out in full (see `rows_of`)."""
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def rows_of(models: Sequence[type[Model]], row: Sequence[Any]) -> list[Any]:
    """One row of each model, from the values of `columns_of` of each in this order. What follows them is left."""
    made: list[Any] = []
    begin = 0
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields]
        made.append(model.from_db("default", names, row[begin : begin + len(names)]))
        begin += len(names)
    return made


_MINE = (
    "from access_opentopics i where i.actor_id = %(me)s and i.person_id = p.id and i.from_at <= statement_timestamp() "
    "and (i.to_at is null or i.to_at > statement_timestamp())"
)
# One text: to build it anew for each page took longer than asking.
_REACH = f"""
    select {columns_of(Person, "p")}, {columns_of(Organisation, "o")},
        array(select unnest(i.topics) {_MINE}), exists (select 1 {_MINE} and i.writes)
    from people_person p join organisations_organisation o on o.id = p.icb_id
    where p.reference = %(reference)s and {rule_of("person", "p")}
"""


def reach_person(me: Me, reference: str) -> Reach | None:
    """The person with this reference and what `me` may read of them, in one statement. None outside scope."""
    with connection.cursor() as cursor:
        cursor.execute(_REACH, values_of(me) | {"reference": reference.replace("\0", "")})
        row = cursor.fetchone()
    if row is None:
        return None
    person, person.icb = rows_of((Person, Organisation), row)
    my_topics, my_writes = row[-2:]
    by_area = frozenset(me.topics) if person.icb_id in me.agreed else frozenset()
    return Reach(
        person=person,
        topics=by_area | frozenset(my_topics),
        own_past=person.icb_id not in me.agreed and bool(set(person.held_by) & set(me.agreed)),
        writes=person.icb_id in me.writes or my_writes,
        works_with=my_writes,
    )


#: Of a row about somebody: their number, or that of the one whom their record was merged into.
WHOSE = Coalesce("person__survivor_id", "person_id")


def about(person: Person) -> Q:
    """Rows about somebody, with those of records that were merged into theirs."""
    return about_any([person.pk])


def about_any(numbers: Collection[int]) -> Q:
    """Rows about any of these people, with those of records that were merged into theirs.

    By their numbers, so that an index finds them: said as a join, every row of the table is looked at.
    """
    records = Person.objects.filter(Q(pk__in=numbers) | Q(survivor__in=numbers))
    return Q(person__in=records.values("pk"))


def find_survivor(me: Me, person: Person) -> Person | None:
    """Whom this person was merged into, where `me` reaches them."""
    return Person.objects.visible_to(me).filter(pk=person.survivor_id).first() if person.survivor_id else None


def list_involved(me: Me) -> list[Person]:
    """The people `me` is involved with one by one, by name."""
    return list(Person.objects.visible_to(me).filter(survivor__isnull=True).order_by("family_name", "given_name", "pk"))

"""Every table, straight in SQL under each identity, shows what a second reading of the scope says, and no more."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction

from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protection import (
    ByArea,
    Custodians,
    DerivedRows,
    Engine,
    FactRows,
    Hidden,
    Open,
    PersonRows,
    Reference,
)
from alongside.foundation.access.settle import protected_models
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.topics import EVERY_TOPIC, Topic
from tests.access.guarding import GUARDED, add_guarded_rows
from tests.access.reading import open_to
from tests.access.telling import TOLD, add_told_rows
from tests.access.world import MOVED, World, make_world
from tests.cast import acting_as

# Written here again on purpose: not read from the product's own table.
COMMISSIONING = {
    Topic.IDENTITY,
    Topic.COMMUNICATION,
    Topic.PLACEMENT,
    Topic.REGISTER,
    Topic.HOSPITAL,
    Topic.REVIEW,
    Topic.KEYWORKING,
    Topic.ADULTHOOD,
    Topic.MONEY,
}
READS = {"manager": set(EVERY_TOPIC), "coordinator": set(EVERY_TOPIC), "commissioner": COMMISSIONING}
REGISTER_TEAM = {"coordinator"}


class Reader:
    """One actor's reach, worked out person by person."""

    def __init__(self, actor: Actor | None) -> None:
        self.id = actor.pk if actor else None
        held = RoleHeld.objects.filter(actor=actor).values_list("role", "area_id") if actor else []
        self.roles = list(held)
        kept = RoleHeld.objects.filter(actor=actor, role="coordinator", custodian=True) if actor else []
        self.keeps = {row.area_id for row in kept}
        self.people = {person.pk: person for person in Person.objects.all()}
        self.opened = open_to(actor, MOVED) if actor else {}

    def areas(self, guard: int, topic: int | None = None) -> set[int]:
        """Areas whose records, held this closely, a role of theirs opens (on this topic)."""
        return {
            area
            for role, area in self.roles
            if role in READS
            and (guard == 0 or (guard == 1 and role in REGISTER_TEAM))
            and (topic is None or topic in READS[role])
        }

    def is_with(self, person: Person, topic: int | None = None) -> bool:
        topics = self.opened.get(person.pk, set())
        return bool(topics) if topic is None else topic in topics

    def reaches(self, person: Person) -> bool:
        return bool(self.areas(person.guard) & {person.icb_id, *person.held_by}) or self.is_with(person)

    def reads(self, person: Person, topic: int | None, *icbs: int | None) -> bool:
        """A fact of the person on a topic, recorded by one of these ICBs."""
        if topic is None or not self.reaches(person):
            return False
        guard = max(person.guard, 1) if person.closed_topics >> topic & 1 else person.guard
        return bool(self.areas(guard, topic) & {person.icb_id, *icbs}) or self.is_with(person, topic)

    def writes_for(self, person: Person) -> bool:
        return person.icb_id in self.areas(person.guard) or (
            person.guard > 0 and person.icb_id in self.areas(0) and self.is_with(person)
        )

    def governs(self) -> set[int]:
        return {area for role, area in self.roles if role == "governance"}


Rule = Callable[[Reader, Any], bool]


def everybody(reader: Reader, row: Any) -> bool:
    return True


def nobody(reader: Reader, row: Any) -> bool:
    return False


def rule_of(model: type[models.Model]) -> Rule:
    """What should be seen of a table. A table that no line speaks of fails."""
    protection = model.protection  # type: ignore[attr-defined]
    by_name: dict[str, Rule] = {
        "Involvement": lambda r, row: bool(r.id) and row.actor_id == r.id or r.writes_for(r.people[row.person_id]),
        "OpenTopics": lambda r, row: bool(r.id) and row.actor_id == r.id or r.writes_for(r.people[row.person_id]),
        "PossibleDuplicate": lambda r, row: r.reaches(r.people[row.first_id]) and r.reaches(r.people[row.second_id]),
        "Event": event,
        "History": governed_change,
        "Look": governed_look,
        **GUARDED,
        **TOLD,
    }
    if model.__name__ in by_name:
        return by_name[model.__name__]
    match protection:
        case PersonRows():
            return lambda r, row: r.reaches(row)
        case FactRows():
            return fact_rule(protection)
        case DerivedRows():
            return derived_rule(protection)
        case ByArea(owner=str() as owner) if owner:
            return lambda r, row: getattr(row, owner) == r.id or (row.shared and row.icb_id in r.areas(0))
        case ByArea(team_only=team_only, person=about):
            return lambda r, row: (
                row.icb_id in r.areas(1 if team_only else 0)
                and (not about or getattr(row, about) is None or r.reaches(r.people[getattr(row, about)]))
            )
        case Custodians():
            return lambda r, row: row.icb_id in r.keeps
        case Hidden(read_by=()):
            return nobody
        case Hidden(read_by=roles):
            return lambda r, row: any(role in roles for role, _ in r.roles)
        case Engine(read=False):
            return nobody
        case Engine() | Reference() | Open(rule=""):
            return everybody
    raise AssertionError(f"nothing says who may see {model.__name__}")


def fact_rule(protection: FactRows) -> Rule:
    def rule(reader: Reader, row: Any) -> bool:
        topic = getattr(row, protection.topic) if isinstance(protection.topic, str) else protection.topic
        recorded = getattr(row, protection.recorded_by) if protection.recorded_by else None
        return reader.reads(reader.people[getattr(row, protection.person)], topic, recorded)

    return rule


def derived_rule(protection: DerivedRows) -> Rule:
    def rule(reader: Reader, row: Any) -> bool:
        topic = getattr(row, protection.topic) if isinstance(protection.topic, str) else protection.topic
        if protection.owner and reader.id and getattr(row, protection.owner) == reader.id:
            person = reader.people.get(row.person_id)
            if person is None and row.guard <= 1:
                return True
            if person is not None and (row.icb_id in reader.areas(row.guard) or reader.is_with(person)):
                return True
        in_area = row.icb_id in reader.areas(row.guard, topic)
        return in_area or (row.person_id is not None and reader.is_with(reader.people[row.person_id], topic))

    return rule


def event(reader: Reader, row: Any) -> bool:
    if row.person_id is None:
        return (reader.id and row.by_id == reader.id) or row.icb_id in reader.areas(0)
    return reader.reads(reader.people[row.person_id], row.topic, row.icb_id)


def is_governed(reader: Reader, person_id: int) -> bool:
    person = reader.people[person_id]
    return bool(reader.governs() & {person.icb_id, *person.held_by})


def staff(reader: Reader) -> set[int]:
    return set(RoleHeld.objects.filter(area_id__in=reader.governs()).values_list("actor_id", flat=True))


def governed_change(reader: Reader, row: Any) -> bool:
    if row.person_id is not None:
        return is_governed(reader, row.person_id)
    return row.actor_id in staff(reader)


def governed_look(reader: Reader, row: Any) -> bool:
    return row.actor_id in staff(reader) or any(is_governed(reader, person) for person in row.person_ids)


def in_sql(model: type[models.Model]) -> set[Any]:
    """Keys of the rows that the database shows to whoever asks."""
    key = model._meta.pk.column
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'select "{key}" from {model._meta.db_table}')
            return {row[0] for row in cursor.fetchall()}
    except ProgrammingError as refused:
        assert "permission denied" in str(refused)
        return set()


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    add_guarded_rows(made)
    add_told_rows(made)
    return made


def identities(world: World) -> Iterator[tuple[str, Actor | None]]:
    yield "nobody", None
    for area in (world.here, world.there):
        for role, actor in area.actors.items():
            yield f"{role} of {area.icb.code}", actor


def all_rows(model: type[models.Model]) -> list[Any]:
    """Every row, read as the engine; a table that not even the engine reads gives none."""
    try:
        with transaction.atomic():
            return list(model.objects.all())  # type: ignore[attr-defined]
    except ProgrammingError:
        return []


def test_every_table_shows_each_identity_its_scope_and_no_more(world: World) -> None:
    with context.as_engine():
        tables = {model: (rule_of(model), all_rows(model)) for model in protected_models()}
        readers = {name: (actor, Reader(actor)) for name, actor in identities(world)}
        wanted = {
            (name, model): {row.pk for row in rows if rule(reader, row)}
            for name, (_, reader) in readers.items()
            for model, (rule, rows) in tables.items()
        }
    for model in (model for model in tables if model.__name__ in TOLD):
        seen = [wanted[name, model] for name in readers]
        assert min(map(len, seen)) < max(map(len, seen)), f"everybody sees the same of {model.__name__}"
    for name, (actor, _) in readers.items():
        if actor is None:
            found = {model: in_sql(model) for model in tables}
        else:
            with acting_as(actor, MOVED):
                found = {model: in_sql(model) for model in tables}
        # Acting makes keys and nothing else, so what was read before still stands.
        wrong = {
            model.__name__: {
                "too many": found[model] - wanted[name, model],
                "too few": wanted[name, model] - found[model],
            }
            for model in tables
            if found[model] != wanted[name, model]
        }
        assert wrong == {}, name


def test_the_world_has_rows_to_hide_and_rows_to_show(world: World) -> None:
    """A comparison of nothing with nothing would prove nothing."""
    kinds = FactRows | PersonRows | DerivedRows
    about_people = [m for m in protected_models() if isinstance(m.protection, kinds)]  # type: ignore[attr-defined]
    seen: dict[str, set[int]] = {model.__name__: set() for model in about_people}
    hidden: dict[str, int] = {model.__name__: 0 for model in about_people}
    with context.as_engine():
        there = {model.__name__: in_sql(model) for model in about_people}
    for area in (world.here, world.there):
        with acting_as(area.actors["coordinator"], MOVED):
            for model in about_people:
                found = in_sql(model)
                seen[model.__name__] |= found
                hidden[model.__name__] += len(there[model.__name__] - found)
    assert [name for name, rows in seen.items() if not rows] == []
    assert [name for name, rows in hidden.items() if not rows] == []


def test_the_scope_in_code_shows_the_same_as_the_database(world: World) -> None:
    scoped = [m for m in protected_models() if hasattr(getattr(m, "objects", None), "visible_to")]
    assert len(scoped) > 20
    for name, actor in identities(world):
        if actor is None:
            continue
        with acting_as(actor, MOVED) as me:
            for model in scoped:
                in_code = set(model.objects.visible_to(me).values_list("pk", flat=True))  # type: ignore[attr-defined]
                assert in_code == in_sql(model), f"{model.__name__} for {name}"

"""Every table, straight in SQL under each identity, shows what a second reading of the scope says, and no more."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction

from alongside.foundation.access import context
from alongside.foundation.access.protection import DerivedRows, FactRows, PersonRows
from alongside.foundation.access.settle import protected_models
from alongside.foundation.accounts.models import Actor
from tests.access.arriving import add_arrived_rows
from tests.access.guarding import add_guarded_rows
from tests.access.reaching import Reader, rule_of
from tests.access.schools import add_school_rows
from tests.access.telling import TOLD, add_told_rows
from tests.access.world import MOVED, World, make_world
from tests.cast import acting_as


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
    add_school_rows(made)
    add_arrived_rows(made)
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

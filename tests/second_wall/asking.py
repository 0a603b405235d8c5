"""Straight statements under a member's key, inside a recorded act: what somebody could do who gets past the code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.accounts.models import Actor
from tests.cast import NOW, acting_as


@contextmanager
def by_hand(actor: Actor) -> Iterator[Me]:
    with acting_as(actor) as me, context.under_act(uuid4()):
        yield me


def run(sql: str, *values: Any) -> int:
    """How many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(match: str = "row-level|own acts|another's name|own name|permission denied") -> Any:
    return pytest.raises(DatabaseError, match=match)


def what_is_said(act: Any, *values: Any, **more: Any) -> str:
    """How many rows were touched, or the sentence of the refusal: all that somebody learns."""
    try:
        return str(act(*values, **more))
    except DatabaseError as problem:
        return str(problem).splitlines()[0]


def insert(table: str, **values: Any) -> int:
    names = ", ".join(f'"{name}"' for name in values)
    return run(f"insert into {table} ({names}) values ({', '.join(['%s'] * len(values))})", *values.values())


def fact_by(me: Me, person: Person, **values: Any) -> dict[str, Any]:
    """The columns that every fact has, in this actor's name."""
    known = {
        "person_id": person.pk,
        "topic": 1,
        "recorded_icb_id": person.icb_id,
        "recorded_by_id": me.id,
        "recorded_at": NOW,
        "happened_at": NOW,
        "retention_class": "care",
        "on_hold": False,
    }
    return known | values


def agreement_by(me: Me, person: Person, **values: Any) -> dict[str, Any]:
    known = {
        "topic": 16,
        "purpose": "register",
        "answer": "given",
        "basis": "parental",
        "about_topics": [],
        "recipient_kind": "",
        "decided_by": "",
        "decided_on": NOW.date(),
        "evidence": "x",
        "evidenced": True,
    }
    return fact_by(me, person, **(known | values))

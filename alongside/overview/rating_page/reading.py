"""What a rating needs to know, read together with the lock: hospital stays, pending proposal, rules in force."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.http import Http404

from alongside.features.people.models import Person
from alongside.features.people.scope import rule_of, values_of
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation
from alongside.overview.engine.rulesets import ruleset_for
from alongside.overview.person_page.standing import demanded_rating
from alongside.policy.decision import Decision
from alongside.policy.rules import Ruleset


def _columns(model: type[Model], table: str) -> str:
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


# What bears on the rating: stays, the proposal that waits, the last decision and the rules' version; the migration
# that makes the function has the columns. One text, because building it anew took longer than asking.
_SELECT = f"""
    select {_columns(RegisterEntry, "e")}, {_columns(Person, "p")}, {_columns(Organisation, "o")},
        overview_bears_on_rating(e.id, e.person_id)::text
    from register_registerentry e join people_person p on p.id = e.person_id
    join organisations_organisation o on o.id = e.icb_id
    where e.id = %(entry)s and {rule_of("fact", "e")}
"""


@dataclass(frozen=True, slots=True)
class Situation:
    """An entry and what bears on its rating now. `proposal`: what a rule proposed and nobody has decided on."""

    entry: RegisterEntry
    demanded: Decision
    ruleset: Ruleset
    proposal: dict[str, Any] | None
    last: dict[str, Any] | None

    @property
    def in_hospital(self) -> bool:
        return self.demanded.value == "blue"


def get_situation(me: Me, entry_id: int, at: datetime, *, lock: bool = False) -> Situation:
    """In one statement; with `lock` nobody else decides meanwhile. Raises Http404 outside scope."""
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + (" for update of e" if lock else ""), values_of(me) | {"entry": entry_id})
        row = cursor.fetchone()
    if row is None:
        raise Http404
    entry, bears = _made(row)
    stays, pending, latest, version = json.loads(bears)
    ruleset = ruleset_for(entry.icb.code, version or 0)
    return Situation(
        entry=entry,
        demanded=demanded_rating(stays or [], ruleset, at),
        ruleset=ruleset,
        proposal=_named(pending, ("id", "colour", "because", "at", "by", "origin")),
        last=_named(latest, ("colour", "because", "at", "by", "reasons", "recorded")),
    )


def _made(row: Sequence[Any]) -> tuple[RegisterEntry, str]:
    """The entry with its person and its area, from the columns of the one statement; and what bears on it."""
    made: list[Any] = []
    begin = 0
    for model in (RegisterEntry, Person, Organisation):
        names = [field.attname for field in model._meta.concrete_fields]
        made.append(model.from_db("default", names, row[begin : begin + len(names)]))
        begin += len(names)
    entry, entry.person, entry.icb = made[0], made[1], made[2]
    return entry, row[-1]


def _named(values: list[Any] | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    if not values:
        return None
    found = dict(zip(names, values, strict=True))
    found["at"] = datetime.fromisoformat(found["at"])
    return found

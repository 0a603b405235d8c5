"""What a rating needs to know, read together with the lock: hospital stays, pending proposal, rules in force."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import Http404

from alongside.features.people.models import Person
from alongside.features.people.queries import columns_of, rows_of
from alongside.features.people.scope import rule_of, values_of
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.backend.kept import KeptPlan
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation
from alongside.overview.engine.rulesets import ruleset_for
from alongside.overview.person_page.standing import demanded_rating
from alongside.policy.decision import Decision
from alongside.policy.rules import Ruleset

# What bears on the rating: stays, the proposal that waits, the last decision and the rules' version; the migration
# that makes the function has the columns. One text, because building it anew took longer than asking.
_READ = KeptPlan(f"""
    select {columns_of(RegisterEntry, "e")}, {columns_of(Person, "p")}, {columns_of(Organisation, "o")},
        overview_bears_on_rating(e.id, e.person_id)::text
    from register_registerentry e join people_person p on p.id = e.person_id
    join organisations_organisation o on o.id = e.icb_id
    where e.id = %(entry)s and {rule_of("fact", "e")}
""")
_LOCK = KeptPlan(f"{_READ} for update of e")


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
        cursor.execute(_LOCK if lock else _READ, values_of(me) | {"entry": entry_id})
        row = cursor.fetchone()
    if row is None:
        raise Http404
    entry, person, icb = rows_of((RegisterEntry, Person, Organisation), row)
    entry.person, entry.icb = person, icb
    stays, pending, latest, version = json.loads(row[-1])
    ruleset = ruleset_for(entry.icb.code, version or 0)
    return Situation(
        entry=entry,
        demanded=demanded_rating(stays or [], ruleset, at),
        ruleset=ruleset,
        proposal=_named(pending, ("id", "colour", "because", "at", "by", "origin")),
        last=_named(latest, ("colour", "because", "at", "by", "reasons", "recorded")),
    )


def _named(values: list[Any] | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    if not values:
        return None
    found = dict(zip(names, values, strict=True))
    found["at"] = datetime.fromisoformat(found["at"])
    return found

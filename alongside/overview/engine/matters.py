"""Duties about no one person, kept equal to what the facts of each matter say.

`config/wiring.py` says of each kind how its facts are read and which page opens it, so that a room above this one can
have a kind too. Whoever changes a matter locks its row first; two changes are then counted one after the other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from alongside.foundation.access.backend.kept import KeptPlan
from alongside.foundation.organisations.models import Organisation, Team
from alongside.overview.engine.deriving import DUTY_COLUMNS, TOPIC, URGENCY, Row
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.overview.engine.storing import DUTIES_WANTED, as_values
from alongside.policy.duties import Duty, MatterFacts, matter_duties

BATCH = 500


@dataclass(frozen=True)
class Kind:
    """A kind of matter. read: facts of these ids, in a statement or two; list_ids: all, or those of one ICB;
    address: the page that opens one."""

    read: Callable[[Sequence[int]], Iterable[MatterFacts]]
    list_ids: Callable[[int | None], Sequence[int]]
    address: Callable[[int], str]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Called by `config/wiring.py` only. `name` is at most 20 letters."""
    _kinds[name] = kind


def kinds() -> tuple[str, ...]:
    return tuple(_kinds)


def address_of(name: str, number: int) -> str:
    """The page that opens this matter; '' for a kind that has none."""
    return _kinds[name].address(number) if name in _kinds else ""


def list_ids(name: str, icb_id: int | None = None) -> list[int]:
    return list(_kinds[name].list_ids(icb_id))


def derive_matters(name: str, ids: Sequence[int]) -> dict[int, list[Row]]:
    """Duty rows of each of these matters that is there, in the order of DUTY_COLUMNS."""
    found = list(_kinds[name].read(ids))
    areas = {facts.icb_id for facts in found}
    codes = dict(Organisation.objects.filter(pk__in=areas).values_list("id", "code"))
    teams: dict[int, dict[str, int]] = {area: {} for area in areas}
    for area, kind, team in Team.objects.filter(icb_id__in=areas, closed_on=None).values_list("icb_id", "kind", "id"):
        teams[area][kind] = team
    version = current_version()
    return {
        facts.id: [
            _row(facts, duty)
            for duty in matter_duties(
                facts, ruleset_for(codes[facts.icb_id], version), calendar_for(version), teams[facts.icb_id]
            )
        ]
        for facts in found
    }


def _row(facts: MatterFacts, duty: Duty) -> Row:
    values: dict[str, Any] = {
        "person_id": None,
        "key": duty.key,
        "icb_id": facts.icb_id,
        "guard": facts.guard,
        "topic": TOPIC[duty.topic],
        "rule_key": duty.rule_key,
        "rule_row": duty.row,
        "what": duty.what,
        "because": duty.because,
        "source": duty.source,
        "certainty": duty.certainty,
        "local_default": duty.local_default,
        "shows_from": duty.shows_from,
        "due": duty.due,
        "breach": duty.breach,
        "ends_at": duty.ends_at,
        "timed": duty.timed,
        "owner_actor_id": duty.owner.id if duty.owner.kind == "actor" else None,
        "owner_team_id": duty.owner.id if duty.owner.kind == "team" else None,
        "doing": duty.doing,
        "subject": duty.subject,
        "subject_id": duty.subject_id,
        "backlog_on": None,
        "late_from": duty.due,
        "urgency": URGENCY["red" if facts.first else ""],
    }
    return tuple(values[column] for column in DUTY_COLUMNS)


_CHANGES = [column for column in DUTY_COLUMNS if column not in ("person_id", "key")]
STORE = KeptPlan(f"""
    with wanted as materialized ({DUTIES_WANTED}),
    gone as (delete from overview_duty t where t.person_id is null and t.subject = %(kind)s
        and t.subject_id = any(%(ids)s::bigint[]) and not exists (select 1 from wanted w where w.key = t.key))
    insert into overview_duty as t ({",".join(DUTY_COLUMNS)}) select {",".join(DUTY_COLUMNS)} from wanted
    on conflict (person_id, key) do update set {",".join(f"{c} = excluded.{c}" for c in _CHANGES)}
    where ({",".join(f"t.{c}" for c in _CHANGES)}) is distinct from ({",".join(f"excluded.{c}" for c in _CHANGES)})
""")


def refresh_matters(name: str, ids: Iterable[int]) -> None:
    """Derives and stores what is due about these, inside the caller's transaction and as the engine."""
    wanted = sorted(set(ids))
    for first in range(0, len(wanted), BATCH):
        some = wanted[first : first + BATCH]
        rows = [row for rows in derive_matters(name, some).values() for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(STORE, as_values(rows) | {"kind": name, "ids": some})


def stored_matters(name: str, ids: Sequence[int]) -> dict[int, list[Row]]:
    """The duty rows that stand, by matter."""
    columns = ",".join(DUTY_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select subject_id, {columns} from overview_duty "
            "where person_id is null and subject = %s and subject_id = any(%s)",
            [name, list(ids)],
        )
        stored: dict[int, list[Row]] = {}
        for number, *row in cursor.fetchall():
            stored.setdefault(number, []).append(tuple(row))
    return stored


def every_matter() -> Iterator[tuple[str, list[int]]]:
    """All matters of all kinds, also those of which only a duty is left, a batch at a time."""
    for name in kinds():
        with connection.cursor() as cursor:
            cursor.execute(
                "select distinct subject_id from overview_duty where person_id is null and subject = %s", [name]
            )
            stored = {number for (number,) in cursor.fetchall()}
        ids = sorted(stored | set(list_ids(name)))
        for first in range(0, len(ids), BATCH):
            yield name, ids[first : first + BATCH]

"""Whom an actor reaches, said once for lists and for single records. The database says it a second time.

Each rule is one text of SQL, because lists ask it on every page: building it from parts each time took longer than
asking. `{t}` is the table whose rows are asked for; what belongs to the actor is bound as a parameter.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import models

from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import FAMILY_DOOR, Role
from alongside.foundation.topics import Topic

_INVOLVED = (
    "exists (select 1 from access_opentopics i where i.person_id = {person} and i.actor_id = %(me)s "
    "and i.from_at <= statement_timestamp() "
    "and (i.to_at is null or i.to_at > statement_timestamp()){topic})"
)


def _involved(person: str, topic: str | int = "") -> str:
    """Whether what the ledger opens of an involvement holds this person, and this topic."""
    wanted = f" and i.topics @> array[{topic}]::smallint[]" if topic else ""
    return _INVOLVED.replace("{person}", person).replace("{topic}", wanted)


def _packed(area: str, topic: str | int, reach: str) -> str:
    """Area * 64 + topic within what is reached, as the database packs it."""
    return f"{area} * 64 + {topic} = any(%({reach})s::bigint[])"


def _people(t: str) -> str:
    """The people reached: those of one's areas, now or in the past, and those one is involved with."""
    return (
        f"(({t}.guard = 0 and {t}.icb_id = any(%(agreed)s::bigint[])) "
        f"or ({t}.guard = 0 and {t}.held_by && %(agreed)s::bigint[]) "
        f"or ({t}.guard <= 1 and {t}.icb_id = any(%(guarded)s::bigint[])) "
        f"or ({t}.guard <= 1 and {t}.held_by && %(guarded)s::bigint[]) "
        f"or {_involved(f'{t}.id')})"
    )


def _facts(t: str) -> str:
    """Facts of people reached, on topics allowed, and what one's own area recorded."""

    def within(reach: str) -> str:
        topic = f"{t}.topic"
        return f"({_packed('p.icb_id', topic, reach)} or {_packed(f'{t}.recorded_icb_id', topic, reach)})"

    return (
        f"exists (select 1 from people_person p where p.id = {t}.person_id and {_people('p')} and ("
        f"(p.guard = 0 and (p.closed_topics >> {t}.topic) & 1 = 0 and {within('agreed_topics')}) "
        f"or (p.guard <= 1 and {within('guarded_topics')}) "
        f"or {_involved(f'{t}.person_id', f'{t}.topic')}))"
    )


def _untold(t: str) -> str:
    """Facts; and nobody who came in by the family door reads of what the family was not told."""
    return f"(({t}.told or not %(by_family_door)s) and {_facts(t)})"


def _working(t: str) -> str:
    """The team's own working notes: facts, and nothing through the family door."""
    return f"(not %(by_family_door)s and {_facts(t)})"


def _opened(t: str) -> str:
    """The team's own notes; and of those who opened the record in an emergency each their own, while it is open."""
    mine = (
        f"exists (select 1 from access_involvement i where i.actor_id = %(me)s and i.person_id = {t}.person_id "
        "and i.because = 'break_glass' and i.from_at <= statement_timestamp() and i.to_at > statement_timestamp())"
    )
    return f"({_working(t)} or ({t}.recorded_by_id = %(me)s and {mine}))"


def _planned(t: str) -> str:
    """Facts that only those read who write plans: what is not shared yet."""
    return f"(%(writes_plans)s and {_facts(t)})"


def _own_said(t: str) -> str:
    """Facts; of what a family says, each of the family reads their own."""
    return f"(({t}.recorded_by_id = %(me)s or not %(by_family_door)s) and {_facts(t)})"


def _run(t: str) -> str:
    """Facts that only those read who run the register or the keyworking service of the person's area, or of theirs."""
    area = f"(select p.icb_id from people_person p where p.id = {t}.person_id)"
    runs = f"({area} = any(%(runs)s::bigint[]) or {t}.recorded_icb_id = any(%(runs)s::bigint[]))"
    return f"({runs} and {_facts(t)})"


def _escalated(t: str) -> str:
    """Facts that the family may be told of; and whoever is asked to decide now reads that question."""
    now = "d.from_at <= statement_timestamp() and (d.to_at is null or d.to_at > statement_timestamp())"
    of_it = f"d.escalation_id = {t}.id and d.actor_id = %(me)s and {now}"
    asked = f"exists (select 1 from escalation_addressee d where {of_it})"
    return f"(({t}.told or not %(by_family_door)s) and ({_facts(t)} or {asked}))"


def _agenda(t: str) -> str:
    """Facts; and who was asked to that meeting reads that somebody whom they work with is on its agenda."""
    asked = (
        f"exists (select 1 from register_meetingattendance a where a.meeting_id = {t}.meeting_id "
        "and a.actor_id = %(me)s and a.asked_at is not null) "
        f"and exists (select 1 from people_person p where p.id = {t}.person_id and p.guard = 0) "
        f"and {_involved(f'{t}.person_id', Topic.IDENTITY.value)}"
    )
    return f"(not %(by_family_door)s and ({_facts(t)} or ({asked})))"


def _derived(t: str, topic: str | int, also: str = "") -> str:
    return (
        f"(({t}.guard = 0 and {_packed(f'{t}.icb_id', topic, 'agreed_topics')}) "
        f"or ({t}.guard <= 1 and {_packed(f'{t}.icb_id', topic, 'guarded_topics')}){also} "
        f"or {_involved(f'{t}.person_id', topic)})"
    )


def _duties(t: str) -> str:
    """Duties on topics allowed, and one's own about people one reaches or about nobody."""
    reached = (
        f"({t}.guard = 0 and {t}.icb_id = any(%(agreed)s::bigint[])) or {_involved(f'{t}.person_id')} "
        f"or ({t}.guard <= 1 and ({t}.person_id is null or {t}.icb_id = any(%(guarded)s::bigint[])))"
    )
    return _derived(t, f"{t}.topic", f" or ({t}.owner_actor_id = %(me)s and ({reached}))")


def _lines(t: str) -> str:
    """Lines of the list: whoever may read the register topic of the person."""
    return _derived(t, Topic.REGISTER.value)


def _area(t: str) -> str:
    """Saved views: one's own, and those shared within an area one reaches."""
    return f"({t}.owner_id = %(me)s or ({t}.shared and {t}.icb_id = any(%(agreed)s::bigint[])))"


RULES = {
    "person": _people,
    "fact": _facts,
    "untold": _untold,
    "planned": _planned,
    "own_said": _own_said,
    "working": _working,
    "opened": _opened,
    "agenda": _agenda,
    "escalated": _escalated,
    "run": _run,
    "duty": _duties,
    "line": _lines,
    "area": _area,
}


@lru_cache(maxsize=256)
def rule_of(kind: str, table: str) -> str:
    """The rule as a condition on this table (or alias), with the parameters of `values_of` in it by name."""
    return RULES[kind](table)


def values_of(me: Me) -> dict[str, Any]:
    """What the rules need of an actor."""
    return {
        "me": me.id,
        "agreed": list(me.agreed),
        "guarded": list(me.guarded),
        "runs": [held.area for held in me.roles if held.role in (Role.COORDINATOR, Role.MANAGER)],
        "writes_plans": me.holds(Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR),
        "agreed_topics": list(me.agreed_topics),
        "guarded_topics": list(me.guarded_topics),
        "by_family_door": me.holds(*FAMILY_DOOR) or me.kind == "family",
    }


@lru_cache(maxsize=256)
def _in_order(kind: str, table: str) -> tuple[str, tuple[str, ...]]:
    """The same with parameters by place, and their names in order."""
    names: list[str] = []
    return rule_of(kind, table) % _Named(names), tuple(names)


class _Named:
    """Gives `%s` for each name and remembers the names in order."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def __getitem__(self, name: str) -> str:
        self.names.append(name)
        return "%s"


class Within(models.Expression):
    """The rule as a condition of a query. It knows the name that its table goes by in the query."""

    def __init__(self, kind: str, values: dict[str, Any], table: str = "") -> None:
        super().__init__(output_field=models.BooleanField())
        self.kind, self.values, self.table = kind, values, table

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> "Within":
        return Within(self.kind, self.values, query.get_initial_alias())

    def relabeled_clone(self, change_map: Mapping[str, str]) -> "Within":
        return Within(self.kind, self.values, change_map.get(self.table, self.table))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, names = _in_order(self.kind, compiler.quote_name_unless_alias(self.table))
        return sql, [self.values[name] for name in names]


class ScopedQuerySet(models.QuerySet):
    """`visible_to(me)` is the one rule for lists and single records."""

    scope = "fact"

    def visible_to(self, me: Me) -> "ScopedQuerySet":
        return self.filter(Within(self.scope, values_of(me)))


def ScopedByPerson(kind: str) -> type[ScopedQuerySet]:
    """The query set class for this kind of row."""
    return type(f"Scoped{kind.title()}QuerySet", (ScopedQuerySet,), {"scope": kind})


__all__ = ["ScopedByPerson", "ScopedQuerySet", "rule_of", "values_of"]

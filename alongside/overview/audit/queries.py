"""Reading the audit stores. The database shows information governance what concerns its own areas, nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.features.people.models import Person
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.models import History, Look, Seal
from alongside.overview.audit.pages import named_like, page_label, reason_words
from alongside.overview.guarded.models import Restriction

PAGE = 25
MOST_ACTORS = 50
#: Of colleagues asked for, the newest acts that are gone through.
MOST_ACTS = 2_000
#: Rows of one export. More is asked for in parts, by period.
MOST_EXPORTED = 10_000
UNUSUAL = 20


@dataclass(frozen=True)
class Line:
    """One row of the audit in words. Never the values of a record: which fields changed, not what to."""

    id: int
    at: datetime
    by: str
    what: str
    about: str
    why: str = ""


@dataclass(frozen=True)
class Found:
    """A page of lines, newest first; `older` is where the next page begins."""

    lines: list[Line] = field(default_factory=list)
    older: int | None = None


@dataclass(frozen=True)
class Asked:
    """What is looked for. None leaves it open."""

    person_id: int | None = None
    actor_ids: list[int] | None = None
    page: str = ""
    since: date | None = None
    until: date | None = None


def find_person_id(reference: str) -> int | None:
    """The person with this reference, if the asker's areas govern their record."""
    with connection.cursor() as cursor:
        cursor.execute("select access.governed_person(%s)", [reference])
        return cursor.fetchone()[0]


def find_actor_ids(name: str) -> list[int]:
    """Actors whose name has these words in it."""
    return list(
        Actor.objects.filter(name__icontains=name).order_by("name", "pk").values_list("pk", flat=True)[:MOST_ACTORS]
    )


def list_looks(asked: Asked, before: int = 0, most: int = PAGE) -> Found:
    """Who opened whose record, on which page."""
    rows = Look.objects.filter(disposal_id=None).order_by("-id")
    if asked.person_id is not None:
        rows = rows.filter(person_ids__contains=[asked.person_id])
    if asked.page:
        rows = rows.filter(Q(page__icontains=asked.page) | Q(page__in=named_like(asked.page)))
    found = _within(rows, asked, before, most)
    names, reasons = _names(row.actor_id for row in found), _reasons([row.id for row in found])
    lines = [
        Line(
            r.id, r.at, names.get(r.actor_id, "?"), page_label(r.page), _people(r.person_ids),
            "; ".join(filter(None, (reasons.get(r.id, ""), r.why))),
        )
        for r in found
    ]  # fmt: skip
    return _page(lines, most)


def _reasons(looks: list[int]) -> dict[int, str]:
    """What connected each colleague with the record then; nothing for a look that nothing explains."""
    with connection.cursor() as cursor:
        cursor.execute("select look, reason from access.reasons(%s)", [looks])
        return {look: reason_words(reason or "") for look, reason in cursor.fetchall()}


def list_changes(asked: Asked, before: int = 0, most: int = PAGE) -> Found:
    """Which rows were changed, and which of their fields."""
    rows = History.objects.filter(disposal_id=None).order_by("-id")
    if asked.person_id is not None:
        rows = rows.filter(person_id=asked.person_id)
    if asked.page:
        rows = rows.filter(table__icontains=asked.page.replace(" ", "_"))
    found = _within(rows, asked, before, most, acts=_acts_of(asked.actor_ids))
    whose = _whose(found)
    return _page([Line(r.id, r.at, whose[r.id], _change(r), _fields(r)) for r in found], most)


def _acts_of(actor_ids: list[int] | None) -> list[UUID]:
    """What the engine wrote in these colleagues' names counts as theirs."""
    if not actor_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select access.acts_of(%s, %s)", [actor_ids, MOST_ACTS])
        return [act for (act,) in cursor.fetchall()]


def _whose(rows: list[History]) -> dict[int, str]:
    """Who made each change: the actor; and for what the engine wrote, in whose name it did."""
    with connection.cursor() as cursor:
        cursor.execute("select act, by_name from access.acted_by(%s)", [list({row.act for row in rows if row.act})])
        by_act = dict(cursor.fetchall())
    names = _names(row.actor_id for row in rows)
    return {row.id: by_act.get(row.act) or names.get(row.actor_id, "?") for row in rows}


def _within(rows: QuerySet[Any], asked: Asked, before: int, most: int, acts: list[UUID] | None = None) -> list[Any]:
    if asked.actor_ids is not None:
        theirs = Q(actor_id__in=asked.actor_ids)
        rows = rows.filter(theirs | Q(act__in=acts) if acts else theirs)
    if asked.since:
        rows = rows.filter(at__gte=_begins(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_begins(asked.until + timedelta(days=1)))
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows[: most + 1])


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def find_last_seal() -> datetime | None:
    """When the audit was last sealed."""
    return Seal.objects.order_by("-id").values_list("at", flat=True).first()


def _page(lines: list[Line], most: int) -> Found:
    return Found(lines[:most], lines[most - 1].id if len(lines) > most else None)


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    return dict(Actor.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "name"))


def _people(ids: list[int] | None) -> str:
    many = len(ids or [])
    return f"{many:,} people" if many != 1 else "1 person"


CHANGED = {"insert": "added", "update": "changed", "delete": "removed"}


def _change(row: History) -> str:
    subject = row.table.split("_", 1)[-1].replace("_", " ")
    return f"{subject} {CHANGED.get(row.change, row.change)}"


def _fields(row: History) -> str:
    if row.change != "update":
        return ""
    return ", ".join(sorted(_field(name) for name in row.after or {}))


def _field(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


@dataclass(frozen=True)
class Change:
    """One change with its values. `withheld`: the record is restricted, and whoever asks is not named on it."""

    id: int
    at: datetime
    by: str
    what: str
    person_id: int | None
    withheld: bool
    values: list[tuple[str, str, str]]


def find_change(number: int) -> Change | None:
    """A change, if the database shows it: which field, before, after."""
    row = History.objects.filter(pk=number, disposal_id=None).first()
    if row is None:
        return None
    before, after = row.before or {}, row.after or {}
    withheld = _is_withheld(row.person_id)
    names = sorted(set(before) | set(after))
    return Change(
        row.id,
        row.at,
        _whose([row])[row.id],
        _change(row),
        row.person_id,
        withheld,
        [] if withheld else [(_field(name), _shown(before.get(name)), _shown(after.get(name))) for name in names],
    )


def _is_withheld(person_id: int | None) -> bool:
    """Governance reaches no record but those on which it is named."""
    if person_id is None or not Restriction.objects.filter(person_id=person_id, lifted_at=None).exists():
        return False
    return not Person.objects.filter(pk=person_id).exists()


def _shown(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Unusual:
    """Something worth a question, never a verdict."""

    kind: str
    actor_id: int
    by: str
    reference: str
    people: int
    last_at: datetime


def list_unusual(since: datetime) -> dict[str, list[Unusual]]:
    """By kind: who looked at somebody of the same name, at people they have nothing to do with, at many in an hour."""
    with connection.cursor() as cursor:
        cursor.execute("select * from access.unusual_looks(%s, %s)", [since, UNUSUAL])
        rows = cursor.fetchall()
    names = _names(row[1] for row in rows)
    found: dict[str, list[Unusual]] = {}
    for kind, actor, reference, people, last in rows:
        found.setdefault(kind, []).append(Unusual(kind, actor, names.get(actor, "?"), reference or "", people, last))
    return found

"""Reading the audit stores. The database shows information governance what concerns its own areas, nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.models import History, Look, Seal

PAGE = 25
MOST_ACTORS = 50


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


def list_looks(*, person_id: int | None, actor_ids: list[int] | None, before: int = 0) -> Found:
    """Who opened whose record, on which page."""
    rows = Look.objects.filter(disposal_id=None).order_by("-id")
    if person_id is not None:
        rows = rows.filter(person_ids__contains=[person_id])
    if actor_ids is not None:
        rows = rows.filter(actor_id__in=actor_ids)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    names = _names(row.actor_id for row in found)
    return _page([Line(r.id, r.at, names.get(r.actor_id, "?"), r.page, _people(r.person_ids), r.why) for r in found])


def list_changes(*, person_id: int | None, actor_ids: list[int] | None, before: int = 0) -> Found:
    """Which rows were changed, and which of their fields."""
    rows = History.objects.filter(disposal_id=None).order_by("-id")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if actor_ids is not None:
        rows = rows.filter(actor_id__in=actor_ids)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    names = _names(row.actor_id for row in found)
    return _page([Line(r.id, r.at, names.get(r.actor_id, "?"), _change(r), _fields(r)) for r in found])


def find_last_seal() -> datetime | None:
    """When the audit was last sealed."""
    return Seal.objects.order_by("-id").values_list("at", flat=True).first()


def _page(lines: list[Line]) -> Found:
    return Found(lines[:PAGE], lines[PAGE - 1].id if len(lines) > PAGE else None)


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    return dict(Actor.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "name"))


def _people(ids: list[int] | None) -> str:
    many = len(ids or [])
    return f"{many} people" if many != 1 else "1 person"


CHANGED = {"insert": "added", "update": "changed", "delete": "removed"}


def _change(row: History) -> str:
    subject = row.table.split("_", 1)[-1].replace("_", " ")
    return f"{subject} {CHANGED.get(row.change, row.change)}"


def _fields(row: History) -> str:
    if row.change != "update":
        return ""
    return ", ".join(sorted(name.removesuffix("_id").replace("_", " ") for name in row.after or {}))

"""Everything that is held about a person, part by part, in plain words. Read in three statements, as the engine.

Every table that names a person is read: a new one is in the pack without being told, unless LEFT_OUT says why not.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, models

from alongside.features.people.identity.kinds import KINDS
from alongside.features.people.models import OwnWords, Person, Professional, Relation
from alongside.features.people.national_codes import ETHNICITIES, GENDERS
from alongside.features.register import text as register
from alongside.foundation.access import context
from alongside.foundation.access.settle import protected_models
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day, moment
from alongside.foundation.topics import Topic
from alongside.overview.subject_access.titles import TITLES

#: Tables that name a person and are in no pack, each with the reason.
LEFT_OUT = {
    "Duty": "worked out from the facts, which are all here",
    "RegisterRow": "worked out from the facts, which are all here",
    "Mark": "worked out from the facts, which are all here",
    "OpenTopics": "worked out from who is involved, which is here",
    "PossibleDuplicate": "tells of another person's record",
    "History": "the values before and after of what is here",
    "Seal": "names nobody",
    "ImportDifference": "both sides of it are here",
    "ImportRow": "what it brought is here; the rest of the row is under 'From imported sheets'",
    "AccessRequest": "it is about this request",
    "Hold": "how long the record is kept, not what is in it",
    "EntryCode": "a secret of signing in",
    "AskingDraft": "an asking that nobody has saved",
    "ContactDraft": "a contact that nobody has saved",
    "EmergencyDraft": "an emergency meeting that nobody has saved",
    "MeetingDraft": "something typed in a meeting that nobody has saved",
}
#: Columns that say how a row is kept, not what is in it.
INNER = {
    "id", "person_id", "supersedes_id", "recorded_icb_id", "retention_class", "on_hold", "act", "version", "digest",
    "xid", "disposal_id", "storage_key", "sha256", "guard", "closed_topics", "held_by", "survivor_id", "actor_ref",
    "because_id", "sees_guarded", "relies_on", "recipient_id", "person_ids", "subject_id", "subject", "detail", "code",
    "ordinal", "import_run_id", "fingerprint", "code_digest", "token_digest", "restricted", "once", "bundle",
}  # fmt: skip
#: Said once at the end of each part: by whom and when it was written down.
WRITTEN = {"recorded_by_id", "recorded_at", "by_name", "by_id", "topic", "icb_id"}
LABELS = {
    "nhs_number": "NHS number",
    "happened_at": "When",
    "at": "When",
    "actor_id": "Who",
    "words": "What",
    "from_at": "From",
    "to_at": "To",
}
#: Columns that hold codes, with the words for them.
CODED: dict[str, dict[str, str]] = {
    "removed_because": register.REMOVALS,
    "reasons": register.REASONS,
    "gender": GENDERS,
    "ethnicity": ETHNICITIES,
}
#: Tables whose rows are named in a part by their name; what points to other rows stands there by itself.
NAMED = {"accounts_actor", "organisations_organisation", "organisations_team"}
LONG = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One row: where it stands, what it says line by line, and why it may tell of somebody else ('' if it can't)."""

    table: str
    row_id: int
    section: str
    lines: tuple[tuple[str, str], ...]
    other: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.table, self.row_id


@cache
def tables() -> dict[str, tuple[type[models.Model], str]]:
    """By table: its model and the condition under which a row is about a person (`%(person)s`, an array)."""
    found: dict[str, tuple[type[models.Model], str]] = {}
    for model in protected_models():
        columns = {field.column for field in model._meta.concrete_fields}
        if model.__name__ in LEFT_OUT:
            continue
        if model is Person:
            found[model._meta.db_table] = (model, "t.id = any(%(ids)s)")
        elif "person_id" in columns:
            found[model._meta.db_table] = (model, "t.person_id = any(%(ids)s)" + _not_taken_off(model))
        elif "person_ids" in columns:
            found[model._meta.db_table] = (model, "t.person_ids && %(ids)s::bigint[]")
    return found


def _not_taken_off(model: type[models.Model]) -> str:
    """Leaves out what stood here by mistake and was about somebody else."""
    name = model._meta.model_name or ""
    which = {"event": "s.kind = t.subject and t.subject_id = any(s.row_ids)"}
    which |= {kind: f"s.kind = '{kind}' and t.id = any(s.row_ids)" for kind in KINDS}
    if name not in which:
        return ""
    return (
        " and not exists (select 1 from people_strikeout s "
        f"where s.from_other and s.person_id = t.person_id and {which[name]})"
    )


def _target(field: Any) -> str:
    """The table that a field points to; '' for one that points nowhere."""
    options = getattr(field.related_model, "_meta", None)
    return options.db_table if options else ""


def columns_of(model: type[models.Model]) -> tuple[Any, ...]:
    """The fields that have a column."""
    return tuple(model._meta.concrete_fields)


def read_parts(person_id: int) -> list[Part]:
    """The whole pack, merged records included, section by section."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute("select array_agg(id) from people_person where %s in (id, survivor_id)", [person_id])
        (ids,) = cursor.fetchone()
        selects = [
            f"select '{table}' as tab, t.id, to_jsonb(t) as row_ from {table} t where {condition}"
            for table, (_, condition) in tables().items()
        ]
        cursor.execute(f"select * from ({' union all '.join(selects)}) a order by tab, id", {"ids": ids or []})
        rows = [(tab, number, json.loads(row) if isinstance(row, str) else row) for tab, number, row in cursor]
        names = _names(cursor, rows)
    return sorted(_parts(rows, names), key=lambda part: (_place(part.section), part.section))


def _place(section: str) -> int:
    order = list(TITLES.values())
    first = {"What happened": 90, "Who opened your record": 91}
    return first.get(section, order.index(section) if section in order else 50)


def _names(cursor: Any, rows: list[tuple[str, int, dict[str, Any]]]) -> dict[tuple[str, int], str]:
    """Names of the actors and organisations that the rows point to, in one statement."""
    wanted: dict[str, set[int]] = {table: set() for table in sorted(NAMED)}
    for tab, _, row in rows:
        for field in columns_of(tables()[tab][0]):
            target = "accounts_actor" if field.column in ("actor_id", "by_id") else _target(field)
            if target in wanted and row.get(field.column):
                wanted[target].add(row[field.column])
    selects = [f"select '{tab}', id, name from {tab} where id = any(%s)" for tab in wanted]
    cursor.execute(" union all ".join(selects), [list(ids) for ids in wanted.values()])
    return {(tab, number): name for tab, number, name in cursor.fetchall()}


def _parts(rows: list[tuple[str, int, dict[str, Any]]], names: Mapping[tuple[str, int], str]) -> Iterator[Part]:
    others = {
        word.casefold()
        for tab, _, row in rows
        if tables()[tab][0] in (Relation, Professional)
        for word in row["name"].split()
        if len(word) > 2
    }
    for tab, number, row in rows:
        model = tables()[tab][0]
        lines = tuple(_lines(model, row, names))
        if lines:
            yield Part(tab, number, _title(model), lines, _about_others(model, row, others))


def _title(model: type[models.Model]) -> str:
    return TITLES[model.__name__]


def _lines(
    model: type[models.Model], row: Mapping[str, Any], names: Mapping[tuple[str, int], str]
) -> Iterator[tuple[str, str]]:
    for field in columns_of(model):
        value = row.get(field.column)
        if field.column in INNER | WRITTEN or value in (None, "", [], {}) or (value is False and not field.null):
            continue
        if _target(field) and _target(field) not in NAMED:
            continue
        label = LABELS.get(field.column, str(field.verbose_name).replace("_", " "))
        yield label[:1].upper() + label[1:], _words(field, value, names)
    by = row.get("by_name") or names.get(("accounts_actor", row.get("recorded_by_id") or 0), "")
    at = row.get("recorded_at")
    if by or at:
        yield "Written down", ", ".join(part for part in (by, day(datetime.fromisoformat(at)) if at else "") if part)


def _words(field: Any, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if _target(field):
        return names.get((_target(field), value), str(value))
    if field.column in ("actor_id", "by_id"):
        return names.get(("accounts_actor", value), str(value))
    if field.choices and not isinstance(value, list):
        return str(dict(field.flatchoices).get(value, value))
    if field.column in CODED:
        known = CODED[field.column]
        return ", ".join(str(known.get(one, one)) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(value))
    if isinstance(value, list) and "topic" in field.column:
        topics: dict[Any, Any] = dict(Topic.choices)
        return ", ".join(str(topics.get(one, one)) for one in value)
    return _plain(value)


def _plain(value: Any) -> str:
    """What is kept in parts, part by part."""
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    return str(value)


def _about_others(model: type[models.Model], row: Mapping[str, Any], others: set[str]) -> str:
    """Why somebody has to look at this row before it is given out."""
    if row.get("told") is False or (isinstance(row.get("detail"), dict) and row["detail"].get("untold")):
        return "They were not told of it, because that would not be safe."
    if model.__name__ == "Involvement" and row.get("because") == "override":
        return "It was made to keep somebody safe. Look whether they have been told."
    if model in (Relation, Professional):
        return "It is about somebody else."
    if model.__name__ == "Document":
        return "A file may tell of somebody else."
    if model.__name__ == "Event":
        words = str(row.get("words", "")).casefold().split()
        return "It names somebody else." if others & {word.strip(".,:;()'’") for word in words} else ""
    # Looking at the pack makes looks, which would never be all checked.
    if model is OwnWords or str(row.get("page", "")).startswith("subject access"):
        return ""
    free = [
        field
        for field in columns_of(model)
        if field.column not in INNER
        and not field.choices
        and (isinstance(field, models.TextField | models.JSONField) or (getattr(field, "max_length", 0) or 0) >= LONG)
        and row.get(field.column)
    ]
    return "What was written freely may tell of somebody else." if free else ""


def today_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()

"""Everything that an asking needs to know of one person, in one statement, as plain facts.

Read under the engine's identity, because whoever asks (their keyworker, say) does not see who else works with them.
Whoever calls has checked that the record may be changed, and hides what the reader may not read.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from alongside.features.people.documents.text import OWN, OWN_PICTURE
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.clock import LONDON
from alongside.policy.agreements import Answer, Between, Ledger, Link
from alongside.policy.deciding import PARENTAL, Found

_CORRECTED = "not exists (select 1 from {table} later where later.supersedes_id = t.id)"
_STRUCK = "not exists (select 1 from people_strikeout s where s.person_id = t.person_id and s.kind = '{kind}' and t.id = any(s.row_ids))"  # noqa: E501
_NOW = "(t.to_date is null or t.to_date >= %(today)s)"


def _rows(columns: str, table: str, *conditions: str, joins: str = "", order: str = "t.id") -> str:
    where = " and ".join(("t.person_id = %(person)s", *conditions))
    return f"(select json_agg(json_build_array({columns}) order by {order}) from {table} t {joins} where {where})"


def _current(table: str) -> str:
    return _CORRECTED.format(table=table)


PARTS = {
    "answers": _rows(
        "t.id, t.supersedes_id, t.purpose, t.answer, t.evidenced, t.recorded_at, t.happened_at, t.decided_on, "
        "t.about_topics, t.recipient_kind, t.recipient_id, t.valid_until, t.decided_by, t.basis",
        "people_consent",
    ),
    "links": _rows(
        "t.actor_id, t.topics, t.relies_on, t.from_at, t.to_at, t.recipient_kind, t.recipient_id, t.sees_guarded, "
        "t.writes, t.because, a.name, a.post",
        "access_involvement",
        "(t.to_at is null or t.to_at > %(at)s)",
        "t.because in ('allocation', 'panel', 'referral', 'link', 'own_record', 'family')",
        joins="join accounts_actor a on a.id = t.actor_id",
    ),
    "relations": _rows(
        "t.id, t.name, t.relationship, t.parental_responsibility, t.legal_limits, t.actor_id",
        "people_relation",
        _NOW,
        _current("people_relation"),
        _STRUCK.format(kind="relation"),
    ),
    "professionals": _rows(
        "t.id, t.name, t.post, t.organisation_name, t.actor_id",
        "people_professional",
        _NOW,
        _current("people_professional"),
        _STRUCK.format(kind="professional"),
    ),
    "belongings": _rows(
        "t.id, t.kind, coalesce(o.name, t.name), t.organisation_id",
        "people_belonging",
        _NOW,
        _current("people_belonging"),
        _STRUCK.format(kind="belonging"),
        joins="left join organisations_organisation o on o.id = t.organisation_id",
    ),
    "found": _rows(
        "t.id, t.about, t.test, t.able, t.decided_on", "people_capacityrecord", _current("people_capacityrecord")
    ),
    "words": _rows(
        "t.words, t.happened_at, t.said_how",
        "people_ownwords",
        _current("people_ownwords"),
        _STRUCK.format(kind="ownwords"),
        order="t.happened_at desc, t.id desc",
    ),
    "files": _rows(
        "t.id, t.title, t.kind, t.happened_at",
        "people_document",
        "t.kind = any(%(own)s)",
        _current("people_document"),
        _STRUCK.format(kind="document"),
        order="t.happened_at desc, t.id desc",
    ),
    "between": "(select json_agg(json_build_array(organisation_id, recipient_kind, signed_on, ends_on)) "
    "from organisations_sharingagreement where icb_id = %(icb)s)",
    "named": "(select json_agg(distinct jsonb_build_array(c.recipient_kind, c.recipient_id, coalesce(o.name, a.name))) "
    "from people_consent c left join organisations_organisation o on c.recipient_kind = 'organisation' "
    "and o.id = c.recipient_id left join accounts_actor a on c.recipient_kind = 'actor' and a.id = c.recipient_id "
    "where c.person_id = %(person)s and c.purpose = 'sharing' and coalesce(o.id, a.id) is not null)",
    "custodians": "(select json_agg(distinct a.name) from accounts_roleheld r "
    "join accounts_actor a on a.id = r.actor_id "
    "where r.area_id = %(icb)s and r.role = 'coordinator' and r.custodian and r.from_date <= %(today)s "
    "and (r.to_date is null or r.to_date >= %(today)s))",
}
SELECT = "select json_build_object(" + ", ".join(f"'{name}', {part}" for name, part in PARTS.items()) + ")"


@dataclass(frozen=True, slots=True)
class With:
    """Somebody who is involved: the link as the ledger reads it, why, and who they are."""

    link: Link
    because: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Relative:
    id: int
    name: str
    relationship: str
    responsible: bool | None
    limits: str
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class Helper:
    """A professional around them, with or without an account."""

    id: int
    name: str
    post: str
    organisation: str
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Their GP practice, school or council; `organisation_id` is None for one known by name only."""

    id: int
    kind: str
    name: str
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What an asking knows. decided_by: by id of an answer, who gave it. named: organisations and actors that an answer
    about telling others names, with their names.
    """

    person_id: int
    reference: str
    name: str
    called: str
    born: date | None
    icb_name: str
    ledger: Ledger
    decided_by: dict[int, str]
    involved: tuple[With, ...]
    relatives: tuple[Relative, ...]
    helpers: tuple[Helper, ...]
    places: tuple[Place, ...]
    named: tuple[tuple[str, int, str], ...]
    found: tuple[Found, ...]
    words: list[dict[str, Any]]
    files: list[dict[str, Any]]
    custodians: tuple[str, ...]


def read_known(person: Person, at: datetime) -> Known:
    """All of it, at this moment."""
    today = at.astimezone(LONDON).date()
    values: dict[str, Any] = {"person": person.pk, "icb": person.icb_id, "at": at, "today": today, "own": list(OWN)}
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(SELECT, values)
        (answer,) = cursor.fetchone()
    parts = json.loads(answer) if isinstance(answer, str) else answer
    rows = {name: part or [] for name, part in parts.items()}
    answers, decided_by = _answers(rows["answers"])
    return Known(
        person_id=person.pk,
        reference=person.reference,
        name=person.shown_name or "Name not known",
        called=person.preferred_name or person.given_name or "they",
        born=person.birth_date,
        icb_name=person.icb.name,
        ledger=Ledger(
            person.icb_id,
            answers,
            person.restricted,
            tuple(_between(row) for row in rows["between"]),
            person.birth_date,
        ),
        decided_by=decided_by,
        involved=tuple(_with(row) for row in rows["links"]),
        relatives=tuple(Relative(*row) for row in rows["relations"]),
        helpers=tuple(Helper(*row) for row in rows["professionals"]),
        places=tuple(Place(*row) for row in rows["belongings"]),
        named=tuple((kind, number, name) for kind, number, name in rows["named"]),
        found=tuple(
            Found(number, about, test, able, date.fromisoformat(on)) for number, about, test, able, on in rows["found"]
        ),
        words=[{"words": words, "on": datetime.fromisoformat(on), "how": how} for words, on, how in rows["words"]],
        files=[_file(row, person.reference) for row in rows["files"]],
        custodians=tuple(rows["custodians"]),
    )


def _answers(rows: list[list[Any]]) -> tuple[tuple[Answer, ...], dict[int, str]]:
    """The answers that count: corrected ones don't, and a correction stands in the place of what it corrects."""
    before = {row[0]: row[1] for row in rows if row[1]}
    corrected = set(before.values())
    answers, decided_by = [], {}
    for row in rows:
        if row[0] not in corrected:
            first = row[0]
            while first in before:
                first = before[first]
            answers.append(_answer(first, row))
            decided_by[first] = row[12]
    return tuple(answers), decided_by


def _answer(first: int, row: list[Any]) -> Answer:
    _, _, purpose, answer, evidenced, recorded, happened, decided, topics, kind, recipient, until, _, basis = row
    return Answer(
        id=first,
        purpose=purpose,
        answer=answer,
        evidenced=evidenced,
        recorded_on=datetime.fromisoformat(recorded).astimezone(LONDON).date(),
        happened_at=datetime.fromisoformat(happened),
        decided_on=_day(decided),
        topics=frozenset(topics),
        recipient_kind=kind,
        recipient_id=recipient,
        valid_until=_day(until),
        parental=basis == PARENTAL,
    )


def _between(row: list[Any]) -> Between:
    return Between(row[0], row[1], date.fromisoformat(row[2]), _day(row[3]))


def _with(row: list[Any]) -> With:
    actor, topics, relies_on, from_at, to_at, kind, recipient, closely, writes, because, name, post = row
    link = Link(
        actor_id=actor,
        topics=frozenset(topics),
        relies_on=relies_on,
        from_at=datetime.fromisoformat(from_at),
        to_at=datetime.fromisoformat(to_at) if to_at else None,
        recipient_kind=kind,
        recipient_id=recipient,
        sees_restricted=closely >= 2,
        writes=writes,
    )
    return With(link, because, name, post)


def _file(row: list[Any], reference: str) -> dict[str, Any]:
    number, title, kind, on = row
    url = f"/people/{reference}/documents/{number}"
    return {"title": title, "picture": kind == OWN_PICTURE, "on": datetime.fromisoformat(on), "url": url}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

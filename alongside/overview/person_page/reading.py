"""Everything a person's page shows besides who they are, in one statement.

The facts are asked for on the topics that scope allows; row-level security asks the same again.
"""

import json
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.people.queries import Reach
from alongside.foundation.access.me import Me

#: Events shown at once; one more is read, to know whether there are older ones.
EVENTS = 20


def _rows(columns: str, table: str, more: str = "", order: str = "t.id", joins: str = "") -> str:
    """All rows of this person on a topic that may be read, each as one list."""
    return (
        f"(select json_agg(json_build_array({columns}) order by {order}) from {table} t {joins} "
        f"where t.person_id = %(person)s and (t.topic = any(%(topics)s) or (t.recorded_icb_id = any(%(agreed)s) "
        f"and t.topic = any(%(area_topics)s))){more})"
    )


_DATED = "t.id, t.supersedes_id, t.from_date, t.to_date"
_RATINGS = (
    "(select json_agg(json_build_array(r.id, r.colour, r.standing, r.origin, r.rated_at, r.because, r.reasons, "
    "r.tool, r.suggested, r.override_because, a.name, r.decides_id) order by r.rated_at, r.id) "
    "from register_rating r join accounts_actor a on a.id = r.recorded_by_id where r.entry_id = t.id)"
)
_LEGAL = (
    "(select json_agg(json_build_array(l.code, l.from_at, l.to_at) order by l.from_at) "
    "from hospital_legalstatus l where l.stay_id = t.id)"
)

PARTS: dict[str, str] = {
    "communication": _rows(
        "t.id, t.supersedes_id, t.best_way, t.avoid, t.what_helps, t.adjustments, t.contact_by, t.recorded_at",
        "people_communication",
    ),
    "own_words": _rows("t.id, t.supersedes_id, t.words, t.said_how, t.happened_at", "people_ownwords"),
    "addresses": _rows(f"{_DATED}, t.kind, t.lines, t.postcode", "people_address"),
    "belongings": _rows(f"{_DATED}, t.kind, t.name", "people_belonging"),
    "diagnoses": _rows("t.id, t.supersedes_id, t.kind, t.basis, t.diagnosed_on", "people_diagnosis"),
    "circumstances": _rows(f"{_DATED}, t.kind, t.detail", "people_circumstance"),
    "relations": _rows(
        f"{_DATED}, t.name, t.relationship, t.parental_responsibility, t.legal_limits, t.safe_contact, t.phone, "
        "t.email, t.carries_main_contact",
        "people_relation",
    ),
    "professionals": _rows(f"{_DATED}, t.name, t.post, t.organisation_name, t.contact", "people_professional"),
    "consents": _rows(
        "t.id, t.supersedes_id, t.purpose, t.answer, t.basis, t.decided_by, t.decided_on, t.valid_until, "
        "t.evidence, t.evidenced",
        "people_consent",
        " and t.recipient_kind = ''",
    ),
    "imported": _rows("t.id, t.supersedes_id, t.texts, t.recorded_at", "people_importedtext"),
    "documents": _rows("t.id, t.supersedes_id, t.title, t.kind, t.happened_at", "people_document"),
    "entries": _rows(
        "t.id, t.supersedes_id, t.icb_id, t.listing, t.entered_on, t.removed_on, t.removed_because, "
        "t.removed_detail, t.reason, t.provisional, t.not_registered_before_admission, t.review_planned_on, "
        f"t.version, {_RATINGS}",
        "register_registerentry",
    ),
    "views": _rows(
        "t.id, t.supersedes_id, t.colour, t.said_by, t.happened_at", "register_referrerview"
    ),
    "stays": _rows(
        f"t.id, t.supersedes_id, t.kind, t.place_name, t.ward_type, t.admitted_at, t.discharged_at, t.security, "
        f"t.destination, t.admission_day_known, {_LEGAL}",
        "hospital_stay",
        order="t.admitted_at desc",
    ),
    "reviews": _rows(
        "t.id, t.supersedes_id, t.kind, t.held_at, t.outcome", "reviews_review", order="t.held_at desc"
    ),
    "allocations": _rows(
        f"{_DATED}, t.part, a.name, t.worker_id", "keyworking_allocation",
        joins="join accounts_actor a on a.id = t.worker_id",
    ),
}  # fmt: skip
FACTS = frozenset(PARTS)
DUTIES = (
    "(select json_agg(json_build_array(t.id, t.topic, t.what, t.because, t.source, t.certainty, t.local_default, "
    "t.shows_from, t.due, t.ends_at, t.timed, t.doing, coalesce(a.name, m.name), t.backlog_on, t.rule_key) "
    "order by t.due, t.id) from overview_duty t left join accounts_actor a on a.id = t.owner_actor_id "
    "left join organisations_team m on m.id = t.owner_team_id where t.person_id = %(person)s "
    "and t.topic = any(%(all_topics)s) and (t.ends_at is null or t.ends_at > %(now)s))"
)
TIMELINE = (
    "(select json_agg(json_build_array(e.id, e.code, e.words, e.topic, e.happened_at, e.by_name, e.detail) "
    "order by e.happened_at desc, e.id desc) from (select * from recording_event t where t.person_id = %(person)s "
    "and t.disposal_id is null and t.topic = any(%(all_topics)s){more} "
    "order by t.happened_at desc, t.id desc limit {most}) e)"
)
EVERYTHING = (
    "select json_build_object("
    + ", ".join(f"'{name}', {part}" for name, part in PARTS.items())
    + f", 'duties', {DUTIES}, 'events', {TIMELINE.format(more='', most=EVENTS + 1)}, "
    + "'rules_version', (select max(id) from overview_recount))"
)


def read_everything(me: Me, reach: Reach, now: datetime) -> dict[str, Any]:
    """Every part of the page by its name; a part with nothing to show is an empty list."""
    found = _ask(EVERYTHING, me, reach, now=now)
    version = found.pop("rules_version")
    parts = {name: _not_corrected(rows or []) if name in FACTS else rows or [] for name, rows in found.items()}
    return parts | {"rules_version": version or 0}


def read_timeline(
    me: Me, reach: Reach, *, topic: int | None, before: tuple[Any, int] | None, most: int
) -> list[list[Any]]:
    """Events before a place, newest first; one more than `most` when there are older ones."""
    more = (" and t.topic = %(topic)s" if topic else "") + (
        " and (t.happened_at, t.id) < (%(happened)s, %(event)s)" if before else ""
    )
    sql = "select " + TIMELINE.format(more=more, most=most + 1)
    happened, event = before or (None, None)
    return _ask(sql, me, reach, topic=topic, happened=happened, event=event) or []


def _ask(sql: str, me: Me, reach: Reach, **more: Any) -> Any:
    all_topics = reach.topics | (frozenset(me.topics) if reach.own_past else frozenset())
    values: dict[str, Any] = {
        "person": reach.person.pk,
        "topics": list(reach.topics),
        "all_topics": list(all_topics),
        "agreed": list(me.agreed),
        "area_topics": list(me.topics),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values | more)
        (answer,) = cursor.fetchone()
    return json.loads(answer) if isinstance(answer, str) else answer


def _not_corrected(rows: list[list[Any]]) -> list[list[Any]]:
    """Without the rows that a later one corrects. The second column names the row that is corrected."""
    corrected = {row[1] for row in rows}
    return [row for row in rows if row[0] not in corrected]

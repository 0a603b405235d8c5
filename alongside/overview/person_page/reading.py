"""Everything a person's page shows besides who they are, in one statement.

The facts are asked for on the topics that scope allows; row-level security asks the same again.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.people.queries import Reach
from alongside.foundation.access.me import Me

#: Events shown at once on the timeline, and on the person's page; one more is read, to know whether there are older.
EVENTS = 20
NEWEST = 10


TIMELINE = (
    "(select json_agg(json_build_array(e.id, e.code, e.words, e.topic, e.happened_at, e.by_name, e.detail, e.subject, "
    "e.subject_id, exists (select 1 from people_strikeout s where s.person_id = e.person_id and s.kind = e.subject "
    "and e.subject_id = any(s.row_ids))) "
    "order by e.happened_at desc, e.id desc) from (select t.* from people_person of_them cross join lateral "
    "(select * from recording_event t where t.person_id = of_them.id "
    "and t.disposal_id is null and t.topic = any(%(all_topics)s){more} "
    # What was about somebody else was taken off.
    "and not exists (select 1 from people_strikeout s where s.person_id = t.person_id and s.from_other "
    "and s.kind = t.subject and t.subject_id = any(s.row_ids)) "
    "order by t.happened_at desc, t.id desc limit {most}) t "
    "where of_them.id = %(person)s or of_them.survivor_id = %(person)s "
    "order by t.happened_at desc, t.id desc limit {most}) e)"
)
#: Parts that are no facts, so that no row of theirs corrects another.
NO_FACTS = ("duties", "events", "rules_version", "offers", "merged", "pairs", "numbers", "followed", "ring")


def read_everything(me: Me, reach: Reach, now: datetime) -> dict[str, Any]:
    """Every part of the page by its name; a part with nothing to show is an empty list.

    The columns of each part stand in `page.sql`.
    """
    found = _ask(
        "select overview_person_page(%(person)s, %(topics)s::smallint[], %(all_topics)s::smallint[], "
        "%(area_topics)s::smallint[], %(agreed)s::bigint[], %(now)s, %(events)s)",
        me,
        reach,
        now=now,
        events=NEWEST + 1,
    )
    parts = {name: rows or [] for name, rows in found.items() if name != "rules_version"}
    facts = {name: _not_corrected(rows) for name, rows in parts.items() if name not in NO_FACTS}
    return parts | facts | {"rules_version": found["rules_version"] or 0}


def read_timeline(
    me: Me,
    reach: Reach,
    *,
    topic: int | None,
    before: tuple[Any, int] | None,
    most: int,
    kinds: Sequence[str] = (),
) -> list[list[Any]]:
    """Events before a place, newest first; one more than `most` where there are older. `kinds`: these only."""
    more = (" and t.topic = %(topic)s" if topic else "") + (
        " and (t.happened_at, t.id) < (%(happened)s, %(event)s)" if before else ""
    )
    more += " and t.subject = any(%(kinds)s)" if kinds else ""
    sql = "select " + TIMELINE.format(more=more, most=most + 1)
    happened, event = before or (None, None)
    return _ask(sql, me, reach, topic=topic, happened=happened, event=event, kinds=list(kinds)) or []


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

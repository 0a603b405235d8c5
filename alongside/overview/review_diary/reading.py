"""The diary of reviews and the breaches of an area, each in one statement, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.people.scope import rule_of, values_of
from alongside.features.reviews.models import PlannedReview, Review
from alongside.foundation.access.me import Me

PAGE = 40
SHOWN = {
    "all": "All that are due or planned",
    "no_day": "Without a day",
    "dated": "With a day",
    "late": "Late",
}
BREACHES = {
    "all": "All",
    "red": "Red without a review date",
    "late": "Reviews over their limit",
    "planned": "Agreement, panel or papers late",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One review that is due or planned, or one breach. at: what the list is ordered by."""

    kind: str
    id: int
    person_id: int
    reference: str
    name: str
    what: str
    because: str
    at: datetime
    target: datetime | None
    limit: datetime | None
    planned_id: int | None
    starts_at: datetime | None
    state: str

    @property
    def place(self) -> str:
        return f"{self.at.isoformat()}_{self.kind}_{self.id}"

    @property
    def is_planned(self) -> bool:
        return self.planned_id is not None

    def is_late(self, now: datetime) -> bool:
        """Over its limit, or planned for a day that is past without a word of what became of it."""
        return (self.limit or self.target or now) < now or (self.starts_at or now) < now


@dataclass(frozen=True, slots=True)
class Lines:
    rows: list[Line]
    after: str

    @property
    def people(self) -> list[int]:
        return sorted({row.person_id for row in self.rows})


#: Every duty that asks for a review, in the words of the index of these alone.
_ASKS = "(t.doing in ('plan_review_date', 'open_planned_review') or (t.doing = 'record_review' and t.subject = 'stay'))"
#: What policy asks for in hospital, by the start of the duty's key.
_IN_HOSPITAL = (
    "t.doing = 'record_review' and (t.key like 'post_admission_review:%%' or t.key like 'inpatient_review:%%')"
)
_OPEN = "state in ('requested', 'accepted', 'dated')"
_NAME = "coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name"
#: Somebody rated red without a review date: a review that is due at once.
_RED = "t.doing = 'plan_review_date'"
#: One line for each review: what is due with the day set for it, and what is planned though no clock asks for it.
_DIARY = f"""
    with due as (
        select 'due' as kind, t.id, t.person_id, t.what, t.because, t.due as at, t.due as target, t.breach as until,
            r.id as planned_id, r.starts_at, coalesce(r.state, '') as state
        from overview_duty t left join lateral (
            select x.id, x.starts_at, x.state from reviews_plannedreview x
            where x.person_id = t.person_id and x.{_OPEN}
              and case t.subject when 'stay' then x.stay_id = t.subject_id else x.stay_id is null end
            order by x.starts_at nulls last, x.id limit 1) r on true
        where t.icb_id = any(%(agreed)s::bigint[]) and {_ASKS} and (({_IN_HOSPITAL}) or {_RED})
          and {rule_of("duty", "t")}),
    planned as (
        select 'planned' as kind, r.id, r.person_id, r.kind as what, r.why as because,
            coalesce(r.starts_at, r.state_at) as at, null::timestamptz as target, null::timestamptz as until,
            r.id as planned_id, r.starts_at, r.state
        from reviews_plannedreview r join people_person o on o.id = r.person_id
        where r.{_OPEN} and o.icb_id = any(%(agreed)s::bigint[])
          and {rule_of("working", "r")} and not exists (select 1 from due d where d.planned_id = r.id)),
    lines as (select * from due union all select * from planned)
    select l.kind, l.id, l.person_id, p.reference, {_NAME}, l.what, l.because, l.at, l.target, l.until, l.planned_id,
        l.starts_at, l.state
    from lines l join people_person p on p.id = l.person_id
    where $which and (%(at)s::timestamptz is null or (l.at, l.kind, l.id) > (%(at)s, %(kind)s, %(id)s))
    order by l.at, l.kind, l.id limit %(most)s
"""
_WHICH = {
    "all": "true",
    "no_day": "l.starts_at is null",
    "dated": "l.starts_at is not null",
    "late": "(coalesce(l.until, l.target) < %(now)s or l.starts_at < %(now)s)",
}
_BROKEN = {
    "red": f"{_RED} and t.due < %(now)s",
    "late": f"{_IN_HOSPITAL} and t.breach < %(now)s",
    "planned": "t.doing = 'open_planned_review' and t.breach < %(now)s",
}
_ANY = " or ".join(f"({words})" for words in _BROKEN.values())
_BREACHES = f"""
    select t.doing, t.id, t.person_id, p.reference, {_NAME}, t.what, t.because, coalesce(t.breach, t.due), t.due,
        t.breach, case t.subject when 'planned_review' then t.subject_id end, null::timestamptz, ''
    from overview_duty t join people_person p on p.id = t.person_id
    where t.icb_id = any(%(agreed)s::bigint[]) and {_ASKS} and t.due < %(now)s and ($which) and {rule_of("duty", "t")}
      and (%(at)s::timestamptz is null or (coalesce(t.breach, t.due), t.doing, t.id) > (%(at)s, %(kind)s, %(id)s))
    order by coalesce(t.breach, t.due), t.doing, t.id limit %(most)s
"""
_COUNTS = f"""
    select {", ".join(f"count(*) filter (where {words})" for words in _BROKEN.values())}
    from overview_duty t where t.icb_id = any(%(agreed)s::bigint[]) and {_ASKS} and t.due < %(now)s
      and ({_ANY}) and {rule_of("duty", "t")}
"""


def read_diary(me: Me, *, show: str, now: datetime, after: str) -> Lines:
    """Reviews due or planned of everybody in reach, the earliest first. One statement."""
    return _read(_DIARY.replace("$which", _WHICH[show]), me, now, after)


def read_breaches(me: Me, *, show: str, now: datetime, after: str) -> Lines:
    """What is broken already, the oldest first. One statement."""
    return _read(_BREACHES.replace("$which", _BROKEN.get(show, _ANY)), me, now, after)


def count_breaches(me: Me, now: datetime) -> dict[str, int]:
    """How many of each, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values_of(me) | {"now": now})
        row = cursor.fetchone()
    return dict(zip(_BROKEN, row or (0, 0, 0), strict=True))


def _read(sql: str, me: Me, now: datetime, after: str) -> Lines:
    at, kind, number = _place(after)
    values = {"now": now, "at": at, "kind": kind, "id": number, "most": PAGE + 1}
    with connection.cursor() as cursor:
        cursor.execute(sql, values_of(me) | values)
        rows = [_line(row) for row in cursor.fetchall()]
    more = rows[PAGE - 1].place if len(rows) > PAGE else ""
    return Lines(rows[:PAGE], more)


def _place(text: str) -> tuple[datetime | None, str, int]:
    """Where the page before ended; nothing for an address that was changed by hand."""
    try:
        at, rest = text.split("_", 1)
        kind, number = rest.rsplit("_", 1)
        found = datetime.fromisoformat(at)
        if found.tzinfo is None or not 0 <= int(number) < 2**62 or len(kind) > 30 or "\0" in kind:
            return None, "", 0
        return found, kind, int(number)
    except (ValueError, OverflowError):
        return None, "", 0


def _line(row: Any) -> Line:
    kind, number, person, reference, name, what, because, at, target, until, planned, starts, state = row
    if kind == "planned":
        what = Review.Kind(what).label
    said = str(PlannedReview.State(state).label) if state else ""
    return Line(
        kind, number, person, reference, name.strip(), what, because, at, target, until, planned, starts, said
    )  # fmt: skip

"""How reviews go in an area: reports in time, how long they take, feedback, and how often the same is said again."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from alongside.features.reviews.holding.report import due_days
from alongside.foundation.access import context

SMALLEST = 5

_SQL = """
select (h.held_at at time zone 'Europe/London')::date,
  (select min((s.happened_at at time zone 'Europe/London')::date) from reviews_reviewreport s
    where s.review_id = w.review_id),
  exists (select 1 from reviews_reviewfeedback s where s.review_id = w.review_id),
  (select count(*) from actions_action a where a.origin = 'review' and a.origin_id = w.review_id
    and a.supersedes_id is null),
  (select count(*) from actions_action a where a.origin = 'review' and a.origin_id = w.review_id
    and a.supersedes_id is null and a.times > 1)
from reviews_writeup w join reviews_review h on h.id = w.review_id join people_person p on p.id = w.person_id
where w.recorded_icb_id = %s and h.held_at >= %s and p.guard = 0 and (p.closed_topics >> 14) & 1 = 0
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of reviews held since a day. A number that is None is hidden, because it is small."""

    held: int | None
    due: int | None
    in_time: int | None
    median_days: int | None
    feedback: int | None
    recommended: int | None
    again: int | None


def count_reviews(icb_id: int, icb_code: str, since: date, today: date, *, hide: bool) -> Figures:
    """Counted as the engine. `due`: those whose report was due by today; `in_time` of them. `hide`: nothing small."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_SQL, [icb_id, since])
        rows = cursor.fetchall()
    last_days = due_days(icb_code, {row[0] for row in rows})
    due = [row for row in rows if row[1] is not None or last_days[row[0]] < today]
    in_time = [row for row in due if row[1] is not None and row[1] <= last_days[row[0]]]
    days = sorted((row[1] - row[0]).days for row in rows if row[1] is not None)
    told = Figures(
        held=len(rows),
        due=len(due),
        in_time=len(in_time),
        median_days=days[len(days) // 2] if days else None,
        feedback=sum(1 for row in rows if row[2]),
        recommended=sum(row[3] for row in rows),
        again=sum(row[4] for row in rows),
    )
    return _hidden(told) if hide else told


def _hidden(told: Figures) -> Figures:
    """A part is told only where neither it nor what is left of its whole is small."""

    def safe(part: int | None, whole: int | None) -> int | None:
        if part is None or whole is None or whole < SMALLEST:
            return None
        return part if all(number == 0 or number >= SMALLEST for number in (part, whole - part)) else None

    held = safe(told.held, told.held)
    return Figures(
        held=held,
        due=safe(told.due, told.held),
        in_time=safe(told.in_time, told.due),
        median_days=told.median_days if held is not None else None,
        feedback=safe(told.feedback, told.held),
        recommended=safe(told.recommended, told.recommended),
        again=safe(told.again, told.recommended),
    )

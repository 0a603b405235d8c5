"""How reviews go in an area: reports in time, how long they take, feedback, and how often the same is said again."""

import json
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import connection

from alongside.features.reviews.holding.report import due_days
from alongside.foundation.access import context
from alongside.policy.enquiry import PERSONAL, quality_of, weakest_of

SMALLEST = 5

_SQL = """
select (h.held_at at time zone 'Europe/London')::date,
  (select min((s.happened_at at time zone 'Europe/London')::date) from reviews_reviewreport s
    where s.review_id = w.review_id),
  exists (select 1 from reviews_reviewfeedback s where s.review_id = w.review_id),
  (select count(*) from actions_action a where a.origin = 'review' and a.origin_id = w.review_id
    and a.supersedes_id is null),
  (select count(*) from actions_action a where a.origin = 'review' and a.origin_id = w.review_id
    and a.supersedes_id is null and a.times > 1),
  (select s.items from reviews_qualityscore s where s.review_id = w.review_id order by s.id desc limit 1)
from reviews_writeup w join reviews_review h on h.id = w.review_id join people_person p on p.id = w.person_id
where w.recorded_icb_id = %s and h.held_at >= %s and p.guard = 0 and (p.closed_topics >> 14) & 1 = 0
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of reviews held since a day. A number that is None is hidden, because it is small, or there is none.

    scored: on which it was written down how good they were, by the newest word on each; score: the median of the
    percentages of `enquiry.quality_of`; weakest: titles of the principles met least.
    """

    held: int | None
    due: int | None
    in_time: int | None
    median_days: int | None
    feedback: int | None
    recommended: int | None
    again: int | None
    scored: int | None
    score: int | None
    weakest: tuple[str, ...] | None


def count_reviews(icb_id: int, icb_code: str, since: date, today: date, *, hide: bool) -> Figures:
    """Counted as the engine. `due`: those whose report was due by today; `in_time` of them. `hide`: nothing small."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_SQL, [icb_id, since])
        rows = cursor.fetchall()
    last_days = due_days(icb_code, {row[0] for row in rows})
    due = [row for row in rows if row[1] is not None or last_days[row[0]] < today]
    in_time = [row for row in due if row[1] is not None and row[1] <= last_days[row[0]]]
    days = sorted((row[1] - row[0]).days for row in rows if row[1] is not None)
    marked = [json.loads(row[5]) for row in rows if row[5] is not None]
    shares = sorted(one.percent for one in map(quality_of, marked) if one is not None)
    told = Figures(
        held=len(rows),
        due=len(due),
        in_time=len(in_time),
        median_days=days[len(days) // 2] if days else None,
        feedback=sum(1 for row in rows if row[2]),
        recommended=sum(row[3] for row in rows),
        again=sum(row[4] for row in rows),
        scored=len(shares),
        score=int(median(shares) + 0.5) if shares else None,
        weakest=tuple(PERSONAL[key][0] for key in weakest_of(marked)) if shares else None,
    )
    return _hidden(told) if hide else told


def _hidden(told: Figures) -> Figures:
    """A part is told only where neither it nor what is left of its whole is small."""

    def safe(part: int | None, whole: int | None) -> int | None:
        if part is None or whole is None or whole < SMALLEST:
            return None
        return part if all(number == 0 or number >= SMALLEST for number in (part, whole - part)) else None

    held, scored = safe(told.held, told.held), safe(told.scored, told.held)
    return Figures(
        held=held,
        due=safe(told.due, told.held),
        in_time=safe(told.in_time, told.due),
        median_days=told.median_days if held is not None else None,
        feedback=safe(told.feedback, told.held),
        recommended=safe(told.recommended, told.recommended),
        again=safe(told.again, told.recommended),
        scored=scored,
        score=told.score if scored is not None else None,
        weakest=told.weakest if scored is not None else None,
    )

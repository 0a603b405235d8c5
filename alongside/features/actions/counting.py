"""How actions go by organisation: done in time, how long it takes, how often the same is agreed again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from alongside.features.actions.text import SMALLEST
from alongside.foundation.access import context

#: Actions whose day has come, but those that ended because somebody died. Replaced ones count as not done in time and
#: not done: they were agreed again. `done` is confirmed; the days run from asking the first owner to the day on which
#: it was said to be done.
_SQL = """
select coalesce(o.name, t.owner_place), count(*), count(*) filter (where t.state = 'done'),
  count(*) filter (where t.state = 'done' and (t.done_at at time zone 'Europe/London')::date <= t.due_on),
  percentile_cont(0.5) within group (order by extract(epoch from t.done_at - t.happened_at) / 86400)
    filter (where t.state = 'done' and t.done_at is not null),
  count(*) filter (where t.times > 1),
  count(*) filter (where t.state = 'blocked' and t.waits_for = 'money')
from actions_action t left join organisations_organisation o on o.id = t.owner_organisation_id
join people_person p on p.id = t.person_id
where t.recorded_icb_id = %s and t.due_on <= %s and p.guard = 0 and (p.closed_topics >> t.topic) & 1 = 0
  and not exists (select 1 from actions_action later where later.supersedes_id = t.id)
  and (p.died_on is null or t.state = 'done')
group by o.id, coalesce(o.name, t.owner_place) order by 1
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation. A number that is None is hidden, because it is small; `days` is None where nothing is done."""

    name: str
    due: int | None
    done: int | None
    in_time: int | None
    days: int | None
    again: int | None
    money: int | None

    def percent(self, part: int | None) -> int | None:
        """How many of a hundred that were due; None where either is hidden."""
        return round(100 * part / self.due) if self.due and part is not None else None


def count_by_organisation(icb_id: int, today: date, *, hide: bool) -> list[Line]:
    """Actions of this area that were due by today. `hide`: nothing is told of fewer than five, or that tells them."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_SQL, [icb_id, today])
        rows = cursor.fetchall()
    return [_line(row, hide) for row in rows]


def _line(row: tuple[Any, ...], hide: bool) -> Line:
    name, due, done, in_time, days, again, money = row
    whole = None if days is None else round(days)
    if not hide:
        return Line(name, due, done, in_time, whole, again, money)
    if due < SMALLEST:
        return Line(name, None, None, None, None, None, None)
    # A part is told only where neither it nor what is left of its whole is small.
    shown = [part if _is_safe(part, due) else None for part in (done, in_time, again, money)]
    if shown[0] is None or not _is_safe(in_time, done):
        shown[1] = None
    return Line(name, due, shown[0], shown[1], whole if shown[0] else None, shown[2], shown[3])


def _is_safe(part: int, whole: int) -> bool:
    return all(number == 0 or number >= SMALLEST for number in (part, whole - part))

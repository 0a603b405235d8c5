"""How escalations and refusals go: by level, by reason, days to a decision, who says no. Read as the engine."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db import connection

from alongside.features.escalation.models import Escalation
from alongside.features.escalation.text import SMALLEST
from alongside.foundation.access import context

_SQL = """
select t.reason, t.state, coalesce((select max(s.level) from escalation_escalationstep s where s.escalation_id = t.id),
    t.level), (t.decided_at at time zone 'Europe/London')::date - (t.recorded_at at time zone 'Europe/London')::date
from escalation_escalation t join people_person p on p.id = t.person_id
where t.recorded_icb_id = %s and t.recorded_at >= %s and t.state <> 'not_raised' and p.guard = 0
  and (p.closed_topics >> t.topic) & 1 = 0
"""
_REFUSALS = """
select t.place, count(*), count(*) filter (where t.seen = 'no'), count(*) filter (where t.alternative = ''),
    count(*) filter (where t.settled = 'changed')
from escalation_refusal t join people_person p on p.id = t.person_id
where t.recorded_icb_id = %s and t.happened_at >= %s and p.guard = 0 and (p.closed_topics >> t.topic) & 1 = 0
  and not exists (select 1 from escalation_refusal later where later.supersedes_id = t.id)
group by 1 order by 2 desc, 1
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One level or reason. A number that is None is not told, because it is small."""

    name: str
    raised: int | None
    decided: int | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Noes:
    """One organisation: how often it said no, on paper, without another offer, and how often it changed its mind."""

    name: str
    numbers: tuple[int | None, ...]


def count_escalations(icb_id: int, since: date, *, hide: bool) -> tuple[list[Line], list[Line]]:
    """(by level reached, by reason) of what was raised from a day on."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_SQL, [icb_id, since])
        rows = cursor.fetchall()
    reasons = dict(Escalation.Reason.choices)
    levels = [_line(f"Level {level}", [row for row in rows if row[2] == level], hide) for level in range(1, 6)]
    found = Counter(row[0] for row in rows)
    by_reason = [
        _line(str(reasons[name]), [row for row in rows if row[0] == name], hide) for name, _ in found.most_common()
    ]
    return [line for line in levels if line.raised != 0], by_reason


def _line(name: str, rows: list[tuple[Any, ...]], hide: bool) -> Line:
    days = [row[3] for row in rows if row[3] is not None]
    whole = round(median(days)) if days else None
    if not hide:
        return Line(name, len(rows), len(days), whole)
    if 0 < len(rows) < SMALLEST:
        return Line(name, None, None, None)
    left = len(rows) - len(days)
    told = all(number == 0 or number >= SMALLEST for number in (len(days), left))
    return Line(name, len(rows), len(days) if told else None, whole if told else None)


def count_refusals(icb_id: int, since: date, *, hide: bool) -> list[Noes]:
    """By organisation, who said no most often first."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_REFUSALS, [icb_id, since])
        rows = cursor.fetchall()
    return [_noes(str(name), numbers, hide) for name, *numbers in rows]


def _noes(name: str, numbers: list[int], hide: bool) -> Noes:
    if not hide:
        return Noes(name, tuple(numbers))
    whole = numbers[0]
    if whole < SMALLEST:
        return Noes(name, (None,) * len(numbers))
    parts = [part if all(n == 0 or n >= SMALLEST for n in (part, whole - part)) else None for part in numbers[1:]]
    return Noes(name, (whole, *parts))

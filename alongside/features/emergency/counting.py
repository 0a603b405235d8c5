"""How emergency meetings go in an area: how many a month, followed by a review or not, ended in an admission or not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from alongside.features.actions.text import SMALLEST
from alongside.foundation.access import context
from alongside.policy.duties.emergency import FOLLOWS

#: By the month in which a meeting was held, in England. Followed: by a review of those kinds on the day or later,
#: however late. A record that isn't everybody's, or whose reviews are left out of the agreement, isn't counted.
_SQL = """
select date_trunc('month', t.happened_at at time zone 'Europe/London')::date, count(*),
  count(*) filter (where exists (select 1 from reviews_review r
    where r.person_id = t.person_id and r.kind = any(%(follows)s) and r.held_at >= date_trunc('day', t.happened_at
      at time zone 'Europe/London') at time zone 'Europe/London'
    and not exists (select 1 from reviews_review later where later.supersedes_id = r.id))),
  count(*) filter (where t.no_review_at is not null),
  count(*) filter (where t.outcome in ('informal', 'detained') and t.not_admitted_at is null),
  count(*) filter (where t.outcome = 'admission_avoided')
from emergency_emergencymeeting t join people_person p on p.id = t.person_id
where t.recorded_icb_id = %(area)s and t.happened_at >= %(since)s and p.guard = 0
  and (p.closed_topics >> t.topic) & 1 = 0
  and not exists (select 1 from emergency_emergencymeeting later where later.supersedes_id = t.id)
group by 1 order by 1 desc
"""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month. A number that is None is hidden, because it or what is left of its whole is small."""

    first: date
    held: int | None
    followed: int | None
    decided: int | None
    admitted: int | None
    avoided: int | None

    def share(self, part: int | None) -> int | None:
        """Of the meetings of the month, in percent."""
        return round(100 * part / self.held) if self.held and part is not None else None


def count_by_month(icb_id: int, today: date, *, hide: bool) -> list[Month]:
    """The last twelve months with a meeting, the newest first. `hide`: nothing is told of fewer than five."""
    years, month = divmod(today.month - 1 - (MONTHS - 1), 12)
    since = date(today.year + years, month + 1, 1)
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_SQL, {"area": icb_id, "since": since, "follows": sorted(FOLLOWS)})
        return [_month(row, hide) for row in cursor.fetchall()]


def _month(row: tuple[Any, ...], hide: bool) -> Month:
    first, held, *parts = row
    if not hide:
        return Month(first, held, *parts)
    if held < SMALLEST:
        return Month(first, None, None, None, None, None)
    return Month(first, held, *(part if _is_safe(part, held) else None for part in parts))


def _is_safe(part: int, whole: int) -> bool:
    return all(number == 0 or number >= SMALLEST for number in (part, whole - part))

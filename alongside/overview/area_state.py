"""How an area stands, for the front page of who answers for it: inboxes that are late, and who has no keyworker."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import connection

from alongside.features.people.scope import rule_of, values_of
from alongside.foundation.access.backend.kept import KeptPlan
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.overview.engine.rulesets import calendar_for, current_version
from alongside.overview.my_day import STATE_SQL, Counts
from alongside.overview.text import LIFT_AFTER_WORKING_DAYS
from alongside.policy.counting import count


@dataclass(frozen=True, slots=True)
class TeamState:
    """A team's inbox as its manager sees it: what is late in it."""

    id: int
    name: str
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class AreaState:
    """Inboxes lifted to a manager; how many who are red, amber or blue have no named keyworker, and since when."""

    lifted: tuple[TeamState, ...] = ()
    unnamed: int = 0
    since: datetime | None = None


_NAMELESS = "(t.doing = 'name_keyworker' and t.breach <= %(now)s)"
_LATE = f"({STATE_SQL['late']} and t.owner_team_id is not null)"
#: What is late is many rows, and nobody but a manager is told of other teams' inboxes.
_AREAS = f"""
    select t.icb_id, t.owner_team_id, m.name, count(*) filter (where {_LATE}), min(t.late_from) filter (where {_LATE}),
        count(distinct t.person_id) filter (where {_NAMELESS}), min(t.breach) filter (where {_NAMELESS})
    from overview_duty t left join organisations_team m on m.id = t.owner_team_id
    where t.icb_id = any(%(agreed)s::bigint[]) and $what and {rule_of("duty", "t")} group by 1, 2, 3 order by 5
"""
AREAS = {
    False: KeptPlan(_AREAS.replace("$what", _NAMELESS)),
    True: KeptPlan(_AREAS.replace("$what", f"({_LATE} or {_NAMELESS})")),
}


def read_area_state(me: Me, now: datetime) -> AreaState:
    """In one statement. An inbox is lifted to a manager when its oldest item is late by more than two working days.

    Without a keyworker counts from the first day of the breach on.
    """
    managed = {held.area for held in me.roles if held.role == Role.MANAGER}
    with connection.cursor() as cursor:
        cursor.execute(AREAS[bool(managed)], values_of(me) | {"now": now})
        teams = cursor.fetchall()
    before = _working_days_before(now, LIFT_AFTER_WORKING_DAYS) if managed else now
    return AreaState(
        tuple(
            TeamState(team, name, Counts(late=late, oldest=oldest))
            for icb, team, name, late, oldest, *_ in teams
            if icb in managed and oldest is not None and oldest < before
        ),
        sum(nameless for *_, nameless, _ in teams),
        min((since for *_, since in teams if since), default=None),
    )


def _working_days_before(now: datetime, days: int) -> datetime:
    today = now.astimezone(LONDON).date()
    day = count(-days, "working_days", today, calendar_for(current_version()))
    return datetime.combine(day, time(), LONDON)

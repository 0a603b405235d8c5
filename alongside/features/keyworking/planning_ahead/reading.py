"""Where an area stands and how fast it moves, counted from its own last year. As the engine: nobody is named."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Q

from alongside.features.keyworking.caseloads import caseload_rules_of, list_team
from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.waiting import list_waiting
from alongside.foundation.organisations.models import Organisation
from alongside.policy.allocation import limits_of
from alongside.policy.allocation.what_if import YEAR as WEEKS
from alongside.policy.allocation.what_if import Ahead, Ends, ends_of

YEAR = timedelta(weeks=WEEKS)

#: Who came to need a keyworker in the last year, by the colour that began it.
ARRIVED = """
    select r.colour, count(*) from register_registerentry e
    join lateral (select r.colour, r.rated_at from register_rating r where r.entry_id = e.id and r.standing = 'decided'
        and r.colour = any(%(colours)s) order by r.rated_at limit 1) r on true
    where e.icb_id = %(icb)s and r.rated_at >= %(since)s group by 1
"""
#: Of everybody a keyworker is or was named for: the worker, and the colour now.
HELD = """
    select a.worker_id, coalesce(r.colour, '') from keyworking_allocation a
    join people_person named on named.id = a.person_id
    join people_person p on p.id = coalesce(named.survivor_id, named.id)
      and p.icb_id = %(icb)s and p.survivor_id is null and p.died_on is null
    left join lateral (select r.colour from register_registerentry e join register_rating r on r.entry_id = e.id
        where e.person_id = p.id and e.removed_on is null and r.standing = 'decided'
        order by r.rated_at desc, r.id desc limit 1) r on true
    where a.part = 'designated' and (a.to_date is null or a.to_date > %(today)s)
      and not exists (select 1 from keyworking_allocation later where later.supersedes_id = a.id)
    group by a.worker_id, p.id, 2
"""


def read_ahead(icb: Organisation, today: date) -> tuple[Ahead, Ends]:
    """Where the area stands, and by what it was counted how often keyworking ends. Call as the engine."""
    rules = caseload_rules_of(icb)
    team = [member for member in list_team(icb, today, rules) if member.is_proposed]
    waiting = list_waiting(None, icb, today, rules)
    colours = ["red", "blue", "amber", "green"]
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED, {"icb": icb.pk, "since": today - YEAR, "colours": colours[:3]})
        arrived = dict(cursor.fetchall())
        cursor.execute(HELD, {"icb": icb.pk, "today": today})
        held: dict[int, list[int]] = {}
        for worker, colour in cursor.fetchall():
            held.setdefault(worker, []).append(rules.halves_of(colour, today))
    halves = {colour: rules.halves_of(colour, today) for colour in (*colours, "")}
    counted = Counter(arrived)
    ends = ends_of(_count_endings(icb, today), sum(map(len, held.values())))
    ahead = Ahead(
        waiting=tuple((one.colour, one.days) for one in waiting),
        held=tuple(_all_of(held.get(m.actor.pk, []), m.caseload.halves) for m in team),
        most=tuple(member.limits.most for member in team),
        halves=halves,
        arrivals={colour: counted[colour] / WEEKS for colour in colours if counted[colour]},
        ends=ends.each_week,
        full=limits_of(rules, today, Decimal(1)).most,
    )
    return ahead, ends


def _all_of(theirs: list[int], halves: int) -> tuple[int, ...]:
    """What they hold, and beside it whatever they are to others: cover, or a co-worker."""
    rest = halves - sum(theirs)
    return (*theirs, rest) if rest > 0 else tuple(theirs)


def _count_endings(icb: Organisation, today: date) -> int:
    """People whose keyworking ended within a year and did not go on with somebody else; also who left the register."""
    since = today - YEAR
    ended = Allocation.objects.filter(
        Q(to_date__gte=since, to_date__lte=today), part=Allocation.Part.DESIGNATED, recorded_icb=icb, superseded_by=None
    )
    followed = Allocation.objects.filter(
        person__in=ended.values("person"), part=Allocation.Part.DESIGNATED, to_date=None
    ).values("person")
    return ended.exclude(person__in=followed).values("person").distinct().count()

"""Where the discharge of several stays stands, in one statement, for lists."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from alongside.features.hospital.discharge import text
from alongside.policy.spells import Spell

_STANDING = """
    select t.id,
        exists (select 1 from hospital_dischargeplan p where p.stay_id = t.id),
        d.expected_on, d.said, d.moves,
        r.from_date, r.reason, r.body,
        coalesce((select sum(greatest(0, least(coalesce(n.to_date, %(today)s), %(today)s) - n.from_date))
            from hospital_readyperiod n where n.stay_id = t.id and n.withdrawn_because = ''), 0),
        (select count(*) from hospital_dischargecondition c join actions_action a
            on a.id = c.action_id or a.root_id = c.action_id
            where c.stay_id = t.id and a.state in ('proposed', 'accepted', 'refused', 'blocked', 'disputed')
            and not exists (select 1 from actions_action later where later.supersedes_id = a.id))
    from hospital_stay t
    left join lateral (select (array_agg(x.expected_on order by x.id desc))[1] as expected_on, count(*) as said,
        (select count(*) from (select y.expected_on, lag(y.expected_on) over (order by y.id) as before
            from hospital_dischargedate y where y.stay_id = t.id and y.expected_on is not null) z
            where z.expected_on <> z.before) as moves
        from hospital_dischargedate x where x.stay_id = t.id) d on true
    left join lateral (select x.from_date, x.reason, x.body from hospital_readyperiod x where x.stay_id = t.id
        and x.to_date is null and x.withdrawn_because = '' limit 1) r on true
    where t.id = any(%(stays)s)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one discharge stands. said: whether anybody said anything of a date; moved: how often the day
    changed, as the plan says.

    ready_from: since when they are ready and still there, None where they aren't. days_delayed: nights lost so far.
    """

    planned: bool
    expected_on: date | None
    said: bool
    moved: int
    ready_from: date | None
    reason: str
    body: str
    days_delayed: int
    conditions_open: int


def standing_of(stay_ids: Collection[int], today: date) -> dict[int, Standing]:
    """By stay. For stays that the asker was shown already; what they may not read is not counted."""
    if not stay_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"stays": list(stay_ids), "today": today})
        rows = cursor.fetchall()
    return {
        stay: Standing(
            planned=planned,
            expected_on=expected,
            said=bool(said),
            moved=moves,
            ready_from=since,
            reason=text.reason_words(reason) if since else "",
            body=text.body_words(body) if since else "",
            days_delayed=int(lost),
            conditions_open=unmet,
        )
        for stay, planned, expected, said, moves, since, reason, body, lost, unmet in rows
    }


def standing_in(spells: Mapping[int, Spell], today: date) -> dict[int, Standing]:
    """By stay, with what was said in earlier stays of its spell: a transfer undoes no plan, no day and no night lost.

    spells: of each of these stays. One statement.
    """
    found = standing_of({number for spell in spells.values() for number in spell.ids}, today)
    return {
        stay: _carried([found[one] for one in spell.ids[: spell.ids.index(stay)] if one in found], found[stay])
        for stay, spell in spells.items()
        if stay in found
    }


def _carried(earlier: list[Standing], own: Standing) -> Standing:
    said = next((one for one in (own, *reversed(earlier)) if one.said), own)
    return replace(
        own,
        planned=own.planned or any(one.planned for one in earlier),
        expected_on=said.expected_on,
        said=said.said,
        moved=said.moved,
        days_delayed=own.days_delayed + sum(one.days_delayed for one in earlier),
    )

"""Reading the list: one statement for the page, one for all counts. Only list rows are read, never the facts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.people.models import Guard
from alongside.features.people.scope import rule_of, values_of
from alongside.features.register.models import Colour, SavedView
from alongside.foundation.access.backend.kept import KeptPlan
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation
from alongside.overview.register_list.asking import ME, MY_TEAM, Asked
from alongside.overview.register_list.paging import PAGE, Page, read_page

#: Words of a name that are looked at.
MOST_WORDS = 4
LATE, ALONE, PROPOSED = "t.late_from < %(now)s", "t.keyworker_id is null", "t.proposal <> ''"
BACKLOG = "t.backlog and t.late_from >= %(now)s"
UNCONFIRMED = f"t.guard >= {Guard.REGISTER_TEAM.value}"
FILTERS = {
    "colour": "t.colour = any(%(colours)s::text[])",
    "late": LATE,
    "backlog": BACKLOG,
    "mine": "t.keyworker_id = %(me)s",
    "alone": ALONE,
    "hospital": "t.in_hospital",
    "unconfirmed": UNCONFIRMED,
    "proposal": PROPOSED,
    "provisional": "t.provisional",
    "council": "t.council = %(council)s",
    "keyworker": "t.keyworker_id = %(keyworker)s",
    "flag": "t.flags @> array[%(flag)s]::varchar[]",
}
COUNTED_COLOURS = (*Colour.values, "")
_COUNTED = [*(f"t.colour = '{colour}'" for colour in COUNTED_COLOURS), LATE, BACKLOG, ALONE, UNCONFIRMED, PROPOSED]
#: Whose the next thing due is: one's own, one's teams', or somebody's by number.
OWNERS = {
    ME: "t.next_actor_id = %(me)s",
    MY_TEAM: "t.next_team_id = any(%(my_teams)s::bigint[])",
    "a": "t.next_actor_id = %(owner)s",
    "t": "t.next_team_id = %(owner)s",
}
COUNTS = (
    f"select {', '.join(f'count(*) filter (where {test})' for test in _COUNTED)}, "
    "array_agg(distinct t.council) as councils, array_agg(distinct t.keyworker_id) as keyworkers "
    "from overview_registerrow t"
)
#: What stands around the list, each as rows by name: the keyworkers of the list, the area's teams, and saved views.
BESIDE = (
    "(select json_agg(json_build_array(id, name) order by name, id) from accounts_actor where id = any(c.keyworkers)), "
    "(select json_agg(json_build_array(id, name) order by name, id) from organisations_team "
    "where icb_id = %(area)s and closed_on is null), "
    "(select json_agg(json_build_array(id, name, query, shared, owner_id) order by name, id) from register_savedview "
    "where icb_id = %(area)s and (owner_id = %(me)s or (shared and icb_id = any(%(agreed)s::bigint[]))))"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people stand on the list asked for, before filters. '' counts those without a rating."""

    colours: dict[str, int] = field(default_factory=dict)
    late: int = 0
    backlog: int = 0
    alone: int = 0
    unconfirmed: int = 0
    proposals: int = 0

    @property
    def total(self) -> int:
        return sum(self.colours.values())


@dataclass(frozen=True, slots=True)
class Beside:
    """councils and keyworkers: of the list; owners: those keyworkers and the area's teams; views: one's own and those
    shared with the area. All by name, to filter by."""

    councils: list[str]
    views: list[SavedView]
    keyworkers: list[tuple[int, str]]
    owners: list[tuple[str, str]]


def only_own(me: Me) -> bool:
    """Whether somebody reaches people one by one and not a whole area."""
    return not me.agreed


def areas_of(me: Me) -> dict[int, str]:
    """The areas whose registers somebody may ask for, their own first; with those their area took over."""
    areas = {held.area: held.area_name for held in me.roles if held.area in me.agreed or held.role == Role.KEYWORKER}
    taken_over = [area for area in me.agreed if area not in areas]
    if taken_over:
        names = Organisation.objects.filter(pk__in=taken_over).order_by("name").values_list("pk", "name")
        areas |= {pk: f"{name} (taken over)" for pk, name in names}
    return areas


def on_list(asked: Asked) -> str:
    """Everybody on the list asked for whom one may see, before filters: a condition on the table `t`."""
    return f"t.icb_id = %(area)s{' and t.listing = %(listing)s' if asked.listing else ''} and {rule_of('line', 't')}"


def values_for(me: Me, asked: Asked, now: datetime) -> dict[str, Any]:
    """The values of every parameter that the list's conditions may name."""
    words = {f"word_{number}": word for number, word in enumerate(asked.text.split()[:MOST_WORDS])}
    colours = ["" if colour == "none" else colour for colour in asked.colour]
    chosen = {"area": asked.area, "listing": asked.listing, "council": asked.council, "flag": asked.flag}
    owner = int(asked.owner[1:]) if asked.owner[1:].isdecimal() else None
    whose = {"owner": owner, "keyworker": asked.keyworker, "my_teams": list(me.team_ids)}
    return values_of(me) | chosen | words | whose | {"colours": colours, "now": now}


def filtered(asked: Asked) -> str:
    """Each filter narrows; colours widen one another."""
    return " and ".join([on_list(asked), *(_filter(asked, name) for name in asked.filters)])


def _filter(asked: Asked, name: str) -> str:
    if name == "owner":
        return OWNERS[asked.owner if asked.owner in (ME, MY_TEAM) else asked.owner[0]]
    return _begins(asked.text) if name == "text" else FILTERS[name]


def _begins(text: str) -> str:
    """Every word is the beginning of one of the names."""
    return " and ".join(
        f"(starts_with(upper(t.family_name), upper(%(word_{number})s)) "
        f"or starts_with(upper(t.given_name), upper(%(word_{number})s)))"
        for number in range(len(text.split()[:MOST_WORDS]))
    )


def read_list(me: Me, asked: Asked, now: datetime, size: int = PAGE) -> Page:
    """One page of the list asked for."""
    return read_page(filtered(asked), values_for(me, asked, now), asked.sort, asked.after, asked.before, size)


def read_around(me: Me, asked: Asked, now: datetime) -> tuple[Counts, Beside]:
    """Every count of the page and what stands beside it, in one statement."""
    asks = KeptPlan(f"select c.*, {BESIDE} from ({COUNTS} where {on_list(asked)}) c")
    with connection.cursor() as cursor:
        cursor.execute(asks, values_for(me, asked, now))
        *counts, councils, _, keyworkers, teams, views = cursor.fetchone()
    colours = dict(zip(COUNTED_COLOURS, counts, strict=False))
    found = Counts(colours, *counts[len(colours) :])
    workers = [(number, name) for number, name in keyworkers or []]
    return found, Beside(
        councils=sorted(set(councils or []) - {""}),
        views=[
            SavedView(id=number, name=name, icb_id=asked.area, query=query, shared=shared, owner_id=owner)
            for number, name, query, shared, owner in views or []
        ],
        keyworkers=workers,
        owners=[
            *((f"a{number}", name) for number, name in workers),
            *((f"t{number}", name) for number, name in teams or []),
        ],
    )

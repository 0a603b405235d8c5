"""Reading the list: one statement for the page, one for all counts. Only list rows are read, never the facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from alongside.features.people.models import Guard
from alongside.features.register.models import Colour
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation
from alongside.overview.models import RegisterRow
from alongside.overview.register_list.asking import Asked
from alongside.overview.register_list.paging import PAGE, Page, read_page


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people stand on the list asked for, before filters. '' counts those without a rating."""

    colours: dict[str, int] = field(default_factory=dict)
    late: int = 0
    alone: int = 0
    unconfirmed: int = 0
    proposals: int = 0
    councils: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.colours.values())


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


def on_list(me: Me, asked: Asked) -> QuerySet[RegisterRow]:
    """Everybody on the list asked for whom `me` may see, before filters."""
    rows = RegisterRow.objects.visible_to(me).filter(icb_id=asked.area)
    return rows.filter(listing=asked.listing) if asked.listing else rows


def filtered(rows: QuerySet[RegisterRow], me: Me, asked: Asked, now: datetime) -> QuerySet[RegisterRow]:
    """Each filter narrows; colours widen one another."""
    if asked.colour:
        rows = rows.filter(colour__in=["" if colour == "none" else colour for colour in asked.colour])
    wanted = {
        "late": Q(next_due__lt=now),
        "mine": Q(keyworker_id=me.id),
        "alone": Q(keyworker__isnull=True),
        "hospital": Q(in_hospital=True),
        "unconfirmed": Q(guard__gte=Guard.REGISTER_TEAM),
        "proposal": ~Q(proposal=""),
        "provisional": Q(provisional=True),
        "council": Q(council=asked.council),
        "flag": Q(flags__contains=[asked.flag]),
        "text": _begins(asked.text),
    }
    for name in asked.filters:
        if name in wanted:
            rows = rows.filter(wanted[name])
    return rows


def _begins(text: str) -> Q:
    """Every word is the beginning of one of the names."""
    found = Q()
    for word in text.split()[:4]:
        found &= Q(family_name__istartswith=word) | Q(given_name__istartswith=word)
    return found


def read_list(
    me: Me, asked: Asked, now: datetime, everybody: QuerySet[RegisterRow] | None = None, size: int = PAGE
) -> Page:
    """One page of the list asked for. `everybody`: what `on_list` gave, when it is asked for more than once."""
    rows = on_list(me, asked) if everybody is None else everybody
    return read_page(filtered(rows, me, asked, now), asked.sort, asked.after, asked.before, size)


def count_list(everybody: QuerySet[RegisterRow], now: datetime) -> Counts:
    """Every count of the page in one statement, and the councils there are to filter by."""
    groups = (
        everybody.order_by()
        .values_list("colour", "council")
        .annotate(
            people=Count("pk"),
            late=Count("pk", filter=Q(next_due__lt=now)),
            alone=Count("pk", filter=Q(keyworker__isnull=True)),
            unconfirmed=Count("pk", filter=Q(guard__gte=Guard.REGISTER_TEAM)),
            proposals=Count("pk", filter=~Q(proposal="")),
        )
    )
    return _sum(groups)


def _sum(groups: Iterable[tuple]) -> Counts:
    colours = dict.fromkeys([*Colour.values, ""], 0)
    others = [0, 0, 0, 0]
    councils = set()
    for colour, council, people, *more in groups:
        colours[colour] += people
        others = [before + count for before, count in zip(others, more, strict=True)]
        councils.add(council)
    late, alone, unconfirmed, proposals = others
    return Counts(colours, late, alone, unconfirmed, proposals, tuple(sorted(councils - {""})))

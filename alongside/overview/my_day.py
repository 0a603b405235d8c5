"""What my day shows: what is late, due and new, of one owner at a time; few of each, then counts.

Few statements whatever the size: the limits stand in the database's query, and all counts come from one.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.overview.engine.rulesets import calendar_for, current_version
from alongside.overview.models import Duty, RegisterRow
from alongside.overview.text import LIFT_AFTER_WORKING_DAYS
from alongside.policy.counting import count

#: What fits a phone.
EACH = 5
AHEAD = timedelta(days=14)
STATES = ("late", "due", "new")
MINE = "mine"


@dataclass(frozen=True)
class Inbox:
    """Whose duties are shown: one's own, or a team's."""

    key: str
    label: str
    team_id: int | None = None

    def of(self, me: Me) -> Q:
        return Q(owner_actor_id=me.id) if self.team_id is None else Q(owner_team_id=self.team_id)


@dataclass
class Counts:
    """How many there are, and how old the oldest that is not done is."""

    late: int = 0
    due: int = 0
    new: int = 0
    backlog: int = 0
    backlog_on: Any = None
    oldest: datetime | None = None

    @property
    def total(self) -> int:
        return self.late + self.due + self.new


@dataclass(frozen=True)
class TeamState:
    """A team's inbox as its manager sees it: who holds it today, what is late."""

    id: int
    name: str
    holder: str
    counts: Counts = field(default_factory=Counts)


def inboxes_of(me: Me) -> list[Inbox]:
    """One's own first, then those of one's teams; a manager's also lists the other teams of the area (see lifting)."""
    teams = {held.team: held.team_name for held in me.roles if held.team}
    return [Inbox(MINE, "Yours"), *(Inbox(str(number), name or "Team", number) for number, name in teams.items())]


def within(state: str, now: datetime) -> Q:
    """Which duties are late, due or new at a moment; each is one of them only. A backlog is none of them."""
    open_ = Q(ends_at=None) | Q(ends_at__gt=now)
    yesterday = datetime.combine(now.astimezone(LONDON).date() - timedelta(days=1), time(), LONDON)
    if state == "late":
        return open_ & Q(due__lt=now, backlog_on=None)
    showing = open_ & Q(due__gte=now, shows_from__lte=now)
    if state == "new":
        return showing & Q(shows_from__gte=yesterday)
    return showing & Q(due__lte=now + AHEAD, shows_from__lt=yesterday)


def in_backlog(now: datetime) -> Q:
    """Late already when the register was imported, and not done since."""
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(due__lt=now, backlog_on__isnull=False)


def count_inboxes(me: Me, inboxes: list[Inbox], now: datetime) -> dict[str, Counts]:
    """Counts of each inbox, in one statement."""
    teams = [inbox.team_id for inbox in inboxes if inbox.team_id]
    whose = Q(owner_actor_id=me.id) | Q(owner_team_id__in=teams)
    found = {inbox.key: Counts() for inbox in inboxes}
    for row in _counted(Duty.objects.visible_to(me).filter(whose), now):
        key = str(row["owner_team_id"]) if row["owner_team_id"] else MINE
        found[key] = _as_counts(row)
    return found


def _counted(duties: QuerySet, now: datetime) -> QuerySet:
    relevant = Q(due__lt=now) | Q(shows_from__lte=now)
    counting = {f"{state}_count": Count("id", filter=within(state, now)) for state in STATES}
    return (
        duties.filter(relevant)
        .values("owner_team_id")
        .annotate(
            **counting,
            backlog=Count("id", filter=in_backlog(now)),
            backlog_day=Min("backlog_on", filter=in_backlog(now)),
            oldest=Min("due", filter=within("late", now)),
        )
        .order_by()
    )


def _as_counts(row: dict[str, Any]) -> Counts:
    return Counts(
        row["late_count"], row["due_count"], row["new_count"], row["backlog"], row["backlog_day"], row["oldest"]
    )


CARD = (
    "id",
    "what",
    "because",
    "source",
    "rule_key",
    "local_default",
    "due",
    "shows_from",
    "timed",
    "doing",
    "person_id",
    "reference",
    "given",
    "family",
    "colour",
    "owner",
    "state",
)


def list_cards(me: Me, inbox: Inbox, now: datetime, states: tuple[str, ...] = STATES, each: int = EACH) -> list[Any]:
    """The first few of each state, in one statement."""
    parts = [_cards(me, inbox, state, now)[:each] for state in states]
    return list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])


@dataclass(frozen=True)
class DutyPage:
    """One page of a list of duties. `after` names the place where the next one begins; '' when there is none."""

    cards: list[Any]
    after: str


def read_page(me: Me, inbox: Inbox, state: str, now: datetime, after: str, size: int) -> DutyPage:
    """Paged by key: a page begins after the last one's moment and number, wherever that is by then."""
    shown = _cards(me, inbox, state, now)
    if place := read_place(after):
        moment, number = place
        if state == "new":
            shown = shown.filter(Q(shows_from__lt=moment) | Q(shows_from=moment, id__gt=number))
        else:
            shown = shown.filter(due__gte=moment).filter(Q(due__gt=moment) | Q(id__gt=number))
    cards = list(shown[: size + 1])
    if len(cards) <= size:
        return DutyPage(cards, "")
    last = cards[size - 1]
    return DutyPage(cards[:size], f"{(last.shows_from if state == 'new' else last.due).isoformat()}_{last.id}")


def read_place(text: str) -> tuple[datetime, int] | None:
    moment, _, number = text.partition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, int(number)) if found.tzinfo and number.isdecimal() and len(number) < 18 else None


def _cards(me: Me, inbox: Inbox, state: str, now: datetime) -> QuerySet:
    colour = RegisterRow.objects.filter(person_id=OuterRef("person_id")).order_by("entry_id").values("colour")[:1]
    shown = Duty.objects.visible_to(me).filter(inbox.of(me), within(state, now))
    shown = shown.annotate(
        state=Value(state),
        reference=F("person__reference"),
        given=Coalesce(NullIf(F("person__preferred_name"), Value("")), F("person__given_name")),
        family=F("person__family_name"),
        colour=Subquery(colour),
        owner=F("owner_actor__name") if inbox.team_id is None else F("owner_team__name"),
    )
    return shown.order_by("-shows_from" if state == "new" else "due", "id").values_list(*CARD, named=True)


def holders_of(team_ids: list[int], now: datetime) -> dict[int, str]:
    """Today's named holder of each team's inbox: the first who has not left."""
    today = now.astimezone(LONDON).date()
    held = (
        RoleHeld.objects.filter(team_id__in=team_ids, holds_inbox=True, from_date__lte=today)
        .filter(Q(to_date=None) | Q(to_date__gte=today), Q(actor__left_on=None) | Q(actor__left_on__gt=today))
        .order_by("-id")
        .values_list("team_id", "actor__name")
    )
    return dict(held)


def lifted_to(me: Me, now: datetime) -> list[TeamState]:
    """Team inboxes of areas managed by this actor whose oldest item is late by more than two working days."""
    areas = [held.area for held in me.roles if held.role == Role.MANAGER]
    if not areas:
        return []
    before = _working_days_before(now, LIFT_AFTER_WORKING_DAYS)
    late = (
        Duty.objects.visible_to(me)
        .filter(within("late", now), icb_id__in=areas, owner_team__isnull=False)
        .values("owner_team_id", "owner_team__name")
        .annotate(late=Count("id"), oldest=Min("due"))
        .filter(oldest__lt=before)
        .order_by("oldest")
    )
    found = list(late)
    holders = holders_of([row["owner_team_id"] for row in found], now) if found else {}
    return [
        TeamState(
            row["owner_team_id"],
            row["owner_team__name"],
            holders.get(row["owner_team_id"], ""),
            Counts(late=row["late"], oldest=row["oldest"]),
        )
        for row in found
    ]


def _working_days_before(now: datetime, days: int) -> datetime:
    today = now.astimezone(LONDON).date()
    day = count(-days, "working_days", today, calendar_for(current_version()))
    return datetime.combine(day, time(), LONDON)


def count_kinds(me: Me, now: datetime) -> list[dict[str, Any]]:
    """What is late in the areas that this actor reaches, by kind of thing to do; for commissioners."""
    return list(
        Duty.objects.visible_to(me)
        .filter(within("late", now), icb_id__in=me.agreed)
        .values("doing")
        .annotate(late=Count("id"), oldest=Min("due"))
        .order_by("-late")
    )


def list_in_hospital(me: Me, most: int = 10) -> tuple[list[RegisterRow], int]:
    """(those in a mental health hospital whose next thing is due first, how many there are)."""
    there = RegisterRow.objects.visible_to(me).filter(in_hospital=True, icb_id__in=me.agreed)
    return list(there.order_by("next_due", "entry_id")[:most]), there.count()

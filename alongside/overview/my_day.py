"""What my day shows: what is late and due of one owner at a time, with what is new marked; few of each, then counts.

Few statements whatever the size: the limits stand in the database's query, and all counts come from one.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from alongside.features.people.scope import rule_of, values_of
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
STATES = ("late", "due")
MINE = "mine"
URGENCIES = ("0", "1", "2", "3")


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
    """How many there are, since when the oldest is late, and which come first in each state. New are those of `due`."""

    late: int = 0
    due: int = 0
    new: int = 0
    backlog: int = 0
    backlog_on: Any = None
    oldest: datetime | None = None
    first: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return self.late + self.due


@dataclass(frozen=True)
class TeamState:
    """A team's inbox as its manager sees it: what is late in it."""

    id: int
    name: str
    counts: Counts = field(default_factory=Counts)


def inboxes_of(me: Me) -> list[Inbox]:
    """One's own first, then those of one's teams; a manager's also lists the other teams of the area (see lifting)."""
    teams = {held.team: held.team_name for held in me.roles if held.team}
    return [Inbox(MINE, "Yours"), *(Inbox(str(number), name or "Team", number) for number, name in teams.items())]


def yesterday(now: datetime) -> datetime:
    """Where yesterday began, in England."""
    return datetime.combine(now.astimezone(LONDON).date() - timedelta(days=1), time(), LONDON)


def within(state: str, now: datetime) -> Q:
    """Which duties are late or due at a moment. A backlog is neither, until the day planned for it has passed."""
    open_ = Q(ends_at=None) | Q(ends_at__gt=now)
    if state == "late":
        return open_ & Q(due__lt=now, late_from__lt=now)
    return open_ & Q(due__gte=now, due__lte=now + AHEAD, shows_from__lte=now)


def in_backlog(now: datetime) -> Q:
    """Late already when the register was imported, not done since, and without a day that has passed."""
    waits = Q(late_from=None) | Q(late_from__gte=now)
    return (Q(ends_at=None) | Q(ends_at__gt=now)) & waits & Q(due__lt=now, backlog_on__isnull=False)


_OPEN = "(t.ends_at is null or t.ends_at > %(now)s)"
#: `within` and `in_backlog` once more, as text for the counts, which every my day asks: building them took longer.
STATE_SQL = {
    "late": f"{_OPEN} and t.due < %(now)s and t.late_from < %(now)s",
    "due": f"{_OPEN} and t.due >= %(now)s and t.due <= %(ahead)s and t.shows_from <= %(now)s",
}
NEW_SQL = f"{STATE_SQL['due']} and t.shows_from >= %(yesterday)s"
BACKLOG_SQL = (
    f"{_OPEN} and t.due < %(now)s and t.backlog_on is not null and (t.late_from is null or t.late_from >= %(now)s)"
)
_ORDER = "t.urgency, t.due, t.id"
#: Owner and time stand together in each part, so that the indexes find the few that matter.
_WHOSE = " or ".join(
    f"({owner} and t.due <= %(ahead)s)"
    for owner in ("t.owner_actor_id = %(me)s", "t.owner_team_id = any(%(teams)s::bigint[])")
)
#: For each inbox: how many in each state, the first few of each, and how old the oldest is.
COUNT_INBOXES = f"""
    select t.owner_team_id, {", ".join(f"count(*) filter (where {STATE_SQL[state]})" for state in STATES)},
        count(*) filter (where {NEW_SQL}),
        count(*) filter (where {BACKLOG_SQL}), min(t.backlog_on) filter (where {BACKLOG_SQL}),
        min(t.late_from) filter (where {STATE_SQL["late"]}),
        {", ".join(f"(array_agg(t.id order by {_ORDER}) filter (where {STATE_SQL[s]}))[1:{EACH}]" for s in STATES)}
    from overview_duty t where ({_WHOSE}) and {rule_of("duty", "t")} group by t.owner_team_id
"""


def count_inboxes(me: Me, inboxes: list[Inbox], now: datetime) -> dict[str, Counts]:
    """Counts of each inbox, in one statement."""
    values = values_of(me) | {
        "teams": [inbox.team_id for inbox in inboxes if inbox.team_id is not None],
        "now": now,
        "yesterday": yesterday(now),
        "ahead": now + AHEAD,
    }
    found = {inbox.key: Counts() for inbox in inboxes}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_INBOXES, values)
        for team, late, due, new, backlog, backlog_on, oldest, *first in cursor.fetchall():
            ids = tuple(number for some in first for number in some or ())
            found[str(team) if team else MINE] = Counts(late, due, new, backlog, backlog_on, oldest, ids)
    return found


CARD = (
    "id",
    "key",
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
    "urgency",
    "late_from",
)


def list_cards(me: Me, counts: Counts, now: datetime) -> dict[str, list[Any]]:
    """The first few of each state, in one statement."""
    cards: dict[str, list[Any]] = {state: [] for state in STATES}
    if not counts.first:
        return cards
    for card in _cards(me).filter(pk__in=counts.first):
        cards[state_of(card, now)].append(card)
    for those in cards.values():
        those.sort(key=lambda card: (card.urgency, card.due, card.id))
    return cards


def state_of(card: Any, now: datetime) -> str:
    """Late or due, of something that is one of them (see `within`)."""
    return "late" if card.due < now else "due"


def _cards(me: Me) -> QuerySet:
    """What a card shows. The names are those that this reader may see."""
    colour = RegisterRow.objects.filter(person_id=OuterRef("person_id")).order_by("entry_id").values("colour")[:1]
    shown = Duty.objects.visible_to(me).annotate(
        reference=F("person__reference"),
        given=Coalesce(NullIf(F("person__preferred_name"), Value("")), F("person__given_name")),
        family=F("person__family_name"),
        colour=Subquery(colour),
        owner=Coalesce(F("owner_actor__name"), F("owner_team__name")),
    )
    return shown.values_list(*CARD, named=True)


@dataclass(frozen=True)
class DutyPage:
    """One page of a list of duties. `after` names the place where the next one begins; '' when there is none."""

    cards: list[Any]
    after: str


def read_page(me: Me, inbox: Inbox, state: str, now: datetime, after: str, size: int) -> DutyPage:
    """Paged by key: a page begins after the last one's moment and number, wherever that is by then."""
    shown = _cards(me).filter(inbox.of(me), within(state, now)).order_by("urgency", "due", "id")
    urgency, _, rest = after.partition("_")
    if urgency in URGENCIES and (place := read_place(rest)):
        moment, number = place
        later = Q(due__gt=moment) | Q(due=moment, id__gt=number)
        shown = shown.filter(Q(urgency__gt=int(urgency)) | Q(urgency=int(urgency)) & later)
    cards = list(shown[: size + 1])
    if len(cards) <= size:
        return DutyPage(cards, "")
    last = cards[size - 1]
    return DutyPage(cards[:size], f"{last.urgency}_{last.due.isoformat()}_{last.id}")


def read_place(text: str) -> tuple[datetime, int] | None:
    """(moment, number) of the last one shown; None for what names no place."""
    moment, _, number = text.partition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, int(number)) if found.tzinfo and number.isdecimal() and len(number) < 18 else None


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
        .annotate(late=Count("id"), oldest=Min("late_from"))
        .filter(oldest__lt=before)
        .order_by("oldest")
    )
    return [
        TeamState(row["owner_team_id"], row["owner_team__name"], Counts(late=row["late"], oldest=row["oldest"]))
        for row in late
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
    return list(there.order_by("late_from", "entry_id")[:most]), there.count()

"""What my day shows: what is late and due of one owner at a time, with what is new marked; few of each, then counts.

Few statements whatever the size: the limits stand in the database's query, and all counts come from one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from alongside.features.keyworking.covering import Cover, find_cover
from alongside.features.people.scope import rule_of, values_of
from alongside.foundation.access.backend.kept import KeptPlan
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.overview.models import Duty, RegisterRow
from alongside.policy.counting import local_day

#: What fits a phone.
EACH = 5
#: So many that nobody has opened stand on top; more of them are in the lists.
TOP = 10
AHEAD = timedelta(days=14)
STATES = ("late", "due")
MINE = "mine"
COVERED = "cover"
TOP_KEY = "top"
URGENCIES = ("0", "1", "2", "3")


@dataclass(frozen=True)
class Inbox:
    """Whose duties are shown: one's own, or a team's."""

    key: str
    label: str
    team_id: int | None = None
    cover: Cover | None = None

    def of(self, me: Me) -> Q:
        if self.cover:
            return Q(owner_actor_id__in=self.cover.owners, person_id__in=self.cover.people)
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
    on_top: tuple[int, ...] = ()
    first: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return self.late + self.due


def inboxes_of(me: Me, now: datetime | None = None, covers: Sequence[int] | None = None) -> list[Inbox]:
    """One's own first, then those of one's teams; a manager's also lists the other teams of the area (see lifting).

    With a moment, a keyworker who covers for somebody then has what is due for those people beside their own; `covers`
    are those people, where they are known.
    """
    teams = {held.team: held.team_name for held in me.roles if held.team}
    covered = find_cover(me, local_day(now), covers) if now and me.holds(Role.KEYWORKER) else None
    cover = [Inbox(COVERED, "You cover", cover=covered)] if covered else []
    theirs = [Inbox(str(number), name or "Team", number) for number, name in teams.items()]
    return [Inbox(MINE, "Yours"), *cover, *theirs]


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
#: What comes before everything else: an alert or a notice that nobody has opened. It is about nobody whose name a card
#: could say, and stands first by the facts of the matter (see `engine/matters.py`).
#: So does an emergency meeting that whoever walks alongside, or the register team, has not read.
TOP_SQL = (
    "((t.person_id is null and t.urgency = 0 or t.rule_key = 'emergency_read') "
    f"and {_OPEN} and t.shows_from <= %(now)s)"
)
#: Owner and time stand together in each part, so that the indexes find the few that matter.
_WHOSE = " or ".join(
    f"({owner} and t.due <= %(ahead)s)"
    for owner in (
        "t.owner_actor_id = %(me)s",
        "t.owner_team_id = any(%(teams)s::bigint[])",
        "t.owner_actor_id = any(%(owners)s::bigint[]) and t.person_id = any(%(covered)s::bigint[])",
    )
)


def _shown(state: str) -> str:
    """What is shown in a state's own column: not again what stands on top."""
    return f"{STATE_SQL[state]} and not {TOP_SQL}"


#: For each inbox: how many in each state, the first few of each, and how old the oldest is.
COUNT_INBOXES = KeptPlan(f"""
    select t.owner_team_id, t.owner_actor_id <> %(me)s,
        {", ".join(f"count(*) filter (where {STATE_SQL[state]})" for state in STATES)},
        count(*) filter (where {NEW_SQL}),
        count(*) filter (where {BACKLOG_SQL}), min(t.backlog_on) filter (where {BACKLOG_SQL}),
        min(t.late_from) filter (where {STATE_SQL["late"]}),
        (array_agg(t.id order by {_ORDER}) filter (where {TOP_SQL}))[1:{TOP}],
        {", ".join(f"(array_agg(t.id order by {_ORDER}) filter (where {_shown(s)}))[1:{EACH}]" for s in STATES)}
    from overview_duty t where ({_WHOSE}) and {rule_of("duty", "t")} group by 1, 2
""")


def count_inboxes(me: Me, inboxes: list[Inbox], now: datetime) -> dict[str, Counts]:
    """Counts of each inbox, in one statement."""
    values = values_of(me) | {
        "teams": [inbox.team_id for inbox in inboxes if inbox.team_id is not None],
        "owners": list(next((inbox.cover.owners for inbox in inboxes if inbox.cover), ())),
        "covered": list(next((inbox.cover.people for inbox in inboxes if inbox.cover), ())),
        "now": now,
        "yesterday": yesterday(now),
        "ahead": now + AHEAD,
    }
    found = {inbox.key: Counts() for inbox in inboxes}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_INBOXES, values)
        for team, covers, late, due, new, backlog, backlog_on, oldest, on_top, *first in cursor.fetchall():
            ids = tuple(number for some in first for number in some or ())
            top = tuple(on_top or ())
            key = str(team) if team else COVERED if covers else MINE
            found[key] = Counts(late, due, new, backlog, backlog_on, oldest, top, ids)
    return found


class Card(NamedTuple):
    """What is shown of a duty. The names are those that the reader may see."""

    id: int
    key: str
    what: str
    because: str
    source: str
    rule_key: str
    local_default: bool
    due: datetime
    shows_from: datetime
    timed: bool
    doing: str
    person_id: int | None
    reference: str | None
    given: str | None
    family: str | None
    colour: str | None
    owner: str
    urgency: int
    late_from: datetime | None


CARD = Card._fields
#: `_cards` once more, as text: every my day asks for the same ten.
CARDS = KeptPlan(f"""
    select {", ".join(f"t.{name}" for name in CARD[: CARD.index("reference")])}, p.reference,
        coalesce(nullif(p.preferred_name, ''), p.given_name), p.family_name,
        (select r.colour from overview_registerrow r where r.person_id = t.person_id order by r.entry_id limit 1),
        coalesce(a.name, m.name), t.urgency, t.late_from
    from overview_duty t left join people_person p on p.id = t.person_id
        left join accounts_actor a on a.id = t.owner_actor_id left join organisations_team m on m.id = t.owner_team_id
    where t.id = any(%(wanted)s::bigint[]) and {rule_of("duty", "t")}
""")


def list_cards(me: Me, counts: Counts, now: datetime, on_top: Sequence[int] = ()) -> dict[str, list[Any]]:
    """The first few of each state, and under `TOP_KEY` those on top, in one statement."""
    cards: dict[str, list[Any]] = {state: [] for state in (TOP_KEY, *STATES)}
    wanted = [*counts.first, *on_top]
    if not wanted:
        return cards
    with connection.cursor() as cursor:
        cursor.execute(CARDS, values_of(me) | {"wanted": wanted})
        for card in map(Card._make, cursor.fetchall()):
            cards[TOP_KEY if card.id in on_top else state_of(card, now)].append(card)
    for those in cards.values():
        those.sort(key=lambda card: (card.rule_key != "emergency_read", card.urgency, card.due, card.id))
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


#: Roles end on their last day; whoever leaves on a day is gone on it.
HOLDERS = KeptPlan("""
    select h.team_id, a.name from accounts_roleheld h join accounts_actor a on a.id = h.actor_id
    where h.team_id = any(%(teams)s::bigint[]) and h.holds_inbox and h.from_date <= %(today)s
      and (h.to_date is null or h.to_date >= %(today)s) and (a.left_on is null or a.left_on > %(today)s)
    order by h.id desc
""")


def holders_of(team_ids: list[int], now: datetime) -> dict[int, str]:
    """Today's named holder of each team's inbox: the first who has not left."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, {"teams": team_ids, "today": now.astimezone(LONDON).date()})
        return dict(cursor.fetchall())


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

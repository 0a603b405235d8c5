"""What the register team reads about notices, and everybody on call about what waits. Few statements each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from alongside.features.people.identity.finding import Alike, find_possible
from alongside.features.people.identity.queries import read_sides
from alongside.features.people.models import Guard, Person
from alongside.features.referrals.models import Referral
from alongside.features.referrals.notices.models import Notice, OnCall
from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.triage_queries import find_declined
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.policy.duties import opened_by

#: Shown at most.
MOST = 100
#: Compared side by side at most.
SIDES = 3
AHEAD = timedelta(days=28)
#: Local default: whoever took one on call still reads it, when their day has ended since.
TAKEN_FOR = timedelta(hours=24)
ON_CALL_ROLES = (Role.MANAGER, Role.COORDINATOR, Role.KEYWORKER, Role.COMMISSIONER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the notice, by when it is opened, and how it stands."""

    notice: Notice
    due: datetime
    state: str
    is_late: bool


def _team(me: Me) -> QuerySet:
    return Notice.objects.visible_to(me).select_related("icb", "person", "taken_by")


def state_of(notice: Notice) -> str:
    if notice.settled_at:
        return "settled"
    return "taken" if notice.taken_at else "new"


def list_notices(me: Me, show: str, now: datetime) -> list[Line]:
    """Open ones: nobody's first, alerts above notices, the longest waiting first. Settled ones: the newest first."""
    if show == "settled":
        found = _team(me).filter(settled_at__isnull=False).order_by("-settled_at")
    else:
        found = _team(me).filter(settled_at=None).order_by(F("taken_at").asc(nulls_first=True), "kind", "came_at")
    return lines_of(found[:MOST], now)


def lines_of(notices: Iterable[Notice], now: datetime) -> list[Line]:
    """How each stands, with each area's rules read once."""
    rules: dict[str, Any] = {}
    lines = []
    for one in notices:
        code = one.icb.code
        rules[code] = rules.get(code) or rules_of(code)
        _, due = opened_by(one.is_alert, one.came_at, *rules[code])
        lines.append(Line(one, due, state_of(one), one.taken_at is None and now > due))
    return lines


def find_notice(me: Me, number: int) -> Notice | None:
    """One notice of the team's areas."""
    people = ("decided_by", "settled_by", "sent_by")
    return _team(me).select_related(*people).filter(pk=number).first()


def find_earlier(notice: Notice) -> list[Referral]:
    """Referrals of the area that were not accepted, or are still open, and may be about them."""
    return find_declined(
        given=notice.given_name,
        family=notice.family_name,
        birth_date=notice.birth_date,
        nhs_number=notice.nhs_number or None,
        icb_id=notice.icb_id,
    )


def find_alike(me: Me, notice: Notice) -> list[Alike]:
    """Records within scope that may be whom it is about, the likeliest first."""
    found = find_possible(
        given=notice.given_name,
        family=notice.family_name,
        birth_date=notice.birth_date,
        nhs_number=notice.nhs_number or None,
        me=me,
    )
    return found[:SIDES]


def side_by_side(me: Me, notice: Notice, alike: Sequence[Alike]) -> list[dict[str, Any]]:
    """Rows of what was told beside what is on record of each, in two statements."""
    ids = [one.person_id for one in alike]
    numbers = dict(Person.objects.visible_to(me).filter(pk__in=ids).values_list("pk", "nhs_number"))
    sides = read_sides(ids)

    def row(label: str, told: str, part: Any) -> dict[str, Any]:
        return {"label": label, "told": told, "known": [part(one, sides.get(one.person_id, {})) for one in alike]}

    return [
        row("Name", notice.shown_name, lambda one, side: one.shown_name),
        row("All names", "", lambda one, side: _joined(side.get("names"))),
        row("Born", _day(notice.birth_date), lambda one, side: _day(one.birth_date)),
        row("NHS number", notice.nhs_number, lambda one, side: numbers.get(one.person_id) or ""),
        row("Lives at", notice.where_now, lambda one, side: _joined(side.get("addresses"))),
        row("School, GP, council", "", lambda one, side: _joined(name for _, name in side.get("belongings") or ())),
        row("Why they may be the same", "", lambda one, side: one.likeness.said),
    ]


def _joined(parts: Any) -> str:
    return "; ".join(str(part) for part in parts or () if part)


def _day(on: date | None) -> str:
    return day(on) if on else ""


def find_while_on_call(me: Me, number: int, now: datetime) -> Notice | None:
    """One that nobody has opened, for whoever is on call in its area today; and what they themselves took just now.

    As the engine: those on call reach no notice. None where it is about a record that only named people may open.
    """
    today = now.astimezone(LONDON).date()
    rota = OnCall.objects.filter(actor_id=me.id, from_date__lte=today, to_date__gte=today)
    areas = list(rota.values_list("icb_id", flat=True))
    theirs = Q(taken_at=None, icb_id__in=areas) | Q(taken_by_id=me.id, taken_at__gt=now - TAKEN_FOR)
    open_records = Q(person=None) | Q(person__guard__lte=Guard.REGISTER_TEAM, person__restricted=False)
    with context.as_engine():
        return Notice.objects.select_related("icb").filter(theirs, open_records, pk=number, settled_at=None).first()


def find_told_by(me: Me, number: int) -> Notice | None:
    """A notice that this coordinator wrote down from a call. As the engine: it may be another team's to open.

    Only that it is kept, and when it came, may be shown of it.
    """
    with context.as_engine():
        return Notice.objects.select_related("icb").filter(pk=number, sent_by_id=me.id, link=None).first()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is not opened, for everybody on call: nothing of who it is about."""

    number: int
    icb_id: int
    reference: str
    is_alert: bool
    came_at: datetime
    due: datetime
    is_late: bool


def list_waiting(me: Me, areas: Sequence[int], now: datetime) -> list[Waiting]:
    """What nobody has opened in these areas: alerts first, then the longest waiting.

    Read as the engine, because most of those on call reach no notice: only that it came, and when.
    """
    with context.as_engine():
        found = list(
            Notice.objects.select_related("icb")
            .filter(icb_id__in=areas, taken_at=None, settled_at=None)
            .exclude(person__guard=Guard.CLOSED)
            .order_by("kind", "came_at")[:MOST]
        )
    lines = lines_of(found, now)
    return [
        Waiting(
            one.notice.pk,
            one.notice.icb_id,
            one.notice.reference,
            one.notice.is_alert,
            one.notice.came_at,
            one.due,
            one.is_late,
        )
        for one in lines
    ]


def list_rota(areas: Sequence[int], today: date) -> list[OnCall]:
    """Who is on call in these areas, today and in the next weeks."""
    rota = OnCall.objects.select_related("actor", "icb").filter(icb_id__in=areas, to_date__gte=today)
    return list(rota.filter(from_date__lte=today + AHEAD).order_by("icb__name", "from_date", "actor__name"))


def list_staff(area: int, today: date) -> list[tuple[str, str]]:
    """Who may be named: (id, name and post) of the area's staff."""
    held = (
        RoleHeld.objects.filter(Q(to_date=None) | Q(to_date__gte=today), area_id=area, role__in=ON_CALL_ROLES)
        .filter(Q(actor__left_on=None) | Q(actor__left_on__gt=today), from_date__lte=today)
        .values_list("actor_id", "actor__name", "actor__post")
    )
    found = {number: f"{name}, {post}" if post else name for number, name, post in held}
    return sorted(((str(number), label) for number, label in found.items()), key=lambda one: one[1])

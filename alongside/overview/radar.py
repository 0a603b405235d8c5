"""The transition radar: what lies ahead of people as they grow up, by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Case, DateTimeField, F, Func, Q, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import MONTHS
from alongside.foundation.recording.looks import record_look
from alongside.overview.models import Duty
from alongside.overview.my_day import read_place
from alongside.policy.counting import birthday, months_after

PAGE = 40
BIRTHDAY = "birthday_alert_"
AGES = (14, 16, 17, 18, 25)
#: Kinds besides birthdays: the starts of their rules' keys.
KINDS = {
    "school": ("The EHC plan and school", ("phase_transfer", "preparing_for_adulthood")),
    "care": ("Adult continuing healthcare", ("continuing_care_",)),
    "support": ("The move to adult services", ("transition_support_", "after_18_check_")),
}
MONTHS_AHEAD = (3, 6, 12)


@dataclass(frozen=True)
class Point:
    """One thing that lies ahead of one person. `lead` says how long is left."""

    duty: Duty
    on: date
    title: str
    lead: str


@dataclass(frozen=True)
class Radar:
    """A page of the radar, in months. `after` names the place where the next page begins."""

    months: list[tuple[str, list[Point]]]
    people: list[int]
    after: str


def read_radar(me: Me, *, kind: str, months: int, today: date, now: datetime, after: str) -> Radar:
    """Everybody in reach with a transition point from today until so many months ahead."""
    until = _start(months_after(today, months))
    ahead = _ahead(me, kind, now, until).filter(point__lt=until)
    if place := read_place(after):
        moment, number = place
        ahead = ahead.filter(point__gte=moment).filter(Q(point__gt=moment) | Q(id__gt=number))
    found = list(ahead.order_by("point", "id").values_list("id", "point")[: PAGE + 1])
    more = ""
    if len(found) > PAGE:
        found = found[:PAGE]
        more = f"{found[-1][1].isoformat()}_{found[-1][0]}"
    points = [_point(duty, today) for duty in _whole(me, [number for number, _ in found])]
    return Radar(list(_by_month(points)), [point.duty.person_id for point in points if point.duty.person_id], more)


def _ahead(me: Me, kind: str, now: datetime, until: datetime) -> QuerySet:
    """A birthday's duty ends twelve months after the birthday; every other point is the day it is due.

    A birthday's first alert is due half a year before the birthday, so nothing older has to be looked at.
    """
    a_year_before = Func(F("ends_at"), template="(%(expressions)s - interval '12 months')")
    point = Case(
        When(rule_key__startswith=BIRTHDAY, then=a_year_before), default=F("due"), output_field=DateTimeField()
    )
    near = Q(due__gte=now - timedelta(days=370), due__lt=until, person__isnull=False)
    return Duty.objects.visible_to(me).filter(near, _of_kind(kind)).annotate(point=point).filter(point__gte=now)


def _whole(me: Me, ids: list[int]) -> list[Duty]:
    duties = Duty.objects.visible_to(me).select_related("person", "owner_actor", "owner_team").in_bulk(ids)
    return [duties[number] for number in ids if number in duties]


def _of_kind(kind: str) -> Q:
    if kind.isdecimal():
        return Q(rule_key__startswith=BIRTHDAY, key__contains=f":{kind}:person:")
    starts = KINDS[kind][1] if kind else [BIRTHDAY, *(start for _, some in KINDS.values() for start in some)]
    found = Q()
    for start in starts:
        found |= Q(rule_key__startswith=start)
    return found


def _point(duty: Duty, today: date) -> Point:
    born = duty.person.birth_date if duty.person else None
    if duty.rule_key.startswith(BIRTHDAY) and born:
        age = int(duty.key.split(":")[1])
        on = birthday(born, age)
        return Point(duty, on, f"{age}th birthday", _lead(on, today))
    on = duty.due.astimezone(LONDON).date()
    return Point(duty, on, duty.what, _lead(on, today))


def _lead(on: date, today: date) -> str:
    for months in MONTHS_AHEAD:
        if on < months_after(today, months):
            return f"Within {months} months"
    return "More than 12 months"


def _by_month(points: Iterable[Point]) -> Iterable[tuple[str, list[Point]]]:
    for (year, month), some in groupby(points, key=lambda point: (point.on.year, point.on.month)):
        yield f"{MONTHS[month - 1]} {year}", list(some)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


@for_roles(Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
def radar(request: Request) -> HttpResponse:
    """The radar of whoever is signed in."""
    kind, months = request.GET.get("kind", ""), request.GET.get("months", "12")
    if kind not in ("", *map(str, AGES), *KINDS) or months not in map(str, MONTHS_AHEAD):
        raise Http404
    today = request.at.astimezone(LONDON).date()
    after = request.GET.get("after", "")
    found = read_radar(request.me, kind=kind, months=int(months), today=today, now=request.at, after=after)
    record_look(request.me, "radar", sorted(set(found.people)), at=request.at)
    here = {"kind": kind, "months": months}
    context = {
        "radar": found,
        "kind": kind,
        "months": months,
        "kinds": [("", "Everything"), *((str(age), f"{age}th birthday") for age in AGES)]
        + [(name, label) for name, (label, _) in KINDS.items()],
        "ahead": [(str(number), f"{number} months") for number in MONTHS_AHEAD],
        "next_url": "?" + urlencode({**here, "after": found.after}) if found.after else "",
        "first_url": "?" + urlencode(here) if after else "",
        "today": today,
    }
    return render(request, "overview/radar.html", context)

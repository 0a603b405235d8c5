"""Everybody in a mental health hospital: how long, where, under which section, how far, and what is due next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.features.hospital.discharge.standing import Standing, standing_of
from alongside.features.hospital.inpatient.text import legal_words
from alongside.features.hospital.models import Segregation, Stay, StayLeave, WardType
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.my_day import read_place
from alongside.policy.counting import local_day

PAGE = 50
#: What is counted above the list, and may be looked at alone. '' is everybody.
COUNTED = (
    ("", "in hospital"),
    ("adult", "on an adult ward"),
    ("segregated", "in long-term segregation"),
    ("leave", "away on leave"),
    ("inadequate", "in a unit rated inadequate"),
)
ONLY = frozenset(name for name, _ in COUNTED if name)

_BESIDE = """
select json_object_agg(s.id, json_build_array(
  (select json_build_array(t.ward_type, t.distance_km, t.out_of_area) from hospital_wardstay t
   where t.stay_id = s.id and not exists (select 1 from hospital_wardstay l where l.supersedes_id = t.id)
   order by t.from_at desc, t.id desc limit 1),
  (select t.code from hospital_legalstatus t where t.stay_id = s.id and t.to_at is null
   and not exists (select 1 from hospital_legalstatus l where l.supersedes_id = t.id)
   order by t.from_at desc, t.id desc limit 1),
  (select json_build_array(d.what, d.due, d.timed) from overview_duty d
   where d.person_id in (s.person_id, p.survivor_id) and d.subject = 'stay' and d.subject_id = s.id
   and (d.ends_at is null or d.ends_at > %(now)s) order by d.due, d.id limit 1),
  (select a.name from keyworking_allocation t join accounts_actor a on a.id = t.worker_id
   where t.person_id in (s.person_id, p.survivor_id) and t.part = 'designated' and t.to_date is null
   and not exists (select 1 from keyworking_allocation l where l.supersedes_id = t.id) order by t.id desc limit 1)
)) from hospital_stay s left join people_person p on p.id = s.person_id where s.id = any(%(stays)s)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One person in hospital."""

    stay_id: int
    person_id: int
    reference: str
    name: str
    days: int
    place: str
    ward: str
    legal: str
    far: str
    marks: tuple[str, ...]
    next_what: str
    next_due: datetime | None
    keyworker: str
    standing: Standing | None

    def is_late(self, now: datetime) -> bool:
        return self.next_due is not None and now > self.next_due


@dataclass(frozen=True, slots=True)
class Listed:
    lines: list[Line]
    totals: dict[str, int]
    after: str


def _everybody(me: Me) -> QuerySet[Stay]:
    """Those whom one's areas hold now, or with whom one works; not those who have died."""
    going_on: Any = {"superseded_by": None, "to_at": None}
    areas = sorted({*me.agreed, *me.guarded})
    rows: QuerySet[Stay] = Stay.objects.visible_to(me).filter(
        Q(person__icb_id__in=areas) | ~Q(person__held_by__overlap=areas),
        kind=Stay.Kind.HOSPITAL,
        discharged_at=None,
        superseded_by=None,
        person__died_on=None,
    )
    return rows.annotate(
        is_segregated=Exists(Segregation.objects.filter(stay=OuterRef("pk"), **going_on)),
        is_away=Exists(StayLeave.objects.filter(stay=OuterRef("pk"), **going_on)),
    )


_IS = {
    "adult": Q(adult_ward=True),
    "segregated": Q(is_segregated=True),
    "leave": Q(is_away=True),
    "inadequate": Q(unit_inadequate=True),
}


def read(me: Me, *, now: datetime, after: str = "", only: str = "") -> Listed:
    """A page of the list, the longest in hospital first, with totals of the whole. Four statements."""
    everybody = _everybody(me)
    counted = {name: Count("pk", filter=what) for name, what in _IS.items()}
    totals = everybody.aggregate(everybody=Count("pk"), **counted)
    totals[""] = totals.pop("everybody")
    rows = everybody.filter(_IS[only]) if only else everybody
    if place := read_place(after):
        moment, number = place
        rows = rows.filter(admitted_at__gte=moment).filter(Q(admitted_at__gt=moment) | Q(pk__gte=number))
    found = list(rows.select_related("person__survivor").order_by("admitted_at", "pk")[: PAGE + 1])
    following = f"{found[PAGE].admitted_at.isoformat()}_{found[PAGE].pk}" if len(found) > PAGE else ""
    found = found[:PAGE]
    ids = [stay.pk for stay in found]
    beside = _beside(ids, now)
    standing = standing_of(ids, now.astimezone(LONDON).date()) if ids else {}
    lines = [_line(stay, beside.get(str(stay.pk)), standing.get(stay.pk), now) for stay in found]
    return Listed(lines, totals, following)


def _beside(ids: Sequence[int], now: datetime) -> dict[str, list[Any]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"stays": list(ids), "now": now})
        (answer,) = cursor.fetchone()
    return (json.loads(answer) if isinstance(answer, str) else answer) or {}


def _line(stay: Any, beside: list[Any] | None, standing: Standing | None, now: datetime) -> Line:
    ward, legal, due, keyworker = beside or (None, None, None, None)
    kind, km, out = ward or ("", None, "")
    marks = [
        ("Adult ward", stay.adult_ward),
        ("Unit rated inadequate", stay.unit_inadequate),
        ("Segregated", stay.is_segregated),
        ("On leave", stay.is_away),
        ("Out of area", out == "yes"),
    ]
    person = stay.person.survivor or stay.person
    return Line(
        stay_id=stay.pk,
        person_id=person.pk,
        reference=person.reference,
        name=person.shown_name,
        days=(local_day(now) - local_day(stay.admitted_at)).days,
        place=stay.place_name,
        ward=WardType(kind).label if kind else stay.ward_type,
        legal=legal_words(legal) if legal else "",
        far=far_words(km),
        marks=tuple(words for words, is_so in marks if is_so),
        next_what=due[0] if due else "",
        next_due=datetime.fromisoformat(due[1]) if due else None,
        keyworker=keyworker or "",
        standing=standing,
    )


def far_words(km: int | None) -> str:
    """'80 km (50 miles)'; '' when not known."""
    return "" if km is None else f"{km} km ({round(km / 1.609344)} miles)"

"""Everybody in a mental health hospital: how long, where, under which section, how far, and what is due next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.features.hospital.discharge.standing import Standing, standing_in
from alongside.features.hospital.inpatient.text import legal_words
from alongside.features.hospital.models import Segregation, Stay, StayLeave, WardType
from alongside.features.hospital.spells import spells_of
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.my_day import read_place
from alongside.policy.counting import local_day, start_of_day
from alongside.policy.spells import Spell

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


#: What says so of a stay, by what is counted.
_IS = {
    "adult": "adult_ward",
    "segregated": "is_segregated",
    "leave": "is_away",
    "inadequate": "unit_inadequate",
}


def read(me: Me, *, now: datetime, after: str = "", only: str = "") -> Listed:
    """A page of the list, the longest in hospital first, with totals of the whole. Four statements.

    How long is asked of whole spells, so that a transfer doesn't make somebody new; all of the list is put in order
    by it, since only the rule knows which stays are one.
    """
    everybody = list(_everybody(me).select_related("person__survivor").order_by())
    totals = {name: sum(getattr(stay, is_so) for stay in everybody) for name, is_so in _IS.items()}
    totals[""] = len(everybody)
    found = {stay.pk: stay for stay in everybody if not only or getattr(stay, _IS[only])}
    spells = spells_of(me, {stay.person.survivor_id or stay.person_id for stay in found.values()})
    order = sorted((_since(spells[pk], stay), pk) for pk, stay in found.items() if pk in spells)
    if place := read_place(after):
        order = [one for one in order if one >= place]
    following = f"{order[PAGE][0].isoformat()}_{order[PAGE][1]}" if len(order) > PAGE else ""
    ids = [pk for _, pk in order[:PAGE]]
    beside = _beside(ids, now)
    standing = standing_in({pk: spells[pk] for pk in ids}, now.astimezone(LONDON).date())
    lines = [
        _line(found[pk], spells[pk].days(local_day(now)), beside.get(str(pk)), standing.get(pk), now) for pk in ids
    ]
    return Listed(lines, totals, following)


def _since(spell: Spell, stay: Stay) -> datetime:
    """Since when they are there: the moment of the stay, or the day on which an earlier one of its spell began."""
    return stay.admitted_at if spell.ids[0] == stay.pk else start_of_day(spell.admitted)


def _beside(ids: Sequence[int], now: datetime) -> dict[str, list[Any]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"stays": list(ids), "now": now})
        (answer,) = cursor.fetchone()
    return (json.loads(answer) if isinstance(answer, str) else answer) or {}


def _line(stay: Any, days: int, beside: list[Any] | None, standing: Standing | None, now: datetime) -> Line:
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
        days=days,
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

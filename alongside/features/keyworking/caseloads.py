"""The team as it stands on a day: who works how much, holds how many points, is away, and lacks which training.

Points are counted under the engine's identity and come back as numbers: a record that few may see counts too, or a
keyworker would be given more than they can carry. A record that was merged counts as its survivor. No person is told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from alongside.features.keyworking.models import (
    CaseloadSetting,
    Course,
    KeyworkerProfile,
    Leave,
    TrainingDone,
    WorkTime,
)
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation
from alongside.policy.allocation import COURSES, CaseloadRules, Keyworker, check_local_caseload, limits_of
from alongside.policy.allocation.caseload import Limits

AnyRow = TypeVar("AnyRow", bound=models.Model)

#: Leave that begins within so many days is told beside the name (local default).
AHEAD = timedelta(days=28)

HELD = """
    select a.worker_id, a.part, coalesce(r.colour, ''), count(distinct p.id)
    from keyworking_allocation a
    join people_person named on named.id = a.person_id
    join people_person p on p.id = coalesce(named.survivor_id, named.id)
      and p.icb_id = %(icb)s and p.survivor_id is null and p.died_on is null
    left join lateral (
        select r.colour from register_registerentry e join register_rating r on r.entry_id = e.id
        where e.person_id = any(array(select m.id from people_person m where p.id in (m.id, m.survivor_id)))
          and e.removed_on is null and r.standing = 'decided'
        order by r.rated_at desc, r.id desc limit 1
    ) r on true
    where (a.to_date is null or a.to_date > %(today)s)
      and not exists (select 1 from keyworking_allocation later where later.supersedes_id = a.id)
    group by 1, 2, 3
"""


@dataclass
class Caseload:
    """What one keyworker holds: halves of a point, people in all, and how many of each colour."""

    halves: int = 0
    people: int = 0
    colours: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Member:
    """A keyworker on a day. `is_proposed`: a manager may be named too, and is never proposed."""

    actor: Actor
    is_proposed: bool
    profile: KeyworkerProfile
    share: Decimal
    limits: Limits
    caseload: Caseload
    away: Leave | None
    next_leave: Leave | None
    missing: tuple[str, ...]
    #: All working times and all leave, from the first.
    times: tuple[WorkTime, ...] = ()
    stretches: tuple[Leave, ...] = ()

    @property
    def keyworker(self) -> Keyworker:
        """The same as the matching sees them."""
        return Keyworker(
            id=self.actor.pk,
            name=self.actor.name,
            held=self.caseload.halves,
            limits=self.limits,
            skills=frozenset(self.profile.skills),
            interests=frozenset(self.profile.interests),
            languages=frozenset(self.profile.languages),
            councils=frozenset(self.profile.councils),
            district=self.profile.district,
            missing=self.missing,
            takes_on=self.profile.takes_on,
            away_until=(self.away.to_date or date.max) if self.away else None,
            leaves_on=self.profile.leaves_on,
        )


def caseload_rules_of(icb: Organisation) -> CaseloadRules:
    """The product's values with the area's own on top, in one statement."""
    courses = Course.objects.filter(icb=OuterRef("icb")).values(row=JSONObject(key="key", title="title"))
    rows: Any = CaseloadSetting.objects.filter(icb=icb).annotate(courses=ArraySubquery(courses)).order_by("starts_on")
    own = []
    for row in rows:
        titles = COURSES | {course["key"]: course["title"] for course in row.courses}
        value = tuple(row.value) if isinstance(row.value, list) else row.value
        own.append(
            check_local_caseload(
                row.rule_key, value, icb=icb.name, starts_on=row.starts_on, source=row.source, courses=titles
            )
        )
    return CaseloadRules(icb.name, own)


def count_caseloads(icb_id: int, today: date, rules: CaseloadRules) -> dict[int, Caseload]:
    """Points and numbers by keyworker, whoever asks."""
    found: dict[int, Caseload] = {}
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(HELD, {"icb": icb_id, "today": today})
        for worker, part, colour, many in cursor.fetchall():
            held = found.setdefault(worker, Caseload())
            held.halves += many * rules.halves_of(colour, today, part)
            held.people += many
            held.colours[colour] += many
    return found


def list_team(icb: Organisation, today: date, rules: CaseloadRules) -> list[Member]:
    """Everybody who holds the keyworker's role in the area today, by name; those who manage them after them."""
    actors = _list_actors(icb, today)
    rule = rules.on("training_required", today)
    required = dict(zip(rule.courses, rule.titles, strict=True))
    taken = TrainingDone.objects.filter(icb=icb, completed_on__lte=today, course__in=required)
    done = _by_worker(taken) if required else {}
    caseloads = count_caseloads(icb.pk, today, rules)
    members = []
    for actor in actors:
        known: Any = actor
        times, stretches = _rows(WorkTime, known.times), _rows(Leave, known.leave)
        share = next((row.share for row in reversed(times) if _covers(row, today)), Decimal(1))
        ahead = [row for row in stretches if today < row.from_date <= today + AHEAD]
        members.append(
            Member(
                actor=actor,
                is_proposed=known.is_keyworker,
                profile=_profile(known.profile, icb, actor),
                share=share,
                limits=limits_of(rules, today, share),
                caseload=caseloads.get(actor.pk, Caseload()),
                away=next((row for row in stretches if _covers(row, today)), None),
                next_leave=ahead[0] if ahead else None,
                missing=_missing(required, done.get(actor.pk, []), today),
                times=tuple(times),
                stretches=tuple(stretches),
            )
        )
    return members


def _list_actors(icb: Organisation, today: date) -> list[Actor]:
    held = RoleHeld.objects.filter(area=icb, from_date__lte=today)
    held = held.filter(Q(to_date__isnull=True) | Q(to_date__gte=today))
    names = Q(pk__in=held.filter(role__in=(Role.KEYWORKER, Role.MANAGER)).values("actor_id"))
    there = Q(left_on__isnull=True) | Q(left_on__gt=today)
    works = Exists(held.filter(role=Role.KEYWORKER, actor_id=OuterRef("pk")))
    found = Actor.objects.filter(names, there).annotate(
        is_keyworker=works,
        profile=_as_json(KeyworkerProfile.objects.filter(icb=icb), PROFILE),
        times=_as_json(WorkTime.objects.filter(icb=icb).order_by("from_date"), ("share", "from_date", "to_date")),
        leave=_as_json(Leave.objects.filter(icb=icb).order_by("from_date"), ("id", "from_date", "to_date")),
    )
    return list(found.order_by("-is_keyworker", "name", "pk"))


#: What is read of a profile.
PROFILE = tuple(field.attname for field in KeyworkerProfile._meta.concrete_fields)


def _as_json(rows: QuerySet, names: Iterable[str]) -> ArraySubquery:
    """Rows about the actor, within the statement that reads the actors."""
    return ArraySubquery(rows.filter(worker=OuterRef("pk")).values(row=JSONObject(**{name: name for name in names})))


def _rows(model: type[AnyRow], found: list[dict[str, Any]]) -> list[AnyRow]:
    """The rows that were read within another statement."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in found]


def _profile(found: list[dict[str, Any]], icb: Organisation, actor: Actor) -> KeyworkerProfile:
    """What is known of a keyworker; an empty one where nothing is."""
    if not found:
        return KeyworkerProfile(icb=icb, worker=actor)
    values = found[0] | {"leaves_on": date.fromisoformat(day) if (day := found[0]["leaves_on"]) else None}
    profile = KeyworkerProfile(**values)
    profile._state.adding = False
    return profile


def _missing(required: Mapping[str, str], done: Iterable[TrainingDone], today: date) -> tuple[str, ...]:
    """Titles of required courses that are not in date. A course counts on its last day and not after it."""
    in_date = {row.course for row in done if row.expires_on is None or row.expires_on >= today}
    return tuple(title for course, title in required.items() if course not in in_date)


def _covers(row: WorkTime | Leave, day: date) -> bool:
    return row.from_date <= day and (row.to_date is None or row.to_date >= day)


def _by_worker(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.worker_id, []).append(row)
    return found

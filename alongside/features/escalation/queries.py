"""Reading escalations: of a person, one, the area's, and what is put to whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from alongside.features.escalation.addressees import pauses_since
from alongside.features.escalation.lifecycle import OPEN
from alongside.features.escalation.models import Addressee, Escalation, EscalationStep, Officer, OfficerAbsence, Refusal
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.policy.counting import age_on, local_day
from alongside.policy.escalating import LEVELS, nights_paused

PAGE = 50
MOST = 60
_S, _K = Escalation.State, EscalationStep.Kind


@dataclass(frozen=True, slots=True)
class Shown:
    """An escalation with whose it is now. who: '' where it is nobody's any more. due: by when this level decides."""

    row: Escalation
    level: int
    who: str
    team: bool
    due: date | None
    days: int
    climbed: bool

    @property
    def level_words(self) -> str:
        return LEVELS[self.level]


def shown(rows: Sequence[Escalation], at: datetime) -> list[Shown]:
    """Each with whoever has it at a moment. One statement; only of rows that were seen."""
    with context.as_engine():
        now = Q(to_at=None) | Q(to_at__gt=at)
        found = Addressee.objects.filter(now, escalation__in=[row.pk for row in rows], from_at__lte=at)
        has = {one.escalation_id: one for one in found.select_related("actor").order_by("from_at")}
    return [_shown(row, has.get(row.pk), at) for row in rows]


def _shown(row: Escalation, has: Addressee | None, at: datetime) -> Shown:
    level = has.level if has else row.level
    until = row.decided_at or (row.state_at if row.state not in OPEN else None) or at
    return Shown(
        row=row,
        level=level,
        who=has.actor.name if has and has.actor else "",
        team=bool(has and has.actor is None),
        due=has.due_on if has else None,
        days=(local_day(until) - local_day(row.happened_at)).days,
        climbed=level > row.level,
    )


def _seen(me: Me) -> QuerySet[Escalation]:
    return Escalation.objects.visible_to(me).select_related("person", "recorded_by", "recorded_icb")


def list_of_person(me: Me, person: Person) -> list[Escalation]:
    """What is open first, then the newest; what was not raised too. What goes on after a move stands there once."""
    rows = list(_seen(me).filter(about(person), superseded_by=None).order_by("-recorded_at", "-pk")[:MOST])
    return sorted(rows, key=lambda row: row.state not in OPEN)


def list_refusals(me: Me, person: Person) -> list[Refusal]:
    """Those that wait for a next step first, then the newest."""
    rows = Refusal.objects.visible_to(me).filter(about(person), superseded_by=None).select_related("organisation")
    return sorted(rows.order_by("-happened_at", "-pk")[:MOST], key=lambda row: bool(row.settled))


def find_of_person(me: Me, person: Person, number: int) -> Escalation | None:
    return _seen(me).filter(about(person), pk=number).first()


def find_refusal(me: Me, person: Person, number: int) -> Refusal | None:
    rows = Refusal.objects.visible_to(me).filter(about(person), superseded_by=None, pk=number)
    return rows.select_related("person", "organisation", "recorded_by").first()


def list_steps(escalation: Escalation) -> list[EscalationStep]:
    """Newest first; of what was carried over after a move with what happened before, as far as it may be read."""
    numbers, row = [escalation.pk], escalation
    while row.supersedes_id and (before := Escalation.objects.filter(pk=row.supersedes_id).first()):
        numbers.append(before.pk)
        row = before
    rows = EscalationStep.objects.filter(escalation__in=numbers).select_related("by", "officer__actor")
    return list(rows.exclude(~Q(escalation=escalation), kind=_K.MOVED).order_by("-id"))


def next_area_of(escalation: Escalation) -> Escalation | None:
    """The row with which it goes on after a move, where it is seen."""
    if escalation.state != _S.MOVED:
        return None
    return Escalation.objects.filter(supersedes=escalation).select_related("recorded_icb").first()


def days_paused(escalation: Escalation, at: datetime) -> int:
    """Nights on which the clock stood still at this level so far."""
    with context.as_engine():
        return nights_paused(pauses_since(escalation), local_day(at))


@dataclass(frozen=True, slots=True)
class Case:
    """What an officer reads of an escalation: its own words, initials and age, who asks, what happened. No record."""

    shown: Shown
    initials: str
    age: str
    raised_by: str
    area: str
    icb_id: int
    steps: list[EscalationStep]


def list_asked(me: Me, at: datetime) -> list[Shown]:
    """What is put to whoever asks now, what is due first. The database shows the same rows and no others."""
    now = Q(to_at=None) | Q(to_at__gt=at)
    # Asked as whoever asks, so that the database says it a second time.
    mine = list(Addressee.objects.filter(now, actor_id=me.id, from_at__lte=at).values_list("escalation_id", flat=True))
    with context.as_engine():
        rows = list(Escalation.objects.filter(pk__in=mine, state__in=OPEN).order_by("pk")[:PAGE])
    return sorted(shown(rows, at), key=lambda one: (one.due or date.max, one.row.pk))


def find_asked(me: Me, number: int, at: datetime) -> Case | None:
    """One of them; None for any other."""
    one = next((one for one in list_asked(me, at) if one.row.pk == number), None)
    return case_of(one) if one else None


def case_of(one: Shown) -> Case:
    """Read as the engine, after it was found that they may."""
    with context.as_engine():
        row = Escalation.objects.select_related("person", "recorded_by", "recorded_icb").get(pk=one.row.pk)
        person = row.person
        names = (person.preferred_name or person.given_name, person.family_name)
        return Case(
            shown=Shown(row, one.level, one.who, one.team, one.due, one.days, one.climbed),
            initials=" ".join(f"{name[0].upper()}." for name in names if name) or "somebody",
            age=str(age_on(person.birth_date, local_day(row.recorded_at))) if person.birth_date else "",
            raised_by=row.recorded_by.name,
            area=row.recorded_icb.name,
            icb_id=row.recorded_icb_id,
            steps=list_steps(row),
        )


def list_decided_by(me: Me, most: int = 10) -> list[Escalation]:
    """What this actor decided, the newest first: what they read then, and their own words."""
    with context.as_engine():
        theirs = (
            EscalationStep.objects.filter(by_id=me.id, kind=_K.DECIDED).order_by("-id").values_list("escalation_id")
        )
        rows = Escalation.objects.filter(pk__in=[number for (number,) in theirs[:most]], state=_S.DECIDED)
        return list(rows.filter(person__guard=0).order_by("-decided_at"))


SHOWN: dict[str, tuple[str, Q]] = {
    "open": ("All open", Q(state__in=OPEN)),
    "returned": ("A question came back", Q(state=_S.RETURNED)),
    "paused": ("Clock stopped", Q(state=_S.PAUSED)),
    "decided": ("Decided", Q(state=_S.DECIDED)),
    "not_raised": ("Not escalated", Q(state=_S.NOT_RAISED)),
}


def list_area(me: Me, areas: Sequence[int], show: str, after: tuple[datetime, int] | None) -> tuple[list[Any], bool]:
    """(a page of the area's, the oldest first; of what is over, the newest first; whether there are more)."""
    rows = _seen(me).filter(SHOWN[show][1], recorded_icb__in=list(areas))
    first = show in ("open", "returned", "paused")
    if after:
        at, number = after
        later = Q(recorded_at__gt=at) | Q(recorded_at=at, pk__gt=number)
        earlier = Q(recorded_at__lt=at) | Q(recorded_at=at, pk__lt=number)
        rows = rows.filter(later if first else earlier)
    order = ("recorded_at", "pk") if first else ("-recorded_at", "-pk")
    found = list(rows.order_by(*order)[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def list_officers(icb_id: int, today: date) -> list[Officer]:
    """Those named now or later, with their absences that are not over; by level, agency and rank."""
    away = OfficerAbsence.objects.filter(Q(to_date=None) | Q(to_date__gte=today)).order_by("from_date")
    rows = Officer.objects.filter(Q(to_date=None) | Q(to_date__gte=today), icb=icb_id).select_related("actor")
    return list(rows.prefetch_related(Prefetch("absences", away, "ahead")).order_by("level", "agency", "rank", "pk"))


def list_own_posts(me: Me, today: date) -> list[Officer]:
    """What this reader is named for, now or later, with their absences that are not over."""
    away = OfficerAbsence.objects.filter(Q(to_date=None) | Q(to_date__gte=today)).order_by("from_date")
    rows = Officer.objects.filter(Q(to_date=None) | Q(to_date__gte=today), actor_id=me.id).select_related(
        "actor", "icb"
    )
    return list(rows.prefetch_related(Prefetch("absences", away, "ahead")).order_by("level", "agency", "pk"))


def list_deputies(officer: Officer, today: date) -> list[Officer]:
    """Others who are named for the same agency and level, in the order in which they are asked."""
    rows = Officer.objects.filter(Q(to_date=None) | Q(to_date__gte=today), icb=officer.icb_id, agency=officer.agency)
    rows = rows.filter(level=officer.level, actor__left_on=None).exclude(actor=officer.actor_id)
    return list(rows.select_related("actor").order_by("rank", "pk"))


def find_officer(icb_id: int, number: int) -> Officer | None:
    return Officer.objects.filter(icb=icb_id, pk=number).select_related("actor").first()


def find_absence(officer: Officer, number: int) -> OfficerAbsence | None:
    return OfficerAbsence.objects.filter(officer=officer, pk=number).select_related("officer__actor").first()

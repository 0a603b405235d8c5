"""Supervision of keyworkers: what was agreed, that wellbeing was asked about, when the next one is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from alongside.features.keyworking.models import Supervision
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import Calendar, local_day, start_of_day
from alongside.policy.decision import Decision
from alongside.policy.duties import FirstSupervisionFacts, SupervisionFacts, proposed_supervision
from alongside.policy.rules import Ruleset

MATTER = "supervision"
#: A keyworker's time in a team, as a matter: they are supervised for the first time.
FIRST = "first_supervision"
_rules: list[Callable[[str], tuple[Ruleset, Calendar]]] = []


def rules_from(found: Callable[[str], tuple[Ruleset, Calendar]]) -> None:
    """Where an area's rules are read. Called by `config/wiring.py` only."""
    _rules[:] = [found]


def next_one(icb_code: str, held_on: date) -> Decision:
    """The day that the form proposes for the next supervision, and why."""
    ruleset, calendar = _rules[0](icb_code)
    return proposed_supervision(held_on, ruleset, calendar)


def record_supervision(
    note: Notes,
    *,
    icb: Organisation,
    worker: Actor,
    held_on: date,
    agreed: str,
    wellbeing_asked: bool,
    wellbeing: str,
    people: Sequence[int],
    next_on: date,
) -> Supervision:
    """One supervision, by the manager who held it. The duty of the one before ends; the next one's begins.

    NotNow for a day in the future, a next day that is not later, or one's own supervision.
    """
    if held_on > note.at.astimezone(LONDON).date():
        raise NotNow("future", "A supervision that is still to come can't be written down yet.")
    if next_on <= held_on:
        raise NotNow("next_on", "The next supervision must be on a later day than this one.")
    if worker.pk == note.by.id:
        raise NotNow("own", "Nobody supervises themselves.")
    with context.as_engine():
        before = latest_of(icb, worker)
    made = Supervision.objects.create(
        icb=icb,
        worker=worker,
        manager_id=note.by.id,
        held_on=held_on,
        agreed=agreed,
        wellbeing_asked=wellbeing_asked,
        wellbeing=wellbeing,
        people=sorted(people),
        next_on=next_on,
        recorded_at=note.at,
    )
    note("supervision.recorded", words=f"Supervision of {worker.name} was written down.", icb_id=icb.pk)
    note.matter(MATTER, made.pk)
    with context.as_engine():
        for place in _places().filter(actor=worker, area=icb):
            note.matter(FIRST, place.pk)
    if before is not None:
        note.matter(MATTER, before.pk)
    return made


def latest_of(icb: Organisation, worker: Actor) -> Supervision | None:
    """The latest of this worker that whoever asks may read."""
    return Supervision.objects.filter(icb=icb, worker=worker).order_by("-held_on", "-id").first()


# What the engine reads


def list_matter_ids(icb_id: int | None) -> list[int]:
    """Every worker's latest."""
    rows = Supervision.objects.filter(icb_id=icb_id) if icb_id else Supervision.objects.all()
    latest = rows.order_by("icb_id", "worker_id", "-held_on", "-id").distinct("icb_id", "worker_id")
    return list(latest.values_list("pk", flat=True))


def read_matters(ids: Sequence[int]) -> Iterable[SupervisionFacts]:
    """Those that a later one followed are closed; whoever has left is supervised no more."""
    rows = list(Supervision.objects.filter(pk__in=ids).select_related("worker", "manager"))
    workers = {row.worker_id for row in rows}
    every = Supervision.objects.filter(worker_id__in=workers).order_by("icb_id", "worker_id", "-held_on", "-id")
    latest = set(every.distinct("icb_id", "worker_id").values_list("pk", flat=True))
    managers = RoleHeld.objects.filter(actor_id__in={row.manager_id for row in rows}, role="manager", to_date=None)
    managing = set(managers.values_list("actor_id", "area_id"))
    for row in rows:
        opened = datetime.combine(row.held_on, time(12), LONDON)
        is_there = row.manager.left_on is None and (row.manager_id, row.icb_id) in managing
        yield SupervisionFacts(
            kind=MATTER,
            id=row.pk,
            icb_id=row.icb_id,
            opened_at=opened,
            closed_at=None if row.pk in latest and row.worker.left_on is None else opened,
            guard=0,
            owner_actor=row.manager_id if is_there else None,
            held_on=row.held_on,
            next_on=row.next_on,
        )


def follow_members(notes: Notes) -> None:
    """Whoever comes into a team is to be supervised from that day; of whoever leaves nothing is due."""
    codes = ("account.made", "account.reset", "account.closed")
    changed = [event.subject_id for event in notes.events if event.code in codes]
    rows = RoleHeld.objects.filter(role=Role.KEYWORKER, actor__in=changed)
    for number in rows.values_list("pk", flat=True) if changed else ():
        notes.matter(FIRST, number)


def _places() -> QuerySet[RoleHeld]:
    """The time in a team of each keyworker who can sign in."""
    return RoleHeld.objects.filter(role=Role.KEYWORKER, actor__user__isnull=False, actor__left_on=None)


def list_first(icb_id: int | None) -> list[int]:
    places = _places()
    return list((places.filter(area=icb_id) if icb_id else places).values_list("pk", flat=True))


def read_first(ids: Sequence[int]) -> Iterable[FirstSupervisionFacts]:
    """Nothing of whoever was supervised here. It counts from their account: before it nobody could write one down."""
    rows = list(_places().filter(pk__in=ids).select_related("actor__user"))
    workers = {row.actor_id for row in rows}
    held = set(Supervision.objects.filter(worker__in=workers).values_list("icb_id", "worker_id"))
    for row in rows:
        since = _since(row)
        opened = start_of_day(since)
        yield FirstSupervisionFacts(
            kind=FIRST,
            id=row.pk,
            icb_id=row.area_id,
            opened_at=opened,
            closed_at=opened if (row.area_id, row.actor_id) in held else None,
            guard=0,
            since=since,
            to_date=row.to_date,
        )


def _since(place: RoleHeld) -> date:
    assert place.actor.user
    return max(place.from_date, local_day(place.actor.user.date_joined))


def due_days(icb: Organisation, worker_ids: Sequence[int]) -> dict[int, date]:
    """By when each is supervised next, whoever held the last one; the first time too. Days only, no word of it."""
    with context.as_engine():
        rows = Supervision.objects.filter(icb=icb, worker__in=worker_ids).order_by("worker_id", "-held_on", "-id")
        days = {row.worker_id: row.next_on for row in rows.distinct("worker_id")}
        new = [one for one in worker_ids if one not in days]
        for place in _places().filter(area=icb, actor__in=new).select_related("actor__user").order_by("-from_date"):
            days[place.actor_id] = next_one(icb.code, _since(place)).value
    return days


def list_supervised(
    me_id: int, icb: Organisation, team: Sequence[Any]
) -> list[tuple[Any, Supervision | None, date | None]]:
    """Each of the team with the latest supervision that I held or had, and the day of the next one.

    Whoever has had none by me comes first, then whose next one is nearest.
    """
    ids = [one.pk for one in team]
    rows = Supervision.objects.filter(worker_id__in=ids, manager_id=me_id).order_by("worker_id", "-held_on", "-id")
    latest = {row.worker_id: row for row in rows.distinct("worker_id")}
    days = due_days(icb, ids)
    found = [(one, latest.get(one.pk), days.get(one.pk)) for one in team if one.pk != me_id]
    return sorted(found, key=lambda each: (each[1] is not None, each[2] or date.min, each[0].name))

"""The backlog of a first import: what was late already on that day, in one place, to be given dates."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.overview.models import Duty, DutyPlan
from alongside.overview.my_day import Inbox, in_backlog


@dataclass(frozen=True)
class Plans:
    """How much of a backlog has a day, and how much of that is for today or earlier."""

    planned: int
    for_today: int


def _plan_of_duty() -> QuerySet:
    return DutyPlan.objects.filter(person_id=OuterRef("person_id"), duty_key=OuterRef("key"))


def count_plans(me: Me, inbox: Inbox, now: datetime) -> Plans:
    """In one statement."""
    today = now.astimezone(LONDON).date()
    duties = Duty.objects.visible_to(me).filter(inbox.of(me), in_backlog(now))
    planned = duties.annotate(day=Subquery(_plan_of_duty().values("planned_for")[:1])).filter(day__isnull=False)
    found = planned.aggregate(planned=Count("id"), for_today=Count("id", filter=Q(day__lte=today)))
    return Plans(**found)


def count_by_kind(me: Me, inbox: Inbox, now: datetime) -> list[dict]:
    """The backlog by kind of duty: how many, and how many still without a day."""
    duties = Duty.objects.visible_to(me).filter(inbox.of(me), in_backlog(now))
    return list(
        duties.annotate(has_day=Exists(_plan_of_duty()))
        .values("rule_key", "doing")
        .annotate(many=Count("id"), unplanned=Count("id", filter=Q(has_day=False)))
        .order_by("-many")
    )


def list_backlog(me: Me, inbox: Inbox, now: datetime, *, rule_key: str, unplanned: bool, most: int) -> list[Duty]:
    """The oldest first; those with a day by that day, when `unplanned` is off."""
    duties = Duty.objects.visible_to(me).filter(inbox.of(me), in_backlog(now)).select_related("person")
    if rule_key:
        duties = duties.filter(rule_key=rule_key)
    duties = duties.annotate(planned_for=Subquery(_plan_of_duty().values("planned_for")[:1]))
    if unplanned:
        duties = duties.filter(planned_for=None)
    return list(duties.order_by(Coalesce(F("planned_for"), date(2999, 1, 1)), "due", "id")[:most])


def list_to_plan(me: Me, inbox: Inbox, now: datetime, ids: list[int]) -> list[Duty]:
    """Of these, those that are still in the backlog."""
    return list(
        Duty.objects.visible_to(me)
        .filter(inbox.of(me), in_backlog(now), pk__in=ids, person__isnull=False)
        .select_related("person")
        .order_by("id")
    )

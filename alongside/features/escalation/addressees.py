"""Whose an escalation is at each moment, kept as rows so that whoever is asked reads it, and nobody else.

The same function that makes the duties says it (`policy/escalating.py`). Called as the engine.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q

from alongside.features.escalation.access import is_closed
from alongside.features.escalation.lifecycle import OPEN
from alongside.features.escalation.models import Addressee, Escalation, Officer
from alongside.features.escalation.rules import rules_of
from alongside.foundation.accounts.models import RoleHeld
from alongside.policy.escalating import Pause, Post, Stretch, at_moment, ladder, pauses_of


def posts_of(icb_id: int) -> tuple[Post, ...]:
    """Everybody who is or was named in an area, with absences. Two statements."""
    works = RoleHeld.objects.filter(actor=OuterRef("actor"), to_date=None)
    rows = Officer.objects.filter(icb=icb_id).annotate(works=Exists(works)).select_related("actor").order_by("pk")
    return tuple(_post(row) for row in rows.prefetch_related("absences"))


def _post(row: Officer) -> Post:
    return Post(
        id=row.pk,
        actor_id=row.actor_id,
        name=row.actor.name,
        agency=row.agency,
        level=row.level,
        rank=row.rank,
        from_date=row.from_date,
        to_date=row.to_date,
        left_on=row.actor.left_on,
        has_account=row.works and row.actor.left_on is None,  # type: ignore[attr-defined]
        away=tuple((one.from_date, one.to_date) for one in row.absences.all()),
    )


def pauses_since(escalation: Escalation) -> tuple[Pause, ...]:
    """The pauses of this level."""
    rows = escalation.steps.filter(at__gte=escalation.put_at).order_by("id")
    return pauses_of(rows.values_list("kind", "at", "until"))


def stretches_of(escalation: Escalation, posts: Sequence[Post] | None = None) -> tuple[Stretch, ...]:
    """The ladder as it stands. Read as the engine."""
    ruleset, calendar = rules_of(escalation.recorded_icb.code)
    return ladder(
        level=escalation.level,
        agency=escalation.agency,
        asked_at=escalation.put_at,
        posts=posts_of(escalation.recorded_icb_id) if posts is None else posts,
        pauses=pauses_since(escalation),
        ruleset=ruleset,
        calendar=calendar,
    )


def stretch_now(escalation: Escalation, at: datetime) -> Stretch:
    return at_moment(stretches_of(escalation), at)


def settle_addressees(escalation: Escalation, at: datetime) -> None:
    """What is ahead is worked out again; what was, stays. Decided, taken back or closed: nobody is asked any more."""
    rows = Addressee.objects.filter(escalation=escalation)
    rows.filter(from_at__gte=at).delete()
    rows.filter(Q(to_at=None) | Q(to_at__gt=at)).update(to_at=at)
    if escalation.state not in OPEN or is_closed(escalation.person, escalation.topic):
        return
    Addressee.objects.bulk_create(
        Addressee(
            escalation=escalation,
            person_id=escalation.person_id,
            topic=escalation.topic,
            recorded_icb_id=escalation.recorded_icb_id,
            level=one.level,
            officer_id=one.post.id if one.post else None,
            actor_id=one.post.actor_id if one.post else None,
            from_at=max(one.from_at, at),
            to_at=one.to_at,
            due_on=one.due_on,
        )
        for one in stretches_of(escalation)
        if one.to_at is None or one.to_at > at
    )


def running_in(icb_ids: Iterable[int]) -> list[Escalation]:
    """Everything that is open in these areas, locked."""
    rows = Escalation.objects.filter(recorded_icb__in=list(icb_ids), state__in=OPEN)
    return list(rows.select_for_update(of=("self",)).select_related("person", "recorded_icb").order_by("pk"))


def asked_now(escalation: Escalation, at: datetime) -> Addressee | None:
    """Whose it is at a moment, from the rows. None once nobody is asked."""
    rows = Addressee.objects.filter(escalation=escalation, from_at__lte=at).filter(Q(to_at=None) | Q(to_at__gt=at))
    return rows.select_related("officer__actor").order_by("-from_at", F("pk").desc()).first()


def last_day_of_question(escalation: Escalation, on: date) -> date:
    """By when what was asked back is answered."""
    from alongside.policy.duties.reckoning import last_day

    ruleset, calendar = rules_of(escalation.recorded_icb.code)
    return ruleset.governing("escalation_question", on, lambda rule: last_day(rule, on, calendar))[1]

"""Whom an actor reaches, said once for lists and for single records. The database says it a second time."""

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Now

from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement


def involved_people(me: Me, topic: int | None = None) -> models.QuerySet:
    """Ids of the people this actor is involved with now (on this topic, if one is given)."""
    current = Involvement.objects.filter(actor_id=me.id, from_at__lte=Now()).filter(
        Q(to_at__isnull=True) | Q(to_at__gt=Now())
    )
    if topic is not None:
        current = current.filter(topics__contains=[topic])
    return current.values("person_id")


def people(me: Me, at: str = "") -> Q:
    """The people `me` reaches, through the relation prefix `at` ('' for the person's own table)."""
    now = Q(**{f"{at}guard": 0, f"{at}icb_id__in": me.agreed})
    past = Q(**{f"{at}guard": 0, f"{at}held_by__overlap": list(me.agreed)})
    team = Q(**{f"{at}guard__lte": 1, f"{at}icb_id__in": me.guarded})
    team_past = Q(**{f"{at}guard__lte": 1, f"{at}held_by__overlap": list(me.guarded)})
    return now | past | team | team_past | Q(**{f"{at}id__in": involved_people(me)})


def facts(me: Me) -> Q:
    """Facts `me` may read: of people reached, on topics allowed, and what one's own area recorded."""
    reached = Q(topic__in=me.topics) & (Q(person__icb_id__in=me.agreed) | Q(recorded_icb_id__in=me.agreed))
    on_topic = models.Exists(
        Involvement.objects.filter(
            actor_id=me.id,
            person_id=OuterRef("person_id"),
            from_at__lte=Now(),
            topics__contains=[OuterRef("topic")],
        ).filter(Q(to_at__isnull=True) | Q(to_at__gt=Now()))
    )
    return people(me, "person__") & (reached | Q(on_topic))


def derived(me: Me) -> Q:
    """Rows the engine derived: duties and the list."""
    return (
        Q(guard=0, icb_id__in=me.agreed) | Q(guard__lte=1, icb_id__in=me.guarded) | Q(person_id__in=involved_people(me))
    )


def area(me: Me) -> Q:
    """Rows of an ICB's service."""
    return Q(icb_id__in=me.agreed)


class ScopedQuerySet(models.QuerySet):
    """`visible_to(me)` is the one rule for lists and single records."""

    scope = "fact"

    def visible_to(self, me: Me) -> "ScopedQuerySet":
        rule = {"person": people, "fact": facts, "derived": derived, "area": area}[self.scope]
        return self.filter(rule(me))


def ScopedByPerson(kind: str) -> type[ScopedQuerySet]:
    """The query set class for this kind of row."""
    return type(f"Scoped{kind.title()}QuerySet", (ScopedQuerySet,), {"scope": kind})


__all__ = ["ScopedByPerson", "ScopedQuerySet", "involved_people"]

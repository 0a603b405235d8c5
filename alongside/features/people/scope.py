"""Whom an actor reaches, said once for lists and for single records. The database says it a second time."""

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Now
from django.db.models.lookups import In

from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.topics import Topic


def involvements(me: Me) -> models.QuerySet:
    """This actor's involvements now."""
    return Involvement.objects.filter(actor_id=me.id, from_at__lte=Now()).filter(
        Q(to_at__isnull=True) | Q(to_at__gt=Now())
    )


def involved_people(me: Me, topic: int | None = None) -> models.QuerySet:
    """Ids of the people this actor is involved with now (on this topic, if one is given)."""
    current = involvements(me)
    if topic is not None:
        current = current.filter(topics__contains=[topic])
    return current.values("person_id")


def _involved(me: Me, person: str, guard: str, topic: str = "") -> models.Exists:
    """Whether an involvement opens this row: it must see records held as closely as this one, and its topic."""
    current = involvements(me).filter(person_id=OuterRef(person), sees_guarded__gte=OuterRef(guard))
    if topic:
        current = current.filter(topics__contains=[OuterRef(topic)])
    return models.Exists(current)


def _packed(area: str, topic: str | int, reach: tuple[int, ...]) -> Q:
    """Area * 64 + topic within what is reached, as the database packs it."""
    return Q(In(F(area) * 64 + (F(topic) if isinstance(topic, str) else topic), list(reach)))


def people(me: Me, at: str = "") -> Q:
    """The people `me` reaches, through the relation prefix `at` ('' for the person's own table)."""
    now = Q(**{f"{at}guard": 0, f"{at}icb_id__in": me.agreed})
    past = Q(**{f"{at}guard": 0, f"{at}held_by__overlap": list(me.agreed)})
    team = Q(**{f"{at}guard__lte": 1, f"{at}icb_id__in": me.guarded})
    team_past = Q(**{f"{at}guard__lte": 1, f"{at}held_by__overlap": list(me.guarded)})
    return now | past | team | team_past | Q(_involved(me, f"{at}id", f"{at}guard"))


def facts(me: Me) -> Q:
    """Facts `me` may read: of people reached, on topics allowed, and what one's own area recorded."""

    def within(reach: tuple[int, ...]) -> Q:
        return _packed("person__icb_id", "topic", reach) | _packed("recorded_icb_id", "topic", reach)

    agreed = Q(person__guard=0) & within(me.agreed_topics)
    guarded = Q(person__guard__lte=1) & within(me.guarded_topics)
    return people(me, "person__") & (agreed | guarded | Q(_involved(me, "person_id", "person__guard", "topic")))


def _derived(me: Me, topic: str | int) -> Q:
    agreed = Q(guard=0) & _packed("icb_id", topic, me.agreed_topics)
    guarded = Q(guard__lte=1) & _packed("icb_id", topic, me.guarded_topics)
    current = involvements(me).filter(person_id=OuterRef("person_id"), sees_guarded__gte=OuterRef("guard"))
    wanted = [OuterRef(topic)] if isinstance(topic, str) else [topic]
    return agreed | guarded | Q(models.Exists(current.filter(topics__contains=wanted)))


def duties(me: Me) -> Q:
    """Duties `me` may read: on topics allowed, or one's own."""
    return _derived(me, "topic") | Q(owner_actor_id=me.id, guard__lte=1)


def lines(me: Me) -> Q:
    """Lines of the list: whoever may read the register topic of the person."""
    return _derived(me, Topic.REGISTER.value)


def area(me: Me) -> Q:
    """Saved views: one's own, and those shared within an area one reaches."""
    return Q(owner_id=me.id) | Q(shared=True, icb_id__in=me.agreed)


class ScopedQuerySet(models.QuerySet):
    """`visible_to(me)` is the one rule for lists and single records."""

    scope = "fact"

    def visible_to(self, me: Me) -> "ScopedQuerySet":
        rule = {"person": people, "fact": facts, "duty": duties, "line": lines, "area": area}[self.scope]
        return self.filter(rule(me))


def ScopedByPerson(kind: str) -> type[ScopedQuerySet]:
    """The query set class for this kind of row."""
    return type(f"Scoped{kind.title()}QuerySet", (ScopedQuerySet,), {"scope": kind})


__all__ = ["ScopedByPerson", "ScopedQuerySet", "involved_people"]

"""Reading people: whom somebody reaches, and on which topics."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Q
from django.db.models.functions import Now

from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom, and on which topics. `topics` is empty for somebody known from one's own past only."""

    person: Person
    topics: frozenset[int]
    own_past: bool
    writes: bool

    def sees(self, topics: Collection[int]) -> bool:
        """Whether facts on any of these topics may be shown."""
        return self.own_past or bool(self.topics.intersection(topics))


def reach_person(me: Me, reference: str) -> Reach | None:
    """The person with this reference and what `me` may read of them, in one statement. None outside scope."""
    mine = OpenTopics.objects.filter(actor_id=me.id, person_id=OuterRef("pk"), from_at__lte=Now()).filter(
        Q(to_at__isnull=True) | Q(to_at__gt=Now())
    )
    topic = Func(F("topics"), function="unnest", output_field=IntegerField())
    person = (
        Person.objects.visible_to(me)
        .select_related("icb", "survivor")
        .filter(reference=reference)
        .annotate(
            my_topics=ArraySubquery(mine.annotate(topic=topic).values("topic")),
            my_writes=ArraySubquery(mine.filter(writes=True).values("pk")[:1]),
        )
        .first()
    )
    if person is None:
        return None
    by_area = frozenset(me.topics) if person.icb_id in me.agreed else frozenset()
    return Reach(
        person=person,
        topics=by_area | frozenset(person.my_topics),
        own_past=person.icb_id not in me.agreed and bool(set(person.held_by) & set(me.agreed)),
        writes=person.icb_id in me.writes or bool(person.my_writes),
    )


def list_involved(me: Me) -> list[Person]:
    """The people `me` is involved with one by one, by name."""
    return list(Person.objects.visible_to(me).filter(survivor__isnull=True).order_by("family_name", "given_name", "pk"))

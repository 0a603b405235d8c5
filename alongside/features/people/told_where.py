"""Who of a family may know where the young person lives, learns or stays: one rule, for pages and for whoever writes.

A court order keeps some parents from it, and whoever invites somebody may leave it closed. Where neither how to reach
the young person nor where they stay is open to somebody, nothing may lead them there: no school, no ward, no address,
nor the name of anybody who works at one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement, OpenTopics
from alongside.foundation.access.protection import PEOPLE_TOPICS, FactRows
from alongside.foundation.accounts.models import Actor
from alongside.foundation.topics import Topic

#: Either of these open tells where they are.
TELL_WHERE = (Topic.CONTACT, Topic.PLACEMENT)


@dataclass(frozen=True)
class WhereaboutsRows(FactRows):
    """As any fact; but its words, typed for others, may lead to where somebody lives, learns or stays.

    Through the family door it is read by the young person, and by whoever may know where they are.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        own = "access.is_family_of($t.person_id, true)"
        where = " or ".join(f"$t.person_id * 64 + {topic.value} = any({PEOPLE_TOPICS})" for topic in TELL_WHERE)
        for command, clause in super().policies():
            if command == "select":
                told = f"not (select access.comes_as_family()) or {where} or {own}"
                clause = f"using (({told}) and ({clause.removeprefix('using ')}))"
            yield command, clause


def must_not_learn_where(actor: Actor, person_id: int, at: datetime) -> bool:
    """Whether this actor came in by the family door and may not know where the young person is. As the engine."""
    if actor.kind != Actor.Kind.FAMILY:
        return False
    with context.as_engine():
        now = Q(to_at=None) | Q(to_at__gt=at)
        rows = OpenTopics.objects.filter(now, actor_id=actor.pk, person_id=person_id, from_at__lte=at)
        knows = Q(topics__overlap=[topic.value for topic in TELL_WHERE])
        own = Q(involvement__because=Involvement.Because.OWN_RECORD)
        return not rows.filter(knows | own).exists()

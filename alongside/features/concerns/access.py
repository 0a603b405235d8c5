"""Who reads and writes what is followed about a person, and who may lead on it."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.features.actions.access import writes_on
from alongside.features.concerns.text import MAY_NOT_WRITE
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import REACH, Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.topics import Topic

#: Who works with what is followed; each reads by topic.
FOLLOWS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
#: Who sees it for the whole area, and who keeps the numbers of councils.
OVERSEES = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
KEEPS_NUMBERS = (Role.MANAGER, Role.COORDINATOR)
#: What the page about all of it may show something of.
TOPICS = (Topic.SAFEGUARDING, Topic.PLACEMENT, Topic.HOSPITAL, Topic.HEALTH, Topic.MONEY)


def check_writes(me: Me, person: Person, topic: int) -> None:
    """Raises Refused for whoever may not write on the topic."""
    if not writes_on(me, person, topic):
        raise Refused("may_not_write", MAY_NOT_WRITE)


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who may lead: they open the record on this topic."""

    value: str
    label: str
    actor: Actor


def list_leads(me: Me, person: Person, topic: int) -> list[Lead]:
    """Oneself first; then whoever writes on the topic of this person, by name."""
    with context.as_engine():
        near = OpenTopics.objects.filter(person_id=person.pk, topics__contains=[topic], writes=True, to_at=None)
        theirs = Q(pk__in=near.values("actor_id"))
        if not person.guard and not person.closed_topics >> topic & 1:
            roles = [role for role, reach in REACH.items() if reach.reach == "area" and topic in reach.topics]
            theirs |= Q(roles__area_id=person.icb_id, roles__role__in=roles, roles__to_date=None)
        kept = Actor.objects.filter(theirs, left_on=None, kind=Actor.Kind.PERSON).distinct().order_by("name")
        actors = sorted(kept, key=lambda actor: actor.pk != me.id)
    return [
        Lead(
            str(one.pk), f"I do ({one.name})" if one.pk == me.id else ", ".join(filter(None, (one.name, one.post))), one
        )
        for one in actors
    ]

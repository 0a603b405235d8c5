"""What happened lately that tools for rating ask about, as far as this reader may see it."""

from datetime import datetime

from alongside.features.hospital.models import Stay
from alongside.features.people.models import LifeEvent, Person
from alongside.features.people.queries import about
from alongside.foundation.access.me import Me
from alongside.policy.counting import local_day
from alongside.policy.decision import Decision
from alongside.policy.ratings import Happened, look_back
from alongside.policy.rules import Ruleset

KINDS = (LifeEvent.Kind.AE_CRISIS, LifeEvent.Kind.CRISIS_TEAM)


def lately(me: Me, person: Person, ruleset: Ruleset, at: datetime) -> tuple[Decision, ...]:
    """What still counts by the area's rules, the newest first. One statement."""
    events = LifeEvent.objects.visible_to(me).filter(about(person), kind__in=KINDS, superseded_by=None)
    stays = Stay.objects.visible_to(me).filter(about(person), kind=Stay.Kind.HOSPITAL, superseded_by=None)
    rows = (
        events.order_by()
        .values_list("kind", "happened_at")
        .union(stays.order_by().values_list("kind", "admitted_at"), all=True)
    )
    happened = [
        Happened("admission" if kind == Stay.Kind.HOSPITAL else kind, local_day(when)) for kind, when in rows if when
    ]
    return look_back(happened, local_day(at), ruleset)

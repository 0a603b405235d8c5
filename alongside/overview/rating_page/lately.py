"""What happened lately that tools for rating ask about, as far as this reader may see it."""

from datetime import datetime

from alongside.features.hospital.spells import spells_of
from alongside.features.people.models import LifeEvent, Person
from alongside.features.people.queries import about
from alongside.foundation.access.me import Me
from alongside.policy.counting import local_day
from alongside.policy.decision import Decision
from alongside.policy.ratings import Happened, look_back
from alongside.policy.rules import Ruleset

KINDS = (LifeEvent.Kind.AE_CRISIS, LifeEvent.Kind.CRISIS_TEAM)


def lately(me: Me, person: Person, ruleset: Ruleset, at: datetime) -> tuple[Decision, ...]:
    """What still counts by the area's rules, the newest first. Two statements. A transfer is no admission."""
    events = LifeEvent.objects.visible_to(me).filter(about(person), kind__in=KINDS, superseded_by=None)
    happened = [Happened(kind, local_day(when)) for kind, when in events.values_list("kind", "happened_at") if when]
    happened += [Happened("admission", spell.admitted) for spell in dict.fromkeys(spells_of(me, [person.pk]).values())]
    return look_back(happened, local_day(at), ruleset)

"""What the first page leads to besides what always stands there, and the area's number: asked in one statement."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Exists, Subquery, Value

from alongside.features.hospital.models import Stay
from alongside.features.keyworking.models import Ending, StepDown
from alongside.features.moving.models import AreaMove
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.models import AreaContact
from alongside.foundation.topics import Topic
from alongside.policy.counting import days_after
from alongside.portal.hospital import SHOWN_FOR
from alongside.portal.reading import Mine


@dataclass(frozen=True, slots=True)
class Doors:
    """stops: contact becomes less, or the worker has stopped. inside, left: in hospital now, or not long ago.

    moves: something is or was written down of a move to another area. phone, hours: the area's own; '' where it has
    set none.
    """

    stops: bool = False
    inside: bool = False
    left: bool = False
    moves: bool = False
    phone: str = ""
    hours: str = ""


def doors_of(mine: Mine, *, has_worker: bool) -> Doors:
    """Only the number for whoever may not know where the young person is: each of the others leads there."""
    contact = AreaContact.objects.filter(icb_id=mine.person.icb_id)
    asked: dict[str, Any] = {name: Subquery(contact.values(name)[:1]) for name in ("phone", "hours")}
    if mine.told_where:
        asked |= _leading_on(mine, has_worker=has_worker)
    found = Person.objects.filter(pk=mine.person.pk).annotate(**asked).values(*asked).get()
    return Doors(**found | {name: found[name] or "" for name in ("phone", "hours")})


def _leading_on(mine: Mine, *, has_worker: bool) -> dict[str, Any]:
    asked: dict[str, Any] = {"moves": Exists(_rows(mine, AreaMove))}
    asked |= dict.fromkeys(("stops", "inside", "left"), Value(False))
    if Topic.KEYWORKING in mine.reach.topics:
        going_on = _rows(mine, StepDown).filter(superseded_by=None, closed_on=None)
        asked["stops"] = Exists(going_on if has_worker else _rows(mine, Ending))
    if Topic.HOSPITAL in mine.reach.topics:
        stays = _rows(mine, Stay).filter(kind=Stay.Kind.HOSPITAL, superseded_by=None)
        since = datetime.combine(days_after(mine.today, -SHOWN_FOR), time(0), LONDON).astimezone(UTC)
        asked |= {
            "inside": Exists(stays.filter(discharged_at=None)),
            "left": Exists(stays.filter(discharged_at__gte=since)),
        }
    return asked


def _rows(mine: Mine, model: Any) -> Any:
    return model.objects.visible_to(mine.me).filter(about(mine.person))

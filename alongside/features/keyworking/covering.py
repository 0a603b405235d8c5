"""Whom somebody covers for today: what is due for these people is theirs to do as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alongside.features.keyworking.models import Allocation
from alongside.features.people.queries import WHOSE, about_any
from alongside.foundation.access import context
from alongside.foundation.access.me import Me


@dataclass(frozen=True)
class Cover:
    """Those who are away, and the people whom one covers for them."""

    owners: tuple[int, ...]
    people: tuple[int, ...]


def find_cover(me: Me, today: date, covered: Sequence[int] | None = None) -> Cover | None:
    """Whom one covers today, within reach; None for nobody. One statement, and one more for whoever covers.

    Cover and keyworker may stand on two records that were merged, and one reaches the record one is named on: so one's
    own cover is read within reach, and whom it is for as the engine. `covered` is whom one covers, where that is known.
    """
    now = Q(from_date__lte=today) & (Q(to_date=None) | Q(to_date__gt=today))
    if covered is None:
        mine = Allocation.objects.visible_to(me).filter(now, superseded_by=None, part=Allocation.Part.COVER)
        covered = list(mine.filter(worker=me.id).values_list(WHOSE, flat=True))
    if not covered:
        return None
    with context.as_engine():
        named = Allocation.objects.filter(now, about_any(covered), superseded_by=None, part=Allocation.Part.DESIGNATED)
        pairs = list(named.exclude(worker=me.id).values_list("worker_id", WHOSE).order_by("pk"))
    owners, people = ({pair[place] for pair in pairs} for place in (0, 1))
    return Cover(tuple(sorted(owners)), tuple(sorted(people))) if pairs else None

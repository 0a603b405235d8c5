"""Meetings ahead, as the young person and the family may know of them."""

from datetime import datetime

from alongside.features.people.queries import about
from alongside.features.reviews.models import PlannedReview
from alongside.features.reviews.organising.agreeing import decides_about_family
from alongside.features.reviews.organising.queries import with_family
from alongside.foundation.access import context
from alongside.portal.reading import Mine

_S = PlannedReview.State


def ahead(mine: Mine, at: datetime) -> list[PlannedReview]:
    """The meetings ahead that this reader may know of."""
    if not mine.told_where:
        return []
    with context.as_engine():
        rows = PlannedReview.objects.filter(about(mine.person), state=_S.DATED, starts_at__gte=at)
        found = list(rows.order_by("starts_at")[:5])
    if not found or mine.own or not decides_about_family(mine.person, mine.today):
        return found
    wanted = with_family(found)
    return [one for one in found if one.pk in wanted]

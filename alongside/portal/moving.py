"""A move as the family reads it: who has them now, who will, and from which day. In plain words and without reasons."""

from datetime import timedelta
from typing import Any

from alongside.features.moving.models import AreaMove, MoveAcceptance
from alongside.features.people.queries import about
from alongside.policy.counting import local_day
from alongside.portal.reading import Mine

#: So long after the yes it stands on the first page.
STANDS = timedelta(days=90)


def who_has_them(mine: Mine) -> dict[str, Any] | None:
    """Nothing for whoever may not know where the young person is: the name of a team leads there."""
    if not mine.told_where:
        return None
    rows = AreaMove.objects.visible_to(mine.me).filter(about(mine.person)).select_related("to_icb")
    move = rows.order_by("-pk").first()
    if move is None or move.closed_how == AreaMove.Ended.STAYED:
        return None
    if move.closed_at is None:
        adult = move.kind == AreaMove.Kind.ADULT
        return {"waits": True, "adult": adult, "where": move.where, "now": mine.person.icb.name}
    if local_day(move.closed_at) < mine.today - STANDS:
        return None
    found = MoveAcceptance.objects.visible_to(mine.me).filter(move=move).first()
    if found is None:
        return None
    return {
        "waits": False,
        "named": found.named,
        "post": found.post,
        "team": found.team,
        "reach": found.reach,
        "from": found.starts_on,
    }

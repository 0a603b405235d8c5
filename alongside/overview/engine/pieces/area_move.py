"""The newest move of somebody, from what `area_move.sql` gives of it."""

from datetime import date, datetime
from typing import Any

from alongside.policy.area_moves import AreaMoveFacts


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def area_move(values: list[Any] | None) -> AreaMoveFacts | None:
    if not values:
        return None
    key, kind, to, told_on, moves_on, asked, offered, refused, refused_at, lifted, accepted, steps, named, starts_on = (
        values
    )
    return AreaMoveFacts(
        key,
        kind,
        to,
        date.fromisoformat(told_on),
        date.fromisoformat(moves_on) if moves_on else None,
        asked,
        _moment(offered),
        refused,
        _moment(refused_at),
        _moment(lifted),
        _moment(accepted),
        frozenset(steps or ()),
        named or "",
        date.fromisoformat(starts_on) if starts_on else None,
    )

"""Who is on call in an area: the rota is kept by referrals, above plans, and handed in by the wiring."""

from collections.abc import Callable
from datetime import date

#: Area and day in; names with their numbers out.
OnCallOf = Callable[[int, date], list[tuple[str, str]]]

_reads: list[OnCallOf] = []


def on_call_from(reads: OnCallOf) -> None:
    _reads[:] = [reads]


def list_on_call(icb_id: int, on: date) -> list[tuple[str, str]]:
    """Names and numbers, by name; nothing where no rota is wired."""
    return _reads[0](icb_id, on) if _reads else []

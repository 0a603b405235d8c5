"""Statements that the database plans once for a connection and not each time they are asked.

Planning a statement that many rules protect takes longer than answering it. Who asks travels before the statement in
the same round trip and the same transaction, as with every other one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.types.numeric import Int8

_WHO_ASKS = (
    "select set_config('app.key',%s,true),set_config('app.act',%s,true),"
    "set_config('plan_cache_mode','force_generic_plan',true)"
)
NEVER_BY_ITSELF = 1_000_000
WIDEST = 64


class KeptPlan(str):
    """A statement whose plan is kept. Its text is fixed, its values are named, and each value is a number, a moment, a
    day, text, yes or no, or a list of numbers; a type that the place doesn't tell is written behind the name."""

    __slots__ = ()


def ask_by_kept_plan(cursor: Any, sql: str, params: Mapping[str, Any], key: str, act: str) -> Any:
    """The cursor that has the rows: one that sends values beside the text, on the connection of `cursor`."""
    asked = psycopg.Cursor(cursor.connection)
    # Django switches plans off for a connection; only what asks for one by name gets one.
    asked.connection.prepare_threshold = NEVER_BY_ITSELF
    with asked.connection.pipeline():
        psycopg.Cursor(asked.connection).execute(_WHO_ASKS, (key, act), prepare=True)
        asked.execute(str(sql), {name: _as_sent(value) for name, value in params.items()}, prepare=True)
    return asked


def _as_sent(value: Any) -> Any:
    # A number goes as the widest kind, so that small and large ones share one plan; one typed into an address that is
    # wider still goes as it is, and no row has it.
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Int8(value) if value.bit_length() < WIDEST else value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_as_sent(one) for one in value]
    return value

"""Django's PostgreSQL backend, with who is asking put before every statement.

`set_config(…, true)` and the statement travel in one message: no extra round trip, nothing left on the
connection, and without a key the database shows no rows.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.backends.postgresql import base

from alongside.foundation.access import context
from alongside.foundation.access.backend.kept import KeptPlan, ask_by_kept_plan

_IN_ORDER = "select set_config('app.key',%s,true),set_config('app.act',%s,true);"
_NAMED = "select set_config('app.key',%(app_key)s,true),set_config('app.act',%(app_act)s,true);"
_BARE = ("begin", "commit", "rollback", "savepoint", "release", "set ", "show ")


def _say_who_asks(execute: Any, sql: str, params: Any, many: bool, ctx: dict[str, Any]) -> Any:
    key, act = context.key(), context.act()
    if not key and not act and not ctx["connection"].in_atomic_block:
        return execute(sql, params, many, ctx)
    if sql.lstrip()[:12].lower().startswith(_BARE):
        return execute(sql, params, many, ctx)
    cursor = ctx["cursor"]
    if isinstance(sql, KeptPlan):
        with ctx["connection"].wrap_database_errors:
            cursor.cursor = ask_by_kept_plan(cursor.cursor, sql, params, context.checked(key), str(act or ""))
        return None
    if many:
        if not ctx["connection"].in_atomic_block:
            raise RuntimeError("Many statements at once need a transaction, so that they know who asks.")
        cursor.cursor.execute(context.prefix(key, act))
        return execute(sql, params, many, ctx)
    result = execute(*_told(sql, params, key, act), many, ctx)
    while cursor.nextset():
        pass
    return result


def _told(sql: str, params: Any, key: str, act: UUID | None) -> tuple[str, Any]:
    """The statement with who asks before it. Its text is the same for everybody, so that the driver reads it once."""
    if params is None:
        return context.prefix(key, act) + sql, None
    asking, under = context.checked(key), str(act or "")
    if isinstance(params, Mapping):
        return _NAMED + sql, {**params, "app_key": asking, "app_act": under}
    return _IN_ORDER + sql, (asking, under, *params)


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_say_who_asks)

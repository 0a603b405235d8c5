"""Django's PostgreSQL backend, with who is asking put before every statement.

`set_config(…, true)` and the statement travel in one message: no extra round trip, nothing left on the
connection, and without a key the database shows no rows.
"""

from typing import Any

from django.db.backends.postgresql import base

from alongside.foundation.access import context

_BARE = ("begin", "commit", "rollback", "savepoint", "release", "set ", "show ")


def _say_who_asks(execute: Any, sql: str, params: Any, many: bool, ctx: dict[str, Any]) -> Any:
    key, act = context.key(), context.act()
    if not key and not act and not ctx["connection"].in_atomic_block:
        return execute(sql, params, many, ctx)
    if sql.lstrip()[:12].lower().startswith(_BARE):
        return execute(sql, params, many, ctx)
    prefix = context.prefix(key, act)
    cursor = ctx["cursor"]
    if many:
        if not ctx["connection"].in_atomic_block:
            raise RuntimeError("Many statements at once need a transaction, so that they know who asks.")
        cursor.cursor.execute(prefix)
        return execute(sql, params, many, ctx)
    if params is not None:
        prefix = prefix.replace("%", "%%")
    result = execute(prefix + sql, params, many, ctx)
    while cursor.nextset():
        pass
    return result


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_say_who_asks)

"""Counts of attempts, kept in the database by the server alone.

The library keeps values in a form that runs code when it is read back, so nobody's key may write one: the table is
closed to every key (see `settle`), and each statement here carries the server's own proof.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.db import DatabaseCache

from alongside.foundation.access import context


def _as_the_server(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def proved(self: "AttemptsCache", *given: Any, **named: Any) -> Any:
        with context.signing_in():
            return method(self, *given, **named)

    return proved


class AttemptsCache(DatabaseCache):
    """The library's, with every way to its table under the server's proof."""

    get_many = _as_the_server(DatabaseCache.get_many)
    has_key = _as_the_server(DatabaseCache.has_key)
    clear = _as_the_server(DatabaseCache.clear)
    _base_set = _as_the_server(DatabaseCache._base_set)  # type: ignore[attr-defined]
    _base_delete_many = _as_the_server(DatabaseCache._base_delete_many)  # type: ignore[attr-defined]

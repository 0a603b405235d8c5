"""Which rules the product computes. Code that computes a rule says so where it does; tests prove it."""

from collections.abc import Callable
from typing import TypeVar

_Computing = TypeVar("_Computing", bound=Callable)
_KEYS: set[str] = set()


def computes(*keys: str) -> Callable[[_Computing], _Computing]:
    """Declare that a function computes these rules."""

    def declare(function: _Computing) -> _Computing:
        _KEYS.update(keys)
        return function

    return declare


def live_keys() -> frozenset[str]:
    """Keys of all rules that some code computes."""
    # Loading them is what declares them.
    from .. import duties, ratings, retention  # noqa: F401

    return frozenset(_KEYS)

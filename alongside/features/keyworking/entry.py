"""The area's rules of entry, which say who may have a keyworker. Another room keeps them; wiring hands them over."""

from collections.abc import Callable

from alongside.foundation.organisations.models import Organisation
from alongside.policy.eligibility import EntryRules

_readers: list[Callable[[Organisation], EntryRules]] = []


def entry_rules_from(reader: Callable[[Organisation], EntryRules]) -> None:
    """Says who reads an area's rules. Called once, by `config/wiring.py`."""
    _readers[:] = [reader]


def entry_rules_of(icb: Organisation) -> EntryRules:
    """The area's rules of entry; the product's own where nobody was named to read them."""
    return _readers[0](icb) if _readers else EntryRules(icb.name)

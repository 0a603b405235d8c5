"""What a rule says: a value, why in a sentence, and where it comes from."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    """`value` is None when the rule says nothing; `because` is always a sentence a keyworker can read."""

    value: Any
    because: str
    source: str = ""

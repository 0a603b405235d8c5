"""Who the register and keyworking are for, in sentences. Suggests only: a person decides, and anybody may ask."""

from .asked import BASES, DIAGNOSES, HAPPENING, PLACES, Asked
from .rows import CHOICES, ENTRY_ROWS, NATIONAL_ENTRY, EntryRule, EntryRules, check_local_entry
from .telling import PHASES, Told, for_keyworker, for_register, in_one_sentence

__all__ = [
    "BASES",
    "CHOICES",
    "DIAGNOSES",
    "ENTRY_ROWS",
    "HAPPENING",
    "NATIONAL_ENTRY",
    "PHASES",
    "PLACES",
    "Asked",
    "EntryRule",
    "EntryRules",
    "Told",
    "check_local_entry",
    "for_keyworker",
    "for_register",
    "in_one_sentence",
]

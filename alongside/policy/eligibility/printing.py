"""The rules of entry written out for people to read (docs/reference/)."""

from ..rules import CERTAINTY
from .asked import BASES, HAPPENING
from .rows import CHOICES, NATIONAL_ENTRY, EntryRule
from .telling import PHASES


def entry_rules_as_markdown() -> str:
    """Every rule of entry that the product starts with, what an area may set it to, its source and certainty."""
    lines = [
        "# Who the register and keyworking are for",
        "",
        "What the guide and triage say of somebody. A 'local default' is no national rule: an area may set its own.",
        "They suggest; a person decides, and anybody may ask.",
        "",
        "| Rule | It says | An area may choose | Kind | Source | Certainty | Note |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_line(rule) for rule in NATIONAL_ENTRY),
    ]
    return "\n".join(lines) + "\n"


def _line(rule: EntryRule) -> str:
    cells = [
        rule.title,
        _said(rule),
        _choice(rule),
        rule.label,
        rule.source_label,
        CERTAINTY[rule.certainty],
        rule.note,
    ]
    return "| " + " | ".join(cells) + " |"


def _said(rule: EntryRule) -> str:
    return f"{rule.value} years" if isinstance(rule.value, int) else _words(rule, rule.many) or "nobody else"


def _choice(rule: EntryRule) -> str:
    allowed = CHOICES.get(rule.key)
    if allowed is None:
        return "nothing else"
    return f"{allowed[0]} to {allowed[1]}" if isinstance(allowed[0], int) else _words(rule, tuple(map(str, allowed)))


def _words(rule: EntryRule, names: tuple[str, ...]) -> str:
    known = PHASES if rule.key == "keyworker_also" else BASES | HAPPENING
    return "; ".join(known.get(name, name.replace("_", " ")) for name in names)

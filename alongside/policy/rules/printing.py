"""The rules as people read them: one plain object for each row."""

from .live import live_keys
from .rule import Rule
from .ruleset import Ruleset


def printed(ruleset: Ruleset) -> list[dict]:
    """One object a row, in order. A row with several parts lists them; its main values are the first's.

    `live` is worked out: the product computes every part of the row, and it has commenced.
    """
    by_row: dict[int, list[Rule]] = {}
    for rule in ruleset.rules:
        if rule.row is not None:
            by_row.setdefault(rule.row, []).append(rule)
    return [_row(row, by_row[row], ruleset) for row in sorted(by_row)]


def printed_beside(ruleset: Ruleset) -> list[dict]:
    """The rules the product adds, which have no row in the table of time limits."""
    keys = dict.fromkeys(rule.key for rule in ruleset.rules if rule.row is None)
    return [_row(None, [r for r in ruleset.rules if r.key == key], ruleset) for key in keys]


def _row(row: int | None, rules: list[Rule], ruleset: Ruleset) -> dict:
    national = [rule for rule in rules if not rule.icb]
    own = [rule for rule in rules if rule.icb]
    main = national[0]
    return {
        "row": row,
        "key": main.key,
        "title": main.title,
        "live": all(_is_live(rule) for rule in national if not _is_future_law(rule, national)),
        "kind": main.kind,
        "label": main.label,
        "length": _lengths(national),
        "number": main.length.number if main.length else None,
        "unit": main.length.unit if main.length else None,
        "counting": main.counting,
        "source": main.source,
        "source_label": main.source_label,
        "certainty": main.certainty,
        "applies_to": main.applies_to,
        "starts_on": main.starts_on.isoformat() if main.starts_on else None,
        "ends_on": main.ends_on.isoformat() if main.ends_on else None,
        "pack": main.pack or None,
        "note": main.note,
        "parts": [_part(rule) for rule in national] if len(national) > 1 else [],
        "local": [_part(rule) for rule in own],
    }


def _is_live(rule: Rule) -> bool:
    return rule.starts_on is not None and rule.key in live_keys()


def _is_future_law(rule: Rule, national: list[Rule]) -> bool:
    """A part not commenced, beside a part of the same row that is in force."""
    return rule.starts_on is None and any(other.starts_on is not None for other in national)


def _lengths(rules: list[Rule]) -> str:
    if len(rules) == 1:
        return rules[0].length_in_words
    return "; ".join(f"{rule.part} {rule.length_in_words}".strip() for rule in rules)


def _part(rule: Rule) -> dict:
    return {
        "key": rule.key,
        "part": rule.part,
        "live": _is_live(rule),
        "length": rule.length_in_words,
        "number": rule.length.number if rule.length else None,
        "unit": rule.length.unit if rule.length else None,
        "counting": rule.counting,
        "certainty": rule.certainty,
        "kind": rule.kind,
        "source_label": rule.source_label,
        "starts_on": rule.starts_on.isoformat() if rule.starts_on else None,
        "ends_on": rule.ends_on.isoformat() if rule.ends_on else None,
    }

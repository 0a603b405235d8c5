"""A short way to write a row of data; a length is written '14 days' or left empty."""

from datetime import date

from ..rule import ALWAYS, MONTHS_OF_YEAR, Length, Rule
from .sources import source_words


def length(text: str) -> Length | None:
    if not text:
        return None
    number, unit = text.split(" ", 1)
    unit = unit.replace(" ", "_")
    whole = unit.endswith("s") or unit in MONTHS_OF_YEAR or unit == "percent"
    return Length(int(number), unit if whole else f"{unit}s")


def rule(
    row: int | None,
    key: str,
    title: str,
    long: str,
    counting: str,
    source: str,
    certainty: str,
    kind: str,
    applies_to: str = "everyone",
    *,
    detail: str = "",
    starts_on: date | None = ALWAYS,
    ends_on: date | None = None,
    pack: str = "",
    part: str = "",
    note: str = "",
) -> Rule:
    """One national row; a pack's row starts on no day until the pack is switched on."""
    return Rule(
        key=key,
        row=row,
        title=title,
        length=length(long),
        counting=counting,
        starts_on=None if pack else starts_on,
        source=source,
        source_label=source_words(source, detail),
        certainty=certainty,
        kind=kind,
        applies_to=applies_to,
        note=note,
        ends_on=ends_on,
        pack=pack,
        part=part,
    )


__all__ = ["length", "rule"]

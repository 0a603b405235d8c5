"""Loading an official text of the lines of enquiry: JSON, one set or several, each checked before any is kept."""

import json
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from alongside.features.reviews.models import LineSet
from alongside.foundation.recording.recording import By, recording
from alongside.policy.enquiry import QUESTIONS, SETS

MOST_LINES = 40


class NotLines(ValueError):
    """The file isn't a text of lines of enquiry. Its sentence says what to change."""


def read_sets(text: str) -> list[dict[str, Any]]:
    """[{which, source, lines: [{key, title, asks}]}] from JSON. Raises NotLines.

    The file is a list, or one, of {"set": one of SETS, "source": words, "lines": [{"title": …, "asks": […]}]}.
    """
    try:
        read = json.loads(text)
        can_be_kept = _is_text(read)
    except (ValueError, RecursionError) as wrong:
        raise NotLines("This is not JSON. Save it as JSON and load it again.") from wrong
    if not can_be_kept:
        raise NotLines("A text in it has a character that can't be kept (NUL, or half of one). Take it out.")
    sets = read if isinstance(read, list) else [read]
    if not sets:
        raise NotLines("There is no set in it.")
    return [_one(one) for one in sets]


def _is_text(read: Any) -> bool:
    """Whether the database can keep each text in it: no NUL, and nothing that is no character."""
    if isinstance(read, str):
        return "\0" not in read and not any("\ud800" <= c <= "\udfff" for c in read)
    if isinstance(read, dict):
        return all(_is_text(one) for pair in read.items() for one in pair)
    return all(_is_text(one) for one in read) if isinstance(read, list) else True


def _one(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict) or not isinstance(given.get("set"), str) or given["set"] not in SETS:
        raise NotLines(f"Each set has a name under 'set': one of {', '.join(SETS)}.")
    which, source, lines = given["set"], str(given.get("source") or "").strip(), given.get("lines")
    if not source:
        raise NotLines(f"{which}: say under 'source' which text it is, and of when.")
    if not isinstance(lines, list) or not 0 < len(lines) <= MOST_LINES:
        raise NotLines(f"{which}: 'lines' holds 1 to {MOST_LINES} lines.")
    taken = {line.key for line in QUESTIONS}
    return {
        "which": which,
        "source": source[:200],
        "lines": [_line(which, n, one, taken) for n, one in enumerate(lines)],
    }


def _line(which: str, number: int, given: Any, taken: set[str]) -> dict[str, Any]:
    title = str(given.get("title") or "").strip() if isinstance(given, dict) else ""
    if not title:
        raise NotLines(f"{which}: line {number + 1} has no 'title'.")
    asks = given.get("asks") or []
    if not isinstance(asks, list) or not all(isinstance(one, str) for one in asks):
        raise NotLines(f"{which}: 'asks' of line {number + 1} is a list of sentences.")
    key = f"l{number + 1}-{slugify(title)}"[:30].rstrip("-")
    if key in taken:
        raise NotLines(f"{which}: line {number + 1} is there twice.")
    taken.add(key)
    return {"key": key, "title": title[:200], "asks": [one.strip()[:300] for one in asks]}


def load_sets(sets: list[dict[str, Any]], *, by: By, at: datetime) -> int:
    """Keeps those that differ from what stands. Reviews that began already keep theirs. How many were kept."""
    fresh = [one for one in sets if _differs(one)]
    if fresh:
        with recording(by=by, at=at) as note:
            for one in fresh:
                LineSet.objects.create(**one, loaded_at=at)
                note("lines_of_enquiry.loaded", words=f"{SETS[one['which']]}: {one['source']} was loaded.")
    return len(fresh)


def _differs(one: dict[str, Any]) -> bool:
    stands = LineSet.objects.filter(which=one["which"]).order_by("-pk").first()
    return stands is None or (stands.source, stands.lines) != (one["source"], one["lines"])

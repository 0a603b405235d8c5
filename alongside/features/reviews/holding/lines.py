"""Lines of enquiry as they are used in one review, and what was found on each, kept as it is typed.

Nothing typed is lost: what comes on top of newer words of somebody else is kept aside, and both are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.features.reviews.models import Finding, LineSet, WriteUp
from alongside.foundation.access.me import Me
from alongside.policy.enquiry import QUESTIONS, Line, own_lines

WORDS = ("finding", "seen", "working", "not_working", "concern", "plain")
EMPTY: dict[str, Any] = {**dict.fromkeys(WORDS, ""), "about_others": False}


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping. clash: somebody else's words are newer; these were kept aside."""

    version: int
    clash: bool = False


def newest_set(which: str) -> LineSet | None:
    """The official text that was loaded last for this set; None while our own headings stand."""
    return LineSet.objects.filter(which=which).order_by("-pk").first()


def lines_of(write_up: WriteUp) -> tuple[Line, ...]:
    """The four questions, then the lines of the set that this review began with."""
    loaded = write_up.line_set
    if loaded is None:
        return (*QUESTIONS, *own_lines(write_up.which))
    return (*QUESTIONS, *(Line(one["key"], one["title"], tuple(one["asks"])) for one in loaded.lines))


def find_line(write_up: WriteUp, key: str) -> Line | None:
    return next((line for line in lines_of(write_up) if line.key == key), None)


def findings_of(write_up: WriteUp) -> dict[str, Finding]:
    """What stands on each line that somebody began, by its key."""
    rows = Finding.objects.filter(review_id=write_up.review_id).select_related("saved_by")
    return {row.line: row for row in rows}


def unanswered(write_up: WriteUp) -> list[str]:
    """Which of the four questions have no answer yet."""
    found = Finding.objects.filter(review_id=write_up.review_id).exclude(finding="").values_list("line", flat=True)
    answered = set(found)
    return [line.title for line in QUESTIONS if line.key not in answered]


def words_of(row: Finding | None) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EMPTY} if row else dict(EMPTY)


def keep_finding(
    *, write_up: WriteUp, line: str, words: Mapping[str, Any], seen: int, page: str, by: Me, at: datetime
) -> Kept:
    """Keeps a line as it was typed. `seen` is the version that the page was drawn from, 0 where nobody had begun.

    `page` is the page's own mark: it goes on over its own words without counting up. Over newer words of another page
    nothing is written: then what was typed is kept aside in the writer's name.
    """
    told = {name: words.get(name) or EMPTY[name] for name in EMPTY}
    with transaction.atomic():
        row, made = Finding.objects.select_for_update(of=("self",)).get_or_create(
            review_id=write_up.review_id,
            line=line,
            defaults={
                "person_id": write_up.person_id,
                "saved_at": at,
                "saved_by_id": by.id,
                "page": page,
                **told,
            },
        )
        if made or words_of(row) == told:
            return Kept(row.version)
        if page != row.page and seen != row.version:
            row.aside = {**row.aside, str(by.id): {**told, "name": by.name, "at": at.isoformat()}}
            row.save(update_fields=["aside"])
            return Kept(row.version, clash=True)
        for name, value in told.items():
            setattr(row, name, value)
        row.version += page != row.page
        row.page, row.saved_at, row.saved_by_id = page, at, by.id
        row.aside = {actor: kept for actor, kept in row.aside.items() if actor != str(by.id)}
        row.save()
        return Kept(row.version)


def drop_aside(*, write_up: WriteUp, line: str, actor_id: int) -> None:
    """What was kept aside was read and is not needed; whoever writes the review may say so."""
    with transaction.atomic():
        row = Finding.objects.select_for_update(of=("self",)).filter(review_id=write_up.review_id, line=line).first()
        if row is not None:
            row.aside = {actor: kept for actor, kept in row.aside.items() if actor != str(actor_id)}
            row.save(update_fields=["aside"])

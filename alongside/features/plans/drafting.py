"""A plan being written: shared by those who write it, kept on the server as it is typed, outside `recording()`.

Nothing typed is lost: what comes on top of newer words of somebody else is kept aside, and both are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.features.people.models import Person
from alongside.features.plans.models import TOPIC_OF, DraftPart, PlanPart, PlanVersion
from alongside.foundation.access.me import Me
from alongside.policy.plans import PARTS

Face = dict[str, Any]
FACES = ("words", "plain", "easy")
EMPTY: Face = {"words": "", "plain": "", "easy": []}


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping. clash: somebody else's words are newer; these were kept aside."""

    version: int
    clash: bool = False


def read_draft(person: Person, parts: Mapping[str, PlanPart] | None = None) -> dict[str, Face]:
    """Every part as it stands in the draft; what nobody began yet as it was shared last."""
    begun = {row.kind: row.face for row in DraftPart.objects.filter(person=person)}
    shared = {kind: row.face for kind, row in (parts or {}).items()}
    return {kind: begun[kind] if kind in begun else shared.get(kind, {}) for kind in PARTS}


def find_part(person: Person, kind: str) -> DraftPart | None:
    return DraftPart.objects.select_related("saved_by", "copied_from").filter(person=person, kind=kind).first()


def copied_parts(person: Person) -> dict[str, PlanVersion]:
    """Parts that stand as an earlier version said them, and which one; nobody has gone through them since."""
    rows = DraftPart.objects.filter(person=person, copied_from__isnull=False).select_related("copied_from")
    found = {row.kind: row.copied_from for row in rows if row.copied_from}
    return {kind: found[kind] for kind in PARTS if kind in found}


def keep_part(
    *,
    person: Person,
    kind: str,
    face: Face,
    seen: int,
    page: str,
    by: Me,
    at: datetime,
    gone_through: bool = False,
) -> Kept:
    """Keeps a part as it was typed. `seen` is the version that the page was drawn from, 0 where nobody had begun.

    `page` is the page's own mark: it goes on over its own words without counting up. Over newer words of another page
    nothing is written: then what was typed is kept aside in the writer's name. `gone_through`: it was saved by hand,
    so that words which were copied hold although nobody changed them.
    """
    told = {**EMPTY, **face}
    with transaction.atomic():
        row, made = DraftPart.objects.select_for_update(of=("self",)).get_or_create(
            person=person,
            kind=kind,
            defaults={"topic": TOPIC_OF[kind], "saved_at": at, "saved_by_id": by.id, "page": page, **told},
        )
        if made or {name: getattr(row, name) for name in FACES} == told:
            if gone_through and row.copied_from_id:
                row.copied_from = None
                row.save(update_fields=["copied_from"])
            return Kept(row.version)
        if page != row.page and seen != row.version:
            row.aside = {**row.aside, str(by.id): {**told, "name": by.name, "at": at.isoformat()}}
            row.save(update_fields=["aside"])
            return Kept(row.version, clash=True)
        for name, value in told.items():
            setattr(row, name, value)
        row.version += page != row.page
        row.page, row.saved_at, row.saved_by_id, row.copied_from = page, at, by.id, None
        row.aside = {actor: words for actor, words in row.aside.items() if actor != str(by.id)}
        row.save()
        return Kept(row.version)


def drop_aside(*, person: Person, kind: str, actor_id: int) -> None:
    """What was kept aside was read and is not needed; whoever writes the plan may say so."""
    with transaction.atomic():
        row = DraftPart.objects.select_for_update(of=("self",)).filter(person=person, kind=kind).first()
        if row is not None:
            row.aside = {actor: words for actor, words in row.aside.items() if actor != str(actor_id)}
            row.save(update_fields=["aside"])


def end_draft(person: Person, sent: Mapping[str, Face]) -> None:
    """What was shared needs no draft any more; what was written since stays."""
    for row in DraftPart.objects.filter(person=person, aside={}):
        if row.face == sent.get(row.kind, {}):
            row.delete()

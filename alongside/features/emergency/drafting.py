"""A meeting being written down: kept on the server at every step, outside `recording()`. Nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.features.emergency.models import EmergencyDraft
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.foundation.access.me import Me
from alongside.foundation.nhsuk.forms.fields import without_controls

MOST_NAMES, LONGEST = 60, 4000
#: What a page carries besides what is typed.
NOT_TYPED = ("csrfmiddlewaretoken", "submission", "seen", "stay")
Typed = dict[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping. clash: somebody else's words are newer, and nothing was written over them."""

    seen: int
    clash: bool = False


def typed_of(sent: Mapping[str, Any]) -> Typed:
    """What somebody typed on the page of a step, within bounds."""
    kept = {_text(name)[:60]: _text(value)[:LONGEST] for name, value in sent.items() if name not in NOT_TYPED}
    return dict(list(kept.items())[:MOST_NAMES])


def _text(value: str) -> str:
    return without_controls(str(value)).encode("utf-8", "replace").decode()


def find_draft(me: Me, person: Person) -> EmergencyDraft | None:
    """One's own, of this person."""
    return EmergencyDraft.objects.filter(about(person), actor_id=me.id).first()


def list_drafts(person: Person) -> list[EmergencyDraft]:
    """Those that the reader may see: the database decides."""
    return list(EmergencyDraft.objects.filter(about(person)).select_related("actor").order_by("begun_at", "pk"))


def answers_of(draft: EmergencyDraft, step: str) -> Typed:
    found: Typed = draft.answers.get(step, {})
    return found


def seen_of(draft: EmergencyDraft, step: str) -> int:
    """How often a step was saved by different pages: what a page is drawn from."""
    return int((draft.marks.get(step) or {}).get("seen", 0))


def keep_step(
    *, draft: EmergencyDraft, step: str, typed: Mapping[str, str], seen: int, page: str, at: datetime
) -> Kept:
    """Keeps one step as it was typed. A page goes on over its own words, and never over newer ones of another page."""
    with transaction.atomic():
        row = EmergencyDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
        if row is None:
            return Kept(seen, clash=True)
        mark = row.marks.get(step) or {}
        if row.answers.get(step, {}) == dict(typed):
            return Kept(int(mark.get("seen", 0)))
        if mark and mark["page"] != page and int(mark["seen"]) != seen:
            return Kept(int(mark["seen"]), clash=True)
        number = int(mark.get("seen", 0)) + (mark.get("page") != page)
        row.answers = {**row.answers, step: dict(typed)}
        row.marks = {**row.marks, step: {"page": page, "seen": number}}
        row.saved_at = at
        row.save(update_fields=["answers", "marks", "saved_at"])
        return Kept(number)


def begun(draft: EmergencyDraft) -> set[str]:
    """The steps in which something was typed."""
    return {step for step, typed in draft.answers.items() if any(str(value).strip() for value in typed.values())}


def as_data(draft: EmergencyDraft, step: str, token: str) -> dict[str, Any]:
    """A step as its form is filled again."""
    return {**answers_of(draft, step), "submission": token}

"""What is typed at a meeting is kept as it is typed. It is nobody's decision yet, so nothing is recorded or told."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.features.register.models import MeetingDraft
from alongside.foundation.nhsuk.forms.fields import without_controls

KEEP = """
    insert into register_meetingdraft as d (item_id, person_id, actor_id, answers, saved_at)
    values (%(item)s, %(person)s, %(actor)s, %(answers)s::jsonb, %(at)s)
    on conflict (item_id, actor_id) do update set answers = excluded.answers, saved_at = excluded.saved_at
"""
MOST_NAMES, MOST_VALUES, LONGEST = 80, 30, 2000
#: What the page carries besides what is typed.
NOT_TYPED = ("csrfmiddlewaretoken", "submission", "step")
#: Chosen before anybody typed: they alone are nothing to keep.
GIVEN = ("seen", "version", "proposal", "tool", "again", "present", "colour", "reasons", "action-owner")


def keep_draft(
    typed: Iterable[tuple[str, list[str]]], *, item_id: int, person_id: int, actor_id: int, at: datetime
) -> None:
    """Keeps the page as typed. Not part of any act: nobody was told anything yet. An empty page keeps nothing."""
    kept = {_text(name)[:60]: [_text(value)[:LONGEST] for value in values[:MOST_VALUES]] for name, values in typed}
    kept = {name: values for name, values in list(kept.items())[:MOST_NAMES] if name not in NOT_TYPED}
    if not any(value.strip() for name, values in kept.items() for value in values if name not in GIVEN):
        return
    asked: dict[str, Any] = {
        "item": item_id,
        "person": person_id,
        "actor": actor_id,
        "answers": json.dumps(kept),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, asked)


def _text(value: str) -> str:
    return without_controls(str(value)).encode("utf-8", "replace").decode()


def forget_draft(*, item_id: int, actor_id: int) -> None:
    MeetingDraft.objects.filter(item_id=item_id, actor_id=actor_id).delete()


def forget_drafts_of(meeting_id: int) -> None:
    """When a meeting closes. What was typed and not saved was not decided."""
    MeetingDraft.objects.filter(item__meeting_id=meeting_id).delete()


def without_action(answers: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """What is left of a page once its action was saved."""
    return [(name, list(values)) for name, values in answers.items() if not name.startswith("action-")]

"""What was typed on the form of a contact: kept on the server while it is typed, and until it is saved."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import connection

from alongside.features.keyworking.models import ContactDraft
from alongside.features.people.models import Person
from alongside.foundation.nhsuk.forms.dates import PARTS, TypedDate
from alongside.foundation.nhsuk.forms.fields import without_controls

#: Local default: no national figure was found. After so many days without a word what was typed is deleted.
KEPT_DAYS = 28
MOST_NAMES, LONGEST = 40, 2000
KEEP = """
    insert into keyworking_contactdraft as d (person_id, actor_id, answers, saved_at, expires_at)
    values (%(person)s, %(actor)s, %(answers)s::jsonb, %(at)s, %(until)s)
    on conflict (person_id, actor_id) do update set
        answers = excluded.answers, saved_at = excluded.saved_at, expires_at = excluded.expires_at
"""
#: What the page carries besides what is typed.
NOT_TYPED = ("csrfmiddlewaretoken", "submission", "next", "tried")


def keep_draft(typed: Iterable[tuple[str, list[str]]], *, person: Person, actor_id: int, at: datetime) -> None:
    """Keeps the form as typed. Not part of any act: nobody was told anything yet. An empty form keeps nothing."""
    kept = {_text(name)[:40]: [_text(value)[:LONGEST] for value in values[:10]] for name, values in typed}
    kept = {name: values for name, values in list(kept.items())[:MOST_NAMES] if name not in NOT_TYPED}
    if not any(value.strip() for values in kept.values() for value in values):
        return
    until = at + timedelta(days=KEPT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP, {"person": person.pk, "actor": actor_id, "answers": json.dumps(kept), "at": at, "until": until}
        )


def _text(value: str) -> str:
    return without_controls(str(value)).encode("utf-8", "replace").decode()


def find_draft(*, person: Person, actor_id: int, at: datetime) -> ContactDraft | None:
    return ContactDraft.objects.filter(person=person, actor_id=actor_id, expires_at__gt=at).first()


def forget_draft(*, person: Person, actor_id: int) -> None:
    ContactDraft.objects.filter(person=person, actor_id=actor_id).delete()


def delete_expired_drafts(at: datetime) -> int:
    """Contact drafts that nobody went on with. As the engine; how many."""
    return ContactDraft.objects.filter(expires_at__lte=at).delete()[0]


def as_initial(answers: Mapping[str, list[str]]) -> dict[str, object]:
    """What a form starts with, from what was typed: a day is as its three boxes were, whole or not."""
    typed = {name: values[0] for name, values in answers.items() if values}
    days = {
        name.removesuffix("-day"): TypedDate(*(typed.get(f"{name.removesuffix('-day')}-{part}", "") for part in PARTS))
        for name in typed
        if name.endswith("-day")
    }
    begun = {name: day for name, day in days.items() if len(day.missing()) < len(PARTS)}
    return {**typed, **begun, "with_whom": answers.get("with_whom", [])}

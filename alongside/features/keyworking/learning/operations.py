"""What is written about learning and about what was given to partners. Each is called inside `recording()`."""

from collections.abc import Mapping
from typing import Any

from alongside.features.keyworking.models import AwarenessGiven, CompetencySeen
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.competencies import BY_KEY


def record_competency(note: Notes, *, icb: Organisation, worker: Actor, given: Mapping[str, Any]) -> CompetencySeen:
    """What a keyworker was seen to be able to do. The newest of each counts; those before stay."""
    names = ("competency", "level", "seen_on", "how")
    values = {name: given[name] for name in names}
    made = CompetencySeen.objects.create(icb=icb, worker=worker, seen_by_id=note.by.id, **values)
    level = CompetencySeen.Level(made.level).label.lower()
    words = f"{worker.name}: {BY_KEY[made.competency].title}. {level.capitalize()}."
    note("competency.seen", words=words, icb_id=icb.pk)
    return made


def record_awareness(note: Notes, *, icb: Organisation, given: Mapping[str, Any]) -> AwarenessGiven:
    """Awareness or consultation given to a partner."""
    names = ("kind", "organisation", "given_on", "what", "how_many")
    values = {name: given[name] for name in names}
    made = AwarenessGiven.objects.create(icb=icb, given_by_id=note.by.id, recorded_at=note.at, **values)
    note("awareness.given", words=f"{made.get_kind_display()} for {made.organisation}.", icb_id=icb.pk)
    return made

"""Visits to where somebody lives. Called inside `recording()`."""

from datetime import date, datetime, time
from typing import Any

from alongside.features.concerns.access import check_writes
from alongside.features.concerns.keeping import write
from alongside.features.concerns.models import QualityVisit
from alongside.features.concerns.text import IN_FUTURE
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day


def record_quality_visit(
    note: Notes, *, by: Me, person: Person, place: str, visited_on: date, seen_alone: str, not_alone_because: str = "",
    again_on: date | None = None, family_words: str = "", **said: Any,
) -> QualityVisit:  # fmt: skip
    """A visit that took place. NotNow for one to come, and where they weren't seen alone and nobody says why.

    family_words: what the family reads of it; '' keeps the visit from their page.
    """
    check_writes(by, person, Topic.PLACEMENT)
    if visited_on > local_day(note.at):
        raise NotNow("future", IN_FUTURE)
    if seen_alone == QualityVisit.SeenAlone.NO and not not_alone_because.strip():
        raise NotNow("alone", "Write why they weren’t seen alone.")
    if again_on is not None and again_on <= visited_on:
        raise NotNow("again", "The next visit must be after this one.")
    alone = "" if seen_alone == QualityVisit.SeenAlone.YES else " They weren’t seen alone."
    return write(
        note, QualityVisit, person=person, topic=Topic.PLACEMENT, code="quality_visit.recorded",
        words=f"Somebody visited them at {place}.{alone}",
        happened_at=min(datetime.combine(visited_on, time(12), LONDON), note.at),
        place=place, visited_on=visited_on, seen_alone=seen_alone, not_alone_because=not_alone_because,
        again_on=again_on, told=bool(family_words.strip()), family_words=family_words.strip(), **said,
    )  # fmt: skip

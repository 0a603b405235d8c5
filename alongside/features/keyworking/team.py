"""What is written about the team. Each is called inside `recording()` by somebody who runs it."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from alongside.features.keyworking.learning.courses import titles_of
from alongside.features.keyworking.learning.matters import note_required, note_training
from alongside.features.keyworking.models import (
    CaseloadSetting,
    Course,
    KeyworkerProfile,
    Leave,
    MatchWish,
    TrainingDone,
    WorkTime,
)
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.allocation import COURSES, check_local_caseload
from alongside.policy.allocation.caseload import Value
from alongside.policy.counting import day_in_words

STALE = "Somebody else changed this since you opened it. Look at what stands now and send it again."


def set_profile(note: Notes, *, icb: Organisation, worker: Actor, seen: int | None, **values: Any) -> KeyworkerProfile:
    """Base, skills, interests. `seen` is the version that the form was filled in from; NotNow for an old one."""
    profile = KeyworkerProfile.objects.select_for_update().filter(icb=icb, worker=worker).first()
    if profile is None:
        profile = KeyworkerProfile(icb=icb, worker=worker, version=0)
    elif seen is not None and seen != profile.version:
        raise NotNow("stale", STALE)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.version += 1
    profile.save()
    _say(note, icb, "keyworker_profile.set", f"What is known of {worker.name} as a keyworker was written down.")
    return profile


def set_work_time(note: Notes, *, icb: Organisation, worker: Actor, share: Decimal, from_date: date) -> WorkTime:
    """How much somebody works from a day on; what was so before ends the day before. NotNow for an earlier day."""
    before = WorkTime.objects.filter(icb=icb, worker=worker, to_date=None).order_by("from_date").last()
    if before is not None:
        if from_date <= before.from_date:
            raise NotNow("earlier", f"Choose a day after {day_in_words(before.from_date)}, when this last changed.")
        before.to_date = from_date - timedelta(days=1)
        before.save(update_fields=["to_date"])
    made = WorkTime.objects.create(icb=icb, worker=worker, share=share, from_date=from_date)
    words = f"{worker.name} works {share:.0%} of full time from {day_in_words(from_date)}."
    _say(note, icb, "work_time.set", words)
    return made


def add_leave(note: Notes, *, icb: Organisation, worker: Actor, from_date: date, to_date: date | None) -> Leave:
    made = Leave.objects.create(icb=icb, worker=worker, from_date=from_date, to_date=to_date)
    until = f"until {day_in_words(to_date)}" if to_date else "until nobody knows when"
    _say(note, icb, "leave.added", f"{worker.name} is away from {day_in_words(from_date)} {until}.")
    return made


def record_training(
    note: Notes,
    *,
    icb: Organisation,
    worker: Actor,
    course: str,
    completed_on: date,
    expires_on: date | None = None,
    evidence: str = "",
) -> TrainingDone:
    """A completed course. The same completion said twice is one."""
    made, _ = TrainingDone.objects.update_or_create(
        icb=icb,
        worker=worker,
        course=course,
        completed_on=completed_on,
        defaults={"expires_on": expires_on, "evidence": evidence},
    )
    note_training(note, icb, course=course, worker=worker)
    title = COURSES.get(course) or Course.objects.get(icb=icb, key=course).title
    words = f"{worker.name} completed {title} on {day_in_words(completed_on)}."
    _say(note, icb, "training.recorded", words)
    return made


def set_caseload_rule(
    note: Notes, *, icb: Organisation, key: str, value: Value, starts_on: date, source: str = ""
) -> CaseloadSetting:
    """An area's own value from a day on. ValueError, with a sentence, for one that cannot be."""
    courses = titles_of(icb) if isinstance(value, tuple) else {}
    rule = check_local_caseload(key, value, icb=icb.name, starts_on=starts_on, source=source, courses=courses)
    made = CaseloadSetting.objects.create(
        icb=icb,
        rule_key=key,
        value=list(value) if isinstance(value, tuple) else value,
        starts_on=starts_on,
        source=source,
        decided_by_id=note.by.id,
    )
    if isinstance(value, tuple):
        note_required(note, icb)
    _say(note, icb, "caseload_rule.set", f"A rule of caseload was set: {rule.title.lower()} {rule.said}.")
    return made


def record_wish(note: Notes, *, person: Person, given: Mapping[str, Any], interests: list[str]) -> MatchWish:
    """What the young person and family wish of a keyworker. The newest counts."""
    return record_fact(
        note,
        MatchWish,
        person=person,
        topic=Topic.KEYWORKING,
        words="What they wish of a keyworker was written down.",
        said=given["said"],
        needs=list(given["needs"]),
        interests=interests,
        wanted_id=int(given["wanted"]) if given["wanted"] else None,
        unwanted_id=int(given["unwanted"]) if given["unwanted"] else None,
    )


def _say(note: Notes, icb: Organisation, code: str, words: str) -> None:
    note(code, words=words, icb_id=icb.pk)

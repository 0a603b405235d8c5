"""Writing down an emergency meeting, and what follows from it. Each is called inside `recording()`."""

from datetime import timedelta
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.operations import put_in_ledger
from alongside.features.emergency import text
from alongside.features.emergency.access import (
    check_may_decide,
    check_may_write,
    may_say_of_admission,
    read_for,
    writes_reviews,
)
from alongside.features.emergency.composing import Composed
from alongside.features.emergency.models import (
    EmergencyDraft,
    EmergencyMeeting,
    EmergencyTask,
    MeetingDissent,
    MeetingSide,
    SafetyPlan,
)
from alongside.features.emergency.queries import has_stay_since
from alongside.features.emergency.stamps import stamp
from alongside.features.emergency.telling import tell_who_reads
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.features.people.queries import Reach, about
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import propose_rating
from alongside.features.reviews.models import Review
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day
from alongside.policy.ratings import find_news, proposed_by

#: A meeting that was held so long before somebody began to write it down is written as a contact; local default.
LONGEST_AGO = timedelta(days=7)


def begin_meeting(note: Notes, *, reach: Reach, by: Me) -> EmergencyDraft:
    """Starts the page of a meeting, or goes on with one's own. From now on it is due to be finished."""
    check_may_write(by, reach)
    person = reach.person
    made, new = EmergencyDraft.objects.get_or_create(
        person=person, actor_id=by.id, defaults={"begun_at": note.at, "saved_at": note.at}
    )
    words = "An emergency meeting was begun." if new else "Writing down an emergency meeting went on."
    _say(note, "emergency.begun", person, words)
    return made


def take_over(note: Notes, *, draft: EmergencyDraft, reach: Reach, by: Me) -> EmergencyDraft:
    """Goes on with what somebody else began. Raises NotNow where one has begun one of one's own."""
    if not writes_reviews(by, reach):
        raise Refused("may_not_take_over", "The team, or the commissioner, goes on with what somebody else began.")
    now = _lock(draft)
    if EmergencyDraft.objects.filter(person=now.person, actor_id=by.id).exclude(pk=now.pk).exists():
        raise NotNow("own", "You have begun one yourself. Finish it, or say that it is not needed, first.")
    now.actor_id = by.id
    now.save(update_fields=["actor"])
    _say(note, "emergency.taken_over", reach.person, f"{by.name} goes on writing down an emergency meeting.")
    return now


def drop_meeting(note: Notes, *, draft: EmergencyDraft, reach: Reach, by: Me, because: str) -> None:
    """What was begun by mistake. The reason stays on the timeline."""
    check_may_write(by, reach)
    if not because.strip():
        raise NotNow("because", "Say why it is not needed.")
    _lock(draft).delete()
    _say(note, "emergency.dropped", reach.person, f"An emergency meeting that was begun is not needed: {because}")


def finish_meeting(note: Notes, *, draft: EmergencyDraft, composed: Composed, reach: Reach, by: Me) -> EmergencyMeeting:
    """Everything of a meeting in one act. Raises NotNow for what is missing, Refused for whoever may not write here.

    The meeting itself is written in the name of whoever writes, which the database checks; what hangs on it is the
    engine's, because whoever broke the glass writes nothing else.
    """
    check_may_write(by, reach)
    now = _lock(draft)
    if composed.problems:
        raise NotNow("missing", composed.problems[0][1])
    assert composed.held_at is not None
    # From when it was begun to be written: what lay unfinished for long is still finished, and never lost.
    if composed.held_at < now.begun_at - LONGEST_AGO:
        raise NotNow("long_ago", "It was held more than a week before you began to write. Write it down as a contact.")
    person, held = reach.person, composed.held_at
    outcome = EmergencyMeeting.Outcome(composed.values["outcome"])
    with context.as_engine():
        review = _as_held(note, person, composed, outcome)
        colour = _colour(person)
    meeting = record_fact(
        note,
        EmergencyMeeting,
        person=person,
        topic=Topic.REVIEW,
        words=f"An emergency meeting was held: {outcome.label.lower()}.",
        code="emergency.held",
        happened_at=held,
        review=review,
        colour_then=colour,
        watcher_id=composed.watcher,
        **composed.values,
    )
    with context.as_engine():
        _hang_on(note, meeting, composed, by)
        if outcome not in text.ADMITTED:
            _propose(note, person)
    tell_who_reads(note, meeting)
    now.delete()
    return meeting


def _as_held(note: Notes, person: Person, composed: Composed, outcome: EmergencyMeeting.Outcome) -> Review:
    """The row that the clocks read. Its kind satisfies none of them."""
    return record_fact(
        note,
        Review,
        person=person,
        topic=Topic.REVIEW,
        words="An emergency meeting is no review: the clocks go on.",
        code="review.not_counted",
        happened_at=composed.held_at,
        kind=Review.Kind.EMERGENCY,
        held_at=composed.held_at,
        chair=composed.values["chair"],
        outcome=f"{outcome.label}: {composed.values['decision']}"[:300],
    )


def _hang_on(note: Notes, meeting: EmergencyMeeting, composed: Composed, by: Me) -> None:
    of = {"meeting": meeting, "person": meeting.person}
    MeetingSide.objects.bulk_create(
        MeetingSide(agency=agency, who=who, why_not=why, **of) for agency, who, why in composed.sides
    )
    MeetingDissent.objects.bulk_create(
        MeetingDissent(name=name, because=because, **of) for name, because in composed.dissents
    )
    for job in composed.jobs:
        action = put_in_ledger(
            note,
            by=by,
            person=meeting.person,
            topic=Topic.REVIEW,
            what=job.what,
            owner=job.owner,
            due_on=local_day(job.due_at),
            origin=Action.Origin.EMERGENCY,
            origin_id=meeting.pk,
        )
        EmergencyTask.objects.create(action=action, due_at=job.due_at, **of)
    plan = SafetyPlan.objects.create(
        **stamp(note, meeting.person, Topic.KEYWORKING),
        meeting=meeting,
        words=composed.safety,
        numbers=[list(one) for one in composed.numbers],
    )
    note.of("safety_plan.written", plan, words="A safety plan was written. The family reads it.")


def _colour(person: Person) -> str:
    rows = Rating.objects.filter(about(person), standing=Rating.Standing.DECIDED).order_by("-rated_at", "-pk")
    return rows.values_list("colour", flat=True).first() or ""


def _propose(note: Notes, person: Person) -> None:
    """Red waits for a person's decision, by the rule of news (policy reference 3.4; decision 25)."""
    news = find_news("emergency", "meeting")
    assert news is not None
    for entry in RegisterEntry.objects.filter(about(person), removed_on=None, superseded_by=None):
        last = Rating.objects.filter(entry=entry, standing=Rating.Standing.DECIDED).order_by("-rated_at", "-pk")
        rated = last.values_list("colour", flat=True).first() or ""
        proposed = proposed_by(news, rated=rated, entered_on=entry.entered_on)
        if proposed.value:
            propose_rating(
                note, entry=entry, colour=proposed.value, because=proposed.because, origin=Rating.Origin.CIRCUMSTANCE
            )


# Afterwards


def read_meeting(note: Notes, *, meeting: EmergencyMeeting, by: Me, keyworkers: set[int]) -> None:
    """Takes it off the list of whoever walks alongside, or of the register team, or of both."""
    now = _lock_meeting(meeting)
    alongside, register = read_for(by, now.person, keyworkers)
    changed: dict[str, Any] = {}
    if alongside and now.keyworker_read_at is None:
        changed |= {"keyworker_read_at": note.at, "keyworker_read_by_id": by.id}
    if register and now.register_read_at is None:
        changed |= {"register_read_at": note.at, "register_read_by_id": by.id}
    if not changed:
        raise NotNow("read", "It is off your list already.")
    _change(now, changed)
    note.of("emergency.read", now, words=f"{by.name} read what the emergency meeting decided.")


def check_meeting(note: Notes, *, meeting: EmergencyMeeting, by: Me, reach: Reach, words: str) -> None:
    """What somebody found who looked in the morning whether it was done."""
    if not writes_reviews(by, reach) and not (by.id == meeting.watcher_id and reach.writes):
        raise Refused("may_not_check", text.MAY_NOT)
    now = _lock_meeting(meeting)
    if now.checked_at is not None:
        raise NotNow("checked", text.STALE)
    _change(now, {"checked_at": note.at, "checked_by_id": by.id, "checked_words": words})
    note.of("emergency.checked", now, words=f"Looked whether what was agreed in the night was done: {words}")


def decide_no_review(note: Notes, *, meeting: EmergencyMeeting, by: Me, because: str) -> None:
    """A named person decides that no review follows. Source of its clock: policy reference, row 66."""
    check_may_decide(by, meeting.person)
    now = _lock_meeting(meeting)
    if now.no_review_at is not None:
        raise NotNow("decided", text.STALE)
    _change(now, {"no_review_at": note.at, "no_review_by_id": by.id, "no_review_because": because})
    note.of("emergency.no_review", now, words=f"No review follows the emergency meeting: {because}")


def say_not_admitted(note: Notes, *, meeting: EmergencyMeeting, by: Me, reach: Reach, because: str) -> None:
    """The admission that was decided did not happen. As after any meeting without one, red waits for a decision."""
    if not may_say_of_admission(by, reach):
        raise Refused("may_not_say", text.MAY_NOT)
    now = _lock_meeting(meeting)
    if now.outcome not in text.ADMITTED or now.not_admitted_at is not None:
        raise NotNow("said", text.STALE)
    if has_stay_since(by, now):
        raise NotNow("stay", "A stay is written down since. If it is wrong, put it right there.")
    values = {"not_admitted_at": note.at, "not_admitted_by_id": by.id, "not_admitted_because": because}
    _change(now, values)
    note.of("emergency.not_admitted", now, words=f"The admission that was decided did not happen: {because}")
    with context.as_engine():
        _propose(note, now.person)


def _change(meeting: EmergencyMeeting, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=[name.removesuffix("_id") for name in values])


def _lock(draft: EmergencyDraft) -> EmergencyDraft:
    now = EmergencyDraft.objects.select_for_update(of=("self",)).select_related("person").filter(pk=draft.pk).first()
    if now is None:
        raise NotNow("gone", "This was finished, or is not needed any more. Look at the list of meetings.")
    return now


def _lock_meeting(meeting: EmergencyMeeting) -> EmergencyMeeting:
    rows = EmergencyMeeting.objects.select_for_update(of=("self",)).select_related("person__icb")
    return rows.get(pk=meeting.pk)


def _say(note: Notes, code: str, person: Person, words: str) -> None:
    note(code, words=words, person_id=person.pk, icb_id=person.icb_id, topic=Topic.REVIEW)

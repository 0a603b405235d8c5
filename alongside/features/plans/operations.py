"""Sending a plan to a supervisor, sharing it, answering it; goals and scores. Each is called inside `recording()`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from alongside.features.people.ended import check_living
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.plans.access import check_may_approve
from alongside.features.plans.drafting import EMPTY, copied_parts, end_draft, read_draft
from alongside.features.plans.models import (
    TOPIC_OF,
    Goal,
    GoalScore,
    PlanAnswer,
    PlanPart,
    PlanProposal,
    PlanVersion,
    Voice,
)
from alongside.features.plans.queries import latest_parts, latest_version
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.plans import PARTS, what_changed

NOTHING = "Nothing is written yet. Write at least one part, then send the plan."
WAITS = "This plan was sent already and waits for approval. It can be taken back."


def send_plan(note: Notes, *, person: Person, review_on: date, changed_words: str, by: Me) -> PlanProposal:
    """Every part as it stands now, for a supervisor to look at; also unchanged, when it was looked at again.

    Raises NotNow where nothing is written.
    """
    check_living(person)
    if PlanProposal.objects.filter(person=person, state=PlanProposal.State.WAITING).exists():
        raise NotNow("waits", WAITS)
    parts = read_draft(person, latest_parts(by, person))
    if not any(parts.values()):
        raise NotNow("nothing", NOTHING)
    return record_fact(
        note,
        PlanProposal,
        person=person,
        topic=Topic.KEYWORKING,
        words="The plan was sent for approval.",
        code="plan.sent",
        parts=parts,
        as_copied=list(copied_parts(person)),
        review_on=review_on,
        changed_words=changed_words,
    )


def take_back(note: Notes, *, proposal: PlanProposal) -> None:
    """It is written on before anybody decides."""
    _decide(note, proposal, PlanProposal.State.TAKEN_BACK, "")
    note.of("plan.taken_back", proposal, words="The plan was taken back before it was approved.")


def return_plan(note: Notes, *, proposal: PlanProposal, because: str, by: Me) -> None:
    """Sent back with what to change. The draft is still there."""
    check_may_approve(by, proposal.person.icb_id, proposal.recorded_by_id)
    _decide(note, proposal, PlanProposal.State.RETURNED, because)
    note.of("plan.returned", proposal, words="The plan was sent back to be changed.")


def share_plan(note: Notes, *, proposal: PlanProposal, by: Me) -> PlanVersion:
    """A supervisor of the area that holds the person, who did not send it, approves. From then on it never changes."""
    check_may_approve(by, proposal.person.icb_id, proposal.recorded_by_id)
    current = _decide(note, proposal, PlanProposal.State.SHARED, "")
    person, before = current.person, latest_version(by, current.person)
    parts = {kind: current.parts.get(kind) or {} for kind in PARTS}
    was = {kind: row.face for kind, row in latest_parts(by, person).items()}
    version = record_fact(
        note,
        PlanVersion,
        person=person,
        topic=Topic.KEYWORKING,
        words="Their plan was shared." if before is None else "A new version of their plan was shared.",
        code="plan.shared",
        number=_last_number(person) + 1,
        proposal=current,
        writer_id=current.recorded_by_id,
        review_on=current.review_on,
        changed=[list(one) for one in what_changed(was, parts)],
        changed_words=current.changed_words,
    )
    PlanPart.objects.bulk_create(_part(note, version, kind, parts[kind]) for kind in PARTS)
    end_draft(person, parts)
    return version


def _last_number(person: Person) -> int:
    """Of the versions that this area shared, also before somebody moved away and came back; 0 for none."""
    own = PlanVersion.objects.filter(person=person, recorded_icb=person.icb_id)
    return own.aggregate(last=Max("number"))["last"] or 0


def _part(note: Notes, version: PlanVersion, kind: str, face: Mapping[str, Any]) -> PlanPart:
    return PlanPart(
        version=version,
        person_id=version.person_id,
        topic=TOPIC_OF[kind],
        recorded_icb_id=version.recorded_icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        kind=kind,
        **{**EMPTY, **face},
    )


def _decide(note: Notes, proposal: PlanProposal, state: str, because: str) -> PlanProposal:
    current = PlanProposal.objects.select_for_update(of=("self",)).select_related("person").get(pk=proposal.pk)
    if current.state != PlanProposal.State.WAITING:
        raise NotNow("decided", "Somebody has decided on this plan already. Open the plan again.")
    current.state, current.decided_by_id, current.decided_at = state, note.by.id, note.at
    current.decided_because = because
    current.save(update_fields=["state", "decided_by", "decided_at", "decided_because"])
    return current


def answer_plan(
    note: Notes,
    *,
    version: PlanVersion,
    voice: str,
    name: str,
    answer: str,
    said: str,
    how: str,
    parts_read: Iterable[str] = (),
    relation: Relation | None = None,
) -> PlanAnswer:
    """Whether they agree with this version. A newer answer of theirs counts; a disagreement stops nothing."""
    who = Voice(voice).label.lower() if voice == Voice.YOUNG_PERSON else "the family"
    return record_fact(
        note,
        PlanAnswer,
        person=version.person,
        topic=Topic.KEYWORKING,
        words=f"Somebody of {who} said what they think of the plan."
        if voice == Voice.FAMILY
        else "The young person said what they think of the plan.",
        code="plan.answered",
        version=version,
        voice=voice,
        relation=relation,
        name=name,
        answer=answer,
        said=said,
        how=how,
        parts_read=list(parts_read),
    )


def set_goal(note: Notes, *, person: Person, voice: str, name: str, what: str) -> Goal:
    """A goal is the young person's or the family's, whoever writes it down."""
    return record_fact(
        note,
        Goal,
        person=person,
        topic=Topic.KEYWORKING,
        words="A goal was set.",
        code="goal.set",
        voice=voice,
        name=name,
        what=what,
    )


def end_goal(note: Notes, *, goal: Goal, how: str, on: date) -> None:
    current = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    if current.ended_on:
        raise NotNow("ended", "This goal has ended already.")
    current.ended_on, current.ended_how = on, how
    current.save(update_fields=["ended_on", "ended_how"])
    note.of("goal.ended", current, words=f"A goal has ended: {Goal.Ended(how).label.lower()}.")


def score_goal(note: Notes, *, goal: Goal, voice: str, name: str, score: int, said: str) -> GoalScore:
    """From 0 to 10, by one voice. Each scores for themselves; nothing is averaged."""
    if goal.ended_on:
        raise NotNow("ended", "This goal has ended. Score one that stands.")
    return record_fact(
        note,
        GoalScore,
        person=goal.person,
        topic=Topic.KEYWORKING,
        words=f"A goal was scored {score} of 10.",
        code="goal.scored",
        goal=goal,
        voice=voice,
        name=name,
        score=score,
        said=said,
    )

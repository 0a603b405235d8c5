"""What follows from other acts: whoever leaves is passed over, and what a review recommends again goes up at once."""

from alongside.features.actions.models import Action
from alongside.features.escalation import lifecycle, text
from alongside.features.escalation.addressees import asked_now, running_in, settle_addressees
from alongside.features.escalation.asking import ask_whoever_has_it
from alongside.features.escalation.models import Addressee, Agency, Escalation, EscalationStep, Officer
from alongside.features.escalation.officers import MATTER
from alongside.features.escalation.operations import Question, add_step, put
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.escalating import FIRST_OF_REVIEW, level_again

_AGENCY_OF = {
    Topic.EDUCATION: Agency.EDUCATION,
    Topic.SOCIAL_CARE: Agency.SOCIAL_CARE,
    Topic.FAMILY: Agency.SOCIAL_CARE,
    Topic.PLACEMENT: Agency.SOCIAL_CARE,
    Topic.SAFEGUARDING: Agency.SOCIAL_CARE,
}


def agency_of(topic: int) -> str:
    """Whose question it is, as far as its topic tells. Whoever raises it may choose another."""
    return _AGENCY_OF.get(Topic(topic), Agency.HEALTH).value


def follow_officers(notes: Notes) -> None:
    """Somebody was named, is away, ended or left, or an area's times changed: what is open is whose it is now.

    As the engine, in the same transaction.
    """
    areas = {event.icb_id for event in notes.events if _concerns(event.code, event.detail or {}) and event.icb_id}
    left = [event.subject_id for event in notes.events if event.code == "account.closed"]
    areas |= set(Officer.objects.filter(actor__in=left).values_list("icb_id", flat=True)) if left else set()
    for area in sorted(areas):
        notes.matter(MATTER, area)
    for row in running_in(areas) if areas else ():
        had = asked_now(row, notes.at)
        settle_addressees(row, notes.at)
        notes.recount.add(row.person_id)
        if _whose(asked_now(row, notes.at)) != _whose(had):
            Escalation.objects.filter(pk=row.pk).update(version=row.version + 1)
            row.version += 1
            ask_whoever_has_it(notes, row)


def _concerns(code: str, detail: dict) -> bool:
    return code.startswith("officer.") or (
        code == "rule.set" and str(detail.get("rule", "")).startswith("escalation_level")
    )


def _whose(has: Addressee | None) -> int | None:
    return has.actor_id if has else None


def lift_what_is_repeated(notes: Notes) -> None:
    """A review recommends what it recommended before: level 2 at once, or a level above where it stands.

    In the name of whoever wrote it down. Sources: needs, story 3; policy reference, section 9.
    """
    agreed = [event.subject_id for event in notes.events if event.code == "action.agreed" and event.subject_id]
    if agreed:
        again = Action.objects.filter(pk__in=agreed, origin=Action.Origin.REVIEW, times__gt=1)
        for action in again.select_related("person", "repeats").order_by("pk"):
            _lift(notes, action)


def _lift(notes: Notes, action: Action) -> None:
    """What was escalated about the one before goes on about this one; else it is raised now."""
    because = text.REPEATED.format(times=action.times)
    before = action.repeats.number if action.repeats else 0
    rows = Escalation.objects.filter(person=action.person, about="action", about_id=before)
    running = rows.filter(state__in=lifecycle.OPEN).select_related("person", "recorded_icb").first()
    if running is not None:
        running.about_id, running.reason, running.version = (
            action.number,
            Escalation.Reason.REPEATED,
            running.version + 1,
        )
        has = asked_now(running, notes.at)
        stands = has.level if has else running.level
        after = level_again(stands)
        if after > stands:
            running.level, running.level_from, running.acknowledged_at = after, notes.at, None
            running.state, running.until = Escalation.State.OPEN, None
        running.save()
        if after > stands:
            add_step(notes, running, EscalationStep.Kind.PASSED_UP, because=because)
        settle_addressees(running, notes.at)
        said = "Passed up a level" if after > stands else "Recommended again, at the top already"
        notes.of("escalation.passed_up", running, words=f"{said}: {running.what}")
        ask_whoever_has_it(notes, running)
        return
    question = Question(
        topic=action.topic,
        what=action.what[:300],
        agency=agency_of(action.topic),
        reason=Escalation.Reason.REPEATED,
        asks="Decide that it is done, by whom and by when, or why not.",
        about=Escalation.About.ACTION,
        about_id=action.number,
    )
    put(notes, person=action.person, question=question, level=FIRST_OF_REVIEW, because=because)

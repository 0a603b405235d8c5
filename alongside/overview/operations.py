"""What people do with a duty: say it is done or not needed, record what was due, plan the backlog.

Each is called inside `recording()`. Whoever may not see the person never gets here: that is a 404 before.
"""

from collections.abc import Sequence
from datetime import date, datetime

from alongside.features.hospital.inpatient.wards import change_legal_status
from alongside.features.hospital.models import LegalStatus, Stay
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.features.reviews.holding.operations import begin_review
from alongside.features.reviews.models import Review
from alongside.features.reviews.models.planned import MANDATORY
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty, DutyAnswer, DutyPlan
from alongside.overview.own_steps import instead_of
from alongside.overview.text import REVIEW_WORDS
from alongside.policy.decision import Decision

RUNS_AREA = (Role.MANAGER, Role.COORDINATOR)


def may_answer(me: Me, duty: Duty) -> bool:
    """The owner, members of the owning team, those who run the area's service, the designated keyworker."""
    if duty.owner_actor_id == me.id or (duty.owner_team_id and duty.owner_team_id in me.team_ids):
        return True
    if me.holds_in(duty.icb_id, *RUNS_AREA):
        return True
    return Allocation.objects.filter(
        person_id=duty.person_id or 0,
        worker_id=me.id,
        part=Allocation.Part.DESIGNATED,
        to_date=None,
        superseded_by=None,
    ).exists()


def person_of(duty: Duty) -> Person:
    """Whom a duty is about. What is due for no one person is answered where it belongs, never here."""
    if duty.person is None:
        raise NotNow("nobody", "This is not about one person.")
    return duty.person


def check_may_answer(me: Me, duty: Duty) -> None:
    """Raises Refused unless this duty is theirs to answer."""
    if not may_answer(me, duty):
        raise Refused("not_yours", "This is for its owner, their team or a manager to answer. Tell them what you know.")


def lock_duty(duty: Duty, *, by: Me) -> Duty:
    """The duty as it is now, with nobody else answering for this person. Raises NotNow when it is answered."""
    check_may_answer(by, duty)
    Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=duty.person_id or 0).first()
    current = Duty.objects.visible_to(by).filter(person_id=duty.person_id, key=duty.key).first()
    if current is None:
        raise NotNow("answered", already_answered(duty.person_id or 0, duty.key, by))
    return current


def already_answered(person_id: int, key: str, me: Me) -> str:
    """A sentence that says who dealt with it, as far as this reader may know."""
    answer = DutyAnswer.objects.visible_to(me).filter(person_id=person_id, duty_key=key).first()
    if answer is None:
        return "This has been dealt with in the meantime, and nothing more is due."
    said = "was done" if answer.answer == DutyAnswer.Answer.DONE else f"is not needed: {answer.because.rstrip('.')}"
    return f"{answer.recorded_by.name} said on {moment(answer.recorded_at)} that this {said}."


def answer_duty(note: Notes, *, duty: Duty, answer: str, on: date, because: str = "", by: Me) -> DutyAnswer:
    """Says that a duty was done on a day, or is not needed and why. Raises Refused or NotNow."""
    if answer == DutyAnswer.Answer.NOT_NEEDED and not because.strip():
        raise NotNow("because", "Say why this is not needed.")
    current = lock_duty(duty, by=by)
    if answer == DutyAnswer.Answer.NOT_NEEDED and (sentence := instead_of(current.doing, current.rule_key)):
        raise NotNow("own_steps", sentence)
    done = answer == DutyAnswer.Answer.DONE
    return record_fact(
        note,
        DutyAnswer,
        person=person_of(current),
        topic=current.topic,
        words=f"{current.what}: {'done' if done else 'not needed'}{f', {because}' if because else ''}.",
        code="duty.done" if done else "duty.not_needed",
        duty_key=current.key,
        rule_key=current.rule_key,
        answer=answer,
        on_date=on,
        because=because,
    )


REVIEW_TOPIC = {
    Review.Kind.EHC_PLAN: Topic.EDUCATION,
    Review.Kind.CONTACT: Topic.HOSPITAL,
    Review.Kind.HEALTH_CHECK: Topic.HEALTH,
}


def record_review(
    note: Notes, *, duty: Duty, kind: str, held_at: datetime, chair: str = "", outcome: str = "", late: str = "", by: Me
) -> Review:
    """A review, visit or contact, in answer to a duty. It belongs to the duty's stay, if there is one.

    late: why a C(E)TR was held after its limit; NotNow without it.
    """
    current = lock_duty(duty, by=by)
    if held_at > note.at:
        raise NotNow("future", "The day can't be in the future.")
    stay = _stay_of(current, by)
    if stay and held_at < stay.admitted_at:
        raise NotNow("before_stay", f"The stay began on {stay.admitted_at:%-d %B %Y}. Give a day in the stay.")
    if stay and kind == Review.Kind.CONTACT and stay.discharged_at and held_at < stay.discharged_at:
        raise NotNow("before_discharge", f"They left on {stay.discharged_at:%-d %B %Y}. Give that day or a later one.")
    if kind in MANDATORY and current.breach and held_at > current.breach:
        if not late:
            raise NotNow("late", f"Its limit was {day_in_words(current.breach)}. Say why it was held later.")
        outcome = f"{outcome.rstrip('. ')}. Held after its limit: {late}".removeprefix(". ")
    said = REVIEW_WORDS.get(Review.Kind(kind), f"{Review.Kind(kind).label} was held")
    told = f": {outcome.rstrip('. ')}" if outcome else ""
    return begin_review(
        note,
        person=person_of(current),
        kind=kind,
        held_at=held_at,
        stay=stay,
        chair=chair,
        outcome=outcome,
        topic=REVIEW_TOPIC.get(Review.Kind(kind), Topic.REVIEW),
        words=f"{said}{told}.",
    )


def record_legal_status(note: Notes, *, duty: Duty, code: str, from_at: datetime, by: Me) -> LegalStatus:
    """The law a stay is under from a moment on; the one before ends then."""
    stay = _stay_of(lock_duty(duty, by=by), by)
    if stay is None:
        raise NotNow("no_stay", "The stay is no longer recorded.")
    return change_legal_status(note, stay=stay, code=code, from_at=from_at)


def _stay_of(duty: Duty, me: Me) -> Stay | None:
    if duty.subject != "stay":
        return None
    return Stay.objects.visible_to(me).select_related("person").filter(pk=duty.subject_id).first()


def plan_duties(note: Notes, *, duties: Sequence[Duty], planned_for: date, latest: Decision, by: Me) -> int:
    """Says on which day late duties of a first import will be dealt with. How many were planned.

    `latest` is what the rules say of the last day that may be planned (`policy.duties.latest_backlog_day`).
    """
    if planned_for < note.at.astimezone(LONDON).date():
        raise NotNow("past", "Choose today or a later day.")
    if planned_for > latest.value:
        raise NotNow("too_far", latest.because)
    known: dict[tuple[int | None, str], DutyPlan] = {
        (plan.person_id, plan.duty_key): plan
        for plan in DutyPlan.objects.filter(
            person__in=[duty.person for duty in duties if duty.person], duty_key__in=[duty.key for duty in duties]
        )
    }
    for duty in duties:
        check_may_answer(by, duty)
    fresh = [duty for duty in duties if (duty.person_id, duty.key) not in known]
    again = [known[duty.person_id, duty.key] for duty in duties if (duty.person_id, duty.key) in known]
    for plan in again:
        plan.planned_for = planned_for
    DutyPlan.objects.bulk_update(again, ["planned_for"])
    DutyPlan.objects.bulk_create(_plan(note, duty, planned_for) for duty in fresh)
    for duty in duties:
        note(
            "duty.planned",
            words=f"{duty.what}: planned for {planned_for:%-d %B %Y}.",
            person_id=duty.person_id,
            icb_id=duty.icb_id,
            topic=duty.topic,
            subject="duty",
            subject_id=duty.pk,
        )
    return len(duties)


def _plan(note: Notes, duty: Duty, planned_for: date) -> DutyPlan:
    return DutyPlan(
        person=person_of(duty),
        topic=duty.topic,
        recorded_icb_id=duty.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        duty_key=duty.key,
        planned_for=planned_for,
    )

"""Who sits on the panel: seated, conflicts declared and looked at, answers, and leaving the seat."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alongside.features.people.operations import record_fact
from alongside.features.reviews.models import Expert, PanelMember, PlannedReview, ReviewInvite
from alongside.features.reviews.organising import links, text
from alongside.features.reviews.organising.links import end_links
from alongside.features.reviews.organising.pool import why_not_on
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.models import Message
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words
from alongside.policy.planned_reviews import CHECKED

#: What a member with an account reads of somebody, once the ledger says yes to this review.
TOPICS = (Topic.IDENTITY, Topic.COMMUNICATION, Topic.REVIEW)
_P = PanelMember.Part
#: In which seats somebody of the pool may sit, by what they are trained for.
SITS_AS: dict[str, tuple[str, ...]] = {
    Expert.Part.CHAIR: (_P.CHAIR,),
    Expert.Part.CLINICAL: (_P.CLINICAL, _P.OTHER),
    Expert.Part.EXPERIENCE: (_P.EXPERIENCE, _P.OTHER),
    Expert.Part.OTHER: (_P.EDUCATION, _P.SOCIAL_CARE, _P.OTHER),
}
#: For so long after the day, to write their part. Local default.
READS_FOR = timedelta(days=28)


def seat_member(
    note: Notes,
    *,
    planned: PlannedReview,
    part: str,
    name: str,
    post: str = "",
    organisation_name: str = "",
    reach: str = "",
    independent: bool = False,
    expert: Expert | None = None,
    actor: Actor | None = None,
) -> PanelMember:
    """Gives somebody a seat. Raises NotNow for an expert who may not sit on that day, or a core seat that is taken."""
    if not planned.is_open:
        raise NotNow("over", "This review is not being organised any more.")
    if expert is not None:
        if part not in SITS_AS[Expert.Part(expert.part)]:
            raise NotNow("part", text.OTHER_SEAT.format(name=expert.name, part=expert.get_part_display().lower()))
        on = (planned.starts_at or note.at).astimezone(LONDON).date()
        if reasons := why_not_on(expert, on):
            raise NotNow("not_fit", f"{expert.name} can’t sit on this panel: {'; '.join(reasons)}.")
        name, post = expert.name, post or expert.profession
        organisation_name, reach = organisation_name or expert.organisation_name, reach or expert.reach
    core = (PanelMember.Part.CHAIR, PanelMember.Part.CLINICAL, PanelMember.Part.EXPERIENCE)
    if part in core and planned.panel.filter(part=part, left_at=None).exists():
        raise NotNow("taken", "Somebody has this seat already. Take them off the panel first.")
    if actor is not None and planned.panel.filter(actor=actor, left_at=None).exists():
        raise NotNow("seated", f"{name} sits on this panel already.")
    member = record_fact(
        note,
        PanelMember,
        person=planned.person,
        topic=Topic.REVIEW,
        words=f"{name} was asked onto the panel: {PanelMember.Part(part).label.lower()}.",
        code="panel.seated",
        planned=planned,
        part=part,
        name=name,
        post=post,
        organisation_name=organisation_name,
        reach=reach,
        independent=independent,
        expert=expert,
        actor=actor,
    )
    if actor is not None:
        _involve(note, member, actor)
    return member


def _involve(note: Notes, member: PanelMember, actor: Actor) -> None:
    """A member with an account reads what the agreement to this one review opens, and until some weeks after it."""
    with context.as_engine():
        Involvement.objects.create(
            actor=actor,
            person_id=member.person_id,
            topics=[int(topic) for topic in TOPICS],
            because=Involvement.Because.PANEL,
            because_id=member.pk,
            relies_on=Involvement.ReliesOn.REVIEW,
            recipient_kind="review",
            recipient_id=member.planned_id,
            from_at=note.at,
            to_at=_until(member.planned),
        )


def _until(planned: PlannedReview) -> datetime | None:
    return planned.starts_at + READS_FOR if planned.starts_at else None


def follow_day(planned: PlannedReview) -> None:
    """What members read ends some weeks after the day that counts now, their links the day after it."""
    links.follow_day(planned)
    with context.as_engine():
        seats = planned.panel.filter(left_at=None, actor__isnull=False).values_list("pk", flat=True)
        _of(list(seats)).update(to_at=_until(planned))


def forget_answers(planned: PlannedReview) -> None:
    """Whoever said that they come said so of a day that doesn't count any more: they are asked anew."""
    with context.as_engine():
        PanelMember.objects.filter(planned=planned, left_at=None).exclude(answer="").update(answer="", answered_at=None)
        ReviewInvite.objects.filter(planned=planned, superseded_by=None).exclude(answer="").update(answer="")


def tell_members(note: Notes, planned: PlannedReview) -> None:
    """Members with an account are asked to come, in their inbox; whoever has an e-mail address and none, by a link."""
    links.send_links(note, planned)
    with context.as_engine():
        rows = PanelMember.objects.filter(planned=planned, left_at=None, actor__isnull=False)
        members = list(rows.exclude(answer=PanelMember.Answer.NO).order_by("pk"))
    for member in members:
        queue_message(
            note,
            icb_id=planned.recorded_icb_id,
            kind="panel.asked",
            subject=text.SEATED_SUBJECT,
            body=text.SEATED_BODY.format(day=moment(planned.starts_at), part=member.get_part_display().lower()),
            to_actor_id=member.actor_id,
            link=f"/people/{planned.person.reference}/reviews/planned/{planned.pk}",
            once=f"panel:{member.pk}:{planned.day_mark}",
        )


def tell_called_off(note: Notes, planned: PlannedReview) -> None:
    """Whoever was asked to a day that is still to come is told that it is not held; why is not theirs to read here.

    Called before their links end: a link that stands says who was asked by one.
    """
    if planned.state != PlannedReview.State.DATED or planned.starts_at is None or planned.starts_at <= note.at:
        return
    links.tell_called_off(note, planned)
    with context.as_engine():
        rows = PanelMember.objects.filter(planned=planned, left_at=None, actor__isnull=False)
        members = list(rows.exclude(answer=PanelMember.Answer.NO).order_by("pk"))
        asked = Q()
        for member in members:
            asked |= Q(once__startswith=f"panel:{member.pk}:")
        told = set(Message.objects.filter(asked, kind="panel.asked").values_list("to_actor_id", flat=True))
    for member in members:
        if member.actor_id in told:
            queue_message(
                note,
                icb_id=planned.recorded_icb_id,
                kind="panel.called_off",
                subject=text.CALLED_OFF_SUBJECT,
                body=text.CALLED_OFF_BODY.format(day=moment(planned.starts_at), part=member.get_part_display().lower()),
                to_actor_id=member.actor_id,
                once=f"panel:{member.pk}:off:{planned.version}",
            )


def end_reading(note: Notes, planned: PlannedReview) -> None:
    """Members with an account read nothing of it from now on."""
    with context.as_engine():
        open_still = Q(to_at=None) | Q(to_at__gt=note.at)
        _of(list(planned.panel.values_list("pk", flat=True))).filter(open_still).update(to_at=note.at)


def _of(seats: list[int]) -> QuerySet[Involvement]:
    return Involvement.objects.filter(because=Involvement.Because.PANEL, because_id__in=seats)


def unseat(note: Notes, *, member: PanelMember, because: str) -> None:
    """They don't sit on it any more. Their link opens nothing from now on, and their account reads nothing of it."""
    if member.left_at is not None:
        raise NotNow("left", "They were taken off the panel already.")
    if not because:
        raise NotNow("because", "Say why.")
    member.left_at, member.left_because = note.at, because
    member.save(update_fields=["left_at", "left_because"])
    with context.as_engine():
        _of([member.pk]).update(to_at=note.at)
    end_links(note, member.planned, member)
    note.of("panel.left", member, words=f"{member.name} does not sit on the panel: {because}")


def answer_seat(
    note: Notes, *, member: PanelMember, answer: str, conflict: str, conflict_words: str = ""
) -> PanelMember:
    """Whether they come, and whether they have a conflict of interest. By themselves, or written down for them.

    A conflict that was settled is looked at again when it is declared anew. Written as the engine: a member without
    account writes their own seat and nothing else.
    """
    if conflict == PanelMember.Conflict.DECLARED and not conflict_words:
        raise NotNow("conflict", "Say what the conflict is.")
    with context.as_engine():
        locked = (
            PanelMember.objects.select_for_update(of=("self",)).select_related("person", "planned").get(pk=member.pk)
        )
        if locked.left_at is not None or not locked.planned.is_open:
            raise NotNow("over", "This seat is not yours any more, or the review is over.")
        if (locked.conflict, locked.conflict_words) != (conflict, conflict_words):
            locked.settled = ""
        locked.answer, locked.answered_at = answer, note.at
        locked.conflict, locked.conflict_words = conflict, conflict_words
        locked.save(update_fields=["answer", "answered_at", "conflict", "conflict_words", "settled"])
        said = f"{locked.name}: {locked.get_answer_display().lower()}"
        if conflict == PanelMember.Conflict.DECLARED:
            said += f"; a conflict of interest: {conflict_words}"
        note.of("panel.answered", locked, words=f"{said}.")
    return locked


def settle_conflict(note: Notes, *, member: PanelMember, because: str) -> None:
    """Why they stay on the panel in spite of a conflict. Until this is written down the seat counts as empty."""
    if member.conflict != PanelMember.Conflict.DECLARED:
        raise NotNow("no_conflict", "They have declared no conflict.")
    if not because:
        raise NotNow("because", "Say why they may stay.")
    member.settled = because
    member.save(update_fields=["settled"])
    note.of("panel.conflict_settled", member, words=f"{member.name} stays on the panel: {because}")


def vouch(note: Notes, *, member: PanelMember, name: str, on: date) -> None:
    """A named person says that the training and checks of an expert who is not in the pool stand (policy 5.4)."""
    if member.part not in CHECKED or member.expert_id is not None:
        raise NotNow("pool", "Their training and checks are kept in the pool, or this seat needs none.")
    if not name.strip():
        raise NotNow("name", "Write who says so.")
    if on > note.at.astimezone(LONDON).date():
        raise NotNow("on", "The day can't be in the future.")
    member.vouched_by_name, member.vouched_on = name.strip()[:120], on
    member.save(update_fields=["vouched_by_name", "vouched_on"])
    said = f"{member.vouched_by_name} says that the training and checks of {member.name} stand"
    note.of("panel.vouched", member, words=f"{said}: {day_in_words(on)}.")

"""Holding a review and writing it up. Each is called inside `recording()`."""

from datetime import date, datetime
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action
from alongside.features.hospital.models import Stay
from alongside.features.people.ended import check_living
from alongside.features.people.models import Circumstance, Person
from alongside.features.people.operations import record_fact
from alongside.features.people.queries import about
from alongside.features.reviews.holding import text
from alongside.features.reviews.holding.carrying import count_left, fix_earlier
from alongside.features.reviews.holding.lines import newest_set, unanswered
from alongside.features.reviews.models import CarriedOver, Review, WriteUp
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday, day_in_words, local_day
from alongside.policy.enquiry import OUTCOMES, set_for

#: Kinds that are a C(E)TR: each is written up and reported.
WRITTEN_UP = frozenset(
    {
        Review.Kind.COMMUNITY,
        Review.Kind.POST_ADMISSION,
        Review.Kind.INPATIENT,
        Review.Kind.POST_DISCHARGE,
        Review.Kind.INDEPENDENT,
    }
)
_IN_HOSPITAL = (Review.Kind.POST_ADMISSION, Review.Kind.INPATIENT, Review.Kind.INDEPENDENT)


def begin_review(
    note: Notes,
    *,
    person: Person,
    kind: str,
    held_at: datetime,
    stay: Stay | None = None,
    chair: str = "",
    statutory: bool = False,
    planned_id: int | None = None,
    outcome: str = "",
    topic: int = Topic.REVIEW,
    words: str = "",
) -> Review:
    """A review that was, or is being, held. A C(E)TR is written up from now on, and accounts for what was said before.

    planned_id: the plan that it was. words: what the timeline says, where not that it was held. Raises NotNow for a
    day to come.
    """
    if held_at > note.at:
        raise NotNow("future", "The day can't be in the future.")
    told = f": {outcome.rstrip('. ')}" if outcome else ""
    review = record_fact(
        note,
        Review,
        person=person,
        topic=topic,
        words=words or f"{Review.Kind(kind).label} was held{told}.",
        code="review.held",
        happened_at=held_at,
        kind=kind,
        held_at=held_at,
        stay=stay,
        chair=chair,
        statutory=statutory,
        outcome=outcome,
    )
    if kind in WRITTEN_UP:
        _begin_writing(note, review, planned_id)
    return review


def _begin_writing(note: Notes, review: Review, planned_id: int | None) -> WriteUp:
    with context.as_engine():
        which = _which(review)
        write_up = WriteUp.objects.create(
            person_id=review.person_id,
            topic=Topic.REVIEW,
            recorded_icb_id=review.recorded_icb_id,
            recorded_by_id=note.by.id,
            recorded_at=note.at,
            happened_at=review.held_at,
            review=review,
            planned_number=planned_id,
            which=which,
            line_set=newest_set(which),
        )
        left = fix_earlier(note, review)
    if left:
        said = "1 earlier recommendation is" if left == 1 else f"{left} earlier recommendations are"
        note.of("review.carried_over", write_up, words=f"{said} accounted for first.")
    return write_up


def _which(review: Review) -> str:
    """The set of lines for them on that day: a CETR under 18, or with an EHC plan; else a CTR."""
    person, day = review.person, local_day(review.held_at)
    young = person.birth_date is None or day < birthday(person.birth_date, 18)
    plans = Circumstance.objects.filter(about(person), kind=Circumstance.Kind.EHC_PLAN, superseded_by=None)
    with_plan = any(
        (one.from_date is None or one.from_date <= day) and (one.to_date is None or one.to_date >= day) for one in plans
    )
    return set_for(is_child=young or with_plan, in_hospital=bool(review.stay_id) or review.kind in _IN_HOSPITAL)


def lock_write_up(write_up: WriteUp, seen: int | None = None) -> WriteUp:
    """The row in this transaction. Raises NotNow where somebody saved it since it was read."""
    row = WriteUp.objects.select_for_update(of=("self",)).select_related("review", "person").get(pk=write_up.pk)
    if seen is not None and seen != row.version:
        raise NotNow("changed_since", text.STALE)
    return row


def save_write_up(write_up: WriteUp, **values: Any) -> None:
    for name, value in values.items():
        setattr(write_up, name, value)
    write_up.version += 1
    write_up.save(update_fields=[*values, "version"])


def recommend(
    note: Notes,
    *,
    by: Me,
    write_up: WriteUp,
    topic: int,
    what: str,
    how_known: str,
    owner: NewOwner,
    due_on: date,
    repeats: Action | None = None,
    starts_on: date | None = None,
) -> Action:
    """One recommendation, into the one ledger. The database refuses the same.

    Raises NotNow while an earlier one isn't accounted for; without a person, an organisation, what, a day or how we
    will know; Refused for whoever doesn't write on the topic.
    """
    row = lock_write_up(write_up)
    check_living(row.person)
    if count_left(row.review):
        raise NotNow("carry_over", text.CARRY_OVER_FIRST)
    _check_whole(row, what, how_known, owner, due_on)
    action = agree_action(
        note,
        by=by,
        person=row.person,
        topic=topic,
        what=what.strip(),
        how_known=how_known.strip(),
        owner=owner,
        due_on=due_on,
        origin=Action.Origin.REVIEW,
        origin_id=row.review_id,
        starts_on=starts_on,
        repeats=repeats,
    )
    if repeats is not None:
        _say_again(note, row, action, repeats)
    return action


def _check_whole(row: WriteUp, what: str, how_known: str, owner: NewOwner, due_on: date) -> None:
    if not what.strip():
        raise NotNow("what", "Write what is recommended.")
    if not how_known.strip():
        raise NotNow("how_known", text.HOW_KNOWN_NEEDED)
    if owner.actor is None and not owner.name.strip():
        raise NotNow("owner", "Name the person who does it.")
    if owner.organisation is None and not owner.place.strip():
        raise NotNow("organisation", "Name the organisation of whoever does it.")
    if due_on < local_day(row.review.held_at):
        raise NotNow(
            "due_on", f"The review was held on {day_in_words(local_day(row.review.held_at))}. Give a later day."
        )


def _say_again(note: Notes, row: WriteUp, action: Action, repeats: Action) -> None:
    """It is counted, and said: what is done about a repeat is decided above this room."""
    CarriedOver.objects.filter(review=row.review, action_number=repeats.number).update(again_number=action.number)
    note.of(
        "review.recommended_again",
        action,
        words=f"Recommended {action.times} times now: {action.what}",
        subject="action",
        subject_id=action.number,
        times=action.times,
        review=row.review_id,
    )


def tell_person(note: Notes, *, write_up: WriteUp, on: date, how: str, words: str, seen: int | None = None) -> None:
    """What was found was told to the person and family: when, how, to whom; or why not. Source: checklist 5.5."""
    row = lock_write_up(write_up, seen)
    if how == WriteUp.Told.NOT_TOLD and not words.strip():
        raise NotNow("words", "Write why they were not told.")
    if on < local_day(row.review.held_at) or on > local_day(note.at):
        raise NotNow("on", "Give the day of the review, or a later one that is not in the future.")
    save_write_up(row, told_on=on, told_how=how, told_words=words.strip())
    said = "were not told what the review found" if how == WriteUp.Told.NOT_TOLD else "were told what the review found"
    note.of("review.told", row, words=f"They {said}.")


def write_plainly(
    note: Notes, *, write_up: WriteUp, plain: str, easy: list[list[str]], seen: int | None = None
) -> None:
    """The review in plain words and as easy read, for the person and family."""
    row = lock_write_up(write_up, seen)
    save_write_up(row, plain=plain.strip(), easy=easy)
    note.of("review.written_plainly", row, words="The review was written in plain words.")


def finish_writing(
    note: Notes, *, by: Me, write_up: WriteUp, outcome: str, words: str, seen: int | None = None
) -> None:
    """The write-up is complete: an outcome, and an answer to each of the four questions.

    Raises NotNow for what is missing. It may be said again while the report is not issued.
    """
    row = lock_write_up(write_up, seen)
    if count_left(row.review):
        raise NotNow("carry_over", text.CARRY_OVER_FIRST)
    if missing := unanswered(row):
        raise NotNow("questions", f"Answer first: {'; '.join(missing)}")
    save_write_up(row, outcome_code=outcome, outcome_words=words.strip(), written_up_at=note.at, written_up_by_id=by.id)
    note.of("review.written_up", row, words=f"The review was written up: {OUTCOMES[outcome].lower()}.", outcome=outcome)


def ask_feedback(note: Notes, *, write_up: WriteUp, on: date, how: str) -> None:
    """The person and family were asked how the review was."""
    row = lock_write_up(write_up)
    if on < local_day(row.review.held_at) or on > local_day(note.at):
        raise NotNow("on", "Give the day of the review, or a later one that is not in the future.")
    save_write_up(row, feedback_asked_on=on, feedback_asked_how=how.strip())
    note.of("review.feedback_asked", row, words="They were asked how the review was.")

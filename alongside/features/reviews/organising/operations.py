"""What is done with a planned review. Each is called inside `recording()`."""

from datetime import date, datetime
from typing import Any

from alongside.features.hospital.models import Stay
from alongside.features.people.ended import check_living
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.features.people.queries import about
from alongside.features.reviews.holding.operations import begin_review
from alongside.features.reviews.models import PlannedReview, PlannedStep, Review
from alongside.features.reviews.models.planned import MANDATORY, OPEN
from alongside.features.reviews.organising import text
from alongside.features.reviews.organising.deciders import Decider, check_decider
from alongside.features.reviews.organising.lateness import said_late
from alongside.features.reviews.organising.lifecycle import MOVES
from alongside.features.reviews.organising.links import end_links
from alongside.features.reviews.organising.queries import (
    has_papers,
    has_somebody_to_ask,
    is_agreed,
    recorded_already,
)
from alongside.features.reviews.organising.seats import (
    end_reading,
    follow_day,
    forget_answers,
    tell_called_off,
    tell_members,
)
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

_K = PlannedStep.Kind
#: Steps after which nobody need come on the day that was set.
CALLED_OFF = (_K.ADJOURNED, _K.NOT_HELD, _K.CANCELLED, _K.REPLACED)


def ask_for_review(
    note: Notes,
    *,
    person: Person,
    kind: str,
    why: str,
    asked_by: str,
    asked_on: date,
    asked_name: str = "",
    stay: Stay | None = None,
    to_be_held: bool = False,
) -> PlannedReview:
    """Writes down who asks for a review and why. It is answered, also when it is no.

    to_be_held: it is decided already, so there is nothing to answer; a day is due next.
    """
    check_living(person)
    if asked_on > note.at.astimezone(LONDON).date():
        raise NotNow("future", "The day on which it was asked for can't be in the future.")
    who = PlannedReview.AskedBy(asked_by).label
    planned = record_fact(
        note,
        PlannedReview,
        person=person,
        topic=Topic.REVIEW,
        words=f"{Review.Kind(kind).label} asked for by {asked_name or who}: {why}",
        code="review.asked_for",
        kind=kind,
        why=why,
        asked_by=asked_by,
        asked_name=asked_name,
        asked_on=asked_on,
        stay=stay,
        state=PlannedReview.State.ACCEPTED if to_be_held else PlannedReview.State.REQUESTED,
        state_at=note.at,
    )
    _step(note, planned, _K.ASKED, why)
    return planned


def accept(note: Notes, *, planned: PlannedReview, because: str = "", seen: int | None = None) -> PlannedReview:
    """It is to be held. A day is due next."""
    taken = _take(note, planned, _K.ACCEPTED, seen, because=because)
    _tell_whoever_asked(note, taken)
    return taken


def decline(note: Notes, *, planned: PlannedReview, because: str, seen: int | None = None) -> PlannedReview:
    """It is not to be held, and why. Whoever asked is told so."""
    taken = _take(note, planned, _K.DECLINED, seen, because=because)
    _tell_whoever_asked(note, taken)
    return taken


def _tell_whoever_asked(note: Notes, planned: PlannedReview) -> None:
    """A family that asked here reads the answer on their page, and is led there."""
    if not planned.asked_on_own_page:
        return
    queue_message(
        note,
        icb_id=planned.recorded_icb_id,
        kind="planned_review.answered",
        subject=text.ANSWERED_SUBJECT,
        body=text.ANSWERED_BODY,
        to_actor_id=planned.recorded_by_id,
        link=f"/mine/{planned.person.reference}/meetings/ready",
        once=f"planned_review:{planned.pk}:{planned.version}",
    )


def set_day(
    note: Notes,
    *,
    planned: PlannedReview,
    starts_at: datetime,
    minutes: int,
    place: str,
    video_because: str = "",
    by_video: bool = False,
    seen: int | None = None,
) -> PlannedReview:
    """A day, or another one. Whoever was invited to the day before is invited anew."""
    if starts_at <= note.at:
        raise NotNow("past", "Choose a time in the future. If it was held already, write that down instead.")
    if by_video and not video_because:
        raise NotNow("video", "Face to face is the norm. Say why this one is by video.")
    moved = planned.starts_at is not None and planned.starts_at != starts_at
    changes: dict[str, Any] = {
        "starts_at": starts_at, "minutes": minutes, "place": place, "by_video": by_video,
        "video_because": video_because if by_video else "",
    }  # fmt: skip
    if moved:
        changes |= {"invited_at": None, "papers_at": None}
    said = f"{'Moved to' if moved else 'On'} {moment(starts_at)}"
    taken = _take(note, planned, _K.DATED, seen, because=said, **changes)
    follow_day(taken)
    if moved:
        forget_answers(taken)
    return taken


def say_invited(note: Notes, *, planned: PlannedReview, seen: int | None = None) -> PlannedReview:
    """Everybody is asked to come: of the panel, whoever can be reached here is written to in the same act.

    Said again of whoever came onto the panel since: nobody is written to twice. NotNow where there is nobody to ask.
    """
    if not has_somebody_to_ask(planned):
        raise NotNow("nobody", text.NOBODY_TO_ASK)
    taken = _take(note, planned, _K.INVITED, seen, invited_at=note.at)
    tell_members(note, taken)
    return taken


def say_papers_sent(
    note: Notes, *, planned: PlannedReview, none_because: str = "", seen: int | None = None
) -> PlannedReview:
    """The papers are with the panel. Without agreement nobody could open them, so nothing was sent.

    none_because: why none is kept here; NotNow where none is and nobody said why.
    """
    if not is_agreed(planned):
        raise NotNow("not_agreed", text.NOT_AGREED)
    if has_papers(planned):
        return _take(note, planned, _K.PAPERS_SENT, seen, papers_at=note.at)
    if not none_because.strip():
        raise NotNow("no_papers", text.NO_PAPERS)
    because = f"No papers here: {none_because.strip()}"
    return _take(note, planned, _K.PAPERS_SENT, seen, papers_at=note.at, because=because)


def hold(
    note: Notes, *, planned: PlannedReview, held_at: datetime, chair: str = "", statutory: bool = False,
    late_reason: str = "", late_words: str = "", seen: int | None = None,
) -> Review:  # fmt: skip
    """It was held. Only from here on does it answer a clock. One that was recorded already is not recorded twice.

    late_reason, late_words: why it was after its limit; NotNow without the first.
    """
    if held_at > note.at:
        raise NotNow("future", "The day can't be in the future.")
    if planned.stay and held_at < planned.stay.admitted_at:
        raise NotNow("before_stay", f"The stay began on {day_in_words(planned.stay.admitted_at)}. Give a day in it.")
    locked = _locked(planned, seen, _K.HELD)
    review = recorded_already(locked, held_at)
    late = "" if review else said_late(locked, held_at, late_reason, late_words)
    review = review or begin_review(
        note,
        person=locked.person,
        kind=locked.kind,
        held_at=held_at,
        stay=locked.stay,
        chair=chair,
        statutory=statutory,
        planned_id=locked.pk,
    )
    because = f"On {day_in_words(held_at)}.{late}"
    _move(note, locked, _K.HELD, because=because, reason=late_reason if late else "", review=review)
    return review


def adjourn(note: Notes, *, planned: PlannedReview, because: str, seen: int | None = None) -> PlannedReview:
    """It goes on another day, which is due at once. It was not held."""
    if not because:
        raise NotNow("because", "Say why it was adjourned.")
    taken = _take(note, planned, _K.ADJOURNED, seen, because=because, starts_at=None, invited_at=None, papers_at=None)
    end_links(note, taken)
    forget_answers(taken)
    return taken


def say_not_held(
    note: Notes, *, planned: PlannedReview, reason: str, because: str = "", family_words: str = "",
    seen: int | None = None,
) -> PlannedReview:  # fmt: skip
    """Not held, with a reason of the list. Whatever clock asked for it goes on.

    family_words: why, for whoever asked on their own page; NotNow where they did and it is not said.
    """
    said = _for_family(planned, family_words)
    taken = _take(note, planned, _K.NOT_HELD, seen, because=because or _label(reason), reason=reason, **said)
    end_links(note, taken)
    _tell_whoever_asked(note, taken)
    return taken


def cancel(
    note: Notes, *, planned: PlannedReview, because: str, family_words: str = "", seen: int | None = None
) -> PlannedReview:
    """It was planned by mistake, or is not needed any more. A mandatory one is replaced instead.

    family_words: why, for whoever asked on their own page; NotNow where they did and it is not said.
    """
    if planned.kind in MANDATORY:
        raise NotNow("mandatory", text.MANDATORY)
    taken = _take(note, planned, _K.CANCELLED, seen, because=because, **_for_family(planned, family_words))
    end_links(note, taken)
    _tell_whoever_asked(note, taken)
    return taken


def _for_family(planned: PlannedReview, family_words: str) -> dict[str, str]:
    if not planned.asked_on_own_page:
        return {}
    if not family_words.strip():
        raise NotNow("family_words", text.WHY_FOR_FAMILY)
    return {"family_words": family_words.strip()}


def replace(
    note: Notes, *, planned: PlannedReview, instead: str, decider: Decider, decided_on: date, because: str,
    seen: int | None = None,
) -> PlannedReview:  # fmt: skip
    """A named commissioner decided that something else takes its place. It counts in the clock from that day."""
    if not (instead and decider.name and because):
        raise NotNow("who", "Say which commissioner decided it, what takes its place, and why.")
    check_decider(decider, planned.person, note.at.astimezone(LONDON).date())
    if decided_on > note.at.astimezone(LONDON).date():
        raise NotNow("future", "The day of the decision can't be in the future.")
    if planned.stay and decided_on < planned.stay.admitted_at.astimezone(LONDON).date():
        raise NotNow("before_stay", "The day of the decision is before the stay began.")
    taken = _take(
        note, planned, _K.REPLACED, seen, because=because, instead=instead, decided_by_name=decider.name.strip(),
        decided_by_place=decider.place.strip(), commissioner=decider.actor, decided_on=decided_on,
    )  # fmt: skip
    end_links(note, taken)
    return taken


def replace_what_is_due(
    note: Notes, *, person: Person, kind: str, stay: Stay, instead: str, decider: Decider, decided_on: date,
    because: str,
) -> PlannedReview:  # fmt: skip
    """The same of what policy asks for in a stay: of the review that is planned, or of one that nobody planned."""
    rows = PlannedReview.objects.filter(about(person), stay=stay, kind=kind, state__in=OPEN).select_related("person")
    planned = rows.order_by("pk").first() or ask_for_review(
        note, person=person, kind=kind, why=because, asked_by=PlannedReview.AskedBy.POLICY,
        asked_on=note.at.astimezone(LONDON).date(), stay=stay, to_be_held=True,
    )  # fmt: skip
    return replace(note, planned=planned, instead=instead, decider=decider, decided_on=decided_on, because=because)


def _take(note: Notes, planned: PlannedReview, kind: str, seen: int | None, **changes: Any) -> PlannedReview:
    because = changes.get("because", "")
    if kind in (_K.DECLINED, _K.CANCELLED) and not because:
        raise NotNow("because", "Say why.")
    locked = _locked(planned, seen, kind)
    return _move(note, locked, kind, **changes)


def end_planned(note: Notes, planned: PlannedReview, kind: str, because: str) -> None:
    """With the record, whatever kind it is; the row is locked already. Whose seat has an account reads no more."""
    _move(note, planned, kind, because=because)
    end_reading(note, planned)


def _locked(planned: PlannedReview, seen: int | None, kind: str) -> PlannedReview:
    """The row as it is now. Raises NotNow when somebody was quicker, or where this is not possible now."""
    rows = PlannedReview.objects.select_for_update(of=("self",)).select_related("person", "stay", "recorded_by")
    locked = rows.get(pk=planned.pk)
    if seen is not None and seen != locked.version:
        raise NotNow("stale", text.STALE)
    if locked.state not in MOVES[kind][0]:
        raise NotNow("state", text.OVER.format(state=locked.get_state_display().lower()))
    return locked


def _move(note: Notes, planned: PlannedReview, kind: str, **changes: Any) -> PlannedReview:
    if kind in CALLED_OFF:
        tell_called_off(note, planned)
    to = MOVES[kind][1]
    if to:
        changes |= {"state": to, "state_at": note.at}
    changes["version"] = planned.version + 1
    for name, value in changes.items():
        setattr(planned, name, value)
    planned.save(update_fields=list(changes))
    _step(note, planned, kind, changes.get("because", ""))
    return planned


def _step(note: Notes, planned: PlannedReview, kind: str, because: str) -> None:
    kind = _K(kind)
    name = Review.Kind(planned.kind).label
    record_fact(
        note,
        PlannedStep,
        person=planned.person,
        topic=Topic.REVIEW,
        words=f"{name}: {kind.label.lower()}{f'. {because}' if because else '.'}",
        code=f"planned_review.{kind}",
        planned=planned,
        kind=kind,
        because=because,
    )


def _label(reason: str) -> str:
    return str(PlannedReview.Reason(reason).label)

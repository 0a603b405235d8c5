"""Notice on a placement: followed until somebody has somewhere to live. Each is called inside `recording()`."""

from datetime import date, datetime, time
from typing import Any

from alongside.features.concerns.access import check_writes
from alongside.features.concerns.keeping import begin, lock, take_step, write
from alongside.features.concerns.models import PlacementNotice, PlacementSearch
from alongside.features.people.models import LifeEvent, Person
from alongside.features.people.operations import record_fact
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day


def follow_notice(
    note: Notes, *, by: Me, person: Person, place: str, given_on: date, ends_on: date, because: str,
    event: LifeEvent | None = None, last_day_plan: str = "", family_words: str = "", lead_id: int | None = None,
) -> PlacementNotice:  # fmt: skip
    """Somebody can stay until a day. That notice was given is written down as what happened, unless it stands already:
    it proposes a rating by itself (decision 25). NotNow for a notice to come, or days in the wrong order."""
    today = local_day(note.at)
    if given_on > today:
        raise NotNow("future", "This day is still to come.")
    if ends_on < given_on:
        raise NotNow("order", "The last day can’t be before notice was given.")
    told = {"told": True, "told_on": today, "family_words": family_words.strip()} if family_words.strip() else {}
    check_writes(by, person, Topic.PLACEMENT)
    event = event or record_fact(
        note, LifeEvent, person=person, topic=Topic.PLACEMENT, words=f"{LifeEvent.Kind.PLACEMENT_NOTICE.label}.",
        happened_at=min(datetime.combine(given_on, time(12), LONDON), note.at),
        kind=LifeEvent.Kind.PLACEMENT_NOTICE, source=place[:120], detail=because[:500],
    )  # fmt: skip
    return begin(
        note, PlacementNotice, by=by, person=person, topic=Topic.PLACEMENT, code="placement.notice_followed",
        words=f"They can stay at {place} until {day_in_words(ends_on)}.", place=place, given_on=given_on,
        ends_on=ends_on, because=because, last_day_plan=last_day_plan, life_event=event, lead_id=lead_id or by.id,
        **told,
    )  # fmt: skip


def ask_place(
    note: Notes, *, notice: PlacementNotice, by: Me, place: str, asked_on: date, miles: int | None = None,
    cost: int | None = None, answer: str = "", answered_on: date | None = None, because: str = "", said: str = "",
) -> PlacementSearch:  # fmt: skip
    """A place was asked whether they can come; with its answer where there is one already."""
    now = lock(notice)
    check_writes(by, now.person, now.topic)
    _check_answer(note, asked_on, answer, answered_on, because, said)
    made = write(
        note, PlacementSearch, person=now.person, topic=now.topic, code="placement.searched",
        words=f"{place} was asked whether they can come.", of_id=now.number, place=place, asked_on=asked_on,
        miles=miles, cost=cost, answer=answer, answered_on=answered_on, because=because, said=said,
    )  # fmt: skip
    take_step(note, now, kind="searched", said=f"Another place was asked: {place}.", words=place)
    return made


def answer_of_place(
    note: Notes, *, notice: PlacementNotice, search: PlacementSearch, by: Me, answer: str, answered_on: date,
    because: str = "", said: str = "", cost: int | None = None,
) -> PlacementNotice:  # fmt: skip
    """What a place answered. A no says why: it is counted for the area."""
    now = lock(notice)
    check_writes(by, now.person, now.topic)
    row = PlacementSearch.objects.select_for_update(of=("self",)).get(pk=search.pk, of_id=now.number)
    _check_answer(note, row.asked_on, answer, answered_on, because, said)
    row.answer, row.answered_on, row.because, row.said = answer, answered_on, because, said
    row.cost = row.cost if cost is None else cost
    row.save(update_fields=["answer", "answered_on", "because", "said", "cost"])
    words = f"{row.place} answered: {PlacementSearch.Answer(answer).label.lower()}."
    return take_step(note, now, kind="place_answered", said=words, words=said or words)


def _check_answer(note: Notes, asked_on: date, answer: str, answered_on: date | None, because: str, said: str) -> None:
    today = local_day(note.at)
    if asked_on > today or (answered_on is not None and not asked_on <= answered_on <= today):
        raise NotNow("day", "The answer can’t be before they were asked, nor still to come.")
    if bool(answer) != (answered_on is not None):
        raise NotNow("answer", "Write the answer and its day, or leave both empty.")
    if answer == PlacementSearch.Answer.NO and not (because or said.strip()):
        raise NotNow("because", "Select the reason they gave, or write it.")


def plan_last_day(
    note: Notes, *, notice: PlacementNotice, by: Me, last_day_plan: str, ends_on: date, words: str = "",
    seen: int | None = None,
) -> PlacementNotice:  # fmt: skip
    """What happens on the last day if nothing else is found; and the day itself, where it moved."""
    now = lock(notice, seen=seen)
    if ends_on < now.given_on:
        raise NotNow("order", "The last day can’t be before notice was given.")
    moved = ends_on != now.ends_on
    said = f"They can stay at {now.place} until {day_in_words(ends_on)}." if moved else "What happens on the last day."
    return take_step(
        note, now, kind="moved_day" if moved else "last_day", said=said, by=by, words=words or last_day_plan,
        last_day_plan=last_day_plan, ends_on=ends_on,
    )  # fmt: skip


def end_notice(
    note: Notes, *, notice: PlacementNotice, by: Me, outcome: str, words: str, new_place: str = "",
    family_words: str = "", seen: int | None = None,
) -> PlacementNotice:  # fmt: skip
    """Where they live now. NotNow for a move to nowhere."""
    now = lock(notice, seen=seen)
    if outcome == PlacementNotice.Outcome.MOVED and not new_place.strip():
        raise NotNow("new_place", "Write where they live now.")
    values: dict[str, Any] = {"outcome": outcome, "outcome_words": words, "new_place": new_place, "closed_at": note.at}
    if family_words.strip():
        values |= {"told": True, "told_on": local_day(note.at), "family_words": family_words.strip()}
    said = f"The notice on {now.place} is over: {PlacementNotice.Outcome(outcome).label.lower()}."
    return take_step(note, now, kind="closed", said=said, by=by, words=words, **values)

"""Money asked of several bodies for one person. Each is called inside `recording()`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.features.actions import operations as actions
from alongside.features.actions.models import Action, ActionStep
from alongside.features.concerns.access import check_writes
from alongside.features.concerns.keeping import begin, lock, take_step, write
from alongside.features.concerns.models import Funding, FundingPart
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.concerns import outcome_of_answers
from alongside.policy.counting import day_in_words, local_day

NOT_HUNDRED = "The shares must make 100 together. They make {total}."


@dataclass(frozen=True, slots=True)
class Share:
    """What one body is asked to pay, in whole percent; its panel and the panel's day where they are known."""

    body: str
    share: int
    name: str = ""
    panel_name: str = ""
    panel_on: date | None = None


def ask_for_funding(
    note: Notes, *, by: Me, person: Person, what_for: str, why_not_existing: str, cost: int, per: str, asked_on: date,
    shares: Sequence[Share], needed_from: date | None = None, action: Action | None = None, lead_id: int | None = None,
) -> Funding:  # fmt: skip
    """What is asked for, and whom. NotNow unless the shares make 100, and for a day to come."""
    total = sum(one.share for one in shares)
    if total != 100 or any(one.share < 1 for one in shares):
        raise NotNow("shares", NOT_HUNDRED.format(total=total))
    if asked_on > local_day(note.at):
        raise NotNow("future", "This day is still to come.")
    if action is not None and action.person_id != person.pk:
        raise NotNow("action", "Only an action of the same person can wait for it.")
    made = begin(
        note, Funding, by=by, person=person, topic=Topic.MONEY, code="funding.asked",
        words=f"Money was asked for: {what_for}.",
        what_for=what_for, why_not_existing=why_not_existing, cost=cost, per=per, asked_on=asked_on,
        needed_from=needed_from, action_id=action.number if action else None, lead_id=lead_id or by.id,
    )  # fmt: skip
    for one in shares:
        words = f"{one.name or FundingPart.Body(one.body).label} is asked for {one.share}%."
        write(
            note, FundingPart, person=person, topic=Topic.MONEY, code="funding.body_asked", words=words,
            of=made, share=one.share, asked_on=asked_on, body=one.body, body_name=one.name, panel_name=one.panel_name,
            panel_on=one.panel_on,
        )  # fmt: skip
    return made


def _part_of(now: Funding, part: FundingPart) -> FundingPart:
    return FundingPart.objects.select_for_update(of=("self",)).get(pk=part.pk, of_id=now.number)


def chase_body(
    note: Notes, *, funding: Funding, part: FundingPart, by: Me, words: str, panel_name: str = "",
    panel_on: date | None = None,
) -> Funding:  # fmt: skip
    """A body was asked again, or named its panel's day."""
    now, row = lock(funding), _part_of(funding, part)
    check_writes(by, now.person, now.topic)
    if row.answer:
        raise NotNow("answered", "This body has answered already.")
    row.chased_on, row.panel_name, row.panel_on = local_day(note.at), panel_name or row.panel_name, panel_on
    row.save(update_fields=["chased_on", "panel_name", "panel_on"])
    kind, said = ("panel", f"{row.called} decides on {day_in_words(panel_on)}.") if panel_on else (
        "chased", f"{row.called} was asked again for an answer.")  # fmt: skip
    return take_step(note, now, kind=kind, said=said, words=words)


def answer_for_body(
    note: Notes, *, funding: Funding, part: FundingPart, by: Me, answer: str, on: date, who: str, because: str = ""
) -> Funding:
    """One body's answer. With the last one the request is decided, and the action that waited goes on."""
    now, row = lock(funding), _part_of(funding, part)
    check_writes(by, now.person, now.topic)
    if row.answer:
        raise NotNow("answered", "This body has answered already.")
    if not row.asked_on <= on <= local_day(note.at):
        raise NotNow("day", "The answer can’t be before they were asked, nor still to come.")
    if answer != FundingPart.Answer.YES and not because.strip():
        raise NotNow("because", "Write the reason they gave.")
    row.answer, row.answered_on, row.decided_who, row.because = answer, on, who, because
    row.save(update_fields=["answer", "answered_on", "decided_who", "because"])
    said = f"{row.called} answered: {FundingPart.Answer(answer).label.lower()}."
    now = take_step(note, now, kind="answered", said=said, words=because or who)
    answers = list(FundingPart.objects.filter(of_id=now.number).values_list("answer", flat=True))
    outcome = outcome_of_answers(answers)
    if not outcome:
        return now
    said = f"The request for money is decided: {Funding.Outcome(outcome).label.lower()}."
    now = take_step(note, now, kind="decided", said=said, outcome=outcome, decided_on=on)
    _let_action_go_on(note, now, by)
    return now


def _let_action_go_on(note: Notes, now: Funding, by: Me) -> None:
    """What waited for the money is taken up again by its owner; a refusal leaves it blocked, for somebody to decide."""
    if now.action_id is None or now.outcome == Funding.Outcome.REFUSED:
        return
    rows = Action.objects.filter(superseded_by=None, state=Action.State.BLOCKED, waits_for=Action.WaitsFor.MONEY)
    action = rows.filter(pk=now.action_id).first() or rows.filter(root_id=now.action_id).first()
    if action is None:
        return
    try:
        words = f"The money was decided on {day_in_words(now.decided_on)}." if now.decided_on else ""
        actions.take_step(note, action=action, kind=ActionStep.Kind.UNBLOCKED, by=by, because=words)
    except (Refused, NotNow):
        # Somebody else follows that action; it says itself when it is looked at again.
        return


def tell_decision(
    note: Notes, *, funding: Funding, by: Me, family_words: str, starts_on: date | None, seen: int | None = None
) -> Funding:
    """The family was told in plain words. A refusal is over then; a yes when what it pays for has started."""
    now = lock(funding, seen=seen)
    if not now.decided_on:
        raise NotNow("not_decided", "It isn’t decided yet.")
    values: dict[str, Any] = {"told": True, "told_on": local_day(note.at), "family_words": family_words}
    values |= {"starts_on": starts_on}
    now = take_step(
        note, now, kind="told", said="The family was told of the decision.", by=by, words=family_words, **values
    )
    return _close(note, now) if now.outcome == Funding.Outcome.REFUSED else now


def say_started(note: Notes, *, funding: Funding, by: Me, on: date, words: str = "") -> Funding:
    """What the money pays for is there. NotNow before it was decided, and for a day to come."""
    now = lock(funding)
    if not now.decided_on or now.outcome == Funding.Outcome.REFUSED:
        raise NotNow("not_decided", "Nothing was agreed that could start.")
    if on > local_day(note.at):
        raise NotNow("future", "This day is still to come.")
    now = take_step(note, now, kind="started", said=f"It started: {now.what_for}.", by=by, words=words, started_on=on)
    return _close(note, now) if now.told else now


def move_start(note: Notes, *, funding: Funding, by: Me, starts_on: date, words: str) -> Funding:
    """It starts on another day than was said."""
    now = lock(funding)
    said = f"It starts on {day_in_words(starts_on)}: {now.what_for}."
    return take_step(note, now, kind="looked", said=said, by=by, words=words, starts_on=starts_on)


def withdraw(note: Notes, *, funding: Funding, by: Me, words: str) -> Funding:
    """It is not asked for any more."""
    now = lock(funding)
    today = local_day(note.at)
    values = {"outcome": Funding.Outcome.WITHDRAWN, "outcome_words": words, "closed_at": note.at, "decided_on": today}
    return take_step(
        note, now, kind="withdrawn", said="The request for money was taken back.", by=by, words=words, **values
    )


def _close(note: Notes, now: Funding) -> Funding:
    return take_step(note, now, kind="closed", said="The request for money is closed.", closed_at=note.at)

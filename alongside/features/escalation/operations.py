"""Raising an escalation, and each step of its life. Each is called inside `recording()`.

Who may take a step and when is checked here; the rows are then written as the engine, because the database lets nobody
change by hand where an escalation stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from alongside.features.actions.models import Action
from alongside.features.escalation import lifecycle, text
from alongside.features.escalation.access import check_may_raise, check_may_take
from alongside.features.escalation.addressees import (
    asked_now,
    last_day_of_question,
    posts_of,
    settle_addressees,
    stretch_now,
)
from alongside.features.escalation.asking import ask_whoever_has_it, end_links
from alongside.features.escalation.models import Addressee, Escalation, EscalationStep
from alongside.features.escalation.rules import rules_of
from alongside.features.people.ended import check_living
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day
from alongside.policy.decision import Decision
from alongside.policy.duties.going_up import begins_with
from alongside.policy.escalating import FIRST, OUTSIDE, first_level

_S, _K = Escalation.State, EscalationStep.Kind
#: A pause, or holding back, is a promise to go on: longer than this it is another one (local default).
LONGEST_PAUSE_DAYS = 42


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to somebody. what: the family reads it. effect, asks: for whoever decides.

    about, about_id, about_rule: what it is about, where that is a row here or something that is due.
    """

    topic: int
    what: str
    agency: str
    reason: str = Escalation.Reason.OTHER
    effect: str = ""
    asks: str = ""
    about: str = Escalation.About.OTHER
    about_id: int | None = None
    about_rule: str = ""
    told: bool = True


def raise_escalation(
    note: Notes, *, by: Me, person: Person, question: Question, level: int, because: str = ""
) -> Escalation:
    """Puts something stuck to a level, and asks whoever has it there. Raises Refused (who), NotNow (raised already)."""
    check_may_raise(by, person, question.topic)
    check_living(person)
    begins = begins_at(person, question, local_day(note.at))
    if level < begins.value:
        raise NotNow("level", begins.because)
    return put(note, person=person, question=question, level=level, because=because)


def begins_at(person: Person, question: Question, on: date) -> Decision:
    """The lowest level to which it is put on a day, and why: 1 but for what is out of time, or a review recommended."""
    number = question.about_id
    if question.about == Escalation.About.DUTY:
        return begins_with(question.about_rule)
    if question.about != Escalation.About.ACTION or number is None:
        return Decision(FIRST, "")
    with context.as_engine():
        rows = Action.objects.filter(Q(pk=number) | Q(root_id=number), person=person, origin=Action.Origin.REVIEW)
        action = rows.filter(superseded_by=None).select_related("recorded_icb").first()
    if action is None:
        return Decision(FIRST, "")
    return first_level(action.due_on, on, *rules_of(action.recorded_icb.code), times=action.times)


def put(note: Notes, *, person: Person, question: Question, level: int, because: str) -> Escalation:
    """The same without asking who may: for what rises by itself, in the name of whoever's act it follows from."""
    if not 1 <= level <= OUTSIDE:
        raise NotNow("level", "Choose a level from 1 to 5.")
    with context.as_engine():
        if running := find_running(person, question):
            raise NotNow("raised", f"This has been escalated already: '{running.what}'. Look at it there.")
        made = _record(note, person, question, state=_S.OPEN, level=level, level_from=note.at)
        add_step(note, made, _K.RAISED, because=because)
        settle_addressees(made, note.at)
    ask_whoever_has_it(note, made)
    return made


def hold_back(note: Notes, *, by: Me, person: Person, question: Question, because: str, until: date) -> Escalation:
    """Somebody says why it is not escalated, and until when: then it is proposed again."""
    check_may_raise(by, person, question.topic)
    if not because.strip():
        raise NotNow("because", "Write why it is not escalated.")
    until = _checked(until, local_day(note.at))
    with context.as_engine():
        made = _record(note, person, question, state=_S.NOT_RAISED, level=0, until=until)
        add_step(note, made, _K.NOT_RAISED, because=because, until=until)
    return made


def find_running(person: Person, question: Question) -> Escalation | None:
    """The one that is open about the same thing. As the engine."""
    if question.about_id is None:
        return None
    rows = Escalation.objects.select_for_update().filter(person=person, state__in=lifecycle.OPEN)
    same = rows.filter(about=question.about, about_id=question.about_id, about_rule=question.about_rule)
    return same.first()


def _record(note: Notes, person: Person, question: Question, **values: Any) -> Escalation:
    # An area that escalates needs officers: what is due about them begins.
    note.matter("officers", person.icb_id)
    raised = values["state"] == _S.OPEN
    said = f"Escalated to level {values['level']}" if raised else "Not escalated"
    return record_fact(
        note,
        Escalation,
        person=person,
        topic=question.topic,
        words=f"{said}: {question.what}",
        code="escalation.raised" if raised else "escalation.not_raised",
        what=question.what,
        effect=question.effect,
        asks=question.asks,
        agency=question.agency,
        reason=question.reason,
        about=question.about,
        about_id=question.about_id,
        about_rule=question.about_rule,
        told=question.told,
        state_at=note.at,
        **values,
    )


def take_step(
    note: Notes,
    *,
    escalation: Escalation,
    kind: str,
    by: Me | Actor,
    because: str = "",
    until: date | None = None,
    seen: int | None = None,
    **values: Any,
) -> Escalation:
    """One step by whoever asks; `values` are the columns that change with it, `seen` the version that they read.

    by: who is signed in, or the officer who came by a link. Raises Refused (who), NotNow (when, or changed since).
    """
    now, has = _lock(escalation, note)
    check_may_take(by, now, kind, has.actor_id if has else None, _opens(has))
    lifecycle.check_version(now.version, seen)
    after = lifecycle.next_state(now.state, kind)
    if kind in text.NEEDS_REASON and not because.strip():
        raise NotNow("because", text.NEEDS_REASON[EscalationStep.Kind(kind)])
    with context.as_engine(), note.in_the_name_of(by):
        values |= _standing(note, now, kind, after, until)
        level = values.get("level") or (has.level if has else now.level)
        Escalation.objects.filter(pk=now.pk).update(version=now.version + 1, **values)
        now = _read(now.pk)
        add_step(
            note, now, kind, because=because, level=level, until=values.get("until"),
            officer_id=has.officer_id if has else None,
        )  # fmt: skip
        note.of(
            f"escalation.{kind}", now, words=f"{text.HAPPENED[EscalationStep.Kind(kind)]}: {now.what}", **_mark(now)
        )
        if kind not in (_K.ACKNOWLEDGED, _K.TOLD, _K.LINKED):
            settle_addressees(now, note.at)
        if now.state not in lifecycle.OPEN or kind == _K.PASSED_UP:
            end_links(now, note.at)
    if kind in (_K.PASSED_UP, _K.ANSWERED):
        ask_whoever_has_it(note, now)
    return now


def _mark(row: Escalation) -> dict[str, Any]:
    return {} if row.told else {"untold": True}


def _standing(note: Notes, now: Escalation, kind: str, after: str, until: date | None) -> dict[str, Any]:
    """What follows of a step: state, level, and until when the clock stands still."""
    on = local_day(note.at)
    values: dict[str, Any] = {}
    if after != now.state:
        values |= {"state": after, "state_at": note.at, "until": None}
    if kind == _K.RETURNED:
        values["until"] = last_day_of_question(now, on)
    if kind == _K.PAUSED:
        values["until"] = _checked(until, on)
    if kind == _K.ACKNOWLEDGED:
        values["acknowledged_at"] = note.at
    if kind == _K.PASSED_UP:
        level = stretch_now(now, note.at).level
        if level >= OUTSIDE:
            raise NotNow("top", "There is no level above this one.")
        values |= {"level": level + 1, "level_from": note.at, "acknowledged_at": None}
    return values


def _checked(until: date | None, on: date) -> date:
    if until is None or until < on or (until - on).days > LONGEST_PAUSE_DAYS:
        raise NotNow("until", f"Choose a last day from today on, within {LONGEST_PAUSE_DAYS // 7} weeks.")
    return until


def _opens(has: Addressee | None) -> bool:
    """Whether whoever is asked now opens it here with an account of their own."""
    if has is None or has.officer is None:
        return True
    with context.as_engine():
        posts = posts_of(has.recorded_icb_id)
    return next((post.has_account for post in posts if post.id == has.officer_id), False)


def _lock(escalation: Escalation, note: Notes) -> tuple[Escalation, Addressee | None]:
    """The escalation as it stands, for this transaction alone, and whose it is now."""
    with context.as_engine():
        rows = Escalation.objects.select_for_update(of=("self", "person"))
        now = rows.select_related("person", "recorded_icb", "recorded_by").get(pk=escalation.pk)
        return now, asked_now(now, note.at)


def _read(number: int) -> Escalation:
    return Escalation.objects.select_related("person", "recorded_icb", "recorded_by").get(pk=number)


def add_step(note: Notes, escalation: Escalation, kind: str, *, level: int | None = None, **values: Any) -> None:
    """As the engine."""
    EscalationStep.objects.create(
        escalation=escalation,
        person_id=escalation.person_id,
        kind=EscalationStep.Kind(kind),
        at=note.at,
        by_id=note.by.id,
        level=escalation.level if level is None else level,
        **values,
    )

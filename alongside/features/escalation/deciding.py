"""A decision: what it is about goes on or ends in the same act, and the family and whoever raised it are told."""

from datetime import date, datetime

from django.db.models import Q

from alongside.features.actions.asking import ask_owner
from alongside.features.actions.lifecycle import OPEN as ACTION_OPEN
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import add_step as add_action_step
from alongside.features.escalation import text
from alongside.features.escalation.models import Escalation, EscalationStep, Refusal
from alongside.features.escalation.operations import take_step
from alongside.features.people.told_where import TELL_WHERE
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor, FamilyAccount
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import Way, email, sms
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day

_S, _K, _O = Action.State, ActionStep.Kind, Escalation.Outcome
HOME = "/mine"


def decide(
    note: Notes,
    *,
    escalation: Escalation,
    by: Me | Actor,
    outcome: str,
    because: str,
    plain: str,
    new_day: date | None = None,
    theme: str = "",
    seen: int | None = None,
) -> Escalation:
    """because: for staff. plain: what the family reads. new_day: of the action that it is about, where it goes on.

    Raises Refused (who), NotNow (when, or words missing).
    """
    if not plain.strip():
        raise NotNow("plain", "Write the decision in plain words for the family.")
    if new_day and new_day < local_day(note.at):
        raise NotNow("new_day", "Choose today or a later day.")
    done = take_step(
        note,
        escalation=escalation,
        kind=EscalationStep.Kind.DECIDED,
        by=by,
        because=because,
        seen=seen,
        outcome=_O(outcome),
        plain=plain,
        theme=theme[:120],
        decided_at=note.at,
    )
    with context.as_engine():
        if done.about == Escalation.About.ACTION:
            _follow_action(note, done, outcome, new_day)
        elif done.about == Escalation.About.REFUSAL:
            _follow_refusal(note, done)
    _tell_whoever_raised_it(note, done)
    if done.told:
        _tell_family(note, done)
    return done


def _follow_action(note: Notes, done: Escalation, outcome: str, new_day: date | None) -> None:
    """As the engine: what was decided is done to it, in the name of whoever decided."""
    root = done.about_id or 0
    rows = Action.objects.filter(Q(pk=root) | Q(root_id=root), person=done.person, superseded_by=None)
    row = rows.filter(state__in=ACTION_OPEN).select_for_update(of=("self",)).select_related("owner", "person").first()
    if row is None or outcome == _O.OTHER:
        return
    because = f"Decided: {done.plain}"[:300]
    if outcome == _O.NOT:
        _change(note, row, _K.GIVEN_UP, _S.NOT_DONE, because)
        return
    if new_day and new_day != row.due_on:
        row.due_on = new_day
        _change(note, row, _K.MOVED, row.state, because)
    if row.state == _S.BLOCKED:
        _change(note, row, _K.UNBLOCKED, _S.ACCEPTED, because)
    elif row.state == _S.REFUSED:
        row.asked_at = note.at
        _change(note, row, _K.HANDED, _S.PROPOSED, because)
    if row.owner_id != note.by.id:
        ask_owner(note, row)


def _follow_refusal(note: Notes, done: Escalation) -> None:
    """As the engine: the no was dealt with where it was put. Somebody who settled it before was quicker."""
    rows = Refusal.objects.filter(pk=done.about_id or 0, person=done.person, settled="", superseded_by=None)
    row = rows.select_for_update(of=("self",)).select_related("person").first()
    if row is None:
        return
    row.settled, row.settled_at = Refusal.Settled.ESCALATED, note.at
    row.settled_words = f"{text.OUTCOME_FAMILY[_O(done.outcome)]} {done.plain}"[:500]
    row.save(update_fields=["settled", "settled_at", "settled_words"])
    said = f"Decided about the no of {row.place}."
    note.of("refusal.settled", row, words=said, **({} if row.told else {"untold": True}))


def _change(note: Notes, row: Action, kind: str, state: str, because: str) -> None:
    if state != row.state:
        row.state, row.state_at, row.because, row.better = state, note.at, because, False
        row.waits_for, row.amount, row.who_decides, row.chased_at = "", None, "", None
    row.version += 1
    row.save()
    add_action_step(note, row, kind, because=because)
    note.of(f"action.{kind}", row, words=f"After a decision: {row.what}")


def _tell_whoever_raised_it(note: Notes, done: Escalation) -> None:
    if done.recorded_by_id == note.by.id or done.recorded_by.left_on:
        return
    queue_message(
        note,
        icb_id=done.recorded_icb_id,
        kind="escalation.decided",
        subject=text.DECIDED_SUBJECT,
        body=text.DECIDED_BODY,
        to_actor_id=done.recorded_by_id,
        link=f"/people/{done.person.reference}/escalations/{done.number}",
        once=f"escalation decided:{done.number}",
    )


def _tell_family(note: Notes, done: Escalation) -> None:
    """Whoever of the family has pages of their own and reads the topic; the others are told by their worker."""
    for account, may_read in _family_of(done, note.at):
        ways: list[Way] = []
        if account.phone:
            ways = [sms(account.phone, link=HOME)]
        elif account.email:
            ways = [email(account.email, link=HOME)]
        queue_message(
            note,
            icb_id=done.recorded_icb_id,
            kind="escalation.family",
            subject=text.FAMILY_SUBJECT,
            body=text.FAMILY_BODY.format(
                what=done.what, outcome=text.OUTCOME_FAMILY[_O(done.outcome)], plain=done.plain
            )
            if may_read
            else text.FAMILY_ASK,
            to_actor_id=account.actor_id,
            ways=ways,
            link=f"{HOME}/{done.person.reference}/decisions",
            once=f"escalation family:{done.number}:{account.actor_id}",
        )


def _family_of(done: Escalation, at: datetime) -> list[tuple[FamilyAccount, bool]]:
    """(who, whether they may read what was typed: it may lead to where the young person lives or stays)."""
    with context.as_engine():
        now = Q(to_at=None) | Q(to_at__gt=at)
        rows = OpenTopics.objects.filter(now, person_id=done.person_id, from_at__lte=at)
        theirs = rows.filter(involvement__because__in=("own_record", "family"))
        topics: dict[int, set[int]] = {}
        for actor, because, some in theirs.values_list("actor_id", "involvement__because", "topics"):
            own = set(TELL_WHERE) if because == "own_record" else set()
            topics.setdefault(actor, set()).update({*some, *own})
        reads = [actor for actor, some in topics.items() if done.topic in some]
        accounts = FamilyAccount.objects.filter(actor__in=reads, closed_at=None).order_by("pk")
        return [(one, bool(topics[one.actor_id] & set(TELL_WHERE))) for one in accounts]

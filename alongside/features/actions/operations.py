"""Agreeing on an action, and each step of its life. Each is called inside `recording()`.

Who may take a step and when is checked here; the rows are then written as the engine, because the database lets nobody
change by hand where an action stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.features.actions import lifecycle, text
from alongside.features.actions.access import check_may_agree, check_may_take, reads_action
from alongside.features.actions.asking import ask_owner
from alongside.features.actions.models import Action, ActionLink, ActionStep
from alongside.features.people.ended import check_living
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.features.people.operations.facts import correct_fact
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes

_K = ActionStep.Kind


@dataclass(frozen=True, slots=True)
class NewOwner:
    """Somebody who may have no account. reach: an e-mail address or phone number, '' where they are told by voice.

    `actor` is given for whoever is known here already; else one is written down with this name and post. `place` is
    the name of an organisation that is not known here: it stays the words of this action, until somebody who keeps the
    list of organisations adds it.
    """

    organisation: Organisation | None
    actor: Actor | None = None
    name: str = ""
    post: str = ""
    reach: str = ""
    place: str = ""


def agree_action(
    note: Notes,
    *,
    by: Me,
    person: Person,
    topic: int,
    what: str,
    owner: NewOwner,
    due_on: date,
    origin: str,
    origin_id: int | None = None,
    how_known: str = "",
    starts_on: date | None = None,
    repeats: Action | None = None,
) -> Action:
    """Writes down what was agreed, and asks its owner. What somebody takes on themselves is accepted at once.

    starts_on: of support, the day from which the family is asked whether it has started. repeats: the earlier action
    that is agreed again; if it is still open it is replaced. Raises Refused for whoever may not write on the topic.
    """
    check_may_agree(by, person, topic)
    return put_in_ledger(
        note,
        by=by,
        person=person,
        topic=topic,
        what=what,
        owner=owner,
        due_on=due_on,
        origin=origin,
        origin_id=origin_id,
        how_known=how_known,
        starts_on=starts_on,
        repeats=repeats,
    )


def put_in_ledger(
    note: Notes,
    *,
    by: Me,
    person: Person,
    topic: int,
    what: str,
    owner: NewOwner,
    due_on: date,
    origin: str,
    origin_id: int | None = None,
    how_known: str = "",
    starts_on: date | None = None,
    repeats: Action | None = None,
) -> Action:
    """The same, where another rule than `check_may_agree` says who may: the caller has checked it."""
    check_living(person)
    if repeats is not None and repeats.person_id != person.pk:
        raise NotNow("repeats", "Only an action of the same person can be agreed again.")
    place, typed = _place_of(owner)
    actor = owner.actor or _write_down(owner, place)
    mine = actor.pk == by.id
    action = record_fact(
        note,
        Action,
        person=person,
        topic=topic,
        words=f"Agreed: {what} By {actor.name}, {place.name if place else typed}.",
        code="action.agreed",
        what=what,
        how_known=how_known,
        due_on=due_on,
        origin=Action.Origin(origin),
        origin_id=origin_id,
        owner=actor,
        owner_organisation=place,
        owner_place=typed,
        owner_reach=owner.reach,
        by_link=not mine and not reads_action(actor, person, topic),
        state=Action.State.ACCEPTED if mine else Action.State.PROPOSED,
        asked_at=note.at,
        state_at=note.at,
        starts_on=starts_on,
        start_asked_from=starts_on,
        repeats=repeats,
        times=repeats.times + 1 if repeats else 1,
    )
    with context.as_engine():
        add_step(note, action, _K.AGREED)
    if repeats is not None and repeats.state in lifecycle.OPEN:
        take_step(note, action=repeats, kind=_K.REPLACED, by=by, because="It was agreed again.")
    if not mine:
        ask_owner(note, action)
    return action


def take_step(
    note: Notes,
    *,
    action: Action,
    kind: str,
    by: Me | Actor,
    because: str = "",
    evidence: str = "",
    seen: int | None = None,
    **values: Any,
) -> Action:
    """One step by whoever asks. `values` are the columns that change with it. `seen` is the version that they read.

    by: who is signed in; or the owner, who came by a link. Raises Refused (who), NotNow (when, or changed since).
    """
    now = _lock(action)
    whose = check_may_take(by, now, kind)
    lifecycle.check_version(now.version, seen)
    after = lifecycle.next_state(now.state, kind)
    if after in lifecycle.OPEN:
        check_living(now.person)
    _check_words(kind, because, evidence)
    if after != now.state or kind == _K.BLOCKED:
        values |= _standing(note, now, kind, after, because)
    with context.as_engine(), note.in_the_name_of(by):
        Action.objects.filter(pk=now.pk).update(version=now.version + 1, **values)
        now = Action.objects.select_related("owner", "person").get(pk=now.pk)
        add_step(note, now, kind, because=because, evidence=evidence, by_family=whose == lifecycle.FAMILY)
        # Why stands in the step alone, which the family door never reads; an event is read with its topic.
        note.of(f"action.{kind}", now, words=f"{text.HAPPENED[kind]}: {now.what}")
    if kind in (_K.NOT_YET, _K.WENT_ON) and now.owner_id != by.id:
        ask_owner(note, now)
    return now


def _standing(note: Notes, now: Action, kind: str, after: str, because: str) -> dict[str, Any]:
    """What follows of a changed state: since when, why, and what no longer holds."""
    values: dict[str, Any] = {"state": after, "state_at": note.at, "because": because[:300], "chased_at": None}
    values["better"] = kind == _K.SOMEBODY
    if kind != _K.BLOCKED:
        values |= {"waits_for": "", "amount": None, "who_decides": ""}
    if kind == _K.SAID_DONE and now.done_at is None:
        values["done_at"] = note.at
    if kind in (_K.NOT_YET, _K.WENT_ON):
        values["done_at"] = None
    return values


def _check_words(kind: str, because: str, evidence: str) -> None:
    if kind in text.NEEDS_REASON and not because.strip():
        raise NotNow("because", "Say why.")
    if kind == _K.SAID_DONE and not evidence.strip():
        raise NotNow("evidence", "Say how we know that it is done.")


def hand_on(
    note: Notes, *, action: Action, owner: NewOwner, by: Me, because: str, due_on: date | None = None, seen: int | None
) -> Action:
    """Asks somebody else: the action starts anew with them, and the links of the one before open nothing."""
    place, typed = _place_of(owner)
    actor = owner.actor or _write_down(owner, place)
    mine = actor.pk == by.id
    changed = take_step(
        note,
        action=action,
        kind=_K.HANDED,
        by=by,
        because=because,
        seen=seen,
        owner=actor,
        owner_organisation=place,
        owner_place=typed,
        owner_reach=owner.reach,
        by_link=not mine and not reads_action(actor, action.person, action.topic),
        asked_at=note.at,
        due_on=due_on or action.due_on,
    )
    if mine:
        return take_step(note, action=changed, kind=_K.ACCEPTED, by=by)
    ask_owner(note, changed)
    return changed


def correct_action(
    note: Notes, *, action: Action, by: Me, what: str, how_known: str | None = None, seen: int | None = None
) -> Action:
    """Puts the words right. What stood there stays; so does what it is about, which decides who reads it.

    how_known: None leaves it as it is. Raises Refused (who), NotNow (over, or changed since).
    """
    check_may_agree(by, action.person, action.topic)
    now = _lock(action)
    lifecycle.check_version(now.version, seen)
    if now.state in lifecycle.OVER:
        raise NotNow("over", "This action is over, so it stays as it was written.")
    put = correct_fact(
        note,
        now,
        words="The words of an action were put right.",
        root_id=now.number,
        version=now.version + 1,
        what=what,
        how_known=now.how_known if how_known is None else how_known,
    )
    with context.as_engine():
        add_step(note, put, _K.CORRECTED)
    return put


def _lock(action: Action) -> Action:
    """The action as it stands, for this transaction alone. NotNow where somebody put its words right meanwhile."""
    with context.as_engine():
        rows = Action.objects.select_for_update(of=("self", "person")).select_related("owner", "person")
        now = rows.get(pk=action.pk)
        if Action.objects.filter(supersedes=now).exists():
            raise lifecycle.changed_since()
    return now


def say_started(note: Notes, *, action: Action, by: Me, started: bool, on: date, seen: int | None = None) -> Action:
    """The family, or whoever asked them, says whether support has started. After 'not yet' they are asked again."""
    if action.start_asked_from is None:
        raise NotNow("start", "Nobody asks any more whether this has started.")
    kind = _K.STARTED if started else _K.NOT_STARTED
    values = {"start_asked_from": None, "started_on": on} if started else {"start_asked_from": on}
    return take_step(note, action=action, kind=kind, by=by, seen=seen, **values)


def _place_of(owner: NewOwner) -> tuple[Organisation | None, str]:
    """The organisation that is meant, or else its name as it was typed."""
    if owner.organisation:
        return owner.organisation, ""
    typed = owner.place.strip()[:200]
    if not typed:
        raise NotNow("place", "Write where they work.")
    known = Organisation.objects.filter(name__iexact=typed, closed_on=None).order_by("pk").first()
    return known, "" if known else typed


def _write_down(owner: NewOwner, place: Organisation | None) -> Actor:
    """An actor for somebody without an account; the same one for the same name and post in a known organisation."""
    known = {"name": owner.name[:120], "post": owner.post[:120], "organisation": place, "kind": Actor.Kind.PERSON}
    about = "Owns an agreed action; has no account"
    with context.as_engine():
        if place is None:
            return Actor.objects.create(about=about, **known)
        found, _ = Actor.objects.get_or_create(user=None, cast_key=None, defaults={"about": about}, **known)
    return found


def add_step(note: Notes, action: Action, kind: str, **values: Any) -> None:
    """As the engine. Links that an earlier owner has open end with every step but a chasing."""
    ActionStep.objects.create(
        action_id=action.number,
        person_id=action.person_id,
        kind=ActionStep.Kind(kind),
        at=note.at,
        by_id=note.by.id,
        **values,
    )
    if kind in (_K.HANDED, _K.ASKED) or action.state in (*lifecycle.OVER, Action.State.REFUSED):
        open_links = ActionLink.objects.filter(action_id=action.number, used_at=None, ended_at=None)
        open_links.update(ended_at=note.at)

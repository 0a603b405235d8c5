"""Restricting a record to named people, naming more, and lifting it. Each is called inside `recording()`."""

from collections.abc import Iterable
from datetime import date

from alongside.features.people.models import Guard, Person
from alongside.features.people.operations import set_restricted
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.guarded import text
from alongside.overview.guarded.models import Restriction

RESTRICTS = (Role.GOVERNANCE, Role.COORDINATOR)


def restrict(
    note: Notes, *, person: Person, because: str, named: Iterable[int], review_on: date, by: Me
) -> Restriction:
    """From now on only these actors find the record. One of them must be a register coordinator of the area.

    Raises Refused or NotNow.
    """
    check_may_restrict(by, person.icb_id)
    wanted = set(named)
    if not _coordinators(person.icb_id) & wanted:
        raise NotNow("no_coordinator", text.NEEDS_COORDINATOR)
    with context.as_engine():
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if Restriction.objects.filter(person=person, lifted_at=None).exists():
            raise NotNow("restricted", text.ALREADY)
        restriction = Restriction.objects.create(
            person=person,
            icb_id=person.icb_id,
            reference=person.reference,
            because=because,
            begun_at=note.at,
            begun_by_id=by.id,
            review_on=review_on,
        )
        for actor_id in sorted(wanted):
            _involve(note, restriction, actor_id)
    set_restricted(note, person=person, restricted=True, because=because)
    _say(note, restriction, "record.restricted", "The record was restricted to named people.")
    return restriction


def name_somebody(note: Notes, *, restriction: Restriction, actor_id: int, by: Me) -> None:
    """One more person finds the record."""
    _check_open(restriction, by)
    with context.as_engine():
        if actor_id in named_on(restriction):
            raise NotNow("named", "They are named on this record already.")
        _involve(note, restriction, actor_id)
    _say(note, restriction, "record.named", "Somebody more was named on the restricted record.")


def unname_somebody(note: Notes, *, restriction: Restriction, actor_id: int, by: Me) -> None:
    """Somebody finds the record no more. One register coordinator always stays named."""
    _check_open(restriction, by)
    with context.as_engine():
        left = named_on(restriction) - {actor_id}
        if not left & _coordinators(restriction.icb_id):
            raise NotNow("last", text.LAST_COORDINATOR)
        _named(restriction).filter(actor_id=actor_id).update(to_at=note.at)
    _say(note, restriction, "record.unnamed", "Somebody is no longer named on the restricted record.")


def keep_restricted(note: Notes, *, restriction: Restriction, review_on: date, by: Me) -> None:
    """Looked at: it stays restricted until another day."""
    _check_open(restriction, by)
    restriction.review_on = review_on
    restriction.save(update_fields=["review_on"])
    _say(note, restriction, "record.kept_restricted", "The restriction was looked at and stays.")


def lift(note: Notes, *, restriction: Restriction, because: str, by: Me) -> None:
    """The record is held again as its agreement says."""
    _check_open(restriction, by)
    restriction.lifted_at, restriction.lifted_by_id, restriction.lifted_because = note.at, by.id, because
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    with context.as_engine():
        person = Person.objects.select_for_update(of=("self",)).get(pk=restriction.person_id)
        _named(restriction).update(to_at=note.at)
    set_restricted(note, person=person, restricted=False, because=because)
    _say(note, restriction, "record.restriction_lifted", "The restriction of the record was lifted.")


def check_may_restrict(me: Me, icb_id: int) -> None:
    """Governance and register coordinators of the area; a coordinator must reach the record, which the view asks."""
    if not me.holds_in(icb_id, *RESTRICTS):
        raise Refused("not_restricting", "Information governance or a register coordinator of the area does this.")


def named_on(restriction: Restriction) -> set[int]:
    """Ids of the actors named now. Ask as the engine: only they may see one another's involvements."""
    return set(_named(restriction).values_list("actor_id", flat=True))


def _named(restriction: Restriction):  # type: ignore[no-untyped-def]
    return Involvement.objects.filter(
        because=Involvement.Because.NAMED, because_id=restriction.pk, person_id=restriction.person_id, to_at=None
    )


def _involve(note: Notes, restriction: Restriction, actor_id: int) -> None:
    Involvement.objects.create(
        actor_id=actor_id,
        person_id=restriction.person_id,
        topics=list(EVERY_TOPIC),
        writes=True,
        sees_guarded=Guard.RESTRICTED,
        relies_on=Involvement.ReliesOn.NOTHING,
        because=Involvement.Because.NAMED,
        because_id=restriction.pk,
        from_at=note.at,
    )


def _coordinators(icb_id: int) -> set[int]:
    held = RoleHeld.objects.filter(area_id=icb_id, role=Role.COORDINATOR, to_date=None, actor__left_on=None)
    return set(held.values_list("actor_id", flat=True))


def _check_open(restriction: Restriction, by: Me) -> None:
    check_may_restrict(by, restriction.icb_id)
    if restriction.lifted_at:
        raise NotNow("lifted", "This restriction was lifted in the meantime.")


def _say(note: Notes, restriction: Restriction, code: str, words: str) -> None:
    note(
        code,
        words=words,
        person_id=restriction.person_id,
        icb_id=restriction.icb_id,
        topic=Topic.AGREEMENT,
        subject="restriction",
        subject_id=restriction.pk,
    )
    note.matter("restriction", restriction.pk)

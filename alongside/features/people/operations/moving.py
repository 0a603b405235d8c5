"""A person moves to another ICB: offered by the one, accepted by the other; held without a gap."""

from alongside.features.people.models import MoveOffer, Person, Responsibility
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def offer_person(note: Notes, *, person: Person, to_icb: Organisation, because: str, by: Me) -> MoveOffer:
    """The ICB that holds a person offers them to another. It stays responsible until the other has accepted."""
    if not by.holds_in(person.icb_id, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_offering", "Only the ICB that holds this person can offer a move.")
    if MoveOffer.objects.filter(person=person, closed_at=None).exists():
        raise NotNow("offered", "A move has already been offered. Wait for the answer, or take the offer back.")
    offer = MoveOffer.objects.create(
        person=person, to_icb=to_icb, offered_at=note.at, offered_by_id=by.id, because=because
    )
    note(
        "person.offered",
        words=f"A move to {to_icb.name} was offered.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.IDENTITY,
        subject="move_offer",
        subject_id=offer.pk,
    )
    return offer


def accept_person(note: Notes, *, person_id: int, to_icb: Organisation, by: Me) -> Person:
    """Ends the responsibility now and begins the next at the same moment, by somebody of the accepting ICB.

    The accepting side can't see the person before; so the rows are written under the engine's identity, and the
    act carries the name of whoever accepted. Whoever was involved for the old area is no longer.
    """
    if not by.holds_in(to_icb.pk, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_accepting", f"Only {to_icb.name} can accept a person for {to_icb.name}.")
    with context.as_engine():
        offer = MoveOffer.objects.select_for_update().filter(person_id=person_id, to_icb=to_icb, closed_at=None).first()
        if offer is None:
            raise NotNow("no_offer", f"Nobody has offered this person to {to_icb.name}, or the offer was taken back.")
        person = Person.objects.select_for_update().get(pk=person_id)
        before = Responsibility.objects.get(person=person, to_at=None)
        before.to_at = note.at
        before.save(update_fields=["to_at"])
        Responsibility.objects.create(person=person, icb=to_icb, from_at=note.at, accepted_by_id=by.id)
        offer.closed_at, offer.closed_how = note.at, "accepted"
        offer.save(update_fields=["closed_at", "closed_how"])
        Involvement.objects.filter(person_id=person_id, to_at=None).update(to_at=note.at)
        person.refresh_from_db()
    note(
        "person.accepted",
        words=f"{to_icb.name} accepted responsibility from {before.icb.name}.",
        person_id=person.pk,
        icb_id=to_icb.pk,
        topic=Topic.IDENTITY,
        came_from=before.icb_id,
    )
    return person

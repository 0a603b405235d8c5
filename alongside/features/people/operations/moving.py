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

#: Ways an offer ends.
ACCEPTED, DECLINED, TAKEN_BACK = "accepted", "declined", "taken_back"


def offer_person(
    note: Notes, *, person: Person, to_icb: Organisation, because: str, by: Me, told: str = ""
) -> MoveOffer:
    """The ICB that holds a person offers them to another. It stays responsible until the other has accepted.

    `told` says whether the person or their family knows.
    """
    if not by.holds_in(person.icb_id, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_offering", "Only the ICB that holds this person can offer a move.")
    if to_icb.pk == person.icb_id:
        raise NotNow("own_area", "They are with this area already. Choose another.")
    if MoveOffer.objects.filter(person=person, closed_at=None).exists():
        raise NotNow("offered", "A move has already been offered. Wait for the answer, or take the offer back.")
    offer = MoveOffer.objects.create(
        person=person, to_icb=to_icb, offered_at=note.at, offered_by_id=by.id, because=because, told=told
    )
    _say(note, offer, person, "person.offered", f"A move to {to_icb.name} was offered. {because}")
    return offer


def take_back(note: Notes, *, offer: MoveOffer, because: str, by: Me) -> None:
    """The area that offered changes its mind. Raises NotNow when the offer was answered meanwhile."""
    person = offer.person
    if not by.holds_in(person.icb_id, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_offering", "Only the ICB that holds this person can take the offer back.")
    with context.as_engine():
        _close(_open_offer(offer.pk), note, TAKEN_BACK, because)
    _say(note, offer, person, "person.offer_taken_back", f"The offer of a move was taken back. {because}")


def decline_person(note: Notes, *, offer_id: int, because: str, by: Me) -> MoveOffer:
    """The other area says no, and why. The area that offered stays responsible and reads the reason."""
    with context.as_engine():
        offer = _open_offer(offer_id)
        person, to_icb = offer.person, offer.to_icb
    _check_accepting(by, to_icb)
    with context.as_engine():
        _close(offer, note, DECLINED, because)
    words = f"{to_icb.name} did not accept them: {because} {person.icb.name} stays responsible."
    _say(note, offer, person, "person.offer_declined", words)
    return offer


def accept_offer(note: Notes, *, offer_id: int, by: Me) -> Person:
    """As `accept_person`, by the number of the offer: the accepting side doesn't know the person's own."""
    with context.as_engine():
        offer = _open_offer(offer_id)
        to_icb = offer.to_icb
    return accept_person(note, person_id=offer.person_id, to_icb=to_icb, by=by)


def accept_person(note: Notes, *, person_id: int, to_icb: Organisation, by: Me) -> Person:
    """Ends the responsibility now and begins the next at the same moment, by somebody of the accepting ICB.

    The accepting side can't see the person before; so the rows are written under the engine's identity, and the
    act carries the name of whoever accepted. Whoever was involved for the old area is no longer.
    """
    _check_accepting(by, to_icb)
    with context.as_engine():
        offer = MoveOffer.objects.select_for_update().filter(person_id=person_id, to_icb=to_icb, closed_at=None).first()
        if offer is None:
            raise NotNow("no_offer", f"Nobody has offered this person to {to_icb.name}, or the offer was taken back.")
        person = Person.objects.select_for_update().get(pk=person_id)
        before = Responsibility.objects.get(person=person, to_at=None)
        # Records that were merged into theirs go along: who reads the one reads the others.
        records = [person_id, *Person.objects.filter(survivor=person_id).values_list("pk", flat=True)]
        for record in records:
            Responsibility.objects.filter(person_id=record, to_at=None).update(to_at=note.at)
            Responsibility.objects.create(person_id=record, icb=to_icb, from_at=note.at, accepted_by_id=by.id)
        _close(offer, note, ACCEPTED, "")
        # A move takes nobody's own pages away.
        own = (Involvement.Because.OWN_RECORD, Involvement.Because.FAMILY)
        theirs = Involvement.objects.filter(person_id__in=records, to_at=None)
        theirs.exclude(because__in=own).update(to_at=note.at)
        person.refresh_from_db()
    note(
        "person.accepted",
        words=f"{to_icb.name} accepted responsibility from {before.icb.name}.",
        person_id=person.pk,
        icb_id=to_icb.pk,
        topic=Topic.IDENTITY,
        came_from=before.icb_id,
    )
    note.matter("move_offer", offer.pk)
    return person


def _check_accepting(by: Me, to_icb: Organisation) -> None:
    if not by.holds_in(to_icb.pk, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_accepting", f"Only {to_icb.name} can accept a person for {to_icb.name}.")


def _open_offer(key: int) -> MoveOffer:
    found = MoveOffer.objects.select_for_update(of=("self",)).select_related("person__icb", "to_icb")
    offer = found.filter(pk=key, closed_at=None).first()
    if offer is None:
        raise NotNow("no_offer", "This offer was answered or taken back meanwhile. Nothing was changed.")
    return offer


def _close(offer: MoveOffer, note: Notes, how: str, because: str) -> None:
    offer.closed_at, offer.closed_how, offer.closed_because = note.at, how, because
    offer.save(update_fields=["closed_at", "closed_how", "closed_because"])


def _say(note: Notes, offer: MoveOffer, person: Person, code: str, words: str) -> None:
    note(
        code,
        words=words.strip(),
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.IDENTITY,
        subject="move_offer",
        subject_id=offer.pk,
    )
    note.matter("move_offer", offer.pk)

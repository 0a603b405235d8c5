"""Making a pack and keeping it as it was sent."""

from alongside.features.moving.agreeing import agreed_topics
from alongside.features.moving.fhir import bundle_of
from alongside.features.moving.models import AreaMove, MovePack
from alongside.features.moving.pack import Telling, parts_of
from alongside.features.people.agreement.reading import read_known
from alongside.features.people.models import MoveOffer, Person
from alongside.foundation.access.me import Me
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic


def keep_pack(note: Notes, *, move: AreaMove, person: Person, by: Me, offer: MoveOffer | None = None) -> MovePack:
    """The record as `by` reads it now, on the topics that were agreed to. It never changes afterwards."""
    topics = agreed_topics(read_known(person, note.at).ledger, move, note.at)
    parts = parts_of(Telling(by, person, topics, note.at), ring_of(person, by))
    told_number = person.nhs_number if Topic.IDENTITY in topics and person.nhs_number else ""
    bundle = bundle_of(
        parts,
        reference=person.reference,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        nhs_number=told_number,
        sender=person.icb.name,
        sender_code=person.icb.code,
        at=note.at,
    )
    pack = MovePack.objects.create(
        person=person,
        topic=Topic.IDENTITY,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        move=move,
        offer=offer,
        parts=[part.as_json() for part in parts],
        bundle=bundle,
        left_out=sorted(set(EVERY_TOPIC) - topics),
    )
    note.of("move.packed", pack, words="What the new area needs to know was put together, as far as it was agreed.")
    return pack


def ring_of(person: Person, by: Me) -> str:
    """Whom the other side rings: whoever made the pack, and the area's own number."""
    contact = find_contact(person.icb_id)
    number = f", {contact.phone}" if contact else ""
    return f"{by.name}, {person.icb.name}{number}"

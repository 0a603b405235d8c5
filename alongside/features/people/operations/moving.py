"""A person moves to another ICB: the old one holds them until the new one has accepted, with no gap."""

from alongside.features.people.models import Person, Responsibility
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def accept_person(note: Notes, *, person_id: int, to_icb: Organisation, by: Me) -> Person:
    """Ends the responsibility now and begins the next at the same moment, by somebody of the accepting ICB.

    The accepting side can't see the person before; so the rows are written under the engine's identity,
    and the act carries the name of whoever accepted.
    """
    if not by.holds_in(to_icb.pk, Role.COORDINATOR, Role.MANAGER):
        raise Refused("not_accepting", f"Only {to_icb.name} can accept a person for {to_icb.name}.")
    with context.as_engine():
        person = Person.objects.select_for_update().get(pk=person_id)
        before = Responsibility.objects.get(person=person, to_at=None)
        before.to_at = note.at
        before.save(update_fields=["to_at"])
        Responsibility.objects.create(person=person, icb=to_icb, from_at=note.at, accepted_by_id=by.id)
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

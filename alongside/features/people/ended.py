"""Whose record comes to its end in an act, because they died or it was closed; and who did not die after all."""

from dataclasses import dataclass

from django.db.models import Q

from alongside.features.people.models import Guard, Person
from alongside.features.people.queries import about
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes

#: Why what was open ended with the record: told to staff only.
DIED = "They have died."
CLOSED = "Agreement to the register was refused or withdrawn."
MISTAKE = "It was written down by mistake that they had died."

ANSWERED = ("consent.recorded", "consent.corrected")


@dataclass(frozen=True, slots=True)
class Ended:
    """A person, and why nothing goes on for them here."""

    person: Person
    because: str

    @property
    def rows(self) -> Q:
        """Rows about them, with those of a record that was merged into theirs."""
        return about(self.person)


def check_living(person: Person) -> None:
    """Raises NotNow for somebody who died: nothing is due for them, so nobody would be asked about anything new."""
    if person.died_on is not None:
        raise NotNow("died", "They have died, so nothing new is agreed or planned here. A contact can be written down.")


def list_ended(notes: Notes) -> list[Ended]:
    """Who died, or whose record was closed, by what was written down in this act. As the engine."""
    died = {person.pk: Ended(person, DIED) for person in _changed(notes) if person.died_on}
    asked = {event.person_id for event in notes.events if event.code in ANSWERED and event.person_id}
    closed = Person.objects.filter(pk__in=asked - set(died), guard=Guard.CLOSED) if asked else ()
    return [*died.values(), *(Ended(person, CLOSED) for person in closed)]


def list_living_after_all(notes: Notes) -> list[Person]:
    """Those of whom nobody says now that they died, where this act changed who they are. As the engine."""
    return [person for person in _changed(notes) if person.died_on is None]


def _changed(notes: Notes) -> list[Person]:
    numbers = {
        event.person_id
        for event in notes.events
        if event.code == "person.changed" and event.person_id and "died_on" in (event.detail or {}).get("changed", ())
    }
    return list(Person.objects.filter(pk__in=numbers)) if numbers else []

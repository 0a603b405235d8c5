"""Open actions of somebody who moves to another area: they go along, and each has an owner who reaches them there.

A row is written for the area that accepts, in the place of the one before: each area reads its own time, and the old
one nothing of what comes after.
"""

from typing import Any

from django.db.models import Q

from alongside.features.actions.access import reads_action
from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import add_step
from alongside.features.people.models import Person
from alongside.features.people.operations.facts import correct_fact
from alongside.features.people.queries import about
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes

_S, _K = Action.State, ActionStep.Kind


def move_with_the_person(notes: Notes) -> None:
    """Runs in the same transaction as the acceptance, after whoever worked for the old area was let go."""
    for event in list(notes.events):
        if event.code == "person.accepted" and event.person_id:
            person = Person.objects.select_related("icb").get(pk=event.person_id)
            rows = Action.objects.filter(
                about(person), Q(state__in=OPEN) | Q(start_asked_from__isnull=False), superseded_by=None
            )
            for row in rows.select_for_update(of=("self",)).order_by("pk"):
                _move(notes, row, person)


def _move(notes: Notes, row: Action, person: Person) -> None:
    """It stays with an owner outside who answers by a link, or who still opens it; else whoever accepted has it."""
    stays = row.by_link or row.state not in OPEN or reads_action(row.owner, person, row.topic)
    owned: dict[str, Any] = {} if stays else _given_to(notes, row, person.icb)
    put = correct_fact(
        notes,
        row,
        words=f"It went with them to {person.icb.name}: {row.what}",
        root_id=row.number,
        version=row.version + 1,
        recorded_icb_id=person.icb_id,
        **owned,
    )
    if owned:
        before = f"{row.owner.name}, {row.place_name}"
        because = f"They moved to {person.icb.name}, and {before}, can't open their record any more."
        add_step(notes, put, _K.HANDED, because=because[:500])


def _given_to(notes: Notes, row: Action, area: Organisation) -> dict[str, Any]:
    """Whoever accepted the person says who does it now. What is blocked, said to be done or disputed stands so."""
    owned: dict[str, Any] = {
        "owner_id": notes.by.id,
        "owner_organisation_id": area.pk,
        "owner_place": "",
        "owner_reach": "",
        "asked_at": notes.at,
        "chased_at": None,
    }
    if row.state in (_S.ACCEPTED, _S.REFUSED):
        owned |= {"state": _S.PROPOSED, "state_at": notes.at, "because": "", "better": False}
    return owned

"""What is measured beside the register: a young person through the family door, and a register meeting that goes on."""

from datetime import datetime

from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person
from alongside.features.people.operations.family import open_to_family
from alongside.features.register.models import AgendaItem, Meeting
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.family_sign_in import the_door
from alongside.foundation.accounts.invitations import Way, invite, let_in
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC
from simulator.meetings import meetings_of
from simulator.replay import acting_as


def find_family(area: int, at: datetime) -> tuple[int, str]:
    """(a young person of the area as an actor, their reference). Invited by their keyworker where nobody was yet."""
    with context.as_engine():
        held = RoleHeld.objects.filter(role=Role.YOUNG_PERSON, area_id=area).first()
        with_worker = Allocation.objects.filter(to_date=None, part="designated", person__guard=0, person__icb_id=area)
        allocated = with_worker.order_by("person_id").first()
        assert allocated, "An area of the bench has somebody with a keyworker."
        person = Person.objects.get(pk=allocated.person_id)
    if held:
        return held.actor_id, person.reference
    return _invited(person, allocated.worker_id, at), person.reference


def a_meeting(area: int, at: datetime) -> tuple[str, str]:
    """(its agenda, the page of whoever is talked about first). Held and opened where no such meeting goes on yet."""
    meetings = meetings_of(area, at)
    with acting_as(meetings.runner, at):
        found = Meeting.objects.filter(icb_id=area, state=Meeting.State.OPEN).values_list("pk", flat=True).first()
    number = found or meetings.hold()
    meetings.open(number)
    with acting_as(meetings.runner, at):
        item = AgendaItem.objects.filter(meeting=number).order_by("place", "pk").values_list("pk", flat=True)[0]
    return f"/meetings/{number}", f"/meetings/{number}/people/{item}"


def _invited(person: Person, worker: int, at: datetime) -> int:
    with acting_as(worker, at) as me, recording(by=me, at=at) as note:
        invited = invite(
            note,
            person_id=person.pk,
            icb_id=person.icb_id,
            role=Role.YOUNG_PERSON,
            name=person.given_name,
            topics=EVERY_TOPIC,
            way=Way.SMS,
            phone=f"0770090{person.icb_id % 10_000:04}",
            how_known="Rang it.",
        )
    with recording(by=the_door(), at=at) as note:
        actor = let_in(note, invited.invitation)
        open_to_family(
            note,
            actor=actor,
            person_id=person.pk,
            relation_id=None,
            role=Role.YOUNG_PERSON,
            topics=EVERY_TOPIC,
            asked_by=Actor.objects.get(pk=worker),
        )
    return actor.pk

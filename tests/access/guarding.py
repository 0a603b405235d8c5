"""One row of each table of guarded records, and who should see it, written here a second time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.models import Restriction
from alongside.overview.retention.models import Hold, Proposal, ProposedRecord
from alongside.overview.subject_access.models import AccessRequest, Checked
from tests.access.world import MADE, World
from tests.cast import acting_as

Rule = Callable[[Any, Any], bool]


def add_guarded_rows(world: World) -> None:
    """In the first area: openings that worked and that did not, a restriction, a hold, a disposal, a request."""
    here, restricted = world.here, world.subjects["restricted"].person
    _openings(world)
    engine = Actor.objects.get(kind="engine")
    first, second = here.actors[Role.GOVERNANCE], here.actors[Role.MANAGER]
    about = {"person": restricted, "icb": here.icb}
    with context.as_engine(), recording(by=engine, at=MADE) as note:
        Restriction.objects.create(
            **about, reference="A", because="x", begun_at=MADE, begun_by=first, review_on=MADE.date()
        )
        Hold.objects.create(**about, reference="A", because="x", begun_at=MADE, begun_by=first)
        proposal = Proposal.objects.create(icb=here.icb, proposed_at=MADE, proposed_by=first, second=second)
        ProposedRecord.objects.create(
            proposal=proposal, number=1, reference="A", kept_until=MADE.date(), because="x", source="x"
        )
        request = AccessRequest.objects.create(
            **about,
            reference="S-1",
            person_reference="A",
            asked_as="self",
            asked_by="x",
            proof="x",
            received_on=MADE.date(),
            recorded_at=MADE,
            handler=first,
            second=second,
        )
        Checked.objects.create(request=request, table="x", row_id=1, leave=True, by=first, at=MADE)
        note("x.y", words="x")


def _openings(world: World) -> None:
    who = world.there.actors[Role.PARTNER_HEALTH]
    for name in ("agreed", "restricted"):
        person = world.subjects[name].person
        with acting_as(who, MADE) as me, recording(by=me, at=MADE, once=uuid4()) as note:
            note("x.y", words="x")
            with connection.cursor() as cursor:
                cursor.execute(
                    "select access.break_glass('', %s, %s, %s, 'crisis', 'x', %s, %s)",
                    [person.given_name, person.family_name, person.birth_date, MADE, MADE + timedelta(hours=12)],
                )


def _governs(reader: Any, icb_id: int) -> bool:
    return icb_id in reader.governs()


def _manages(reader: Any, icb_id: int) -> bool:
    return ("manager", icb_id) in reader.roles


def opening(reader: Any, row: Any) -> bool:
    opened = row.outcome == "opened"
    return _governs(reader, row.icb_id) or (opened and (_manages(reader, row.icb_id) or row.actor_id == reader.id))


def restriction(reader: Any, row: Any) -> bool:
    return _governs(reader, row.icb_id) or reader.is_with(reader.people[row.person_id])


def governed(reader: Any, row: Any) -> bool:
    whose = getattr(row, "proposal", None) or getattr(row, "request", None) or row
    return _governs(reader, whose.icb_id) or (reader.id is not None and getattr(whose, "second_id", 0) == reader.id)


GUARDED: dict[str, Rule] = {
    "Opening": opening,
    "Restriction": restriction,
    "Hold": governed,
    "Proposal": governed,
    "ProposedRecord": governed,
    "AccessRequest": governed,
    "Checked": governed,
}

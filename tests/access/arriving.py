"""Links of organisations and what came by them, of every kind of reach, and who should see them: said a second time."""

from typing import Any

from alongside.features.referrals.models import LinkTry, Notice, OnCall, OrganisationLink
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from tests.access.telling import Rule
from tests.access.world import MADE, MOVED, World
from tests.cast import Area

RINGS = {"keyworker", "manager", "coordinator", "commissioner", "partner_health", "partner_social_care"}


def add_arrived_rows(world: World) -> None:
    """A link of each area that was tried, a notice about nobody yet and about each person, somebody on call."""
    engine = Actor.objects.get(kind="engine")
    with context.as_engine(), recording(by=engine, at=MADE) as note:
        for number, area in enumerate((world.here, world.there)):
            link = _link(area, engine, number)
            LinkTry.objects.create(link=link, at=MADE, outcome="opened")
            OnCall.objects.create(
                icb=area.icb, actor=area.actors["manager"], phone="x", from_date=MADE, to_date=MADE, added_by=engine,
                added_at=MADE,
            )  # fmt: skip
            _notice(area, engine, link, 10 * number, None)
            for place, subject in enumerate(world.subjects.values(), 1):
                if subject.person.icb_id == area.icb.pk:
                    _notice(area, engine, link, 10 * number + place, subject.person)
        note("x.y", words="x")


def _link(area: Area, engine: Actor, number: int) -> OrganisationLink:
    return OrganisationLink.objects.create(
        icb=area.icb, organisation=area.icb, what_for="alert", token_digest=b"link %d" % number, acts_as=engine,
        made_by=engine, made_at=MADE, expires_at=MOVED,
    )  # fmt: skip


def _notice(area: Area, engine: Actor, link: OrganisationLink, number: int, person: Any) -> None:
    Notice.objects.create(
        reference=f"N-AAAA-{number:04}", kind="alert", icb=area.icb, came_at=MADE, sent_by=engine, link=link,
        sender="x", act=f"00000000-0000-4000-9000-{number:012}", family_name="x", where_now="x", happened_at=MADE,
        happened="x", ring_name="x", ring_phone="x", matched="unsure", person=person,
    )  # fmt: skip


def of_coordinators(reader: Any, row: Any) -> bool:
    return ("coordinator", row.icb_id) in reader.roles


def notice(reader: Any, row: Any) -> bool:
    """The register team's: closed with the person's record."""
    person = reader.people.get(row.person_id)
    return row.icb_id in reader.areas(1) and (person is None or reader.reaches(person))


ARRIVED: dict[str, Rule] = {
    "OrganisationLink": of_coordinators,
    "LinkTry": lambda reader, row: of_coordinators(reader, row.link),
    "Notice": notice,
    "OnCall": lambda reader, row: any(role in RINGS and area == row.icb_id for role, area in reader.roles),
}

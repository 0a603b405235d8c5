"""A round of each area with an answer, and what was told by a link; who should see it, written a second time."""

from collections.abc import Callable
from typing import Any

from alongside.features.referrals.models import (
    AreaSchool,
    OrganisationLink,
    SchoolAnswer,
    SchoolAsk,
    SchoolCall,
    SchoolDraft,
    SchoolRound,
    SchoolWorry,
    ToldByLink,
)
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from tests.access.world import MADE, MOVED, World
from tests.cast import Area

Rule = Callable[[Any, Any], bool]


def add_school_rows(world: World) -> None:
    engine = Actor.objects.get(kind="engine")
    with context.as_engine(), recording(by=engine, at=MADE) as note:
        for area in (world.here, world.there):
            _round(area, engine)
        for subject in world.subjects.values():
            _told(world.here, engine, outcome="matched", person=subject.person, settled_at=MADE, settled_by=engine)
        _told(world.there, engine)
        note("x.y", words="x")


def _round(area: Area, engine: Actor) -> None:
    school = Organisation.objects.create(kind="school", name=f"School of {area.icb.code}")
    AreaSchool.objects.create(icb=area.icb, organisation=school, listed_at=MADE, listed_by=engine)
    one = SchoolRound.objects.create(
        icb=area.icb, term="x", asked_from=MADE.date(), answer_by=MADE.date(), until=MOVED, started_at=MADE,
        started_by=engine,
    )  # fmt: skip
    ask = SchoolAsk.objects.create(round=one, icb=area.icb, organisation=school, asked_at=MADE, until=MOVED)
    SchoolCall.objects.create(ask=ask, icb=area.icb, at=MADE, by=engine, outcome="unreached")
    SchoolDraft.objects.create(ask=ask, saved_at=MADE)
    answer = SchoolAnswer.objects.create(ask=ask, icb=area.icb, at=MADE, by=engine, by_name="x")
    SchoolWorry.objects.create(
        answer=answer, ask=ask, icb=area.icb, number=1, known="no", autism="no", learning_disability="no", words="x"
    )


def _told(area: Area, engine: Actor, **settled: Any) -> None:
    school = Organisation.objects.get(name=f"School of {area.icb.code}")
    link, _ = OrganisationLink.objects.get_or_create(
        icb=area.icb, organisation=school, what_for="change",
        defaults={
            "token_digest": area.icb.code.encode(), "acts_as": engine, "made_by": area.actors[Role.COORDINATOR],
            "made_at": MADE, "expires_at": MOVED,
        },
    )  # fmt: skip
    ToldByLink.objects.create(
        icb=area.icb, organisation=school, link=link, told_at=MADE, told_by=engine, by_name="x", given_name="x",
        family_name="x", kind="other", told="x", **settled,
    )  # fmt: skip


def _held_in(*roles: str) -> Rule:
    return lambda reader, row: any(role in roles and area == row.icb_id for role, area in reader.roles)


def told(reader: Any, row: Any) -> bool:
    """The register team's, as long as it reaches the person whom it was about."""
    reached = row.person_id is None or reader.reaches(reader.people[row.person_id])
    return row.icb_id in reader.areas(1) and reached


progress = _held_in("coordinator", "manager")
SCHOOLS: dict[str, Rule] = {
    "AreaSchool": progress,
    "SchoolRound": progress,
    "SchoolAsk": progress,
    "SchoolCall": progress,
    "SchoolDraft": lambda reader, row: False,
    "SchoolAnswer": lambda reader, row: row.icb_id in reader.areas(1),
    "SchoolWorry": lambda reader, row: row.icb_id in reader.areas(1),
    "ToldByLink": told,
}

"""A fixed cast for tests: two ICBs with their teams and people, and a door to act as any of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from alongside.features.people.models import Person
from alongside.features.people.operations import add_person, record_consent
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import enter_register
from alongside.foundation.access import context
from alongside.foundation.access.me import Me, find_me, open_key
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Installation, Organisation, SharingAgreement, Team
from alongside.foundation.organisations.service import open_service
from alongside.foundation.recording.recording import recording
from alongside.policy.decision import Decision

# What the rules say of the floor: nothing, or that somebody is in a mental health hospital.
NO_FLOOR = Decision(None, "Nothing in their hospital stays limits the rating.")
STAYING = Decision("blue", "They are in a mental health hospital.")
START = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Area:
    """One ICB's service: its teams by kind, and its members of the cast by role."""

    icb: Organisation
    teams: dict[str, Team]
    actors: dict[str, Actor] = field(default_factory=dict)


TEAM_OF = {
    Role.KEYWORKER: "keyworking",
    Role.MANAGER: "keyworking",
    Role.COORDINATOR: "register",
    Role.COMMISSIONER: "commissioning",
}


def make_area(code: str, name: str, *, demonstration: bool = False) -> Area:
    """An ICB with its four teams and one actor of each role. Acts as the engine."""
    with context.as_engine():
        engine = Actor.objects.get(kind="engine")
        with recording(by=engine, at=START) as note:
            icb = Organisation.objects.create(
                kind="icb", code=code, name=name, opened_on=date(2022, 7, 1), invented=True
            )
            area = Area(icb, open_service(icb, on=date(2022, 7, 1)))
            for role in Role:
                team = area.teams.get(TEAM_OF.get(role, ""))
                actor = Actor.objects.create(name=f"{role.label} of {code}", post=role.label)
                RoleHeld.objects.create(
                    actor=actor, role=role, area=icb, team=team, holds_inbox=bool(team), from_date=date(2022, 7, 1)
                )
                area.actors[role.value] = actor
            note("area.made", words=f"{name} was set up.", icb_id=icb.pk)
    return area


@contextmanager
def acting_as(actor: Actor, at: datetime = NOW) -> Iterator[Me]:
    """Statements inside are asked by this actor, as in a signed-in page."""
    key = open_key(actor.pk, kind="command", factor="test", at=at)
    with context.asking_with(key):
        me = find_me(at)
        assert me is not None
        yield me


def key_of(actor: Actor, at: datetime | None = None) -> str:
    """A key to put into a test client's cookie."""
    from alongside.foundation import clock

    return open_key(actor.pk, kind="session", factor="test", at=at or clock.now())


def add_registered(
    area: Area,
    *,
    given_name: str = "Kai",
    family_name: str = "Moss",
    birth_date: date | None = date(2012, 3, 4),
    agreed: bool = True,
    at: datetime = NOW,
    listing: str = "child",
    **known: object,
) -> tuple[Person, RegisterEntry]:
    """A person on the area's register, through operations, by the area's coordinator."""
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        person = add_person(
            note, icb_id=area.icb.pk, given_name=given_name, family_name=family_name, birth_date=birth_date, **known
        )
        record_consent(
            note,
            person=person,
            purpose="register",
            answer="given" if agreed else "unknown",
            basis="parental" if agreed else "not_stated",
            decided_on=at.date(),
            evidenced=agreed,
        )
        entry = enter_register(note, person=person, listing=listing, entered_on=at.date(), reason="A&E twice", by=me)
    return person, entry


def involve(
    area: Area, person: Person, actor: Actor, *, topics: Iterable[int], kind: str = "health", at: datetime = NOW,
    from_at: datetime | None = None, **more: object,
) -> Involvement:  # fmt: skip
    """A partner who works with a person: the organisations agreed, the person agreed, and the team linked them."""
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        SharingAgreement.objects.get_or_create(
            icb=area.icb,
            recipient_kind=kind,
            defaults={"purpose": "Working together", "signed_on": START.date(), "signed_by": "Two directors"},
        )
        record_consent(
            note, person=person, purpose="sharing", answer="given", basis="parental", decided_on=at.date(),
            evidenced=True, recipient_kind="actor", recipient_id=actor.pk,
        )  # fmt: skip
        note("involvement.made", words="Somebody works with them.", person_id=person.pk, icb_id=area.icb.pk, topic=1)
        return Involvement.objects.create(
            actor=actor,
            person_id=person.pk,
            topics=list(topics),
            because="link",
            recipient_kind=kind,
            from_at=from_at or at,
            **more,
        )


def make_demonstration() -> None:
    """Marks this test's database as a demonstration, as the owner would when making it."""
    Installation.objects.create(demonstration=True, made_at=START)

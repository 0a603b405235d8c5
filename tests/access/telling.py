"""Messages, referrals and families of every kind of reach, and who should see them, written here a second time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alongside.features.people.models import AskingDraft
from alongside.features.referrals.models import (
    FullForm,
    LetterOpened,
    OutcomeLetter,
    Referral,
    ReferralDraft,
    ReferralStep,
)
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.messages.operations import record_opened
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.access.world import MADE, MOVED, TOPICS, World
from tests.cast import acting_as

Rule = Callable[[Any, Any], bool]


def add_told_rows(world: World) -> None:
    """Messages to each kind of recipient and about each person; referrals by each kind of asker and about each."""
    engine = Actor.objects.get(kind="engine")
    with context.as_engine(), recording(by=engine, at=MADE) as note:
        _messages(world, engine)
        _referrals(world, engine)
        for subject in world.subjects.values():
            for role in (Role.MANAGER, Role.COORDINATOR):
                AskingDraft.objects.create(
                    person=subject.person, actor=world.here.actors[role], answers={}, begun_at=MADE, saved_at=MADE,
                    expires_at=MOVED,
                )  # fmt: skip
            parent = Actor.objects.create(kind="family", name="Dawn Moss")
            Involvement.objects.create(
                actor=parent, person_id=subject.person.pk, topics=[], because="family", relies_on="", sees_guarded=1,
                from_at=MADE, to_at=MOVED,
            )  # fmt: skip
        note("x.y", words="x")
    for role in (Role.KEYWORKER, Role.COORDINATOR):
        with acting_as(world.here.actors[role], MOVED) as me:
            for said in Message.objects.all():
                record_opened(said, me, MOVED)


def _messages(world: World, engine: Actor) -> None:
    here, there = world.here, world.there
    keyworker = here.actors[Role.KEYWORKER]
    ways: list[dict[str, Any]] = [
        {"icb": here.icb, "to_actor": keyworker},
        {"icb": here.icb, "to_actor": keyworker, "from_team": here.teams["register"]},
        {"icb": here.icb, "to_team": here.teams["keyworking"], "by": here.actors[Role.PARTNER_HEALTH]},
        {"icb": there.icb, "to_name": "Dawn Moss"},
    ]
    for subject in world.subjects.values():
        about = {"icb": subject.person.icb, "person_id": subject.person.pk, "to_actor": keyworker}
        ways += [about | {"topic": topic} for topic in (Topic.CONTACT, *TOPICS)]
    for number, way in enumerate(ways):
        said = Message.objects.create(**({"by": engine} | way), kind="x", subject="x", body="x", made_at=MADE)
        Delivery.objects.create(
            icb=said.icb, message=said, person_id=said.person_id, channel="sms", address=f"{number}", notice="x",
            made_at=MADE,
        )  # fmt: skip


def _referrals(world: World, engine: Actor) -> None:
    here, asker = world.here, world.here.actors[Role.PARTNER_HEALTH]
    people = {name: subject.person for name, subject in world.subjects.items()}
    asked: list[dict[str, Any]] = [
        {"icb": here.icb, "asked_by": asker},
        {"icb": here.icb, "asked_by": asker, "person": people["restricted"]},
        # Of the team, and asked for somebody whose record is closed to the team.
        {"icb": here.icb, "asked_by": here.actors[Role.COORDINATOR], "person": people["restricted"]},
        {"icb": here.icb, "person": people["restricted"]},
        {"icb": here.icb, "person": people["unconfirmed"]},
        {"icb": here.icb, "person": people["moved"]},
        {"icb": world.there.icb, "asked_by": asker},
    ]
    for number, who in enumerate(asked):
        referral = Referral.objects.create(
            **who, reference=f"R-AAAA-{number:04}", code_digest=b"referral %d" % number, received_at=MADE,
            received_by=engine, act=f"00000000-0000-4000-8000-{number:012}", channel="professional",
        )  # fmt: skip
        for shown in (True, False):
            ReferralStep.objects.create(referral=referral, kind="note", at=MADE, by=engine, shown=shown)
            letter = OutcomeLetter.objects.create(
                referral=referral, who="other", to_name="x", by_way="letter", to_asker=shown, content={}, pdf="x",
                code_digest=b"letter %d %d" % (number, shown), sent_at=MADE, sent_by=engine,
            )  # fmt: skip
            LetterOpened.objects.create(letter=letter, at=MADE)
        FullForm.objects.create(referral=referral, version=1, answers={}, sent_at=MADE)
    for number, author in enumerate((asker, None)):
        ReferralDraft.objects.create(
            reference=f"R-BBBB-{number:04}", code_digest=b"draft %d" % number, channel="professional",
            icb=here.icb, asked_by=author, begun_at=MADE, saved_at=MADE, expires_at=MOVED + timedelta(days=30),
        )  # fmt: skip


def message(reader: Any, row: Any) -> bool:
    """About somebody: as any fact. About nobody: whoever it is to or from, or whose team it is to or from."""
    if row.person_id is not None:
        return bool(reader.reads(reader.people[row.person_id], row.topic, row.icb_id))
    teams = set(RoleHeld.objects.filter(actor=reader.id).exclude(team=None).values_list("team_id", flat=True))
    return (reader.id is not None and reader.id in (row.to_actor_id, row.by_id)) or bool(
        teams & {row.to_team_id, row.from_team_id}
    )


def delivery(reader: Any, row: Any) -> bool:
    """Who looks after the service in that area; about somebody, only who may read how to reach them."""
    looks_after = any((role, row.icb_id) in reader.roles for role in ("coordinator", "manager", "admin"))
    person = reader.people.get(row.person_id)
    return looks_after and (person is None or reader.reads(person, Topic.CONTACT, row.icb_id))


def own_asking(reader: Any, row: Any) -> bool:
    """Whoever writes it, for as long as they reach the person."""
    return reader.id == row.actor_id and bool(reader.reaches(reader.people[row.person_id]))


def of_the_team(reader: Any, row: Any) -> bool:
    """A referral, as the register team of its area: closed with the person's record."""
    open_to_them = row.person_id is None or reader.reaches(reader.people[row.person_id])
    return row.icb_id in reader.areas(1) and open_to_them


def asked_by(reader: Any, row: Any) -> bool:
    return reader.id is not None and row.asked_by_id == reader.id


def referral(reader: Any, row: Any) -> bool:
    return of_the_team(reader, row) or asked_by(reader, row)


def step(reader: Any, row: Any) -> bool:
    return of_the_team(reader, row.referral) or (row.shown and asked_by(reader, row.referral))


def letter(reader: Any, row: Any) -> bool:
    return of_the_team(reader, row.referral) or (row.to_asker and asked_by(reader, row.referral))


def actor(reader: Any, row: Any) -> bool:
    """Everybody who works here is known to everybody.

    A family is known to those who work with whom they belong to and may know of the family, and not to one another.
    """
    if row.kind != "family" or row.pk == reader.id:
        return True
    if Actor.objects.filter(pk=reader.id, kind="family").exists():
        return False
    theirs = [reader.people[i.person_id] for i in Involvement.objects.filter(actor=row)]
    return any(
        reader.areas(person.guard) & {person.icb_id, *person.held_by} or reader.is_with(person, Topic.FAMILY)
        for person in theirs
    )


TOLD: dict[str, Rule] = {
    "Actor": actor,
    "Message": message,
    "Opened": lambda reader, row: message(reader, row.message),
    "Delivery": delivery,
    "Referral": referral,
    "ReferralDraft": asked_by,
    "AskingDraft": own_asking,
    "ReferralStep": step,
    "FullForm": lambda reader, row: referral(reader, row.referral),
    "OutcomeLetter": letter,
    "LetterOpened": lambda reader, row: letter(reader, row.letter),
}

"""After any history of answers, restrictions and agreements between organisations: what each recipient reaches, by
page, list, search, count and straight SQL, is what a reading of plain facts says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Circumstance, Consent, Person
from alongside.features.people.operations import (
    correct_fact,
    end_agreement,
    record_consent,
    record_fact,
    set_restricted,
    sign_agreement,
)
from alongside.features.register.models import RegisterEntry
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation, SharingAgreement
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty, RegisterRow
from alongside.policy.agreements import AWAITING, OPEN, held, left_out, open_topics
from tests.access.reaching import COMMISSIONING
from tests.access.reading import ledgers, link_of
from tests.cast import Area, acting_as, add_registered, key_of

READS = {"coordinator": set(EVERY_TOPIC), "manager": set(EVERY_TOPIC), "commissioner": set(COMMISSIONING)}
SCHOOL, REVIEW = "education", 77
# (purpose, kind of recipient): who the recipient is by number is looked up when the answer is written down.
ASKED = (
    ("register", ""),
    ("register", ""),
    ("register", SCHOOL),
    ("keyworking", ""),
    ("keyworking", "actor"),
    ("sharing", ""),
    ("sharing", SCHOOL),
    ("sharing", "social_care"),
    ("sharing", "organisation"),
    ("sharing", "actor"),
    ("sharing", "family"),
    ("review", "review"),
    ("review", ""),
)
TOPICS = st.sets(st.sampled_from([Topic.IDENTITY, Topic.EDUCATION, Topic.REGISTER, Topic.HEALTH]), max_size=2)
ANSWERS = st.tuples(
    st.sampled_from(ASKED),
    st.sampled_from(["given", "given", "refused", "withdrawn", "unknown"]),
    st.booleans(),
    TOPICS,
    st.sampled_from([None, 0, -40, 3]),
    st.sampled_from([None, -1, 0, 30]),
)
DEEDS = st.one_of(
    ANSWERS,
    ANSWERS,
    ANSWERS,
    st.sampled_from(["restrict", "unrestrict", "correct", "allocate"]),
    st.tuples(st.sampled_from(["school gate", "council gate"]), st.sampled_from([None, -1, 0, 9])),
)


@dataclass
class Scene:
    """A person, and one actor of each kind of recipient, each with the involvement that their work gives them."""

    area: Area
    person: Person
    council: Organisation
    actors: dict[str, Actor] = field(default_factory=dict)


@pytest.fixture
def recipients(northmoor: Area, saltby: Area) -> dict[str, Actor]:
    own = {role: northmoor.actors[role] for role in (*READS, "keyworker", "family", "governance", "senior_officer")}
    own |= {"school": northmoor.actors["partner_education"], "council": northmoor.actors["partner_social_care"]}
    with context.as_engine(), recording(by=northmoor.actors["admin"], at=clock.now()) as note:
        for name, custodian in (("custodian", True), ("panel member", False), ("named", False)):
            own[name] = Actor.objects.create(name=f"The {name}", post="x")
            role = "coordinator" if custodian else "keyworker"
            since = clock.today() - timedelta(days=900)
            RoleHeld.objects.create(
                actor=own[name], role=role, area=northmoor.icb, custodian=custodian, from_date=since
            )
        note("role.given", words="Roles.", icb_id=northmoor.icb.pk)
    return own | {"other area": saltby.actors["coordinator"]}


def a_scene(area: Area, recipients: dict[str, Actor], at: datetime) -> Scene:
    person, _ = add_registered(area, at=at)
    by = area.actors["coordinator"]
    with context.as_engine(), recording(by=by, at=at) as note:
        council, _ = Organisation.objects.get_or_create(kind="council", code="ZC1", name="Northmoor Council")
        # What an example before this one agreed is over.
        for gate in SharingAgreement.objects.filter(icb=area.icb):
            gate.ends_on = gate.signed_on
            gate.save()
        scene = Scene(area, person, council, recipients)
        for topic in EVERY_TOPIC:
            record_fact(note, Circumstance, person=person, topic=topic, kind="adopted", words="Known.")
        allocate(note, person=person, worker=recipients["keyworker"], from_date=at.date())
        for name, relies_on, kind, number, closely in (
            ("school", "sharing", SCHOOL, None, 0),
            ("council", "sharing", "social_care", council.pk, 0),
            ("family", "sharing", "family", None, 0),
            ("panel member", "review", "review", REVIEW, 2),
            ("named", "", "", None, 2),
        ):
            Involvement.objects.create(
                actor=recipients[name],
                person_id=person.pk,
                topics=[Topic.IDENTITY, Topic.EDUCATION, Topic.REGISTER],
                because="link",
                relies_on=relies_on,
                recipient_kind=kind,
                recipient_id=number,
                sees_guarded=closely,
                from_at=at,
            )
    return scene


def do(deed: object, note: Notes, scene: Scene, at: datetime) -> None:
    """One deed, written by the coordinator under the engine's eyes: they may not see the person any more."""
    person = Person.objects.get(pk=scene.person.pk)
    match deed:
        case "restrict" | "unrestrict":
            set_restricted(note, person=person, restricted=deed == "restrict", because="x")
        case "correct":
            last = Consent.objects.filter(person=person, superseded_by=None).order_by("id").first()
            if last:
                correct_fact(note, last, words="Corrected.", decided_by="Somebody else")
        case "allocate":
            allocate(note, person=person, worker=scene.actors["keyworker"], from_date=at.date())
        case (("school gate" | "council gate") as gate, ends):
            _gate(note, scene, gate, ends, at)
        case ((purpose, kind), answer, evidenced, topics, decided, until):
            number = {"actor": scene.actors["school"].pk, "organisation": scene.council.pk, "review": REVIEW}.get(kind)
            if purpose == "keyworking" and kind == "actor":
                number = scene.actors["keyworker"].pk
            record_consent(
                note, person=person, purpose=purpose, answer=answer, basis="parental", evidenced=evidenced,
                decided_on=None if decided is None else at.date() + timedelta(days=decided),
                about_topics=sorted(topics), recipient_kind=kind, recipient_id=number,
                valid_until=None if until is None else clock.today() + timedelta(days=until),
            )  # fmt: skip


def _gate(note: Notes, scene: Scene, gate: str, ends: int | None, at: datetime) -> None:
    one = {"recipient_kind": SCHOOL} if gate == "school gate" else {"organisation": scene.council}
    stands = SharingAgreement.objects.filter(icb=scene.area.icb, ends_on=None, **one).first()
    if stands:
        end_agreement(note, agreement=stands, on=max(stands.signed_on, clock.today() + timedelta(days=ends or 0)))
        return
    with acting_as(scene.area.actors["coordinator"], at) as me, context.as_engine():
        sign_agreement(
            note, icb=scene.area.icb, purpose="Working together", signed_on=at.date(), signed_by="Directors", by=me,
            ends_on=None if ends is None else max(at.date(), clock.today() + timedelta(days=ends)), **one,
        )  # fmt: skip


@dataclass
class Reach:
    """What somebody reaches of the person."""

    person: bool = False
    topics: set[int] = field(default_factory=set)
    line: bool = False


def wanted(scene: Scene, name: str, at: datetime) -> Reach:
    """What the ledger says, from plain facts."""
    ledger, state = ledgers()[scene.person.pk], ""
    state = held(ledger)
    topics: set[int] = set()
    person = False
    if name in READS and (state == OPEN or (state == AWAITING and name == "coordinator")):
        person = True
        topics = READS[name] - (left_out(ledger, EVERY_TOPIC) if name != "coordinator" else set())
    if name == "custodian" and state in (OPEN, AWAITING):
        person, topics = True, set(EVERY_TOPIC)
    for row in Involvement.objects.filter(person_id=scene.person.pk, actor=scene.actors[name]):
        opened = open_topics(ledger, link_of(row), at)
        topics |= opened
        person = person or bool(opened)
    entry = RegisterEntry.objects.filter(person=scene.person, removed_on=None).exists()
    return Reach(person, topics, entry and Topic.REGISTER in topics)


def found(scene: Scene, name: str) -> Iterator[tuple[str, Reach | bool]]:
    """By each door, what is really reached."""
    person = scene.person.pk
    with acting_as(scene.actors[name], clock.now()) as me:
        yield (
            "code",
            Reach(
                Person.objects.visible_to(me).filter(pk=person).exists(),
                set(Circumstance.objects.visible_to(me).filter(person=person).values_list("topic", flat=True)),
                RegisterRow.objects.visible_to(me).filter(person=person).exists(),
            ),
        )
        with connection.cursor() as cursor:

            def ask(sql: str) -> set:
                cursor.execute(sql, [person])
                return {row[0] for row in cursor.fetchall()}

            yield (
                "SQL",
                Reach(
                    bool(ask("select id from people_person where id = %s")),
                    ask("select topic from people_circumstance where person_id = %s"),
                    bool(ask("select entry_id from overview_registerrow where person_id = %s")),
                ),
            )
            yield "count", bool(ask("select 1 from overview_registerrow where person_id = %s having count(*) > 0"))
            cursor.execute("select entry_id from overview_search(array['kai', 'moss'], 1000)")
            entries = {row[0] for row in cursor.fetchall()}
        with context.as_engine():
            mine = set(RegisterEntry.objects.filter(person=person, removed_on=None).values_list("pk", flat=True))
        yield "search", bool(entries & mine)
        duties = set(Duty.objects.filter(person=person).values_list("topic", flat=True))
        yield "duties", bool(duties)
    client = Client()
    client.cookies[django_settings.KEY_COOKIE] = key_of(scene.actors[name])
    page = f"/people/{scene.person.reference}"
    yield "page", client.get(page).status_code == 200
    yield "export", client.get(f"{page}/timeline?print=1").status_code == 200


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
@given(deeds=st.lists(st.tuples(DEEDS, st.integers(0, 9)), min_size=1, max_size=8))
def test_what_is_reached_is_what_the_ledger_says(
    northmoor: Area, recipients: dict[str, Actor], deeds: list[tuple[object, int]]
) -> None:
    at = clock.now() - timedelta(days=100)
    scene = a_scene(northmoor, recipients, at)
    for deed, days in deeds:
        at += timedelta(days=days, minutes=1)
        with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=at) as note:
            note("x.y", words="x", person_id=scene.person.pk)
            do(deed, note, scene, at)
    for name in recipients:
        with context.as_engine():
            says = wanted(scene, name, clock.now())
        for door, reach in found(scene, name):
            if isinstance(reach, Reach):
                assert reach == says, (name, door)
            elif door in ("page", "export"):
                # A page is for some roles only; nobody gets one of a person they don't reach.
                assert not reach or says.person, (name, door)
                assert reach or not says.person or name not in READS, (name, door)
            elif door == "duties":
                assert not reach or says.person, (name, door)
            else:
                assert reach == says.line, (name, door)

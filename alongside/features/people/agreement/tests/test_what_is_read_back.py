"""What 'Who will know what' says is what the database then opens, whatever was answered before and is answered now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from alongside.features.keyworking.operations import allocate
from alongside.features.people.agreement import text
from alongside.features.people.agreement.answers import Decided, said_of
from alongside.features.people.agreement.around import list_recipients
from alongside.features.people.agreement.operations import save_answers
from alongside.features.people.agreement.read_back import ReadBack, read_back
from alongside.features.people.agreement.reading import Known, read_known
from alongside.features.people.models import Consent, Guard, Person, Relation
from alongside.features.people.operations import change_belonging, record_consent, record_fact, set_restricted
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement, OpenTopics
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation, SharingAgreement
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.policy.agreements import AWAITING, CLOSED, OPEN, RESTRICTED
from tests.cast import Area, add_registered

HELD = {OPEN: Guard.ORDINARY, AWAITING: Guard.REGISTER_TEAM, RESTRICTED: Guard.RESTRICTED, CLOSED: Guard.CLOSED}
NUMBERS = st.sampled_from([Topic.EDUCATION.value, Topic.HEALTH.value, Topic.REGISTER.value])
TOPICS = st.sets(NUMBERS, max_size=2)
CHOICE = st.one_of(
    st.just((text.LATER, [])),
    st.just((text.YES, [])),
    st.just((text.NO, [])),
    st.tuples(st.just(text.BUT), st.lists(NUMBERS, min_size=1, max_size=2, unique=True)),
)
PURPOSES = st.sampled_from(
    [("register", ""), ("keyworking", ""), ("sharing", ""), ("sharing", "actor"), ("sharing", "education"),
     ("sharing", "organisation"), ("sharing", "family"), ("keyworking", "actor")]
)  # fmt: skip
BEFORE = st.lists(
    st.tuples(
        PURPOSES,
        st.sampled_from(["given", "given", "refused", "withdrawn", "unknown"]),
        st.booleans(),
        TOPICS,
        st.sampled_from([None, 0, -30]),
        st.sampled_from([None, -1, 0, 20]),
        st.sampled_from(["parental", "sixteen", "not_stated"]),
    ),
    max_size=4,
)


@dataclass
class Scene:
    person: Person
    school: Organisation
    actors: dict[str, Actor]


def a_scene(area: Area, years: int, *, restricted: bool, gate: bool, at: datetime) -> Scene:
    """Somebody with a keyworker, a school, a teacher there, a nurse, and a mother who signs in."""
    born = at.date().replace(year=at.date().year - years, day=1)
    person, _ = add_registered(area, birth_date=born, at=at - timedelta(days=60))
    actors = {name: area.actors[name] for name in ("keyworker", "partner_education", "partner_health", "family")}
    with context.as_engine(), recording(by=area.actors["coordinator"], at=at - timedelta(days=59)) as note:
        school, _ = Organisation.objects.get_or_create(kind="school", code="S1", name="Oak Lane")
        SharingAgreement.objects.filter(icb=area.icb).update(ends_on=date(2025, 1, 1), signed_on=date(2024, 1, 1))
        if gate:
            SharingAgreement.objects.create(
                icb=area.icb, organisation=school, purpose="x", signed_on=date(2026, 1, 1), signed_by="x"
            )
        change_belonging(note, person=person, kind="school", name="Oak Lane", topic=Topic.EDUCATION, from_date=None)
        mother = record_fact(
            note, Relation, person=person, topic=Topic.FAMILY, words="x", name="Dawn Moss", relationship="Mother",
            parental_responsibility=True, actor=actors["family"],
        )  # fmt: skip
        allocate(note, person=person, worker=actors["keyworker"], from_date=at.date() - timedelta(days=50))
        for name, kind, number in (
            ("partner_education", "education", school.pk),
            ("partner_health", "health", None),
            ("family", "family", None),
        ):
            Involvement.objects.create(
                actor=actors[name], person_id=person.pk, topics=[1, 5, 6, 7], because="link", recipient_kind=kind,
                recipient_id=number, from_at=at - timedelta(days=40), because_id=mother.pk,
                sees_guarded=2 if name == "family" else 0,
            )  # fmt: skip
        if restricted:
            set_restricted(note, person=person, restricted=True, because="x")
    return Scene(person, school, actors)


def say_before(area: Area, scene: Scene, before: list[Any], at: datetime) -> None:
    numbers = {"actor": scene.actors["partner_education"].pk, "organisation": scene.school.pk}
    with context.as_engine(), recording(by=area.actors["coordinator"], at=at - timedelta(days=20)) as note:
        for (purpose, kind), answer, evidenced, topics, decided, until, basis in before:
            record_consent(
                note, person=Person.objects.get(pk=scene.person.pk), purpose=purpose, answer=answer,
                basis=basis, evidenced=evidenced, about_topics=sorted(topics), recipient_kind=kind,
                recipient_id=numbers.get(kind),
                decided_on=None if decided is None else at.date() + timedelta(days=decided),
                valid_until=None if until is None else at.date() + timedelta(days=until),
            )  # fmt: skip
        note("x.y", words="x")


def answered(choices: list[Any], names: list[str]) -> dict[str, Any]:
    given: dict[str, Any] = {"told": "Nobody yet"}
    for name, (choice, without) in zip(names, choices, strict=False):
        given |= {name: choice, f"{name}_not": [str(topic) for topic in without]}
    return given


def check(back: ReadBack, person: Person, at: datetime) -> None:
    """Each sentence's data, as the database has it once it is saved."""
    with context.as_engine():
        person.refresh_from_db()
        assert person.guard == HELD[back.held]
        assert {topic for topic in EVERY_TOPIC if person.closed_topics >> topic & 1} == set(back.left_out)
        opened: dict[int, set[int]] = {}
        for row in OpenTopics.objects.filter(person_id=person.pk):
            if row.from_at <= at and (row.to_at is None or row.to_at > at):
                opened.setdefault(row.actor_id, set()).update(row.topics)
    lines = {line.actor_id: set(line.sees) for line in (*back.service, *back.others) if line.actor_id}
    assert {actor: sees for actor, sees in lines.items() if sees} == opened


# Not shrunk: each example is a whole area's person, and what failed is told anyhow.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    years=st.sampled_from([14, 15, 16, 17, 19]),
    restricted=st.booleans(),
    gate=st.booleans(),
    before=BEFORE,
    may=st.tuples(CHOICE, CHOICE),
    known=st.lists(CHOICE, min_size=6, max_size=6),
    until=st.sampled_from([None, 0, 30]),
    days_ago=st.sampled_from([0, 0, 5, 25]),
    basis=st.sampled_from(["parental", "sixteen"]),
)
@example(
    years=16, restricted=False, gate=False, before=[], may=((text.LATER, []),) * 2, known=[(text.YES, [])] * 6,
    until=None, days_ago=0, basis="parental",
)  # fmt: skip
def test_what_is_read_back_is_what_is_opened(
    northmoor: Area, years: int, restricted: bool, gate: bool, before: list[Any], may: tuple[Any, Any],
    known: list[Any], until: int | None, basis: str, days_ago: int,
) -> None:  # fmt: skip
    at = clock.now()
    scene = a_scene(northmoor, years, restricted=restricted, gate=gate, at=at)
    say_before(northmoor, scene, before, at)
    with context.as_engine():
        person = Person.objects.select_related("icb").get(pk=scene.person.pk)
    facts: Known = read_known(person, at)
    recipients = list_recipients(facts, at, EVERY_TOPIC)
    said = said_of(
        facts,
        recipients,
        answered(list(may), ["register", "keyworking"]),
        answered(known, [each.key for each in recipients]),
    )
    ends = None if until is None else at.date() + timedelta(days=until)
    decided = Decided(basis, "Dawn Moss", at.date() - timedelta(days=days_ago), "Said at the visit", ends)
    back = read_back(facts, recipients, said, decided, at, EVERY_TOPIC)
    with recording(by=northmoor.actors["coordinator"], at=at) as note:
        save_answers(note, person=person, said=said, decided=decided)
        note("x.y", words="x")
    check(back, person, at)


def test_the_comparison_would_find_a_difference(northmoor: Area) -> None:
    at = clock.now()
    scene = a_scene(northmoor, 14, restricted=False, gate=True, at=at)
    with context.as_engine():
        person = Person.objects.select_related("icb").get(pk=scene.person.pk)
    facts = read_known(person, at)
    recipients = list_recipients(facts, at, EVERY_TOPIC)
    teacher = next(each for each in recipients if each.id == scene.actors["partner_education"].pk)
    said = said_of(facts, recipients, {}, {teacher.key: text.YES})
    decided = Decided("parental", "Dawn Moss", at.date(), "Said at the visit")
    back = read_back(facts, recipients, said, decided, at, EVERY_TOPIC)
    with pytest.raises(AssertionError):
        check(back, person, at)
    with context.as_engine():
        assert not Consent.objects.filter(evidence="Said at the visit").exists()
    with recording(by=northmoor.actors["coordinator"], at=at) as note:
        save_answers(note, person=person, said=said, decided=decided)
    check(back, person, at)

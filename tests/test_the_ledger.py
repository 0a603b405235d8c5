"""What was agreed is what can be reached: by every recipient, through the code and straight in the database."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate
from alongside.features.people.closed_records import agree_again, offered_again, say_who_was_told
from alongside.features.people.models import Circumstance, ClosedRecord, Consent, Guard, Person, Share
from alongside.features.people.operations import (
    correct_fact,
    link_partner,
    override_agreement,
    record_consent,
    record_fact,
    record_share,
)
from alongside.features.people.operations.people import add_person
from alongside.features.register.models import RegisterEntry
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.organisations.models import SharingAgreement
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty, RegisterRow
from tests.cast import NOW, Area, acting_as, add_registered, involve, key_of

BY_ROLE = ("coordinator", "manager", "commissioner")


@pytest.fixture
def custodian(northmoor: Area) -> Actor:
    """A coordinator who is named to keep what stays of closed records."""
    with context.as_engine(), recording(by=northmoor.actors["admin"], at=NOW) as note:
        actor = Actor.objects.create(name="Custodian of TNM", post="Register coordinator")
        RoleHeld.objects.create(
            actor=actor, role="coordinator", area=northmoor.icb, custodian=True, from_date=NOW.date()
        )
        note("role.given", words="Named a custodian.", icb_id=northmoor.icb.pk)
    return actor


def answered(area: Area, person: Person, answer: str, **values: object) -> None:
    """An answer written down by the coordinator; under the engine's eyes, because they may not see the person."""
    said = {"purpose": "register", "basis": "parental", "decided_on": NOW.date(), "evidenced": True} | values
    with acting_as(area.actors["coordinator"]) as me, context.as_engine(), recording(by=me, at=NOW) as note:
        record_consent(note, person=Person.objects.get(pk=person.pk), answer=answer, **said)


def reached(actor: Actor) -> bool:
    with acting_as(actor) as me:
        in_code = Person.objects.visible_to(me).exists()
        assert in_code == Person.objects.exists()
        assert in_code or not (RegisterRow.objects.exists() or Duty.objects.filter(person__isnull=False).exists())
        return in_code


def topics_of(actor: Actor) -> set[int]:
    """Topics of which this actor reads a fact."""
    with acting_as(actor) as me:
        in_code = set(Circumstance.objects.visible_to(me).values_list("topic", flat=True))
        assert in_code == set(Circumstance.objects.values_list("topic", flat=True))
        return in_code


def fact_on_every_topic(area: Area, person: Person) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        for topic in EVERY_TOPIC:
            record_fact(note, Circumstance, person=person, topic=topic, kind="adopted", words="Known.")


def test_a_no_that_was_only_carried_over_leaves_it_to_the_register_team_to_ask(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "refused", evidenced=False)
    assert reached(northmoor.actors["coordinator"]) and not reached(northmoor.actors["manager"])


@pytest.mark.parametrize("answer", ["refused", "withdrawn"])
def test_a_no_with_evidence_takes_the_person_from_everybody_who_relied_on_the_register(
    northmoor: Area, answer: str, custodian: Actor
) -> None:
    person, entry = add_registered(northmoor)
    answered(northmoor, person, answer)
    for role in BY_ROLE:
        assert not reached(northmoor.actors[role]), role
    assert not reached(custodian), "the custodian keeps the stub, not the record"
    with context.as_engine():
        entry.refresh_from_db()
        assert (entry.removed_because, entry.removed_on) == ("withdrawn", NOW.date())


def test_an_answer_on_one_topic_leaves_that_topic_to_the_register_team(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    fact_on_every_topic(northmoor, person)
    answered(northmoor, person, "refused", about_topics=[Topic.EDUCATION])
    assert topics_of(northmoor.actors["coordinator"]) == set(EVERY_TOPIC)
    assert topics_of(northmoor.actors["manager"]) == set(EVERY_TOPIC) - {Topic.EDUCATION}
    with context.as_engine():
        hidden = set(Duty.objects.filter(guard=Guard.REGISTER_TEAM).values_list("topic", flat=True))
        assert hidden <= {Topic.EDUCATION}


def test_a_line_of_the_list_tells_nothing_of_a_topic_that_was_left_out(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=northmoor.actors["keyworker"], from_date=NOW.date())
    answered(northmoor, person, "refused", about_topics=[Topic.KEYWORKING, Topic.HEALTH])
    with acting_as(northmoor.actors["manager"]):
        line = RegisterRow.objects.get()
        assert (line.keyworker_name, line.diagnosis) == ("", [])


def test_keyworking_stands_on_the_register_until_it_has_an_answer_of_its_own(northmoor: Area) -> None:
    keyworker = northmoor.actors["keyworker"]
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=keyworker, from_date=NOW.date())
    assert reached(keyworker)
    answered(northmoor, person, "given", purpose="keyworking")
    answered(northmoor, person, "withdrawn")
    assert reached(keyworker) and not reached(northmoor.actors["manager"])
    answered(northmoor, person, "withdrawn", purpose="keyworking")
    assert not reached(keyworker)
    with context.as_engine():
        assert Allocation.objects.get().to_date == NOW.date()


def test_nothing_agreed_opens_nothing_to_a_partner(northmoor: Area) -> None:
    partner = northmoor.actors["partner_education"]
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        link_partner(note, person=person, actor=partner, topics=[1, 7], kind="education")
    assert not reached(partner)


def test_a_partner_needs_the_persons_yes_and_the_organisations(northmoor: Area) -> None:
    partner = northmoor.actors["partner_education"]
    person, _ = add_registered(northmoor)
    involve(northmoor, person, partner, topics=[1, 7], kind="education")
    assert reached(partner)
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=NOW) as note:
        note("sharing_agreement.ended", words="Ended.", icb_id=northmoor.icb.pk)
        SharingAgreement.objects.update(ends_on=NOW.date() - timedelta(days=1))
    assert not reached(partner)


@pytest.mark.parametrize(("days", "open_"), [(0, True), (-1, False)])
def test_a_yes_to_sharing_stands_to_the_end_of_its_last_day(northmoor: Area, days: int, open_: bool) -> None:
    partner = northmoor.actors["partner_health"]
    person, _ = add_registered(northmoor)
    involve(northmoor, person, partner, topics=[1, 6])
    with connection.cursor() as cursor:
        cursor.execute("select (now() at time zone 'Europe/London')::date")
        today = cursor.fetchone()[0]
    answered(
        northmoor, person, "given", purpose="sharing", recipient_kind="actor", recipient_id=partner.pk,
        valid_until=today + timedelta(days=days),
    )  # fmt: skip
    assert reached(partner) is open_


def test_the_most_specific_answer_decides(northmoor: Area) -> None:
    partner, person = northmoor.actors["partner_health"], add_registered(northmoor)[0]
    involve(northmoor, person, partner, topics=[1, 6])
    answered(northmoor, person, "refused", purpose="sharing", recipient_kind="health")
    assert reached(partner), "the yes names them"
    answered(northmoor, person, "withdrawn", purpose="sharing", recipient_kind="actor", recipient_id=partner.pk)
    answered(northmoor, person, "given", purpose="sharing", recipient_kind="health")
    assert not reached(partner), "the no names them"


def test_a_withdrawal_without_a_day_counts_from_the_day_it_was_recorded(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "withdrawn", decided_on=None)
    assert not reached(northmoor.actors["coordinator"])


def test_correcting_an_older_yes_does_not_bring_it_past_a_later_no(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "withdrawn")
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=NOW) as note:
        yes = Consent.objects.get(answer="given")
        correct_fact(note, yes, words="The mother's name was misspelt.", decided_by="Dawn Moss")
    assert not reached(northmoor.actors["coordinator"])


def test_who_was_never_asked_is_the_register_teams_only(northmoor: Area) -> None:
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        add_person(note, icb_id=northmoor.icb.pk, given_name="Kit", family_name="Moss")
    assert not reached(northmoor.actors["manager"]) and reached(northmoor.actors["coordinator"])


def test_the_custodian_keeps_a_stub_and_nobody_else_learns_of_it(northmoor: Area, custodian: Actor) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "withdrawn", decided_by="Dawn Moss")
    for actor in (*northmoor.actors.values(),):
        with acting_as(actor):
            assert not ClosedRecord.objects.exists(), actor
    with acting_as(custodian):
        closed = ClosedRecord.objects.get()
        assert (closed.shown_name, closed.answer, closed.decided_by) == ("Kai Moss", "withdrawn", "Dawn Moss")
        assert (closed.offer_again_on - NOW.date()).days in range(180, 185), "after six months, unless the area says"
        assert closed.keep_until.year == NOW.year + 6
        assert [duty.what for duty in Duty.objects.filter(subject="closed_record").order_by("due")] == [
            "Offer the register again",
            "Decide whether to keep what stays of a closed record",
        ]
        assert not any("Moss" in duty.because for duty in Duty.objects.all())


def test_the_custodian_writes_down_who_was_told_and_asks_again(northmoor: Area, custodian: Actor) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "withdrawn")
    with acting_as(custodian) as me:
        closed = ClosedRecord.objects.get()
        with recording(by=me, at=NOW) as note:
            say_who_was_told(note, closed=closed, told="School and CAMHS, by letter.", by=me)
            offered_again(note, closed=closed, on=closed.offer_again_on, by=me)
        assert not Duty.objects.filter(subject="closed_record", rule_key="offer_again").exists()
    with acting_as(northmoor.actors["coordinator"]) as me, pytest.raises(Refused, match="custodian"):
        with recording(by=me, at=NOW) as note:
            say_who_was_told(note, closed=closed, told="x", by=me)


def test_a_new_yes_brings_them_back_to_the_list_they_were_on(northmoor: Area, custodian: Actor) -> None:
    person, entry = add_registered(northmoor)
    answered(northmoor, person, "withdrawn")
    later = NOW + timedelta(days=40)
    with acting_as(custodian, later) as me, recording(by=me, at=later) as note:
        agree_again(
            note, closed=ClosedRecord.objects.get(), basis="parental", decided_by="Dawn Moss",
            decided_on=later.date(), evidence="Said at a visit", by=me,
        )  # fmt: skip
    assert reached(northmoor.actors["manager"])
    with acting_as(northmoor.actors["manager"]):
        again = RegisterEntry.objects.get(removed_on=None)
        assert (again.came_back_from_id, again.entered_on) == (entry.pk, later.date())
        assert RegisterRow.objects.get().entry_id == again.pk


def test_a_closed_period_keeps_its_count_and_under_five_is_nobody(northmoor: Area) -> None:
    def counted() -> list[tuple]:
        with acting_as(northmoor.actors["senior_officer"]), connection.cursor() as cursor:
            cursor.execute("select listing, people from access.closed_in('2026-10-01', '2026-12-31', 5)")
            return cursor.fetchall()

    everybody = [add_registered(northmoor)[0] for _ in range(5)]
    for person in everybody[:4]:
        answered(northmoor, person, "withdrawn")
    assert counted() == [("adult", None), ("child", None)]
    answered(northmoor, everybody[4], "withdrawn")
    assert counted() == [("adult", None), ("child", 5)]


def test_somebody_who_is_told_against_an_agreement_reads_though_nobody_agreed(northmoor: Area) -> None:
    """An involvement that needs no agreement is open on a closed record too, and on its own topics only."""
    partner, person = northmoor.actors["partner_social_care"], add_registered(northmoor)[0]
    fact_on_every_topic(northmoor, person)
    answered(northmoor, person, "withdrawn")
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=NOW) as note:
        note("x.y", words="x", person_id=person.pk)
        Involvement.objects.create(
            actor=partner, person_id=person.pk, topics=[1, 9], because="override", relies_on="", from_at=NOW
        )
    assert topics_of(partner) == {Topic.IDENTITY, Topic.SAFEGUARDING}


@pytest.mark.parametrize(
    "attempt",
    [
        "delete from access_opentopics",
        "update access_opentopics set topics = '{1}'",
        "insert into access_opentopics (involvement_id, actor_id, person_id, topics, writes, from_at) "
        "values (1, 1, 1, '{1}', true, now())",
    ],
)
def test_what_the_ledger_opens_is_written_by_the_ledger_alone(northmoor: Area, attempt: str) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, pytest.raises(DatabaseError, match="permission denied"):
        with recording(by=me, at=NOW), connection.cursor() as cursor:
            cursor.execute(attempt)


OVERRIDE = {
    "topics": [Topic.SAFEGUARDING],
    "lawful_basis": "legal_obligation",
    "reason": "A child may be hurt.",
    "senior_name": "Jo Hart",
    "to_at": NOW + timedelta(days=7),
    "told": False,
    "told_words": "Telling the family could put the child in danger.",
    "look_again_on": NOW.date() + timedelta(days=7),
}


def test_a_senior_may_have_somebody_told_against_an_agreement_and_it_is_written_down(northmoor: Area) -> None:
    worker, person = northmoor.actors["partner_social_care"], add_registered(northmoor)[0]
    fact_on_every_topic(northmoor, person)
    answered(northmoor, person, "withdrawn")
    at = NOW - timedelta(days=1)
    with acting_as(northmoor.actors["manager"], at) as me, recording(by=me, at=at) as note:
        done = override_agreement(
            note, person_id=person.pk, actor=worker, by=me, **OVERRIDE | {"to_at": at + timedelta(days=28)}
        )
    assert (done.senior_name, done.lawful_basis, done.recorded_by_id) == ("Jo Hart", "legal_obligation", me.id)
    with context.as_engine():
        assert Involvement.objects.get(because="override").to_at == at + timedelta(days=28)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"senior_name": " "}, "Name the senior"),
        ({"reason": ""}, "what danger"),
        ({"told_words": ""}, "how the person was told"),
        ({"lawful_basis": "consent"}, "can't be the basis"),
        ({"to_at": NOW}, "within 28 days"),
        ({"to_at": NOW + timedelta(days=28, minutes=1)}, "within 28 days"),
    ],
)
def test_an_override_says_why_who_and_until_when(northmoor: Area, change: dict, sentence: str) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["manager"]) as me, pytest.raises(NotNow, match=sentence):
        with recording(by=me, at=NOW) as note:
            override_agreement(
                note, person_id=person.pk, actor=northmoor.actors["partner_health"], by=me, **OVERRIDE | change
            )


def test_a_keyworker_overrides_nothing(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["keyworker"]) as me, pytest.raises(Refused, match="register and keyworking"):
        with recording(by=me, at=NOW) as note:
            override_agreement(note, person_id=person.pk, actor=northmoor.actors["partner_health"], by=me, **OVERRIDE)


def test_every_share_is_kept_with_its_lawful_basis(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_share(
            note, person=person, what="The date of the review", told_to="Oak Lane School", topics=[Topic.REVIEW],
            purpose="So that somebody from school comes", lawful_basis="public_task", why="They were invited.",
        )  # fmt: skip
    with acting_as(northmoor.actors["manager"]):
        share = Share.objects.get()
        assert (share.told_to, share.lawful_basis, share.about_topics) == ("Oak Lane School", "public_task", [14])


def pages_of(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def test_the_pages_of_closed_records_are_the_custodians_and_ask_little(northmoor: Area, custodian: Actor) -> None:
    people = [add_registered(northmoor, given_name=name)[0] for name in ("Kai", "Kit", "Kes")]
    for person in people:
        answered(northmoor, person, "withdrawn")
    with context.as_engine():
        closed = ClosedRecord.objects.get(person=people[0])
    client = pages_of(custodian)
    for address in ("/closed-records", f"/closed-records/{closed.pk}"):
        with CaptureQueriesContext(connection) as asked:
            body = client.get(address).content.decode()
        assert "Kai Moss" in body and len(asked) <= 8, [query["sql"][:90] for query in asked]
        other = pages_of(northmoor.actors["coordinator"]).get(address)
        assert "Kai Moss" not in other.content.decode()
    with context.as_engine():
        assert Look.objects.filter(page="closed record", actor_id=custodian.pk).exists()


def test_a_custodian_opens_a_closed_record_again_on_its_page(northmoor: Area, custodian: Actor) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "withdrawn")
    with context.as_engine():
        address = f"/closed-records/{ClosedRecord.objects.get().pk}"
    client, day = pages_of(custodian), clock.today() - timedelta(days=1)
    assert client.post(f"{address}/agreed", {"submission": new_token()}).status_code == 422
    said = {"basis": "parental", "decided_by": "Dawn Moss", "evidence": "At a visit", "submission": new_token()}
    said |= {"decided_on-day": day.day, "decided_on-month": day.month, "decided_on-year": day.year}
    for _ in range(2):  # a double click makes one
        assert client.post(f"{address}/agreed", said).status_code in (302, 404)
    assert reached(northmoor.actors["manager"]) and client.get(address).status_code == 404
    with context.as_engine():
        assert RegisterEntry.objects.filter(person=person, removed_on=None).count() == 1


@pytest.mark.parametrize(("what", "value"), [("told", {"told": "School, by letter."}), ("offered", None)])
def test_a_custodian_keeps_a_closed_record_up_on_its_page(
    northmoor: Area, custodian: Actor, what: str, value: dict | None
) -> None:
    person, _ = add_registered(northmoor)
    answered(northmoor, person, "withdrawn")
    with context.as_engine():
        address = f"/closed-records/{ClosedRecord.objects.get().pk}"
    day = clock.today()
    sent = value or {"on-day": day.day, "on-month": day.month, "on-year": day.year}
    client = pages_of(custodian)
    assert client.get(f"{address}/{what}").status_code == 200
    assert client.post(f"{address}/{what}", sent | {"submission": new_token()}).status_code == 302
    assert pages_of(northmoor.actors["coordinator"]).get(f"{address}/{what}").status_code == 404

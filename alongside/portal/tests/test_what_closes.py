"""What closes the family's way in at once: an end, a court order, sixteen, wrong codes, a link that did not arrive."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from alongside.features.people.models import Consent, Person, Relation
from alongside.features.people.operations import correct_fact, end_fact, record_consent
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.accounts.models import Actor, EntryCode, Invitation
from alongside.foundation.messages import sending
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.operations import send_again
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from alongside.portal import door
from alongside.portal.tests.conftest import PHONE, ask_in, comes_in, has_relation, last_sent, mark_of, signed_in
from tests.cast import NOW, Area, acting_as, add_registered


def is_in(family: Client, person: Person) -> bool:
    status = family.get(f"/mine/{person.reference}").status_code
    assert status in (200, 404)
    return status == 200


def dawns(person: Person) -> Relation:
    with context.as_engine():
        return Relation.objects.get(person=person, superseded_by=None)


def test_ending_a_relation_closes_what_was_open_to_them(northmoor: Area, kai: Person, dawn: Client) -> None:
    assert is_in(dawn, kai)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        end_fact(note, dawns(kai), on=NOW.date(), words="No longer so.")
    assert not is_in(dawn, kai)
    assert "There is nothing here for you now" in dawn.get("/mine").content.decode()


def test_a_court_order_closes_what_was_open_to_them(northmoor: Area, kai: Person, dawn: Client) -> None:
    staff = signed_in(northmoor.actors["coordinator"])
    address = f"/people/{kai.reference}/relation/{dawns(kai).pk}/limits"
    typed = {"submission": mark_of(staff.get(address).content.decode()), "limits": "No contact: order of March"}
    assert staff.post(address, typed).status_code == 302
    assert not is_in(dawn, kai)
    assert "Legal limits: No contact: order of March" in staff.get(f"/people/{kai.reference}/family").content.decode()


def test_the_same_limits_written_down_again_close_what_was_opened_meanwhile(northmoor: Area, kai: Person) -> None:
    father = has_relation(northmoor, kai, name="Rob Moss", relationship="father", legal_limits="No contact")
    ask_in(northmoor, kai, father)
    rob, staff = comes_in(last_sent("invitation")["link"]), signed_in(northmoor.actors["coordinator"])
    assert is_in(rob, kai)
    address = f"/people/{kai.reference}/relation/{father.pk}/limits"
    typed = {"submission": mark_of(staff.get(address).content.decode()), "limits": "No contact"}
    assert staff.post(address, typed).status_code == 302
    assert not is_in(rob, kai)


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"legal_limits": "No contact"}, False),
        ({"parental_responsibility": False}, False),
        ({"parental_responsibility": None}, False),
        ({"phone": "07700 900999"}, True),
        ({"name": "Dawn Hale"}, True),
    ],
)
def test_a_correction_closes_only_where_it_takes_a_right_away(
    northmoor: Area, kai: Person, dawn: Client, change: dict[str, object], stays: bool
) -> None:
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        correct_fact(note, dawns(kai), words="Corrected.", **change)
    assert is_in(dawn, kai) is stays


def test_also_a_statement_past_the_code_closes(northmoor: Area, kai: Person, dawn: Client) -> None:
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        note("x.y", words="x", person_id=kai.pk, icb_id=northmoor.icb.pk, topic=5)
        with connection.cursor() as cursor:
            cursor.execute("update people_relation set legal_limits = 'No contact' where person_id = %s", [kai.pk])
    assert not is_in(dawn, kai)


def test_an_end_that_lies_ahead_closes_with_its_last_day(northmoor: Area, kai: Person, dawn: Client) -> None:
    last = date.today() + timedelta(days=20)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        end_fact(note, dawns(kai), on=last, words="Until then.")
    assert is_in(dawn, kai)
    with context.as_engine():
        ends = {local_day(row.to_at) for row in OpenTopics.objects.filter(person_id=kai.pk) if row.to_at}
    assert ends == {last + timedelta(days=1)}


def test_an_invitation_that_is_still_open_is_taken_back(northmoor: Area, kai: Person) -> None:
    relation = has_relation(northmoor, kai)
    ask_in(northmoor, kai, relation)
    link = last_sent("invitation")["link"]
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        end_fact(note, relation, on=NOW.date(), words="No longer so.")
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(("born", "reads"), [(date(2010, 11, 1), False), (date(2012, 3, 4), True)])
def test_a_parents_yes_is_no_yes_of_a_young_person_of_sixteen(northmoor: Area, born: date, reads: bool) -> None:
    """His mother's partner came in when she agreed; from 16 on he would have to agree himself."""
    person, _ = add_registered(northmoor, given_name="Robin", birth_date=born, at=NOW - timedelta(days=9))
    partner = has_relation(northmoor, person, name="Lee Cole", parental_responsibility=None)
    ask_in(northmoor, person, partner, agreed_how="Somebody agreed.")
    lee = comes_in(last_sent("invitation")["link"])
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        said = Consent.objects.get(person=person, purpose="sharing")
        correct_fact(note, said, words="The mother had agreed.", basis="parental")
    assert is_in(lee, person) is reads
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=person, purpose="sharing", answer="given", basis="sixteen", decided_on=NOW.date(),
            evidenced=True, recipient_kind="actor", recipient_id=said.recipient_id,
        )  # fmt: skip
    assert is_in(lee, person)


def test_a_birth_date_that_is_put_right_closes_too(northmoor: Area, kai: Person) -> None:
    partner = has_relation(northmoor, kai, name="Lee Cole", parental_responsibility=None)
    ask_in(northmoor, kai, partner, agreed_how="Dawn agreed.")
    lee = comes_in(last_sent("invitation")["link"])
    assert is_in(lee, kai)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        note("x.y", words="x", person_id=kai.pk, icb_id=northmoor.icb.pk, topic=1)
        Person.objects.filter(pk=kai.pk).update(birth_date=date(2009, 1, 1))
    assert not is_in(lee, kai)


def code_for(monkeypatch: pytest.MonkeyPatch, minutes: int) -> int:
    """Dawn asks for a code so many minutes from now. The code's number, 0 where none was sent."""
    at = NOW + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: at)
    return door.send_code_again(PHONE, at)


@pytest.mark.parametrize(("wrong", "comes"), [(9, True), (10, False)])
def test_after_ten_wrong_codes_in_a_day_the_way_in_is_locked(
    northmoor: Area, kai: Person, dawn: Client, monkeypatch: pytest.MonkeyPatch, wrong: int, comes: bool
) -> None:
    entry = 0
    for number in range(wrong):
        if number % 4 == 0:
            entry = code_for(monkeypatch, 20 * number)
        assert door.come_in_again(entry, "not it", clock.now()) is None
    last = code_for(monkeypatch, 300)
    assert bool(last) is comes
    if comes:
        assert door.come_in_again(last, last_sent("code")["code"], clock.now())
    page = signed_in(northmoor.actors["coordinator"]).get(f"/people/{kai.reference}/family").content.decode()
    assert ("Locked after 10 wrong codes" in page) is not comes
    tomorrow = 24 * 60 + 301
    assert code_for(monkeypatch, tomorrow)


def test_a_right_code_does_not_count_while_the_way_in_is_locked(
    northmoor: Area, kai: Person, dawn: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = code_for(monkeypatch, 20)
    with context.as_engine():
        EntryCode.objects.filter(pk=entry).update(wrong_codes=4)
        account = EntryCode.objects.get(pk=entry).account
        EntryCode.objects.create(account=account, code_digest="x", sent_at=NOW, until=NOW, wrong_codes=6)
    assert door.come_in_again(entry, last_sent("code")["code"], clock.now()) is None


def test_a_link_that_could_not_be_delivered_is_not_kept(northmoor: Area, kai: Person) -> None:
    relation = has_relation(northmoor, kai)
    ask_in(northmoor, kai, relation)
    with context.as_engine():
        delivery = Delivery.objects.get(notice="invitation")
        sending._give_up(delivery, NOW, "No such number.", Actor.objects.get(name=sending.POST_ROOM))
        delivery.refresh_from_db()
        assert delivery.filling == {}
        assert Duty.objects.filter(rule_key="delivery_repaired").count() == 1
    with acting_as(northmoor.actors["admin"], NOW) as me, pytest.raises(Exception, match="invite them again"):
        with recording(by=me, at=NOW) as note:
            send_again(note, delivery=delivery)
    later = NOW + timedelta(hours=1)
    clock_now, clock.now = clock.now, lambda: later
    try:
        ask_in(northmoor, kai, relation, way="letter")
    finally:
        clock.now = clock_now
    with context.as_engine():
        assert Invitation.objects.filter(taken_back_at=None).count() == 1
        assert not Duty.objects.filter(rule_key="delivery_repaired").exists()

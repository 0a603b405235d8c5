"""What was answered about somebody of the family before they signed in: it holds when they do."""

from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.features.people.agreement.answers import Decided, Said
from alongside.features.people.agreement.operations import save_answers
from alongside.features.people.models import Belonging, Consent, Person, Professional, Relation
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.portal.tests.conftest import ask_in, comes_in, has_relation, last_sent, signed_in, text_of
from tests.cast import NOW, Area, acting_as, add_registered

PHONE = "07700 900789"
DAY = timedelta(days=1)
AGREED = "Dawn agreed when I rang her."


@pytest.fixture
def lee(northmoor: Area, kai: Person) -> Relation:
    """His mother's partner, without parental responsibility: somebody has to agree first."""
    return partner_of(northmoor, kai)


def partner_of(area: Area, person: Person) -> Relation:
    return has_relation(
        area, person, name="Lee Cole", relationship="mother's partner", parental_responsibility=None, phone=PHONE
    )


def answers(
    area: Area, person: Person, kind: str, number: int, *rows: tuple[str, tuple[int, ...]], day: date | None = None,
    basis: str = "parental", until: date | None = None,
) -> None:  # fmt: skip
    """What was asked about them, saved as the asking saves it."""
    on = day or NOW.date()
    said = [
        Said("sharing", answer, "Telling them.", about=about, recipient_kind=kind, recipient_id=number)
        for answer, about in rows
    ]
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        save_answers(note, person=person, said=said, decided=Decided(basis, "Dawn Moss", on, "By telephone", until))


def reads(client: Client, person: Person, page: str = "") -> bool:
    status = client.get(f"/mine/{person.reference}{page}").status_code
    assert status in (200, 404)
    return status == 200


def test_a_no_before_they_had_an_account_keeps_them_from_being_invited(
    northmoor: Area, kai: Person, lee: Relation
) -> None:
    answers(northmoor, kai, "relation", lee.pk, ("refused", ()))
    staff = signed_in(northmoor.actors["coordinator"])
    page = text_of(staff, f"/people/{kai.reference}/family/invite/{lee.pk}")
    assert "The answer to telling Lee Cole was no (20 November 2026)" in page
    assert f"/people/{kai.reference}/agreement" in page
    said = ask_in(northmoor, kai, lee, phone=PHONE, agreed_how=AGREED)
    assert "Ask for agreement again first" in said and "By telephone" not in said
    answers(northmoor, kai, "relation", lee.pk, ("given", ()))
    assert "The link is on its way" in ask_in(northmoor, kai, lee, phone=PHONE)


def test_a_no_holds_also_when_their_name_was_put_right_since(northmoor: Area, kai: Person, lee: Relation) -> None:
    answers(northmoor, kai, "relation", lee.pk, ("refused", ()))
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        corrected = correct_fact(note, lee, words="Corrected.", name="Leigh Cole")
    assert "telling Leigh Cole was no" in ask_in(northmoor, kai, corrected, phone=PHONE, agreed_how=AGREED)


def test_a_no_takes_back_an_invitation_that_is_on_its_way(northmoor: Area, kai: Person, lee: Relation) -> None:
    ask_in(northmoor, kai, lee, phone=PHONE, agreed_how=AGREED)
    link = last_sent("invitation")["link"]
    assert Client().get(link).status_code == 200
    answers(northmoor, kai, "relation", lee.pk, ("refused", ()))
    assert Client().get(link).status_code == 404


def test_a_yes_opens_without_being_asked_a_second_time(northmoor: Area, kai: Person, lee: Relation) -> None:
    answers(northmoor, kai, "relation", lee.pk, ("given", ()))
    ask_in(northmoor, kai, lee, phone=PHONE)
    family = comes_in(last_sent("invitation")["link"])
    assert reads(family, kai)
    with context.as_engine():
        stands = Consent.objects.get(person=kai, purpose="sharing", superseded_by=None)
        actor = Relation.objects.get(pk=lee.pk).actor
    assert actor and (stands.recipient_kind, stands.recipient_id) == ("actor", actor.pk)
    assert stands.decided_by == "Dawn Moss" and stands.evidence == "By telephone"
    answers(northmoor, kai, "actor", actor.pk, ("withdrawn", ()))
    assert not reads(family, kai)
    assert "was no" in ask_in(northmoor, kai, lee, phone=PHONE, agreed_how=AGREED)


@pytest.mark.parametrize(("until", "asked"), [(NOW.date() - DAY, True), (NOW.date(), False)])
def test_a_yes_that_has_run_out_is_asked_for_again(
    northmoor: Area, kai: Person, lee: Relation, until: date, asked: bool
) -> None:
    answers(northmoor, kai, "relation", lee.pk, ("given", ()), day=NOW.date() - 9 * DAY, until=until)
    page = text_of(signed_in(northmoor.actors["coordinator"]), f"/people/{kai.reference}/family/invite/{lee.pk}")
    assert ("Who agreed to it" in page) is asked


@pytest.mark.parametrize(("born", "asked"), [(date(2010, 11, 20), True), (date(2010, 11, 21), False)])
def test_from_sixteen_a_parents_yes_is_asked_for_again(northmoor: Area, born: date, asked: bool) -> None:
    person, _ = add_registered(northmoor, given_name="Robin", birth_date=born, at=NOW - 9 * DAY)
    partner = partner_of(northmoor, person)
    answers(northmoor, person, "relation", partner.pk, ("given", ()), day=NOW.date() - DAY)
    address = f"/people/{person.reference}/family/invite/{partner.pk}"
    assert ("Who agreed to it" in text_of(signed_in(northmoor.actors["coordinator"]), address)) is asked


def test_what_was_left_out_stays_closed(northmoor: Area, kai: Person, lee: Relation) -> None:
    without = Topic.EDUCATION.value
    rest = tuple(topic for topic in EVERY_TOPIC if topic != without)
    answers(northmoor, kai, "relation", lee.pk, ("refused", (without,)), ("given", rest))
    assert "about school or college was no" in ask_in(northmoor, kai, lee, phone=PHONE)
    ask_in(northmoor, kai, lee, phone=PHONE, sees=[str(Topic.IDENTITY.value), str(Topic.KEYWORKING.value)])
    assert reads(comes_in(last_sent("invitation")["link"]), kai)


def test_what_was_left_out_after_they_were_invited_is_closed_when_they_come_in(
    northmoor: Area, kai: Person, lee: Relation
) -> None:
    ask_in(northmoor, kai, lee, phone=PHONE, agreed_how=AGREED)
    without = Topic.EDUCATION.value
    rest = tuple(topic for topic in EVERY_TOPIC if topic != without)
    answers(northmoor, kai, "relation", lee.pk, ("refused", (without,)), ("given", rest))
    assert reads(comes_in(last_sent("invitation")["link"]), kai)
    with context.as_engine():
        actor_id = Relation.objects.get(pk=lee.pk).actor_id
        opened = {
            topic for row in OpenTopics.objects.filter(person_id=kai.pk, actor_id=actor_id) for topic in row.topics
        }
    assert opened == {Topic.IDENTITY.value, Topic.KEYWORKING.value, Topic.REGISTER.value}


def test_they_read_by_name_whom_they_said_yes_to(northmoor: Area, kai: Person, kai_himself: Client) -> None:
    lee = partner_of(northmoor, kai)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        nurse = record_fact(note, Professional, person=kai, topic=Topic.FAMILY, words="Added.", name="Sam Reed")
        school = record_fact(
            note, Belonging, person=kai, topic=Topic.EDUCATION, words="Added.", kind="school", name="Beck School"
        )
    for kind, number in (("relation", lee.pk), ("professional", nurse.pk), ("place", school.pk)):
        answers(northmoor, kai, kind, number, ("given", ()))
    page = text_of(kai_himself, f"/mine/{kai.reference}/agreed")
    assert all(f"Telling others about you: {name}" in page for name in ("Lee Cole", "Sam Reed", "Beck School"))


def test_a_mother_reads_no_name_of_the_rest_of_the_family(northmoor: Area, kai: Person) -> None:
    """What was agreed is open to her, who is around him is not; also when he has come in."""
    ask_in(northmoor, kai, has_relation(northmoor, kai), sees=[str(topic) for topic in (1, 15, Topic.AGREEMENT.value)])
    dawn = comes_in(last_sent("invitation")["link"])
    lee = partner_of(northmoor, kai)
    answers(northmoor, kai, "relation", lee.pk, ("given", ()))
    assert "Lee Cole" not in text_of(dawn, f"/mine/{kai.reference}/agreed")
    ask_in(northmoor, kai, lee, phone=PHONE)
    comes_in(last_sent("invitation")["link"])
    page = text_of(dawn, f"/mine/{kai.reference}/agreed")
    assert "Lee Cole" not in page and "Telling others" not in page, "not even that somebody was asked about"

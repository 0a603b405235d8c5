"""Each attendee has their own agenda and minutes: in the code and in the database."""

from collections.abc import Callable

from django.test import Client

from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.features.register.models import AgendaItem, AgendaReason, Meeting, MeetingDecision
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.models import Event
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.meeting.tests.conftest import opened, planned, runs, sent
from alongside.overview.meeting.tests.test_agenda import closed, talked
from tests.cast import NOW, Area, acting_as, involve

SignIn = Callable[[Actor], Client]
MODELS = (AgendaItem, AgendaReason, MeetingDecision)


def reads(area: Area, role: str) -> list[set[int]]:
    """The people in each table: by the code's rule, which must be what the database shows."""
    with acting_as(area.actors[role]) as me:
        by_code = [{row.person_id for row in model.objects.visible_to(me)} for model in MODELS]
        by_database = [{row.person_id for row in model.objects.all()} for model in MODELS]
    assert by_code == by_database, role
    return by_code


def held(area: Area, three: list[Person]) -> Meeting:
    meeting = opened(area, planned(area))
    talked(area, meeting, three[0])
    closed(area, meeting)
    return meeting


def test_the_register_team_and_the_commissioner_read_all_of_it(northmoor: Area, three: list[Person]) -> None:
    held(northmoor, three)
    everybody = {person.pk for person in three}
    for role in ("coordinator", "manager", "commissioner"):
        assert reads(northmoor, role) == [everybody, everybody, {three[0].pk}], role


def test_nobody_else_reads_any_of_it(northmoor: Area, saltby: Area, three: list[Person]) -> None:
    held(northmoor, three)
    for role in ("keyworker", "partner_health", "senior_officer", "governance", "admin", "family", "young_person"):
        assert reads(northmoor, role) == [set(), set(), set()], role
    assert reads(saltby, "coordinator") == [set(), set(), set()]


def test_a_family_reads_none_of_it_whatever_was_opened_to_them(northmoor: Area, three: list[Person]) -> None:
    dawn = northmoor.actors["family"]
    involve(northmoor, three[0], dawn, topics=EVERY_TOPIC, kind="family")
    held(northmoor, three)
    assert reads(northmoor, "family") == [set(), set(), set()]
    with acting_as(dawn):
        assert not Event.objects.filter(code__startswith="meeting.", person_id=three[0].pk).exists()


def test_a_keyworker_reads_of_those_they_walk_with(northmoor: Area, three: list[Person]) -> None:
    involve(northmoor, three[0], northmoor.actors["keyworker"], topics=EVERY_TOPIC)
    held(northmoor, three)
    assert reads(northmoor, "keyworker") == [{three[0].pk}] * 3


def test_an_attendee_reads_that_their_people_are_on_it_and_only_reasons_on_their_topics(
    northmoor: Area, three: list[Person], signed_in: SignIn
) -> None:
    rhea, amir, _ = three
    health, education = northmoor.actors["partner_health"], northmoor.actors["partner_education"]
    involve(northmoor, rhea, health, topics=[Topic.IDENTITY, Topic.HEALTH])
    involve(northmoor, amir, education, topics=[Topic.IDENTITY, Topic.REGISTER], kind="education")
    meeting = held(northmoor, three)
    assert reads(northmoor, "partner_health") == [{rhea.pk}, set(), set()]
    assert reads(northmoor, "partner_education") == [{amir.pk}, {amir.pk}, set()]
    page = signed_in(health).get(f"/meetings/{meeting.pk}").content.decode()
    assert "1. <a" in page and "Rhea Moss" in page and "Amir" not in page and "Gwen" not in page
    assert "discussed," not in page and "New on the register" not in page, "no count of others, no reason not theirs"
    minutes = signed_in(health).get(f"/meetings/{meeting.pk}/minutes").content.decode()
    assert "No change" not in minutes and "not yours to read" in minutes


def test_who_was_not_asked_reads_nothing_although_they_work_with_somebody(
    northmoor: Area, three: list[Person], signed_in: SignIn
) -> None:
    involve(northmoor, three[0], northmoor.actors["partner_health"], topics=[Topic.IDENTITY, Topic.HEALTH])
    meeting = opened(northmoor, planned(northmoor, asked=False))
    assert reads(northmoor, "partner_health") == [set(), set(), set()]
    page = signed_in(northmoor.actors["partner_health"]).get(f"/meetings/{meeting.pk}").content.decode()
    assert "Rhea" not in page
    assert (
        f"/meetings/{meeting.pk}" not in signed_in(northmoor.actors["partner_health"]).get("/meetings").content.decode()
    )


def test_before_it_was_sent_an_attendee_reads_nothing(northmoor: Area, three: list[Person]) -> None:
    involve(northmoor, three[0], northmoor.actors["partner_health"], topics=[Topic.IDENTITY, Topic.HEALTH])
    meeting = planned(northmoor)
    assert reads(northmoor, "partner_health") == [set(), set(), set()]
    sent(northmoor, meeting)
    assert reads(northmoor, "partner_health") == [{three[0].pk}, set(), set()]


def test_who_takes_back_their_agreement_is_off_every_agenda_at_once(northmoor: Area, three: list[Person]) -> None:
    rhea = three[0]
    involve(northmoor, rhea, northmoor.actors["partner_health"], topics=[Topic.IDENTITY, Topic.HEALTH])
    sent(northmoor, planned(northmoor))
    runs(
        northmoor,
        lambda note, me: record_consent(
            note, person=rhea, purpose="sharing", answer="withdrawn", basis="parental", decided_on=NOW.date(),
            evidenced=True, recipient_kind="actor", recipient_id=northmoor.actors["partner_health"].pk,
        ),
    )  # fmt: skip
    assert reads(northmoor, "partner_health") == [set(), set(), set()]
    assert rhea.pk in reads(northmoor, "coordinator")[0]
    runs(
        northmoor,
        lambda note, me: record_consent(
            note, person=rhea, purpose="register", answer="withdrawn", basis="parental", decided_on=NOW.date(),
            evidenced=True,
        ),
    )  # fmt: skip
    assert rhea.pk not in reads(northmoor, "coordinator")[0]


def test_agenda_and_minutes_are_messages_that_name_nobody(northmoor: Area, three: list[Person]) -> None:
    sent(northmoor, planned(northmoor))
    with acting_as(northmoor.actors["partner_health"]):
        (message,) = Message.objects.filter(to_actor=northmoor.actors["partner_health"])
    assert message.kind == "meeting.agenda" and message.link.startswith("/meetings/")
    assert not any(person.given_name in message.subject + message.body for person in three)


def test_only_who_runs_the_register_opens_the_page_of_one_person(
    northmoor: Area, saltby: Area, three: list[Person], signed_in: SignIn
) -> None:
    meeting = opened(northmoor, planned(northmoor))
    item = meeting.items.none()
    with acting_as(northmoor.actors["coordinator"]) as me:
        item = AgendaItem.objects.visible_to(me).first()
    url = f"/meetings/{meeting.pk}/people/{item.pk}"
    assert signed_in(northmoor.actors["manager"]).get(url).status_code == 200
    for role in ("keyworker", "commissioner", "partner_health", "governance"):
        assert signed_in(northmoor.actors[role]).get(url).status_code == 403, role
    assert signed_in(northmoor.actors["family"]).get(f"/meetings/{meeting.pk}").status_code == 404
    assert signed_in(saltby.actors["coordinator"]).get(url).status_code == 404

"""A record opened in an emergency: who may, what it shows, that it ends, and that nothing else can be told from it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Communication, LifeEvent, Person
from alongside.features.people.operations import record_consent, record_fact, set_restricted
from alongside.features.referrals.notices import rota
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.guarded import text
from alongside.overview.guarded.models import Opening
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, add_registered, key_of

NUMBER = "9990000018"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(actor)
    return client


def asks(client: Client, **given: str) -> object:
    form = {"submission": uuid4().hex, "reason": "hospital", "words": "In A&E at night, very distressed."}
    return client.post("/break-glass", form | given)


@pytest.fixture
def kai(northmoor: Area) -> Person:
    person, _ = add_registered(northmoor, given_name="Kai", family_name="Moss", nhs_number=NUMBER, at=clock.now())
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        record_fact(note, Communication, person=person, topic=Topic.COMMUNICATION, words="x", best_way="Write it down")
        record_fact(note, LifeEvent, person=person, topic=Topic.EDUCATION, words="x", kind="exclusion")
    return person


@pytest.fixture
def nurse(saltby: Area) -> Actor:
    """Somebody who works with nobody here: a partner of another area."""
    return saltby.actors["partner_health"]


#: Where a page that is out of reach leads whoever may open a record in an emergency.
ELSEWHERE = "Open a record in an emergency"


def by_name(**other: str) -> dict[str, str]:
    born = {"birth_date-day": "4", "birth_date-month": "3", "birth_date-year": "2012"}
    return {"given_name": "Kai", "family_name": "Moss", **born, **other}


def test_an_nhs_number_opens_the_record_for_hours(kai: Person, nurse: Actor) -> None:
    client = client_of(nurse)
    not_mine = client.get(f"/people/{kai.reference}")
    assert not_mine.status_code == 404 and ELSEWHERE in not_mine.content.decode(), "nobody is left at a closed door"
    answer = asks(client, nhs_number="999 000 0018")
    assert answer.status_code == 302 and answer.url == f"/people/{kai.reference}"
    page = client.get(answer.url).content.decode()
    assert "Write it down" in page and "Emergency access" in page and "I am finished" in page
    until = Opening.objects.none()
    with context.as_engine():
        until = Opening.objects.get().until
    assert until is not None and timedelta(hours=11, minutes=59) < until - clock.now() <= timedelta(hours=12)
    assert "Emergency access" in client.get("/").content.decode()


def test_whoever_opens_it_reads_whom_to_ring(kai: Person, nurse: Actor, northmoor: Area) -> None:
    """The keyworker's name, and who is on call; nothing that keyworkers have written."""
    now = clock.now()
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=now) as note:
        worker = northmoor.actors["keyworker"]
        allocate(note, person=Person.objects.get(pk=kai.pk), worker=worker, from_date=now.date())
        days = {"from_date": now.date() - timedelta(days=1), "to_date": now.date() + timedelta(days=1)}
        rota.add(note, icb_id=northmoor.icb.pk, actor_id=me.id, phone="01632 960180", by=me, **days)
    client = client_of(nurse)
    asks(client, nhs_number=NUMBER)
    page = client.get(f"/people/{kai.reference}").content.decode()
    around = page[page.index("Who is around") :]
    assert worker.name in around and "01632 960180" in around and "On call today" in around
    with acting_as(nurse, now):
        assert not Allocation.objects.exists(), "the topic stays closed"


@pytest.mark.parametrize(
    ("given", "opens"),
    [
        pytest.param({}, True, id="as written"),
        pytest.param({"given_name": " kai", "family_name": "MOSS "}, True, id="capitals and spaces"),
        pytest.param({"family_name": "Mos"}, False, id="a letter less"),
        pytest.param({"birth_date-day": "5"}, False, id="a day later"),
        pytest.param({"given_name": "%"}, False, id="a wildcard"),
    ],
)
def test_the_full_name_and_the_birth_date_open_it_exactly(
    kai: Person, nurse: Actor, given: dict[str, str], opens: bool
) -> None:
    assert asks(client_of(nurse), **by_name(**given)).status_code == (302 if opens else 422)


def test_only_what_a_crisis_needs_is_shown(kai: Person, nurse: Actor) -> None:
    asks(client_of(nurse), nhs_number=NUMBER)
    with acting_as(nurse, clock.now()) as me:
        assert Communication.objects.visible_to(me).exists() and Communication.objects.exists()
        assert not LifeEvent.objects.visible_to(me).exists() and not LifeEvent.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("select access.may_write(%s)", [kai.pk])
            assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(("ago", "open_"), [(11 * 60 + 58, True), (12 * 60 + 1, False)])
def test_it_ends_by_itself_after_twelve_hours(
    kai: Person, nurse: Actor, wait: Callable[[timedelta], None], ago: int, open_: bool
) -> None:
    wait(timedelta(minutes=ago))
    asks(client_of(nurse), nhs_number=NUMBER)
    wait(timedelta(minutes=5))
    page = client_of(nurse).get(f"/people/{kai.reference}")
    assert page.status_code == (200 if open_ else 404)
    assert ("Emergency access" in client_of(nurse).get("/").content.decode()) == open_


def test_i_am_finished_ends_it_before(kai: Person, nurse: Actor) -> None:
    client = client_of(nurse)
    asks(client, nhs_number=NUMBER)
    with context.as_engine():
        number = Opening.objects.get().pk
    assert client.get(f"/break-glass/{number}/end").status_code == 200
    assert client.post(f"/break-glass/{number}/end", {"submission": uuid4().hex}).status_code == 302
    assert client.get(f"/people/{kai.reference}").status_code == 404
    assert "already ended" in client.post(f"/break-glass/{number}/end", {"submission": uuid4().hex}).content.decode()


def restricted(area: Area, person: Person) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        note("x.y", words="x", person_id=person.pk)
        set_restricted(note, person=person, restricted=True, because="A colleague's child")


def test_nobody_found_and_not_possible_are_answered_alike(kai: Person, northmoor: Area, nurse: Actor) -> None:
    restricted(northmoor, kai)
    client = client_of(nurse)
    with CaptureQueriesContext(connection) as one:
        held = asks(client, nhs_number=NUMBER)
    with CaptureQueriesContext(connection) as other:
        nobody = asks(client, nhs_number="9990000026")

    def plain(page: object) -> str:
        marks = page.content.decode().replace("9990000026", "").replace(NUMBER, "")
        return "\n".join(line for line in marks.splitlines() if "submission" not in line and "csrf" not in line)

    assert held.status_code == nobody.status_code == 422
    assert plain(held) == plain(nobody) and text.NOT_OPENED[:20] in plain(held)
    assert len(one) == len(other)
    with acting_as(nurse, clock.now()):
        assert not Opening.objects.exists()
    with context.as_engine():
        assert set(Opening.objects.values_list("outcome", flat=True)) == {"restricted", "nobody"}


def test_two_of_the_same_name_and_birth_date_open_nothing(kai: Person, northmoor: Area, nurse: Actor) -> None:
    add_registered(northmoor, given_name="Kai", family_name="Moss")
    assert asks(client_of(nurse), **by_name()).status_code == 422


@pytest.mark.parametrize("answer", ["refused", "withdrawn"])
def test_a_refused_record_opens_in_an_emergency_and_closes_again(
    kai: Person, northmoor: Area, nurse: Actor, answer: str
) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        record_consent(
            note,
            person=kai,
            purpose="register",
            answer=answer,
            basis="parental",
            decided_on=clock.today(),
            evidenced=True,
        )
    client = client_of(nurse)
    assert asks(client, nhs_number=NUMBER).status_code == 302
    assert client.get(f"/people/{kai.reference}").status_code == 200
    with context.as_engine():
        number = Opening.objects.get().pk
    client.post(f"/break-glass/{number}/end", {"submission": uuid4().hex})
    assert client.get(f"/people/{kai.reference}").status_code == 404


def test_a_double_submit_opens_once(kai: Person, nurse: Actor) -> None:
    client, mark = client_of(nurse), uuid4().hex
    for _ in range(2):
        assert asks(client, nhs_number=NUMBER, submission=mark).status_code == 302
    with context.as_engine():
        assert Involvement.objects.filter(because="break_glass").count() == Opening.objects.count() == 1


def test_ten_attempts_an_hour_and_no_more(kai: Person, nurse: Actor) -> None:
    client = client_of(nurse)
    for _ in range(10):
        assert "10 times" not in asks(client, nhs_number="9990000026").content.decode()
    assert "10 times" in asks(client, nhs_number=NUMBER).content.decode()
    assert client.get(f"/people/{kai.reference}").status_code == 404


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Give the NHS number"),
        ({"nhs_number": "9990000017"}, "can&#39;t be right"),
        ({"nhs_number": NUMBER, "words": ""}, "Say in a sentence"),
        ({"nhs_number": NUMBER, "reason": "nosy"}, "Select"),
        ({"nhs_number": "\x00", "given_name": "é" * 200}, "characters or fewer"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_opens(
    kai: Person, nurse: Actor, given: dict[str, str], says: str
) -> None:
    answer = asks(client_of(nurse), **given)
    assert answer.status_code == 422 and says in answer.content.decode()
    with context.as_engine():
        assert not Opening.objects.exists()


@pytest.mark.parametrize("role", ["commissioner", "partner_education", "governance", "admin", "regional", "family"])
def test_other_roles_open_nothing_in_code_or_database(kai: Person, saltby: Area, role: str) -> None:
    client = client_of(saltby.actors[role])
    assert asks(client, nhs_number=NUMBER).status_code in (403, 404)
    assert ELSEWHERE not in client.get(f"/people/{kai.reference}").content.decode()
    with acting_as(saltby.actors[role], clock.now()) as me, pytest.raises(DatabaseError, match="role"):
        with recording(by=me, at=clock.now()), connection.cursor() as cursor:
            cursor.execute("select access.break_glass(%s,'','',null,'x','x',now(),now()+'1 hour')", [NUMBER])


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select access.break_glass(%s,'','',null,'x','x',now(),now()+'25 hours')", "within a day"),
        ("select access.break_glass(%s,'','',null,'x','x',now()+'2 days',now()+'3 days')", "within a day"),
        ("select access.break_glass(%s,'','',null,'x',' ',now(),now()+'1 hour')", "says why"),
    ],
)
def test_the_database_refuses_a_long_or_silent_opening(kai: Person, nurse: Actor, sql: str, says: str) -> None:
    with acting_as(nurse, clock.now()) as me, pytest.raises(DatabaseError, match=says):
        with recording(by=me, at=clock.now()), connection.cursor() as cursor:
            cursor.execute(sql, [NUMBER])


def test_it_is_looked_at_and_governance_is_told(kai: Person, northmoor: Area, nurse: Actor) -> None:
    asks(client_of(nurse), nhs_number=NUMBER)
    client_of(nurse).get(f"/people/{kai.reference}")
    with context.as_engine():
        opening = Opening.objects.get()
        duty = Duty.objects.get(rule_key="break_glass_review")
        told = Message.objects.get()
    assert duty.subject_id == opening.pk and duty.owner_team_id == northmoor.teams["keyworking"].pk
    assert told.to_actor_id == northmoor.actors["governance"].pk and "Moss" not in told.subject + told.body
    manager = client_of(northmoor.actors["manager"])
    assert kai.reference in manager.get("/break-glass/openings").content.decode()
    address = f"/break-glass/openings/{opening.pk}"
    day = manager.get("/?inbox=" + str(duty.owner_team_id)).content.decode()
    assert "Look at an emergency opening" in day
    assert manager.get(f"/duties/{duty.pk}/do").url == address
    page = manager.get(address).content.decode()
    assert "very distressed" in page and "person" in page and "Moss" not in page
    found = {"submission": uuid4().hex, "justified": "yes", "finding": "She was right to look.", "told": "later"}
    assert manager.post(address, found).status_code == 302
    with context.as_engine():
        assert Duty.objects.get(subject="opening").rule_key == "break_glass_told"
    found |= {"submission": uuid4().hex, "told": "yes", "told_how": "By phone."}
    assert manager.post(address, found).status_code == 302
    with context.as_engine():
        assert not Duty.objects.filter(subject="opening").exists()
    assert "already" in manager.post(address, found | {"submission": uuid4().hex}).content.decode()


def test_nobody_looks_at_their_own_opening(kai: Person, northmoor: Area, saltby: Area) -> None:
    asks(client_of(northmoor.actors["manager"]), nhs_number=NUMBER)
    with context.as_engine():
        address = f"/break-glass/openings/{Opening.objects.get().pk}"
    found = {"submission": uuid4().hex, "justified": "yes", "finding": "Mine.", "told": "yes", "told_how": "By phone."}
    assert client_of(northmoor.actors["manager"]).post(address, found).status_code == 422
    assert client_of(saltby.actors["manager"]).get(address).status_code == 404
    with acting_as(northmoor.actors["manager"], clock.now()) as me, transaction.atomic():
        with recording(by=me, at=clock.now()) as note:
            note("x.y", words="x")
            assert not Opening.objects.update(justified=True, reviewed_by_id=me.id, reviewed_at=clock.now())


def test_pages_take_few_statements(kai: Person, northmoor: Area, nurse: Actor) -> None:
    client = client_of(nurse)
    asks(client, nhs_number=NUMBER)
    for actor, address, most in (
        (nurse, "/break-glass", 6),
        (nurse, f"/people/{kai.reference}", 8),
        (northmoor.actors["manager"], "/break-glass/openings", 6),
    ):
        client = client_of(actor)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, [q["sql"][-80:] for q in asked]

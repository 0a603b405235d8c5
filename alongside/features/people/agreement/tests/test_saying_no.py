"""A no, and a changed mind: gone at once from everybody who relied on the yes, and kept as a note by the custodians."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate
from alongside.features.people.agreement.tests.asking import as_, ask, choices, found_out, on, save, who
from alongside.features.people.models import ClosedRecord, Consent, Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty, RegisterRow
from tests.cast import NOW, Area, acting_as, add_registered, involve

TODAY = clock.today()
DAY = timedelta(days=1)
BORN = TODAY.replace(year=TODAY.year - 16)


@pytest.fixture
def kai(northmoor: Area) -> Person:
    """Sixteen, on the register, with a keyworker and a school that may know."""
    person, _ = add_registered(northmoor, birth_date=BORN, at=NOW - DAY)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW - DAY) as note:
        allocate(note, person=person, worker=northmoor.actors["keyworker"], from_date=(NOW - DAY).date())
    involve(
        northmoor, person, northmoor.actors["partner_education"], topics=[1, 7], kind="education", at=NOW - DAY
    )  # fmt: skip
    return person


@pytest.fixture
def custodian(northmoor: Area) -> Actor:
    with context.as_engine(), recording(by=northmoor.actors["admin"], at=NOW) as note:
        actor = Actor.objects.create(name="Grace Lim", post="Register coordinator")
        RoleHeld.objects.create(
            actor=actor, role="coordinator", area=northmoor.icb, custodian=True, from_date=date(2022, 7, 1)
        )
        note("role.given", words="Named a custodian.", icb_id=northmoor.icb.pk)
    return actor


def finds(client: Client, person: Person) -> dict[str, bool]:
    """By each door: whether the person is behind it."""
    pages: dict[str, Any] = {
        "page": client.get(f"/people/{person.reference}"),
        "list": client.get("/register"),
        "people": client.get("/people"),
        "search": client.post("/register/find", {"q": person.family_name}),
        "search of everybody": client.post("/register/find", {"q": person.family_name, "all": "1"}),
        "my day": client.get("/"),
        "what is late": client.get("/duties?state=late"),
        "what is due": client.get("/duties?state=due"),
    }
    return {door: page.status_code == 200 and person.reference in page.content.decode() for door, page in pages.items()}


def counted(actor: Actor) -> tuple[int, int]:
    """How many lines of the list, and how many duties about people, this actor counts."""
    with acting_as(actor):
        return RegisterRow.objects.count(), Duty.objects.exclude(person=None).count()


WORKS = ("coordinator", "manager", "commissioner", "keyworker")


def test_a_no_to_the_register_takes_them_at_once_from_everybody_who_relied_on_it(
    northmoor: Area, kai: Person, custodian: Actor
) -> None:
    clients = {role: as_(northmoor.actors[role]) for role in WORKS}
    for role, client in clients.items():
        seen = finds(client, kai)
        assert seen["page"] and seen["search"] and seen["list"], (role, seen)
        assert all(counted(northmoor.actors[role])), role
    no = {"register": "no", "told": "Asha and Dr Lee, by telephone"} | on("ask_again_on", TODAY + 90 * DAY)
    page = ask(clients["manager"], kai, may=no, basis="sixteen")
    body = page.content.decode()
    assert "Being on the register: withdrawn." in body and "A short note is kept by Grace Lim of Northmoor ICB" in body
    assert "Nobody sees Kai’s record through the register any more" in body
    assert save(clients["manager"], kai, page)["Location"] == "/register"
    for role, client in clients.items():
        assert not any(finds(client, kai).values()), (role, finds(client, kai))
        assert counted(northmoor.actors[role]) == (0, 0), role
    with context.as_engine():
        closed = ClosedRecord.objects.get()
        assert (closed.told, closed.offer_again_on) == ("Asha and Dr Lee, by telephone", TODAY + 90 * DAY)
        assert closed.basis == "sixteen" and closed.decided_by == "Kai Moss"
    assert kai.shown_name in as_(custodian).get("/closed-records").content.decode()
    assert kai.shown_name not in clients["coordinator"].get("/closed-records").content.decode()


def test_without_a_day_of_theirs_the_rule_says_when_to_ask_again(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    save(client, kai, ask(client, kai, may={"register": "no"}, basis="sixteen"))
    with context.as_engine():
        assert ClosedRecord.objects.get().offer_again_on > TODAY + 150 * DAY


def test_a_keyworker_may_write_down_that_they_are_not_wanted(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["keyworker"])
    page = ask(client, kai, may={"register": "no", "keyworking": "no"}, basis="sixteen")
    assert save(client, kai, page)["Location"] == "/register"
    assert client.get(f"/people/{kai.reference}").status_code == 410, "they wrote it down, and are told so"
    with context.as_engine():
        written = Consent.objects.filter(evidence="Said at the visit").order_by("id")
        assert list(written.values_list("purpose", "answer")) == [("keyworking", "refused"), ("register", "withdrawn")]
        assert {row.recorded_by_id for row in written} == {northmoor.actors["keyworker"].pk}
        assert Allocation.objects.get().to_date == TODAY


def test_a_no_says_who_was_told(northmoor: Area, kai: Person) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/agreement"
    client.post(url, who("sixteen"))
    page = client.post(f"{url}/may", {"register": "no", "keyworking": "later"})
    assert page.status_code == 422 and "Write down who was told of the no" in page.content.decode()
    early = {"register": "no", "keyworking": "later", "told": "Dawn", **on("ask_again_on", TODAY - DAY)}
    assert client.post(f"{url}/may", early).status_code == 422
    assert client.post(f"{url}/may", early | on("ask_again_on", TODAY)).status_code == 302


def test_a_changed_mind_stops_one_thing_and_leaves_the_rest(northmoor: Area, kai: Person) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/agreement"
    school = northmoor.actors["partner_education"]
    assert finds(as_(school), kai)["people"]
    offered = client.get(f"{url}/stop")
    stops = choices(offered, "what")
    assert stops == ["register", "keyworking", f"actor-{school.pk}"]
    assert client.post(f"{url}/stop", {"what": [stops[2]]}).status_code == 422
    sent = who("sixteen") | {"what": [stops[2]], "told": "The school’s head, by telephone"}
    assert client.post(f"{url}/stop", sent)["Location"] == f"{url}/read-back"
    page = client.get(f"{url}/read-back")
    body = page.content.decode()
    assert f"Telling {school.name}: withdrawn." in body
    assert "cannot even tell that there is a record" in body
    save(client, kai, page)
    assert not any(finds(as_(school), kai).values())
    assert finds(client, kai)["list"] and finds(as_(northmoor.actors["keyworker"]), kai)["page"]
    with context.as_engine():
        assert Consent.objects.get(answer="withdrawn").told == "The school’s head, by telephone"
    every = client.get(f"{url}/all").content.decode()
    assert "The school’s head, by telephone" in every and "Answers before these" in every


def test_who_may_not_decide_about_something_does_not_stop_it(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=TODAY.replace(year=TODAY.year - 15))
    found_out(northmoor, person, True, "register")
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/agreement/stop"
    sent = who("parental") | {"what": ["register"], "told": "Nobody yet"}
    page = client.post(url, sent)
    assert page.status_code == 422 and "decide about being on the register" in page.content.decode()
    assert client.post(url, sent | {"basis": "competent_child"}).status_code == 302


def test_nothing_agreed_is_nothing_to_stop(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, agreed=False)
    url = f"/people/{person.reference}/agreement"
    assert as_(northmoor.actors["coordinator"]).get(f"{url}/stop")["Location"] == f"{url}/all"


def test_a_topic_is_not_told_to_one_of_them(northmoor: Area, kai: Person) -> None:
    client, school = as_(northmoor.actors["coordinator"]), northmoor.actors["partner_education"]
    page = ask(client, kai, known={school.name: [str(Topic.EDUCATION.value)]}, basis="sixteen")
    assert "Will see who they are. Will not see school or college." in page.content.decode()
    save(client, kai, page)
    assert finds(as_(school), kai)["people"], "they may know who it is"

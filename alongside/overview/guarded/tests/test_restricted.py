"""A restricted record: only who is named finds it, and nobody else can tell that it is there."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Guard, Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.models import Restriction
from alongside.overview.models import Duty, RegisterRow
from tests.cast import NOW, Area, acting_as, add_registered, key_of

NUMBER = "9990000018"
DAY = {"review_on-day": "1", "review_on-month": "6", "review_on-year": "2027"}


def client_of(actor: Actor) -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(actor)
    return client


@pytest.fixture
def kai(northmoor: Area) -> Person:
    return add_registered(northmoor, given_name="Kai", family_name="Moss", nhs_number=NUMBER)[0]


def restrict(area: Area, person: Person, *named: str, by: str = "governance", **more: str) -> object:
    given = {
        "submission": uuid4().hex,
        "reference": person.reference,
        "because": "The child of a colleague",
        "named": [str(area.actors[role].pk) for role in named],
        **DAY,
    }
    return client_of(area.actors[by]).post("/restricted/new", given | more)


def sees(me: Me, person: Person) -> set[str]:
    """By which doors of the code and the database somebody finds a person."""
    return {
        *(["code"] if Person.objects.visible_to(me).filter(pk=person.pk).exists() else []),
        *(["sql"] if Person.objects.filter(pk=person.pk).exists() else []),
        *(["line"] if RegisterRow.objects.filter(person=person).exists() else []),
        *(["duty"] if Duty.objects.filter(person=person).exists() else []),
    }


def test_only_who_is_named_finds_it(kai: Person, northmoor: Area) -> None:
    assert restrict(northmoor, kai, "coordinator", "keyworker").status_code == 302
    for role, actor in northmoor.actors.items():
        with acting_as(actor) as me:
            everything = {"code", "sql", "line", "duty"}
            assert sees(me, kai) == (everything if role in ("coordinator", "keyworker") else set()), role


def test_lists_search_counts_and_pages_are_as_if_it_were_not_there(kai: Person, northmoor: Area) -> None:
    add_registered(northmoor, given_name="Ada", family_name="Reed")
    manager = client_of(northmoor.actors["manager"])
    assert "Moss" in manager.get("/register").content.decode()
    restrict(northmoor, kai, "coordinator")
    listed = manager.get("/register").content.decode()
    assert "Reed" in listed and "Moss" not in listed
    assert manager.get(f"/people/{kai.reference}").status_code == 404
    assert kai.reference not in manager.post("/register/find", {"q": "Moss"}).content.decode()


def test_it_needs_a_coordinator_among_the_named(kai: Person, northmoor: Area) -> None:
    answer = restrict(northmoor, kai, "manager")
    assert answer.status_code == 422 and "register coordinator" in answer.content.decode()
    with acting_as(northmoor.actors["manager"]):
        assert Person.objects.filter(pk=kai.pk).exists()


def test_a_reference_of_another_area_is_not_known(kai: Person, northmoor: Area, saltby: Area) -> None:
    for by in ("governance", "coordinator"):
        answer = restrict(saltby, kai, "coordinator", by=by)
        assert answer.status_code == 422 and "Nobody like this was found" in answer.content.decode()


def test_naming_one_more_taking_them_off_and_lifting(kai: Person, northmoor: Area) -> None:
    restrict(northmoor, kai, "coordinator")
    client = client_of(northmoor.actors["coordinator"])
    with context.as_engine():
        here = f"/restricted/{Restriction.objects.get().pk}"
        assert Duty.objects.get(rule_key="restriction_review").owner_actor_id == northmoor.actors["governance"].pk
    manager = northmoor.actors["manager"]
    assert client.post(f"{here}/name", {"submission": uuid4().hex, "who": str(manager.pk)}).status_code == 302
    with acting_as(manager) as me:
        assert sees(me, kai)
    assert client.post(f"{here}/unname/{manager.pk}", {"submission": uuid4().hex}).status_code == 302
    with acting_as(manager) as me:
        assert not sees(me, kai)
    own = northmoor.actors["coordinator"].pk
    last = client.post(f"{here}/unname/{own}", {"submission": uuid4().hex})
    assert last.status_code == 422 and "last register coordinator" in last.content.decode()
    assert client.post(f"{here}/keep", {"submission": uuid4().hex} | DAY).status_code == 302
    assert client.post(f"{here}/lift", {"submission": uuid4().hex, "because": "They left"}).status_code == 302
    assert client.get(here).status_code == 404
    with acting_as(manager) as me:
        assert sees(me, kai)
    with context.as_engine():
        assert not Duty.objects.filter(rule_key="restriction_review").exists()


def test_lifting_gives_back_what_was_agreed_and_no_more(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, agreed=False)
    restrict(northmoor, person, "coordinator")
    with context.as_engine():
        here = f"/restricted/{Restriction.objects.get().pk}"
    client_of(northmoor.actors["governance"]).post(f"{here}/lift", {"submission": uuid4().hex, "because": "They left"})
    with context.as_engine():
        assert Person.objects.get(pk=person.pk).guard == Guard.REGISTER_TEAM


@pytest.mark.parametrize("role", ["manager", "keyworker", "commissioner", "admin", "partner_health", "senior_officer"])
def test_other_roles_know_of_no_restriction(kai: Person, northmoor: Area, role: str) -> None:
    restrict(northmoor, kai, "coordinator")
    with context.as_engine():
        here = f"/restricted/{Restriction.objects.get().pk}"
    for address in ("/restricted", "/restricted/new", here, f"{here}/lift"):
        assert client_of(northmoor.actors[role]).get(address).status_code == 403
    with acting_as(northmoor.actors[role]):
        assert not Restriction.objects.exists()


def test_a_coordinator_who_is_not_named_guesses_and_finds_nothing(kai: Person, northmoor: Area, saltby: Area) -> None:
    restrict(northmoor, kai, "coordinator")
    with context.as_engine():
        number = Restriction.objects.get().pk
    client = client_of(saltby.actors["coordinator"])
    for address in (f"/restricted/{number}", f"/restricted/{number + 1}", f"/restricted/{number}/lift"):
        assert client.get(address).status_code == 404
    assert kai.reference not in client.get("/restricted").content.decode()


def test_governance_reads_the_reference_and_no_name(kai: Person, northmoor: Area) -> None:
    restrict(northmoor, kai, "coordinator")
    with context.as_engine():
        number = Restriction.objects.get().pk
    client = client_of(northmoor.actors["governance"])
    for address in ("/restricted", f"/restricted/{number}"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        assert kai.reference in page and "Moss" not in page
        assert len(asked) <= 6


def test_a_double_submit_restricts_once(kai: Person, northmoor: Area) -> None:
    mark = uuid4().hex
    for _ in range(2):
        assert restrict(northmoor, kai, "coordinator", submission=mark).status_code == 302
    again = restrict(northmoor, kai, "coordinator")
    assert again.status_code == 422 and "restricted already" in again.content.decode()


def colleagues(area: Area, how_many: int) -> None:
    """More people of the team than a page shows at once."""
    with context.as_engine(), recording(by=area.actors["manager"], at=NOW) as note:
        for number in range(how_many):
            actor = Actor.objects.create(name=f"Colleague {number}", post="Keyworker")
            RoleHeld.objects.create(actor=actor, role="keyworker", area=area.icb, from_date=date(2022, 7, 1))
        note("area.made", words="More people work here.", icb_id=area.icb.pk)


def typing(page: str, **more: object) -> dict[str, object]:
    found = re.search(r'name="submission" value="([^"]+)"', page)
    return {"submission": found[1] if found else "", "because": "A colleague's child", **DAY, **more}


def test_colleagues_are_found_by_name_and_what_was_typed_stays(kai: Person, northmoor: Area) -> None:
    colleagues(northmoor, 20)
    priya = client_of(northmoor.actors["coordinator"])
    page = priya.get("/restricted/new").content.decode()
    assert "Colleague 7" not in page and northmoor.actors["coordinator"].name in page, "oneself, and nobody else yet"
    own = str(northmoor.actors["coordinator"].pk)
    given = typing(page, reference=kai.reference, look_for="colleague 7", named=[own], step="find")
    page = priya.post("/restricted/new", given).content.decode()
    assert "Colleague 7" in page and "Colleague 8" not in page
    assert "A colleague&#39;s child" in page and "There is a problem" not in page
    with context.as_engine():
        seven = str(Actor.objects.get(name="Colleague 7").pk)
    assert priya.post("/restricted/new", given | {"named": [own, seven], "step": ""}).status_code == 302
    with context.as_engine():
        assert Restriction.objects.get().person_id == kai.pk


def test_one_more_is_found_by_name_and_named(kai: Person, northmoor: Area) -> None:
    colleagues(northmoor, 20)
    restrict(northmoor, kai, "coordinator")
    priya = client_of(northmoor.actors["coordinator"])
    with context.as_engine():
        here = f"/restricted/{Restriction.objects.get().pk}/name"
        seven = str(Actor.objects.get(name="Colleague 7").pk)
    page = priya.get(here).content.decode()
    assert "Colleague 7" not in page and "Find them by name first" in page
    given = {"submission": uuid4().hex, "look_for": "colleague 7", "step": "find"}
    page = priya.post(here, given).content.decode()
    assert "Colleague 7" in page and "Colleague 8" not in page and "There is a problem" not in page
    nobody = priya.post(here, given | {"step": ""})
    assert nobody.status_code == 422 and "Find and select who it is" in nobody.content.decode()
    assert priya.post(here, given | {"step": "", "who": seven}).status_code == 302
    with acting_as(Actor.objects.get(pk=seven)) as me:
        assert sees(me, kai)


@pytest.mark.parametrize("typed", [NUMBER, "999 000 0018", "kai moss", "Moss"])
def test_a_coordinator_finds_the_person_by_number_or_name(kai: Person, northmoor: Area, typed: str) -> None:
    own = [str(northmoor.actors["coordinator"].pk)]
    priya = client_of(northmoor.actors["coordinator"])
    page = priya.get("/restricted/new").content.decode()
    found = priya.post("/restricted/new", typing(page, reference=typed, step="find")).content.decode()
    assert "This is Kai Moss" in found
    assert priya.post("/restricted/new", typing(page, reference=typed, named=own)).status_code == 302


def test_of_two_with_one_name_it_is_asked_which(kai: Person, northmoor: Area) -> None:
    add_registered(northmoor, given_name="Kai", family_name="Moss", birth_date=date(2009, 1, 2))
    own = [str(northmoor.actors["coordinator"].pk)]
    priya = client_of(northmoor.actors["coordinator"])
    given = typing(priya.get("/restricted/new").content.decode(), reference="Kai Moss", named=own)
    answer = priya.post("/restricted/new", given)
    assert answer.status_code == 422 and "Select which of them it is" in answer.content.decode()
    assert "born 2 January 2009" in answer.content.decode()
    assert priya.post("/restricted/new", given | {"which": kai.reference}).status_code == 302
    with context.as_engine():
        assert Restriction.objects.get().person_id == kai.pk


def test_governance_is_shown_nobodys_name(kai: Person, northmoor: Area) -> None:
    ira = client_of(northmoor.actors["governance"])
    page = ira.get("/restricted/new").content.decode()
    for typed in ("Kai Moss", NUMBER, kai.reference):
        found = ira.post("/restricted/new", typing(page, reference=typed, step="find")).content.decode()
        assert "born" not in found and "This is" not in found


@pytest.mark.parametrize("how_many", [2, 40])
def test_the_page_asks_few_statements_however_many_work_here(kai: Person, northmoor: Area, how_many: int) -> None:
    colleagues(northmoor, how_many)
    priya = client_of(northmoor.actors["coordinator"])
    given = typing(priya.get("/restricted/new").content.decode(), reference="Kai Moss", look_for="coll", step="find")
    with CaptureQueriesContext(connection) as asked:
        priya.post("/restricted/new", given)
    assert len(asked) <= 12, [one["sql"][-100:] for one in asked]

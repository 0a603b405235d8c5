"""Who somebody is, which days are holidays and from when a role is held: written by those whose work it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered, key_of
from tests.second_wall.asking import by_hand, fact_by, insert, refused, run

OTHERS = ("commissioner", "partner_health", "governance", "admin", "family")
WHO = ("family_name = 'x'", "given_name = 'x'", "birth_date = '2010-01-01'", "died_on = '2026-11-01'", "gender = 'x'")


def with_keyworker(area: Area) -> Person:
    person, _ = add_registered(area)
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=area.actors["keyworker"], from_date=NOW.date())
    return person


def a_name(me: Any, person: Person) -> dict[str, Any]:
    return fact_by(me, person, kind="legal", given_name="x", family_name="x")


def change(text: str, person: Person) -> int:
    return run(f"update people_person set {text} where id = %s", person.pk)


@pytest.mark.parametrize("role", ["coordinator", "manager", "keyworker"])
def test_who_somebody_is_is_written_by_those_who_run_the_register_or_work_with_them(northmoor: Area, role: str) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors[role]) as me:
        assert [change(text, person) for text in WHO] == [1] * len(WHO)
        assert insert("people_personname", **a_name(me, person)) == 1


@pytest.mark.parametrize("text", WHO)
def test_a_commissioner_changes_facts_and_not_the_person(northmoor: Area, text: str) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors["commissioner"]) as me:
        with refused("Who somebody is"):
            change(text, person)
        with refused("Who somebody is"):
            insert("people_personname", **a_name(me, person))
        assert run("select 1 from people_person where id = %s for update", person.pk) == 1, "and holds the row"


def test_the_page_to_correct_who_they_are_is_not_the_commissioners(northmoor: Area) -> None:
    person = with_keyworker(northmoor)
    for role, status in (("commissioner", 403), ("keyworker", 200), ("coordinator", 200)):
        client = Client()
        client.cookies["alongside_key"] = key_of(northmoor.actors[role])
        assert client.get(f"/people/{person.reference}/change").status_code == status, role
        page = client.get(f"/people/{person.reference}").content.decode()
        assert ("Correct who they are" in page) == (status == 200), role


@pytest.mark.parametrize("role", [*OTHERS, "coordinator", "manager", "keyworker"])
def test_nobody_moves_a_bank_holiday_by_hand(northmoor: Area, role: str) -> None:
    with by_hand(northmoor.actors[role]):
        with refused("row-level"):
            insert("organisations_bankholiday", day="2026-11-24", name="x")
        assert run("update organisations_bankholiday set name = 'x'") == 0
        assert run("delete from organisations_bankholiday") == 0


def given(area: Area, **values: Any) -> dict[str, Any]:
    known = {
        "actor_id": area.actors["manager"].pk, "role": "coordinator", "area_id": area.icb.pk, "holds_inbox": False,
        "custodian": False, "from_date": clock.today(),
    }  # fmt: skip
    return known | values


@pytest.mark.parametrize("role", ["commissioner", "coordinator", "manager", "governance", "family"])
def test_roles_are_given_and_ended_by_an_administrator(northmoor: Area, role: str) -> None:
    with by_hand(northmoor.actors[role]):
        with refused("row-level"):
            insert("accounts_roleheld", **given(northmoor))
        assert run("update accounts_roleheld set to_date = %s", clock.today()) == 0


def test_a_role_begins_and_ends_today_or_later(northmoor: Area) -> None:
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    with by_hand(northmoor.actors["admin"]):
        with refused("today or later"):
            insert("accounts_roleheld", **given(northmoor, from_date=yesterday))
        assert insert("accounts_roleheld", **given(northmoor, from_date=today)) == 1
        mine = "where actor_id = %s and role = 'manager'"
        manager = northmoor.actors["manager"].pk
        for text in (f"to_date = '{yesterday}'", "from_date = '2020-01-01'", "role = 'governance'"):
            with refused("today or later"):
                run(f"update accounts_roleheld set {text} {mine}", manager)
        assert run(f"update accounts_roleheld set to_date = %s {mine}", today, manager) == 1
    with connection.cursor() as cursor:
        cursor.execute("select access.today()")
        assert cursor.fetchone() == (today,), "the days of roles are the database's own, and the service's the same"


@pytest.mark.parametrize("colour", ["red", "amber", "green", "blue", ""])
def test_a_count_below_five_is_not_told_from_none_even_by_the_database(northmoor: Area, colour: str) -> None:
    def told() -> list[tuple]:
        with by_hand(northmoor.actors["senior_officer"]), connection.cursor() as cursor:
            cursor.execute("select listing, people from overview_counts(0) where colour = %s", [colour])
            return cursor.fetchall()

    assert told() == [("child", None), ("adult", None)]
    for _ in range(4):
        add_registered(northmoor)
    assert told() == [("child", None), ("adult", None)]
    add_registered(northmoor)
    assert told() == [("child", None if colour else 5), ("adult", None)]

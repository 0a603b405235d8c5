"""Looking for somebody who may be here already, and the pairs that are kept for people who match."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.people.identity.finding import find_possible, is_clash
from alongside.features.people.models import FormerNumber, Person, PossibleDuplicate
from alongside.features.people.operations import add_person, change_address, change_person, record_fact, set_restricted
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered

NUMBER, OTHER_NUMBER = "9990000018", "9990000026"
BORN = date(2012, 3, 4)


def found_by(me: Me, **typed: object) -> list[str]:
    asked = {"given": "", "family": "", "birth_date": None, "nhs_number": None} | typed
    return [one.reference for one in find_possible(me=me, **asked)]  # type: ignore[arg-type]


def open_pairs() -> list[tuple[int, int]]:
    with context.as_engine():
        return list(PossibleDuplicate.objects.filter(state="open").values_list("first_id", "second_id"))


@pytest.mark.parametrize(
    "typed",
    [
        {"given": "Ky", "family": "Mos", "birth_date": BORN},
        {"given": "Kai", "family": "Moss", "birth_date": date(2012, 4, 3)},
        {"given": "Kai", "family": "Moss", "birth_date": date(2011, 3, 4)},
        {"given": "Kai", "family": "Moss"},
        {"given": "Kai", "family": "Quill", "birth_date": BORN, "postcode": "zz11aa"},
        {"nhs_number": NUMBER},
    ],
    ids=["sound", "day and month", "year", "no birth date", "postcode", "number"],
)
def test_somebody_here_is_found_however_they_are_typed(northmoor: Area, typed: dict) -> None:
    person, _ = add_registered(northmoor, nhs_number=NUMBER)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            change_address(note, person=person, kind="home", lines="1 High St", postcode="ZZ1 1AA", from_date=None)
        assert found_by(me, **typed) == [person.reference]


@pytest.mark.parametrize(
    "typed",
    [
        {"given": "Ida", "family": "Quill", "birth_date": BORN},
        {"given": "Kai", "family": "Moss", "birth_date": date(2009, 8, 21)},
        {"given": "Kai", "family": "Quill", "birth_date": BORN, "postcode": "ZZ9 9ZZ"},
        {"nhs_number": OTHER_NUMBER},
        {},
    ],
)
def test_a_stranger_is_not(northmoor: Area, typed: dict) -> None:
    add_registered(northmoor, nhs_number=NUMBER)
    with acting_as(northmoor.actors["coordinator"]) as me:
        assert found_by(me, **typed) == []


def test_a_twin_is_said_to_be_one_and_makes_no_pair(northmoor: Area) -> None:
    kai, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        (twin,) = find_possible(given="Ida", family="Moss", birth_date=BORN, nhs_number=None, me=me)
    assert (twin.reference, twin.likeness.twin) == (kai.reference, True)
    add_registered(northmoor, given_name="Ida")
    assert open_pairs() == []


def test_looking_takes_one_statement_however_many_there_are(northmoor: Area) -> None:
    for _ in range(4):
        add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, CaptureQueriesContext(connection) as asked:
        assert len(found_by(me, given="Kai", family="Moss", birth_date=BORN)) == 4
    assert len(asked) == 1


def test_a_superseded_number_finds_the_person_and_a_mistaken_one_finds_nobody(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, nhs_number=NUMBER)
    with acting_as(northmoor.actors["coordinator"]) as me:
        for number, why in ((OTHER_NUMBER, "superseded"), ("9990000034", "mistaken")):
            with recording(by=me, at=NOW) as note:
                record_fact(note, FormerNumber, person=person, topic=Topic.IDENTITY, words="x", number=number, why=why)
        assert found_by(me, nhs_number=OTHER_NUMBER) == [person.reference]
        assert found_by(me, nhs_number="9990000034") == []


def test_somebody_of_another_area_or_held_closely_is_not_shown_and_a_number_says_the_same(
    northmoor: Area, saltby: Area
) -> None:
    add_registered(saltby, nhs_number=NUMBER)
    closely, _ = add_registered(northmoor, given_name="Ida", nhs_number=OTHER_NUMBER)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            set_restricted(note, person=closely, restricted=True, because="x")
        typed = {"family": "Moss", "birth_date": BORN, "me": me}
        for given, number in (("Kai", NUMBER), ("Ida", OTHER_NUMBER)):
            seen = find_possible(given=given, nhs_number=number, **typed)  # type: ignore[arg-type]
            assert (seen, is_clash(number, seen)) == ([], True)
        free = find_possible(given="Kai", nhs_number="9990000034", **typed)  # type: ignore[arg-type]
        assert (free, is_clash("9990000034", free)) == ([], False)


@pytest.mark.parametrize("role", ["keyworker", "commissioner", "partner_health", "governance", "regional"])
def test_whoever_does_not_match_people_is_told_nothing(northmoor: Area, role: str) -> None:
    add_registered(northmoor, nhs_number=NUMBER)
    with acting_as(northmoor.actors[role]) as me:
        assert found_by(me, given="Kai", family="Moss", birth_date=BORN, nhs_number=NUMBER) == []
        assert is_clash(NUMBER, []) and is_clash("9990000034", [])


def test_a_pair_opens_with_the_second_record_and_goes_when_they_are_no_longer_alike(northmoor: Area) -> None:
    one, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Kye")
    assert open_pairs() == [(one.pk, other.pk)]
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            change_person(note, person=other, birth_date=date(2008, 9, 9))
        assert open_pairs() == []
        with recording(by=me, at=NOW) as note:
            change_person(note, person=other, birth_date=BORN)
        assert open_pairs() == [(one.pk, other.pk)]


def test_no_pair_crosses_areas(northmoor: Area, saltby: Area) -> None:
    add_registered(northmoor)
    add_registered(saltby)
    assert open_pairs() == []


def test_a_pair_is_shown_to_those_who_reach_both(northmoor: Area, saltby: Area) -> None:
    add_registered(northmoor)
    add_registered(northmoor, agreed=False)
    seen = {}
    for role in ("coordinator", "manager", "keyworker", "governance"):
        with acting_as(northmoor.actors[role]):
            seen[role] = PossibleDuplicate.objects.count()
    with acting_as(saltby.actors["coordinator"]):
        assert PossibleDuplicate.objects.count() == 0
    assert seen == {"coordinator": 1, "manager": 0, "keyworker": 0, "governance": 0}


def test_nobody_but_the_engine_writes_pairs(northmoor: Area) -> None:
    add_registered(northmoor)
    add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        assert PossibleDuplicate.objects.update(score=1) == 0
        note("x.tried", words="Tried.", icb_id=northmoor.icb.pk)


def test_a_command_looks_through_those_who_were_there_before(northmoor: Area) -> None:
    one, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Kye")
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        PossibleDuplicate.objects.update(state="gone")
        note("x.made", words="As if nobody had looked.")
    told = StringIO()
    call_command("find_duplicates", stdout=told, stderr=StringIO())
    assert (told.getvalue().strip(), open_pairs()) == ("1", [(one.pk, other.pk)])


def test_adding_many_at_once_finds_their_pairs_too(northmoor: Area) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        made = [
            add_person(note, icb_id=northmoor.icb.pk, given_name=name, family_name="Moss", birth_date=BORN)
            for name in ("Kai", "Kye", "Ida")
        ]
    assert open_pairs() == [(made[0].pk, made[1].pk)]
    assert Person.objects.count() == 0

"""A statement whose plan the database keeps is asked by one person after the other on one connection."""

import pytest
from django.db import DataError, connection, transaction

from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.backend.kept import KeptPlan
from tests.cast import Area, acting_as, add_registered

WHO_IS_THERE = KeptPlan("select id from people_person where id = any(%(ids)s::bigint[]) order by id")
SUM = KeptPlan("select %(one)s::bigint / %(other)s::bigint")

ONE = KeptPlan("select id from people_person where id = %(one)s")


def found(*people: Person) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(WHO_IS_THERE, {"ids": [person.pk for person in people]})
        return [number for (number,) in cursor.fetchall()]


def summed(one: int, other: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(SUM, {"one": one, "other": other})
        return cursor.fetchone()[0]


def test_each_asker_sees_their_own_people_by_the_same_plan(northmoor: Area, saltby: Area) -> None:
    (here, *_), (there, *_) = add_registered(northmoor), add_registered(saltby)
    for _ in range(3):
        with acting_as(northmoor.actors["coordinator"]):
            assert found(here, there) == [here.pk]
        with acting_as(saltby.actors["coordinator"]):
            assert found(here, there) == [there.pk]
    with context.asking_with(""):
        assert found(here, there) == []


def test_nothing_of_who_asked_stays_on_the_connection(northmoor: Area) -> None:
    here, *_ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]):
        assert found(here) == [here.pk]
        assert Person.objects.filter(pk=here.pk).exists()
    with context.asking_with(""):
        assert not Person.objects.filter(pk=here.pk).exists()


def test_small_and_large_numbers_share_one_plan(northmoor: Area) -> None:
    with acting_as(northmoor.actors["coordinator"]), connection.cursor() as cursor:
        assert [summed(8, 2), summed(2**40, 2), summed(-(2**62), 2)] == [4, 2**39, -(2**61)]
        cursor.execute("select count(*) from pg_prepared_statements where statement like 'select %::bigint / %'")
        assert cursor.fetchone() == (1,)


def test_a_number_wider_than_any_row_has_finds_nobody(northmoor: Area) -> None:
    add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]), connection.cursor() as cursor:
        for number in (2**63 - 1, 2**63, -(2**63) - 1, 10**40):
            cursor.execute(ONE, {"one": number})
            assert cursor.fetchall() == []


def test_an_error_is_the_same_kind_as_of_any_statement_and_the_connection_goes_on(northmoor: Area) -> None:
    with acting_as(northmoor.actors["coordinator"]):
        with pytest.raises(DataError), transaction.atomic():
            summed(1, 0)
        assert summed(6, 3) == 2


def test_it_counts_as_one_statement(northmoor: Area, django_assert_num_queries: object) -> None:
    with acting_as(northmoor.actors["coordinator"]), django_assert_num_queries(1):  # type: ignore[operator]
        summed(6, 3)

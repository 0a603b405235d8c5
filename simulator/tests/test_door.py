"""What goes through the door equals what operations write, and only a demonstration lets it in."""

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import F

from alongside.features.people.models import Person
from alongside.features.register.models import RegisterEntry
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.overview.models import Duty
from simulator import simulating
from simulator.check import check
from simulator.demonstration import mark_as_demonstration
from simulator.simulating import Simulated, simulate
from simulator.world import make_world
from simulator.writing.door import Door, NotADemonstration, connect, opened
from simulator.writing.table import TABLES

PEOPLE, REPLAYED = 120, 14


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


@pytest.fixture(scope="module")
def done(own_database: None, now: datetime) -> Simulated:
    """Two ICBs with people, in a demonstration."""
    with pytest.raises(NotADemonstration), opened():
        raise AssertionError("a database that is not a demonstration let somebody in")
    mark_as_demonstration(now)
    areas = make_world(2, PEOPLE, since=now.date() - timedelta(days=1200), at=now)
    return simulate(areas, PEOPLE, seed=3, years=1.5, now=now, sample=REPLAYED, loud=False)


def test_the_same_history_through_operations_gives_the_same_rows(done: Simulated, now: datetime) -> None:
    assert len(done.sample) >= REPLAYED
    assert [str(difference) for difference in check(done.sample, now)] == []


def test_a_row_that_is_different_is_found(done: Simulated, now: datetime) -> None:
    person_id, life = next(iter(done.sample.items()))
    with connect() as owner:
        owner.execute("update people_personname set given_name = 'Nobody' where person_id = %s", [person_id])
    assert [difference.kind for difference in check({person_id: life}, now)] == ["personname"]
    with connect() as owner:
        owner.execute(
            "update people_personname n set given_name = p.given_name from people_person p "
            "where p.id = n.person_id and n.person_id = %s",
            [person_id],
        )


def test_everybody_on_a_register_has_something_due_with_an_owner(done: Simulated) -> None:
    with context.as_engine():
        on_register = set(RegisterEntry.objects.filter(removed_on=None).values_list("person_id", flat=True))
        owned = set(Duty.objects.filter(ends_at=None).values_list("person_id", flat=True))
    assert on_register and on_register <= owned


def test_the_person_stands_where_their_responsibilities_say(done: Simulated) -> None:
    with context.as_engine():
        now = Person.objects.filter(responsibilities__to_at=None, responsibilities__icb=F("icb"))
        assert now.count() == Person.objects.count() == PEOPLE


def test_the_digest_of_each_event_is_taken(done: Simulated) -> None:
    with connect() as owner:
        wrong = owner.execute(
            "select count(*), count(*) filter (where digest <> audit.digest_of('recording_event', to_jsonb(e))) "
            "from recording_event e"
        ).fetchone()
    assert wrong is not None and wrong[0] > PEOPLE and wrong[1] == 0


def test_afterwards_the_triggers_are_on_again(done: Simulated) -> None:
    with connect() as owner:
        off = owner.execute(
            "select count(*) from pg_trigger where tgenabled = 'D' and tgrelid = any(%s::regclass[])",
            [[table.name for table in TABLES.values()]],
        ).fetchone()
    assert off == (0,)
    with context.as_engine(), pytest.raises(ProgrammingError, match="nobody described"), transaction.atomic():
        Person.objects.update(given_name="Somebody else")


def test_chunks_made_ahead_are_made_again_where_somebody_wrote_meanwhile(
    done: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With chunks of four in a process of their own; a referral's event, as it were, comes between two of them."""
    monkeypatch.setattr(simulating, "CHUNK", 4)
    put, puts = Door.put, []

    def put_and_let_somebody_write(door: Door, lines: dict[str, str], next_ids: dict[str, int]) -> None:
        put(door, lines, next_ids)
        puts.append(next_ids)
        if len(puts) == 2:
            door.owner.execute("select nextval(pg_get_serial_sequence('recording_event', 'id'))")

    monkeypatch.setattr(Door, "put", put_and_let_somebody_write)
    now = clock.now()
    areas = make_world(2, PEOPLE, since=now.date() - timedelta(days=1200), at=now)
    more = simulate(areas, 18, seed=5, years=1.0, now=now, sample=3, loud=False)
    assert (more.people, len(puts)) == (18, 5)
    assert [str(difference) for difference in check(more.sample, now)] == []


def test_a_second_run_adds_other_people(done: Simulated) -> None:
    now = clock.now()
    areas = make_world(2, PEOPLE, since=now.date() - timedelta(days=1200), at=now)
    with context.as_engine():
        before = Person.objects.count()
    simulate(areas, 10, seed=3, years=1.0, now=now, loud=False)
    with context.as_engine():
        assert Person.objects.count() == before + 10
    with connection.cursor() as cursor, context.as_engine():
        cursor.execute("select count(distinct nhs_number) = count(nhs_number) from people_person")
        assert cursor.fetchone() == (True,)

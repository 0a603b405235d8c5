"""The audit is sealed: what was tampered with is found, and lawful disposal is told apart from it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.recording.disposal import dispose, rows_digest
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import recording
from alongside.foundation.recording.seal import seal_now
from alongside.foundation.recording.verify import Verdict, verify_audit
from tests.cast import Area, acting_as, add_registered, make_area
from tests.plugin import as_owner, drop_database, template

STORES = ("event", "history", "look")


@pytest.fixture
def roots(settings: object, tmp_path: Path) -> Path:
    settings.AUDIT_ROOTS = tmp_path / "outside" / "roots.log"  # type: ignore[attr-defined]
    return settings.AUDIT_ROOTS  # type: ignore[attr-defined]


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, roots: Path) -> Iterator[psycopg.Connection]:
    """A database of this test's own, where things are really written; the owner of its tables."""
    mine, name = f"sealed_{time.monotonic_ns()}", connection.settings_dict["NAME"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with as_owner() as maker:
            maker.execute(f'create database "{mine}" template "{template()}"')
        connection.close()
        connection.settings_dict["NAME"] = mine
        try:
            with as_owner(mine) as found:
                yield found
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            drop_database(mine)


@pytest.fixture
def area(owner: psycopg.Connection) -> Area:
    """An area with a person on its register, whom the coordinator has looked at, all of it sealed."""
    made = make_area("TNM", "Northmoor ICB")
    person, _ = add_registered(made)
    with acting_as(made.actors["coordinator"]) as me:
        for page in ("person", "timeline", "person"):
            record_look(me, page, [person.pk], at=clock.now())
    seal_everything(owner)
    return made


def seal_everything(owner: psycopg.Connection) -> None:
    """Seals all there is: nobody else writes into this database, and no other one holds it up."""
    unsealed = " union all ".join(
        f"select xid from recording_{store} "
        f"where xid >= coalesce((select max(to_xid) from recording_seal where store = '{store}'), 0)"
        for store in STORES
    )
    seal_now(clock.now())
    assert owner.execute(unsealed).fetchall() == []


@pytest.fixture
def without_triggers(owner: psycopg.Connection) -> Callable[[str], None]:
    """Does what somebody with the owner's password could do."""

    def tamper(statement: str) -> None:
        with owner.transaction():
            for store in STORES:
                owner.execute(f"alter table recording_{store} disable trigger user")
            for table in ("recording_disposal", "recording_seal"):
                owner.execute(f"alter table {table} disable trigger user")
            changed = owner.execute(statement)  # type: ignore[arg-type]
            assert changed.rowcount, "the test must have tampered with something"
            for table in (*(f"recording_{store}" for store in STORES), "recording_disposal", "recording_seal"):
                owner.execute(f"alter table {table} enable trigger user")

    return tamper


def test_what_nobody_touched_is_intact(area: Area, owner: psycopg.Connection, roots: Path) -> None:
    found = verify_audit()
    assert found.state == "intact", found.tampered
    assert found.rows["who looked"] == 3
    assert len(roots.read_text().splitlines()) == found.seals >= 3
    assert roots.stat().st_mode & 0o077 == 0
    call_command("verify_audit")


def test_digests_are_the_same_in_every_time_zone(area: Area, owner: psycopg.Connection) -> None:
    owner.execute("set timezone = 'Pacific/Auckland'")
    (found,) = owner.execute("select audit.verify(5)").fetchone()  # type: ignore[misc]
    assert [store["changed"] for store in found["stores"].values()] == [0, 0, 0]


def test_a_column_that_is_added_later_changes_no_old_digest(area: Area, owner: psycopg.Connection) -> None:
    owner.execute("alter table recording_look add column device text")
    assert verify_audit().state == "intact"


def test_rows_written_after_the_last_seal_are_sealed_by_the_next_one(area: Area, owner: psycopg.Connection) -> None:
    with acting_as(area.actors["manager"]) as me:
        record_look(me, "register", [1, 2], at=clock.now())
    assert verify_audit().state == "intact"
    seal_everything(owner)
    assert verify_audit().state == "intact"


def test_what_is_still_being_written_waits_for_the_next_seal(area: Area, owner: psycopg.Connection) -> None:
    """Ids are given in one order and committed in another: a late one with a lower id must not be missed."""
    with as_owner(connection.settings_dict["NAME"]) as slow:
        slow.autocommit = False
        slow.execute("insert into recording_look (at, page, why) values (now(), 'slow', '')")
        with acting_as(area.actors["manager"]) as me:
            record_look(me, "quick", [], at=clock.now())
        seal_now(clock.now())
        slow.commit()
    assert verify_audit().state == "intact"
    seal_everything(owner)
    assert verify_audit().state == "intact"


def test_what_is_written_in_another_database_of_the_server_holds_up_no_seal(
    area: Area, owner: psycopg.Connection
) -> None:
    with as_owner() as elsewhere:
        elsewhere.autocommit = False
        elsewhere.execute("select pg_current_xact_id()")
        with acting_as(area.actors["manager"]) as me:
            record_look(me, "register", [1, 2], at=clock.now())
        seal_everything(owner)
        elsewhere.rollback()
    assert verify_audit().state == "intact"


def tampered(words: str) -> Verdict:
    found = verify_audit()
    assert found.state == "tampered"
    assert any(words in line for line in found.tampered), found.tampered
    with pytest.raises(SystemExit) as status:
        call_command("verify_audit")
    assert status.value.code == 1
    return found


def test_an_edited_row_is_found(area: Area, without_triggers: Callable[[str], None]) -> None:
    without_triggers("update recording_look set page = 'nothing' where id = (select min(id) from recording_look)")
    tampered("who looked: 1 rows are not as they were written")


def test_an_edited_row_with_a_new_digest_is_found_by_its_seal(area: Area, without_triggers: Callable) -> None:
    without_triggers("update recording_look set page = 'nothing' where id = (select min(id) from recording_look)")
    without_triggers(
        "update recording_look l set digest = audit.digest_of('recording_look', to_jsonb(l)) where page = 'nothing'"
    )
    tampered("does not fit its 3 rows")


def test_a_deleted_row_is_found(area: Area, without_triggers: Callable[[str], None]) -> None:
    without_triggers("delete from recording_history where id = (select max(id) from recording_history)")
    tampered("what changed: 1 of the")


def test_a_row_put_among_sealed_ones_is_found(area: Area, without_triggers: Callable[[str], None]) -> None:
    without_triggers(
        "insert into recording_look (at, page, why, xid, digest) select at, 'x', '', xid, digest from recording_look "
        "order by id limit 1"
    )
    found = tampered("rows were put among the 3")
    assert len(found.tampered) == 2, "its digest is not its own either"


def test_a_chain_that_was_made_again_from_the_start_is_found_by_the_file(
    area: Area, owner: psycopg.Connection, without_triggers: Callable[[str], None]
) -> None:
    without_triggers("delete from recording_look where id = (select min(id) from recording_look)")
    without_triggers("delete from recording_seal")
    (before,) = owner.execute("select count(*) from recording_seal").fetchone()  # type: ignore[misc]
    assert before == 0
    owner.execute("alter sequence recording_seal_id_seq restart with 1")
    owner.execute("select audit.seal(now())")
    assert owner.execute("select count(*) from recording_seal").fetchone() == (3,)
    inside = owner.execute("select audit.verify(5)->'stores'->'look'->'broken'").fetchone()
    assert inside == ([],), "inside the database nothing is to be seen any more"
    tampered("the chain is not the one that")


def test_seals_that_were_taken_away_are_found_by_the_file(area: Area, without_triggers: Callable[[str], None]) -> None:
    without_triggers("delete from recording_seal where id = (select max(id) from recording_seal)")
    tampered("the chain is not the one that")


def test_a_lost_file_is_not_taken_for_intact(area: Area, owner: psycopg.Connection, roots: Path) -> None:
    with acting_as(area.actors["manager"]) as me:
        record_look(me, "register", [], at=clock.now())
    seal_everything(owner)
    roots.unlink()
    tampered("seals are not in")
    roots.write_text("not a line of roots\n")
    tampered("can't be read as the file of roots")


# --- disposal


def looks(owner: psycopg.Connection) -> list[int]:
    return [row[0] for row in owner.execute("select id from recording_look order by id").fetchall()]


def dispose_of(area: Area, store: str, ids: list[int], role: str = "governance") -> int:
    with acting_as(area.actors[role]) as me, recording(by=me, at=clock.now()) as note:
        return dispose(note, store, ids, "25 years have passed")


def test_disposal_empties_rows_and_is_told_apart(area: Area, owner: psycopg.Connection) -> None:
    first, second, _ = looks(owner)
    dispose_of(area, "look", [second, first])
    seal_everything(owner)
    found = verify_audit()
    assert found.state == "disposed", found.tampered
    assert len(found.disposed) == 1
    assert "who looked: 2 rows, by Information governance of TNM" in found.disposed[0]
    assert "25 years have passed" in found.disposed[0]
    left = owner.execute("select page, person_ids, actor_id, why from recording_look where id = %s", [first]).fetchone()
    assert left == ("", None, None, "")
    call_command("verify_audit")


@pytest.mark.parametrize("store", STORES)
def test_each_store_can_be_disposed_of(area: Area, owner: psycopg.Connection, store: str) -> None:
    column = "person_ids[1]" if store == "look" else "person_id"
    rows = owner.execute(f"select id from recording_{store} where {column} is not null order by id limit 2").fetchall()
    dispose_of(area, store, [row[0] for row in rows])
    assert verify_audit().state == "disposed"


def test_rows_that_were_emptied_without_an_act_are_tampered_with(area: Area, without_triggers: Callable) -> None:
    without_triggers("update recording_look set page = '', person_ids = null, actor_id = null, disposal_id = 7")
    tampered("who looked: 3 rows are not as they were written")


def test_a_disposal_that_was_made_longer_afterwards_is_found(
    area: Area, owner: psycopg.Connection, without_triggers: Callable[[str], None]
) -> None:
    first, second, _ = looks(owner)
    dispose_of(area, "look", [first])
    without_triggers(f"update recording_disposal set row_ids = row_ids || {second}::bigint")
    tampered("is not what its own act recorded")


def test_a_row_that_was_disposed_of_can_not_be_filled_again(area: Area, owner: psycopg.Connection) -> None:
    first, *_ = looks(owner)
    dispose_of(area, "look", [first])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
        owner.execute("update recording_look set page = 'person' where id = %s", [first])


def test_disposal_may_only_empty(area: Area, owner: psycopg.Connection) -> None:
    first, second, _ = looks(owner)
    made = dispose_of(area, "look", [first])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
        owner.execute("update recording_look set page = 'other', disposal_id = %s where id = %s", [made, second])


@pytest.mark.parametrize("role", ["admin", "coordinator", "manager"])
def test_only_information_governance_disposes(area: Area, owner: psycopg.Connection, role: str) -> None:
    with pytest.raises(ProgrammingError, match="not of your area"):
        dispose_of(area, "look", looks(owner)[:1], role)
    assert verify_audit().state == "intact"


def test_information_governance_of_another_area_disposes_of_nothing_here(area: Area, owner: psycopg.Connection) -> None:
    other = make_area("TSB", "Saltby ICB")
    with pytest.raises(ProgrammingError, match="not of your area"):
        dispose_of(other, "look", looks(owner)[:1])


def test_nothing_of_somebody_on_hold_is_disposed_of(area: Area, owner: psycopg.Connection) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        person = Person.objects.get()
        Person.objects.filter(pk=person.pk).update(on_hold=True)
        note("person.held", words="Put on hold.", person_id=person.pk)
    with pytest.raises(Exception, match="on hold"):
        dispose_of(area, "look", looks(owner)[:1])


def test_the_record_of_a_disposal_can_not_be_disposed_of(area: Area, owner: psycopg.Connection) -> None:
    dispose_of(area, "look", looks(owner)[:1])
    event = owner.execute("select id from recording_event where code = 'audit.disposed'").fetchone()
    with pytest.raises(ProgrammingError, match="not of your area, or were disposed of"):
        dispose_of(area, "event", [event[0]])  # type: ignore[index]


def test_both_sides_digest_rows_alike(owner: psycopg.Connection) -> None:
    (there,) = owner.execute("select audit.rows_digest('look', '{1,22,333}')").fetchone()  # type: ignore[misc]
    assert there == rows_digest("look", [1, 22, 333])


def test_the_service_itself_can_change_nothing_of_the_stores(area: Area) -> None:
    for statement in (
        "update recording_event set words = ''",
        "delete from recording_history",
        "truncate recording_look",
        "insert into recording_seal (store, at, from_xid, to_xid, rows, batch, root) values ('look',now(),0,1,0,'','')",
        "insert into recording_disposal (store, row_ids, by_id, because, at, act) "
        "values ('look', '{}', 1, '', now(), gen_random_uuid())",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

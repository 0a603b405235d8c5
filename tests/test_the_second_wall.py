"""What the database refuses, whatever the code says: each was once possible."""

from contextlib import nullcontext
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit
from alongside.features.people.models import Consent, Guard, LifeEvent, Person
from alongside.features.people.operations import (
    accept_person,
    merge_people,
    record_consent,
    record_fact,
    set_restricted,
    undo_merge,
)
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Succession
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.engine.reading import read_people
from alongside.overview.models import Duty, RegisterRow
from tests.cast import NOW, Area, acting_as, add_registered


def refused(*, match: str = "") -> object:
    return pytest.raises(DatabaseError, match=match)


def test_a_statement_alone_signs_nobody_in(northmoor: Area) -> None:
    add_registered(northmoor)
    with refused(match="signing in"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select access.open_key(%s, %s, 'command', '', now(), '')",
            [northmoor.actors["coordinator"].pk, "k" * 40],
        )


def test_a_rating_cannot_be_hung_on_another_persons_entry(northmoor: Area, saltby: Area) -> None:
    mine, _ = add_registered(northmoor)
    _, theirs = add_registered(saltby)
    with acting_as(northmoor.actors["coordinator"]) as me, refused(match="another person"), transaction.atomic():
        with recording(by=me, at=NOW) as note:
            note("x.y", words="x", person_id=mine.pk)
            record_fact(
                note,
                Rating,
                person=mine,
                topic=Topic.REGISTER,
                words="x",
                entry=theirs,
                colour="green",
                standing="decided",
                origin="panel",
                rated_at=NOW,
            )


def test_nothing_is_recorded_in_another_name(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, refused(match="own name"), transaction.atomic():
        with recording(by=northmoor.actors["manager"], at=NOW) as note:
            record_fact(note, LifeEvent, person=person, topic=Topic.HEALTH, words="x", kind="police")
    assert me


def test_an_event_cannot_be_forged(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["partner_health"]) as me, refused(match="row-level"), transaction.atomic():
        Event.objects.create(by_id=me.id, by_name="Dr Somebody Else", person_id=person.pk, code="x", topic=12)


@pytest.mark.parametrize(
    "change",
    [{"guard": 0}, {"restricted": True}, {"closed_topics": 1}, {"icb_id": 1}, {"held_by": []}, {"survivor_id": None}],
)
def test_how_a_record_is_held_is_not_changed_by_a_plain_update(northmoor: Area, saltby: Area, change: dict) -> None:
    person, _ = add_registered(northmoor, agreed=False)
    if "icb_id" in change:
        change = {"icb_id": saltby.icb.pk}
    if "held_by" in change:
        change = {"held_by": [saltby.icb.pk]}
    if "survivor_id" in change:
        change = {"survivor_id": add_registered(northmoor)[0].pk}
    with acting_as(northmoor.actors["coordinator"]) as me, refused(match="own acts"), transaction.atomic():
        with recording(by=me, at=NOW) as note:
            note("x.y", words="x", person_id=person.pk)
            Person.objects.filter(pk=person.pk).update(**change)


@pytest.mark.parametrize("role", ["coordinator", "manager", "admin", ""])
@pytest.mark.parametrize("many", [False, True])
def test_what_the_rules_know_of_somebody_is_read_by_the_engine_only(northmoor: Area, role: str, many: bool) -> None:
    person, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor)
    people = [person.pk, other.pk] if many else [person.pk]
    with acting_as(northmoor.actors[role]) if role else nullcontext():
        assert list(read_people(people, lock=False)) == []
    with context.as_engine():
        assert len(list(read_people(people, lock=False))) == len(people)


def test_a_commissioner_cannot_involve_themselves(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["commissioner"]) as me, refused(match="row-level"), transaction.atomic():
        with recording(by=me, at=NOW) as note:
            note("x.y", words="x", person_id=person.pk)
            Involvement.objects.create(
                actor_id=me.id, person_id=person.pk, topics=list(EVERY_TOPIC), because="named", from_at=NOW
            )


def test_being_named_on_one_topic_of_a_closed_record_shows_that_topic_only(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, agreed=False)
    manager = northmoor.actors["manager"]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_fact(note, LifeEvent, person=person, topic=Topic.SAFEGUARDING, words="x", kind="police")
        with context.as_engine():
            Involvement.objects.create(
                actor=manager,
                person_id=person.pk,
                topics=[Topic.IDENTITY],
                sees_guarded=1,
                because="named",
                relies_on="",
                from_at=NOW,
            )
    with acting_as(manager) as me:
        assert Person.objects.filter(pk=person.pk).exists()
        assert not LifeEvent.objects.exists() and not LifeEvent.objects.visible_to(me).exists()
        assert not Consent.objects.exists()


def test_nobody_is_pulled_over_without_an_offer(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(saltby.actors["coordinator"]) as me, pytest.raises(NotNow, match="offered"):
        with recording(by=me, at=NOW) as note:
            accept_person(note, person_id=person.pk, to_icb=saltby.icb, by=me)


def test_only_who_matches_people_learns_whether_an_nhs_number_is_taken(northmoor: Area) -> None:
    def taken() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("select access.nhs_number_taken('9990000018')")
            return cursor.fetchone()[0]

    assert taken(), "without a key the answer is always yes"
    with acting_as(northmoor.actors["keyworker"]):
        assert taken()
    with acting_as(northmoor.actors["coordinator"]):
        assert not taken()


@pytest.mark.parametrize("role", ["coordinator", "manager"])
@pytest.mark.parametrize("answer", ["withdrawn", "refused"])
def test_a_withdrawal_is_recorded_by_every_role_that_works_on_the_register(
    northmoor: Area, role: str, answer: str
) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors[role]) as me, recording(by=me, at=NOW) as note:
        record_consent(note, person=person, purpose="register", answer=answer, basis="parental", decided_on=NOW.date())
    with acting_as(northmoor.actors["manager"]):
        assert not Person.objects.exists() and not RegisterRow.objects.exists() and not Duty.objects.exists()
    with acting_as(northmoor.actors["coordinator"]):
        assert Person.objects.get().guard == Guard.REGISTER_TEAM


def test_an_older_yes_recorded_later_opens_nothing_and_a_yes_for_one_school_neither(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        for day, answer, who in (
            (NOW, "withdrawn", ""),
            (NOW - timedelta(days=300), "given", ""),
            (NOW + timedelta(days=1), "given", "school"),
        ):
            with recording(by=me, at=NOW) as note:
                record_consent(
                    note,
                    person=person,
                    purpose="register",
                    answer=answer,
                    basis="parental",
                    decided_on=day.date(),
                    recipient_kind=who,
                )
        assert Person.objects.get().guard == Guard.REGISTER_TEAM


def test_restricting_a_record_takes_it_from_the_coordinator_who_is_not_named(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            set_restricted(note, person=person, restricted=True, because="In hiding.")
        assert not Person.objects.exists() and not RegisterRow.objects.exists()


def test_a_merge_in_hospital_keeps_every_clock_and_undoing_it_gives_both_their_own(northmoor: Area) -> None:
    kept, entry = add_registered(northmoor, given_name="Kai")
    other, _ = add_registered(northmoor, given_name="Kay")
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            admit(note, person=other, kind=Stay.Kind.HOSPITAL, place_name="Heron Ward", admitted_at=NOW)
        before = set(Duty.objects.values_list("person_id", "key"))
        lines = set(RegisterRow.objects.values_list("person_id", "entry_id", "in_hospital"))
        assert len(lines) == 2 and (kept.pk, entry.pk, False) in lines
        with recording(by=me, at=NOW) as note:
            merge = merge_people(note, survivor=kept, merged=other, because="The same child.")
        assert set(Duty.objects.values_list("person_id", flat=True)) == {kept.pk}
        assert Duty.objects.filter(subject="stay").exists()
        # Two open entries of one list are read as one (decision 11): one line, of the survivor, and in hospital.
        line = RegisterRow.objects.get()
        assert (line.person_id, line.entry_id, line.in_hospital) == (kept.pk, entry.pk, True)
        with recording(by=me, at=NOW) as note:
            undo_merge(note, merge=merge)
        assert set(Duty.objects.values_list("person_id", "key")) == before
        assert set(RegisterRow.objects.values_list("person_id", "entry_id", "in_hospital")) == lines
        assert RegisterEntry.objects.filter(person=other).exists()


def test_a_side_effect_that_says_something_is_heard(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            record_fact(note, LifeEvent, person=person, topic=11, words="Notice.", kind="placement_notice")
        assert Event.objects.filter(code="rating.proposed", by_id=me.id).exists()


def test_a_manager_cannot_take_over_another_account(northmoor: Area, saltby: Area) -> None:
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        note("x.y", words="x")
        changed = Actor.objects.filter(pk=saltby.actors["coordinator"].pk).update(name="Mine now")
        assert changed == 0


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_an_account_is_changed_by_an_administrator_of_an_area_where_it_has_a_role(
    northmoor: Area, saltby: Area, role: str
) -> None:
    with acting_as(northmoor.actors[role]) as me, recording(by=me, at=NOW) as note:
        note("x.y", words="x")
        ours = Actor.objects.filter(pk=northmoor.actors["manager"].pk).update(post="Lead")
        theirs = Actor.objects.filter(pk=saltby.actors["manager"].pk).update(post="Lead")
    assert (ours, theirs) == (int(role == Role.ADMIN), 0)


def test_a_table_of_ones_own_makes_nobody_the_engine(northmoor: Area, saltby: Area) -> None:
    """A temporary table may not stand in for the one that says who asks, nor for the one of roles."""
    add_registered(northmoor)
    with acting_as(saltby.actors["keyworker"]) as me, connection.cursor() as cursor:
        cursor.execute("create temp table access_accesskey (digest bytea, actor_id bigint, kind text, ended_at date)")
        cursor.execute("grant select on pg_temp.access_accesskey to public")
        cursor.execute(
            "insert into pg_temp.access_accesskey "
            "select sha256(convert_to(current_setting('app.key', true), 'UTF8')), %s, 'engine', null",
            [me.id],
        )
        cursor.execute("create temp table accounts_roleheld as select * from public.accounts_roleheld where false")
        cursor.execute("grant select on pg_temp.accounts_roleheld to public")
        cursor.execute(
            "insert into pg_temp.accounts_roleheld (id, actor_id, role, area_id, holds_inbox, custodian, from_date) "
            "values (1, %s, 'coordinator', %s, false, true, '2020-01-01')",
            [me.id, northmoor.icb.pk],
        )
        cursor.execute("select access.engine(), (select count(*) from public.people_person)")
        assert cursor.fetchone() == (False, 0)
        cursor.execute("drop table pg_temp.access_accesskey, pg_temp.accounts_roleheld")


def test_every_function_that_sees_more_looks_at_real_tables_only(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
            "where n.nspname in ('access', 'audit', 'public') and p.prosecdef "
            "and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') "
            "and not coalesce(p.proconfig @> array['search_path=public, pg_temp'], false)"
        )
        assert cursor.fetchall() == []


def test_nobody_involves_themselves_without_an_agreement(northmoor: Area) -> None:
    """Who did could go on reading after the family said no."""
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["manager"]) as me, pytest.raises(DatabaseError, match="nobody is involved by hand"):
        with recording(by=me, at=NOW) as note:
            note("x.y", words="x", person_id=person.pk, icb_id=northmoor.icb.pk, topic=1)
            Involvement.objects.create(
                actor_id=me.id,
                person_id=person.pk,
                topics=[1],
                because="override",
                relies_on="",
                sees_guarded=2,
                from_at=NOW,
            )


def test_a_no_that_is_written_straight_into_the_ledger_closes_list_and_duties_too(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, context.under_act(uuid4()), connection.cursor() as cursor:
        cursor.execute(
            "insert into people_consent (person_id, topic, recorded_icb_id, recorded_by_id, recorded_at, happened_at, "
            "retention_class, on_hold, purpose, answer, basis, about_topics, recipient_kind, decided_by, decided_on, "
            "evidence, evidenced) values (%s, 16, %s, %s, %s, %s, 'agreement', false, 'register', 'withdrawn', "
            "'parental', '{}', '', '', %s, 'x', true)",
            [person.pk, northmoor.icb.pk, me.id, NOW, NOW, NOW.date()],
        )
    for role in ("manager", "coordinator", "commissioner"):
        with acting_as(northmoor.actors[role]):
            assert not RegisterRow.objects.filter(person=person).exists(), role
            assert not Duty.objects.filter(person=person).exists(), role


def test_no_administrator_takes_another_area_over(northmoor: Area, saltby: Area) -> None:
    with acting_as(saltby.actors["admin"]) as me, pytest.raises(DatabaseError, match="row-level security"):
        with recording(by=me, at=NOW) as note:
            note("x.y", words="x", icb_id=saltby.icb.pk)
            Succession.objects.create(predecessor=northmoor.icb, successor=saltby.icb, on_date=NOW.date())

"""What nobody writes by hand: agreements of others, acts in another's name, and whatever opens a record."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Diagnosis, Guard, Person, Responsibility
from alongside.features.people.operations import record_fact
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered, involve
from tests.second_wall.asking import agreement_by, by_hand, fact_by, insert, refused, run, what_is_said


def with_keyworker(area: Area) -> Person:
    person, _ = add_registered(area)
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=area.actors["keyworker"], from_date=NOW.date())
    return person


@pytest.mark.parametrize("role", ["coordinator", "manager", "keyworker"])
def test_an_agreement_is_written_down_by_those_who_work_with_the_family(northmoor: Area, role: str) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors[role]) as me:
        assert insert("people_consent", **agreement_by(me, person)) == 1


@pytest.mark.parametrize("role", ["commissioner", "partner_health", "governance", "admin", "senior_officer", "family"])
@pytest.mark.parametrize("topic", [16, 12])
def test_nobody_else_writes_an_agreement_whatever_topic_they_say_it_has(northmoor: Area, role: str, topic: int) -> None:
    person, _ = add_registered(northmoor)
    involve(northmoor, person, northmoor.actors["partner_health"], topics=[1, 12, 16])
    with by_hand(northmoor.actors[role]) as me, refused():
        insert("people_consent", **agreement_by(me, person, topic=topic))


def test_a_keyworker_of_somebody_else_writes_no_agreement(northmoor: Area) -> None:
    with_keyworker(northmoor)
    other, _ = add_registered(northmoor)
    with by_hand(northmoor.actors["keyworker"]) as me, refused():
        insert("people_consent", **agreement_by(me, other))


@pytest.mark.parametrize(("topic", "refuses"), [(Topic.REGISTER, False), (Topic.HEALTH, True)])
def test_a_commissioner_writes_on_no_topic_that_they_do_not_read(northmoor: Area, topic: int, refuses: bool) -> None:
    person, _ = add_registered(northmoor)
    with by_hand(northmoor.actors["commissioner"]) as me:
        fact = fact_by(me, person, topic=topic, kind="other", source="", detail="")
        if refuses:
            with refused():
                insert("people_lifeevent", **fact)
        else:
            assert insert("people_lifeevent", **fact) == 1


def test_a_change_without_looking_touches_no_topic_that_is_not_read(northmoor: Area) -> None:
    """Without a condition a statement needs no right to read: it would change what it can't see."""
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_fact(note, Diagnosis, person=person, topic=Topic.HEALTH, words="x", kind="autism")
    with by_hand(northmoor.actors["commissioner"]):
        assert run("update people_diagnosis set on_hold = true") == 0
    with by_hand(northmoor.actors["manager"]):
        assert run("update people_diagnosis set on_hold = true") == 1


@pytest.mark.parametrize("change", ["family_name = 'x'", "died_on = '2026-11-01'", "nhs_number = null"])
def test_a_closed_record_is_not_changed_blindly(northmoor: Area, change: str) -> None:
    person, _ = add_registered(northmoor)
    with by_hand(northmoor.actors["coordinator"]) as me:
        insert("people_consent", **agreement_by(me, person, answer="withdrawn"))
        assert run(f"update people_person set {change}") == 0


def test_nobody_changes_who_recorded_a_fact_or_of_whom(northmoor: Area) -> None:
    person, other = add_registered(northmoor)[0], add_registered(northmoor)[0]
    with by_hand(northmoor.actors["manager"]) as me:
        insert("people_lifeevent", **fact_by(me, person, topic=6, kind="police", source="", detail=""))
        for change, value in (
            ("recorded_by_id", northmoor.actors["keyworker"].pk),
            ("recorded_at", NOW - timedelta(days=9)),
            ("person_id", other.pk),
        ):
            with refused("own name"):
                run(f"update people_lifeevent set {change} = %s where person_id = %s", value, person.pk)


def offer(person: Person, to: Area, by: int) -> dict[str, Any]:
    return {
        "person_id": person.pk, "to_icb_id": to.icb.pk, "offered_at": NOW, "offered_by_id": by, "because": "x",
        "told": "", "closed_how": "", "closed_because": "",
    }  # fmt: skip


def test_a_move_is_offered_in_ones_own_name_by_those_who_run_the_register(northmoor: Area, saltby: Area) -> None:
    person = with_keyworker(northmoor)
    manager = northmoor.actors["manager"]
    for role in ("commissioner", "keyworker"):
        with by_hand(northmoor.actors[role]) as me, refused():
            insert("people_moveoffer", **offer(person, saltby, me.id))
    with by_hand(northmoor.actors["coordinator"]) as me:
        with refused("another's name"):
            insert("people_moveoffer", **offer(person, saltby, manager.pk))
        assert insert("people_moveoffer", **offer(person, saltby, me.id)) == 1


def invitation(person: Person, by: int) -> dict[str, Any]:
    return {
        "person_id": person.pk, "icb_id": person.icb_id, "role": "family", "name": "x", "topics": [1], "way": "letter",
        "phone": "", "email": "", "how_known": "x", "agreed_how": "", "link_digest": f"{by}", "code_digest": "",
        "codes_sent": 0, "wrong_codes": 0, "made_at": NOW, "made_by_id": by, "expires_at": NOW + timedelta(days=1),
    }  # fmt: skip


def test_a_family_is_invited_in_ones_own_name_and_the_invitation_stays_as_it_was_made(northmoor: Area) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors["commissioner"]) as me, refused():
        insert("accounts_invitation", **invitation(person, me.id))
    with by_hand(northmoor.actors["keyworker"]) as me:
        with refused("another's name"):
            insert("accounts_invitation", **invitation(person, northmoor.actors["manager"].pk))
        insert("accounts_invitation", **invitation(person, me.id))
        for change in (
            "link_digest = 'mine'",
            "topics = '{1,9}'",
            "expires_at = '2030-01-01'",
            "phone = '07700900123'",
        ):
            with refused("own acts"):
                run(f"update accounts_invitation set {change} where person_id = %s", person.pk)
        assert run("update accounts_invitation set taken_back_at = %s where person_id = %s", NOW, person.pk) == 1


def test_an_area_cannot_say_that_it_once_held_somebody(northmoor: Area, saltby: Area) -> None:
    """Whoever held somebody reads them: a row of the past would open anybody in the country."""
    person, _ = add_registered(northmoor)
    past = NOW - timedelta(days=3000)
    for role in ("coordinator", "manager", "commissioner"):
        with by_hand(saltby.actors[role]) as me, refused():
            insert(
                "people_responsibility", person_id=person.pk, icb_id=saltby.icb.pk, from_at=past,
                to_at=past + timedelta(days=1), accepted_by_id=me.id,
            )  # fmt: skip
    with acting_as(saltby.actors["coordinator"]):
        assert not Person.objects.exists()
    with acting_as(northmoor.actors["coordinator"]):
        assert Responsibility.objects.count() == 1


def new_person(area: Area, **values: Any) -> dict[str, Any]:
    known = {
        "reference": "ZZ-0000-0001", "icb_id": area.icb.pk, "family_name": "x", "given_name": "x",
        "preferred_name": "", "pronouns": "", "gender": "", "ethnicity": "", "first_language": "",
        "interpreter": False, "held_by": [], "restricted": False, "guard": 0, "closed_topics": 0,
        "retention_class": "care", "on_hold": False,
    }  # fmt: skip
    return known | values


@pytest.mark.parametrize("role", ["commissioner", "keyworker", "partner_health", "governance", "admin", "family"])
def test_a_taken_nhs_number_is_not_told_from_a_free_one(northmoor: Area, saltby: Area, role: str) -> None:
    add_registered(saltby, nhs_number="9990000018")
    person = with_keyworker(northmoor)
    taken, free = "9990000018", "9990000026"
    with by_hand(northmoor.actors[role]):
        added = {what_is_said(insert, "people_person", **new_person(northmoor, nhs_number=n)) for n in (taken, free)}
        change = "update people_person set nhs_number = %s where id = %s"
        changed = {what_is_said(run, change, number, person.pk) for number in (taken, free)}
    assert added == {"This NHS number can't be used. Ask the register team."}
    assert len(changed) == 1


@pytest.mark.parametrize(
    "held", [{"restricted": True}, {"held_by": [1]}, {"closed_topics": 1}, {"guard": 2}, {"guard": 3}], ids=str
)
def test_somebody_new_is_held_by_nobody_else_and_closed_to_nobody(northmoor: Area, held: dict[str, Any]) -> None:
    with by_hand(northmoor.actors["coordinator"]), refused("own acts"):
        insert("people_person", **new_person(northmoor, **held))


def test_somebody_new_is_not_hung_on_another_record(northmoor: Area, saltby: Area) -> None:
    other, _ = add_registered(saltby)
    with by_hand(northmoor.actors["coordinator"]), refused("own acts"):
        insert("people_person", **new_person(northmoor, survivor_id=other.pk))


def test_somebody_added_by_hand_waits_for_an_agreement_when_the_statement_is_kept(northmoor: Area) -> None:
    with by_hand(northmoor.actors["manager"]):
        insert("people_person", **new_person(northmoor))
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    with context.as_engine():
        assert Person.objects.get(reference="ZZ-0000-0001").guard == Guard.REGISTER_TEAM
    with acting_as(northmoor.actors["manager"]):
        assert not Person.objects.exists()

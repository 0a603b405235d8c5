"""Who walks alongside is written by those who run the service; what the team is, stays within the area."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.features.keyworking.models import Allocation, CaseloadSetting, KeyworkerProfile
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.team import set_caseload_rule, set_profile
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered, involve
from tests.second_wall.asking import by_hand, fact_by, insert, refused, run

RUNS = ("manager", "coordinator")
OTHERS = ("commissioner", "keyworker", "partner_health", "family")


def with_keyworker(area: Area) -> Person:
    person, _ = add_registered(area)
    involve(area, person, area.actors["partner_health"], topics=[1, 15, 16])
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=area.actors["keyworker"], from_date=NOW.date())
    return person


def rows_by(me: Me, person: Person, topic: int) -> dict[str, dict[str, Any]]:
    """A row of each table about somebody's keyworker, in this actor's name."""
    mine = fact_by(me, person, topic=topic)
    return {
        "keyworking_allocation": mine
        | {"worker_id": me.id, "part": "co_worker", "from_date": NOW.date(), "because": "", "over_limit_because": ""},
        "keyworking_matchwish": mine | {"needs": [], "interests": [], "said": "x"},
        "keyworking_proposedplace": mine
        | {
            "place": 1, "score": 0, "halves": 0, "held": 0, "because": "[]", "decision": "open", "decided_because": "",
        },
    }  # fmt: skip


TABLES = ("keyworking_allocation", "keyworking_matchwish", "keyworking_proposedplace")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", RUNS)
def test_those_who_run_the_service_name_keyworkers_on_the_topic_of_keyworking_only(
    northmoor: Area, role: str, table: str
) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors[role]) as me:
        assert insert(table, **rows_by(me, person, 15)[table]) == 1
        with refused():
            insert(table, **rows_by(me, person, 1)[table])
        assert run("update keyworking_allocation set to_date = from_date where part = 'designated'") == 1


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_names_or_ends_a_keyworker_nor_proposes_one(northmoor: Area, role: str, table: str) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors[role]) as me:
        for topic in (15, 1):
            with refused():
                insert(table, **rows_by(me, person, topic)[table])
        assert run("update keyworking_allocation set to_date = from_date") == 0
    with acting_as(northmoor.actors["manager"]):
        assert Allocation.objects.filter(to_date=None).count() == 1


@pytest.mark.parametrize("role", [*RUNS, "keyworker", "commissioner"])
def test_what_is_proposed_is_read_by_those_who_decide_it(northmoor: Area, saltby: Area, role: str) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors["manager"]) as me:
        insert("keyworking_proposedplace", **rows_by(me, person, 15)["keyworking_proposedplace"])
    with by_hand(northmoor.actors[role]):
        assert run("select 1 from keyworking_proposedplace") == (1 if role in RUNS else 0)
    with by_hand(saltby.actors["coordinator"]):
        assert run("select 1 from keyworking_proposedplace") == 0


def capacity_by(me: Me, person: Person, topic: int) -> dict[str, Any]:
    return fact_by(me, person, topic=topic) | {
        "about": "register", "which": "", "test": "competence", "able": True, "decided_on": NOW.date(),
        "assessor": "x", "basis": "x", "support_given": "x", "took_part": "", "dispute": "",
    }  # fmt: skip


def share_by(me: Me, person: Person, topic: int) -> dict[str, Any]:
    return fact_by(me, person, topic=topic) | {
        "about_topics": [6], "what": "x", "told_to": "x", "recipient_kind": "", "purpose": "x",
        "lawful_basis": "public_task", "why": "x", "told": False, "told_words": "x",
    }  # fmt: skip


@pytest.mark.parametrize(("table", "row"), [("people_capacityrecord", capacity_by), ("people_share", share_by)])
@pytest.mark.parametrize("role", [*RUNS, *OTHERS])
def test_capacity_and_shares_are_written_by_those_who_ask_and_on_the_topic_of_agreement(
    northmoor: Area, role: str, table: str, row: Any
) -> None:
    person = with_keyworker(northmoor)
    with by_hand(northmoor.actors[role]) as me:
        if role in (*RUNS, "keyworker"):
            assert insert(table, **row(me, person, 16)) == 1
        else:
            with refused():
                insert(table, **row(me, person, 16))
        for topic in (1, 12):
            with refused():
                insert(table, **row(me, person, topic))


def team_rows(area: Area, me: Me) -> dict[str, dict[str, Any]]:
    theirs = {"icb_id": area.icb.pk, "worker_id": area.actors["keyworker"].pk}
    return {
        "keyworking_leave": theirs | {"from_date": NOW.date()},
        "keyworking_worktime": theirs | {"share": "0.5", "from_date": NOW.date()},
        "keyworking_trainingdone": theirs | {"course": "law", "completed_on": NOW.date(), "evidence": ""},
        "keyworking_proposal": {
            "icb_id": area.icb.pk, "asked_by_id": me.id, "asked_at": NOW + timedelta(days=9), "state": "waiting",
            "waiting": 0, "keyworkers": 0, "placed": 0, "optimal": False, "gap": 0, "seconds": 0, "reached": "{}",
        },
    }  # fmt: skip


@pytest.mark.parametrize("role", [*RUNS, *OTHERS])
def test_leave_work_training_and_plans_are_written_by_those_who_run_the_service(northmoor: Area, role: str) -> None:
    with by_hand(northmoor.actors["manager"]) as me:
        past = {"from_date": "2020-01-01", "to_date": "2020-02-01"}
        insert("keyworking_leave", **team_rows(northmoor, me)["keyworking_leave"] | past)
    with by_hand(northmoor.actors[role]) as me:
        for table, row in team_rows(northmoor, me).items():
            if role in RUNS:
                assert insert(table, **row) == 1, table
            else:
                with refused():
                    insert(table, **row)
        if role not in RUNS:
            assert run("update keyworking_leave set to_date = null") == 0


def test_profiles_and_limits_are_read_by_the_areas_own_staff(northmoor: Area, saltby: Area) -> None:
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        set_profile(note, icb=northmoor.icb, worker=northmoor.actors["keyworker"], seen=None, base="Mill Lane")
        set_caseload_rule(note, icb=northmoor.icb, key="points_red", value=4, starts_on=NOW.date())

    def seen() -> tuple[int, int]:
        return KeyworkerProfile.objects.count(), CaseloadSetting.objects.count()

    assert seen() == (0, 0)
    for area, role, wanted in (
        (northmoor, "keyworker", (1, 1)),
        (northmoor, "coordinator", (1, 1)),
        (northmoor, "family", (0, 0)),
        (saltby, "manager", (0, 0)),
    ):
        with acting_as(area.actors[role]):
            assert seen() == wanted, (area.icb.code, role)

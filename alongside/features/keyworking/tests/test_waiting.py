"""Who waits for a keyworker, since when, and in which order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from alongside.features.keyworking.caseloads import caseload_rules_of, count_caseloads, list_team
from alongside.features.keyworking.models import Allocation, CaseloadSetting
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.features.keyworking.team import add_leave, record_training, set_caseload_rule, set_work_time
from alongside.features.keyworking.tests.conftest import TODAY, rated
from alongside.features.keyworking.waiting import Waiting, list_waiting
from alongside.features.people.models import Circumstance
from alongside.features.people.operations import record_consent, record_fact, set_restricted
from alongside.features.referrals.eligibility import set_entry_rule
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.policy.allocation import COURSES
from tests.cast import NOW, Area, acting_as, add_registered


def listed(area: Area, role: str = "manager", today: date = TODAY) -> list[Waiting]:
    with acting_as(area.actors[role]) as me:
        return list_waiting(me, area.icb, today, caseload_rules_of(area.icb))


def names(area: Area, role: str = "manager") -> list[str]:
    return [one.name.split()[0] for one in listed(area, role)]


def test_red_and_blue_come_first_then_amber_each_by_wait_and_green_not_at_all(northmoor: Area) -> None:
    for name, colour, days in (
        ("Zara", "red", 3), ("Adam", "amber", 90), ("Bella", "red", 1), ("Cole", "green", 50), ("Dina", "blue", 2),
    ):  # fmt: skip
        rated(northmoor, name, colour, days)
    add_registered(northmoor, given_name="Unrated")
    assert names(northmoor) == ["Zara", "Dina", "Bella", "Adam"]
    zara = listed(northmoor)[0]
    assert (zara.days, zara.since, zara.need.halves, zara.consent) == (3, TODAY - timedelta(days=3), 3, "not_asked")


def test_only_this_areas_people_whom_one_may_see_are_listed(northmoor: Area, saltby: Area) -> None:
    rated(saltby, "Elsewhere", "red", 2)
    rated(northmoor, "Unconfirmed", "red", 2, agreed=False)
    hidden = rated(northmoor, "Hidden", "red", 2)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=hidden, restricted=True, because="A colleague's child")
    assert names(northmoor) == names(northmoor, "coordinator") == []
    assert names(saltby) == ["Elsewhere"]


def test_a_keyworker_ends_the_wait_and_the_day_they_go_begins_it_again(northmoor: Area) -> None:
    kai = rated(northmoor, "Kai", "amber", 30)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        made = allocate(note, person=kai, worker=northmoor.actors["keyworker"], from_date=TODAY - timedelta(days=20))
    assert names(northmoor) == []
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        end_allocation(note, allocation=made, on=TODAY - timedelta(days=4))
    (one,) = listed(northmoor)
    assert one.days == 4 and "was their keyworker until" in one.need.before[northmoor.actors["keyworker"].pk]


def test_cover_does_not_end_the_wait(northmoor: Area) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=kai, worker=northmoor.actors["keyworker"], part="cover", from_date=TODAY)
    assert names(northmoor) == ["Kai"]


def test_whoever_said_no_to_keyworking_does_not_wait(northmoor: Area) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(note, person=kai, purpose="keyworking", answer="refused", basis="parental", decided_on=TODAY,
                       evidenced=True)  # fmt: skip
    assert names(northmoor) == []


def test_an_area_opens_a_phase_from_a_day_on(northmoor: Area) -> None:
    green = rated(northmoor, "Green", "green", 10)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        record_fact(note, Circumstance, person=green, topic=Topic.SOCIAL_CARE, words="Recorded.", kind="looked_after")
        set_entry_rule(
            note, icb=northmoor.icb, key="keyworker_also", value=("looked_after",), starts_on=TODAY + timedelta(days=1)
        )
    assert names(northmoor) == []
    (one,) = listed(northmoor, today=TODAY + timedelta(days=1))
    assert one.colour == "green" and any("looked after by the council" in told.sentence for told in one.told)
    assert all(told.source for told in one.told)
    assert one.days == 0, "before that day the area gave them none, however long they were on the register"


@pytest.mark.parametrize(("began", "days"), [(None, 5), (-9, 5), (-5, 5), (-4, 4), (0, 0)])
def test_who_has_a_keyworker_for_a_phase_waits_since_it_began_or_the_area_decided(
    northmoor: Area, began: int | None, days: int
) -> None:
    green = rated(northmoor, "Green", "green", 10)
    first = None if began is None else TODAY + timedelta(days=began)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        known = {"kind": "looked_after", "from_date": first}
        record_fact(note, Circumstance, person=green, topic=Topic.SOCIAL_CARE, words="Recorded.", **known)
        set_entry_rule(
            note, icb=northmoor.icb, key="keyworker_also", value=("looked_after",), starts_on=TODAY - timedelta(days=5)
        )
    (one,) = listed(northmoor)
    assert one.days == days


def test_points_follow_colour_part_and_the_areas_own_values(northmoor: Area) -> None:
    worker = northmoor.actors["keyworker"]
    for name, colour, part in (("A", "red", "designated"), ("B", "amber", "cover"), ("C", "red", "co_worker")):
        person = rated(northmoor, name, colour, 1)
        with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
            allocate(note, person=person, worker=worker, part=part, from_date=TODAY)
    rules = caseload_rules_of(northmoor.icb)
    held = count_caseloads(northmoor.icb.pk, TODAY, rules)[worker.pk]
    assert (held.halves, held.people, held.colours["red"]) == (3 + 2 + 1, 3, 2)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        set_caseload_rule(note, icb=northmoor.icb, key="points_red", value=4, starts_on=TODAY)
    with acting_as(northmoor.actors["manager"]):
        assert count_caseloads(northmoor.icb.pk, TODAY, caseload_rules_of(northmoor.icb))[worker.pk].halves == 7
        assert CaseloadSetting.objects.count() == 1


def test_a_share_of_full_time_leave_and_training_bound_what_somebody_takes(northmoor: Area, ben: Actor) -> None:
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        set_work_time(note, icb=northmoor.icb, worker=ben, share=Decimal("0.5"), from_date=TODAY)
        add_leave(note, icb=northmoor.icb, worker=ben, from_date=TODAY, to_date=TODAY + timedelta(days=1))
        set_caseload_rule(note, icb=northmoor.icb, key="training_required", value=("law",), starts_on=TODAY)
        record_training(
            note, icb=northmoor.icb, worker=ben, course="law", completed_on=TODAY - timedelta(days=9), expires_on=TODAY
        )

    def now(day: date) -> tuple:
        with acting_as(northmoor.actors["manager"]):
            team = list_team(northmoor.icb, day, caseload_rules_of(northmoor.icb))
        found = next(member for member in team if member.actor == ben)
        return found.limits.most, bool(found.away), found.missing

    assert now(TODAY - timedelta(days=1)) == (20, False, ())
    assert now(TODAY) == (10, True, ())
    assert now(TODAY + timedelta(days=1)) == (10, True, ("Legal frameworks",))
    assert now(TODAY + timedelta(days=2)) == (10, False, ("Legal frameworks",))
    assert set(COURSES) >= {"law"}


def test_two_designated_keyworkers_at_once_are_refused_by_the_database_and_others_may_overlap(northmoor: Area) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        for part in ("designated", "co_worker", "cover", "incoming", "outgoing"):
            allocate(note, person=kai, worker=northmoor.actors["keyworker"], part=part, from_date=TODAY)
    with acting_as(northmoor.actors["manager"]):
        assert Allocation.objects.filter(to_date=None).count() == 5

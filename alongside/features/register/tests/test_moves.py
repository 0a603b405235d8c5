"""Admission and discharge rate at once; notices only propose."""

from datetime import datetime, timedelta

import pytest

from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.people.models import LifeEvent
from alongside.features.people.operations import record_fact
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import decline_proposal, pending_proposal, plan_review, rate
from alongside.features.register.queries import lock_entry
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import AlreadyDone, recording
from alongside.overview.models import RegisterRow
from alongside.policy.decision import Decision
from alongside.policy.facts import PersonFacts, StayFacts
from alongside.policy.ratings import floor
from alongside.policy.rules import Ruleset
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered


def colours(entry: RegisterEntry) -> list[tuple[str, str]]:
    return list(Rating.objects.filter(entry=entry).order_by("id").values_list("colour", "standing"))


def test_admission_makes_blue_and_discharge_red_in_the_name_of_whoever_recorded_it(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            stay = admit(
                note,
                person=person,
                kind=Stay.Kind.HOSPITAL,
                place_name="Heron Ward",
                admitted_at=NOW - timedelta(days=2),
            )
        assert colours(entry) == [("blue", "decided")]
        assert RegisterRow.objects.get(entry=entry).in_hospital
        with recording(by=me, at=NOW) as note:
            discharge(note, stay=stay, discharged_at=NOW - timedelta(days=1))
        assert colours(entry) == [("blue", "decided"), ("red", "decided")]
        assert set(Rating.objects.values_list("recorded_by_id", flat=True)) == {me.id}
        assert RegisterRow.objects.get(entry=entry).colour == "red"


@pytest.mark.parametrize(("days", "stands"), [(-1, False), (0, False), (1, True)])
def test_a_rating_uses_up_a_look_that_was_planned_for_its_day_or_before(
    northmoor: Area, days: int, stands: bool
) -> None:
    _, entry = add_registered(northmoor)
    planned = NOW.date() + timedelta(days=days)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            plan_review(note, entry=lock_entry(me, entry.pk), on=planned, by=me)
        with recording(by=me, at=NOW) as note:
            rate(note, entry=lock_entry(me, entry.pk), colour="amber", because="Seen.", by=me, demanded=NO_FLOOR)
        assert RegisterEntry.objects.get().review_planned_on == (planned if stands else None)


def test_a_new_day_given_with_a_rating_takes_the_place_of_the_one_before(northmoor: Area) -> None:
    _, entry = add_registered(northmoor)
    later = NOW.date() + timedelta(days=9)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            plan_review(note, entry=lock_entry(me, entry.pk), on=NOW.date(), by=me)
        with recording(by=me, at=NOW) as note:
            rate(
                note,
                entry=lock_entry(me, entry.pk),
                colour="red",
                because="Seen.",
                review_on=later,
                by=me,
                demanded=NO_FLOOR,
            )
        assert RegisterEntry.objects.get().review_planned_on == later


def test_going_to_a_residential_school_changes_no_colour(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            admit(note, person=person, kind=Stay.Kind.RESIDENTIAL_SCHOOL, place_name="Larch House", admitted_at=NOW)
        assert colours(entry) == []


def test_a_notice_on_the_placement_proposes_red_and_waits_for_a_person(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        for _ in range(2):
            with recording(by=me, at=NOW) as note:
                record_fact(
                    note, LifeEvent, person=person, topic=11, words="Notice was given.", kind="placement_notice"
                )
        assert colours(entry) == [("red", "proposed")], "the same proposal is made once"
        assert RegisterRow.objects.get(entry=entry).colour == ""
        assert RegisterRow.objects.get(entry=entry).proposal == "red"
        with recording(by=me, at=NOW) as note:
            proposal = pending_proposal(entry)
            assert proposal is not None
            decline_proposal(note, proposal=proposal, because="The council has found a new home.", by=me)
        assert pending_proposal(entry) is None
        assert RegisterRow.objects.get(entry=entry).proposal == ""


def test_two_people_decide_at_once_one_wins_and_the_other_is_told(northmoor: Area) -> None:
    _, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        opened_at = entry.version
        for colour, told in (("amber", None), ("red", "changed_since")):
            with_block = recording(by=me, at=NOW)
            try:
                with with_block as note:
                    rate(
                        note,
                        entry=lock_entry(me, entry.pk),
                        colour=colour,
                        because="x",
                        by=me,
                        demanded=NO_FLOOR,
                        version=opened_at,
                    )
            except NotNow as refused:
                assert refused.code == told
            else:
                assert told is None
        assert colours(entry) == [("amber", "decided")]


def test_the_same_form_sent_twice_makes_one_rating(northmoor: Area) -> None:
    from uuid import uuid4

    _, entry = add_registered(northmoor)
    token = uuid4()
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW, once=token) as note:
            rate(note, entry=lock_entry(me, entry.pk), colour="amber", because="x", by=me, demanded=NO_FLOOR)
        with pytest.raises(AlreadyDone), recording(by=me, at=NOW, once=token) as note:
            rate(note, entry=lock_entry(me, entry.pk), colour="amber", because="x", by=me, demanded=NO_FLOOR)
        assert colours(entry) == [("amber", "decided")]


def test_a_partner_does_not_decide_ratings(northmoor: Area) -> None:
    _, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as coordinator:
        locked = lock_entry(coordinator, entry.pk)
    with (
        acting_as(northmoor.actors["partner_health"]) as me,
        pytest.raises(Refused),
        recording(by=me, at=NOW) as note,
    ):
        rate(note, entry=locked, colour="red", because="x", by=me, demanded=NO_FLOOR)


def stayed(admitted: datetime, discharged: datetime | None) -> Decision:
    """What the rules demand at NOW of somebody with this one stay."""
    stay = StayFacts(1, "mental_health_hospital", admitted, discharged)
    return floor(PersonFacts(person_id=1, icb="TNM", stays=(stay,)), NOW, Ruleset.build("TNM"))


def test_a_floor_blocks_every_colour_but_its_own_and_blue_is_for_hospital_only(northmoor: Area) -> None:
    _, entry = add_registered(northmoor)
    before = NOW - timedelta(days=90)
    for colour, demanded, blocked in (
        ("red", stayed(before, None), "floor_blue"),
        ("blue", stayed(before, None), None),
        ("blue", NO_FLOOR, "not_in_hospital"),
        ("amber", stayed(before, NOW - timedelta(days=1)), "floor_red"),
        ("red", stayed(before, NOW - timedelta(days=1)), None),
        ("amber", stayed(before, NOW - timedelta(days=13)), "floor_red"),
        ("amber", stayed(before, NOW - timedelta(days=15)), None),
    ):
        with acting_as(northmoor.actors["coordinator"]) as me:
            try:
                with recording(by=me, at=NOW) as note:
                    rate(note, entry=lock_entry(me, entry.pk), colour=colour, because="x", by=me, demanded=demanded)
            except NotNow as refused:
                assert refused.code == blocked
            else:
                assert blocked is None, colour

"""Stays that are one time in hospital, on every page that counts or shows it; and where they come from."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alongside.features.hospital.discharge.figures import count_area
from alongside.features.hospital.discharge.leaving import write_leaving
from alongside.features.hospital.discharge.operations import say_date
from alongside.features.hospital.discharge.queries import stay_before
from alongside.features.hospital.models import DischargeDate, Leaving, Stay, WardStay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.people.models import Person
from alongside.features.reviews.holding.operations import begin_review
from alongside.features.reviews.models import Review
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.topics import Topic
from alongside.overview.in_hospital import blue_list
from alongside.overview.in_hospital.told_in_time import count_told
from alongside.overview.verify import differing_among
from tests.cast import Area, acting_as, add_registered
from tests.stories.telling import act, at, colour_of, due_for, on, press, staff, words

pytestmark = pytest.mark.django_db


def somebody(area: Area, name: str = "Jordan") -> Person:
    return add_registered(area, given_name=name, family_name="Teal", at=at(1, 1))[0]


def admitted(area: Area, person: Person, moment: datetime, place: str = "Sandpiper House", **more: Any) -> Stay:
    known = {"kind": Stay.Kind.HOSPITAL, "place_name": place, "admitted_at": moment} | more

    def do(note: Any, *, by: Any) -> Stay:
        return admit(note, person=Person.objects.get(pk=person.pk), **known)

    return act(area, "coordinator", moment + timedelta(hours=1), do)


def left(area: Area, stay: Stay, moment: datetime, closure: str = "", **more: Any) -> None:
    def do(note: Any, *, by: Any) -> Stay:
        found = Stay.objects.select_related("person").get(pk=stay.pk)
        return discharge(note, stay=found, discharged_at=moment, closure=closure, **more)

    act(area, "coordinator", moment + timedelta(hours=1), do)


def closed_as(area: Area, stay: Stay, moment: datetime, closure: str) -> None:
    def do(note: Any, *, by: Any) -> Leaving:
        return write_leaving(note, stay=Stay.objects.select_related("person").get(pk=stay.pk), closure=closure)

    act(area, "coordinator", moment, do)


def reviewed(area: Area, stay: Stay, moment: datetime) -> None:
    def do(note: Any, *, by: Any) -> Review:
        found = Stay.objects.select_related("person").get(pk=stay.pk)
        held = {"kind": Review.Kind.POST_ADMISSION, "held_at": moment, "topic": Topic.REVIEW, "words": "It was held."}
        return begin_review(note, person=found.person, stay=found, **held)

    act(area, "coordinator", moment, do)


def two(area: Area, closure: str = "", hours: int = 0, name: str = "Jordan") -> tuple[Stay, Stay]:
    """105 days from 1 February in one hospital with a review, and some hours later in another one."""
    person = somebody(area, name)
    first = admitted(area, person, at(1, 2))
    reviewed(area, first, at(20, 2))
    left(
        area, first, at(17, 5), closure, **({"ends_because": "No hospital was named"} if closure == "other_bed" else {})
    )
    return first, admitted(area, person, at(17, 5) + timedelta(hours=hours), "Heron Lodge")


def starts(person_id: int) -> set[str]:
    return set(due_for(person_id))


def test_where_nobody_says_where_they_went_the_next_stay_goes_on_from_the_first(northmoor: Area) -> None:
    _, second = two(northmoor)
    found = due_for(second.person_id)
    assert "inpatient_review" in found and found["inpatient_review"].due.date() == date(2026, 5, 20)
    assert not {"post_admission_review", "readmission", "discharge_contact_1", "post_discharge_support"} & set(found)
    assert colour_of(second.person_id) == "blue"
    assert differing_among([second.person_id]) == []


def test_that_it_was_home_after_all_makes_it_a_readmission_and_a_transfer_takes_that_back(northmoor: Area) -> None:
    first, second = two(northmoor)
    closed_as(northmoor, first, at(18, 5), "family_home")
    assert {"post_admission_review", "readmission"} <= starts(second.person_id)
    closed_as(northmoor, first, at(19, 5), "other_bed")
    assert not {"post_admission_review", "readmission"} & starts(second.person_id)
    assert differing_among([second.person_id]) == []


@pytest.mark.parametrize(("hours", "is_one"), [(0, True), (37, True), (38, False)])
def test_a_day_apart_is_one_spell_and_two_days_are_a_readmission(northmoor: Area, hours: int, is_one: bool) -> None:
    _, second = two(northmoor, "other_bed", hours=hours)
    assert ("readmission" in starts(second.person_id)) != is_one


def test_words_of_where_they_went_are_a_place_too(northmoor: Area) -> None:
    person = somebody(northmoor)
    first = admitted(northmoor, person, at(1, 2))
    left(northmoor, first, at(17, 5), destination="Home to his father")
    admitted(northmoor, person, at(17, 5, 20), "Heron Lodge")
    assert "readmission" in starts(person.pk)


def test_days_are_counted_from_the_first_admission_wherever_they_are_shown(northmoor: Area) -> None:
    first, second = two(northmoor)
    with on(20, 5):
        client = staff(northmoor, "commissioner")
        assert "108 days" in words(client.get(f"/hospital/stays/{second.pk}"))
        assert "One time in hospital since 1 February 2026" in words(client.get(f"/hospital/stays/{first.pk}"))
        assert "Heron Lodge, in hospital since 1 February 2026" in words(client.get("/hospital/discharges"))
        assert "108 days" in words(client.get("/hospital"))
        after = words(client.get(f"/hospital/stays/{first.pk}/after-discharge"))
    assert "This counts as a transfer" in after and "Missed" not in after


def test_a_day_that_was_said_before_the_transfer_still_stands(northmoor: Area) -> None:
    person = somebody(northmoor)
    first = admitted(northmoor, person, at(1, 2))

    def say(note: Any, *, by: Any) -> DischargeDate:
        found = Stay.objects.select_related("person").get(pk=first.pk)
        return say_date(note, stay=found, expected_on=date(2026, 7, 1), because="The home is ready then", seen=0)

    act(northmoor, "coordinator", at(10, 5), say)
    left(northmoor, first, at(17, 5))
    second = admitted(northmoor, person, at(17, 5), "Heron Lodge")
    assert "discharge_date_passed" in starts(person.pk) and "discharge_date" not in starts(person.pk)
    with on(20, 5):
        client = staff(northmoor, "commissioner")
        assert "Expected to leave on 1 July 2026" in words(client.get(f"/hospital/stays/{second.pk}"))
        assert "Everybody has one, or is ready to leave" in words(client.get("/hospital/discharges"))


def test_the_list_is_in_the_order_of_whole_spells(northmoor: Area) -> None:
    two(northmoor)
    admitted(northmoor, somebody(northmoor, "Ada"), at(1, 3))
    with acting_as(northmoor.actors["commissioner"], at(20, 5)) as me:
        listed = blue_list.read(me, now=at(20, 5))
    assert [(line.place, line.days) for line in listed.lines] == [("Heron Lodge", 108), ("Sandpiper House", 80)]


def test_a_page_of_the_list_goes_on_where_the_one_before_ended(northmoor: Area, monkeypatch: Any) -> None:
    monkeypatch.setattr(blue_list, "PAGE", 1)
    two(northmoor)
    admitted(northmoor, somebody(northmoor, "Ada"), at(1, 3))
    with acting_as(northmoor.actors["commissioner"], at(20, 5)) as me:
        first = blue_list.read(me, now=at(20, 5))
        then = blue_list.read(me, now=at(20, 5), after=first.after)
    assert [line.place for line in first.lines + then.lines] == ["Heron Lodge", "Sandpiper House"]
    assert then.after == ""


def test_neither_a_return_nor_an_untold_keyworker_is_counted_for_a_transfer(northmoor: Area) -> None:
    two(northmoor, "other_bed")
    two(northmoor, "family_home", hours=4, name="Ada")
    with acting_as(northmoor.actors["commissioner"], at(30, 9)) as me:
        counted = count_area(me, [northmoor.icb.pk], date(2026, 9, 30), 12).came_back
        assert [(one.left, one.back) for one in counted][0] == (1, 1)
        told = count_told(Stay.objects.visible_to(me), northmoor.icb.code, at(30, 9))
    assert (told.in_time, told.late) == (0, 0)


def test_the_stay_before_is_the_one_before_the_spell(northmoor: Area) -> None:
    person = somebody(northmoor)
    earliest = admitted(northmoor, person, at(5, 1))
    left(northmoor, earliest, at(20, 1), "family_home")
    first = admitted(northmoor, person, at(1, 2))
    left(northmoor, first, at(17, 5))
    second = admitted(northmoor, person, at(17, 5), "Heron Lodge")
    with context.as_engine():
        assert stay_before(Stay.objects.select_related("person").get(pk=second.pk)) == earliest


# At the source


def test_a_transfer_on_the_form_of_a_discharge_leads_to_the_move_and_loses_nothing(northmoor: Area) -> None:
    stay = admitted(northmoor, somebody(northmoor), at(1, 2))
    typed = {"on-day": "17", "on-month": "5", "on-year": "2026", "at": "9:30", "closure": "other_bed",
             "destination": "Heron Lodge"}  # fmt: skip
    with on(18, 5):
        client = staff(northmoor, "coordinator")
        answer = press(client, f"/hospital/stays/{stay.pk}/discharge", **typed)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "A transfer to another hospital is no discharge" in words(answer)
        assert 'value="Heron Lodge"' in page and 'value="9:30"' in page
        there = (
            f"/hospital/stays/{stay.pk}/move?move=transfer&amp;on-day=17&amp;on-month=5&amp;on-year=2026&amp;at=9%3A30"
        )
        assert there in page
        move = client.get(there.replace("&amp;", "&")).content.decode()
    assert 'value="17"' in move and 'value="9:30"' in move
    with context.as_engine():
        assert Stay.objects.get(pk=stay.pk).discharged_at is None
    assert colour_of(stay.person_id) == "blue"


def test_a_stay_whose_next_hospital_nobody_knows_may_end_with_a_reason(northmoor: Area) -> None:
    stay = admitted(northmoor, somebody(northmoor), at(1, 2))
    typed = {"on-day": "17", "on-month": "5", "on-year": "2026", "closure": "other_bed",
             "ends_because": "To a hospital in Scotland"}  # fmt: skip
    with on(18, 5):
        answer = press(staff(northmoor, "coordinator"), f"/hospital/stays/{stay.pk}/discharge", **typed)
    assert answer.status_code == 302, words(answer)
    with context.as_engine():
        assert Leaving.objects.get(stay=stay).closure == "other_bed"
    assert "discharge_contact_1" in starts(stay.person_id), "nobody is left unseen while no other stay is known"


def test_code_that_ends_a_stay_by_a_transfer_is_refused_as_well(northmoor: Area) -> None:
    stay = admitted(northmoor, somebody(northmoor), at(1, 2))
    with pytest.raises(NotNow, match="is no discharge"):
        left(northmoor, stay, at(17, 5), "other_bed")


# Out of a place of safety


def in_safety(area: Area, moment: datetime) -> Stay:
    return admitted(area, somebody(area), moment, "Harbour suite", kind=Stay.Kind.PLACE_OF_SAFETY)


def test_an_admission_ends_the_place_of_safety_and_starts_all_of_an_admission(northmoor: Area) -> None:
    safe = in_safety(northmoor, at(3, 6, 20))
    with on(4, 6, 16):
        client = staff(northmoor, "coordinator")
        form = client.get(f"/people/{safe.person.reference}/admit")
        assert "They have been in a place of safety, Harbour suite" in words(form)
        answer = press(
            client, f"/people/{safe.person.reference}/admit", kind="mental_health_hospital", place_name="Heron Lodge",
            ward_type="CAMHS general", **{"on-day": "4", "on-month": "6", "on-year": "2026", "at": "15:00"},
        )  # fmt: skip
        assert answer.status_code == 302, words(answer)
        assert "Heron Lodge" in words(client.get("/hospital"))
    with context.as_engine():
        ended, stay = Stay.objects.order_by("pk")
        assert (ended.discharged_at, stay.admitted_at) == (at(4, 6, 15), at(4, 6, 15))
        assert (ended.kind, stay.kind) == (Stay.Kind.PLACE_OF_SAFETY, Stay.Kind.HOSPITAL)
    assert colour_of(safe.person_id) == "blue"
    found = starts(safe.person_id)
    assert {"post_admission_review", "root_cause", "oversight_visit", "s85_notice", "discharge_planning"} <= found
    assert not {"place_of_safety", "readmission", "discharge_contact_1"} & found
    assert differing_among([safe.person_id]) == []


def test_an_admission_before_the_place_of_safety_began_is_refused_with_its_time(northmoor: Area) -> None:
    safe = in_safety(northmoor, at(3, 6, 20))
    with on(4, 6, 16):
        answer = press(
            staff(northmoor, "coordinator"), f"/people/{safe.person.reference}/admit", kind="mental_health_hospital",
            place_name="Heron Lodge", **{"on-day": "3", "on-month": "6", "on-year": "2026", "at": "19:59"},
        )  # fmt: skip
    assert answer.status_code == 422
    assert "They have been in a place of safety since 3 June 2026 at 8pm" in words(answer)
    assert 'value="Heron Lodge"' in answer.content.decode()
    with context.as_engine():
        assert Stay.objects.get().discharged_at is None


def test_an_admission_on_the_day_itself_without_a_time_follows_the_place_of_safety(northmoor: Area) -> None:
    safe = in_safety(northmoor, at(3, 6, 20))
    with on(4, 6, 16):
        answer = press(
            staff(northmoor, "coordinator"), f"/people/{safe.person.reference}/admit", kind="mental_health_hospital",
            place_name="Heron Lodge", **{"on-day": "3", "on-month": "6", "on-year": "2026"},
        )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    with context.as_engine():
        assert [stay.admitted_at for stay in Stay.objects.order_by("pk")] == [at(3, 6, 20)] * 2


def test_the_move_out_of_a_place_of_safety_is_no_choice_and_leads_to_the_admission(northmoor: Area) -> None:
    safe = in_safety(northmoor, at(3, 6, 20))
    here, there = f"/hospital/stays/{safe.pk}", f"/people/{safe.person.reference}/admit"
    with on(4, 6, 9):
        client = staff(northmoor, "coordinator")
        for page in (client.get(here), client.get(f"{here}/move")):
            assert there in page.content.decode()
            assert "Transferred to another hospital" not in words(page)
        answer = press(
            client, f"{here}/move", move="transfer", place_name="Heron Lodge", unit="km", out_of_area="unknown",
            **{"on-day": "4", "on-month": "6", "on-year": "2026", "at": "8:00"},
        )  # fmt: skip
    assert answer.status_code == 422
    assert "is an admission, not a move" in words(answer)
    with context.as_engine():
        assert WardStay.objects.count() == 1


def test_within_the_place_of_safety_they_may_move(northmoor: Area) -> None:
    safe = in_safety(northmoor, at(3, 6, 20))
    with on(4, 6, 9):
        answer = press(
            staff(northmoor, "coordinator"), f"/hospital/stays/{safe.pk}/move", move="ward", ward_name="Second room",
            unit="km", out_of_area="unknown", **{"on-day": "4", "on-month": "6", "on-year": "2026", "at": "8:00"},
        )  # fmt: skip
    assert answer.status_code == 302, words(answer)


# The page of the stay


def test_everything_that_is_due_because_of_a_stay_stands_on_its_page(northmoor: Area) -> None:
    stay = admitted(
        northmoor, somebody(northmoor), at(1, 2), reason="Could not be kept safe at home.", intended_days=200
    )
    with on(20, 5):
        page = staff(northmoor, "commissioner").get(f"/hospital/stays/{stay.pk}")
    said = words(page)
    due = [one for one in due_for(stay.person_id).values() if one.subject == "stay"]
    assert len(due) > 6
    assert f"{len(due) - 6} more" in said and all(one.what in said for one in due)
    assert "at home.." not in said and "at home. " in said


def test_a_contact_is_told_as_missed_only_once_it_was(northmoor: Area) -> None:
    stay = admitted(northmoor, somebody(northmoor), at(1, 5))
    left(northmoor, stay, at(17, 5), "family_home")
    with on(19, 5, 9):
        before = words(staff(northmoor, "coordinator").get(f"/hospital/stays/{stay.pk}"))
    with on(19, 5, 11):
        after = words(staff(northmoor, "coordinator").get(f"/hospital/stays/{stay.pk}"))
    assert "missed" not in before and "if it was missed" in after

"""What was written down wrongly, twice, in the wrong order, or about somebody with two records."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.hospital.discharge.causes import record_root_cause, say_change_made
from alongside.features.hospital.discharge.delays import begin_ready
from alongside.features.hospital.discharge.operations import mark_heading
from alongside.features.hospital.discharge.standing import standing_of
from alongside.features.hospital.discharge.tests.conftest import ADMITTED, TODAY, Case, signed_in
from alongside.features.hospital.discharge.tests.test_leaving import CAUSE, CHANGE
from alongside.features.hospital.inpatient.wards import change_legal_status, correct_dates, move_ward
from alongside.features.hospital.models import HeadingMark, LegalStatus, ReadyPeriod, RootCause
from alongside.features.hospital.operations import discharge
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person, merge_people
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, acting_as, add_registered

pytestmark = pytest.mark.django_db
LAST_WEEK = NOW - timedelta(days=7)


def newest(model: Any) -> Any:
    with context.as_engine():
        return model.objects.order_by("-pk").first()


@pytest.mark.parametrize(("minutes", "taken"), [(-1, False), (0, True)])
def test_nobody_left_before_they_moved_to_their_last_ward(amir: Case, minutes: int, taken: bool) -> None:
    amir.act(move_ward, move="ward", from_at=LAST_WEEK, ward_name="Teasel")
    left = LAST_WEEK + timedelta(minutes=minutes)
    if taken:
        assert amir.act(discharge, discharged_at=left).discharged_at == left
        return
    with pytest.raises(NotNow, match="They moved to another ward"):
        amir.act(discharge, discharged_at=left)


def test_nobody_left_before_the_section_that_they_were_under(amir: Case) -> None:
    amir.act(change_legal_status, code="03", from_at=LAST_WEEK)
    with pytest.raises(NotNow, match="The section changed"):
        amir.act(discharge, discharged_at=LAST_WEEK - timedelta(hours=1))


def test_a_section_that_is_heard_of_after_they_left_ended_with_the_stay(amir: Case) -> None:
    amir.act(change_legal_status, code="02", from_at=LAST_WEEK)
    amir.leaves()
    amir.act(change_legal_status, code="03", from_at=LAST_WEEK + timedelta(days=2))
    with context.as_engine():
        rows = list(LegalStatus.objects.order_by("from_at").values_list("code", "to_at"))
    assert rows == [("02", LAST_WEEK + timedelta(days=2)), ("03", NOW)]


def test_nights_end_on_the_day_they_left_also_when_that_is_put_right(amir: Case) -> None:
    amir.act(begin_ready, from_date=TODAY - timedelta(days=10), reason="10", body="07")
    amir.leaves()
    right = {"admitted_at": ADMITTED, "because": "The ward told us the wrong day"}
    amir.act(correct_dates, discharged_at=NOW - timedelta(days=3), **right)
    assert newest(ReadyPeriod).to_date == TODAY - timedelta(days=3)


def test_another_change_than_the_one_that_was_made_is_due_again(amir: Case) -> None:
    cause = amir.act(record_root_cause, seen=0, **CAUSE, **CHANGE)
    made = amir.act(say_change_made, on=TODAY, result="The question goes out")
    other = amir.act(record_root_cause, seen=made.pk, **CAUSE, **CHANGE | {"change": "GPs ask as well."})
    assert other.change_made_on is None and amir.due("root_cause_change")
    nothing = dict.fromkeys(CHANGE, "") | {"change_due_on": None}
    assert amir.act(record_root_cause, seen=other.pk, **CAUSE, **nothing).change == ""
    assert amir.due("root_cause_change") is None
    with pytest.raises(NotNow):
        amir.act(record_root_cause, seen=cause.pk, **CAUSE, **CHANGE)
    assert newest(RootCause).change == ""


def test_two_people_at_one_heading_are_told_and_at_two_are_not(amir: Case) -> None:
    given = {"standing": "open", "known": "A flat is looked for"}
    amir.act(mark_heading, heading="home", seen=0, **given)
    amir.act(mark_heading, heading="education", seen=0, **given)
    with pytest.raises(NotNow, match="Somebody changed this"):
        amir.act(mark_heading, heading="home", seen=0, **given)
    amir.act(mark_heading, heading="home", seen=newest(HeadingMark).pk, **given)


def test_a_day_that_moved_there_and_back_moved_twice_on_list_and_plan(amir: Case) -> None:
    days = [TODAY + timedelta(days=number) for number in (7, 14, 7)]
    seen = 0
    for day in days:
        seen = amir.says(day, "The ramp", seen=seen).pk
    with acting_as(amir.area.actors["commissioner"]):
        assert standing_of([amir.stay_id], TODAY)[amir.stay_id].moved == 2
    assert (
        "Moved 2 times" in signed_in(amir.asha).get(f"/hospital/stays/{amir.stay_id}/discharge-plan").content.decode()
    )


def test_whose_record_was_merged_into_another_is_planned_for_and_leaves(amir: Case) -> None:
    kept, _ = add_registered(amir.area, given_name="Ameer")
    with acting_as(amir.area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        merge_people(note, survivor=kept, merged=Person.objects.get(pk=amir.person.pk), because="Twice", by=me)
    browser = signed_in(amir.area.actors["manager"])
    for page in ("", "/follows", "/discharge-plan", "/discharge-plan/lead", "/root-cause", "/look-back", "/discharge"):
        answer = browser.get(f"/hospital/stays/{amir.stay_id}{page}")
        assert answer.status_code == 200, page
    for page in ("/hospital", "/hospital/discharges"):
        assert kept.shown_name in browser.get(page).content.decode(), page


def test_who_has_died_is_nobodys_discharge_to_plan(amir: Case) -> None:
    page = "/hospital/discharges"
    browser = signed_in(amir.area.actors["manager"])
    assert "1 young person in a mental health hospital" in browser.get(page).content.decode()
    with acting_as(amir.area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=Person.objects.get(pk=amir.person.pk), died_on=date(2026, 11, 19))
    assert "0 young people in a mental health hospital" in browser.get(page).content.decode()

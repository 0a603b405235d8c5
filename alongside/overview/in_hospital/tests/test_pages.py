"""A stay on one page, what follows from it, and everybody in hospital: who reads it, what it says, what it costs."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.hospital.inpatient import living, overseeing, wards
from alongside.features.hospital.models import (
    AdmissionKnown,
    AdmissionRecord,
    OversightVisit,
    Segregation,
    Stay,
    StayIncident,
    StayLeave,
    StayNotice,
    WardStay,
)
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.topics import Topic
from tests.cast import Area, add_registered, involve
from tests.stories.telling import act, at, due_for, on, press, staff, words

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12


def in_hospital(area: Area, name: str = "Jordan", *, days_ago: int = 3, keyworker: bool = True, **more: Any) -> Stay:
    """On the register since spring, admitted at 3 June less some days, recorded on 3 June by the coordinator."""
    person, _ = add_registered(area, given_name=name, family_name="Teal", at=at(1, 4))
    if keyworker:
        act(area, "manager", at(1, 4), _allocate, person=person.pk, worker=area.actors["keyworker"])
    begun = at(3, 6, 9) - timedelta(days=days_ago)
    known = {"kind": Stay.Kind.HOSPITAL, "place_name": "Sandpiper House"} | more
    return act(area, "coordinator", at(3, 6), _admit, person=person.pk, admitted_at=begun, **known)


def _allocate(note: Any, *, person: int, worker: Any, by: Any) -> None:
    allocate(note, person=Person.objects.get(pk=person), worker=worker, from_date=date(2026, 4, 1))


def _admit(note: Any, *, person: int, by: Any, **given: Any) -> Stay:
    return admit(note, person=Person.objects.get(pk=person), **given)


def write(area: Area, operation: Any, stay: Stay, moment: datetime, role: str = "commissioner", **given: Any) -> Any:
    """One operation on the stay as it is now."""

    def do(note: Any, *, by: Any) -> Any:
        return operation(note, stay=Stay.objects.select_related("person").get(pk=stay.pk), **given)

    return act(area, role, moment, do)


def told(area: Area, stay: Stay, kind: str, body: str) -> StayNotice:
    whom = {"told_whom": "Mx Reed", "told_by": "Sam Field", "how": "email", "at": at(4, 6)}
    return write(area, overseeing.tell_body, stay, at(4, 6), kind=kind, body=body, **whom)


# Wards and transfers


def test_a_transfer_keeps_the_stay_and_its_number(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    ward = {"place_name": "Heron Lodge", "adult_ward": True, "unit_rating": "inadequate", "ward_name": "Teasel"}
    write(northmoor, wards.move_ward, stay, at(5, 6), move="transfer", from_at=at(5, 6, 9), **ward)
    with context.as_engine():
        now = Stay.objects.get()
        assert (now.pk, now.place_name, now.adult_ward, now.unit_inadequate) == (stay.pk, "Heron Lodge", True, True)
        assert [row.move for row in WardStay.objects.order_by("from_at")] == ["admission", "transfer"]
    due = due_for(stay.person_id)
    assert due["adult_ward_notice"].due == at(7, 6, 9), "48 hours from the move, not from the admission"
    assert "still to be told" in due["inadequate_unit_notice"].because
    with on(6, 6):
        page = words(staff(northmoor, "commissioner").get(f"/hospital/stays/{stay.pk}"))
    assert "Sandpiper House" in page and "Transferred to another hospital" in page and "Adult ward" in page


def test_a_ward_can_not_begin_before_the_one_they_are_on(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    write(northmoor, wards.move_ward, stay, at(5, 6), move="ward", from_at=at(5, 6, 9), ward_name="Teasel")
    with pytest.raises(NotNow, match="Give a later time"):
        write(northmoor, wards.move_ward, stay, at(5, 6), move="ward", from_at=at(5, 6, 8), ward_name="Reed")


def test_dates_are_put_right_and_the_stay_stays_the_same(northmoor: Area) -> None:
    stay = in_hospital(northmoor, legal_status="02")
    begun = at(20, 5, 8)
    given = {"admitted_at": begun, "discharged_at": None, "because": "The ward told us the wrong day"}
    write(northmoor, wards.correct_dates, stay, at(5, 6), **given)
    with context.as_engine():
        now = Stay.objects.get()
        assert (now.pk, now.admitted_at) == (stay.pk, begun)
        assert WardStay.objects.get().from_at == begun == now.legal_statuses.get().from_at
    assert due_for(stay.person_id)["s2_ends"].due.date() == date(2026, 6, 16)


def test_dates_that_another_stay_covers_are_refused(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    write(northmoor, discharge, stay, at(10, 6), discharged_at=at(10, 6, 9))
    again = {"kind": Stay.Kind.HOSPITAL, "place_name": "Heron Lodge", "admitted_at": at(20, 6)}
    second = act(northmoor, "coordinator", at(21, 6), _admit, person=stay.person_id, **again)
    with pytest.raises(NotNow, match="already a stay"):
        dates = {"admitted_at": at(9, 6), "discharged_at": None, "because": "x"}
        write(northmoor, wards.correct_dates, second, at(22, 6), **dates)


def test_what_is_known_of_an_admission_supersedes_what_was(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    first = write(northmoor, wards.record_admission_details, stay, at(4, 6), registered_before="no", intended_days=120)
    assert "s85_notice" in due_for(stay.person_id), "as long as this is meant to last the council is told at once"
    with pytest.raises(NotNow, match="changed this"):
        write(northmoor, wards.record_admission_details, stay, at(4, 6), registered_before="yes", intended_days=20)
    known = {"registered_before": "yes", "intended_days": 20, "seen": first.pk}
    write(northmoor, wards.record_admission_details, stay, at(5, 6), **known)
    with context.as_engine():
        now = Stay.objects.get()
        assert (now.registered_before, now.intended_days) == (True, 20)
        assert AdmissionRecord.objects.count() == 2


# Who was told, who visited, who knows


def test_a_notice_is_due_until_everybody_was_told_and_says_who_was(northmoor: Area) -> None:
    stay = in_hospital(northmoor, unit_inadequate=True)
    for body in ("chief_executive", "region"):
        told(northmoor, stay, "inadequate", body)
    with on(5, 6):
        page = words(staff(northmoor, "commissioner").get(f"/hospital/stays/{stay.pk}/follows"))
    assert "still to be told: the host commissioner" in page and "Mx Reed" in page and "No reply yet" in page
    told(northmoor, stay, "inadequate", "host")
    assert "inadequate_unit_notice" not in due_for(stay.person_id)


def test_the_form_of_a_notice_is_what_its_duty_opens(northmoor: Area) -> None:
    stay = in_hospital(northmoor, adult_ward=True)
    with on(4, 6):
        commissioner = staff(northmoor, "commissioner")
        duty = due_for(stay.person_id)["adult_ward_notice"]
        form = commissioner.get(f"/duties/{duty.pk}/do").headers["Location"]
        given = {"told_whom": "CQC notifications", "how": "portal", "body": "cqc", "told_by": "Sam Field"}
        day = {"on-day": "4", "on-month": "6", "on-year": "2026", "at": "9:15"}
        saved = press(commissioner, form, **given, **day)
        assert saved.status_code == 302, words(saved)
        assert press(commissioner, form, **given | {"told_whom": ""}, **day).status_code == 422
    assert "adult_ward_notice" not in due_for(stay.person_id)


def test_a_reference_that_came_later_is_added_to_the_notice(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    told(northmoor, stay, "s85", "council")
    with on(6, 6):
        commissioner, page = staff(northmoor, "commissioner"), f"/hospital/stays/{stay.pk}/follows"
        with context.as_engine():
            notice = StayNotice.objects.get()
        address = f"/hospital/stays/{stay.pk}/notices/{notice.pk}/reference"
        assert address in words(commissioner.get(page))
        assert press(commissioner, address, reference="").status_code == 422
        assert press(commissioner, address, reference="NM/85/17").status_code == 302
        shown = words(commissioner.get(page))
        assert "Reference NM/85/17." in shown and "/reference" not in shown
        assert press(commissioner, f"/hospital/stays/{stay.pk}/notices/{notice.pk}/reply").status_code == 404
    with context.as_engine():
        kept = StayNotice.objects.get(superseded_by=None)
    assert (kept.told_whom, kept.happened_at, kept.reference) == (notice.told_whom, notice.happened_at, "NM/85/17")


def test_only_a_visit_on_the_ward_is_a_visit(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    seen = {"by_whom": "Sam Field", "seen_alone": False, "not_alone_because": "Staff would not leave"}
    write(northmoor, overseeing.record_visit, stay, at(10, 6), at=at(10, 6, 9), face_to_face=False, **seen)
    assert due_for(stay.person_id)["oversight_visit"].due.date() == date(2026, 7, 12)
    write(northmoor, overseeing.record_visit, stay, at(20, 6), at=at(20, 6, 9), face_to_face=True, **seen)
    assert due_for(stay.person_id)["oversight_visit"].due.date() == date(2026, 8, 1)
    with on(21, 6):
        page = words(staff(northmoor, "manager").get(f"/hospital/stays/{stay.pk}"))
    assert "Not seen alone" in page and "Staff would not leave" in page and "Not face to face" in page
    with pytest.raises(NotNow, match="why they were not seen alone"):
        alone = seen | {"not_alone_because": ""}
        write(northmoor, overseeing.record_visit, stay, at(21, 6), at=at(21, 6, 9), face_to_face=True, **alone)


def test_the_time_until_the_keyworker_knew_is_measured(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    assert due_for(stay.person_id)["admission_known"].owner_actor == northmoor.actors["keyworker"]
    with on(3, 6, 13, 30):
        keyworker = staff(northmoor, "keyworker")
        assert press(keyworker, f"/hospital/stays/{stay.pk}/known", how="Rung by the ward").status_code == 302
        page = words(keyworker.get(f"/hospital/stays/{stay.pk}/follows"))
    assert "knew 3 hours after it was recorded. Rung by the ward." in page
    assert "admission_known" not in due_for(stay.person_id)
    with context.as_engine():
        assert AdmissionKnown.objects.get().recorded_at - Stay.objects.get().recorded_at == timedelta(
            hours=3, minutes=30
        )


# Leave, incidents, segregation, place of safety


def test_a_discharge_ends_leave_and_segregation(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    away = {"kind": "s17", "from_at": at(4, 6, 9), "back_by": at(4, 6, 18)}
    write(northmoor, living.begin_leave, stay, at(4, 6), **away)
    write(northmoor, living.begin_segregation, stay, at(4, 6), from_at=at(4, 6, 9), because="Nowhere else")
    assert {"leave_back", "segregation_daily"} <= set(due_for(stay.person_id))
    write(northmoor, discharge, stay, at(10, 6), discharged_at=at(10, 6, 9))
    with context.as_engine():
        assert StayLeave.objects.get().to_at == Segregation.objects.get().to_at == at(10, 6, 9)
    assert not {"leave_back", "segregation_daily"} & set(due_for(stay.person_id))


def test_a_look_moves_its_own_clock_alone(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    write(northmoor, living.begin_segregation, stay, at(4, 6), from_at=at(4, 6, 9), because="Nowhere else")

    def look(note: Any, *, by: Any) -> None:
        one = Segregation.objects.select_related("stay__person").get()
        seen = {"kind": "clinician", "outcome": "goes_on", "at": at(5, 6, 8), "by_whom": "Dr Ash"}
        living.look_at_segregation(note, segregation=one, **seen)

    act(northmoor, "commissioner", at(5, 6), look)
    due = due_for(stay.person_id)
    assert due["segregation_daily"].due == at(6, 6, 8)
    assert due["segregation_weekly"].due.date() == date(2026, 6, 11)


def test_incidents_are_counted_since_the_last_review(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    for day, times in ((4, 2), (5, 1)):
        happened = {"kind": "physical", "at": at(day, 6, 9), "what": "Held on the floor", "times": times}
        write(northmoor, living.record_incident, stay, at(6, 6), **happened)
    with on(6, 6):
        page = words(staff(northmoor, "commissioner").get(f"/hospital/stays/{stay.pk}"))
    assert "secluded 3 times in this stay; there was no review yet" in page


def test_a_place_of_safety_is_lengthened_once(northmoor: Area) -> None:
    stay = in_hospital(northmoor, kind=Stay.Kind.PLACE_OF_SAFETY, days_ago=0)
    assert due_for(stay.person_id)["place_of_safety"].due == at(4, 6, 9)
    longer = {"at": at(3, 6, 20), "by_whom": "Dr Ash", "because": "Too unwell to be assessed"}
    write(northmoor, living.extend_place_of_safety, stay, at(3, 6, 21), **longer)
    assert due_for(stay.person_id)["place_of_safety_longer"].due == at(4, 6, 21)
    with pytest.raises(NotNow, match="once"):
        write(northmoor, living.extend_place_of_safety, stay, at(3, 6, 21), **longer)


# Who reads it


def test_the_ward_reads_the_stay_and_not_what_the_commissioner_found(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    seen = {"by_whom": "Sam Field", "seen_alone": True, "face_to_face": True, "concerns": "Locked in at night"}
    write(northmoor, overseeing.record_visit, stay, at(10, 6), at=at(10, 6, 9), **seen)
    told(northmoor, stay, "adult_ward", "cqc")
    nurse = northmoor.actors["partner_health"]
    with context.as_engine():
        person = Person.objects.get(pk=stay.person_id)
    involve(northmoor, person, nurse, topics=[Topic.IDENTITY, Topic.HOSPITAL], at=at(4, 6))
    with on(11, 6):
        client = staff(northmoor, "partner_health")
        page = words(client.get(f"/hospital/stays/{stay.pk}"))
        assert "Sandpiper House" in page and "Locked in at night" not in page
        assert client.get(f"/hospital/stays/{stay.pk}/follows").status_code == 403
        assert client.get(f"/hospital/stays/{stay.pk}/leave").status_code == 403


def test_nobody_next_door_reads_or_writes_a_stay(northmoor: Area, saltby: Area) -> None:
    stay = in_hospital(northmoor)
    with on(4, 6):
        other = staff(saltby, "commissioner")
        for page in ("", "/follows", "/leave", "/visit", "/tell/s85", "/known"):
            assert other.get(f"/hospital/stays/{stay.pk}{page}").status_code == 404, page
        assert "Teal" not in words(other.get("/hospital"))


# Everybody in hospital


def test_the_list_says_where_how_long_and_what_is_next(northmoor: Area) -> None:
    long = in_hospital(northmoor, "Jordan", days_ago=50, legal_status="03")
    in_hospital(northmoor, "Robin", days_ago=2, keyworker=False, adult_ward=True)
    left = in_hospital(northmoor, "Gone", keyworker=False)
    write(northmoor, discharge, left, at(4, 6), discharged_at=at(4, 6, 9))
    write(northmoor, living.begin_segregation, long, at(4, 6), from_at=at(4, 6, 9), because="Nowhere else")
    with on(6, 6):
        client = staff(northmoor, "commissioner")
        page = words(client.get("/hospital"))
        assert page.index("Jordan Teal") < page.index("Robin Teal"), "the longest first"
        assert "53 days" in page and "Section 3" in page and "Segregated" in page and "Gone Teal" not in page
        only = words(client.get("/hospital?only=adult"))
        assert "Robin Teal" in only and "Jordan Teal" not in only
        own = words(staff(northmoor, "keyworker").get("/hospital"))
        assert "Jordan Teal" in own and "Robin Teal" not in own


def test_pages_ask_a_fixed_number_of_times(northmoor: Area) -> None:
    stay = in_hospital(northmoor, adult_ward=True, unit_inadequate=True)
    for day in range(4, 9):
        happened = {"kind": "physical", "at": at(day, 6, 9), "what": "Held", "times": 1}
        write(northmoor, living.record_incident, stay, at(10, 6), **happened)
        told(northmoor, stay, "inadequate", "host")
    for name in ("Robin", "Ash", "Kit"):
        in_hospital(northmoor, name, keyworker=False)
    with on(11, 6):
        client = staff(northmoor, "commissioner")
        for page in (f"/hospital/stays/{stay.pk}", f"/hospital/stays/{stay.pk}/follows", "/hospital"):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            assert len(asked) <= MOST_STATEMENTS, (page, [one["sql"][:90] for one in asked])


def test_every_form_opens_and_says_what_is_missing(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    safe = in_hospital(northmoor, "Kit", kind=Stay.Kind.PLACE_OF_SAFETY, days_ago=0)
    write(northmoor, living.begin_segregation, stay, at(4, 6), from_at=at(4, 6, 9), because="Nowhere else")
    leave = {"kind": "s17", "from_at": at(4, 6, 9), "back_by": at(4, 6, 18)}
    away = write(northmoor, living.begin_leave, stay, at(4, 6), **leave)
    with context.as_engine():
        ward = WardStay.objects.get(stay=stay).pk
        segregation = Segregation.objects.get().pk
    forms = ["move", f"wards/{ward}", "admission", "dates", "legal", "leave", f"leave/{away.pk}/back", "incident",
             "segregation", f"segregation/{segregation}/look", "tell/s85", "visit"]  # fmt: skip
    with on(5, 6):
        client = staff(northmoor, "commissioner")
        addresses = [f"/hospital/stays/{stay.pk}/{form}" for form in forms] + [f"/hospital/stays/{safe.pk}/lengthen"]
        for address in addresses:
            assert client.get(address).status_code == 200, address
            answer = press(
                client, address, **{"on-day": "31", "on-month": "6", "on-year": "2026", "admitted_on-day": ""}
            )
            assert answer.status_code == 422 and "There is a problem" in words(answer), address
        for missing in ("wards/0", "leave/0/back", "segregation/0/look", "tell/nothing", "notices/0/reply"):
            assert client.get(f"/hospital/stays/{stay.pk}/{missing}").status_code == 404, missing


def test_forms_save_what_was_typed(northmoor: Area) -> None:
    stay = in_hospital(northmoor)
    page = f"/hospital/stays/{stay.pk}"
    day = {"on-day": "5", "on-month": "6", "on-year": "2026"}
    with on(5, 6, 16):
        client = staff(northmoor, "keyworker")
        said: dict[str, dict[str, str]] = {
            "move": {"move": "ward", "ward_name": "Teasel", "ward_type": "camhs_general", "distance": "50",
                     "unit": "miles", "out_of_area": "yes", **day, "at": "9:00"},
            "admission": {"registered_before": "yes", "review_before": "none", "diagnosed": "before",
                          "admission_kind": "first", "ehc_plan": "yes", "advocate": "imha", "council": "Saltby"},
            "legal": {"code": "02", **day, "at": "10:00"},
            "leave": {"kind": "s17", **day, "at": "11:00", "back_on-day": "6", "back_on-month": "6",
                      "back_on-year": "2026", "where": "Home"},
            "incident": {"kind": "self_harm", **day, "at": "12:00", "what": "A cut", "times": "1",
                         "severity": "2", "told_by": "Sister Okafor", "family_told": "no"},
            "segregation": {**day, "at": "13:00", "because": "Nowhere else"},
            "visit": {**day, "at": "14:00", "by_whom": "Sam Field", "face_to_face": "yes", "seen_alone": "yes",
                      "spoke_with": "family"},
            "dates": {"admitted_on-day": "30", "admitted_on-month": "5", "admitted_on-year": "2026",
                      "admitted_time": "8:00", "because": "Rung"},
        }  # fmt: skip
        for name, given in said.items():
            answer = press(client, f"{page}/{name}", **given)
            assert answer.status_code == 302, (name, words(answer)[:4000])
        shown = words(client.get(page))
        assert all(found in shown for found in ("Teasel", "80 km (50 miles)", "out of area", "Section 2", "A cut"))
        assert "Serious. Told by Sister Okafor" in shown, "when, how bad and who said so"
    with context.as_engine():
        assert StayIncident.objects.get().family_told == "no"
        assert OversightVisit.objects.get().spoke_with == ["family"]
        assert StayLeave.objects.get().back_by == at(6, 6, 23, 59)

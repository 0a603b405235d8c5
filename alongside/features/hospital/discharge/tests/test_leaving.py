"""Nobody leaves with something unsaid; what follows has days; and whoever is back teaches something."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.hospital.discharge.causes import record_root_cause, say_change_made
from alongside.features.hospital.discharge.delays import begin_ready
from alongside.features.hospital.discharge.figures import count_area, list_inside
from alongside.features.hospital.discharge.leaving import LeftOne, look_back, write_leaving
from alongside.features.hospital.discharge.queries import list_ready, nights_lost
from alongside.features.hospital.discharge.tests.conftest import ADMITTED, TODAY, Case, refused, signed_in
from alongside.features.hospital.models import Leaving, LeftUndone, RootCause, Stay
from alongside.features.hospital.operations import admit
from alongside.features.keyworking.contacts.operations import log_contact
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.verify import find_differing
from tests.cast import NOW, START, acting_as, involve

CAUSE: dict[str, Any] = {
    "on_register": "no",
    "review_possible": "yes",
    "no_review": "not_known",
    "known_to": ["education"],
    "found": "School knew for months, and nobody asked.",
    "done_by": "The commissioner",
}
CHANGE: dict[str, Any] = {
    "change": "Schools ask each term.",
    "change_part": "process",
    "change_lead": "Ann Hill",
    "change_organisation": "Northmoor ICB",
    "change_due_on": TODAY + timedelta(days=30),
}


def test_a_discharge_names_every_condition_that_is_not_met(amir: Case) -> None:
    ramp, school = amir.condition("The ramp is built"), amir.condition("A school place", "education")
    left = LeftOne(ramp.pk, "without", "Dr Lee, consultant", "His grandfather carries him")
    with pytest.raises(NotNow) as problem:
        amir.leaves(left=[left])
    assert problem.value.code == "left_behind"
    by = TODAY + timedelta(days=10)
    moved = LeftOne(school.pk, "moved", "Dr Lee, consultant", "The panel meets next week", by)
    amir.leaves(left=[left, moved], closure="family_home", destination="Home to his parents")
    with context.as_engine():
        actions = {one.what: one for one in Action.objects.filter(superseded_by=None)}
        rows = {row.condition_id: row for row in LeftUndone.objects.all()}
        leaving = Leaving.objects.get()
    assert actions["The ramp is built"].state == "not_done"
    assert (actions["A school place"].state, actions["A school place"].due_on) == ("proposed", by)
    assert rows[ramp.pk].decided_by == "Dr Lee, consultant" and rows[school.pk].moved_to == by
    assert (leaving.closure, leaving.where_to) == ("family_home", "Home to his parents")
    assert list(find_differing()) in ([], [(1, [])])


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True)])
def test_what_is_moved_goes_to_the_day_of_leaving_or_later(amir: Case, days: int, taken: bool) -> None:
    ramp = amir.condition("The ramp is built")
    left = LeftOne(ramp.pk, "moved", "Dr Lee", "Soon", TODAY + timedelta(days=days))
    try:
        amir.leaves(left=[left])
    except NotNow as problem:
        assert problem.code == "moved_to" and not taken
    else:
        assert taken


def test_the_database_holds_who_decided_and_the_day(amir: Case) -> None:
    ramp = amir.condition("The ramp is built")
    amir.leaves(left=[LeftOne(ramp.pk, "without", "Dr Lee", "He wants to go home")])
    with context.as_engine():
        row = LeftUndone.objects.get()
    refused(row, "left_undone_by_whom_and_why", decided_by="")
    refused(row, "left_undone_by_whom_and_why", because="")
    refused(row, "moved_to_a_day", how="moved")
    refused(row, "moved_to_a_day", moved_to=TODAY)


def test_the_nights_end_with_the_discharge(amir: Case) -> None:
    amir.act(begin_ready, from_date=TODAY - timedelta(days=7), reason="10", body="07")
    amir.leaves()
    with context.as_engine():
        assert nights_lost(list_ready(amir.stay), TODAY + timedelta(days=90)) == 7


def test_a_discharge_that_says_nothing_makes_its_writing_due(amir: Case) -> None:
    amir.leaves()
    assert amir.due("leaving_written_up")
    made = amir.act(write_leaving, closure="family_home", seen=0, ring="Crisis team", ring_phone="01632 960100")
    assert amir.due("leaving_written_up") is None
    amir.act(write_leaving, closure="foster_care", seen=made.pk)
    with pytest.raises(NotNow) as problem:
        amir.act(write_leaving, closure="hospice", seen=made.pk)
    assert problem.value.code == "stale"


def test_on_the_page_each_condition_is_asked_about(amir: Case) -> None:
    ramp = amir.condition("The ramp is built")
    asha = signed_in(amir.asha)
    address = f"/hospital/stays/{amir.stay_id}/discharge"
    assert "Not met yet: The ramp is built" in asha.get(address).content.decode()
    given = {"submission": new_token(), "on-day": TODAY.day, "on-month": TODAY.month, "on-year": TODAY.year}
    answer = asha.post(address, given | {f"because_{ramp.pk}": "He carries him"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Select what happens with 1" in page and "He carries him" in page
    given |= {f"how_{ramp.pk}": "moved", f"because_{ramp.pk}": "Soon", "decided_by": "Dr Lee"}
    assert "Enter the day by which condition 1 is met" in asha.post(address, given).content.decode()
    given |= {f"how_{ramp.pk}": "without"}
    assert asha.post(address, given).status_code == 302
    with context.as_engine():
        assert amir.stay.discharged_at is not None


# Afterwards


def logged(amir: Case, **more: Any) -> None:
    given = {"way": "phone", "with_whom": ["young_person"], "outcome": "Well."} | more
    with acting_as(amir.asha) as me, recording(by=me, at=NOW) as note:
        log_contact(note, person=Person.objects.get(pk=amir.person.pk), **given)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ({}, True),
        ({"way": "visit"}, True),
        ({"way": "text"}, False),
        ({"with_whom": ["family"]}, False),
        ({"reached": False, "outcome": ""}, False),
    ],
)
def test_a_logged_contact_with_the_young_person_answers_by_itself(amir: Case, said: Any, answers: bool) -> None:
    amir.leaves(at=NOW - timedelta(hours=20))
    assert amir.due("discharge_contact_1") and amir.due("discharge_contact_missed:1")
    logged(amir, **said)
    assert (amir.due("discharge_contact_1") is None) == answers
    assert (amir.due("discharge_contact_missed:1") is None) == answers
    assert amir.due("discharge_contact_2"), "the second stays due"


def test_the_weeks_after_hospital_on_one_page(amir: Case, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    amir.leaves(at=NOW - timedelta(hours=50), closure="family_home")
    asha = signed_in(amir.asha)
    with django_assert_max_num_queries(12):
        page = asha.get(f"/hospital/stays/{amir.stay_id}/after-discharge").content.decode()
    for words in ("2 days without going back", "Missed", "stays red for at least 2 weeks", "Family home"):
        assert words in page, words
    logged(amir)
    assert "Made" in asha.get(f"/hospital/stays/{amir.stay_id}/after-discharge").content.decode()


def test_while_they_are_there_the_page_leads_to_the_plan(amir: Case) -> None:
    answer = signed_in(amir.asha).get(f"/hospital/stays/{amir.stay_id}/after-discharge")
    assert answer.headers["Location"] == f"/hospital/stays/{amir.stay_id}/discharge-plan"


def test_whoever_works_at_the_hospital_reads_for_thirty_days_more(amir: Case) -> None:
    nurse, doctor = amir.area.actors["partner_health"], amir.area.actors["partner_social_care"]
    with context.as_engine(), recording(by=amir.area.actors["coordinator"], at=START) as note:
        ward = Organisation.objects.create(kind="provider", name="willow ward", code="W1")
        nurse.organisation = ward
        nurse.save(update_fields=["organisation"])
        note("actor.changed", words="A nurse works at the ward.", icb_id=amir.area.icb.pk)
    involve(amir.area, amir.person, nurse, topics=[Topic.IDENTITY, Topic.HOSPITAL], at=ADMITTED)
    involve(amir.area, amir.person, doctor, topics=[Topic.IDENTITY, Topic.HOSPITAL], kind="social_care", at=ADMITTED)
    with acting_as(nurse) as me:
        assert Stay.objects.visible_to(me).filter(pk=amir.stay_id).exists()
    amir.leaves()
    with context.as_engine():
        ends = dict(Involvement.objects.filter(because="link").values_list("actor_id", "to_at"))
    assert ends[nurse.pk] == NOW + timedelta(days=30), "at the hour of the discharge"
    assert ends[doctor.pk] is None, "who works elsewhere goes on"


def test_the_wards_nurse_reads_the_plan_and_changes_nothing(amir: Case) -> None:
    nurse = amir.area.actors["partner_health"]
    amir.plan()
    amir.act(record_root_cause, seen=0, **CAUSE)
    page = f"/hospital/stays/{amir.stay_id}"
    assert signed_in(nurse).get(f"{page}/discharge-plan").status_code == 404, "before anybody let them in"
    involve(amir.area, amir.person, nurse, topics=[Topic.IDENTITY, Topic.HOSPITAL])
    assert "Sister Okafor" in signed_in(nurse).get(f"{page}/discharge-plan").content.decode()
    assert signed_in(nurse).get(f"{page}/discharge-plan/lead").status_code in (403, 404)
    with acting_as(nurse) as me:
        assert not RootCause.objects.visible_to(me).exists(), "an analysis is the team's"


# Back in hospital, and why


def back_after(amir: Case, days: int) -> Case:
    amir.leaves(at=NOW - timedelta(days=days), closure="family_home")
    with acting_as(amir.area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        again = admit(
            note,
            person=Person.objects.get(pk=amir.person.pk),
            kind=Stay.Kind.HOSPITAL,
            place_name="Willow Ward",
            admitted_at=NOW,
        )
    return Case(amir.area, amir.person, amir.asha, again.pk)


def test_whoever_is_back_opens_a_look_back_on_the_old_plan(amir: Case) -> None:
    again = back_after(amir, 10)
    duty = again.due("readmission")
    assert duty and duty.doing == "open_look_back"
    page = signed_in(amir.asha).get(f"/hospital/stays/{again.stay_id}/look-back").content.decode()
    assert "were back after 10 days" in page and "Family home" in page
    again.act(look_back, helped="The crisis team", lacked="School", different="A school first")
    assert again.due("readmission") is None
    with pytest.raises(NotNow):
        amir.act(look_back, helped="", lacked="School", different="A school first")


def test_the_analysis_ends_what_is_due_and_its_change_is_due_until_it_is_made(amir: Case) -> None:
    assert amir.due("root_cause:")
    amir.act(record_root_cause, seen=0, **CAUSE, **CHANGE)
    assert amir.due("root_cause:") is None
    assert amir.due("root_cause_change").due.date() == CHANGE["change_due_on"]
    amir.act(say_change_made, on=TODAY, result="The question goes out")
    assert amir.due("root_cause_change") is None
    with pytest.raises(NotNow):
        amir.act(say_change_made, on=TODAY, result="Again")


def test_a_change_has_a_lead_and_a_day_even_where_code_forgets(amir: Case) -> None:
    amir.act(record_root_cause, seen=0, **CAUSE, **CHANGE)
    with context.as_engine():
        row = RootCause.objects.get()
    for wrong in ({"change_lead": ""}, {"change_due_on": None}, {"change_organisation": ""}, {"change_part": ""}):
        refused(row, "change_has_a_lead_and_a_day", **wrong)
    refused(row, "root_cause_says_what_was_found", known_to=[])


def test_the_form_asks_for_the_rest_of_a_change(amir: Case) -> None:
    asha = signed_in(amir.asha)
    given = {"submission": new_token(), "seen": "0", **CAUSE, "change": "Schools ask each term."}
    page = asha.post(f"/hospital/stays/{amir.stay_id}/root-cause/write", given).content.decode()
    for sentence in ("Write who leads the change", "Enter the day by which it changes", "Select what kind of change"):
        assert sentence in page, sentence
    answer = asha.post(f"/hospital/stays/{amir.stay_id}/root-cause/write", given | {"change": ""})
    assert answer.status_code == 302
    assert "School knew for months" in asha.get(f"/hospital/stays/{amir.stay_id}/root-cause").content.decode()


# The area


def test_the_area_counts_nights_returns_and_causes(
    amir: Case, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    amir.act(begin_ready, from_date=TODAY - timedelta(days=7), reason="10", body="07")
    amir.act(record_root_cause, seen=0, **CAUSE, **CHANGE | {"change_due_on": TODAY - timedelta(days=1)})
    commissioner = amir.area.actors["commissioner"]
    with acting_as(commissioner) as me:
        counted = count_area(me, [amir.area.icb.pk], TODAY, 12)
        assert [one.stay.pk for one in list_inside(me, [amir.area.icb.pk])] == [amir.stay_id]
    assert (counted.total, counted.changes_open, counted.changes_late) == (7, 1, 1)
    assert [(one.words, one.nights) for one in counted.by_body] == [("Housing", 7)]
    with django_assert_max_num_queries(12):
        page = signed_in(commissioner).get("/hospital/discharges").content.decode()
    for words in ("1 ready and still there", "Moss", "7 nights", "Nobody knew of them: 1", "No date"):
        assert words in page, words


def test_who_was_back_within_thirty_days_is_counted(amir: Case) -> None:
    again = back_after(amir, 25)
    later = TODAY + timedelta(days=40)
    with acting_as(amir.area.actors["commissioner"]) as me:
        counted = count_area(me, [amir.area.icb.pk], later, 12)
    assert [(one.left, one.back) for one in counted.came_back] == [(1, 1), (0, 0), (0, 0)]
    assert again.due("readmission")


def test_another_area_reads_none_of_it(amir: Case, saltby: Any) -> None:
    for page in ("discharge-plan", "after-discharge", "root-cause", "look-back"):
        answer = signed_in(saltby.actors["commissioner"]).get(f"/hospital/stays/{amir.stay_id}/{page}")
        assert answer.status_code == 404, page


def test_the_day_a_date_is_a_day_in_england(amir: Case) -> None:
    assert isinstance(amir.says(TODAY).expected_on, date)

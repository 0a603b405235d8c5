"""Amir, 13, leaves hospital: two weeks red, contacts, step by step down, and back again by five questions.

Replayed with the clock standing still; each 'must' is looked at by signing in as whoever it is visible to. All people
are invented.
"""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from alongside.features.hospital.models import Stay
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.stepping_down.operations import end_keyworking, plan_step_down
from alongside.features.people.models import Person
from alongside.features.referrals.models import Referral
from alongside.features.referrals.notices.tests.telling import a_link
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import rate, remove
from alongside.foundation.access import context
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing, find_differing_matters
from alongside.policy.stepping_down import Step
from tests.cast import NO_FLOOR, Area, add_registered
from tests.stories.leaving_hospital import (
    a_nurse_of_the_ward,
    his_father,
    monday_2_march_ready_and_still_there,
    monday_9_march_he_leaves,
    stay_of,
    the_ward_reads_for_thirty_days_more,
    visited,
    wednesday_4_february_seven_conditions,
    wednesday_the_first_contact,
)
from tests.stories.telling import act, at, colour_of, due_for, hidden, on, press, staff, words

pytestmark = pytest.mark.django_db
BORN = {"birth_date-day": "14", "birth_date-month": "6", "birth_date-year": "2012"}


def amir_on_the_register(area: Area) -> tuple[Person, RegisterEntry]:
    moment = datetime(2025, 11, 3, 9, tzinfo=UTC)
    person, entry = add_registered(
        area, given_name="Amir", family_name="Sadiq", birth_date=date(2012, 6, 14), nhs_number="9990000018", at=moment
    )
    given = {"person": person, "worker": area.actors["keyworker"], "from_date": moment.date()}
    act(area, "manager", moment, _allocate, **given)
    act(area, "coordinator", moment, rate, entry=entry, colour="amber", because="Not sleeping.", demanded=NO_FLOOR)
    return person, entry


def _allocate(note: Any, *, by: Any, **given: Any) -> None:
    allocate(note, **given | {"person": Person.objects.get(pk=given["person"].pk)})


def january_the_ward_tells(area: Area, amir: Person) -> None:
    """By its own link, in six fields: the stay stands on his record and he is blue at once, in the ward's name."""
    _, token = a_link(area, "notice", unit="Willow Ward", at=datetime(2025, 12, 1, tzinfo=UTC))
    with on(12, 1, 15):
        ward = Client()
        answer = ward.post(
            f"/notice/{token}",
            hidden(ward.get(f"/notice/{token}"))
            | BORN
            | {
                "given_name": "Amir", "family_name": "Sadiq", "nhs_number": "999 000 0018",
                "where_now": "Willow Ward", "place": "mental_health_hospital", "on-day": "12", "on-month": "1",
                "on-year": "2026", "at": "14:00", "happened": "Came in with his father.",
                "ring_name": "Sister Okafor", "ring_phone": "01632 960177",
            },
        )  # fmt: skip
        assert answer.status_code == 302, words(answer)
        worker = words(staff(area, "keyworker").get(f"/people/{amir.reference}"))
        assert "Went into Willow Ward" in worker, "from the ward to the keyworker within the hour"
    with context.as_engine():
        stay = Stay.objects.get(person=amir)
        entry = RegisterEntry.objects.get(person=amir)
    assert stay.recorded_by.name.startswith("Willow Ward, Northmoor Hospital") and stay.registered_before
    assert not entry.not_registered_before_admission, "he was on the register before"
    assert colour_of(amir.pk) == "blue"


def not_below_red_before_23_march(area: Area, amir: Person, entry: RegisterEntry) -> None:
    """The page says until when, and takes amber from that day on."""
    for day, taken in ((22, False), (23, True)):
        with on(day, 3, 15):
            coordinator = staff(area, "coordinator")
            address = f"/register/entries/{entry.pk}/rate"
            page = coordinator.get(address)
            given = hidden(page) | {
                "colour": "amber",
                "because": "Two weeks at home went well.",
                "reasons": ["holding"],
            }
            answer = coordinator.post(address, given)
            assert (answer.status_code == 302) == taken, (day, words(answer)[:3000])
        assert colour_of(amir.pk) == ("amber" if taken else "red")


def two_endings(area: Area, amir: Person, entry: RegisterEntry) -> None:
    """29 April green; 10 June contact becomes less, fortnightly then monthly; 15 July keyworking ends.

    He stays green on the register, and leaves it on 20 August.
    """
    with context.as_engine():
        entry.refresh_from_db()
    act(area, "coordinator", at(29, 4), rate, entry=entry, colour="green", because="All is well.", demanded=NO_FLOOR)
    assert due_for(amir.pk)["step_down_considered"].due.date() == date(2026, 6, 10)
    act(area, "keyworker", at(10, 6), _less, person=amir)
    act(area, "keyworker", at(22, 6), visited, person=amir)
    assert due_for(amir.pk)["contact_again"].due.date() == date(2026, 7, 6), "fortnightly, as it was planned"
    with on(14, 7):
        page = words(staff(area, "manager").get(f"/people/{amir.reference}/stepping-down"))
    assert "Every 2 weeks" in page and "Every 4 weeks" in page and "Less than planned" in page, "planned and actual"
    act(area, "manager", at(15, 7), _end, person=amir)
    with context.as_engine():
        entry.refresh_from_db()
    assert entry.removed_on is None and colour_of(amir.pk) == "green"
    act(area, "coordinator", at(20, 8), remove, entry=entry, on=date(2026, 8, 20), because="risk_low")
    with on(21, 8):
        assert staff(area, "keyworker").get(f"/people/{amir.reference}").status_code == 404


def _less(note: Any, *, person: Person, by: Any) -> None:
    plan_step_down(
        note,
        person=Person.objects.get(pk=person.pk),
        starts_on=date(2026, 6, 10),
        ends_on=date(2026, 7, 15),
        steps=[Step(date(2026, 6, 10), 14), Step(date(2026, 7, 8), 28)],
    )


def _end(note: Any, *, person: Person, by: Any) -> None:
    end_keyworking(
        note,
        by=by,
        person=Person.objects.get(pk=person.pk),
        on=date(2026, 7, 15),
        reason="stepped_down",
        told="talked",
        told_words="Amir and his father",
        lead_name="Ed Holloway",
        lead_organisation="Netherby High School",
    )


def friday_11_september_come_back(area: Area) -> Referral:
    """A worried teacher: five questions, without an account, with a receipt at once."""
    with on(11, 9, 16):
        teacher = Client()
        page = teacher.get("/come-back")
        assert len(re.findall(r"<h2[^>]*>\d\. ", words(page))) <= 5
        given = hidden(page) | BORN | {
            "given_name": "Amir", "family_name": "Sadiq", "words": "He stays in the toilets all day.",
            "asker": "professional", "asker_name": "Ed Holloway", "reach": "ed@example.com", "agreed": "no",
        }  # fmt: skip
        if 'name="area"' in words(page):
            given["area"] = str(area.icb.pk)
        answer = teacher.post("/come-back", given)
        assert answer.status_code == 302, words(answer)
        assert "9 October 2026" in words(teacher.get(answer.headers["Location"])), "the clock to the outcome"
        again = teacher.post("/come-back", given)
        assert again.status_code == 302
    with context.as_engine():
        referral = Referral.objects.get()
    return referral


def monday_14_september_amber_with_the_same_keyworker(
    area: Area, amir: Person, entry: RegisterEntry, referral: Referral
) -> None:
    """The coordinator sees who worked with him; he comes back, and readmission-free days can be told."""
    with on(14, 9, 9):
        coordinator = staff(area, "coordinator")
        page = words(coordinator.get(f"/referrals/{referral.pk}"))
        assert amir.reference in page and "It is them: accept" in page
        assert f"{area.actors['keyworker'].name} was their keyworker until 15 July 2026" in page
        address = f"/referrals/{referral.pk}/accept?person={amir.reference}"
        given = {
            "listing": "child", "reason": "Out of lessons.", "answer": "given", "basis": "parental",
            "decided_by": "His mother", "decided_on-day": "14", "decided_on-month": "9", "decided_on-year": "2026",
        }  # fmt: skip
        answer = press(coordinator, address, **given)
        assert answer.status_code == 302, words(answer)
    with context.as_engine():
        back = RegisterEntry.objects.get(person=amir, removed_on=None)
        left = Stay.objects.get(person=amir).discharged_at
    assert back.came_back_from_id == entry.pk
    act(area, "coordinator", at(14, 9), rate, entry=back, colour="amber", because="Out of lessons.", demanded=NO_FLOOR)
    assert colour_of(amir.pk) == "amber"
    assert left is not None and (date(2026, 9, 14) - left.date()).days == 189
    given = {"person": amir, "worker": area.actors["keyworker"], "from_date": date(2026, 9, 14)}
    act(area, "manager", at(14, 9, 12), _allocate, **given)
    with on(15, 9):
        counted = words(staff(area, "manager").get("/keyworking/endings"))
        after = words(staff(area, "manager").get(f"/hospital/stays/{stay_of(amir)}/after-discharge"))
        figures = words(staff(area, "commissioner").get("/hospital/discharges"))
    assert "1 came back within 12 months" in counted
    assert "190 days without going back" in after
    assert re.search(r"30 days</th><td[^>]*>1</td><td[^>]*>0</td>", figures), "one discharge, nobody back"
    assert "<strong>1 young person</strong> came back to the register" in figures, (
        "and the commissioner sees re-entries"
    )
    assert re.search(r"180 days</th><td[^>]*>1</td><td[^>]*>0</td>", figures)


def test_story_9_day_by_day(northmoor: Area) -> None:
    amir, entry = amir_on_the_register(northmoor)
    january_the_ward_tells(northmoor, amir)
    father = his_father(northmoor, amir)
    a_nurse_of_the_ward(northmoor, amir)
    stay = wednesday_4_february_seven_conditions(northmoor, amir)
    monday_2_march_ready_and_still_there(northmoor, amir, stay, father)
    monday_9_march_he_leaves(northmoor, amir, father)
    wednesday_the_first_contact(northmoor, amir)
    not_below_red_before_23_march(northmoor, amir, entry)
    the_ward_reads_for_thirty_days_more(northmoor, amir)
    two_endings(northmoor, amir, entry)
    referral = friday_11_september_come_back(northmoor)
    monday_14_september_amber_with_the_same_keyworker(northmoor, amir, entry, referral)
    assert list(find_differing_matters()) == []
    assert [found for _, found in find_differing()] in ([], [[]])
    with context.as_engine():
        assert Duty.objects.filter(person=amir).exists(), "for every person there is a next thing due"


def test_what_is_missing_on_the_form_of_coming_back_is_a_sentence(northmoor: Area) -> None:
    answer = Client().post("/come-back", {"submission": "x" * 22, "words": "Worried", "reach": "ed@"})
    page = words(answer)
    assert answer.status_code == 422 and "Worried" in page
    for sentence in ("Write their first name", "Select who you are", "Write the whole e-mail address"):
        assert sentence in page, sentence

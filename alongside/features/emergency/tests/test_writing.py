"""An emergency meeting is kept as it is typed and becomes one act when it is saved."""

from datetime import timedelta

import pytest

from alongside.features.actions.models import Action
from alongside.features.emergency.models import EmergencyDraft, EmergencyMeeting, EmergencyTask, SafetyPlan
from alongside.features.emergency.tests.conftest import (
    PLAN,
    STEPS,
    hidden,
    press,
    signed_in,
    type_all,
    words,
    write_meeting,
)
from alongside.features.people.models import Person
from alongside.features.register.models import Rating
from alongside.features.reviews.models import Review
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Message
from alongside.overview.models import Duty
from tests.cast import NOW, Area

pytestmark = pytest.mark.django_db


def _here(person: Person) -> str:
    return f"/people/{person.reference}/emergency"


def test_what_was_typed_is_there_when_they_come_back(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    press(client, f"{_here(tariq)}/write/why", **STEPS["why"])
    again = signed_in(northmoor.actors["commissioner"])
    assert "The police brought him to A&amp;E." in words(again.get(f"{_here(tariq)}/write/why"))
    assert "The police brought him" in words(again.get(f"{_here(tariq)}/write/check"))


def test_a_step_with_something_wrong_is_kept_and_said(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    answer = press(client, f"{_here(tariq)}/write/there", at="half past", chair="Dr Lund")
    assert answer.status_code == 422 and "Enter a time like 9:30 or 2pm" in words(answer)
    assert "Dr Lund" in words(client.get(f"{_here(tariq)}/write/there"))


def test_a_page_opened_before_does_not_write_over_newer_words(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    address = f"{_here(tariq)}/write/tried"
    old = hidden(client.get(address))
    press(client, address, tried="A crisis house.")
    answer = client.post(address, old | {"tried": "Respite."})
    assert answer.status_code == 409
    told = words(answer)
    assert "Other words stand here now" in told and "A crisis house." in told and "Respite." in told
    assert client.post(address, hidden(answer) | {"tried": "A crisis house. Respite."}).status_code == 302
    assert "A crisis house. Respite." in words(client.get(address))


def test_the_same_page_sent_twice_is_kept_once(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    address = f"{_here(tariq)}/write/tried"
    sent = hidden(client.get(address)) | {"tried": "A crisis house."}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]


def test_the_script_keeps_what_is_typed_meanwhile(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    page = client.get(f"{_here(tariq)}/write/tried")
    kept = client.post(f"{_here(tariq)}/write/tried/keep", hidden(page) | {"tried": "A cri"})
    assert kept.json() == {"kept": True}
    assert client.post(f"{_here(tariq)}/write/tried", hidden(page) | {"tried": "A crisis house."}).status_code == 302


def test_everything_that_is_missing_is_said_and_nothing_is_saved(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    page = words(client.get(f"{_here(tariq)}/write/check"))
    for sentence in ("Write what happened", "Select what was decided", "Write the safety plan", "Select how you meet"):
        assert sentence in page, sentence
    assert (
        client.post(f"{_here(tariq)}/write/check", hidden(client.get(f"{_here(tariq)}/write/why"))).status_code == 422
    )
    with context.as_engine():
        assert not EmergencyMeeting.objects.exists()


def test_saving_makes_everything_in_one_act_and_only_once(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    type_all(client, tariq, northmoor)
    address = f"{_here(tariq)}/write/check"
    sent = hidden(client.get(address))
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    with context.as_engine():
        meeting = EmergencyMeeting.objects.get()
        assert meeting.dissents.get().because == "The house has no second exit."
        assert {one.agency for one in meeting.sides.all()} == {"hospital", "social_care", "education"}
        assert meeting.review.kind == Review.Kind.EMERGENCY and meeting.review.held_at == meeting.happened_at
        assert SafetyPlan.objects.get().words == PLAN
        action = Action.objects.get()
        assert (action.origin, action.origin_id) == (Action.Origin.EMERGENCY, meeting.pk)
        assert EmergencyTask.objects.get().action_id == action.pk
        assert Rating.objects.filter(standing="proposed").values_list("colour", flat=True).get() == "red"
        assert not EmergencyDraft.objects.exists()
        told = Message.objects.filter(kind="emergency_met")
        assert told.filter(to_actor=northmoor.actors["keyworker"]).exists()
        assert told.filter(to_team=northmoor.teams["register"]).exists()
        assert all("Tariq" not in f"{one.subject} {one.body}" for one in told)


@pytest.mark.parametrize("outcome", ["informal", "detained"])
def test_who_was_admitted_is_not_proposed_red(northmoor: Area, tariq: Person, outcome: str) -> None:
    write_meeting(northmoor, tariq, decision=STEPS["decision"] | {"outcome": outcome})
    with context.as_engine():
        assert not Rating.objects.filter(standing="proposed").exists()


def test_what_somebody_began_is_due_and_can_be_taken_over(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    press(client, f"{_here(tariq)}/write/why", **STEPS["why"])
    with context.as_engine():
        duty = Duty.objects.get(rule_key="emergency_written")
        draft = EmergencyDraft.objects.get()
    assert duty.owner_actor == northmoor.actors["commissioner"]
    coordinator = signed_in(northmoor.actors["coordinator"])
    assert press(coordinator, f"{_here(tariq)}/drafts/{draft.pk}").status_code == 302
    assert "The police brought him" in words(coordinator.get(f"{_here(tariq)}/write/check"))
    assert client.get(f"{_here(tariq)}/write/why").status_code == 302, "it is not theirs any more"


def test_a_meeting_that_never_was_is_dropped_with_a_reason(northmoor: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    press(client, f"{_here(tariq)}/begin")
    with context.as_engine():
        draft = EmergencyDraft.objects.get()
    assert "Enter the reason" in words(press(client, f"{_here(tariq)}/drafts/{draft.pk}/drop"))
    press(client, f"{_here(tariq)}/drafts/{draft.pk}/drop", because="Wrong person")
    with context.as_engine():
        assert not EmergencyDraft.objects.exists()
        assert not Duty.objects.filter(rule_key="emergency_written").exists()


def test_an_owner_without_account_gets_a_link_and_a_place_of_work(northmoor: Area, tariq: Person) -> None:
    typed = {
        "job_1_what": "Visit at 9", "job_1_who": "other", "job_1_name": "Jo Lee", "job_1_place": "Northmoor Council",
        "job_1_reach": "07700 900177", "watcher": str(northmoor.actors["manager"].pk),
    }  # fmt: skip
    meeting = write_meeting(northmoor, tariq, jobs=typed)
    with context.as_engine():
        action = Action.objects.get()
        assert action.by_link and action.owner.name == "Jo Lee" and action.owner_place == "Northmoor Council"
        checks = Duty.objects.get(rule_key="emergency_checked")
    assert checks.owner_actor == northmoor.actors["manager"] and meeting.watcher == northmoor.actors["manager"]


@pytest.mark.parametrize(("minutes", "status"), [(0, 302), (1, 422)])
def test_a_meeting_of_more_than_a_week_before_it_was_begun_is_a_contact(
    northmoor: Area, tariq: Person, minutes: int, status: int
) -> None:
    held = NOW - timedelta(days=7, minutes=minutes)
    client = signed_in(northmoor.actors["commissioner"])
    then = {"on-day": str(held.day), "on-month": str(held.month), "on-year": str(held.year), "at": f"{held:%H:%M}"}
    type_all(client, tariq, northmoor, there=STEPS["there"] | then)
    answer = press(client, f"{_here(tariq)}/write/check")
    assert answer.status_code == status
    assert ("Write it down as a contact" in words(answer)) == (status == 422)


def test_what_lay_unfinished_for_weeks_is_still_finished(
    northmoor: Area, tariq: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(northmoor.actors["commissioner"])
    type_all(client, tariq, northmoor)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=20))
    again = press(signed_in(northmoor.actors["commissioner"]), f"{_here(tariq)}/write/check")
    assert again.status_code == 302, words(again)
    with context.as_engine():
        assert EmergencyMeeting.objects.get().happened_at == NOW

"""After the meeting: read first, looked at in the morning, followed by a review or by a decision with a name."""

from datetime import timedelta

import pytest

from alongside.features.actions.models import Action
from alongside.features.emergency.models import EmergencyMeeting
from alongside.features.emergency.tests.conftest import PLAN, STEPS, press, signed_in, words, write_meeting
from alongside.features.hospital.operations import admit
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.features.register.models import Rating
from alongside.features.reviews.models import Review
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db


def _page(meeting: EmergencyMeeting) -> str:
    return f"/people/{meeting.person.reference}/emergency/meetings/{meeting.pk}"


def _due(start: str) -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(rule_key__startswith=start).order_by("key"))


def test_it_stands_first_on_the_keyworkers_day_and_on_the_register_teams(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    for role, address in (("keyworker", "/"), ("coordinator", f"/?inbox={northmoor.teams['register'].pk}")):
        client = signed_in(northmoor.actors[role])
        day = words(client.get(address))
        top = day[day.index('id="top-heading"') :]
        assert "Read first: there was an emergency meeting" in top.split("</ul>")[0], role
        press(client, f"{_page(meeting)}/read")
        assert "Read first" not in words(client.get(address)), role
    assert _due("emergency_read") == []
    assert [found for _, found in find_differing()] in ([], [[]])


def test_one_page_tells_the_keyworker_what_was_decided_by_whom_and_what_is_next(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    page = words(signed_in(northmoor.actors["keyworker"]).get(_page(meeting)))
    for said in (
        "He goes home with two awake staff.", "Dr Ray disagrees:", "The house has no second exit.", PLAN,
        "Ring home and ask how the night was", "Sister Okafor", "Not there: It is Saturday night",
        "Crisis house: full.",
        "Too distressed to be on the phone", "He wants to go home.",
    ):  # fmt: skip
        assert said in page, said


def test_an_admission_that_nobody_wrote_down_is_work_until_somebody_has(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq, decision=STEPS["decision"] | {"outcome": "informal"})
    keyworker, said = signed_in(northmoor.actors["keyworker"]), "No admission is written down yet"
    page = words(keyworker.get(_page(meeting)))
    assert said in page and f"/people/{tariq.reference}/admit" in page
    (duty,) = _due("emergency_admission")
    assert duty.owner_actor == northmoor.actors["keyworker"] and f"{duty.due:%A %d %B}" == "Monday 23 November"
    assert "Record the admission, or say that it did not happen" in words(keyworker.get(f"/people/{tariq.reference}"))
    assert keyworker.get(f"/duties/{duty.pk}/do")["Location"] == _page(meeting)
    with acting_as(northmoor.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        known = Person.objects.get(pk=tariq.pk)
        admit(note, person=known, kind="mental_health_hospital", place_name="Willow Ward", admitted_at=NOW)
    assert said not in words(keyworker.get(_page(meeting)))
    assert _due("emergency_admission") == []
    late = press(keyworker, f"{_page(meeting)}/not-admitted", because="Too late to say so.")
    assert "A stay is written down since" in words(late)


def test_an_admission_that_did_not_happen_is_said_with_a_name_and_proposes_red(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq, decision=STEPS["decision"] | {"outcome": "detained"})
    assert not _proposed(tariq)
    address = f"{_page(meeting)}/not-admitted"
    partner = signed_in(northmoor.actors["partner_health"])
    assert partner.post(address, {"because": "x"}).status_code in (403, 404)
    keyworker = signed_in(northmoor.actors["keyworker"])
    assert "Write what happened instead" in words(press(keyworker, address))
    assert len(_due("emergency_admission")) == 1
    assert press(keyworker, address, because="No bed; the crisis team comes daily.").status_code == 302
    assert _due("emergency_admission") == [] and _proposed(tariq) == ["red"]
    page = words(keyworker.get(_page(meeting)))
    assert "No admission is written down yet" not in page
    assert f"said {northmoor.actors['keyworker'].name} on 20 November 2026: No bed; the crisis team" in page
    assert "Somebody else has done this" in words(press(keyworker, address, because="Once more."))
    assert [found for _, found in find_differing()] in ([], [[]])


def _proposed(person: Person) -> list[str]:
    with context.as_engine():
        return list(Rating.objects.filter(entry__person=person, standing="proposed").values_list("colour", flat=True))


def test_who_stays_at_home_has_no_admission_to_write_down(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    page = words(signed_in(northmoor.actors["keyworker"]).get(_page(meeting)))
    assert "No admission is written down yet" not in page


def test_the_owner_has_it_by_the_moment_that_was_agreed(northmoor: Area, tariq: Person) -> None:
    write_meeting(northmoor, tariq)
    (duty,) = _due("emergency_task")
    assert duty.owner_actor == northmoor.actors["commissioner"] and duty.timed
    assert (duty.due - NOW) < timedelta(days=1, hours=1)
    assert "9:00am" in duty.because
    day = words(signed_in(northmoor.actors["commissioner"]).get("/"))
    assert "Agreed in the night: Ring home" in day


def test_whoever_looks_in_the_morning_says_what_they_found(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    client = signed_in(northmoor.actors["commissioner"])
    assert "Write what you found" in words(press(client, f"{_page(meeting)}/checked"))
    press(client, f"{_page(meeting)}/checked", words="Both staff came; quiet night.")
    assert _due("emergency_checked") == []
    assert "Both staff came; quiet night." in words(client.get(_page(meeting)))
    again = press(client, f"{_page(meeting)}/checked", words="Once more")
    assert "Somebody else has done this" in words(again)


def test_a_review_that_was_held_is_the_follow_up_and_the_meeting_stands_beside_it(
    northmoor: Area, tariq: Person
) -> None:
    meeting = write_meeting(northmoor, tariq)
    assert len(_due("emergency_follow_up")) == 1
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        record_fact(
            note, Review, person=Person.objects.get(pk=tariq.pk), topic=Topic.REVIEW, words="Held.",
            kind=Review.Kind.COMMUNITY, held_at=NOW,
        )  # fmt: skip
    assert _due("emergency_follow_up") == []
    page = words(signed_in(northmoor.actors["keyworker"]).get(_page(meeting)))
    assert "Community C(E)TR, held" in page


def test_only_a_named_person_of_the_area_decides_that_no_review_follows(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    worker = signed_in(northmoor.actors["keyworker"])
    assert worker.get(f"{_page(meeting)}/no-review").status_code == 403
    client = signed_in(northmoor.actors["manager"])
    assert "Write why no review follows" in words(press(client, f"{_page(meeting)}/no-review"))
    press(client, f"{_page(meeting)}/no-review", because="A review is planned for other reasons.")
    assert _due("emergency_follow_up") == []
    assert f"{northmoor.actors['manager'].name} decided" in words(client.get(_page(meeting)))


def test_a_corrected_action_keeps_its_moment(northmoor: Area, tariq: Person) -> None:
    from alongside.features.actions.operations import correct_action

    write_meeting(northmoor, tariq)
    with acting_as(northmoor.actors["commissioner"], NOW) as me, recording(by=me, at=NOW) as note:
        correct_action(note, action=Action.objects.get(), by=me, what="Ring home at nine")
    (duty,) = _due("emergency_task")
    assert "Ring home at nine" in duty.what


def test_it_comes_first_on_the_agenda_of_the_register_meeting(northmoor: Area, tariq: Person) -> None:
    from alongside.features.register.meetings.operations import plan_meeting
    from alongside.overview.meeting.moving import read_moved

    write_meeting(northmoor, tariq)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        planned = plan_meeting(
            note, icb_id=northmoor.icb.pk, listing="child", starts_at=NOW + timedelta(days=3), minutes=60,
            chair=northmoor.actors["coordinator"], place="", by=me,
        )  # fmt: skip
        first = read_moved(me, planned, NOW)[0]
    assert first.person_id == tariq.pk
    assert first.reasons[0].words.startswith("Emergency meeting on 20 November 2026: admission avoided")

"""Who writes and reads a meeting: by their work, or for as long as they broke the glass. The database says it again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, transaction
from django.test import Client

from alongside.features.emergency.models import EmergencyDraft, EmergencyMeeting, SafetyPlan
from alongside.features.emergency.tests.conftest import PLAN, STEPS, hidden, press, signed_in, words, write_meeting
from alongside.features.people.models import Person
from alongside.features.people.operations import add_person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.models import Opening
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, add_registered, key_of

pytestmark = pytest.mark.django_db
NUMBER = "9990000018"


def _opened(area: Area, role: str) -> tuple[Person, Client]:
    """By the database's clock, which is real: an opening is for the hours that follow."""
    now = clock.now()
    person, _ = add_registered(area, given_name="Tariq", nhs_number=NUMBER, at=now - timedelta(days=40))
    client = Client()
    client.cookies["alongside_key"] = key_of(area.actors[role])
    form = {"submission": uuid4().hex, "reason": "hospital", "words": "Brought in by police.", "nhs_number": NUMBER}
    answer = client.post("/break-glass", form)
    assert answer.status_code == 302, words(answer)
    return person, client


@pytest.fixture
def real_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC) - timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.mark.parametrize("role", ["partner_health", "partner_social_care"])
@pytest.mark.usefixtures("real_clock")
def test_whoever_broke_the_glass_writes_a_meeting_and_reads_only_their_own(northmoor: Area, role: str) -> None:
    person, client = _opened(northmoor, role)
    here = f"/people/{person.reference}/emergency"
    assert "Emergency meeting" in words(client.get(f"/people/{person.reference}"))
    press(client, f"{here}/begin")
    steps = STEPS | {
        "jobs": {
            "job_1_what": "Visit at 9", "job_1_who": f"actor-{northmoor.actors['manager'].pk}",
            "watcher": str(northmoor.actors["manager"].pk),
        }
    }  # fmt: skip
    for step, typed in steps.items():
        page = client.get(f"{here}/write/{step}")
        answer = client.post(f"{here}/write/{step}", hidden(page) | typed)
        assert answer.status_code == 302, words(answer)
    answer = press(client, f"{here}/write/check")
    assert answer.status_code == 302, words(answer)
    page = words(client.get(answer.headers["Location"]))
    assert "He goes home with two awake staff." in page and PLAN in page and "Visit at 9" in page
    assert "What else happened" not in page
    with context.as_engine():
        mine = EmergencyMeeting.objects.get()
        assert mine.recorded_by == northmoor.actors[role]
        assert {duty.owner_actor for duty in Duty.objects.filter(rule_key="emergency_task")} == {
            northmoor.actors["manager"]
        }
    other = write_meeting(northmoor, person)
    assert client.get(f"{here}/meetings/{other.pk}").status_code == 404
    with context.as_engine():
        opening = Opening.objects.get()
    client.post(f"/break-glass/{opening.pk}/end", hidden(client.get(f"/break-glass/{opening.pk}/end")))
    assert client.get(f"{here}/meetings/{mine.pk}").status_code == 404, "the glass is mended"


@pytest.mark.usefixtures("real_clock")
def test_the_database_lets_who_broke_the_glass_write_nothing_else(northmoor: Area) -> None:
    person, _ = _opened(northmoor, "partner_health")
    now = clock.now()
    nurse = northmoor.actors["partner_health"]
    with acting_as(nurse, now) as me:
        stamped = {
            "person": person, "topic": 15, "recorded_icb_id": person.icb_id, "recorded_by_id": me.id,
            "recorded_at": now, "happened_at": now,
        }  # fmt: skip
        with pytest.raises(Error), transaction.atomic(), recording(by=me, at=now) as note:
            note("x.y", words="x", person_id=person.pk)
            SafetyPlan.objects.create(**stamped, words="x")
        with pytest.raises(Error), transaction.atomic():
            EmergencyDraft.objects.create(person=person, actor=northmoor.actors["manager"], begun_at=now, saved_at=now)


@pytest.mark.usefixtures("real_clock")
def test_a_draft_of_who_broke_the_glass_is_the_register_teams_to_finish(northmoor: Area) -> None:
    person, client = _opened(northmoor, "partner_health")
    press(client, f"/people/{person.reference}/emergency/begin")
    with context.as_engine():
        duty = Duty.objects.get(rule_key="emergency_written")
    assert duty.owner_team == northmoor.teams["register"]


def test_without_breaking_the_glass_a_partner_is_told_nothing(northmoor: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    here = f"/people/{tariq.reference}/emergency"
    for role in ("partner_health", "partner_social_care", "partner_education", "senior_officer"):
        client = signed_in(northmoor.actors[role])
        for address in (here, f"{here}/begin", f"{here}/write/why", f"{here}/meetings/{meeting.pk}", f"{here}/logs/1"):
            assert client.get(address).status_code in (403, 404), (role, address)


def test_another_area_sees_nothing(northmoor: Area, saltby: Area, tariq: Person) -> None:
    meeting = write_meeting(northmoor, tariq)
    for role in ("coordinator", "manager", "commissioner", "keyworker"):
        client = signed_in(saltby.actors[role])
        assert client.get(f"/people/{tariq.reference}/emergency/meetings/{meeting.pk}").status_code == 404
        if role != "keyworker":
            assert "Tariq" not in words(client.get("/emergencies"))
    with acting_as(saltby.actors["manager"]) as me:
        assert not EmergencyMeeting.objects.visible_to(me).exists()
        assert not EmergencyMeeting.objects.exists()


def test_who_came_by_mistake_adds_nobody(northmoor: Area) -> None:
    """A person who is on no register can have a meeting too: nobody falls through for want of an entry."""
    from tests.cast import NOW

    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        person = add_person(note, icb_id=northmoor.icb.pk, given_name="Ines", family_name="Quarry", birth_date=None)
    number = str(northmoor.actors["coordinator"].pk)
    by_herself = {"job_1_what": "Ring home", "job_1_who": f"actor-{number}", "watcher": number}
    meeting = write_meeting(northmoor, person, by="coordinator", jobs=by_herself)
    assert meeting.colour_then == ""
    with context.as_engine():
        follow = Duty.objects.get(rule_key="emergency_follow_up", person=person)
    assert follow.breach is not None

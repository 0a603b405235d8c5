"""The emergency meeting of Saturday night: looked at on Sunday, read on Monday, followed by a review."""

from datetime import date, timedelta
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.emergency.lines import add_line
from alongside.features.emergency.models import EmergencyMeeting
from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.features.people.operations.family import open_to_family
from alongside.features.reviews.models import PlannedReview, Review
from alongside.features.reviews.organising.operations import ask_for_review, hold, set_day
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import Area, acting_as
from tests.stories.telling import at, on, press, staff, words

MEETING: dict[str, dict[str, str]] = {
    "there": {
        "how": "phone", "chair": "The commissioner on call", "who_hospital": "Sister Okafor",
        "who_social_care": "Jo Lee, emergency duty team", "not_education": "It is Saturday night",
        "on-day": "7", "on-month": "3", "on-year": "2026", "at": "20:00",
    },
    "family": {
        "young_person": "no", "young_person_words": "Too distressed", "family": "yes", "family_words": "His mother",
    },
    "why": {"trigger": "The police brought him to A&E at five past seven.", "instead": "hours"},
    "tried": {"tried": "A crisis house: full. More staff at home: possible."},
    "decision": {
        "outcome": "admission_avoided", "decision": "Not admitted. Two awake staff at home tonight.",
        "dissent_1_name": "Dr Ray", "dissent_1_because": "The house has one exit.",
    },
    "safety": {
        "safety": "Two staff stay awake. Keep the house quiet.", "ring_1_who": "Crisis team",
        "ring_1_phone": "01632 960100",
    },
}  # fmt: skip
JOBS = {
    "job_1_what": "See how the night was", "job_1_who": "other", "job_1_name": "Jo Lee",
    "job_1_place": "Northmoor Council", "job_1_reach": "07700 900144",
}  # fmt: skip


def saturday_20_00_the_meeting(area: Area, tariq: Person) -> None:
    """Seven small steps on a phone, each kept; a dropped line in between loses nothing; saved once."""
    here = f"/people/{tariq.reference}/emergency"
    with on(7, 3, 20):
        phone = staff(area, "commissioner")
        press(phone, f"{here}/begin")
        for step, typed in MEETING.items():
            answer = press(phone, f"{here}/write/{step}", **typed)
            assert answer.status_code == 302, words(answer)
    with on(7, 3, 20, 45):
        again = staff(area, "commissioner")
        assert "Two awake staff at home tonight." in words(again.get(f"{here}/write/check"))
        watcher = str(area.actors["commissioner"].pk)
        press(again, f"{here}/write/jobs", **JOBS | {"watcher": watcher})
        saved = press(again, f"{here}/write/check")
        assert saved.status_code == 302, words(saved)
    with context.as_engine():
        meeting = EmergencyMeeting.objects.get()
        assert meeting.dissents.get().name == "Dr Ray" and meeting.colour_then == "amber"
    assert meeting.happened_at == at(7, 3, 20) and meeting.recorded_at == at(7, 3, 20, 45)


def sunday_09_00_it_is_checked(area: Area, tariq: Person) -> None:
    """On Sunday, not on Monday, and with a name: whoever sees to it, and whoever was to do it by their link."""
    with on(8, 3, 8, 30):
        day = words(staff(area, "commissioner").get("/"))
        assert "Check that what was agreed in the night is done" in day
    with context.as_engine():
        look = Duty.objects.get(rule_key="emergency_checked")
        action = Action.objects.get(origin="emergency")
        meeting = EmergencyMeeting.objects.get()
        link = Delivery.objects.filter(channel="sms", address="07700 900144").get()
    assert (look.due, look.owner_actor) == (at(8, 3, 9), area.actors["commissioner"])
    assert action.owner.name == "Jo Lee" and action.due_on == date(2026, 3, 8) and "/action/" in link.filling["link"]
    with on(8, 3, 9, 5):
        done = press(
            staff(area, "commissioner"),
            f"/people/{tariq.reference}/emergency/meetings/{meeting.pk}/checked",
            words="Jo Lee was there at nine: a quiet night, both staff awake.",
        )
        assert done.status_code == 302, words(done)


def read_it(area: Area, tariq: Person, role: str) -> None:
    """One page tells the weekend; one press takes it off the list."""
    with context.as_engine():
        meeting = EmergencyMeeting.objects.get()
    page = f"/people/{tariq.reference}/emergency/meetings/{meeting.pk}"
    client = staff(area, role)
    told = words(client.get(page))
    for said in (
        "Admission avoided", "Dr Ray disagrees:", "Two awake staff at home tonight.", "Was at A&amp;E",
        "Jo Lee was there at nine", "This meeting was no review",
    ):  # fmt: skip
        assert said in told, said
    press(client, f"{page}/read")
    assert "Read first" not in words(client.get("/"))


def the_mother_reads_what_keeps_him_safe(area: Area, tariq: Person) -> None:
    """The safety plan, numbers to ring, and that nobody is there at night; nothing else of the meeting."""
    mother = area.actors["family"]
    with acting_as(area.actors["coordinator"], at(9, 3)) as me, recording(by=me, at=at(9, 3)) as note:
        add_line(note, icb_id=area.icb.pk, who="Northmoor crisis line", phone="01632 960111", about="Day and night")
        open_to_family(
            note, actor=mother, person_id=tariq.pk, relation_id=None, role="family",
            topics=[Topic.IDENTITY, Topic.CONTACT, Topic.KEYWORKING], asked_by=area.actors["coordinator"],
        )  # fmt: skip
        agree_to_tell(note, tariq, mother)
    with on(9, 3, 12):
        client = staff(area, "family")
        home = words(client.get(f"/mine/{tariq.reference}"))
        assert "This service is not an emergency service." in home, home
        page = words(client.get(f"/mine/{tariq.reference}/safety"))
        for said in ("Keep the house quiet.", "Crisis team", "01632 960100", "Northmoor crisis line", "999", "111"):
            assert said in page, said
        for said in ("Dr Ray", "disagrees", "Jo Lee", "red", "Red", "protocol"):
            assert said not in page, said
        assert client.get(f"/people/{tariq.reference}/emergency").status_code in (403, 404)


def agree_to_tell(note: Any, tariq: Person, mother: Any) -> None:
    known = Person.objects.get(pk=tariq.pk)
    record_consent(
        note, person=known, purpose="sharing", answer="given", basis="competent_child", decided_on=date(2026, 3, 9),
        evidenced=True, recipient_kind="actor", recipient_id=mother.pk,
    )  # fmt: skip


def monday_the_review_is_planned(area: Area, tariq: Person) -> PlannedReview:
    """For Friday 20 March. The meeting stands there as evidence; a planned day doesn't end the clock."""
    with context.as_engine():
        known = Person.objects.get(pk=tariq.pk)
    asked = {"why": "Nearly admitted", "asked_by": "emergency", "asked_on": date(2026, 3, 9), "to_be_held": True}
    planned = _does(area, at(9, 3, 11), ask_for_review, person=known, kind="community", **asked)
    planned = _does(
        area, at(9, 3, 12), set_day, planned=planned, starts_at=at(20, 3, 14), minutes=180, place="Town Hall"
    )
    with on(9, 3, 14):
        coordinator = staff(area, "coordinator")
        page = words(coordinator.get(f"/people/{tariq.reference}/reviews/planned/{planned.pk}"))
        assert "Emergency meeting, 7 March 2026" in page and "Two awake staff at home tonight." in page
        with context.as_engine():
            meeting = EmergencyMeeting.objects.get()
        told = words(coordinator.get(f"/people/{tariq.reference}/emergency/meetings/{meeting.pk}"))
        assert "20 March 2026" in told and "This meeting was no review" in told
    with context.as_engine():
        assert Duty.objects.filter(rule_key="emergency_follow_up").exists()
    made: PlannedReview = planned
    return made


def _does(area: Area, moment: Any, operation: Any, **given: Any) -> Any:
    with acting_as(area.actors["coordinator"], moment) as me, recording(by=me, at=moment) as note:
        return operation(note, **given)


def friday_20_march_the_review_is_held(area: Area, tariq: Person, planned: PlannedReview) -> None:
    """Row 66: the tenth working day. Until it is held it is due, and after that day a breach; the meeting stays."""
    with context.as_engine():
        follow = Duty.objects.get(rule_key="emergency_follow_up")
        assert follow.due == follow.breach == at(21, 3, 0) - timedelta(microseconds=1)
    _does(area, at(20, 3, 16), hold, planned=planned, held_at=at(20, 3, 14), chair="Dr Noor")
    with context.as_engine():
        assert not Duty.objects.filter(rule_key="emergency_follow_up").exists()
        assert Review.objects.filter(person=tariq, kind=Review.Kind.EMERGENCY).count() == 1
    with on(31, 3):
        page = words(staff(area, "commissioner").get("/emergencies/figures"))
        assert "March 2026" in page and "1 (100%)" in page
        hidden_page = words(staff(area, "senior_officer").get("/emergencies/figures"))
        assert "1 (100%)" not in hidden_page and "–" in hidden_page

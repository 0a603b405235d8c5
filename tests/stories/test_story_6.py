"""Saturday night: Tariq is brought to A&E by the police, and on Monday at half past eight everybody knows.

Replayed day by day with the clock standing still; each 'must' is looked at by signing in as whoever it is visible to.
All people are invented. What a nurse writes who broke the glass is tested with the database's own clock, in
`alongside/features/emergency/tests/test_who_may.py`; here the commissioner on call writes.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Communication, Diagnosis, LifeEvent, Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.referrals.models import Notice
from alongside.features.referrals.notices import rota
from alongside.features.referrals.notices.tests.telling import a_link
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import rate
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.topics import Topic
from alongside.overview.guarded.models import Opening
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing, find_differing_matters
from tests.cast import NO_FLOOR, Area, add_registered, key_of
from tests.stories.emergency_night import (
    friday_20_march_the_review_is_held,
    monday_the_review_is_planned,
    read_it,
    saturday_20_00_the_meeting,
    sunday_09_00_it_is_checked,
    the_mother_reads_what_keeps_him_safe,
)
from tests.stories.telling import act, at, colour_of, hidden, on, press, staff, words

pytestmark = pytest.mark.django_db
NUMBER = "9990000018"
BORN = date(2010, 5, 2)


def tariq_as_he_is_known(area: Area, moment: datetime) -> tuple[Person, RegisterEntry]:
    """15, a learning disability and autism, amber; his keyworker has written down how to talk with him."""
    person, entry = add_registered(
        area, given_name="Tariq", family_name="Aziz", birth_date=BORN, nhs_number=NUMBER, at=moment
    )
    act(area, "coordinator", moment, _about_him, person=person)
    act(area, "manager", moment, _allocate, person=person, worker=area.actors["keyworker"], from_date=moment.date())
    act(area, "coordinator", moment, rate, entry=entry, colour="amber", because="School is at risk.", demanded=NO_FLOOR)
    return person, entry


def _about_him(note: Any, *, person: Person, by: Any) -> None:
    known = Person.objects.get(pk=person.pk)
    for kind in ("autism", "learning_disability"):
        record_fact(note, Diagnosis, person=known, topic=Topic.HEALTH, words="x", kind=kind, basis="diagnosed")
    talk: dict[str, Any] = {
        "best_way": "Short sentences, one person at a time",
        "avoid": "Being touched",
        "what_helps": "His headphones",
    }
    record_fact(note, Communication, person=known, topic=Topic.COMMUNICATION, words="How to talk with him.", **talk)
    record_fact(
        note,
        Relation,
        person=known,
        topic=Topic.FAMILY,
        words="His mother.",
        name="Samina Aziz",
        relationship="Mother",
        parental_responsibility=True,
        phone="07700 900151",
    )


def _allocate(note: Any, *, by: Any, **given: Any) -> None:
    allocate(note, **given | {"person": Person.objects.get(pk=given["person"].pk)})


def friday_the_rota(area: Area) -> None:
    """The manager has named the commissioner for the weekend."""
    weekend = {"from_date": date(2026, 3, 7), "to_date": date(2026, 3, 8)}
    who = {"icb_id": area.icb.pk, "actor_id": area.actors["commissioner"].pk, "phone": "07700 900166"}
    act(area, "manager", at(6, 3, 16), rota.add, **who, **weekend)


def saturday_19_20_the_glass_is_broken(area: Area, tariq: Person) -> None:
    """With a reason, for twelve hours; governance is told; the manager looks at it on the next working day."""
    with on(7, 3, 19, 20):
        nurse = staff(area, "partner_health")
        assert nurse.get(f"/people/{tariq.reference}").status_code == 404
        form = {"submission": uuid4().hex, "reason": "hospital", "words": "Brought in by police, very distressed."}
        answer = nurse.post("/break-glass", form | {"nhs_number": NUMBER})
        assert answer.status_code == 302 and answer.headers["Location"] == f"/people/{tariq.reference}"
    with context.as_engine():
        opening = Opening.objects.get()
        assert opening.until == at(8, 3, 7, 20)
        looked_at = Duty.objects.get(rule_key="break_glass_review")
        told = Message.objects.get(to_actor=area.actors["governance"])
    assert looked_at.due.date() == date(2026, 3, 9)
    assert looked_at.owner_team == area.teams["keyworking"]
    assert "Tariq" not in told.subject


def saturday_19_30_the_alert(area: Area, token: str) -> Notice:
    """Six fields on a phone; a receipt; the commissioner on call gets a text message that says nothing."""
    with on(7, 3, 19, 30):
        phone = Client()
        page = phone.get(f"/alert/{token}")
        answer = phone.post(
            f"/alert/{token}",
            hidden(page)
            | {
                "given_name": "Tariq", "family_name": "Aziz", "birth_date-day": "2", "birth_date-month": "5",
                "birth_date-year": "2010", "nhs_number": "999 000 0018", "where_now": "A&E, bay 4",
                "happened": "Brought in by the police at five past seven.", "ring_name": "Sister Okafor",
                "ring_phone": "01632 960177",
            },
        )  # fmt: skip
        assert answer.status_code == 302, words(answer)
        receipt = words(phone.get(answer.headers["Location"]))
        assert "7 March 2026" in receipt and "11:30pm" in receipt and "07700 900166" in receipt
        assert "Tariq" not in receipt and "register since" not in receipt
    with context.as_engine():
        alert = Notice.objects.get()
        text = Delivery.objects.get(channel="sms")
    assert (text.address, text.notice, text.filling) == ("07700900166", "urgent", {"link": "/on-call"})
    return alert


def saturday_night_it_is_lifted(area: Area, alert: Notice) -> None:
    """Nobody opens it within four hours: the manager's, and on the on-call list, without a name."""
    with on(7, 3, 23, 31):
        for role in ("manager", "commissioner"):
            page = words(staff(area, role).get("/on-call"))
            assert alert.reference in page and "Late" in page and "Tariq" not in page
        inbox = words(staff(area, "manager").get(f"/?inbox={area.teams['keyworking'].pk}"))
        assert f"Nobody has opened the alert {alert.reference}" in inbox


def monday_08_30_everybody_knows(area: Area, tariq: Person, entry: RegisterEntry, alert: Notice) -> None:
    """First on the coordinator's day; red is proposed and waits; his keyworker reads what happened."""
    with on(9, 3, 8, 30):
        coordinator = staff(area, "coordinator")
        day = words(coordinator.get(f"/?inbox={area.teams['register'].pk}"))
        cards = day[day.index('class="app-duties"') :].split("<article")[1:]
        assert "Read first: there was an emergency meeting" in cards[0] and "Tariq" in cards[0], "the first of all"
        assert f"Open the alert {alert.reference}" in cards[1]
        assert colour_of(tariq.pk) == "amber", "pending until it is confirmed"
        proposal = words(coordinator.get("/register?proposal=1"))
        assert "Tariq" in proposal
        worker = words(staff(area, "keyworker").get(f"/people/{tariq.reference}"))
        assert "Was at A&amp;E" in worker and "Red was proposed" in worker
        mine = words(staff(area, "keyworker").get("/"))
        first = mine[mine.index('class="app-duties"') :].split("<article")[1]
        assert "Read first: there was an emergency meeting" in first
        read_it(area, tariq, "keyworker")
        read_it(area, tariq, "coordinator")
        assert staff(area, "partner_health").get(f"/people/{tariq.reference}").status_code == 404, (
            "twelve hours are over"
        )
        assert "Tariq" not in words(staff(area, "senior_officer").get("/register"))
        page = coordinator.get(f"/notices/{alert.pk}")
        coordinator.post(f"/notices/{alert.pk}/take", hidden(page))
        settled = press(coordinator, f"/notices/{alert.pk}/settle", words="Rang Sister Okafor: home with two staff.")
        assert settled.status_code == 302, words(settled)
    with context.as_engine():
        proposed = Rating.objects.get(entry=entry, standing="proposed")
        now = RegisterEntry.objects.get(pk=entry.pk)
    decided = {"colour": "red", "because": "Nearly admitted on Saturday.", "demanded": NO_FLOOR, "proposal": proposed}
    act(area, "coordinator", at(9, 3, 9), rate, entry=now, **decided)
    assert colour_of(tariq.pk) == "red"
    with context.as_engine():
        due = {duty.rule_key for duty in Duty.objects.filter(person=tariq)}
        assert not Duty.objects.filter(subject__in=("notice", "notice_lifted")).exists()
        assert LifeEvent.objects.get().source.startswith("A&E, Northmoor Hospital")
    assert "red_review" in due or any("red" in key for key in due), due


def test_story_6_day_by_day(northmoor: Area) -> None:
    tariq, entry = tariq_as_he_is_known(northmoor, datetime(2026, 1, 12, 9, tzinfo=UTC))
    _, token = a_link(northmoor, "alert", unit="A&E", at=at(2, 2))
    friday_the_rota(northmoor)
    saturday_19_20_the_glass_is_broken(northmoor, tariq)
    alert = saturday_19_30_the_alert(northmoor, token)
    saturday_20_00_the_meeting(northmoor, tariq)
    saturday_night_it_is_lifted(northmoor, alert)
    sunday_09_00_it_is_checked(northmoor, tariq)
    monday_08_30_everybody_knows(northmoor, tariq, entry, alert)
    planned = monday_the_review_is_planned(northmoor, tariq)
    the_mother_reads_what_keeps_him_safe(northmoor, tariq)
    friday_20_march_the_review_is_held(northmoor, tariq, planned)
    assert list(find_differing_matters()) == []
    assert [found for _, found in find_differing()] in ([], [[]])


def test_the_crisis_is_readable_while_it_is_open(
    northmoor: Area, saltby: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How to talk with him, what makes it worse, what helps, who to ring. By the database's clock, which is real."""
    now = clock.now() - timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: now)
    tariq, _ = tariq_as_he_is_known(northmoor, clock.now() - timedelta(days=40))
    nurse = Client()
    nurse.cookies["alongside_key"] = key_of(saltby.actors["partner_health"])
    form = {"submission": uuid4().hex, "reason": "hospital", "words": "Brought in by police, very distressed."}
    answer = nurse.post("/break-glass", form | {"nhs_number": NUMBER})
    page = words(nurse.get(answer.headers["Location"]))
    needed = ("Short sentences, one person at a time", "Being touched", "His headphones", "Samina Aziz", "07700 900151")
    assert [said for said in needed if said.lower() not in page.lower()] == []
    assert "Emergency access" in page and "is open to you" in page

"""The good path, day by day: a mother asks, Kai comes on the register, gets a keyworker, and leaves it well.

Each day is the day of the story; each 'must' of it that the service can do so far is looked at by signing in as
whoever it is visible to. All people are invented.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Communication, Document, Person
from alongside.features.people.operations import record_fact, record_own_words
from alongside.features.referrals.models import OutcomeLetter, Referral, ReferralDraft
from alongside.features.referrals.tests.asking import codes_on, fill_in, seen
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import rate, remove
from alongside.foundation.access import context
from alongside.foundation.documents.letters import Letter, as_pdf
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing, find_differing_matters
from tests.cast import NO_FLOOR, Area, acting_as, key_of

pytestmark = pytest.mark.django_db
BORN = {"birth_date-day": "3", "birth_date-month": "9", "birth_date-year": "2011"}


def on(day: int, month: int, hour: int = 10) -> AbstractContextManager[Any]:
    return time_machine.travel(datetime(2026, month, day, hour, tzinfo=UTC), tick=False)


def at(day: int, month: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=UTC)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def hidden(page: Any) -> dict[str, str]:
    """What a page's forms send back without being seen; the last of each name."""
    return dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.content.decode()))


@dataclass
class Dawn:
    """Kai's mother, without an account: a phone, and the reference and code of the receipt."""

    phone: Client
    reference: str = ""
    code: str = ""

    def looks(self) -> Any:
        """The page that says how it is going. After some days the phone has forgotten; reference and code open it."""
        page = self.phone.get("/refer/progress")
        given = hidden(page) | {"reference": self.reference, "code": self.code}
        answer = self.phone.post("/refer/progress", given)
        assert answer.status_code == 302, words(answer)
        return self.phone.get(answer.headers["Location"])


def due() -> dict[str, Duty]:
    with context.as_engine():
        return {duty.rule_key: duty for duty in Duty.objects.order_by("-due")}


def staff(area: Area, role: str) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role])
    return client


def act(area: Area, role: str, day: tuple[int, int], operation: Callable[..., Any], **given: Any) -> Any:
    with acting_as(area.actors[role], at(*day)) as me, recording(by=me, at=at(*day)) as note:
        return operation(note, **{"by": me} | given)


def monday_dawn_asks(area: Area) -> tuple[Dawn, Referral]:
    """12 January: on a phone, without an NHS number; saved on the way; a receipt at once; the clock begins."""
    dawn = Dawn(Client())
    with on(12, 1):
        address = fill_in(dawn.phone, "family", them={"given_name": "Kai", "family_name": "Moss", **BORN})
        with context.as_engine():
            assert ReferralDraft.objects.get().answers, "saved before it is sent"
        answer = dawn.phone.post(address, {"seen": seen(dawn.phone, address)})
        receipt = dawn.phone.get(answer.headers["Location"])
        dawn.reference, dawn.code = codes_on(receipt.content.decode())
        assert "9 February 2026" in words(receipt)
    with context.as_engine():
        kai = Referral.objects.get(reference=dawn.reference)
    assert kai.nhs_number == ""
    assert due()["referral_outcome"].due.date() == date(2026, 2, 9)
    return dawn, kai


def wednesday_triage(area: Area, dawn: Dawn, kai: Referral) -> None:
    """14 January: looked at, nobody alike, a question to Dawn; both times are shown, none stands still silently."""
    with on(14, 1):
        coordinator = staff(area, "coordinator")
        assert "Kai Moss" in words(coordinator.get("/referrals"))
        page = coordinator.get(f"/referrals/{kai.pk}")
        assert "Somebody who may be the same" not in words(page)
        coordinator.post(f"/referrals/{kai.pk}/acknowledge", hidden(page))
        ask = f"/referrals/{kai.pk}/ask"
        given = hidden(coordinator.get(ask)) | {"words": "May we see the letter with the diagnosis?", "of_whom": "you"}
        assert coordinator.post(ask, given).status_code == 302
        assert "waiting since 14 January 2026" in words(coordinator.get(f"/referrals/{kai.pk}"))
        assert "May we see the letter with the diagnosis?" in words(dawn.looks())
    assert "referral_triage" not in due(), "looked at in time"
    assert due()["referral_outcome"].due.date() == date(2026, 2, 9)
    with context.as_engine():
        told = Delivery.objects.order_by("-id")[0]
    assert (told.channel, told.notice) == ("email", "asked")
    assert "Kai" not in str(told.filling) + told.notice


def friday_the_letter_comes(area: Area, dawn: Dawn, kai: Referral) -> None:
    """16 January: a file, checked; the task closes itself; the register team is told."""
    letter = as_pdf(Letter(title="Diagnosis", on=date(2024, 5, 1), sender="The clinic", paragraphs=("Autism.",)))
    with on(16, 1):
        page = dawn.looks()
        (address,) = re.findall(r'action="(/refer/progress/[^"]+/answer/\d+)"', page.content.decode())
        file = SimpleUploadedFile("letter.pdf", letter, content_type="application/pdf")
        answer = dawn.phone.post(address, hidden(page) | {"words": "Here it is.", "document": file})
        assert answer.status_code == 302, words(answer)
        page = words(staff(area, "coordinator").get(f"/referrals/{kai.pk}"))
        assert "4 days in all, 2 days of them spent waiting" in page
        assert "letter.pdf" in page
    assert "referral_information" not in due()
    with context.as_engine():
        message = Message.objects.get(to_team=area.teams["register"])
    assert message.link == f"/referrals/{kai.pk}"


def wednesday_the_panel(area: Area, kai: Referral) -> RegisterEntry:
    """21 January: accepted with the NHS number that was found, and rated amber with the panel's reason."""
    with on(21, 1):
        coordinator = staff(area, "coordinator")
        address = f"/referrals/{kai.pk}/accept"
        given = hidden(coordinator.get(address)) | {
            "given_name": "Kai", "family_name": "Moss", **BORN, "nhs_number": "999 000 0018", "listing": "child",
            "reason": "Risk of admission", "answer": "given", "basis": "competent_child", "decided_by": "Kai",
            "decided_on-day": "12", "decided_on-month": "1", "decided_on-year": "2026",
        }  # fmt: skip
        answer = coordinator.post(address, given)
        assert answer.status_code == 302, words(answer)
    with context.as_engine():
        entry = RegisterEntry.objects.select_related("person").get()
        assert Document.objects.get().person_id == entry.person_id, "the letter is with Kai's documents"
    because = "He has not slept for weeks; school is at risk."
    act(area, "coordinator", (21, 1), rate, entry=entry, colour="amber", because=because, demanded=NO_FLOOR)
    with context.as_engine():
        decided = Rating.objects.get(standing="decided")
    assert (decided.colour, decided.because, decided.suggested) == ("amber", because, "")
    return entry


def thursday_the_letters(area: Area, dawn: Dawn, kai: Referral) -> None:
    """22 January: plain to Dawn, easy read to Kai, each in their way; the clock stops at day 10."""
    with on(22, 1):
        coordinator = staff(area, "coordinator")
        address = f"/referrals/{kai.pk}/outcome"
        page = coordinator.get(address)
        given = hidden(page) | {
            "r0-tell": "on", "r0-name": "Dawn Moss", "r0-by": "email", "r0-address": "dawn@example.com",
            "r1-tell": "on", "r1-name": "Kai", "r1-by": "letter", "r1-address": "3 Mill Lane\nNM1 4AB",
            "r1-easy_read": "on",
        }  # fmt: skip
        last = coordinator.post(address, given)
        assert "3 Mill Lane" in words(last), "the address is shown before anything goes out"
        answer = coordinator.post(address, hidden(last) | {"step": "send"})
        assert answer.status_code == 302, words(answer)
        told = words(coordinator.get(f"/referrals/{kai.pk}"))
        assert "10 days after it came in" in told and "2 days of them spent waiting" in told
        assert "We told you on 22 January 2026" in words(dawn.looks())
        with context.as_engine():
            letters = {one.to_name: one for one in OutcomeLetter.objects.all()}
            link = Delivery.objects.get(message__kind="referral_outcome", channel="email").filling["link"]
        assert letters["Kai"].easy_read and not letters["Dawn Moss"].easy_read
        assert "The answer is yes" in words(Client().get(link))
        assert "Opened 22 January 2026" in words(coordinator.get(f"/referrals/{kai.pk}"))
    assert "referral_outcome" not in due()


def a_keyworker_begins(area: Area, entry: RegisterEntry) -> None:
    """23 and 27 January: allocated; Kai chooses text messages, which is shown on every page about him."""
    with on(23, 1):
        assert staff(area, "keyworker").get(f"/people/{entry.person.reference}").status_code == 404
    worker = area.actors["keyworker"]
    act(area, "manager", (23, 1), _allocate, person=entry.person, worker=worker)
    with on(27, 1):
        act(area, "keyworker", (27, 1), _first_visit, person=entry.person)
        page = words(staff(area, "keyworker").get(f"/people/{entry.person.reference}"))
    assert "no phone calls" in page and "I like trains" in page


def _allocate(note: Any, *, person: Person, worker: Any, by: Any) -> None:
    allocate(note, person=Person.objects.get(pk=person.pk), worker=worker, from_date=date(2026, 1, 23))


def _first_visit(note: Any, *, person: Person, by: Any) -> None:
    known = Person.objects.get(pk=person.pk)
    record_fact(
        note,
        Communication,
        person=known,
        topic=Topic.COMMUNICATION,
        words="How to talk with him was written down.",
        best_way="Text messages",
        avoid="no phone calls",
        contact_by="text message",
    )
    record_own_words(note, person=known, words="I like trains.", said_how="drawn")


def better_and_off_the_register(area: Area, entry: RegisterEntry) -> None:
    """3 June green; 30 September off the register: read-only, kept six years."""
    with context.as_engine():
        entry.refresh_from_db()
    act(area, "coordinator", (3, 6), rate, entry=entry, colour="green", because="All is well.", demanded=NO_FLOOR)
    day = date(2026, 9, 30)
    act(area, "coordinator", (30, 9), remove, entry=entry, on=day, because="risk_gone", detail="Agreed with Kai")
    with context.as_engine():
        colours = list(Rating.objects.order_by("id").values_list("colour", flat=True))
    assert colours == ["amber", "green"], "the history stays"
    assert due()["retention"].due.date() == date(2032, 9, 30)


def visible_at_the_end(area: Area, kai: Referral, entry: RegisterEntry) -> None:
    with on(1, 10):
        person, referral = f"/people/{entry.person.reference}", f"/referrals/{kai.pk}"
        for role, status in {"coordinator": 200, "manager": 200, "commissioner": 200, "partner_education": 404}.items():
            assert staff(area, role).get(person).status_code == status, role
        for role in ("manager", "keyworker", "commissioner", "partner_education", "senior_officer"):
            assert staff(area, role).get(referral).status_code == 403, role
        assert "Moss" not in words(staff(area, "senior_officer").get("/register"))
        assert staff(area, "senior_officer").get(person).status_code == 403


def test_story_1_day_by_day(northmoor: Area) -> None:
    dawn, kai = monday_dawn_asks(northmoor)
    wednesday_triage(northmoor, dawn, kai)
    friday_the_letter_comes(northmoor, dawn, kai)
    entry = wednesday_the_panel(northmoor, kai)
    thursday_the_letters(northmoor, dawn, kai)
    a_keyworker_begins(northmoor, entry)
    better_and_off_the_register(northmoor, entry)
    visible_at_the_end(northmoor, kai, entry)
    assert list(find_differing_matters()) == []
    assert [found for _, found in find_differing()] in ([], [[]])

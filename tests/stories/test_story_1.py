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

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner
from alongside.features.keyworking.models import Ending, ExitAnswer
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.stepping_down.exit_answers import record_exit_answer
from alongside.features.keyworking.stepping_down.operations import end_keyworking
from alongside.features.people.models import Communication, Document, Person
from alongside.features.people.operations import record_fact, record_own_words
from alongside.features.referrals.models import OutcomeLetter, Referral, ReferralDraft
from alongside.features.referrals.tests.asking import codes_on, fill_in, seen
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import rate, remove
from alongside.features.reviews.holding.operations import begin_review, recommend
from alongside.features.reviews.models import Review, WriteUp
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.documents.letters import Letter, as_pdf
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing, find_differing_matters
from tests.cast import NO_FLOOR, Area, acting_as, key_of
from tests.stories.kai_and_dawn import (
    LATER,
    each_scores,
    spring_five_are_done_and_one_is_lifted,
    they_come_in,
    tuesday_3_february_the_plan,
    what_each_reads_when_keyworking_has_ended,
)

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


def the_review_leads_somewhere(area: Area, entry: RegisterEntry) -> None:
    """4 and 17 March: a community CETR, no admission; six things with owner and day; the report in plain words."""
    person, day = entry.person, (4, 3)
    with on(4, 3, 16):
        review = act(area, "coordinator", day, _review_begins, person=person)
        here = f"/people/{person.reference}/reviews/{review.pk}"
        for number in range(1, 6):
            act(area, "coordinator", day, _recommended, review=review, what=f"Thing {number}")
        act(area, "coordinator", day, _recommended_to_the_school, review=review)
        assert due()["review_report"].due.date() == date(2026, 3, 18), "10 working days"
    with on(17, 3):
        coordinator = staff(area, "coordinator")
        for key in ("safe", "care_good", "future", "community"):
            address = f"{here}/lines/{key}"
            coordinator.post(address, hidden(coordinator.get(address)) | {"finding": "Yes, with help at home."})
        address = f"{here}/lines/family"
        given = {"finding": "His uncle is ill.", "about_others": "on"}
        coordinator.post(address, hidden(coordinator.get(address)) | given)
        for page, given in (
            ("finish", {"outcome": "avoided", "words": "He stays at home"}),
            ("plain", {"plain": "You stay at home.", "picture_0": "asking/home", "line_0": "You stay at home."}),
            ("told", {"told_how": "talked", "told_words": "Kai and Dawn", "told_on-day": "4", "told_on-month": "3",
                      "told_on-year": "2026"}),
            ("report", {"family_gets": "talk"}),
        ):  # fmt: skip
            answer = coordinator.post(f"{here}/{page}", hidden(coordinator.get(f"{here}/{page}")) | given)
            assert answer.status_code == 302, words(answer)
        assert "You stay at home." in words(coordinator.get(f"{here}/report/1/easy"))
        family = words(coordinator.get(f"{here}/report/1/family"))
        assert "with help at home" in family and "uncle" not in family
        assert "uncle" in words(coordinator.get(f"{here}/report/1/full"))
    assert "review_report" not in due() and due()["review_feedback_asked"].due.date() == date(2026, 3, 31)
    with context.as_engine():
        made = Action.objects.filter(origin="review", origin_id=review.pk)
        assert made.count() == 6 and all(one.due_on and one.how_known for one in made)


def _review_begins(note: Any, *, person: Person, by: Any) -> Review:
    return begin_review(note, person=Person.objects.get(pk=person.pk), kind="community", held_at=at(4, 3))


def _recommended(note: Any, *, review: Review, what: str, by: Any) -> Action:
    write_up = WriteUp.objects.get(review=review)
    owner = NewOwner(organisation=write_up.person.icb, actor=Actor.objects.get(pk=by.id))
    known = {"topic": Topic.REVIEW, "what": what, "how_known": "Seen", "due_on": date(2026, 5, 29)}
    return recommend(note, by=by, write_up=write_up, owner=owner, **known)


def _recommended_to_the_school(note: Any, *, review: Review, by: Any) -> Action:
    """Its SENCO has no account: she answers by a link."""
    owner = NewOwner(
        organisation=None, name="Rosa Hill", post="SENCO", place="Netherby High School", reach="hill@example.org"
    )
    known = {"topic": Topic.EDUCATION, "what": "A quiet room", "how_known": "Seen", "due_on": date(2026, 5, 29)}
    return recommend(note, by=by, write_up=WriteUp.objects.get(review=review), owner=owner, **known)


def better_and_keyworking_ends_well(area: Area, entry: RegisterEntry) -> None:
    """3 June green; six weeks later it is looked at whether to step down; 15 July the exit meeting.

    Kai's own hope, who stays, warning signs, how to come back, a peer mentor; he stays on the register.
    """
    with context.as_engine():
        entry.refresh_from_db()
    act(area, "coordinator", (3, 6), rate, entry=entry, colour="green", because="All is well.", demanded=NO_FLOOR)
    assert due()["step_down_considered"].due.date() == date(2026, 7, 15)
    person = entry.person
    act(area, "keyworker", (15, 7), _kai_says, person=person)
    act(area, "manager", (15, 7), _keyworking_ends, person=person)
    with context.as_engine():
        ending, said = Ending.objects.get(), ExitAnswer.objects.get()
        stays_on = RegisterEntry.objects.get(pk=entry.pk)
    assert (said.voice, said.hope) == ("young_person", 8)
    assert ending.peer_name == "Jade" and stays_on.removed_on is None, "two endings"
    with on(16, 7):
        page = words(staff(area, "manager").get(f"/people/{person.reference}/stepping-down"))
        letter = staff(area, "manager").get(f"/people/{person.reference}/stepping-down/letter")
    for told in ("Rosa Hill", "Jade", "Hope: 8 of 10", "He stops drawing"):
        assert told in page, told
    assert letter.content.startswith(b"%PDF")


def _kai_says(note: Any, *, person: Person, by: Any) -> None:
    known = Person.objects.get(pk=person.pk)
    record_exit_answer(note, person=known, voice="young_person", name="", experience=9, hope=8, said="I can do it.")


def _keyworking_ends(note: Any, *, person: Person, by: Any) -> None:
    end_keyworking(
        note,
        by=by,
        person=Person.objects.get(pk=person.pk),
        on=date(2026, 7, 15),
        reason="goals_met",
        told="talked",
        told_words="Kai and Dawn",
        peer="matched",
        peer_name="Jade",
        lead_name="Rosa Hill",
        lead_organisation="Netherby High School",
        warning_signs="He stops drawing",
    )


def off_the_register(area: Area, entry: RegisterEntry) -> None:
    """30 September off the register: read-only, kept six years."""
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
    his, hers = they_come_in(northmoor, entry.person)
    tuesday_3_february_the_plan(northmoor, entry.person, his, hers)
    the_review_leads_somewhere(northmoor, entry)
    spring_five_are_done_and_one_is_lifted(northmoor, entry.person, hers)
    each_scores(entry.person, his, LATER, (15, 7))
    better_and_keyworking_ends_well(northmoor, entry)
    what_each_reads_when_keyworking_has_ended(northmoor, entry.person, his, hers)
    off_the_register(northmoor, entry)
    visible_at_the_end(northmoor, kai, entry)
    assert list(find_differing_matters()) == []
    assert [found for _, found in find_differing()] in ([], [[]])

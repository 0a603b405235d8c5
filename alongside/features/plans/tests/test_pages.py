"""The pages of a plan, as the keyworker, the manager and somebody at night use them."""

import io
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.contacts.operations import set_out_of_hours
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.plans.models import DraftPart, Goal, PlanVersion
from alongside.features.plans.tests.conftest import CRISIS, STORY, send, signed_in, write
from alongside.features.plans.text import PICTURES
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.models import Event, Look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.policy.plans import PARTS
from tests.cast import NOW, Area, acting_as, add_registered, involve

BUDGET = 12
PASSPHRASE = "lantern otter bicycle rain"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


@pytest.fixture
def asha(northmoor: Area, kai: Person) -> Client:
    return signed_in(northmoor.actors["keyworker"])


@pytest.fixture
def tom(northmoor: Area, kai: Person) -> Client:
    return signed_in(northmoor.actors["manager"])


def test_a_part_is_written_sent_approved_and_read_in_three_faces(asha: Client, tom: Client, kai: Person) -> None:
    here = f"/people/{kai.reference}/plan"
    assert "No plan is shared yet" in text_of(asha, here)
    page = text_of(asha, f"{here}/draft/story")
    assert "What has happened so far" in page
    typed = {name: hidden(page, name) for name in ("submission", "seen")} | {
        "words": "He experienced dysregulation following repeated placement breakdowns.",
        "plain": "He moved a lot. That was hard.",
        "picture_0": "asking/home",
        "line_0": "I moved a lot.",
        "picture_1": "",
        "line_1": "",
    }
    saved = asha.post(f"{here}/draft/story", typed, follow=True).content.decode()
    assert "Written in full, in plain words, in easy read" in saved
    again = text_of(asha, f"{here}/draft/story")
    assert "Hardest sentence: “He experienced dysregulation" in again and "How the easy read looks" in again
    page = text_of(asha, f"{here}/send")
    sent = {"submission": hidden(page, "submission"), "changed_words": "Our first plan."}
    sent |= {f"review_on-{part}": value for part, value in (("day", "15"), ("month", "1"), ("year", "2027"))}
    assert "Waiting for approval" in asha.post(f"{here}/send", sent, follow=True).content.decode()
    with context.as_engine():
        assert Duty.objects.filter(person=kai, rule_key="plan_approval", owner_team__kind="keyworking").exists()
        assert not Duty.objects.filter(person=kai, rule_key="keyworker_plan_all").exists()
    page = text_of(tom, f"{here}/approve")
    assert "He moved a lot." in page and "I moved a lot." in page
    decided = {"submission": hidden(page, "submission"), "decision": "share"}
    assert "Version 1, shared on" in tom.post(f"{here}/approve", decided, follow=True).content.decode()
    assert "dysregulation" in text_of(asha, here)
    assert "That was hard." in text_of(asha, f"{here}?face=plain")
    easy = text_of(asha, f"{here}?face=easy")
    assert "I moved a lot." in easy and 'alt="A home"' in easy and "Read it to me" in easy
    with context.as_engine():
        assert Duty.objects.filter(person=kai, rule_key="plan_agreement").exists()
        assert not DraftPart.objects.filter(person=kai).exists()


def test_two_who_write_at_once_lose_nothing_and_are_told(asha: Client, tom: Client, kai: Person) -> None:
    here = f"/people/{kai.reference}/plan/draft/helps"
    pages = [text_of(who, here) for who in (asha, tom)]
    first, second = (
        {name: hidden(page, name) for name in ("submission", "seen")} | {"words": words}
        for page, words in zip(pages, ("A walk with the dog.", "A dark room."), strict=True)
    )
    assert asha.post(f"{here}/keep", first).json()["kept"] is True
    assert asha.post(f"{here}/keep", first | {"words": "A walk with the old dog."}).json()["kept"] is True
    assert tom.post(f"{here}/keep", second).json()["kept"] is False
    clash = tom.post(here, second)
    page = clash.content.decode()
    assert clash.status_code == 409 and "A walk with the old dog." in page and "A dark room." in page
    assert "Nothing is lost" in page
    assert "Kept aside: what Keyworking manager of TNM typed" in text_of(asha, here)
    both = {name: hidden(page, name) for name in ("submission", "seen")} | {
        "words": "A walk with the old dog. A dark room."
    }
    assert tom.post(here, both).status_code == 302
    with context.as_engine():
        row = DraftPart.objects.get(person=kai, kind="helps")
        assert row.words == both["words"] and row.aside == {}


def test_any_reading_age_may_be_saved(asha: Client, kai: Person) -> None:
    here = f"/people/{kai.reference}/plan/draft/formulation"
    page = text_of(asha, here)
    hard = "Multifactorial aetiology necessitates interdisciplinary formulation."
    typed = {name: hidden(page, name) for name in ("submission", "seen")} | {"words": hard, "stay": "1"}
    assert "Can be read from about 18 years on" in asha.post(here, typed, follow=True).content.decode()


HARD = "Multidisciplinary formulation identifies dysregulation precipitated by unanticipated environmental transitions."


def test_easy_sentences_do_not_hide_a_hard_one(asha: Client, kai: Person) -> None:
    here = f"/people/{kai.reference}/plan/draft/good"
    easy = "He likes to swim. He goes to school by bus. He has a friend there. " * 7
    page = text_of(asha, here)
    typed = {name: hidden(page, name) for name in ("submission", "seen")} | {"words": easy + HARD, "stay": "1"}
    saved = asha.post(here, typed, follow=True).content.decode()
    assert "Can be read from about 6 years on." in saved and f"Hardest sentence: “{HARD}”" in saved
    assert "That is plain" not in saved
    assert "on. 1 sentence is hard by itself" in text_of(asha, here.removesuffix("/good"))


def test_keeping_what_is_typed_answers_how_hard_each_text_is(asha: Client, kai: Person) -> None:
    here = f"/people/{kai.reference}/plan/draft/good"
    page = text_of(asha, here)
    typed = {name: hidden(page, name) for name in ("submission", "seen")} | {
        "words": HARD,
        "line_0": "He likes fast trains.",
    }
    kept = asha.post(f"{here}/keep", typed).json()
    assert kept["kept"] is True
    assert HARD in kept["meters"]["words"][1] and kept["meters"]["easy"][1] == "That is plain."
    assert kept["meters"]["plain"] == ["", ""]


def test_what_is_not_shared_is_read_by_nobody_else(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    school = northmoor.actors["partner_education"]
    involve(northmoor, kai, school, topics=[Topic.IDENTITY, Topic.KEYWORKING, Topic.OWN_WORDS], kind="education")
    teacher = signed_in(school)
    page = text_of(teacher, f"/people/{kai.reference}/plan")
    assert STORY not in page and "No plan is shared yet" in page
    assert teacher.get(f"/people/{kai.reference}/plan/draft").status_code == 403
    commissioner = signed_in(northmoor.actors["commissioner"])
    assert commissioner.get(f"/people/{kai.reference}/plan/draft").status_code == 403


def test_the_card_says_first_what_to_do_and_works_through_an_emergency(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    health = northmoor.actors["partner_health"]
    involve(northmoor, kai, health, topics=[Topic.IDENTITY, Topic.COMMUNICATION, Topic.HEALTH])
    page = text_of(signed_in(health), f"/people/{kai.reference}/crisis")
    assert "Make it dark and quiet." in page and STORY not in page
    with acting_as(northmoor.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        known = {"name": "Rob Moss", "relationship": "Father", "legal_limits": "may not be told where he is"}
        record_fact(note, Relation, person=kai, topic=Topic.FAMILY, words="Added.", **known)
    whole = text_of(signed_in(northmoor.actors["keyworker"]), f"/people/{kai.reference}/crisis")
    assert "Rob Moss" not in page
    rings, barred = whole.split('id="card-barred"')
    assert "Rob Moss" not in rings and "Rob Moss</strong>, father. Legal limits: may not be told where he is" in barred
    paper = signed_in(health).get(f"/people/{kai.reference}/crisis/pdf")
    with pikepdf.open(io.BytesIO(paper.content)) as found:
        assert "/StructTreeRoot" in found.Root and found.Root.MarkInfo.Marked
    with context.as_engine():
        assert Look.objects.filter(actor_id=health.pk, page="crisis card").exists()


def test_it_opens_in_an_emergency_and_the_rest_of_the_plan_stays_shut(
    northmoor: Area, saltby: Area, kai: Person, shared: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database reads its own clock, so an opening is made now."""
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) - timedelta(minutes=5))
    nurse = signed_in(saltby.actors["partner_health"])
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        ring = {"who": "Dusk team", "phone": "07700 900888", "arrangement": "Ring twice, then text."}
        set_out_of_hours(note, person=kai, **ring)
    assert nurse.get(f"/people/{kai.reference}/crisis").status_code == 404
    asked = {"submission": uuid4().hex, "reason": "hospital", "words": "In A&E at night."}
    born = {"birth_date-day": "4", "birth_date-month": "3", "birth_date-year": "2012"}
    nurse.post("/break-glass", asked | born | {"given_name": "Kai", "family_name": "Moss"})
    card = text_of(nurse, f"/people/{kai.reference}/crisis")
    assert "Make it dark and quiet." in card
    assert all(word in card for word in ring.values()), "whoever stands there tonight has to know whom to ring"
    assert northmoor.actors["keyworker"].name in card
    plan = text_of(nurse, f"/people/{kai.reference}/plan")
    assert STORY not in plan and "Dusk team" not in plan
    assert CRISIS in plan


def test_cards_for_offline_are_locked_and_each_taking_is_recorded(
    northmoor: Area, asha: Client, kai: Person, shared: PlanVersion
) -> None:
    add_registered(northmoor, given_name="Somebody", family_name="Elses", at=NOW - timedelta(days=5))
    page = text_of(asha, "/crisis-cards")
    assert "Kai" in page and "Elses" not in page
    typed = {"submission": hidden(page, "submission"), "passphrase": "short", "again": "short"}
    assert "at least 12 characters" in asha.post("/crisis-cards", typed).content.decode()
    typed |= {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    for _ in range(2):
        answer = asha.post("/crisis-cards", typed)
        assert answer.headers["Content-Type"] == "application/pdf" and b"quiet" not in answer.content
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(answer.content))
    with pikepdf.open(io.BytesIO(answer.content), password=PASSPHRASE) as found:
        assert found.encryption.bits == 256 and found.encryption.R == 6 and "/StructTreeRoot" in found.Root
    with context.as_engine():
        assert Event.objects.filter(code="crisis_card.taken", person_id=kai.pk).count() == 1


def test_a_goal_is_theirs_and_each_scores_for_themselves(asha: Client, kai: Person) -> None:
    here = f"/people/{kai.reference}/plan/goals"
    page = text_of(asha, f"{here}/add")
    goal = {"submission": hidden(page, "submission"), "voice": "young_person", "what": "Go to school by bus"}
    assert "Go to school by bus" in asha.post(f"{here}/add", goal, follow=True).content.decode()
    with context.as_engine():
        number = Goal.objects.get(person=kai).pk
    for voice, score in (("young_person", 2), ("keyworker", 3), ("young_person", 5)):
        page = text_of(asha, f"{here}/{number}/score")
        asha.post(f"{here}/{number}/score", {"submission": hidden(page, "submission"), "voice": voice, "score": score})
    page = text_of(asha, here)
    assert "Kai: 5 of 10" in page and "Up 3 since the first score" in page and "Keyworker of TNM: 3 of 10" in page
    wrong = {
        "submission": hidden(text_of(asha, f"{here}/{number}/score"), "submission"),
        "voice": "family",
        "score": 11,
    }
    assert asha.post(f"{here}/{number}/score", wrong).status_code == 422


def test_pictures_are_shown_while_they_are_chosen_and_save_goes_on_to_the_next_part(
    northmoor: Area, asha: Client, kai: Person
) -> None:
    write(northmoor, kai, "story", STORY, easy=[["asking/home", "I live with my mum."]])
    keys = list(PARTS)
    here = f"/people/{kai.reference}/plan/draft"
    page = text_of(asha, f"{here}/{keys[0]}")
    assert page.count("data-picture=") == len(PICTURES) and 'alt="A home"' in page
    for key, following in ((keys[0], keys[1]), (keys[-1], "")):
        page = text_of(asha, f"{here}/{key}")
        assert ('name="next"' in page) is bool(following)
        typed = {"submission": hidden(page, "submission"), "seen": hidden(page, "seen"), "words": "x", "next": "1"}
        gone_on = asha.post(f"{here}/{key}", typed)
        assert gone_on["Location"] == (f"{here}/{following}" if following else here)


def test_a_disagreement_stands_beside_the_plan_and_is_talked_about(
    asha: Client, kai: Person, shared: PlanVersion
) -> None:
    here = f"/people/{kai.reference}/plan"
    page = text_of(asha, f"{here}/answer")
    said = {"submission": hidden(page, "submission"), "whose": "0", "answer": "disagree", "how": "paper", "said": ""}
    assert "Write down what they do not agree with" in asha.post(f"{here}/answer", said).content.decode()
    page = asha.post(f"{here}/answer", said | {"said": "I do not want school in it."}, follow=True).content.decode()
    assert "Does not agree" in page and "I do not want school in it." in page
    with context.as_engine():
        assert Duty.objects.filter(person=kai, rule_key="plan_disagreement").exists()
        assert not Duty.objects.filter(person=kai, rule_key="plan_agreement").exists()


def test_each_page_asks_the_database_no_more_than_it_may(
    northmoor: Area, asha: Client, tom: Client, kai: Person, shared: PlanVersion
) -> None:
    write(northmoor, kai, "helps", "A walk.", page="other")
    send(northmoor, kai)
    base = f"/people/{kai.reference}"
    pages = [f"{base}/plan", f"{base}/plan?face=easy", f"{base}/plan/draft", f"{base}/plan/draft/story"]
    pages += [f"{base}/plan/send", f"{base}/plan/answer", f"{base}/plan/goals", f"{base}/crisis", "/crisis-cards"]
    asked = {}
    for address in pages:
        with CaptureQueriesContext(
            connection,
        ) as found:
            text_of(asha, address)
        asked[address.removeprefix(base)] = len(found)
    with CaptureQueriesContext(connection) as found:
        text_of(tom, f"{base}/plan/approve")
    asked["approve"] = len(found)
    print(asked)
    assert max(asked.values()) <= BUDGET, asked

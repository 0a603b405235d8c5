"""What the other side is told: what was agreed, topic by topic, and not a word about what was not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from alongside.features.moving.models import MovePack
from alongside.features.moving.tests.conftest import NUMBER, as_, on, sent, the_move, the_offer, words
from alongside.features.people.models import Communication, Consent, Diagnosis, OwnWords, Person
from alongside.features.people.operations import record_fact, record_own_words
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from tests.cast import NOW, Area, acting_as

Send = Callable[..., Any]
SAID = {"basis": "parental", "decided_by": "Ada Moss", "evidence": "Said at the visit"}


@pytest.fixture
def known(northmoor: Area, person: Person) -> Person:
    """Somebody of whom three things are written down, each on another topic."""
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_fact(
            note,
            Communication,
            person=person,
            topic=Topic.COMMUNICATION,
            words="Written down.",
            best_way="Write first.",
        )
        record_own_words(note, person=person, words="I like trains.")
        record_fact(
            note, Diagnosis, person=person, topic=Topic.HEALTH, words="Written down.", kind=Diagnosis.Kind.values[0]
        )
    return person


@pytest.fixture
def tell(northmoor: Area, person: Person) -> Send:
    def send(answer: str, *without: int) -> Any:
        typed = sent(**SAID, answer=answer) | on("decided_on", clock.today()) | {"without": list(map(str, without))}  # type: ignore[dict-item]
        return as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/move/tell", typed)

    return send


def the_pack() -> MovePack:
    with context.as_engine():
        return MovePack.objects.order_by("-pk").all()[0]


def told(pack: MovePack) -> str:
    return json.dumps(pack.parts, ensure_ascii=False)


def test_all_was_agreed_and_all_is_told_readable_and_structured(
    saltby: Area, known: Person, begin: Send, tell: Send, offer: Send
) -> None:
    begin()
    assert tell("all").status_code == 302
    offer()
    pack = the_pack()
    assert pack.left_out == []
    for said in (
        "Kai Moss",
        "Born 4 March 2012",
        "999 000 0018",
        "Best way: Write first.",
        "I like trains.",
        "A&E twice",
    ):
        assert said in told(pack), said
    there, url = as_(saltby.actors["coordinator"]), f"/people/offered/{the_offer().pk}"
    assert "I like trains." in words(there.get(url))
    assert there.get(f"{url}/pack.pdf").content[:5] == b"%PDF-"
    bundle = json.loads(there.get(f"{url}/pack.json").content)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert (bundle["type"], kinds) == ("document", ["Composition", "Patient", "Organization"])
    assert "I like trains." in json.dumps(bundle, ensure_ascii=False)


def test_a_topic_that_was_left_out_is_not_told_and_nobody_reads_whether_there_is_anything(
    known: Person, begin: Send, tell: Send, offer: Send, saltby: Area
) -> None:
    begin()
    assert tell("some", Topic.OWN_WORDS, Topic.MONEY).status_code == 302
    offer()
    pack = the_pack()
    assert set(pack.left_out) == {Topic.OWN_WORDS, Topic.MONEY}
    assert "trains" not in told(pack) and "trains" not in json.dumps(pack.bundle) and "Write first." in told(pack)
    page = words(as_(saltby.actors["coordinator"]).get(f"/people/offered/{the_offer().pk}"))
    assert "Left out, because nobody agreed to tell it: their own words, money" in page


@pytest.mark.parametrize("answer", ["", "none"])
def test_without_a_yes_it_is_name_date_of_birth_and_whom_to_ring(
    known: Person, begin: Send, tell: Send, offer: Send, answer: str
) -> None:
    begin()
    if answer:
        assert tell(answer).status_code == 302
    offer()
    pack = the_pack()
    assert set(pack.left_out) == set(EVERY_TOPIC)
    assert [part["key"] for part in pack.parts] == ["who", "ring"]
    assert NUMBER not in (told(pack) + json.dumps(pack.bundle)).replace(" ", "")


def test_what_was_sent_stays_as_it_was(northmoor: Area, known: Person, begin: Send, tell: Send, offer: Send) -> None:
    begin()
    tell("all")
    offer()
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_own_words(note, person=known, words="I said this later.")
    assert "later" not in told(the_pack())


def test_after_the_yes_a_no_keeps_counting_until_it_is_asked_anew(
    saltby: Area, known: Person, begin: Send, tell: Send, offer: Send, accept: Send
) -> None:
    begin()
    tell("some", Topic.HEALTH)
    offer()
    assert accept().status_code == 302
    with acting_as(saltby.actors["coordinator"]) as me:
        assert Diagnosis.objects.visible_to(me).filter(person=known).exists(), "the register team keeps the record"
    with acting_as(saltby.actors["manager"]) as me:
        assert not Diagnosis.objects.visible_to(me).filter(person=known).exists()
        assert OwnWords.objects.visible_to(me).filter(person=known).exists()
    with context.as_engine():
        kept = Consent.objects.get(answer="unknown")
        assert (kept.purpose, kept.about_topics, kept.recorded_icb_id) == ("register", [Topic.HEALTH], saltby.icb.pk)


def test_the_answer_stands_in_the_ledger_about_that_area_and_a_later_no_counts(
    saltby: Area, known: Person, begin: Send, tell: Send, offer: Send
) -> None:
    begin()
    tell("all")
    assert tell("none").status_code == 302
    with context.as_engine():
        last = Consent.objects.filter(purpose="sharing").order_by("-pk").all()[0]
    assert (last.answer, last.recipient_kind, last.recipient_id) == ("withdrawn", "organisation", saltby.icb.pk)
    offer()
    assert set(the_pack().left_out) == set(EVERY_TOPIC)


def test_out_of_england_the_pack_is_made_by_hand_and_read_by_those_who_decide(
    northmoor: Area, saltby: Area, known: Person, begin: Send, tell: Send
) -> None:
    begin(kind="outside", to_place="Wales")
    assert tell("all").status_code == 302
    assert the_move().to_icb_id is None
    here, base = as_(northmoor.actors["manager"]), f"/people/{known.reference}/move"
    assert here.get(f"{base}/pack").status_code == 404
    assert here.post(f"{base}/pack/make", sent()).status_code == 302
    assert "I like trains." in words(here.get(f"{base}/pack"))
    assert here.get(f"{base}/pack.pdf").content[:5] == b"%PDF-"
    assert here.get(f"{base}/pack.json")["Content-Type"] == "application/fhir+json"
    for actor in (northmoor.actors["commissioner"], northmoor.actors["keyworker"], saltby.actors["coordinator"]):
        assert as_(actor).get(f"{base}/pack").status_code in (403, 404)

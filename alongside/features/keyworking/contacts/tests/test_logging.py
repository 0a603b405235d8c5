"""A contact is three answers and a sentence; what is due follows; nothing typed is lost, nothing is done twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.features.keyworking.contacts.drafts import delete_expired_drafts
from alongside.features.keyworking.contacts.tests.conftest import a_contact, on, signed_in, walked_with
from alongside.features.keyworking.models import Contact, ContactDraft, Promise
from alongside.features.people.models import Communication, Person, Relation
from alongside.features.people.operations import record_fact
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

TODAY = NOW.date()


def due(person: Person, start: str) -> Duty | None:
    with context.as_engine():
        return Duty.objects.filter(person=person, key__startswith=start).first()


def contacts_of(person: Person) -> list[Contact]:
    with context.as_engine():
        return list(Contact.objects.filter(person=person).order_by("id"))


def test_from_my_day_to_saved_and_what_is_due_moves_on(kai: Person, ben: Actor) -> None:
    first = due(kai, "first_contact")
    assert first and first.owner_actor == ben and first.local_default
    browser = signed_in(ben)
    day = browser.get("/").content.decode()
    assert f'href="/people/{kai.reference}/contact?next=/"' in day and "Get in touch for the first time" in day
    goes = browser.get(f"/duties/{first.pk}/do")
    assert goes.status_code == 302 and goes["Location"] == f"/people/{kai.reference}/contact?next=/"
    saved = browser.post(f"/people/{kai.reference}/contact", a_contact(next="/", outcome="Mum upset about school"))
    assert saved.status_code == 302 and saved["Location"] == "/"
    (made,) = contacts_of(kai)
    assert (made.way, made.with_whom, made.reached) == ("phone", ["young_person"], True)
    assert made.happened_at == made.recorded_at == NOW
    assert made.purpose == "alongside" and made.purpose_guessed
    assert due(kai, "first_contact") is None and due(kai, "contact_again") and due(kai, "first_visit")
    assert f"Saved for {kai.shown_name}: phone call, with the young person." in browser.get("/").content.decode()


def test_no_answer_needs_no_sentence_is_counted_and_ends_nothing(
    kai: Person, ben: Actor, stands_still: Callable[[datetime], None]
) -> None:
    browser = signed_in(ben)
    for _ in range(2):
        sent = a_contact(outcome="", tried="1", next="/")
        assert browser.post(f"/people/{kai.reference}/contact", sent).status_code == 302
    assert "Tried 2 times since the last contact." in browser.get("/").content.decode()
    still = due(kai, "first_contact")
    assert still and "Tried 2 times without an answer since." in still.because
    assert [one.reached for one in contacts_of(kai)] == [False, False]
    browser.post(f"/people/{kai.reference}/contact", a_contact())
    stands_still(NOW + timedelta(minutes=1))
    browser.post(f"/people/{kai.reference}/contact", a_contact(outcome="", tried="1"))
    again = due(kai, "contact_again")
    assert again and "Tried once" in again.because


@pytest.mark.parametrize(
    ("whom", "way", "sees", "hears"),
    [
        (["young_person"], "visit", True, True),
        (["young_person"], "text", False, True),
        (["family"], "visit", False, True),
        (["family", "young_person"], "video", True, True),
        (["professional"], "meeting", False, False),
    ],
)
def test_seen_is_told_apart_from_heard_of(
    northmoor: Area, ben: Actor, whom: list[str], way: str, sees: bool, hears: bool
) -> None:
    kai = walked_with(northmoor, ben, "Kai", "amber", 40)
    browser = signed_in(ben)
    sent = a_contact(way="visit", with_whom=["young_person"], **on("on", TODAY - timedelta(days=35)))
    assert browser.post(f"/people/{kai.reference}/contact", sent).status_code == 302
    heard, seen = due(kai, "contact_again"), due(kai, "seen_again")
    assert heard and seen and heard.due < NOW and seen.due < NOW
    browser.post(f"/people/{kai.reference}/contact", a_contact(way=way, with_whom=whom))
    heard, seen = due(kai, "contact_again"), due(kai, "seen_again")
    assert heard and seen
    assert (heard.due > NOW, seen.due > NOW) == (hears, sees)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"way": ""}, "Select how you were in touch"),
        ({"with_whom": []}, "Tick with whom"),
        ({"outcome": " "}, "Write in a sentence what happened"),
        ({"at": "25:00"}, "Enter a time like 9:30 or 2pm"),
        ({"at": "late"}, "Enter a time like 9:30 or 2pm"),
        ({"at": "23:59"}, "The time can&#39;t be in the future"),
        ({"minutes": "0"}, "must be 1 or more"),
        ({"promise_what": "A form"}, "Enter who promised it"),
        ({"purpose": "nonsense"}, "from the list"),
        (on("on", TODAY + timedelta(days=1)), "must be today or in the past"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(
    kai: Person, ben: Actor, wrong: dict[str, Any], sentence: str
) -> None:
    browser = signed_in(ben)
    answer = browser.post(f"/people/{kai.reference}/contact", a_contact(next_step="Ring the school") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Ring the school" in page
    assert contacts_of(kai) == []
    kept = browser.get(f"/people/{kai.reference}/contact").content.decode()
    assert "Ring the school" in kept and "kept" in kept


def test_what_is_typed_is_kept_until_it_is_saved_and_is_nobody_elses(northmoor: Area, kai: Person, ben: Actor) -> None:
    browser, url = signed_in(ben), f"/people/{kai.reference}/contact"
    typed = {"way": "visit", "with_whom": ["family", "young_person"], "outcome": "Half a sent", **on("on", TODAY)}
    assert browser.post(f"{url}/kept", typed).json() == {"kept": True}
    assert browser.post(f"{url}/kept", {"way": "visit", "outcome": ""}).json() == {"kept": True}
    page = browser.get(url).content.decode()
    assert 'value="visit" checked' in page.replace("  ", " ") or "checked" in page
    browser.post(f"{url}/kept", typed)
    page = browser.get(url).content.decode()
    assert "Half a sent" in page and page.count("checked") == 3
    manager = signed_in(northmoor.actors["manager"])
    assert "Half a sent" not in manager.get(url).content.decode()
    assert browser.post(url, a_contact()).status_code == 302
    assert "Half a sent" not in browser.get(url).content.decode()
    browser.post(f"{url}/kept", typed)
    assert browser.post(f"{url}/kept", {"forget": "1"}).status_code == 302
    with context.as_engine():
        assert not ContactDraft.objects.exists()


def test_a_day_stands_again_as_it_was_typed_also_half_typed(kai: Person, ben: Actor) -> None:
    browser, url = signed_in(ben), f"/people/{kai.reference}/contact"
    half = {"promise_by-day": "27", "promise_by-month": "no", "promise_by-year": ""}
    typed = a_contact(at="quarter past five", **on("on", TODAY - timedelta(days=2)), **half)
    assert "Enter a time like 9:30 or 2pm" in browser.post(url, typed).content.decode()
    page = browser.get(url).content.decode()
    for name, value in ({**on("on", TODAY - timedelta(days=2))} | half).items():
        box = next(one for one in page.split("<input") if f'name="{name}"' in one)
        assert f'value="{value}"' in box or not value


def test_a_draft_that_nobody_went_on_with_is_deleted_after_28_days(kai: Person, ben: Actor) -> None:
    signed_in(ben).post(f"/people/{kai.reference}/contact/kept", {"outcome": "Half"})
    with context.as_engine():
        assert delete_expired_drafts(NOW + timedelta(days=28) - timedelta(seconds=1)) == 0
        assert delete_expired_drafts(NOW + timedelta(days=28)) == 1


def test_a_double_submit_makes_one(kai: Person, ben: Actor) -> None:
    browser, sent = signed_in(ben), a_contact()
    for _ in range(2):
        assert browser.post(f"/people/{kai.reference}/contact", sent).status_code == 302
    assert len(contacts_of(kai)) == 1


def test_a_day_before_and_a_time_are_kept_apart_from_when_it_was_typed(kai: Person, ben: Actor) -> None:
    browser = signed_in(ben)
    browser.post(f"/people/{kai.reference}/contact", a_contact(at="8:15am"))
    browser.post(f"/people/{kai.reference}/contact", a_contact(**on("on", TODAY - timedelta(days=3))))
    this_morning, before = contacts_of(kai)
    assert this_morning.happened_at == datetime.fromisoformat("2026-11-20T08:15+00:00")
    assert before.happened_at == datetime.fromisoformat("2026-11-17T12:00+00:00")
    assert this_morning.recorded_at == before.recorded_at == NOW


def test_a_correction_supersedes_and_what_stood_before_stays(kai: Person, ben: Actor) -> None:
    browser = signed_in(ben)
    browser.post(f"/people/{kai.reference}/contact", a_contact(with_whom=["professional"]))
    (wrong,) = contacts_of(kai)
    url = f"/people/{kai.reference}/contacts/{wrong.pk}/correct"
    assert "Kai is fine." in browser.get(url).content.decode()
    assert due(kai, "first_contact")
    sent = a_contact(with_whom=["family"], outcome="It was Dawn")
    assert browser.post(url, sent).status_code == 302
    before, after = contacts_of(kai)
    assert after.supersedes_id == before.pk and before.with_whom == ["professional"]
    assert due(kai, "first_contact") is None
    late = browser.post(url, a_contact(outcome="Not seen"))
    assert late.status_code == 422 and "Somebody else corrected this" in late.content.decode()
    page = browser.get(f"/people/{kai.reference}/contacts").content.decode()
    assert "It was Dawn" in page and "Kai is fine." not in page


def test_how_to_talk_and_which_ways_are_safe_stand_before_the_form(kai: Person, ben: Actor) -> None:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        words = "Written down."
        record_fact(note, Communication, person=kai, topic=Topic.COMMUNICATION, words=words, best_way="Text first",
                    adjustments="Low light")  # fmt: skip
        dawn = {"name": "Dawn Moss", "relationship": "Mother", "safe_contact": "Only in the morning"}
        record_fact(note, Relation, person=kai, topic=Topic.FAMILY, words=words, legal_limits="Not the address", **dawn)
    page = signed_in(ben).get(f"/people/{kai.reference}/contact").content.decode()
    for said in ("Text first", "Adjustments: Low light", "safe way: Only in the morning", "Not the address"):
        assert said in page and page.index(said) < page.index("How?")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"purpose": "treatment"}, "Keyworkers don&#39;t give lengthy treatment."),
        ({"outcome": "Took him out bowling"}, "Point to what the local offer has"),
    ],
)
def test_what_a_keyworker_does_not_do_is_said_and_nothing_is_blocked(
    kai: Person, ben: Actor, sent: dict[str, Any], sentence: str
) -> None:
    browser = signed_in(ben)
    assert browser.post(f"/people/{kai.reference}/contact", a_contact(**sent)).status_code == 302
    assert len(contacts_of(kai)) == 1
    assert sentence in browser.get("/").content.decode()


def test_a_promise_is_noted_with_the_contact(kai: Person, ben: Actor) -> None:
    sent = a_contact(promise_what="Send the form", promise_who="Mr Ash", promise_organisation="The council")
    signed_in(ben).post(f"/people/{kai.reference}/contact", sent | on("promise_by", TODAY))
    with context.as_engine():
        promise = Promise.objects.get(person=kai)
    assert promise.contact_id == contacts_of(kai)[0].pk and promise.by_date == TODAY
    duty = due(kai, "promise:")
    assert duty and duty.what == "Chase Mr Ash at The council" and duty.owner_actor == ben


def test_the_timeline_tells_that_there_was_a_contact_and_not_what_was_said(kai: Person, ben: Actor) -> None:
    signed_in(ben).post(f"/people/{kai.reference}/contact", a_contact(outcome="A secret"))
    with context.as_engine():
        event = Event.objects.get(code="contact.made")
    assert event.words == "Phone call with the young person." and "secret" not in str(event.detail)


@pytest.mark.parametrize(
    ("role", "status"),
    [("manager", 200), ("coordinator", 200), ("commissioner", 403), ("partner_health", 403), ("keyworker", 404)],
)
def test_who_may_log(northmoor: Area, kai: Person, role: str, status: int) -> None:
    browser = signed_in(northmoor.actors[role])
    for path in ("contact", "contacts", "promises/add", "appointments/add", "out-of-hours"):
        assert browser.get(f"/people/{kai.reference}/{path}").status_code == status, path


def test_another_area_finds_nothing(saltby: Area, kai: Person) -> None:
    stranger = signed_in(saltby.actors["manager"])
    assert stranger.get(f"/people/{kai.reference}/contacts").status_code == 404
    assert stranger.post(f"/people/{kai.reference}/contact", a_contact()).status_code == 404
    assert stranger.post(f"/people/{kai.reference}/contact/kept", {"outcome": "x"}).status_code == 404


@pytest.mark.parametrize("many", [1, 12])
def test_pages_stay_within_their_budget(
    northmoor: Area, ben: Actor, many: int, django_assert_max_num_queries: Callable
) -> None:
    people = [walked_with(northmoor, ben, f"Kai {number}") for number in range(many)]
    browser, kai = signed_in(ben), people[0]
    for _ in range(many):
        sent = a_contact(promise_what="A form", promise_who="Ash", submission=new_token())
        assert browser.post(f"/people/{kai.reference}/contact", sent | on("promise_by", TODAY)).status_code == 302
    for path in ("/", f"/people/{kai.reference}/contact", f"/people/{kai.reference}/contacts", "/promises"):
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200
    with django_assert_max_num_queries(40):
        assert browser.post(f"/people/{kai.reference}/contact", a_contact()).status_code == 302

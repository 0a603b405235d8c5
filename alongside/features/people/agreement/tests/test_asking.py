"""Three plain questions, a page that reads back who will know what, and one act that saves it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.people.agreement.models import AskingDraft
from alongside.features.people.agreement.operations import delete_expired_drafts
from alongside.features.people.agreement.tests.asking import (
    add_mother,
    answers_to,
    as_,
    ask,
    choices,
    found_out,
    mark_of,
    questions,
    save,
    who,
)
from alongside.features.people.models import Consent, Document, Guard, Person, Professional
from alongside.features.people.operations import change_belonging, record_consent, record_fact, record_own_words
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as, add_registered, involve

TODAY = clock.today()
DAY = timedelta(days=1)
YES = {"register": "yes", "keyworking": "yes"}


def born(years: int, less: timedelta = timedelta()) -> date:
    """The birth date of somebody who turns so many years old today, or so much later."""
    return TODAY.replace(year=TODAY.year - years) + less


def answers(person: Person) -> list[tuple[Any, ...]]:
    """What was asked on the pages, in the order of writing."""
    with context.as_engine():
        found = Consent.objects.filter(person=person, evidence="Said at the visit").order_by("id")
        return list(found.values_list("purpose", "answer", "recipient_kind", "basis", "decided_by"))


@pytest.fixture
def kai(northmoor: Area) -> Person:
    """Fourteen, the register team's only until somebody agrees. With a mother and a school."""
    person, _ = add_registered(northmoor, birth_date=born(14), agreed=False)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_belonging(note, person=person, kind="school", name="Oak Lane", topic=Topic.EDUCATION, from_date=None)
    add_mother(northmoor, person)
    return person


def test_a_yes_is_asked_read_back_and_saved_in_one_act(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    page = ask(client, kai, may=YES, known={"Oak Lane": "yes"})
    body = page.content.decode()
    for words in (
        "Being on the register: agreed.",
        "Telling Oak Lane: agreed.",
        "Dawn Moss, mother",
        "Has parental responsibility",
        "The keyworking managers of",
        "In an emergency",
    ):
        assert words in body
    assert answers(kai) == [], "nothing is saved before the last button"
    assert save(client, kai, page)["Location"] == f"/people/{kai.reference}"
    assert answers(kai) == [
        ("keyworking", "given", "", "parental", "Dawn Moss"),
        ("register", "given", "", "parental", "Dawn Moss"),
        ("sharing", "given", "place", "parental", "Dawn Moss"),
    ]
    with context.as_engine():
        newest = Event.objects.filter(code="consent.recorded").order_by("-id")[:3]
        assert len({event.act for event in newest}) == 1
        assert not AskingDraft.objects.exists()
        kai.refresh_from_db()
        assert kai.guard == Guard.ORDINARY
    every = client.get(f"/people/{kai.reference}/agreement/all").content.decode()
    assert "Telling Oak Lane" in every and "Said at the visit" in every


def test_nothing_is_asked_of_a_parent_from_sixteen_on_and_nothing_of_the_child_before(northmoor: Area) -> None:
    client = as_(northmoor.actors["coordinator"])
    for less, basis in ((timedelta(), "sixteen"), (DAY, "parental")):
        person, _ = add_registered(northmoor, birth_date=born(16, less))
        url = f"/people/{person.reference}/agreement"
        assert choices(client.get(url), "basis") == [basis]
        other = client.post(url, who("parental" if basis == "sixteen" else "sixteen"))
        assert other.status_code == 422 and "Select who decides from the list" in other.content.decode()


def test_at_eighteen_still_nobody_else_decides(northmoor: Area) -> None:
    for less in (timedelta(), DAY):
        person, _ = add_registered(northmoor, birth_date=born(18, less))
        page = as_(northmoor.actors["coordinator"]).get(f"/people/{person.reference}/agreement")
        assert choices(page, "basis") == ["sixteen"]


def test_an_answer_of_before_the_birthday_is_asked_anew(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=born(16))
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/agreement"
    refused = client.post(url, who("sixteen", TODAY - DAY))
    assert refused.status_code == 422 and "ask anew" in refused.content.decode()
    assert "Said at the visit" in refused.content.decode(), "nothing typed is lost"
    assert client.post(url, who("sixteen", TODAY)).status_code == 302
    for name, status in (("Dawn Lee", 422), ("Kai", 302), ("kai moss", 302)):
        assert client.post(url, who("sixteen", decided_by=name)).status_code == status, name


def test_a_competent_child_decides_only_what_they_were_found_competent_for(northmoor: Area, kai: Person) -> None:
    found_out(northmoor, kai, True, "register")
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/agreement"
    assert choices(client.get(url), "basis") == ["competent_child", "parental"]
    page = ask(client, kai, may={"register": "yes"}, basis="competent_child")
    assert "Being on the register: agreed." in page.content.decode()
    assert "keyworking" not in questions(client.get(f"{url}/may"))
    assert not questions(client.get(f"{url}/known"))
    save(client, kai, page)
    assert answers(kai) == [("register", "given", "", "competent_child", "Kai Moss")]


def test_best_interests_is_offered_only_with_a_record_of_no_capacity(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=born(17))
    found_out(northmoor, person, False, test="capacity")
    client = as_(northmoor.actors["coordinator"])
    page = ask(client, person, may=YES, basis="best_interests", decided_by="Dr Lee with Dawn")
    save(client, person, page)
    assert {row[3] for row in answers(person)} == {"best_interests"}
    found_out(northmoor, person, True, "register", test="capacity")
    first = client.get(f"/people/{person.reference}/agreement")
    assert choices(first, "basis") == ["sixteen", "best_interests", "deputy"]
    assert "Here only for being on the register." in first.content.decode()
    assert "Here only for having a keyworker and who else may know." in first.content.decode()


def test_what_was_typed_waits_on_the_server_for_another_session(northmoor: Area, kai: Person) -> None:
    actor = northmoor.actors["coordinator"]
    url = f"/people/{kai.reference}/agreement"
    wrong = as_(actor).post(url, {"basis": "parental", "evidence": "Said at the visit"})
    assert wrong.status_code == 422
    later = as_(actor).get(url).content.decode()
    assert "Said at the visit" in later and "You began on" in later
    other = as_(northmoor.actors["manager"])
    assert "Said at the visit" not in other.get("/people").content.decode()
    with acting_as(northmoor.actors["manager"]):
        assert not AskingDraft.objects.exists(), "nobody else reads it"
    as_(actor).post(f"{url}/start-again")
    assert "Said at the visit" not in as_(actor).get(url).content.decode()


def test_what_nobody_goes_on_with_is_deleted_after_its_time(northmoor: Area, kai: Person) -> None:
    as_(northmoor.actors["coordinator"]).post(f"/people/{kai.reference}/agreement", who())
    with context.as_engine():
        ends = AskingDraft.objects.get().expires_at
    assert delete_expired_drafts(ends - timedelta(seconds=1)) == 0
    assert delete_expired_drafts(ends) == 1


def test_the_pages_are_answered_in_their_order(northmoor: Area, kai: Person) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/agreement"
    for page in ("may", "known", "read-back"):
        assert client.get(f"{url}/{page}")["Location"] == url
    client.post(url, who())
    assert client.get(f"{url}/read-back")["Location"] == f"{url}/may"
    client.post(f"{url}/may", {"register": "later", "keyworking": "later"})
    assert client.get(f"{url}/read-back")["Location"] == f"{url}/known"
    client.post(f"{url}/known", answers_to(client.get(f"{url}/known"), {}))
    assert client.get(f"{url}/read-back")["Location"] == f"{url}/may", "nothing was asked at all"


def test_a_double_submit_saves_once_and_a_stale_page_is_told(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    url = f"/people/{kai.reference}/agreement/read-back"
    page = ask(client, kai, may=YES)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=kai, purpose="sharing", answer="given", basis="parental", decided_on=NOW.date(),
            recipient_kind="health",
        )  # fmt: skip
    stale = save(client, kai, page)
    assert stale.status_code == 409 and "Read it once more" in stale.content.decode()
    assert answers(kai) == []
    sent = {"submission": new_token(), "read": mark_of(stale)}
    for _ in range(2):
        assert client.post(url, sent)["Location"] == f"/people/{kai.reference}"
    assert len(answers(kai)) == 2


def test_a_document_that_shows_it_goes_with_every_answer(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    page = ask(client, kai, may=YES)
    scan = SimpleUploadedFile("signed.txt", b"We agree. Dawn Moss", "text/plain")
    assert save(client, kai, page, file=scan).status_code == 302
    with context.as_engine():
        document = Document.objects.get()
        assert document.topic == Topic.AGREEMENT
        assert set(Consent.objects.filter(evidence="Said at the visit").values_list("document", flat=True)) == {
            document.pk
        }
    assert f"/documents/{document.pk}" in client.get(f"/people/{kai.reference}/agreement/all").content.decode()


def test_a_topic_left_out_is_closed_and_ticked_when_it_is_asked_again(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    without = {"register": "but", "register_not": [Topic.HEALTH.value], "keyworking": "yes"}
    page = ask(client, kai, may=without)
    assert "Will not see their health." in page.content.decode()
    save(client, kai, page)
    with context.as_engine():
        kai.refresh_from_db()
        assert kai.guard == Guard.ORDINARY and kai.closed_topics >> Topic.HEALTH & 1
    client.post(f"/people/{kai.reference}/agreement", who())
    second = client.get(f"/people/{kai.reference}/agreement/may")
    assert choices(second, "register_not", ticked=True) == [str(Topic.HEALTH.value)]
    assert "So far: agreed" in second.content.decode()
    empty = client.post(f"/people/{kai.reference}/agreement/may", {"register": "but", "keyworking": "yes"})
    assert empty.status_code == 422 and "Select what they should not know about" in empty.content.decode()


def test_their_own_words_come_first(northmoor: Area, kai: Person) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_own_words(note, person=kai, words="Ask me, not only Mum.", said_how="by text")
    body = as_(northmoor.actors["coordinator"]).get(f"/people/{kai.reference}/agreement").content.decode()
    assert 0 < body.index("Ask me, not only Mum.") < body.index("Who decides?")


def test_an_older_answer_than_the_one_that_stands_is_told(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=born(14))
    client = as_(northmoor.actors["coordinator"])
    page = ask(client, person, may={"register": "no"}, day=NOW.date() - 3 * DAY)
    assert "there is a newer answer" in page.content.decode()
    assert "They keep the register, and see everything" in page.content.decode(), "the newer one counts"


def test_scope_of_the_pages(northmoor: Area, saltby: Area, kai: Person) -> None:
    pages = ("agreement", "agreement/all", "agreement/stop", "agreement/read-back", "capacity", "capacity/add")
    for page in pages:
        url = f"/people/{kai.reference}/{page}"
        assert as_(saltby.actors["coordinator"]).get(url).status_code == 404
        assert as_(northmoor.actors["manager"]).get(url).status_code == 404, "not until it is agreed"
        assert as_(northmoor.actors["governance"]).get(url).status_code == 403
    open_to_all, _ = add_registered(northmoor)
    involve(northmoor, open_to_all, northmoor.actors["keyworker"], topics=EVERY_TOPIC, from_at=NOW - DAY)
    for page in pages:
        url = f"/people/{open_to_all.reference}/{page}"
        assert as_(northmoor.actors["commissioner"]).get(url).status_code == 403, "does not read agreements"
        assert as_(northmoor.actors["keyworker"]).get(url).status_code == 403, "reads and may not write"


@pytest.mark.parametrize("age", [16, 18])
def test_on_the_birthday_the_duty_opens_the_asking_and_a_new_answer_is_what_it_waits_for(
    northmoor: Area, age: int
) -> None:
    person, _ = add_registered(northmoor, birth_date=born(age))
    client = as_(northmoor.actors["coordinator"])
    with acting_as(northmoor.actors["coordinator"]):
        duty = Duty.objects.get(person=person, rule_key=f"agreement_anew_{age}")
    assert client.get(f"/duties/{duty.pk}/do")["Location"] == f"/people/{person.reference}/agreement"
    save(client, person, ask(client, person, may=YES, basis="sixteen"))
    with acting_as(northmoor.actors["coordinator"]):
        assert not Duty.objects.filter(person=person, rule_key=f"agreement_anew_{age}").exists()
        assert Duty.objects.filter(person=person, rule_key="agreement_check").exists(), "and each year"


def test_saving_takes_as_many_statements_for_many_answers_as_for_one(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    counted = []
    for more in (0, 4):
        for number in range(more):
            with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
                record_fact(
                    note, Professional, person=kai, topic=Topic.FAMILY, words="x", name=f"Lee {number}", post="Nurse"
                )
        page = ask(client, kai, may=YES, known={"Lee": "yes"})
        with CaptureQueriesContext(connection) as asked:
            assert save(client, kai, page).status_code == 302
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 36, counted


def test_no_page_asks_the_database_more_often_the_more_people_are_around(northmoor: Area, kai: Person) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}"
    ask(client, kai, may=YES, known={"Oak Lane": "yes"})
    pages = ("agreement", "agreement/may", "agreement/known", "agreement/read-back", "agreement/all", "agreement/stop")
    counted = {}
    for page in (*pages, "capacity", "capacity/add"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{url}/{page}").status_code in (200, 302), page
        counted[page] = len(asked)
    assert max(counted.values()) <= 8, counted

"""Pages about who is who: adding somebody, the worklist, two records side by side, the log."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person, PersonMerge, PossibleDuplicate
from alongside.features.people.operations import set_restricted
from alongside.features.reviews.models import PlannedReview
from alongside.features.reviews.organising.operations import ask_for_review
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered, key_of

NUMBER = "9990000018"
BORN = {"birth_date-day": "4", "birth_date-month": "3", "birth_date-year": "2012"}
ADD = {
    "given_name": "Kye",
    "family_name": "Moss",
    **BORN,
    "listing": "child",
    "entered_on-day": "1",
    "entered_on-month": "11",
    "entered_on-year": "2026",
    "reason": "A&E twice",
    "answer": "unknown",
}


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(**typed: str) -> dict[str, str]:
    return typed | {"submission": new_token()}


@pytest.fixture
def pair(northmoor: Area) -> PossibleDuplicate:
    add_registered(northmoor)
    add_registered(northmoor, given_name="Kye")
    with context.as_engine():
        return PossibleDuplicate.objects.select_related("first", "second").get()


def test_whoever_is_like_somebody_typed_is_shown_while_typing_and_the_look_is_kept(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    answer = client.post("/people/possible", {"given_name": "Kye", "family_name": "Moss", **BORN})
    assert answer.status_code == 200
    assert person.reference in answer.content.decode()
    assert "First names that sound alike" in words(answer)
    with context.as_engine():
        assert Look.objects.order_by("id").last().person_ids == [person.pk]  # type: ignore[union-attr]


def test_what_is_half_typed_is_not_looked_for_and_is_no_error(northmoor: Area) -> None:
    add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    for typed in ({"family_name": "Moss"}, {"family_name": "Moss", "birth_date-day": "x"}, {"nhs_number": "999"}, {}):
        answer = client.post("/people/possible", typed)
        assert (answer.status_code, words(answer).strip()) == (200, "")


def test_a_number_of_another_area_and_of_a_closely_held_record_say_the_same(northmoor: Area, saltby: Area) -> None:
    closely, _ = add_registered(northmoor, given_name="Ida", nhs_number=NUMBER)
    add_registered(saltby, nhs_number="9990000026")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=closely, restricted=True, because="x")
    client = as_(northmoor.actors["coordinator"])
    said = [
        words(client.post("/people/possible", {"family_name": "Hale", "nhs_number": number}))
        for number in (NUMBER, "9990000026")
    ]
    assert said[0] == said[1]
    assert "Ask the register team" in said[0]
    assert words(client.post("/people/possible", {"family_name": "Hale", "nhs_number": "9990000034"})).strip() == ""
    with context.as_engine():
        tried = Look.objects.filter(why="a number that can't be used")
        assert [look.person_ids for look in tried] == [[], []]


def test_at_continue_the_same_is_asked_and_a_tick_adds_somebody_new(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    asked = client.post("/people/add", sent(**ADD))
    assert asked.status_code == 422
    assert person.reference in asked.content.decode()
    assert 'value="Kye"' in asked.content.decode()
    assert client.post("/people/add", sent(**ADD, different="on")).status_code == 302


def test_twins_are_added_without_being_asked(northmoor: Area) -> None:
    add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    assert client.post("/people/add", sent(**ADD | {"given_name": "Ida"})).status_code == 302


def test_the_worklist_shows_the_pair_within_the_budget(northmoor: Area, pair: PossibleDuplicate) -> None:
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/people/duplicates")
    assert f"/people/duplicates/{pair.pk}" in answer.content.decode()
    assert len(asked) <= 6, [query["sql"][:90] for query in asked]


def test_two_records_stand_side_by_side_within_the_budget(northmoor: Area, pair: PossibleDuplicate) -> None:
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/people/duplicates/{pair.pk}")
    assert "First names that sound alike" in words(answer)
    assert "First name Differs Kai Kye" in words(answer)
    assert len(asked) <= 7, [query["sql"][:90] for query in asked]


def test_not_the_same_is_remembered_with_its_reason_and_can_be_opened_again(
    northmoor: Area, pair: PossibleDuplicate
) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/duplicates/{pair.pk}"
    typed = sent(answer="different", because="Cousins: another mother.")
    for _ in range(2):
        assert client.post(url, typed).status_code == 302
    assert str(pair.first.reference) not in client.get("/people/duplicates").content.decode()
    assert "Cousins: another mother." in words(client.get(url))
    add_registered(northmoor, given_name="Zed")
    assert client.post(url, sent(because="They look alike after all.")).status_code == 302
    assert f"/people/duplicates/{pair.pk}" in client.get("/people/duplicates").content.decode()


def test_same_merges_and_the_log_undoes_it(northmoor: Area, pair: PossibleDuplicate) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/duplicates/{pair.pk}"
    assert client.post(url, sent(answer="second", because="Same mother.")).status_code == 302
    with context.as_engine():
        assert Person.objects.get(pk=pair.first_id).survivor_id == pair.second_id
        merge = PersonMerge.objects.get()
    assert client.get("/people/duplicates").content.decode().count("/people/duplicates/") == 0
    moved = client.get(f"/people/{pair.first.reference}")
    assert (moved.status_code, moved["Location"]) == (302, f"/people/{pair.second.reference}")
    log = client.get("/people/merges")
    assert "Same mother." in words(log)
    assert client.get(f"/people/merges/{merge.pk}/undo").status_code == 200
    assert client.post(f"/people/merges/{merge.pk}/undo", sent(because="Another mother.")).status_code == 302
    assert client.get(f"/people/{pair.first.reference}").status_code == 200
    assert "Undone by" in words(client.get("/people/merges"))


def test_whoever_undoes_a_merge_reads_how_much_was_written_down_meanwhile(
    northmoor: Area, pair: PossibleDuplicate
) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/duplicates/{pair.pk}"
    client.post(url, sent(answer="second", because="Same mother."))
    with context.as_engine():
        merge = PersonMerge.objects.select_related("survivor").get()
    undo = f"/people/merges/{merge.pk}/undo"
    assert "written down on" not in words(client.get(undo))
    later = merge.merged_at + timedelta(minutes=1)
    with acting_as(northmoor.actors["coordinator"], later) as me, recording(by=me, at=later) as note:
        ask_for_review(
            note, person=merge.survivor, kind="community", why="Asked twice", asked_by="other",
            asked_on=merge.merged_at.date(),
        )  # fmt: skip
    page = words(client.get(undo))
    assert f"1 thing was written down on {pair.second.reference}. All of it stays there" in page
    client.post(undo, sent(because="Another mother."))
    with context.as_engine():
        assert PlannedReview.objects.get().person_id == pair.second_id


@pytest.mark.parametrize("typed", [{}, {"answer": "same"}, {"answer": "first"}, {"because": "x"}])
def test_an_answer_needs_a_reason_and_what_was_typed_stays(
    northmoor: Area, pair: PossibleDuplicate, typed: dict[str, str]
) -> None:
    answer = as_(northmoor.actors["coordinator"]).post(f"/people/duplicates/{pair.pk}", sent(**typed))
    assert answer.status_code == 422
    assert "There is a problem" in words(answer)


def test_somebody_points_out_another_record(northmoor: Area) -> None:
    one, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Zed", family_name="Quill", birth_date=None)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{one.reference}/same-as"
    assert client.get(url).status_code == 200
    assert client.post(url, sent(other="XX-0000-0000")).status_code == 422
    assert client.post(url, sent(other=one.reference)).status_code == 422
    answer = client.post(url, sent(other=other.reference.lower()))
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_a_reference_of_another_area_is_like_one_that_nobody_has(northmoor: Area, saltby: Area) -> None:
    one, _ = add_registered(northmoor)
    away, _ = add_registered(saltby)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{one.reference}/same-as"
    typed = [words(client.post(url, sent(other=other))) for other in (away.reference, "XX-0000-0000")]
    assert typed[0].replace(away.reference, "") == typed[1].replace("XX-0000-0000", "")


@pytest.mark.parametrize("role", ["keyworker", "commissioner", "governance", "regional", "partner_health"])
def test_whoever_does_not_match_people_sees_none_of_it(northmoor: Area, pair: PossibleDuplicate, role: str) -> None:
    client = as_(northmoor.actors[role])
    for url in ("/people/duplicates", f"/people/duplicates/{pair.pk}", "/people/merges"):
        assert client.get(url).status_code == 403
    assert client.post("/people/possible", {"nhs_number": NUMBER}).status_code == 403


def test_another_area_finds_no_such_pair(northmoor: Area, saltby: Area, pair: PossibleDuplicate) -> None:
    client = as_(saltby.actors["coordinator"])
    assert client.get(f"/people/duplicates/{pair.pk}").status_code == 404
    assert client.post(f"/people/duplicates/{pair.pk}", sent(answer="first", because="x")).status_code == 404


@pytest.mark.parametrize("number", [0, 10**30])
def test_numbers_that_nobody_has_are_not_found(northmoor: Area, number: int) -> None:
    person, _ = add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    for url in (
        f"/people/duplicates/{number}",
        f"/people/merges/{number}/undo",
        f"/people/offered/{number}",
        f"/wrong-records/{number}",
        f"/people/{person.reference}/circumstance/{number}/wrong",
    ):
        for answer in (client.get(url), client.post(url, sent(answer="yes", because="x", wrong="nothing"))):
            assert answer.status_code in (404, 422), url
    assert client.get("/people/possible").status_code == 404
    odd = {"family_name": "\x00'; drop", "given_name": "ﷺ" * 60, "birth_date-day": "99", "nhs_number": "٣" * 10}
    assert client.post("/people/possible", odd).status_code == 200

"""What a worker mistyped about the time after keyworking is put right by a new row; what stood before is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.keyworking.models import AfterQuestion, Ending, ExitAnswer
from alongside.features.keyworking.stepping_down.afterwards import (
    answer_question,
    correct_reach,
    find_question,
    send_question,
)
from alongside.features.keyworking.stepping_down.exit_answers import correct_exit_answer, record_exit_answer
from alongside.features.keyworking.stepping_down.queries import exit_answers, newest_ending, questions_of
from alongside.features.keyworking.stepping_down.tests.conftest import due, ends, signed_in
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.models import Delivery
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as

WRONG, RIGHT = "07700 900123", "07700 900321"
YES = {"ask": {"answer": "given", "basis": "parental", "decided_by": "Dawn"}, "ask_reach": WRONG}
LATER = NOW + timedelta(days=100)


def by_manager(area: Area, act: Any, at: Any = LATER, **given: Any) -> Any:
    with acting_as(area.actors["manager"], at) as me, recording(by=me, at=at) as note:
        return act(note, **given)


def ended(area: Area, kai: Person) -> Ending:
    made: Ending = ends(area, kai, **YES)
    return made


def addresses() -> list[str]:
    with context.as_engine():
        rows = Delivery.objects.filter(notice="answer_once").order_by("pk")
        return [row.address[-6:] for row in rows]


def test_a_question_that_went_to_a_wrong_number_is_sent_again_and_the_first_link_opens_nothing(
    northmoor: Area, kai: Person
) -> None:
    first = by_manager(northmoor, send_question, ending=ended(northmoor, kai), number=1)
    corrected = by_manager(northmoor, correct_reach, ending=newest_ending_of(kai), reach=RIGHT)
    assert find_question(first, LATER) is None
    assert addresses() == ["900123", "900321"]
    with context.as_engine():
        (question,) = questions_of(corrected)
        assert question.ending_id == corrected.pk and AfterQuestion.objects.count() == 2
        assert list(Ending.objects.order_by("pk").values_list("ask_reach", flat=True)) == [WRONG, RIGHT]
    assert due(kai, "after_question:1") is None, "it was asked"
    assert [number for _, differing in find_differing() for number in differing] == []


def newest_ending_of(kai: Person) -> Ending:
    with context.as_engine():
        found = newest_ending(kai)
    assert found
    return found


def test_before_anything_was_sent_it_only_goes_elsewhere(northmoor: Area, kai: Person) -> None:
    by_manager(northmoor, correct_reach, ending=ended(northmoor, kai), at=NOW, reach=RIGHT)
    assert addresses() == [] and newest_ending_of(kai).ask_reach == RIGHT


def test_an_answer_that_came_is_not_asked_for_again(northmoor: Area, kai: Person) -> None:
    token = by_manager(northmoor, send_question, ending=ended(northmoor, kai), number=1)
    question = find_question(token, LATER)
    with context.as_engine(), recording(by=northmoor.actors["manager"], at=LATER) as note:
        assert question
        answer_question(note, question=question, answer="fine")
    corrected = by_manager(northmoor, correct_reach, ending=newest_ending_of(kai), reach=RIGHT)
    assert len(addresses()) == 1
    with context.as_engine():
        assert [one.answer for one in questions_of(corrected)] == ["fine"]


def test_the_same_number_and_a_page_that_is_too_old_are_said_so(northmoor: Area, kai: Person) -> None:
    first = ended(northmoor, kai)
    with pytest.raises(NotNow, match="goes there already"):
        by_manager(northmoor, correct_reach, ending=first, at=NOW, reach=WRONG)
    by_manager(northmoor, correct_reach, ending=first, at=NOW, reach=RIGHT)
    with pytest.raises(NotNow, match="Somebody changed this"):
        by_manager(northmoor, correct_reach, ending=first, at=NOW, reach="07700 900555")


@pytest.mark.parametrize(
    ("typed", "status"),
    [(RIGHT, 302), ("dawn@example.com", 302), ("0770", 422), ("dawn at home", 422), ("", 422)],
)
def test_on_the_page_what_no_message_reaches_is_refused_in_words(
    northmoor: Area, kai: Person, typed: str, status: int
) -> None:
    ended(northmoor, kai)
    page: Client = signed_in(northmoor.actors["manager"])
    here = f"/people/{kai.reference}/stepping-down"
    assert "Put right where the question goes" in page.get(here).content.decode()
    answer = page.post(f"{here}/ask", {"ask_reach": typed, "submission": new_token()})
    assert answer.status_code == status
    if status == 422:
        assert "Enter" in answer.content.decode() and typed in answer.content.decode()


def said(area: Area, kai: Person, **more: Any) -> ExitAnswer:
    given = {"voice": "family", "name": "Dawn", "experience": 1, "hope": 8, "said": ""} | more
    made: ExitAnswer = by_manager(area, record_exit_answer, at=NOW, person=kai, **given)
    return made


def test_a_number_that_staff_mistyped_is_put_right_and_counted_once(northmoor: Area, kai: Person) -> None:
    said(northmoor, kai)
    page = signed_in(northmoor.actors["manager"])
    with acting_as(northmoor.actors["manager"]) as me:
        (wrong,) = exit_answers(me, kai)
    here = f"/people/{kai.reference}/stepping-down/answers?correct={wrong.pk}"
    assert 'value="1"' in page.get(here).content.decode()
    typed = {"voice": "family", "name": "Dawn", "experience": "10", "hope": "8", "said": "", "submission": new_token()}
    assert page.post(here, typed | {"experience": "11"}).status_code == 422
    assert page.post(here, typed).status_code == 302
    with acting_as(northmoor.actors["manager"]) as me:
        (now,) = exit_answers(me, kai)
    assert (now.experience, now.supersedes_id) == (10, wrong.pk)
    assert page.get(here).status_code == 404, "what was corrected is not corrected twice"


def test_two_at_once_and_nothing_at_all_are_said_so(northmoor: Area, kai: Person) -> None:
    wrong = said(northmoor, kai)
    given = {"voice": "family", "name": "Dawn", "experience": 9, "hope": 8, "said": ""}
    with pytest.raises(NotNow, match="Give a score"):
        by_manager(northmoor, correct_exit_answer, at=NOW, answer=wrong, **given | {"experience": None, "hope": None})
    by_manager(northmoor, correct_exit_answer, at=NOW, answer=wrong, **given)
    with pytest.raises(NotNow, match="Somebody changed this"):
        by_manager(northmoor, correct_exit_answer, at=NOW, answer=wrong, **given)


@pytest.mark.parametrize("junk", ["x", "0", "9" * 30, "-1", ""])
def test_junk_in_the_address_is_not_found(northmoor: Area, kai: Person, junk: str) -> None:
    said(northmoor, kai)
    page = signed_in(northmoor.actors["manager"])
    assert page.get(f"/people/{kai.reference}/stepping-down/answers?correct={junk}").status_code == 404

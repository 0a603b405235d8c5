"""The plan on the family's own pages: read, said yes or no to, goals scored; and what stays closed."""

import pypdfium2
import pytest
from django.db import Error, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person
from alongside.features.plans.models import GoalScore, PlanAnswer, PlanVersion
from alongside.features.plans.tests.conftest import STORY, send, share, write
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import mark_of, text_of
from tests.cast import NOW, Area, acting_as
from tests.reading_age import reading_age, text_blocks

BUDGET = 12
OLDEST = 9.0


@pytest.fixture
def planned(with_asha: Area, kai: Person) -> PlanVersion:
    write(with_asha, kai, "story", STORY, easy=[["asking/home", "I live with my mum."]])
    write(with_asha, kai, "strengths", "I am good with dogs.")
    send(with_asha, kai)
    return share(with_asha, kai)


def test_the_young_person_reads_it_in_three_faces_and_says_no_to_some(
    planned: PlanVersion, kai: Person, kai_himself: Client
) -> None:
    here = f"/mine/{kai.reference}/plan"
    assert "My plan" in text_of(kai_himself, f"/mine/{kai.reference}")
    page = text_of(kai_himself, here)
    assert "My story" in page and STORY in page and "This is the first plan." in page
    assert "I live with my mum." not in page, "the short words come first"
    assert "I live with my mum." in text_of(kai_himself, f"{here}?face=easy")
    assert "I live with my mum." in text_of(kai_himself, here), "pictures for whoever chose them"
    assert STORY in text_of(kai_himself, f"{here}?face=full")
    typed = {"submission": mark_of(text_of(kai_himself, f"{here}/answer")), "answer": "partly", "said": ""}
    assert kai_himself.post(f"{here}/answer", typed).status_code == 422
    for _ in range(2):
        kai_himself.post(f"{here}/answer", typed | {"said": "Not the bit about dogs."})
    assert "You said yes to some of it" in text_of(kai_himself, here)
    with context.as_engine():
        row = PlanAnswer.objects.get(person=kai)
        assert row.voice == "young_person" and row.how == "page" and "story" in row.parts_read
    pdf = kai_himself.get(f"{here}/pdf")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF")
    paper = pypdfium2.PdfDocument(kai_himself.get(f"{here}/pdf?face=easy").content)[0].get_textpage().get_text_range()
    in_order = ("My story", "I live with my mum.", "What I am good at", "There are no pictures for this part yet.")
    assert [paper.find(words) for words in in_order] == sorted(map(paper.index, in_order))


def test_a_mother_reads_what_is_open_to_her_and_not_what_her_son_said(
    planned: PlanVersion, kai: Person, kai_himself: Client, dawn: Client
) -> None:
    here = f"/mine/{kai.reference}/plan"
    typed = {"submission": mark_of(text_of(kai_himself, f"{here}/answer")), "answer": "disagree", "said": "Not fair."}
    kai_himself.post(f"{here}/answer", typed)
    page = text_of(dawn, here)
    assert "What Kai is good at" in page and "I am good with dogs." in page
    assert "story" not in page and "Not fair" not in page and "Tell us what you think" in page
    dawn.post(f"{here}/answer", {"submission": mark_of(text_of(dawn, f"{here}/answer")), "answer": "agree", "said": ""})
    assert "You said yes to it" in text_of(dawn, here)


def test_what_changed_is_told_in_plain_words(with_asha: Area, planned: PlanVersion, kai: Person, dawn: Client) -> None:
    write(with_asha, kai, "gaps", "No short breaks.")
    send(with_asha, kai, changed_words="We wrote down what is missing.")
    share(with_asha, kai)
    page = text_of(dawn, f"/mine/{kai.reference}/plan")
    assert "We wrote down what is missing." in page and "New: What is missing" in page


def test_goals_are_set_and_scored_by_each(planned: PlanVersion, kai: Person, kai_himself: Client, dawn: Client) -> None:
    here = f"/mine/{kai.reference}/goals"
    mark = mark_of(text_of(kai_himself, f"{here}/add"))
    kai_himself.post(f"{here}/add", {"submission": mark, "what": "See my friends"})
    with context.as_engine():
        goal = kai.goal_rows.get().pk  # type: ignore[attr-defined]
    for who, score in ((kai_himself, 3), (dawn, 6)):
        mark = mark_of(text_of(who, f"{here}/{goal}/score"))
        assert who.post(f"{here}/{goal}/score", {"submission": mark, "score": score}).status_code == 302
    page = text_of(dawn, here)
    assert "See my friends" in page and "6 of 10" in page
    with context.as_engine():
        assert set(GoalScore.objects.values_list("voice", "score")) == {("young_person", 3), ("family", 6)}


def test_nobody_of_the_family_speaks_in_anothers_voice(planned: PlanVersion, kai: Person, dawn: Client) -> None:
    with context.as_engine():
        mother = Actor.objects.get(kind="family", name__startswith="Dawn")
    for voice, answer in (("young_person", "agree"), ("family", "unasked")):
        with acting_as(mother, NOW) as me, pytest.raises(Error, match="row-level security"):
            with recording(by=me, at=NOW) as note:
                note("x", words="x", person_id=kai.pk)
                PlanAnswer.objects.create(
                    person=kai, topic=Topic.KEYWORKING, recorded_icb_id=kai.icb_id, recorded_by_id=me.id,
                    recorded_at=NOW, happened_at=NOW, version=planned, voice=voice, name="Kai", answer=answer,
                    said="x", how="page",
                )  # fmt: skip


def test_the_pages_are_plain_and_ask_little(planned: PlanVersion, kai: Person, kai_himself: Client) -> None:
    for address in ("/plan", "/plan/answer", "/goals", "/goals/add"):
        with CaptureQueriesContext(connection) as asked:
            page = text_of(kai_himself, f"/mine/{kai.reference}{address}")
        assert len(asked) <= BUDGET, address
        assert reading_age(text_blocks(page)) <= OLDEST, address

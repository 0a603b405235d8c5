"""What came out of a review on the family's own pages: in plain words, without third parties, with their own say."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person
from alongside.features.reviews.holding.tests.conftest import held, issued, recommended, says, whole
from alongside.features.reviews.models import ReportFace, Review, ReviewFeedback
from alongside.foundation.access import context
from alongside.foundation.messages.models import Message
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import SEES, ask_in, comes_in, has_relation, last_sent, mark_of, text_of
from tests.cast import Area
from tests.reading_age import reading_age, text_blocks

pytestmark = pytest.mark.django_db
BUDGET = 12
OLDEST = 11.0


@pytest.fixture
def review(with_asha: Area, kai: Person) -> Review:
    review = held(with_asha, kai)
    recommended(with_asha, review, "Find a quiet room")
    says(with_asha, review, "risk", finding="His uncle drinks.", about_others=True, concern="serious")
    whole(with_asha, review)
    return review


@pytest.fixture
def mother(with_asha: Area, kai: Person) -> Client:
    """Dawn, who may read of reviews, and of where he lives."""
    knows = (*SEES, Topic.PLACEMENT, Topic.REVIEW)
    ask_in(with_asha, kai, has_relation(with_asha, kai), sees=[str(topic.value) for topic in knows])
    return comes_in(last_sent("invitation")["link"])


def test_the_young_person_reads_it_and_says_how_it_was(
    with_asha: Area, kai: Person, review: Review, kai_himself: Client
) -> None:
    here = f"/mine/{kai.reference}/meetings"
    assert "Nothing is written down here yet" in text_of(kai_himself, here)
    issued(with_asha, review)
    assert "Meetings about me" in text_of(kai_himself, f"/mine/{kai.reference}")
    assert f"{here}/{review.pk}" in text_of(kai_himself, here)
    with CaptureQueriesContext(connection) as asked:
        page = text_of(kai_himself, f"{here}/{review.pk}")
    assert len(asked) <= BUDGET
    assert "You can stay at home." in page and "Find a quiet room" in page
    for kept_out in ("uncle", "concern", "Serious", "Panel", "panel", "Does not need hospital"):
        assert kept_out not in page, kept_out
    assert "You stay at home." in text_of(kai_himself, f"{here}/{review.pk}?face=easy")
    typed = {"submission": mark_of(text_of(kai_himself, f"{here}/{review.pk}/answer"))}
    assert kai_himself.post(f"{here}/{review.pk}/answer", typed).status_code == 422
    for _ in range(2):
        kai_himself.post(f"{here}/{review.pk}/answer", typed | {"heard": "yes", "said": "Too long"})
    assert "You told us how it was" in text_of(kai_himself, f"{here}/{review.pk}")
    with context.as_engine():
        row = ReviewFeedback.objects.get(person=kai)
    assert (row.voice, row.answers, row.said) == ("young_person", {"heard": "yes"}, "Too long")


def test_whoever_has_pages_is_told_once_that_there_is_something_new(
    with_asha: Area, kai: Person, review: Review, kai_himself: Client, mother: Client
) -> None:
    issued(with_asha, review)
    with context.as_engine():
        told = Message.objects.filter(kind="review.report")
        assert told.count() == 2 and {one.link for one in told} == {"/mine"}
        assert not any("review" in one.subject.lower() for one in told)


def test_a_mother_reads_the_familys_version_and_nobody_elses_say(
    with_asha: Area, kai: Person, review: Review, kai_himself: Client, mother: Client
) -> None:
    issued(with_asha, review)
    here = f"/mine/{kai.reference}/meetings/{review.pk}"
    typed = {"submission": mark_of(text_of(kai_himself, f"{here}/answer")), "heard": "no", "said": "Not fair."}
    kai_himself.post(f"{here}/answer", typed)
    page = text_of(mother, here)
    assert "You can stay at home." in page and "Not fair." not in page and "uncle" not in page


def test_where_he_objects_it_is_his_alone_also_in_the_database(
    with_asha: Area, kai: Person, review: Review, kai_himself: Client, mother: Client
) -> None:
    issued(with_asha, review, family_gets="objects", family_words="He told Asha so")
    here = f"/mine/{kai.reference}/meetings/{review.pk}"
    assert "You can stay at home." in text_of(kai_himself, here)
    assert mother.get(here).status_code == 404
    with context.asking_with(_key(mother)):
        assert not ReportFace.objects.exists()
    with context.asking_with(_key(kai_himself)):
        assert {one.face for one in ReportFace.objects.all()} == {"family", "easy"}, "never the full one"


def _key(client: Client) -> str:
    from django.conf import settings

    return client.cookies[settings.KEY_COOKIE].value


def test_whoever_may_not_read_of_reviews_finds_no_such_page(
    with_asha: Area, kai: Person, review: Review, dawn: Client
) -> None:
    issued(with_asha, review)
    assert dawn.get(f"/mine/{kai.reference}/meetings").status_code == 404
    assert "Meetings" not in text_of(dawn, f"/mine/{kai.reference}")


def test_the_pages_are_easy_to_read(with_asha: Area, kai: Person, review: Review, kai_himself: Client) -> None:
    issued(with_asha, review)
    for path in ("", f"/{review.pk}", f"/{review.pk}/answer"):
        page = text_of(kai_himself, f"/mine/{kai.reference}/meetings{path}")
        assert reading_age(text_blocks(page)) <= OLDEST, path

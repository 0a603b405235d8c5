"""What a young person and each parent read on their own pages, and what stays closed."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.actions.models import Action
from alongside.features.people.models import Consent, OwnWords, Person
from alongside.features.people.operations import record_fact
from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.roles import REACH, Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.documents.tests import made
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.overview.models import Duty
from alongside.portal.tests.conftest import (
    SEES,
    ask_in,
    comes_in,
    has_relation,
    last_sent,
    mark_of,
    signed_in,
    tells,
    text_of,
)
from alongside.portal.words import BECAUSE, LOOKED, NEXT, PROMISE_STATE, TOPICS, topics_in_words
from tests.cast import NOW, Area, acting_as, add_registered
from tests.reading_age import reading_age, text_blocks

PAGES = ("", "/promised", "/letters", "/change", "/who", "/looked", "/agreed", "/words", "/picture")
BUDGET = 12
OLDEST = 9.0


def test_the_young_person_sees_who_their_worker_is_and_what_was_promised(
    with_asha: Area, kai: Person, kai_himself: Client
) -> None:
    home = text_of(kai_himself, f"/mine/{kai.reference}")
    assert "Hello Kai" in home and "Keyworker of TNM" in home
    promised = text_of(kai_himself, f"/mine/{kai.reference}/promised")
    assert "Ask the school for a quiet room" in promised and "4 December 2026" in promised
    assert "It is not done yet" in promised


def test_what_is_next_is_told_in_plain_words_with_a_day(with_asha: Area, kai: Person, kai_himself: Client) -> None:
    assert "We look at how things are for you" in text_of(kai_himself, f"/mine/{kai.reference}")


def test_a_mother_does_not_see_what_the_inviter_closed(with_asha: Area, kai: Person) -> None:
    """She knows where he lives. Education is open to her, placement is not; nothing says that anything is closed."""
    knows = [str(topic.value) for topic in (*SEES, Topic.CONTACT)]
    ask_in(with_asha, kai, has_relation(with_asha, kai), sees=knows)
    dawn = comes_in(last_sent("invitation")["link"])
    with acting_as(with_asha.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        for topic, what in ((Topic.EDUCATION, "Ring the school"), (Topic.PLACEMENT, "Ring the refuge")):
            record_fact(
                note,
                Action,
                person=kai,
                topic=topic,
                words="Agreed.",
                origin="plan",
                what=what,
                owner=with_asha.actors["keyworker"],
                owner_organisation=with_asha.icb,
                due_on=date(2026, 12, 4),
            )
    promised = text_of(dawn, f"/mine/{kai.reference}/promised")
    assert "Ring the school" in promised
    assert "refuge" not in promised and "closed" not in promised
    assert dawn.get(f"/mine/{kai.reference}/agreed").status_code == 404


def test_the_young_persons_own_words_are_not_a_parents_page(kai: Person, dawn: Client) -> None:
    assert dawn.get(f"/mine/{kai.reference}/words").status_code == 404


def test_a_picture_of_their_own_stands_with_their_words(
    with_asha: Area, kai: Person, kai_himself: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.foundation.documents.storage.data_directory", lambda: tmp_path)
    address = f"/mine/{kai.reference}/picture"
    given = {"submission": mark_of(text_of(kai_himself, address)), "about": "My dog and me"}
    refused = kai_himself.post(address, given | {"file": SimpleUploadedFile("letter.pdf", made.letter())})
    assert refused.status_code == 422 and "Choose a picture or a sound recording." in refused.content.decode()
    answer = kai_himself.post(address, given | {"file": SimpleUploadedFile("dog.png", made.picture())})
    assert answer.status_code == 302
    page = text_of(kai_himself, f"/mine/{kai.reference}/words")
    link = re.search(r'href="(/mine/[^"]+/picture/\d+)"', page)
    assert "My dog and me" in page and link
    assert kai_himself.get(link[1]).headers["Content-Type"] == "image/png"
    staff = text_of(signed_in(with_asha.actors["keyworker"]), f"/people/{kai.reference}")
    assert "My dog and me" in staff


def test_own_words_stand_first_on_the_page_of_the_staff(with_asha: Area, kai: Person, kai_himself: Client) -> None:
    address = f"/mine/{kai.reference}/words"
    mark = mark_of(text_of(kai_himself, address))
    for _ in range(2):
        kai_himself.post(address, {"submission": mark, "words": "I like trains. I hate bells."})
    with context.as_engine():
        assert OwnWords.objects.filter(person=kai).count() == 1
    page = text_of(signed_in(with_asha.actors["keyworker"]), f"/people/{kai.reference}")
    assert page.index("I hate bells") < page.index("What is due")


def test_the_young_person_reads_who_can_see_what_and_why(
    with_asha: Area, kai: Person, dawn: Client, kai_himself: Client
) -> None:
    page = text_of(kai_himself, f"/mine/{kai.reference}/who")
    assert "They are your worker." in page and "Dawn Moss" in page and "They are your family." in page
    assert "Register coordinator of TNM" in page
    assert "Can see: all of it." in page.split("Register coordinator of TNM")[1]


def test_what_each_team_sees_is_told_as_its_role_reaches(with_asha: Area, kai: Person, kai_himself: Client) -> None:
    page = text_of(kai_himself, f"/mine/{kai.reference}/who")
    assert page.count("Can see: ") == page.count('<h2 class="nhsuk-heading-s">')
    pays = page.split("They pay for help")[1].split("</li>")[0]
    assert topics_in_words(list(REACH[Role.COMMISSIONER].topics), own=True) in pays
    assert "your health" not in pays.split("Can see: ")[1] and "money for your support" in pays


@pytest.mark.parametrize(
    ("typed", "day"), [({}, "Tuesday 24 November 2026"), ({"urgent": "on"}, "Monday 23 November 2026")]
)
def test_whoever_tells_us_is_told_the_day_of_the_workers_own_duty(
    with_asha: Area, kai: Person, kai_himself: Client, typed: dict[str, str], day: str
) -> None:
    """Told on Friday 20 November: two working days on, or one where it can't wait."""
    address = f"/mine/{kai.reference}/change"
    given = {"submission": mark_of(text_of(kai_himself, address)), "kind": "school", "told": "Out of school."} | typed
    page = kai_himself.post(address, given, follow=True).content.decode()
    assert f"We look at it by {day}" in page and "working day" not in page
    with context.as_engine():
        duty = Duty.objects.get(person=kai, owner_actor=with_asha.actors["keyworker"], doing="answer_told")
    assert day.endswith(day_in_words(duty.due))


def test_a_parent_reads_nothing_of_the_rest_of_the_family(
    with_asha: Area, kai: Person, dawn: Client, kai_himself: Client
) -> None:
    father = has_relation(with_asha, kai, name="Rob Moss", relationship="father", phone="07700 900789")
    ask_in(with_asha, kai, father, phone="07700 900789")
    rob = comes_in(last_sent("invitation")["link"])
    page = text_of(rob, f"/mine/{kai.reference}/who")
    assert "Dawn" not in page and "Keyworker of TNM" in page
    assert "They are their worker." in page


def test_whoever_has_no_parental_responsibility_comes_in_only_when_somebody_agreed(
    with_asha: Area, kai: Person
) -> None:
    partner = has_relation(
        with_asha, kai, name="Lee Cole", relationship="mother's partner", parental_responsibility=None,
        phone="07700 900789",
    )  # fmt: skip
    sent_back = ask_in(with_asha, kai, partner, phone="07700 900789")
    assert "Somebody must agree to it first" in sent_back and "how do you know? (optional)" not in sent_back
    ask_in(with_asha, kai, partner, phone="07700 900789", agreed_how="Dawn agreed when I rang her on Monday.")
    lee = comes_in(last_sent("invitation")["link"])
    assert lee.get(f"/mine/{kai.reference}").status_code == 200
    with context.as_engine():
        given = Consent.objects.get(person=kai, purpose="sharing", recipient_kind="actor")
    assert given.basis == Consent.Basis.PARENTAL and given.evidence.startswith("Dawn agreed")


def test_from_sixteen_a_parent_comes_in_only_with_the_young_persons_yes(northmoor: Area) -> None:
    person, _ = add_registered(
        northmoor, given_name="Jordan", birth_date=date(2010, 11, 20), at=NOW - timedelta(days=9)
    )
    mother = has_relation(northmoor, person, name="Ann Hill")
    assert "Somebody must agree to it first" in ask_in(northmoor, person, mother)
    ask_in(northmoor, person, mother, agreed_how="Jordan said yes to me on Monday.")
    ann = comes_in(last_sent("invitation")["link"])
    assert ann.get(f"/mine/{person.reference}").status_code == 200


@pytest.mark.parametrize(("born", "asked"), [(date(2010, 11, 20), True), (date(2010, 11, 21), False), (None, True)])
def test_from_the_sixteenth_birthday_the_inviter_is_told_to_ask_them(
    northmoor: Area, born: date | None, asked: bool
) -> None:
    """Asked on 20 November 2026. Where nobody knows the age, they are asked as well."""
    person, _ = add_registered(northmoor, given_name="Robin", birth_date=born, at=NOW - timedelta(days=9))
    mother = has_relation(northmoor, person)
    staff = signed_in(northmoor.actors["coordinator"])
    page = text_of(staff, f"/people/{person.reference}/family/invite/{mother.pk}")
    assert ("Who agreed to it" in page) == asked


@pytest.mark.parametrize(("day", "opens"), [(date(2026, 12, 1), True), (date(2026, 12, 2), False)])
def test_on_the_sixteenth_birthday_a_parents_page_waits_for_the_young_person(
    northmoor: Area, day: date, opens: bool
) -> None:
    """What the ledger stores is right on any day: nothing has to run at midnight."""
    person, _ = add_registered(northmoor, given_name="Robin", birth_date=date(2010, 12, 2), at=NOW - timedelta(days=9))
    ask_in(northmoor, person, has_relation(northmoor, person))
    comes_in(last_sent("invitation")["link"])
    with context.as_engine():
        rows = OpenTopics.objects.filter(person_id=person.pk, actor_id=Actor.objects.get(name="Dawn Moss").pk)
        midday = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        assert any(row.from_at <= midday and (row.to_at is None or midday < row.to_at) for row in rows) == opens


def test_legal_limits_close_all_but_the_least_unless_the_inviter_opens_it(northmoor: Area, kai: Person) -> None:
    father = has_relation(
        northmoor, kai, name="Rob Moss", relationship="father", legal_limits="No contact: order of May"
    )
    page = text_of(signed_in(northmoor.actors["coordinator"]), f"/people/{kai.reference}/family/invite/{father.pk}")
    assert "No contact: order of May" in page
    assert page.count(" checked") == 2


@pytest.mark.parametrize("page", PAGES)
def test_each_page_asks_little_of_the_database(with_asha: Area, kai: Person, kai_himself: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert kai_himself.get(f"/mine/{kai.reference}{page}").status_code == 200
    assert len(asked) <= BUDGET, "\n".join(one["sql"][:160] for one in asked)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_read_at_nine(with_asha: Area, kai: Person, kai_himself: Client, page: str) -> None:
    """As it is shown, with a promise, an answer and somebody who can see it."""
    tells(kai_himself, kai)
    assert reading_age(text_blocks(text_of(kai_himself, f"/mine/{kai.reference}{page}"))) <= OLDEST


def test_the_words_for_what_is_next_are_read_at_nine() -> None:
    said = [words for _, to_self, to_family in NEXT for words in (to_self, to_family)]
    assert reading_age([*said, *PROMISE_STATE.values(), *BECAUSE.values(), *LOOKED.values()]) <= OLDEST


def test_every_topic_has_words_for_a_family() -> None:
    assert set(TOPICS) == set(EVERY_TOPIC)
    assert topics_in_words([Topic.HEALTH, Topic.ADULTHOOD], own=True) == "your health and growing up"

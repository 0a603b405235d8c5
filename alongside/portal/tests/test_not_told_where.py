"""A parent who may not know where the child lives reads nothing, on any page of theirs, that leads there."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern

from alongside.features.actions.models import Action
from alongside.features.hospital.operations import admit
from alongside.features.keyworking.contacts.operations import set_out_of_hours
from alongside.features.keyworking.models import OutOfHours
from alongside.features.people.models import Address, Belonging, Person, PostedChange, Relation
from alongside.features.people.operations import record_consent, record_fact, record_share
from alongside.features.plans.models import Goal, PlanPart
from alongside.features.plans.operations import set_goal
from alongside.features.plans.tests.conftest import send, share, write
from alongside.features.reviews.holding.tests.conftest import held, issued, recommended, whole
from alongside.features.reviews.models import PlannedReview, Review
from alongside.features.reviews.organising.operations import ask_for_review, set_day
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.portal import urls
from alongside.portal.tests.conftest import (
    ask_in,
    comes_in,
    has_relation,
    last_sent,
    mark_of,
    signed_in,
    tells,
    text_of,
)
from tests.cast import NOW, Area, acting_as, involve

HOME, SCHOOL, WARD, PLACEMENT, SENCO = "14 Tarn Street", "Harrow Lane", "Fen Ward", "Larch Lodge", "Edda Holm"
LEADS_THERE = (HOME, SCHOOL, WARD, PLACEMENT, SENCO)
NOT_WHERE = [str(topic) for topic in EVERY_TOPIC if topic not in (Topic.CONTACT, Topic.PLACEMENT)]
EVERYTHING = [str(topic) for topic in EVERY_TOPIC]


@pytest.fixture
def everywhere(with_asha: Area, kai: Person) -> Area:
    """Where Kai lives, learns and stays stands in every kind of row that a family page reads."""
    area = with_asha
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        school = Organisation.objects.create(kind="school", name=f"{SCHOOL} School", invented=True)
        senco = Actor.objects.create(name=SENCO, post=f"SENCO, {SCHOOL}", organisation=school)
        note("organisation.added", words="A school was added.")
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        record_fact(note, Address, person=kai, topic=Topic.CONTACT, words="Address.", kind="home", lines=HOME)
        record_fact(
            note, Belonging, person=kai, topic=Topic.EDUCATION, words="School.", kind="school", organisation=school,
            name=school.name,
        )  # fmt: skip
        admit(note, person=kai, kind="acute", place_name=WARD, admitted_at=NOW - timedelta(days=2))
        staff = f"Staff of {PLACEMENT}"
        set_out_of_hours(note, person=kai, who=staff, phone="07700 900777", arrangement=f"Ring {WARD}")
        record_share(
            note, person=kai, what=f"He moved to {PLACEMENT}", told_to=f"{SCHOOL} School", topics=[Topic.EDUCATION],
            purpose="School", lawful_basis="public_task", why=f"He goes to {SCHOOL} from {HOME}",
        )  # fmt: skip
        for kind, number in (("organisation", school.pk), ("actor", senco.pk)):
            record_consent(
                note, person=kai, purpose="sharing", answer="given", basis="parental", decided_on=NOW.date(),
                evidenced=True, decided_by=f"The carer at {PLACEMENT}", recipient_kind=kind, recipient_id=number,
            )  # fmt: skip
        set_goal(note, person=kai, voice="young_person", name="Kai", what=f"Walk to {SCHOOL} alone")
        for topic in EVERY_TOPIC:
            made = record_fact(
                note, Action, person=kai, topic=topic, words="Agreed.", origin="plan", what=f"Fetch him from {HOME}",
                owner=senco, owner_organisation=school, due_on=date(2026, 12, 4),
                start_asked_from=NOW.date(),
            )  # fmt: skip
            with context.as_engine():
                state = "blocked" if topic == Topic.KEYWORKING else "said_done"
                Action.objects.filter(pk=made.pk).update(state=state, because=f"{WARD} is full")
    involve(area, kai, senco, topics=[Topic.EDUCATION], kind="education")
    write(area, kai, "story", f"I live in {HOME}.", plain=f"{PLACEMENT} is home.", easy=[["asking/home", PLACEMENT]])
    send(area, kai, changed_words=f"He is at {WARD} now.")
    share(area, kai)
    meets(area, kai)
    return area


def meets(area: Area, kai: Person) -> None:
    """A review was held and another is planned, at places that lead there."""
    review = held(area, kai)
    recommended(area, review, f"He moves to {PLACEMENT}")
    whole(area, review)
    issued(area, review)
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        asked = ask_for_review(
            note, person=kai, kind="community", why=f"He is on {WARD}", asked_by="keyworker", asked_on=NOW.date()
        )
        set_day(note, planned=asked, starts_at=NOW + timedelta(days=20), minutes=60, place=f"{SCHOOL} School")


def letter_to(area: Area, family: Client, kind: str) -> None:
    """A letter that names the ward, to whoever this browser belongs to."""
    with context.as_engine():
        actor = Actor.objects.filter(kind="family").latest("pk")
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        queue_message(
            note, icb_id=area.icb.pk, kind=kind, subject="A letter", body=f"He is on {WARD}.", to_actor_id=actor.pk,
            ways=[],
        )  # fmt: skip
        note("letter.sent", words="A letter was sent.", icb_id=area.icb.pk)


def father_comes_in(area: Area, kai: Person, sees: list[str]) -> Client:
    limits = "" if sees == EVERYTHING else "Court order: not to be told where Kai lives"
    father = has_relation(area, kai, name="Rob Moss", relationship="father", legal_limits=limits)
    ask_in(area, kai, father, sees=sees)
    return comes_in(last_sent("invitation")["link"])


def each_page(kai: Person) -> list[str]:
    """Every address of the family's own pages, with every number that stands in it."""
    with context.as_engine():
        numbers = {
            "worker": [actor.pk for actor in Actor.objects.all()],
            "number": [one.number for one in Action.objects.filter(person=kai)]
            + [one.pk for one in PlannedReview.objects.filter(person=kai)],
            "review_id": [one.pk for one in Review.objects.filter(person=kai)],
            "fact_id": [one.pk for one in Goal.objects.filter(person=kai)],
            "message": list(Message.objects.values_list("reference", flat=True)),
        }
    found = []
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        if not (pattern.name or "").startswith("mine"):
            continue
        asked = re.findall(r"{(\w+)}", route.replace("{reference}", ""))
        assert set(asked) <= set(numbers), f"Say what {asked} is in this test"
        given = numbers[asked[0]] if asked else [0]
        found += ["/" + route.format(reference=kai.reference, **{asked[0] if asked else "_": one}) for one in given]
    return found


def read_all(family: Client, kai: Person) -> dict[str, str]:
    """What is read at each address that answers. Paper is compressed, so nothing of it may answer at all."""
    pages = {}
    faces = [f"/mine/{kai.reference}/plan?face={face}" for face in ("easy", "plain", "full")]
    for address in (*each_page(kai), *faces):
        answer = family.get(address, follow=True)
        assert answer.status_code in (200, 404), address
        if answer.status_code == 200:
            assert "text/html" in answer.headers["Content-Type"], address
            pages[address] = answer.content.decode()
    return pages


def rows_read_by(family: Client) -> tuple[bool, bool]:
    """Whether the database itself shows parts of a plan, and whom to ring in the evening."""
    with context.asking_with(family.cookies[settings.KEY_COOKIE].value):
        return PlanPart.objects.exists(), OutOfHours.objects.exists()


def test_no_page_leads_a_parent_who_is_not_told_where_to_the_child(everywhere: Area, kai: Person) -> None:
    father = father_comes_in(everywhere, kai, NOT_WHERE)
    letter_to(everywhere, father, "referral_outcome")
    tells(father, kai)
    pages = read_all(father, kai)
    for page in ("promised", "who", "looked", "agreed", "plan", "goals", "letters", "change"):
        assert f"/mine/{kai.reference}/{page}" in pages, page
    for address, page in pages.items():
        for leads_there in LEADS_THERE:
            assert leads_there not in page, (address, leads_there)
    promised = pages[f"/mine/{kai.reference}/promised"]
    assert "Something was agreed. Ask the worker what it is" in promised and "Somebody who helps" in promised
    assert everywhere.actors["keyworker"].name in promised, "what the keyworker promised is told with their name"
    assert "Ask the worker to go through it with you" in pages[f"/mine/{kai.reference}/plan"]
    assert rows_read_by(father) == (False, False)


def test_a_parent_who_may_know_reads_all_of_it(everywhere: Area, kai: Person) -> None:
    """The same pages lead there, so the test above would see it."""
    mother = father_comes_in(everywhere, kai, EVERYTHING)
    letter_to(everywhere, mother, "referral_outcome")
    for page, leads_there in (
        ("", PLACEMENT), ("/promised", HOME), ("/promised", SENCO), ("/letters", WARD), ("/who", SENCO),
        ("/looked", PLACEMENT), ("/agreed", SCHOOL), ("/agreed", PLACEMENT), ("/plan?face=full", HOME),
        ("/goals", SCHOOL),
    ):  # fmt: skip
        assert leads_there in text_of(mother, f"/mine/{kai.reference}{page}"), page
    assert rows_read_by(mother) == (True, True)


def test_whoever_answers_is_told_who_reads_it_and_says_that_nothing_leads_there(everywhere: Area, kai: Person) -> None:
    father = father_comes_in(everywhere, kai, NOT_WHERE)
    tells(father, kai)
    with context.as_engine():
        change = PostedChange.objects.get(person=kai)
    here, worker = f"/people/{kai.reference}/told/{change.pk}", signed_in(everywhere.actors["coordinator"])
    asked = text_of(worker, here)
    assert "Rob Moss reads this and must not learn where Kai Moss lives, stays or learns" in asked
    typed = {"submission": mark_of(asked), "answer": "We met, and it is better now."}
    refused = worker.post(here, typed)
    assert refused.status_code == 422 and "Then tick the box" in refused.content.decode()
    assert "We met, and it is better now." in refused.content.decode(), "nothing typed is lost"
    assert worker.post(here, typed | {"checked": "on"}).status_code == 302
    for page in ("", "/change", "/letters"):
        assert "We met, and it is better now." in text_of(father, f"/mine/{kai.reference}{page}")


def test_what_was_answered_while_they_might_know_is_not_shown_once_they_may_not(everywhere: Area, kai: Person) -> None:
    father = father_comes_in(everywhere, kai, EVERYTHING)
    tells(father, kai)
    with context.as_engine():
        change = PostedChange.objects.get(person=kai)
    worker, here = signed_in(everywhere.actors["coordinator"]), f"/people/{kai.reference}/told/{change.pk}"
    asked = text_of(worker, here)
    assert "must not learn where" not in asked
    worker.post(here, {"submission": mark_of(asked), "answer": f"He is at {PLACEMENT} now."})
    assert PLACEMENT in text_of(father, f"/mine/{kai.reference}/letters")
    with context.as_engine():
        father_is = Actor.objects.get(name="Rob Moss")
    again = signed_in(father_is)
    ask_in(everywhere, kai, _relation_of(kai), sees=NOT_WHERE)
    comes_in(last_sent("invitation")["link"])
    for page in ("", "/change", "/letters"):
        assert PLACEMENT not in text_of(again, f"/mine/{kai.reference}{page}"), page
    assert "Ask the worker to tell you what it says" in text_of(again, f"/mine/{kai.reference}/change")


def _relation_of(kai: Person) -> Relation:
    with context.as_engine():
        return Relation.objects.filter(person=kai, name="Rob Moss", superseded_by=None).latest("pk")

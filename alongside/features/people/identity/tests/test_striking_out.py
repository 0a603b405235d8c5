"""What was recorded by mistake: put right, struck out, or moved to the person it is about, and who had seen it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.people.identity.kinds import KINDS
from alongside.features.people.identity.striking import strike_out
from alongside.features.people.identity.tests.test_pages import as_, sent, words
from alongside.features.people.models import Circumstance, Diagnosis, Fact, Person, StrikeOut
from alongside.features.people.operations import correct_fact, record_fact
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.engine.reading import read_people
from alongside.overview.models import Duty
from alongside.overview.subject_access.pack import read_parts
from tests.cast import NOW, Area, acting_as, add_registered


def plan_of(area: Area, person: Person, kind: str = "ehc_plan") -> Circumstance:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        return record_fact(
            note, Circumstance, person=person, topic=Topic.EDUCATION, words="EHC plan.", kind=kind, detail="From school"
        )


def stamp(me: Me, person: Person) -> dict[str, Any]:
    by = {"recorded_by_id": me.id, "recorded_icb_id": person.icb_id}
    return by | {"topic": Topic.IDENTITY, "recorded_at": NOW, "happened_at": NOW}


def counted(person: Person) -> list[str]:
    """The circumstances that the rules read."""
    with context.as_engine():
        (whole,) = read_people([person.pk])
    return [one.kind for one in whole.facts.circumstances]


@pytest.fixture
def person(northmoor: Area) -> Person:
    return add_registered(northmoor)[0]


def wrong_url(person: Person, fact: Fact) -> str:
    return f"/people/{person.reference}/{fact._meta.model_name}/{fact.pk}/wrong"


@pytest.fixture
def priya(northmoor: Area) -> Client:
    return as_(northmoor.actors["coordinator"])


def test_struck_out_counts_no_more_and_stays_in_its_table(northmoor: Area, person: Person, priya: Client) -> None:
    plan = plan_of(northmoor, person)
    url, typed = wrong_url(person, plan), sent(wrong="nothing", because="Typed on the wrong line.")
    assert "From school" in words(priya.get(url))
    for _ in range(2):
        assert priya.post(url, typed).status_code == 302
    assert counted(person) == []
    with context.as_engine():
        assert Circumstance.objects.filter(pk=plan.pk).exists()
        struck = StrikeOut.objects.get()
    assert (struck.said, struck.because) == (
        "Education, health and care plan. From school",
        "Typed on the wrong line.",
    )
    assert priya.get(url).status_code == 404
    assert "Typed on the wrong line." in words(priya.get(f"/people/{person.reference}"))


def test_a_chain_of_corrections_is_struck_out_whole(northmoor: Area, person: Person) -> None:
    plan = plan_of(northmoor, person)
    with acting_as(northmoor.actors["coordinator"]) as me:
        for detail in ("Second", "Third"):
            with recording(by=me, at=NOW) as note:
                plan = correct_fact(note, plan, words="x", detail=detail)
        assert counted(person) == ["ehc_plan"]
        with recording(by=me, at=NOW) as note:
            strike_out(note, fact=plan, because="Never so.")
        assert counted(person) == []
        with pytest.raises(NotNow, match="meanwhile"), recording(by=me, at=NOW) as note:
            strike_out(note, fact=plan, because="Again.")


def test_the_right_value_stands_in_its_place(northmoor: Area, person: Person, priya: Client) -> None:
    plan = plan_of(northmoor, person)
    typed = sent(wrong="right", because="Misread.", kind="looked_after", detail="Since spring")
    assert priya.post(wrong_url(person, plan), typed).status_code == 302
    assert counted(person) == ["looked_after"]
    with context.as_engine():
        right = Circumstance.objects.get(superseded_by=None)
        assert (right.topic, right.detail) == (Topic.SOCIAL_CARE, "Since spring")
        assert StrikeOut.objects.get().replaced_by_id == right.pk


def test_their_page_leads_to_all_that_can_be_put_right(northmoor: Area, person: Person, priya: Client) -> None:
    plan = plan_of(northmoor, person)
    assert f"/people/{person.reference}/timeline?wrong=1" in priya.get(f"/people/{person.reference}").content.decode()
    everything = priya.get(f"/people/{person.reference}/timeline").content.decode()
    wrong = priya.get(f"/people/{person.reference}/timeline?wrong=1").content.decode()
    assert wrong_url(person, plan) in wrong
    assert "app-timeline__when" in wrong and wrong.count("app-timeline__when") == wrong.count("Something wrong?")
    assert everything.count("app-timeline__when") > wrong.count("app-timeline__when")


def test_what_does_not_differ_is_asked_about(northmoor: Area, person: Person, priya: Client) -> None:
    plan = plan_of(northmoor, person)
    typed = sent(wrong="right", because="x", kind="ehc_plan", detail="From school")
    answer = priya.post(wrong_url(person, plan), typed)
    assert (answer.status_code, "what stands there already" in words(answer)) == (422, True)


@pytest.mark.parametrize("typed", [{}, {"wrong": "nothing"}, {"because": "x"}, {"wrong": "right", "because": "x"}])
def test_half_an_answer_changes_nothing(northmoor: Area, person: Person, priya: Client, typed: dict[str, str]) -> None:
    plan = plan_of(northmoor, person)
    answer = priya.post(wrong_url(person, plan), sent(**typed))
    assert (answer.status_code, counted(person)) == (422, ["ehc_plan"])
    assert "There is a problem" in words(answer)


def move(priya: Client, wrong: Person, fact: Fact, right: Person | None) -> Any:
    typed = sent(wrong="other", because="Same surname.", other=right.reference if right else "")
    return priya.post(wrong_url(wrong, fact), typed)


def test_what_is_about_somebody_else_moves_and_is_shown_here_no_more(
    northmoor: Area, person: Person, priya: Client
) -> None:
    right, _ = add_registered(northmoor, given_name="Ida", family_name="Quill")
    plan = plan_of(northmoor, person)
    assert move(priya, person, plan, right).status_code == 302
    assert (counted(person), counted(right)) == ([], ["ehc_plan"])
    page = words(priya.get(f"/people/{person.reference}")) + words(priya.get(f"/people/{person.reference}/timeline"))
    assert "From school" not in page and "EHC plan" not in page and right.reference not in page
    assert "was about somebody else" in page
    assert "From school" not in repr(read_parts(person.pk)), "nor is it given out with this record"
    assert "From school" in repr(read_parts(right.pk))
    assert "Recorded by mistake on another record before" in words(priya.get(f"/people/{right.reference}"))


def test_without_knowing_whose_it_is_it_is_taken_off_all_the_same(
    northmoor: Area, person: Person, priya: Client
) -> None:
    plan = plan_of(northmoor, person)
    assert move(priya, person, plan, None).status_code == 302
    assert counted(person) == []


def test_somebody_of_another_area_reads_like_nobody(
    northmoor: Area, saltby: Area, person: Person, priya: Client
) -> None:
    away, _ = add_registered(saltby)
    plan = plan_of(northmoor, person)
    answer = move(priya, person, plan, away)
    assert (answer.status_code, counted(person)) == (422, ["ehc_plan"])
    assert "No record that you may see has this reference" in words(answer)


def test_information_governance_hears_who_had_seen_it_and_says_what_follows(
    northmoor: Area, person: Person, priya: Client
) -> None:
    plan = plan_of(northmoor, person)
    with acting_as(northmoor.actors["manager"]) as me:
        record_look(me, "person", [person.pk], at=NOW + timedelta(hours=1))
        record_look(me, "register", [person.pk, 999], at=NOW + timedelta(hours=1))
    with acting_as(northmoor.actors["commissioner"]) as me:
        record_look(me, "person", [person.pk], at=NOW - timedelta(hours=1))
    move(priya, person, plan, None)
    with context.as_engine():
        struck = StrikeOut.objects.get()
        message = Message.objects.get(kind="wrong_person")
        assert Duty.objects.filter(subject="wrong_person", subject_id=struck.pk).count() == 1
    governance = as_(northmoor.actors["governance"])
    assert message.to_actor == northmoor.actors["governance"]
    assert person.reference not in message.subject + message.body
    page = governance.get(message.link)
    assert "Keyworking manager of TNM" in words(page), "looked while it stood there"
    assert "Commissioner of TNM" not in words(page), "looked before"
    assert "From school" not in words(page), "what it said is not theirs to read"
    assert governance.post(message.link, sent(words="Two colleagues told.")).status_code == 302
    assert "Two colleagues told." in words(governance.get(message.link))
    with context.as_engine():
        assert not Duty.objects.filter(subject="wrong_person").exists()


def test_who_runs_the_register_reads_it_and_nobody_else_does(
    northmoor: Area, saltby: Area, person: Person, priya: Client
) -> None:
    move(priya, person, plan_of(northmoor, person), None)
    with context.as_engine():
        url = f"/wrong-records/{StrikeOut.objects.get().pk}"
    assert priya.get(url).status_code == 200
    assert priya.post(url, sent(words="x")).status_code == 422, "information governance says it"
    assert as_(northmoor.actors["keyworker"]).get(url).status_code == 403
    for role in ("governance", "coordinator"):
        assert as_(saltby.actors[role]).get(url).status_code == 404
        assert person.reference not in as_(saltby.actors[role]).get("/wrong-records").content.decode()


def test_whoever_may_not_write_may_not_strike_out(northmoor: Area, saltby: Area, person: Person) -> None:
    url = wrong_url(person, plan_of(northmoor, person))
    assert as_(saltby.actors["coordinator"]).get(url).status_code == 404
    assert as_(northmoor.actors["keyworker"]).get(url).status_code == 404
    assert as_(northmoor.actors["partner_education"]).get(url).status_code == 403
    assert as_(northmoor.actors["commissioner"]).get(url).status_code == 404, "education is not theirs to read"


def test_every_kind_says_what_stands_there_and_opens(northmoor: Area, person: Person, priya: Client) -> None:
    made = {
        "address": {"kind": "home", "lines": "1 High St", "postcode": "ZZ1 1AA"},
        "belonging": {"kind": "school", "name": "Oak Lane"},
        "circumstance": {"kind": "ehc_plan"},
        "communication": {"best_way": "Slowly"},
        "diagnosis": {"kind": "autism", "basis": "diagnosed"},
        "document": {"kind": "letter", "title": "A letter", "file_name": "a.pdf", "media_type": "x", "size": 1},
        "lifeevent": {"kind": "police", "detail": "Called out"},
        "ownwords": {"words": "I like trains"},
        "professional": {"name": "Dr Ames"},
        "relation": {"name": "Dawn", "relationship": "mother"},
    }
    assert made.keys() == KINDS.keys()
    for name, values in made.items():
        kind = KINDS[name]
        with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
            fact = kind.model.objects.create(person=person, **stamp(me, person), **values)
            note("x.recorded", words="x", person_id=person.pk, icb_id=person.icb_id, topic=1)
        assert kind.said(fact), name
        assert priya.get(wrong_url(person, fact)).status_code == 200, name


def test_a_diagnosis_struck_out_is_gone_from_the_list_too(northmoor: Area, person: Person, priya: Client) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        found = record_fact(
            note, Diagnosis, person=person, topic=Topic.HEALTH, words="Autism.", kind="autism", basis="diagnosed"
        )
    priya.post(wrong_url(person, found), sent(wrong="nothing", because="Another child's letter."))
    with context.as_engine():
        (whole,) = read_people([person.pk])
    assert whole.facts.diagnosis == frozenset()
    assert clock.now() > NOW

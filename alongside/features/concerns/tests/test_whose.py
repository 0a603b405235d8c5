"""Who reads it, who has it after a hand-over, a move, a death; and what the family reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from alongside.features.concerns.disputes.operations import decide_dispute
from alongside.features.concerns.ending import TOLD_SUBJECT
from alongside.features.concerns.funding.operations import withdraw
from alongside.features.concerns.models import Concern, ConcernStep, Dispute, Funding, PlacementNotice
from alongside.features.concerns.placements.operations import end_notice
from alongside.features.concerns.raising import operations
from alongside.features.concerns.tests.conftest import TODAY, asked, disputed, does, due, given, raised, signed_in
from alongside.features.keyworking.handing_over.work import list_open_work, move_work
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Person
from alongside.features.people.operations import accept_person, change_person, offer_person
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC
from tests.cast import NOW, Area, acting_as, key_of


def _family(area: Area, kai: Person, role: str = "young_person", because: str = "own_record") -> Actor:
    actor = area.actors[role]
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        Involvement.objects.create(
            actor=actor, person_id=kai.pk, topics=list(EVERY_TOPIC), because=because, relies_on="", sees_guarded=1,
            from_at=NOW - timedelta(hours=1),
        )  # fmt: skip
        note("involvement.made", words="Came in.", person_id=kai.pk, topic=1)
    return actor


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def test_the_family_reads_a_concern_once_they_were_told_and_never_a_step(
    northmoor: Area, kai: Person, ben: Actor
) -> None:
    concern = raised(ben, kai)
    does(ben, operations.look_at, concern=concern, words="Asked his mother about it", look_on=None)
    young = _family(northmoor, kai)
    with acting_as(young) as me:
        assert _count("concerns_concern") == 0 and not Concern.objects.visible_to(me).exists()
        assert _count("concerns_concernstep") == 0 and not ConcernStep.objects.visible_to(me).exists()
        words = "select count(*) from recording_event where code like 'concern%'"
        with connection.cursor() as cursor:
            cursor.execute(words)
            assert cursor.fetchone() == (0,)
    does(ben, operations.settle_family, concern=concern, family_words="We asked Ash House to mend the door.")
    with acting_as(young):
        assert _count("concerns_concern") == 1 and _count("concerns_concernstep") == 0
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(young, NOW)
    page = client.get(f"/mine/{kai.reference}/decided").content.decode()
    assert "We asked Ash House to mend the door." in page and "Asked his mother" not in page
    assert f"/mine/{kai.reference}/decided" in client.get(f"/mine/{kai.reference}").content.decode()


def test_each_reads_by_topic(northmoor: Area, saltby: Area, kai: Person, ben: Actor) -> None:
    raised(ben, kai, kind="safeguarding")
    asked(ben, kai)
    commissioner, stranger = northmoor.actors["commissioner"], saltby.actors["coordinator"]
    with acting_as(commissioner) as me:
        assert not Concern.objects.visible_to(me).exists() and Funding.objects.visible_to(me).count() == 1
        assert (_count("concerns_concern"), _count("concerns_funding"), _count("concerns_fundingpart")) == (0, 1, 2)
    with acting_as(stranger):
        assert (_count("concerns_concern"), _count("concerns_funding")) == (0, 0)
    assert signed_in(stranger).get(f"/people/{kai.reference}/care").status_code == 404
    page = signed_in(commissioner).get(f"/people/{kai.reference}/care").content.decode()
    assert "Some of this is not shown to you" in page and "Ash House" not in page


def test_open_work_goes_to_somebody_else(northmoor: Area, kai: Person, ben: Actor) -> None:
    made = [raised(ben, kai), disputed(ben, kai), asked(ben, kai), given(ben, kai)]
    asha = hire(northmoor, "Asha Patel")
    with context.as_engine():
        mine = [item for item in list_open_work(ben.pk, northmoor.icb.pk) if item.kind in (
            "concern", "dispute", "funding", "placement_notice")]  # fmt: skip
        assert sorted(item.row.number for item in mine) == sorted(row.pk for row in made)
        assert len({item.kind for item in mine}) == 4
        with recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
            move_work(note, mine, asha)
        leads = {kind.objects.get().lead_id for kind in (Concern, Dispute, Funding, PlacementNotice)}
    assert leads == {asha.pk}
    look = due(kai, "concern_look")
    assert look and look.owner_actor_id in (asha.pk, ben.pk)


def test_whoever_dies_has_nothing_open_and_a_mistake_opens_it_again(northmoor: Area, kai: Person, ben: Actor) -> None:
    raised(ben, kai)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=Person.objects.get(pk=kai.pk), died_on=TODAY)
    with context.as_engine():
        over = Concern.objects.get()
        assert over.outcome == "record_ended" and over.closed_at == NOW
        assert Message.objects.filter(to_actor=ben, subject=TOLD_SUBJECT).count() == 1
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=Person.objects.get(pk=kai.pk), died_on=None)
    with context.as_engine():
        assert Concern.objects.get().closed_at is None


def test_it_moves_along_and_the_area_before_reads_nothing_of_what_comes_after(
    northmoor: Area, saltby: Area, kai: Person, ben: Actor
) -> None:
    concern = raised(ben, kai)
    there = saltby.actors["coordinator"]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        offer_person(note, person=kai, to_icb=saltby.icb, because="Moved", by=me)
    with acting_as(there) as me, recording(by=me, at=NOW) as note:
        accept_person(note, person_id=kai.pk, to_icb=saltby.icb, by=me)
    with acting_as(there) as me:
        now = Concern.objects.visible_to(me).get(superseded_by=None)
        assert now.number == concern.number and now.recorded_icb == saltby.icb and now.lead is None
    does(there, operations.look_at, concern=now, words="Saltby looked", look_on=None)
    with acting_as(northmoor.actors["coordinator"]) as me:
        assert not ConcernStep.objects.visible_to(me).filter(words="Saltby looked").exists()


@pytest.mark.parametrize(
    ("page", "most"), [("care", 9), ("concerns/new", 8), ("funding/new", 9), ("placements/new", 12)]
)
def test_each_page_asks_little(
    kai: Person, ben: Actor, page: str, most: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _ in range(3):
        raised(ben, kai)
        asked(ben, kai)
    given(ben, kai)
    client = signed_in(ben)
    with django_assert_max_num_queries(most):
        assert client.get(f"/people/{kai.reference}/{page}").status_code == 200


@pytest.mark.parametrize("show", ["concerns", "notices", "funding", "disputes", "visits"])
def test_the_area_asks_little_however_much_is_open(
    northmoor: Area, kai: Person, ben: Actor, show: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _ in range(3):
        raised(ben, kai)
        asked(ben, kai)
        given(ben, kai)
        disputed(ben, kai)
    client = signed_in(northmoor.actors["manager"])
    with django_assert_max_num_queries(9):
        assert client.get(f"/concerns?show={show}").status_code == 200


def test_the_page_of_one_asks_little(
    kai: Person, ben: Actor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    pages = {
        f"concerns/{raised(ben, kai, kind='safeguarding').number}": 11,
        f"disputes/{disputed(ben, kai).number}": 9,
        f"funding/{asked(ben, kai).number}": 11,
        f"placements/{given(ben, kai).number}": 11,
    }
    client = signed_in(ben)
    for page, most in pages.items():
        with django_assert_max_num_queries(most):
            assert client.get(f"/people/{kai.reference}/{page}").status_code == 200


def test_each_page_can_be_read_when_it_is_over(kai: Person, ben: Actor) -> None:
    concern = raised(ben, kai)
    does(ben, operations.find_out, concern=concern, outcome="put_right", words="There is a handle.")
    does(ben, operations.tell_raiser, concern=concern, how="By phone")
    does(ben, operations.settle_family, concern=concern, family_words="It can be opened now.")
    request, notice, dispute = asked(ben, kai), given(ben, kai), disputed(ben, kai)
    does(ben, withdraw, funding=request, words="Paid otherwise")
    does(ben, end_notice, notice=notice, outcome="stays", words="They changed their mind")
    does(ben, decide_dispute, dispute=dispute, outcome="agreed", decided_owner="Saltby ICB", decided_who="Both",
         decided_on=TODAY, words="He lives there.")  # fmt: skip
    client, said = signed_in(ben), ("It was put right", "Taken back", "They stay", "Saltby ICB is responsible")
    pages = (f"concerns/{concern.number}", f"funding/{request.number}", f"placements/{notice.number}")
    for page, words in zip((*pages, f"disputes/{dispute.number}"), said, strict=True):
        shown = client.get(f"/people/{kai.reference}/{page}").content.decode()
        assert words in shown and "Somebody else leads</a>" not in shown, page
    assert client.get(f"/people/{kai.reference}/care").content.decode().count(">Over<") == 4


@pytest.mark.parametrize(
    ("kind", "deeds"),
    [
        ("concerns", ("council", "answer", "look", "found", "raiser", "family", "lead", "action")),
        ("disputes", ("interim", "look", "decide", "lead")),
        ("funding", ("told", "started", "later", "withdraw", "lead")),
        ("placements", ("last-day", "over", "lead", "places")),
    ],
)
def test_each_step_has_a_form_and_none_that_there_is_not(
    kai: Person, ben: Actor, kind: str, deeds: tuple[str, ...]
) -> None:
    make = {"concerns": raised, "disputes": disputed, "funding": asked, "placements": given}[kind]
    here, client = f"/people/{kai.reference}/{kind}/{make(ben, kai).number}", signed_in(ben)
    for deed in deeds:
        assert client.get(f"{here}/{deed}").status_code == 200, deed
        assert client.post(f"{here}/{deed}", {}).status_code == 422, deed
    assert client.get(f"{here}/nothing-like-it").status_code == 404

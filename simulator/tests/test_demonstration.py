"""The demonstration is made once, is alive, and each of its cast sees what their role says."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alongside.features.keyworking.models import Ending, Supervision
from alongside.features.people.models import Person
from alongside.features.register.models import AgendaReason, Meeting, MeetingDecision
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Installation
from alongside.overview.meeting.minutes import read_minutes
from alongside.overview.meeting.reading import list_meetings, read_lines
from alongside.overview.models import Duty, RegisterRow
from simulator.cast import CAST
from simulator.demonstration import make_demonstration
from simulator.replay import acting_as

PEOPLE = 60
NOBODY = {"ruth", "nadia", "ivor", "ada"}


@pytest.fixture(scope="module")
def made(own_database: None) -> None:
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("cast")
    assert make_demonstration(PEOPLE, now=clock.now(), loud=False)


def seen_by(key: str) -> set[int]:
    actor = Actor.objects.get(cast_key=key)
    with acting_as(actor.pk, clock.now()):
        return set(Person.objects.values_list("id", flat=True))


def test_it_is_marked_as_a_demonstration(made: None) -> None:
    assert Installation.objects.get().demonstration


def test_making_it_again_changes_nothing(made: None) -> None:
    with context.as_engine():
        before = Person.objects.count(), Actor.objects.count()
    assert not make_demonstration(PEOPLE, now=clock.now(), loud=False)
    with context.as_engine():
        assert before == (Person.objects.count(), Actor.objects.count())


def test_each_of_the_cast_has_a_name_a_post_and_a_sentence(made: None, capsys: pytest.CaptureFixture) -> None:
    for part in CAST:
        actor = Actor.objects.get(cast_key=part.key)
        assert (actor.name, actor.post, actor.about) == (part.name, part.post, part.about)
    call_command("cast")
    printed = capsys.readouterr().out
    assert all(part.key in printed and part.name in printed for part in CAST)


def test_who_sees_whom(made: None) -> None:
    with context.as_engine():
        everybody = set(Person.objects.values_list("id", flat=True))
        open_here = set(Person.objects.filter(icb__code="DEMO", guard=0).values_list("id", flat=True))
    assert seen_by("tom") == open_here
    assert seen_by("priya") > open_here, "the register team also sees who has not agreed, and named ones"
    assert seen_by("asha") < open_here
    assert 0 < len(seen_by("helen")) < 6
    assert seen_by("dev") and not seen_by("dev") >= open_here
    for key in NOBODY:
        assert seen_by(key) == set(), key
    assert everybody > open_here


def test_a_restricted_record_is_open_to_those_named_only(made: None) -> None:
    with context.as_engine():
        (zara,) = Person.objects.filter(guard=2).values_list("id", flat=True)
    assert zara in seen_by("priya")
    assert all(zara not in seen_by(part.key) for part in CAST if part.key != "priya")


def test_there_is_something_late_something_due_and_something_to_decide(made: None) -> None:
    now = clock.now()
    with context.as_engine():
        late = Duty.objects.filter(due__lt=now, ends_at=None).count()
        due = Duty.objects.filter(shows_from__lte=now, due__gte=now).count()
        waiting = RegisterRow.objects.exclude(proposal="").count()
        colours = set(RegisterRow.objects.values_list("colour", flat=True))
    assert late and due and waiting
    assert colours >= {"red", "amber", "green", "blue"}
    assert late < due * 3, "not everything is late"


def test_a_register_meeting_was_held_and_the_next_one_has_its_agenda(made: None) -> None:
    with context.as_engine():
        held, coming = Meeting.objects.filter(icb__code="DEMO").order_by("starts_at")
        decided = list(MeetingDecision.objects.filter(item__meeting=held))
        proposed = set(coming.items.values_list("entry_id", flat=True))
        carried = set(AgendaReason.objects.filter(item__meeting=coming, code="carried").values_list("item", flat=True))
        at_risk = RegisterRow.objects.filter(icb__code="DEMO", listing="child", guard=0, colour__in=("red", "blue"))
        red_or_blue = set(at_risk.values_list("entry_id", flat=True))
    assert held.state == "closed" and held.minutes_sent_at and held.starts_at < clock.now() < coming.starts_at
    assert coming.state == "planned" and coming.agenda_sent_at and coming.starts_at.weekday() < 5
    assert {one.quorate for one in decided} == {True, False}, "one with health, education and care, one without"
    assert any(one.dissent for one in decided)
    assert carried, "who was left or not reached stands on the next one"
    assert red_or_blue and red_or_blue <= proposed, "whatever day their rating came on"


@pytest.mark.parametrize("key", ["priya", "helen", "ed", "samira", "asha"])
def test_whoever_was_asked_reads_their_own_part_of_both(made: None, key: str) -> None:
    actor = Actor.objects.get(cast_key=key)
    with acting_as(actor.pk, clock.now()) as me:
        held, coming = sorted(list_meetings(me), key=lambda one: one.starts_at)
        assert read_minutes(me, held) and read_lines(me, coming)


def test_keyworking_has_ended_for_one_who_is_on_the_register_and_for_one_who_is_not(made: None) -> None:
    with context.as_engine():
        ended = set(Ending.objects.values_list("person", flat=True))
        on_it = set(RegisterRow.objects.values_list("person", flat=True))
    assert ended & on_it and ended - on_it


def test_supervision_was_written_down_and_read_by_the_two_who_held_it(made: None) -> None:
    with context.as_engine():
        assert Supervision.objects.filter(worker__cast_key="asha").count() == 2
    for key, many in (("tom", 3), ("asha", 2), ("ben", 1), ("priya", 0)):
        with acting_as(Actor.objects.get(cast_key=key).pk, clock.now()):
            assert Supervision.objects.count() == many, key

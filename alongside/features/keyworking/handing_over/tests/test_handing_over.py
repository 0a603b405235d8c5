"""Who leaves hands over everything, families know first, and nobody is without a keyworker for a day."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.features.keyworking.contacts.operations import note_promise
from alongside.features.keyworking.handing_over.leaving import close_account
from alongside.features.keyworking.handing_over.operations import call_off, choose_taker, end_without_taker, give_rest
from alongside.features.keyworking.handing_over.tests.conftest import (
    DAY,
    TODAY,
    agreed,
    begun,
    does,
    done,
    lines_of,
    prepared,
    walked_with,
)
from alongside.features.keyworking.handing_over.work import list_open_work
from alongside.features.keyworking.models import Allocation, HandOver, KeyworkerProfile, Leave
from alongside.features.people.models import Person
from alongside.features.people.operations import merge_people, record_fact
from alongside.features.plans.models import PlanProposal
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.models import Message
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, add_registered


def keyworkers_of(person: Person, on: object = TODAY) -> list[tuple[str, str]]:
    """(part, name) of everybody on a day."""
    with context.as_engine():
        rows = Allocation.objects.filter(person=person, from_date__lte=on).select_related("worker").order_by("part")
        return [(row.part, row.worker.name) for row in rows if row.to_date is None or row.to_date > on]


def test_it_is_not_agreed_while_somebody_has_nobody_or_a_family_was_not_told(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    walked_with(northmoor, "Ann", "amber", asha)
    hand_over = begun(northmoor, asha)
    first = lines_of(hand_over)[0]
    does(northmoor, lambda note, me: choose_taker(note, by=me, line=first, taker_id=ben.pk))
    with pytest.raises(NotNow) as refused:
        agreed(northmoor, hand_over)
    assert "1 person has nobody who takes over yet." in refused.value.sentence
    assert "1 family was not told yet who takes over." in refused.value.sentence


def test_whoever_leaves_today_is_followed_in_the_same_breath(northmoor: Area, asha: Actor, ben: Actor) -> None:
    kai = walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha)
    prepared(northmoor, hand_over, ben)
    agreed(northmoor, hand_over)
    done(northmoor, hand_over)
    assert keyworkers_of(kai) == [("designated", "Ben Okafor")]
    with context.as_engine():
        assert not Duty.objects.filter(person=kai, owner_actor=asha).exists()
        assert not Duty.objects.filter(person=kai, doing="name_keyworker").exists()
        assert not Duty.objects.filter(subject="hand_over").exists()


def test_until_a_later_day_the_new_one_comes_in_and_then_takes_over_by_itself(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    from alongside.features.keyworking.handing_over.effect import take_effect_of_all

    kai = walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha, on=TODAY + 7 * DAY)
    prepared(northmoor, hand_over, ben, beside_until=TODAY + 14 * DAY)
    agreed(northmoor, hand_over)
    asha_name = asha.name
    assert keyworkers_of(kai) == [("designated", asha_name), ("incoming", "Ben Okafor")]
    with context.as_engine():
        assert Duty.objects.get(subject="hand_over").rule_key == "hand_over_done"
    with pytest.raises(NotNow):
        done(northmoor, hand_over)
    day = datetime.combine(TODAY + 7 * DAY, time(0, 5), LONDON)
    assert take_effect_of_all(day - timedelta(minutes=10)) == 0
    assert take_effect_of_all(day) == 1 and take_effect_of_all(day) == 0
    there = keyworkers_of(kai, TODAY + 7 * DAY)
    assert there == [("designated", "Ben Okafor"), ("outgoing", asha_name)]
    assert keyworkers_of(kai, TODAY + 14 * DAY) == [("designated", "Ben Okafor")]


def test_leave_is_covered_for_its_days_and_the_keyworker_stays_theirs(northmoor: Area, asha: Actor, ben: Actor) -> None:
    kai = walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha, "leave", on=TODAY + 3 * DAY, to=TODAY + 10 * DAY)
    prepared(northmoor, hand_over, ben)
    agreed(northmoor, hand_over)
    for days, names in (
        (2, [asha.name]),
        (3, ["Ben Okafor", asha.name]),
        (10, ["Ben Okafor", asha.name]),
        (11, [asha.name]),
    ):
        assert [name for _, name in keyworkers_of(kai, TODAY + days * DAY)] == names
    with context.as_engine():
        leave = Leave.objects.get(worker=asha)
        assert (leave.from_date, leave.to_date) == (TODAY + 3 * DAY, TODAY + 10 * DAY)
    with acting_as(ben) as me:
        assert not Person.objects.visible_to(me).filter(pk=kai.pk).exists(), "not before the first day"
    with acting_as(ben, clock.now() + 3 * DAY) as me:
        pass


def test_another_taker_means_that_the_family_is_told_again(
    northmoor: Area, asha: Actor, ben: Actor, zoe: Actor
) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha)
    prepared(northmoor, hand_over, ben)
    (line,) = lines_of(hand_over)
    does(northmoor, lambda note, me: choose_taker(note, by=me, line=line, taker_id=zoe.pk))
    with pytest.raises(NotNow) as refused:
        agreed(northmoor, hand_over)
    assert "not told yet" in refused.value.sentence


def test_a_named_keyworker_never_ends_without_another_but_a_co_worker_may(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    walked_with(northmoor, "Ann", "red", asha, part="co_worker")
    hand_over = begun(northmoor, asha)
    named, beside = lines_of(hand_over)
    with pytest.raises(NotNow):
        does(northmoor, lambda note, me: end_without_taker(note, line=named, because="Enough"))
    does(northmoor, lambda note, me: end_without_taker(note, line=beside, because="Ann has settled in"))
    assert lines_of(hand_over)[1].ends


def test_messages_that_wait_go_along_and_the_rest_needs_somebody(northmoor: Area, asha: Actor, ben: Actor) -> None:
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=clock.now()) as note:
        queue_message(
            note, icb_id=northmoor.icb.pk, kind="asked", subject="A question", body="When?", to_actor_id=asha.pk
        )
    hand_over = begun(northmoor, asha)
    with pytest.raises(NotNow) as refused:
        agreed(northmoor, hand_over)
    assert refused.value.sentence == "Say who takes the other work."
    does(northmoor, lambda note, me: give_rest(note, hand_over=hand_over, to=ben))
    agreed(northmoor, hand_over)
    done(northmoor, hand_over)
    with context.as_engine():
        passed = Message.objects.get(to_actor=ben)
        assert "When?" in passed.body and HandOver.objects.get().moved == {"message": 1}


def test_an_account_does_not_close_while_work_is_open_nor_does_the_database_let_it(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    with pytest.raises(NotNow) as refused:
        does(northmoor, lambda note, me: close_account(note, by=me, icb=northmoor.icb, worker=asha))
    assert "still has 1 person" in refused.value.sentence
    with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
        with recording(by=ben, at=clock.now()) as note:
            note("tried", words="Somebody tried.", icb_id=northmoor.icb.pk)
            asha.left_on = TODAY
            asha.save()
    hand_over = begun(northmoor, asha)
    prepared(northmoor, hand_over, ben)
    agreed(northmoor, hand_over)
    done(northmoor, hand_over)
    with pytest.raises(Refused):
        does(
            northmoor,
            lambda note, me: close_account(note, by=me, icb=northmoor.icb, worker=asha),
            role="coordinator",
        )
    does(northmoor, lambda note, me: close_account(note, by=me, icb=northmoor.icb, worker=asha))
    with context.as_engine():
        assert Actor.objects.get(pk=asha.pk).left_on == TODAY


def test_somebody_given_since_it_was_agreed_stops_it_and_nothing_changed_hands(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    kai = walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha, on=TODAY + DAY)
    prepared(northmoor, hand_over, ben)
    agreed(northmoor, hand_over)
    walked_with(northmoor, "Ann", "amber", asha)
    with pytest.raises(NotNow):
        done(northmoor, hand_over, at=clock.now() + DAY)
    assert ("designated", asha.name) in keyworkers_of(kai, TODAY + DAY)


def test_called_off_nothing_changes_hands_and_nobody_leaves(northmoor: Area, asha: Actor, ben: Actor) -> None:
    kai = walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha, on=TODAY + 7 * DAY)
    prepared(northmoor, hand_over, ben)
    agreed(northmoor, hand_over)
    does(northmoor, lambda note, me: call_off(note, hand_over=hand_over, because="She stays"))
    assert keyworkers_of(kai) == [("designated", asha.name)]
    with context.as_engine():
        assert KeyworkerProfile.objects.get(worker=asha).leaves_on is None
        assert not Duty.objects.filter(subject="hand_over").exists()


def test_nobody_beyond_the_limit_counting_all_that_one_takes(northmoor: Area, asha: Actor, ben: Actor) -> None:
    from alongside.features.keyworking.team import set_caseload_rule

    does(
        northmoor,
        lambda note, me: set_caseload_rule(note, icb=northmoor.icb, key="block_at", value=5, starts_on=TODAY),
    )
    for name in ("Kai", "Ann"):
        walked_with(northmoor, name, "red", asha)
    first, second = lines_of(begun(northmoor, asha))
    does(northmoor, lambda note, me: choose_taker(note, by=me, line=first, taker_id=ben.pk))
    with pytest.raises(Refused) as refused:
        does(northmoor, lambda note, me: choose_taker(note, by=me, line=second, taker_id=ben.pk))
    assert "would hold 3 points; the limit is 2.5" in refused.value.sentence


def test_nothing_goes_to_somebody_who_left_meanwhile(northmoor: Area, asha: Actor, ben: Actor, zoe: Actor) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha, on=TODAY + DAY)
    prepared(northmoor, hand_over, ben)
    does(northmoor, lambda note, me: give_rest(note, hand_over=hand_over, to=zoe))
    agreed(northmoor, hand_over)
    does(northmoor, lambda note, me: close_account(note, by=me, icb=northmoor.icb, worker=zoe))
    with pytest.raises(NotNow, match="Zoe Hart left meanwhile"):
        done(northmoor, hand_over, at=clock.now() + DAY)


def test_the_keyworker_named_on_a_merged_record_does_not_leave_it_behind(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    merged = walked_with(northmoor, "Kai", "red", asha)
    survivor, _ = add_registered(northmoor, given_name="Kay")
    does(northmoor, lambda note, me: merge_people(note, survivor=survivor, merged=merged, because="The same.", by=me))
    with pytest.raises(NotNow, match="still has 1 person"):
        does(northmoor, lambda note, me: close_account(note, by=me, icb=northmoor.icb, worker=asha))
    hand_over = begun(northmoor, asha)
    prepared(northmoor, hand_over, ben)
    agreed(northmoor, hand_over)
    done(northmoor, hand_over)
    with context.as_engine():
        owners = Duty.objects.filter(person=survivor, owner_actor__isnull=False).values_list("owner_actor__name")
        assert set(owners) == {("Ben Okafor",)}


def test_what_was_promised_and_a_plan_that_waits_go_with_the_person(northmoor: Area, asha: Actor, zoe: Actor) -> None:
    """Both are the keyworker's, whoever that is: told as theirs before, and as whoever takes over's after."""
    kai = walked_with(northmoor, "Kai", "amber", asha)

    def begin(note: Notes, me: Any) -> None:
        note_promise(note, person=kai, who="Mr Ash", what="Send the report", by_date=TODAY + DAY)
        record_fact(
            note, PlanProposal, person=kai, topic=Topic.KEYWORKING, words="Sent", code="plan.sent",
            parts={"about": {"words": "Me"}}, review_on=TODAY + 90 * DAY,
        )  # fmt: skip

    does(northmoor, begin)
    kinds = ["promise", "proposal"]
    assert [item.kind for item in list_open_work(asha.pk, northmoor.icb.pk)] == kinds
    assert list_open_work(zoe.pk, northmoor.icb.pk) == []
    hand_over = begun(northmoor, asha)
    prepared(northmoor, hand_over, zoe)
    agreed(northmoor, hand_over)
    done(northmoor, hand_over)
    assert list_open_work(asha.pk, northmoor.icb.pk) == []
    assert [item.kind for item in list_open_work(zoe.pk, northmoor.icb.pk)] == kinds
    with context.as_engine():
        said = set(Event.objects.filter(person_id=kai.pk, code__endswith=".handed").values_list("words", flat=True))
        assert Duty.objects.get(person=kai, doing="open_promise").owner_actor == zoe
    assert said == {
        "Zoe Hart chases what Mr Ash promised.",
        "Zoe Hart goes on with the plan that waits for approval.",
    }

"""A planned review from the request to the day. Only what was held answers a clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.features.hospital.operations import admit
from alongside.features.reviews.models import PanelLink, PlannedReview, PlannedStep, Review
from alongside.features.reviews.organising import agreeing, links, operations, seats
from alongside.features.reviews.organising.deciders import Decider, name_problem
from alongside.features.reviews.organising.papers import add_paper, take_back
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.messages.ways import rendered
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW

from .conftest import DAY, Organising
from .test_gate import FILE

pytestmark = pytest.mark.django_db


def due(organising: Organising, start: str) -> Duty | None:
    with context.as_engine():
        return Duty.objects.filter(person=organising.person, key__startswith=start).first()


def starts(organising: Organising) -> set[str]:
    with context.as_engine():
        rows = Duty.objects.filter(person=organising.person, subject="planned_review")
        return {key.split(":")[0] for key in rows.values_list("key", flat=True)}


def test_a_request_is_answered_and_then_a_day_is_due(organising: Organising) -> None:
    planned = organising.asked()
    assert starts(organising) == {"review_request"}
    organising.does(operations.accept, planned=planned)
    assert starts(organising) == {"review_day"}


def test_a_no_says_why_and_leaves_nothing_due(organising: Organising) -> None:
    planned = organising.asked()
    with pytest.raises(NotNow):
        organising.does(operations.decline, planned=planned, because="")
    organising.does(operations.decline, planned=planned, because="Needs are met at home")
    assert not starts(organising)


def test_with_a_day_everything_before_it_is_due(organising: Organising) -> None:
    organising.dated()
    assert starts(organising) == {
        "review_agreement", "review_invitation", "review_panel", "review_papers", "review_write_up"
    }  # fmt: skip
    invitation, papers = due(organising, "review_invitation"), due(organising, "review_papers")
    assert invitation and papers
    assert (DAY.date() - invitation.due.date()).days == 14
    assert papers.due == DAY - timedelta(hours=24)
    assert papers.timed


def test_a_complete_panel_and_agreement_are_due_no_more(organising: Organising) -> None:
    planned = organising.dated()
    organising.full_panel(planned)
    organising.says(planned, True)
    assert starts(organising) == {"review_invitation", "review_papers", "review_write_up"}
    organising.does(operations.say_invited, planned=planned)
    organising.does(operations.say_papers_sent, planned=planned, none_because="The trust sent them")
    assert starts(organising) == {"review_write_up"}


def test_what_prepares_it_is_due_no_more_once_it_is_held_or_called_off(organising: Organising) -> None:
    planned = organising.dated()
    organising.does(operations.hold, at=DAY + timedelta(hours=8), planned=planned, held_at=DAY, chair="Ruth Lee")
    assert not starts(organising)
    other = organising.dated()
    organising.does(operations.cancel, planned=other, because="They moved away")
    assert not starts(organising)


def test_after_a_no_only_asking_again_is_due(organising: Organising) -> None:
    planned = organising.dated()
    organising.says(planned, False)
    assert starts(organising) == {"review_agreement", "review_write_up"}
    agreement = due(organising, "review_agreement")
    assert agreement and "not held" in agreement.what


def test_a_day_is_in_the_future_and_video_needs_a_reason(organising: Organising) -> None:
    planned = organising.asked()
    for wrong in ({"starts_at": NOW}, {"starts_at": DAY, "by_video": True}):
        with pytest.raises(NotNow):
            organising.does(operations.set_day, planned=planned, minutes=60, place="Here", **wrong)


def test_another_day_asks_for_new_invitations(organising: Organising) -> None:
    planned = organising.dated()
    organising.seats(planned, "chair", "Ruth Lee")
    organising.does(operations.say_invited, planned=planned)
    moved = organising.does(
        operations.set_day, planned=planned, starts_at=DAY + timedelta(days=7), minutes=360, place="Room 2"
    )
    assert moved.invited_at is None


def test_without_anybody_nobody_has_been_invited(organising: Organising) -> None:
    planned = organising.dated()
    with pytest.raises(NotNow, match="Nobody is on the panel or invited yet"):
        organising.does(operations.say_invited, planned=planned)
    organising.does(agreeing.invite, planned=planned, part="advocate", name="Jo Hart", family_agreed=False)
    assert organising.does(operations.say_invited, planned=planned).invited_at == NOW


def test_without_a_paper_none_is_with_the_panel_unless_it_is_said_why(organising: Organising) -> None:
    planned = organising.dated()
    organising.says(planned, True)
    for nothing in ("", " "):
        with pytest.raises(NotNow, match="No paper is here yet"):
            organising.does(operations.say_papers_sent, planned=planned, none_because=nothing)
    sent = organising.does(operations.say_papers_sent, planned=planned, none_because="The trust sent them")
    assert sent.papers_at == NOW
    with context.as_engine():
        assert PlannedStep.objects.get(kind="papers_sent").because == "No papers here: The trust sent them"


def test_a_paper_that_was_taken_back_is_none(organising: Organising) -> None:
    planned = organising.dated()
    organising.says(planned, True)
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        paper = add_paper(note, planned=planned, line="planner", title="The planner", checked=FILE, by=me)
    organising.does(take_back, paper=paper)
    with pytest.raises(NotNow, match="No paper is here yet"):
        organising.does(operations.say_papers_sent, planned=planned)
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        add_paper(note, planned=planned, line="planner", title="The planner", checked=FILE, by=me)
    assert organising.does(operations.say_papers_sent, planned=planned).papers_at == NOW


def test_whoever_comes_onto_the_panel_later_is_to_be_asked_and_nobody_twice(organising: Organising) -> None:
    planned, manager = organising.dated(), organising.area.actors["manager"]
    organising.seats(planned, "chair", manager.name, actor=manager)
    organising.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org")
    organising.does(operations.say_invited, planned=planned)
    assert not due(organising, "review_invitation")
    later = NOW + timedelta(days=1)
    other = organising.area.actors["commissioner"]
    organising.does(
        seats.seat_member, at=later, planned=planned, part="experience", name="Sam Cole", reach="sam@example.org"
    )
    organising.does(seats.seat_member, at=later, planned=planned, part="other", name=other.name, actor=other)
    invitation = due(organising, "review_invitation")
    assert invitation and "came onto the panel" in invitation.what
    organising.does(operations.say_invited, at=later + timedelta(hours=1), planned=planned)
    assert not due(organising, "review_invitation")
    with context.as_engine():
        asked = Message.objects.filter(kind="panel.asked").order_by("pk").values_list("to_actor_id", flat=True)
        assert list(asked) == [manager.pk, other.pk]
        assert sorted(PanelLink.objects.values_list("member__name", flat=True)) == ["Dr Ade Bello", "Sam Cole"]


@pytest.mark.parametrize("how", ["a link", "an answer", "they left"])
def test_a_later_member_is_asked_by_a_link_of_their_own_too(organising: Organising, how: str) -> None:
    planned = organising.dated()
    organising.seats(planned, "chair", "Ruth Lee")
    organising.does(operations.say_invited, planned=planned)
    later = {"at": NOW + timedelta(days=1)}
    member = organising.does(
        seats.seat_member, planned=planned, part="experience", name="Sam Cole", reach="sam@example.org", **later
    )
    assert due(organising, "review_invitation")
    if how == "a link":
        organising.does(links.send_link, member=member, **later)
    elif how == "an answer":
        organising.does(seats.answer_seat, member=member, answer="yes", conflict="none", **later)
    else:
        organising.does(seats.unseat, member=member, because="Moved", **later)
    assert not due(organising, "review_invitation")


def test_what_was_said_of_one_day_is_not_said_of_another(organising: Organising) -> None:
    planned = organising.dated()
    member = organising.seats(planned, "chair", "Ruth Lee")
    organising.does(seats.answer_seat, member=member, answer="yes", conflict="declared", conflict_words="A neighbour")
    row = organising.does(agreeing.invite, planned=planned, part="advocate", name="Jo Hart", family_agreed=False)
    organising.does(agreeing.answer_invite, row=row, answer="yes")
    later = {"starts_at": DAY + timedelta(days=7), "minutes": 360, "place": "Room 2"}
    organising.does(operations.set_day, planned=planned, **later)
    with context.as_engine():
        member.refresh_from_db()
        row.refresh_from_db()
    assert (member.answer, member.answered_at, row.answer) == ("", None, "")
    assert member.conflict == "declared", "a conflict stays one"


def test_who_can_be_reached_is_written_to_when_everybody_is_invited(organising: Organising) -> None:
    planned, manager = organising.dated(), organising.area.actors["manager"]
    organising.seats(planned, "chair", manager.name, actor=manager)
    organising.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org")
    no = organising.seats(planned, "experience", "Sam Cole", reach="sam@example.org")
    organising.does(seats.answer_seat, member=no, answer="no", conflict="none")
    organising.does(operations.say_invited, planned=planned)
    with context.as_engine():
        assert [link.member.name for link in PanelLink.objects.select_related("member")] == ["Dr Ade Bello"]
        said = Message.objects.get(kind="panel.asked")
    assert said.to_actor_id == manager.pk
    assert "Kai" not in said.subject + said.body


def test_a_link_follows_the_day(organising: Organising) -> None:
    planned = organising.dated()
    member = organising.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org")
    organising.does(links.send_link, member=member)
    for on in (DAY + timedelta(days=7), DAY - timedelta(days=7)):
        organising.does(operations.set_day, planned=planned, starts_at=on, minutes=360, place="Room 2")
        with context.as_engine():
            assert PanelLink.objects.get().expires_at == on + timedelta(days=1)


@pytest.mark.parametrize(("days", "late"), [(17, False), (18, True)])
def test_held_after_its_limit_says_why(organising: Organising, days: int, late: bool) -> None:
    """In hospital since 17 November: the limit is two weeks, the whole of 1 December."""
    stay = admitted(organising)
    planned = organising.asked(kind="post_admission", stay=stay, to_be_held=True)
    held = stay.admitted_at + timedelta(days=days - 3)
    said = {"planned": planned, "held_at": held, "at": held + timedelta(hours=1)}
    if late:
        with pytest.raises(NotNow, match="Say why"):
            organising.does(operations.hold, **said)
        organising.does(operations.hold, late_reason="expert", late_words="Ill", **said)
    else:
        organising.does(operations.hold, **said)
    with context.as_engine():
        planned.refresh_from_db()
    assert planned.reason == ("expert" if late else "")
    assert ("An expert could not come: Ill" in planned.because) is late


def test_held_makes_one_review_and_only_then(organising: Organising) -> None:
    planned = organising.dated()
    with context.as_engine():
        assert not Review.objects.exists()
    review = organising.does(
        operations.hold, at=DAY + timedelta(hours=8), planned=planned, held_at=DAY, chair="Ruth Lee"
    )
    with context.as_engine():
        planned.refresh_from_db()
        assert (planned.state, planned.review_id) == ("held", review.pk)
        assert Review.objects.count() == 1
    with pytest.raises(NotNow):
        organising.does(operations.hold, at=DAY + timedelta(hours=9), planned=planned, held_at=DAY)


def test_adjourned_is_not_held_and_needs_a_new_day(organising: Organising) -> None:
    planned = organising.dated()
    organising.does(operations.adjourn, at=DAY, planned=planned, because="The expert fell ill")
    with context.as_engine():
        planned.refresh_from_db()
        assert (planned.state, planned.starts_at) == ("accepted", None)
        assert not Review.objects.exists()
    assert starts(organising) == {"review_day"}


@pytest.mark.parametrize("kind", ["post_admission", "inpatient"])
def test_a_mandatory_review_is_replaced_by_a_named_commissioner_and_never_cancelled(
    organising: Organising, kind: str
) -> None:
    stay = admitted(organising)
    planned = organising.asked(kind=kind, stay=stay)
    with pytest.raises(NotNow):
        organising.does(operations.cancel, planned=planned, because="Not needed")
    said = {"instead": "A meeting of the ward", "decided_on": NOW.date(), "because": "Held last week elsewhere"}
    for name, place in (("", "Saltby ICB"), ("x", "Saltby ICB"), ("Hart", "Saltby ICB"), ("Jo Hart", "")):
        with pytest.raises(NotNow):
            organising.does(operations.replace, planned=planned, decider=Decider(name, place), **said)
    organising.does(operations.replace, planned=planned, decider=Decider("Jo Hart", "Saltby ICB"), **said)
    with context.as_engine():
        assert PlannedReview.objects.get().state == "replaced"
        assert PlannedStep.objects.filter(kind="replaced").exists()


def admitted(organising: Organising):
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        return admit(
            note, person=organising.person, kind="mental_health_hospital", place_name="The Larches",
            admitted_at=NOW - timedelta(days=3),
        )  # fmt: skip


def test_what_takes_its_place_counts_in_the_clock_of_the_stay(organising: Organising) -> None:
    stay = admitted(organising)
    assert due(organising, "post_admission_review")
    planned = organising.asked(kind="post_admission", stay=stay)
    organising.does(
        operations.replace, planned=planned, instead="A meeting", decider=Decider("Jo Hart", "Saltby ICB"),
        decided_on=NOW.date(), because="Why",
    )  # fmt: skip
    assert not due(organising, "post_admission_review")
    assert due(organising, "inpatient_review")
    with context.as_engine():
        duty = Duty.objects.get(person=organising.person, key__startswith="inpatient_review")
    assert "Jo Hart decided on 20 November 2026 that ‘A meeting’ takes the place of the review" in duty.because
    assert "The last one was on" not in duty.because


def test_only_a_commissioner_of_the_area_decides_with_their_account(organising: Organising) -> None:
    stay = admitted(organising)
    planned = organising.asked(kind="post_admission", stay=stay)
    said = {"instead": "A meeting", "decided_on": NOW.date(), "because": "Why", "planned": planned}
    other, own = organising.area.actors["manager"], organising.area.actors["commissioner"]
    with pytest.raises(NotNow, match="is not a commissioner of this area"):
        organising.does(operations.replace, decider=Decider(other.name, "Northmoor ICB", other), **said)
    organising.does(operations.replace, decider=Decider(own.name, "Northmoor ICB", own), **said)
    with context.as_engine():
        row = PlannedReview.objects.get()
    assert (row.commissioner_id, row.decided_by_name, row.decided_by_place) == (own.pk, own.name, "Northmoor ICB")


@pytest.mark.parametrize(
    ("name", "can_be_one"),
    [
        ("Jo Hart", True), ("J. O’Brien-Smith", True), ("Dr Ade Bello", True), ("Åsa Öberg", True),
        ("", False), ("x", False), ("Hart", False), ("x y", False), ("The commissioner", False), ("Jo 1", False),
        ("jo.hart@example.org", False),
    ],
)  # fmt: skip
def test_what_can_be_a_full_name(name: str, can_be_one: bool) -> None:
    assert (name_problem(name) == "") is can_be_one


def test_not_held_leaves_the_clock_running(organising: Organising) -> None:
    stay = admitted(organising)
    planned = organising.asked(kind="post_admission", stay=stay, to_be_held=True)
    organising.does(operations.say_not_held, planned=planned, reason="unwell")
    assert due(organising, "post_admission_review")


def test_the_database_refuses_what_the_code_forgot(organising: Organising) -> None:
    planned = organising.asked()
    for wrong in (
        {"state": "dated"},
        {"state": "held"},
        {"state": "declined"},
        {"state": "not_held"},
        {"state": "replaced", "because": "Why"},
        {"by_video": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            organising.does(
                lambda note, changes=wrong: (
                    note.of("planned_review.changed", planned, words="Wrong."),
                    PlannedReview.objects.filter(pk=planned.pk).update(**changes),
                )
            )


def test_of_two_at_once_the_second_is_told(organising: Organising) -> None:
    planned = organising.asked()
    organising.does(operations.accept, planned=planned, seen=planned.version)
    with pytest.raises(NotNow) as told:
        organising.does(operations.decline, planned=planned, because="No", seen=planned.version)
    assert told.value.code == "stale"


def off(organising: Organising) -> tuple[list[str], list[int]]:
    """Whom an e-mail told that the day is off, and in whose inbox it stands."""
    with context.as_engine():
        mails = Delivery.objects.filter(notice="panel_called_off").order_by("pk")
        said = Message.objects.filter(kind="panel.called_off")
        for text in (rendered(one.notice, one.filling) for one in mails):
            assert organising.person.given_name not in text.subject + text.body
        return [one.address for one in mails], [one.to_actor_id for one in said]


CALLED_OFF = (
    (operations.adjourn, {"because": "The chair is ill"}),
    (operations.say_not_held, {"reason": "chair"}),
    (operations.cancel, {"because": "Planned twice"}),
)


@pytest.mark.parametrize(("step", "why"), CALLED_OFF)
def test_whoever_was_asked_is_told_that_the_day_is_off(organising: Organising, step: Any, why: dict[str, str]) -> None:
    planned, manager = organising.dated(), organising.area.actors["manager"]
    organising.seats(planned, "chair", manager.name, actor=manager)
    organising.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org")
    no = organising.seats(planned, "experience", "Sam Cole", reach="sam@example.org")
    organising.does(operations.say_invited, planned=planned)
    organising.does(seats.answer_seat, member=no, answer="no", conflict="none")
    organising.seats(planned, "other", "Never told", reach="later@example.org")
    organising.does(step, planned=planned, **why)
    assert off(organising) == (["ade@example.org"], [manager.pk])


def test_of_a_day_that_is_over_or_that_nobody_was_asked_to_nobody_is_told(organising: Organising) -> None:
    never, past = organising.dated(), organising.dated(kind="independent")
    for planned in (never, past):
        organising.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org")
    organising.does(operations.say_invited, planned=past)
    organising.does(operations.cancel, planned=never, because="Planned twice")
    organising.does(operations.say_not_held, at=DAY + timedelta(hours=1), planned=past, reason="chair")
    assert off(organising) == ([], [])

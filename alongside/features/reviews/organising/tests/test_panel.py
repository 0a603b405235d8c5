"""Who may sit, on which day; conflicts; and what is due about those in the pool."""

from datetime import date, timedelta

import pytest

from alongside.features.reviews.models import PanelMember
from alongside.features.reviews.organising import pool, queries, seats
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty, LocalRule
from alongside.overview.recounting import ask_recount
from alongside.overview.verify import find_differing_matters
from alongside.policy.counting import end_of_day
from alongside.policy.planned_reviews import missing_from_panel
from tests.cast import NOW

from .conftest import DAY, Organising

pytestmark = pytest.mark.django_db


def missing(planned) -> tuple[str, ...]:
    with context.as_engine():
        return missing_from_panel(queries.seats_of(queries.list_panel(planned)))


def test_one_core_seat_each(organising: Organising) -> None:
    planned = organising.dated()
    organising.seats(planned, "chair", "Ruth Lee")
    with pytest.raises(NotNow):
        organising.seats(planned, "chair", "Jo Hart")


def test_a_declared_conflict_empties_the_seat_until_it_is_settled(organising: Organising) -> None:
    planned = organising.dated()
    organising.full_panel(planned)
    assert not missing(planned)
    with context.as_engine():
        member = PanelMember.objects.get(part="clinical")
    organising.does(seats.answer_seat, member=member, answer="yes", conflict="declared", conflict_words="Treats them")
    assert missing(planned)
    with context.as_engine():
        member.refresh_from_db()
    organising.does(seats.settle_conflict, member=member, because="Only once, years ago; the family agrees")
    assert not missing(planned)
    organising.does(seats.answer_seat, member=member, answer="no", conflict="none")
    assert missing(planned), "who can't come leaves the seat empty"


@pytest.mark.parametrize(
    ("known", "fits"),
    [
        ({}, True),
        ({"trained_on": None}, False),
        ({"trained_on": DAY.date()}, True),
        ({"trained_on": DAY.date() + timedelta(days=1)}, False),
        ({"checked_until": None}, False),
        ({"checked_until": DAY.date()}, True),
        ({"checked_until": DAY.date() - timedelta(days=1)}, False),
        ({"registration": ""}, False),
        ({"registered_until": DAY.date()}, True),
        ({"registered_until": DAY.date() - timedelta(days=1)}, False),
        ({"part": "experience", "registration": ""}, True),
    ],
)
def test_who_is_not_trained_checked_and_registered_on_the_day_is_not_seated(
    organising: Organising, known: dict, fits: bool
) -> None:
    planned, expert = organising.dated(), organising.expert(**known)
    part = "clinical" if expert.part == "clinical" else "experience"
    if fits:
        assert organising.seats(planned, part, "", expert=expert).name == expert.name
    else:
        with pytest.raises(NotNow):
            organising.seats(planned, part, "", expert=expert)


@pytest.mark.parametrize(("released", "started", "fits"), [
    (date(2026, 6, 8), date(2026, 1, 5), True),  # the six months end on the day itself
    (date(2026, 6, 7), date(2026, 1, 5), False),
    (date(2026, 6, 7), date(2026, 11, 1), False),  # new members do it before they start
    (date(2027, 1, 7), date(2026, 1, 5), True),  # not released yet
])  # fmt: skip
def test_a_new_module_is_done_within_six_months_or_before_the_start(
    organising: Organising, released: date, started: date, fits: bool
) -> None:
    assert DAY.date() == date(2026, 12, 8)
    expert = organising.expert(started_on=started)
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        module = pool.release_module(note, icb_id=organising.area.icb.pk, title="Sensory needs", released_on=released,
                                     by=me)  # fmt: skip
    planned = organising.dated()
    if fits:
        assert organising.seats(planned, "clinical", "", expert=expert)
        return
    with pytest.raises(NotNow):
        organising.seats(planned, "clinical", "", expert=expert)
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        pool.say_module_done(note, expert=expert, module=module, done_on=NOW.date(), by=me)
    assert organising.seats(planned, "clinical", "", expert=expert)


@pytest.mark.parametrize(("ahead", "stays"), [(0, True), (400, True), (-1, False)])
def test_until_their_last_day_somebody_stays_in_the_pool_and_afterwards_is_found_below(
    organising: Organising, ahead: int, stays: bool
) -> None:
    last = NOW.date() + timedelta(days=ahead)
    expert, icb = organising.expert(ended_on=last), organising.area.icb.pk
    with organising.acting() as me:
        there = [one.pk for one in pool.list_experts(me, icb, NOW.date())]
        left = [one.pk for one in pool.list_left(me, icb, NOW.date())]
    assert (there, left) == (([expert.pk], []) if stays else ([], [expert.pk]))


@pytest.mark.parametrize(("last", "fits"), [(DAY.date(), True), (DAY.date() - timedelta(days=1), False)])
def test_a_seat_is_for_whoever_is_in_the_pool_on_the_day(organising: Organising, last: date, fits: bool) -> None:
    planned, expert = organising.dated(), organising.expert(ended_on=last)
    if fits:
        assert organising.seats(planned, "clinical", "", expert=expert)
        return
    with pytest.raises(NotNow, match="they have left the pool"):
        organising.seats(planned, "clinical", "", expert=expert)


def test_what_is_due_about_somebody_ends_with_their_last_day(organising: Organising) -> None:
    expert = organising.expert(checked_until=date(2027, 3, 1), ended_on=date(2027, 2, 1))
    with context.as_engine():
        duty = Duty.objects.get(subject="review_expert", subject_id=expert.pk, key__startswith="expert_checks")
    assert duty.ends_at == end_of_day(date(2027, 2, 1))
    assert list(find_differing_matters()) == []


def test_the_months_for_a_module_are_those_of_the_rule_that_counts_here(organising: Organising) -> None:
    expert, icb = organising.expert(), organising.area.icb
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        pool.release_module(note, icb_id=icb.pk, title="Rights", released_on=date(2026, 6, 8), by=me)
    with context.as_engine():
        LocalRule.objects.create(
            icb=icb, rule_key="panel_training", amount=3, unit="months", starts_on=date(2025, 1, 1),
            source="Decided by the board", decided_by=Actor.objects.get(kind="engine"),
        )  # fmt: skip
    ask_recount(because="A rule was changed.", at=NOW, icb_id=icb.pk)
    with context.as_engine():
        (module,) = pool.list_modules(icb.pk)
    assert pool.module_due(expert, module) == date(2026, 9, 8)


def test_what_runs_out_is_due_to_the_review_team_six_weeks_before(organising: Organising) -> None:
    expert = organising.expert(checked_until=date(2027, 3, 1))
    with context.as_engine():
        duty = Duty.objects.get(subject="review_expert", subject_id=expert.pk, key__startswith="expert_checks")
    assert duty.due.date() == date(2027, 3, 1)
    assert duty.shows_from.date() == date(2027, 1, 18)
    assert duty.owner_team_id == organising.area.teams["review"].pk


def test_only_those_who_run_reviews_keep_the_pool(organising: Organising) -> None:
    with organising.acting("keyworker") as me, pytest.raises(Refused), recording(by=me, at=NOW) as note:
        pool.add_expert(note, icb_id=organising.area.icb.pk, by=me, name="Sam", part="chair", started_on=NOW.date())


@pytest.mark.parametrize(("trained_as", "part", "sits"), [
    ("experience", "experience", True), ("experience", "other", True), ("experience", "clinical", False),
    ("clinical", "chair", False), ("chair", "chair", True), ("other", "education", True), ("other", "clinical", False),
])  # fmt: skip
def test_each_of_the_pool_sits_as_what_they_are_trained_for(
    organising: Organising, trained_as: str, part: str, sits: bool
) -> None:
    planned, expert = organising.dated(), organising.expert(part=trained_as)
    if sits:
        assert organising.seats(planned, part, "", expert=expert)
        return
    with pytest.raises(NotNow, match="stands in the pool as"):
        organising.seats(planned, part, "", expert=expert)


def test_nobody_sits_twice_in_their_own_name(organising: Organising) -> None:
    planned, actor = organising.dated(), organising.area.actors["manager"]
    organising.seats(planned, "chair", actor.name, actor=actor)
    with pytest.raises(NotNow, match="already"):
        organising.seats(planned, "clinical", actor.name, actor=actor)


def test_what_runs_out_before_the_new_day_is_told(organising: Organising) -> None:
    planned, expert = organising.dated(), organising.expert(checked_until=DAY.date())
    member = organising.seats(planned, "clinical", "", expert=expert)
    with context.as_engine():
        assert pool.unfit_on([member], DAY.date()) == {}
        assert pool.unfit_on([member], DAY.date() + timedelta(days=1)) == {member.pk: ("their checks have run out",)}


@pytest.mark.parametrize("part", ["clinical", "experience"])
def test_an_expert_who_is_not_in_the_pool_needs_somebodys_yes(organising: Organising, part: str) -> None:
    planned = organising.dated()
    organising.seats(planned, "chair", "Ruth Lee")
    other = "experience" if part == "clinical" else "clinical"
    organising.seats(planned, other, "Sam Cole", confirmed=True)
    member = organising.seats(planned, part, "Dr Ade Bello")
    assert [one.startswith("a named person’s yes to the training and checks") for one in missing(planned)] == [True]
    assert panel_is_due(planned)
    for said in ({"name": " ", "on": NOW.date()}, {"name": "Jo Hart", "on": NOW.date() + timedelta(days=1)}):
        with pytest.raises(NotNow):
            organising.does(seats.vouch, member=member, **said)
    organising.does(seats.vouch, member=member, name="Jo Hart, lead for panels", on=NOW.date())
    assert not missing(planned) and not panel_is_due(planned)


def test_somebody_of_the_pool_and_a_chair_need_no_other_yes(organising: Organising) -> None:
    planned = organising.dated()
    chair = organising.seats(planned, "chair", "Ruth Lee")
    member = organising.seats(planned, "clinical", "", expert=organising.expert())
    organising.seats(planned, "experience", "Sam Cole", confirmed=True)
    assert not missing(planned)
    for one in (chair, member):
        with pytest.raises(NotNow, match="kept in the pool, or this seat needs none"):
            organising.does(seats.vouch, member=one, name="Jo Hart", on=NOW.date())


def panel_is_due(planned) -> bool:
    with context.as_engine():
        return Duty.objects.filter(person=planned.person, key__startswith="review_panel").exists()

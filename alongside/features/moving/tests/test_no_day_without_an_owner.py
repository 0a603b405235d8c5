"""At every instant of any transfer somebody is responsible, and nobody but one: over random histories.

And whatever is put to somebody meanwhile always has a living addressee, in the area that holds them.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.escalation.models import Escalation, Officer
from alongside.features.escalation.officers import end_officer, name_officer, say_away
from alongside.features.escalation.operations import raise_escalation
from alongside.features.escalation.tests.conftest import QUESTION
from alongside.features.moving.accepting import accept_move, refuse_move
from alongside.features.moving.models import AreaMove
from alongside.features.moving.operations import begin_move, offer_move, say_they_stay
from alongside.features.moving.queries import open_move
from alongside.features.people.models import MoveOffer, Person, Responsibility
from alongside.features.people.operations.moving import take_back
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes, recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as, add_registered

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["begin", "offer", "take_back", "refuse", "accept", "accept", "stay"]),
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=14,
)


def do(what: str, note: Notes, me: Me, person: Person, to: Area) -> None:
    """One thing that somebody may do to a move, whether it fits or not."""
    if what in ("accept", "refuse"):
        with context.as_engine():
            offer = MoveOffer.objects.filter(person=person, closed_at=None).first()
        number = offer.pk if offer else 0
        if what == "refuse":
            refuse_move(note, offer_id=number, because="No room.", by=me)
        else:
            named = {"named": "Jo Lee", "reach": "01632 960001", "team": "Keyworking", "starts_on": note.at.date()}
            accept_move(note, offer_id=number, by=me, colour="amber", because="x", **named)
        return
    if what == "begin":
        begin_move(note, person=person, kind=AreaMove.Kind.AREA, told_by="family", told_on=note.at.date(),
                   because="x", to_icb=to.icb)  # fmt: skip
        return
    move = open_move(me, person)
    if move is None:
        raise NotNow("none", "There is no move.")
    if what == "offer":
        offer_move(note, move=move, by=me, told="They know.")
    elif what == "stay":
        say_they_stay(note, move=move, because="x", by=me)
    else:
        waiting = MoveOffer.objects.select_related("person").filter(person=person, closed_at=None).first()
        if waiting is None:
            raise NotNow("none", "Nothing is offered.")
        take_back(note, offer=waiting, because="x", by=me)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, asked=st.lists(st.integers(0, 1_000_000), min_size=5, max_size=5))
def test_at_every_instant_exactly_one_area_is_responsible(
    northmoor: Area, saltby: Area, steps: list[tuple[str, int, bool]], asked: list[int]
) -> None:
    person, _ = add_registered(northmoor)
    areas, at = {northmoor.icb.pk: northmoor, saltby.icb.pk: saltby}, NOW
    for what, hours, as_manager in steps:
        at += timedelta(hours=hours)
        with context.as_engine():
            held = areas[Person.objects.get(pk=person.pk).icb_id]
        other = saltby if held is northmoor else northmoor
        whose = other if what in ("accept", "refuse") else held
        try:
            actor = whose.actors["manager" if as_manager else "coordinator"]
            with acting_as(actor, at) as me, recording(by=me, at=at) as note:
                do(what, note, me, Person.objects.select_related("icb").filter(pk=person.pk).first() or person, other)
        except NotNow:
            continue
    moments = {NOW, at, *(NOW + (at - NOW) * (share / 1_000_000) for share in asked)}
    with context.as_engine():
        rows = list(Responsibility.objects.filter(person=person).order_by("from_at"))
        now_held = Person.objects.get(pk=person.pk).icb_id
    moments |= {row.from_at for row in rows}
    assert all(len(_responsible(rows, moment)) == 1 for moment in moments)
    assert [before.to_at for before in rows[:-1]] == [after.from_at for after in rows[1:]]
    assert (rows[-1].to_at, rows[-1].icb_id) == (None, now_held)


ASKED = st.lists(
    st.tuples(
        st.sampled_from(["begin", "offer", "accept", "accept", "raise", "raise", "name", "away", "end"]),
        st.integers(0, 90),
        st.booleans(),
    ),
    max_size=14,
)


def ask(what: str, note: Notes, me: Me, person: Person, held: Area, level: int) -> None:
    """Something is put to somebody, or whom it could be put to changes, in the area that holds them."""
    today = note.at.date()
    if what == "raise":
        raise_escalation(note, by=me, person=person, question=QUESTION, level=level)
        return
    if what == "name":
        actor = held.actors["senior_officer" if level == 3 else "commissioner"]
        name_officer(note, by=me, icb=held.icb, agency="health", level=3, deputy=level == 2, from_date=today,
                     actor=actor)  # fmt: skip
        return
    officer = Officer.objects.filter(icb=held.icb, to_date=None).order_by("pk").first()
    if officer is None:
        raise NotNow("none", "Nobody is named.")
    if what == "away":
        say_away(note, by=me, officer=officer, first=today, last=today + timedelta(days=3))
    else:
        end_officer(note, by=me, officer=officer, last=today)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=ASKED)
def test_an_escalation_always_has_a_living_addressee_wherever_they_move(
    northmoor: Area, saltby: Area, steps: list[tuple[str, int, bool]]
) -> None:
    person, _ = add_registered(northmoor)
    areas, at, raised = {northmoor.icb.pk: northmoor, saltby.icb.pk: saltby}, NOW, 0
    for what, hours, higher in steps:
        at += timedelta(hours=hours, minutes=1)
        with context.as_engine():
            held = areas[Person.objects.get(pk=person.pk).icb_id]
        other = saltby if held is northmoor else northmoor
        try:
            actor = (other if what == "accept" else held).actors["manager"]
            with acting_as(actor, at) as me, recording(by=me, at=at) as note:
                now = Person.objects.select_related("icb").filter(pk=person.pk).first() or person
                if what in ("begin", "offer", "accept"):
                    do(what, note, me, now, other)
                else:
                    ask(what, note, me, now, held, 3 if higher else 2)
        except NotNow:
            continue
        raised += what == "raise"
        _somebody_there_has_it(person, areas, at, raised)


def _somebody_there_has_it(person: Person, areas: dict[int, Area], at: datetime, raised: int) -> None:
    """Everything that was raised is open once, in the area that holds them, and due now to somebody there."""
    with context.as_engine():
        held = areas[Person.objects.get(pk=person.pk).icb_id]
        rows = list(Escalation.objects.filter(person=person, state__in=("open", "returned", "paused")))
        now = Q(ends_at=None) | Q(ends_at__gt=at)
        due = Duty.objects.filter(now, person=person, doing="open_escalation", shows_from__lte=at)
        owners = {one.subject_id: (one.owner_actor, one.owner_team) for one in due.select_related("owner_actor")}
    assert len(rows) == raised and {row.recorded_icb_id for row in rows} <= {held.icb.pk}
    assert set(owners) == {row.pk for row in rows}
    there, teams = {actor.pk for actor in held.actors.values()}, {team.pk for team in held.teams.values()}
    for actor, team in owners.values():
        assert (team is not None and team.pk in teams) or (
            actor is not None and actor.pk in there and actor.left_on is None
        )


def _responsible(rows: list[Responsibility], at: datetime) -> list[Responsibility]:
    return [row for row in rows if row.from_at <= at and (row.to_at is None or at < row.to_at)]

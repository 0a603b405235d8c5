"""At every instant of any transfer somebody is responsible, and nobody but one: over random histories."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def _responsible(rows: list[Responsibility], at: datetime) -> list[Responsibility]:
    return [row for row in rows if row.from_at <= at and (row.to_at is None or at < row.to_at)]

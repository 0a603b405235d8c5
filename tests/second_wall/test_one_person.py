"""Two records of one person, a birth date put right, and acts in another's name: what was lost or left open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.features.people.models import Consent, Guard, Person, Relation
from alongside.features.people.operations import change_person, merge_people, record_consent, record_fact, undo_merge
from alongside.features.people.operations.family import open_to_family
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered, involve

BORN, SIXTEEN = date(2012, 3, 4), datetime(2028, 3, 4, tzinfo=UTC)


def parent_of(area: Area, person: Person) -> Actor:
    """With parental responsibility: they come in without anybody's agreement until the sixteenth birthday."""
    coordinator = area.actors["coordinator"]
    with acting_as(coordinator) as me, recording(by=me, at=NOW) as note:
        relation = record_fact(
            note, Relation, person=person, topic=Topic.FAMILY, words="x", name="Dawn", relationship="Mother",
            parental_responsibility=True,
        )  # fmt: skip
        with context.as_engine():
            parent = Actor.objects.create(kind="family", name="Dawn Moss")
            RoleHeld.objects.create(actor=parent, role="family", area=area.icb, from_date=NOW.date())
        open_to_family(
            note, actor=parent, person_id=person.pk, relation_id=relation.pk, role="family", topics=[1, 5],
            asked_by=coordinator,
        )  # fmt: skip
    return parent


def ends_and_begins(person: Person) -> tuple[datetime, datetime]:
    with context.as_engine():
        theirs = Involvement.objects.filter(person_id=person.pk, because="family")
        return theirs.get(relies_on="").to_at, theirs.get(relies_on="sharing").from_at


def reads(actor: Actor) -> set[int]:
    with acting_as(actor):
        return set(Person.objects.values_list("pk", flat=True))


def merged(area: Area, survivor: Person, other: Person) -> object:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        return merge_people(note, survivor=survivor, merged=other, because="The same child.")


@pytest.mark.parametrize(
    ("right", "day"),
    [
        (BORN + timedelta(days=1), SIXTEEN + timedelta(days=1)),
        (BORN - timedelta(days=1), SIXTEEN - timedelta(days=1)),
        (None, NOW),
    ],
)
def test_a_birth_date_put_right_moves_the_day_on_which_a_parent_needs_an_agreement(
    northmoor: Area, right: date | None, day: datetime
) -> None:
    person, _ = add_registered(northmoor, birth_date=BORN)
    parent_of(northmoor, person)
    assert ends_and_begins(person) == (SIXTEEN, SIXTEEN)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=Person.objects.get(pk=person.pk), birth_date=right)
    assert ends_and_begins(person) == (day, day)


def test_a_merge_keeps_a_parent_who_reads_until_a_birthday_and_undoing_it_ends_that(northmoor: Area) -> None:
    kept, other = (add_registered(northmoor, birth_date=BORN)[0] for _ in range(2))
    parent = parent_of(northmoor, other)
    merge = merged(northmoor, kept, other)
    assert ends_and_begins(kept) == (SIXTEEN, SIXTEEN) and reads(parent) == {kept.pk, other.pk}
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW + timedelta(hours=1)) as note:
        undo_merge(note, merge=merge)  # type: ignore[arg-type]
    with context.as_engine():
        there = Involvement.objects.filter(person_id=kept.pk, because="family")
        assert all(one.to_at == max(one.from_at, NOW + timedelta(hours=1)) for one in there)
    assert ends_and_begins(other) == (SIXTEEN, SIXTEEN)


def test_what_was_answered_on_a_merged_record_counts_for_the_person_until_it_is_undone(northmoor: Area) -> None:
    kept, other = add_registered(northmoor, agreed=False)[0], add_registered(northmoor)[0]
    partner = northmoor.actors["partner_health"]
    involve(northmoor, other, partner, topics=[1])
    merge = merged(northmoor, kept, other)
    with context.as_engine():
        assert set(Person.objects.values_list("guard", flat=True)) == {Guard.ORDINARY}
    assert reads(northmoor.actors["manager"]) == reads(partner) == {kept.pk, other.pk}
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW + timedelta(hours=1)) as note:
        undo_merge(note, merge=merge)  # type: ignore[arg-type]
    with context.as_engine():
        assert Person.objects.get(pk=kept.pk).guard == Guard.REGISTER_TEAM
    assert reads(northmoor.actors["manager"]) == reads(partner) == {other.pk}


def test_a_no_said_on_the_survivor_closes_the_merged_record_too(northmoor: Area) -> None:
    kept, other = (add_registered(northmoor)[0] for _ in range(2))
    merged(northmoor, kept, other)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=kept, purpose=Consent.Purpose.REGISTER, answer="withdrawn", basis="parental",
            decided_on=NOW.date(), evidenced=True,
        )  # fmt: skip
    with context.as_engine():
        assert set(Person.objects.values_list("guard", flat=True)) == {Guard.CLOSED}
    assert reads(northmoor.actors["coordinator"]) == set()


def test_an_act_in_anothers_name_ends_whatever_goes_wrong_in_it(northmoor: Area) -> None:
    other = northmoor.actors["manager"]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        with pytest.raises(ValueError, match="wrong"), note.in_the_name_of(other):
            note("x.y", words="In another's name.")
            raise ValueError("wrong")
        note("x.y", words="In one's own.")
    with context.as_engine():
        said = dict(Event.objects.filter(code="x.y").values_list("words", "by_id"))
    assert said == {"In another's name.": other.pk, "In one's own.": northmoor.actors["coordinator"].pk}

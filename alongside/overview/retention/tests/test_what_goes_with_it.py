"""What goes with a record that is disposed of: its files, and the way in of a family that came for nobody else."""

import pytest
from django.db import connection

from alongside.features.people.documents.operations import add_document
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor, FamilyAccount, RoleHeld
from alongside.foundation.documents.checks import check_content
from alongside.foundation.documents.storage import read_file
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.retention.tests.test_disposal import LONG_AGO, approve, left, lets_go, northmoor, proposed
from tests.cast import Area, acting_as, add_registered

__all__ = ["northmoor"]


def with_file(area: Area, person: Person, words: str) -> str:
    with acting_as(area.actors["coordinator"], LONG_AGO) as me, recording(by=me, at=LONG_AGO) as note:
        checked = check_content(words.encode(), "letter.txt")
        return add_document(
            note, person=person, topic=Topic.HEALTH, kind="letter", title="A letter", checked=checked
        ).storage_key


def with_parent(area: Area, phone: str, *people: Person) -> Actor:
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=LONG_AGO) as note:
        parent = Actor.objects.create(kind="family", name="Dawn Oldfield")
        RoleHeld.objects.create(actor=parent, role="family", area=area.icb, from_date=LONG_AGO.date())
        FamilyAccount.objects.create(actor=parent, phone=phone, opened_at=LONG_AGO)
        for person in people:
            Involvement.objects.create(
                actor=parent, person_id=person.pk, topics=[1], because="family", relies_on="", from_at=LONG_AGO
            )
        note("x.y", words="x")
    return parent


def disposed(area: Area, django_capture_on_commit_callbacks: object) -> None:
    proposal = proposed(area)
    approve(area, proposal)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert lets_go(area, proposal).status_code == 302  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_its_files_go_but_not_one_that_is_somebody_elses_too(
    northmoor: Area, django_capture_on_commit_callbacks: object
) -> None:
    goes, stays = left(northmoor, "Oldfield"), add_registered(northmoor)[0]
    own, shared = with_file(northmoor, goes, "Only about them."), with_file(northmoor, goes, "The same leaflet.")
    assert with_file(northmoor, stays, "The same leaflet.") == shared
    disposed(northmoor, django_capture_on_commit_callbacks)
    with pytest.raises(FileNotFoundError):
        read_file(own)
    assert read_file(shared)


def test_a_parent_who_came_in_for_nobody_else_is_forgotten(
    northmoor: Area, django_capture_on_commit_callbacks: object
) -> None:
    goes, stays = left(northmoor, "Oldfield"), add_registered(northmoor)[0]
    parent = with_parent(northmoor, "07700900111", goes)
    of_two = with_parent(northmoor, "07700900112", goes, stays)
    disposed(northmoor, django_capture_on_commit_callbacks)
    with context.as_engine():
        parent.refresh_from_db()
        of_two.refresh_from_db()
        assert (parent.name, parent.left_on is not None, of_two.name) == ("", True, "Dawn Oldfield")
        assert list(FamilyAccount.objects.values_list("phone", flat=True)) == ["07700900112"]
        assert not RoleHeld.objects.filter(actor=parent, to_date=None).exists()

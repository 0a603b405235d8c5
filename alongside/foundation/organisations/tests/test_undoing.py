"""`alongside undo-merger`: what was read through a merger is read no more, and the list doesn't bring it back."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation, Succession
from alongside.foundation.organisations.tests.test_loading import load
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered


def test_the_successor_reads_no_more_of_it_and_the_area_before_is_open_again(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    with context.as_engine(), recording(by=northmoor.actors["admin"], at=NOW) as note:
        Organisation.objects.filter(pk=northmoor.icb.pk).update(closed_on=date(2026, 11, 19))
        Succession.objects.create(predecessor=northmoor.icb, successor=saltby.icb, on_date=date(2026, 11, 20))
        note("merger.made", words="x", icb_id=saltby.icb.pk)
    there = saltby.actors["coordinator"]
    with acting_as(there) as me:
        assert Person.objects.visible_to(me).filter(pk=person.pk).exists()
    call_command("undo_merger", northmoor.icb.code, saltby.icb.code)
    with acting_as(there) as me:
        assert not Person.objects.visible_to(me).filter(pk=person.pk).exists()
    northmoor.icb.refresh_from_db()
    assert northmoor.icb.closed_on is None
    with pytest.raises(CommandError, match="No merger of"):
        call_command("undo_merger", northmoor.icb.code, saltby.icb.code)


def test_the_same_list_does_not_bring_it_back(db: None, tmp_path: Path) -> None:
    lines = ("provider,ZZ1,Moorside,,2020-04-01,2026-03-31,ZZ2,yes", "provider,ZZ2,Vale,,2026-04-01,,,yes")
    load(tmp_path, *lines)
    call_command("undo_merger", "ZZ1", "ZZ2", "--kind", "provider")
    load(tmp_path, *lines)
    assert not Succession.objects.filter(predecessor__code="ZZ1", undone_at=None).exists()

"""A colleague is found by name where there are many; nothing is saved meanwhile, and nothing that was typed is lost."""

import re

import pytest
from django.test import Client

from alongside.features.people.models import AgreementOverride, Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from alongside.overview.colleagues import SHOWN_AT_ONCE
from alongside.overview.subject_access.models import AccessRequest
from alongside.portal.tests.conftest import signed_in
from tests.cast import NOW, Area, add_registered


def colleagues(area: Area, many: int) -> None:
    with context.as_engine(), recording(by=area.actors["manager"], at=NOW) as note:
        for number in range(many):
            actor = Actor.objects.create(name=f"Colleague {number}", post="Worker")
            RoleHeld.objects.create(actor=actor, role="keyworker", area=area.icb, from_date=NOW.date())
        note("area.made", words="More people work here.", icb_id=area.icb.pk)


def looks_for(client: Client, address: str, name: str, **typed: object) -> str:
    page = client.get(address).content.decode()
    found = re.search(r'name="submission" value="([^"]+)"', page)
    assert found and "Colleague 7" not in page and "Find them by name first" in page
    answer = client.post(address, {"submission": found[1], "look_for": name, "step": "find"} | typed)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def kai(northmoor: Area) -> Person:
    return add_registered(northmoor)[0]


@pytest.mark.parametrize("many", [0, SHOWN_AT_ONCE])
def test_few_are_listed_and_more_are_looked_for(northmoor: Area, kai: Person, many: int) -> None:
    colleagues(northmoor, many)
    page = signed_in(northmoor.actors["manager"]).get(f"/people/{kai.reference}/override").content.decode()
    assert ("Find a colleague" in page) is bool(many)


def test_who_has_to_know_is_found_by_name(northmoor: Area, kai: Person) -> None:
    colleagues(northmoor, 20)
    manager, here = signed_in(northmoor.actors["manager"]), f"/people/{kai.reference}/override"
    page = looks_for(manager, here, "colleague 7", reason="He runs away at night")
    assert "Colleague 7" in page and "Colleague 8" not in page
    assert "He runs away at night" in page and "There is a problem" not in page
    assert "How were they told?" in page
    with context.as_engine():
        assert not AgreementOverride.objects.exists()


def test_who_looks_at_a_pack_is_found_by_name(northmoor: Area, kai: Person) -> None:
    colleagues(northmoor, 20)
    governance = signed_in(northmoor.actors["governance"])
    page = looks_for(governance, "/subject-access/new", "WORKER 7", reference=kai.reference)
    assert "Colleague 7" in page and "Colleague 8" not in page and kai.reference in page
    with context.as_engine():
        assert not AccessRequest.objects.exists()

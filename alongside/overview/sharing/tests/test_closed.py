"""A closed record: offered again on the day that is chosen, and told to somebody where a danger makes it necessary."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import ClosedRecord, Person
from alongside.features.people.operations import record_consent
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.sharing.tests.test_overrides import NOW, TODAY, boxes, browser, typed
from alongside.overview.sharing.tests.test_overrides import kai as kai_fixture
from tests.cast import Area, acting_as

kai = kai_fixture


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def closed_by_a_no(area: Area, person: Person) -> ClosedRecord:
    """The coordinator is the area's custodian, and wrote the no down."""
    with context.as_engine(), recording(by=area.actors["admin"], at=NOW) as note:
        RoleHeld.objects.filter(actor=area.actors["coordinator"]).update(custodian=True)
        note("role.given", words="A custodian.", icb_id=area.icb.pk)
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=person, purpose="register", answer="refused", basis="parental", decided_on=TODAY,
            evidenced=True,
        )  # fmt: skip
    with context.as_engine():
        return ClosedRecord.objects.get(person=person)


def test_a_custodian_has_somebody_told_although_the_record_is_closed(northmoor: Area, kai: Person) -> None:
    number = closed_by_a_no(northmoor, kai).pk
    address, custodian = f"/closed-records/{number}/override", browser(northmoor.actors["coordinator"])
    assert custodian.post(address, typed(northmoor)).status_code == 302
    with acting_as(northmoor.actors["partner_social_care"], NOW) as me:
        assert Person.objects.visible_to(me).filter(pk=kai.pk).exists()
    with acting_as(northmoor.actors["coordinator"], NOW) as me:
        assert not Person.objects.visible_to(me).filter(pk=kai.pk).exists(), "it stays closed to everybody else"
    assert browser(northmoor.actors["manager"]).get(address).status_code == 403


def test_offering_again_comes_back_on_the_day_that_is_chosen(northmoor: Area, kai: Person) -> None:
    one = closed_by_a_no(northmoor, kai)
    custodian = browser(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        page = custodian.get(f"/closed-records/{one.pk}/offer").content.decode()
    assert "They agree now" in page and len(asked) <= 8
    later = TODAY + timedelta(days=90)
    form = {"submission": new_token(), **boxes("on", TODAY), **boxes("next_on", later)}
    assert custodian.post(f"/closed-records/{one.pk}/offered", form).status_code == 302
    with context.as_engine():
        assert Duty.objects.get(rule_key="offer_again").due.date() == later

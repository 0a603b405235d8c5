"""A sheet names somebody whose record is closed or held by named people: nobody is made twice, and nothing is told."""

import pytest

from alongside.exchange.matching import UNSEEN
from alongside.exchange.tests.browsing import answer_row, browser, number_of_people, waiting_row
from alongside.exchange.tests.sheets_made import AT, KIT, bring_in, changed, counts, sheet_of
from alongside.features.people.models import ClosedRecord, Person
from alongside.features.people.operations import record_consent
from alongside.features.people.operations.people import set_restricted
from alongside.foundation.access import context
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as

NAMELESS_NUMBER = changed(KIT, NHS_Number="")


def kit_says_no(area: Area) -> None:
    with acting_as(area.actors["coordinator"], AT) as me, recording(by=me, at=AT) as note:
        record_consent(
            note, person=Person.objects.get(), purpose="register", answer="refused", basis="parental",
            decided_on=AT.date(), evidenced=True,
        )  # fmt: skip


def kit_is_restricted(area: Area) -> None:
    with acting_as(area.actors["coordinator"], AT) as me, context.as_engine(), recording(by=me, at=AT) as note:
        set_restricted(note, person=Person.objects.get(), restricted=True, because="A relative works here.")


def name_custodian(area: Area) -> None:
    with context.as_engine(), recording(by=area.actors["admin"], at=AT) as note:
        RoleHeld.objects.filter(actor=area.actors["coordinator"]).update(custodian=True)
        note("role.given", words="Named for closed records.", icb_id=area.icb.pk)


@pytest.mark.parametrize("goes", [kit_says_no, kit_is_restricted])
def test_the_row_waits_for_a_person_and_tells_nothing(northmoor: Area, goes: object) -> None:
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    goes(northmoor)  # type: ignore[operator]
    (one,) = bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    assert (one.outcome, one.person, one.sentences[-1]) == ("review", None, UNSEEN)
    assert number_of_people() == 1


@pytest.mark.parametrize("other", [{"DOB": "05/03/2012"}, {"Name": "Kit Ashdowne"}])
def test_somebody_else_is_put_on_as_ever(northmoor: Area, other: dict[str, str]) -> None:
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    kit_says_no(northmoor)
    assert counts(bring_in(northmoor, sheet_of(changed(NAMELESS_NUMBER, **other)))) == {"rows": 1, "created": 1}


def test_in_another_area_the_name_means_nothing(northmoor: Area, saltby: Area) -> None:
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    kit_says_no(northmoor)
    assert counts(bring_in(saltby, sheet_of(NAMELESS_NUMBER))) == {"rows": 1, "created": 1}


def test_only_the_custodian_is_shown_the_closed_record_and_may_put_on_somebody_new(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    kit_says_no(northmoor)
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    row, coordinator = waiting_row(northmoor), browser(northmoor)
    page = coordinator.get(f"/import/rows/{row.pk}").content.decode()
    assert "/closed-records/" not in page and "refused" not in page
    told = answer_row(coordinator, row, choice="new")
    assert told.status_code == 422 and "whoever is named for closed records" in told.content.decode()
    assert number_of_people() == 1
    name_custodian(northmoor)
    with context.as_engine():
        closed = ClosedRecord.objects.get()
    assert f"/closed-records/{closed.pk}" in coordinator.get(f"/import/rows/{row.pk}").content.decode()
    assert answer_row(coordinator, row, choice="new").status_code == 302
    assert number_of_people() == 2


def test_a_row_of_a_closed_record_can_be_left_out_by_the_register_team(northmoor: Area) -> None:
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    kit_says_no(northmoor)
    bring_in(northmoor, sheet_of(NAMELESS_NUMBER))
    assert answer_row(browser(northmoor), waiting_row(northmoor), choice="leave").status_code == 302
    assert [one.outcome for one in bring_in(northmoor, sheet_of(NAMELESS_NUMBER))] == ["refused"]

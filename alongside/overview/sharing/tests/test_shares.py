"""What was told to others: written down, read by whose work it is and by the family, taken along as a sheet."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person, Share
from alongside.features.people.operations import record_consent
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.sharing.tests.test_overrides import NOW, TODAY, boxes, browser, share
from alongside.overview.sharing.tests.test_overrides import kai as kai_fixture
from alongside.policy.counting import local_day
from tests.cast import Area, acting_as

kai = kai_fixture


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def typed(**more: object) -> dict[str, object]:
    return {
        "submission": new_token(),
        **boxes("on", TODAY),
        "told_to": "Hillcrest School",
        "what": "That he needs a quiet room.",
        "topics": [str(Topic.EDUCATION.value)],
        "purpose": "Support at school",
        "lawful_basis": "public_task",
        "why": "So that he can stay there.",
        "known": "yes",
    } | more


def test_a_share_is_written_down_once_and_the_young_person_reads_it(northmoor: Area, kai: Person) -> None:
    manager, form = browser(northmoor.actors["manager"]), typed()
    address = f"/people/{kai.reference}/shares"
    assert manager.post(f"{address}/add", form).status_code == 302
    assert manager.post(f"{address}/add", form).status_code == 302
    with context.as_engine():
        assert Share.objects.count() == 1
    assert "That he needs a quiet room." in manager.get(address).content.decode()
    mine = browser(northmoor.actors["young_person"]).get(f"/mine/{kai.reference}/looked").content.decode()
    assert "Hillcrest School" in mine and "That he needs a quiet room." in mine


def test_why_it_would_be_unsafe_is_asked_where_the_family_may_not_know(northmoor: Area, kai: Person) -> None:
    manager = browser(northmoor.actors["manager"])
    address = f"/people/{kai.reference}/shares/add"
    assert "Say why it would not be safe" in manager.post(address, typed(known="no")).content.decode()
    assert (
        manager.post(
            address,
            typed(known="no", unsafe="It tells where he is.", **boxes("look_again_on", TODAY + timedelta(days=3))),
        ).status_code
        == 302
    )
    mine = browser(northmoor.actors["young_person"]).get(f"/mine/{kai.reference}/looked").content.decode()
    assert "Hillcrest School" not in mine


def test_the_sheet_has_a_line_for_each_and_no_formula(northmoor: Area, kai: Person) -> None:
    share(northmoor, kai)
    manager = browser(northmoor.actors["manager"])
    manager.post(f"/people/{kai.reference}/shares/add", typed(told_to="=cmd()"))
    answer = manager.get(f"/people/{kai.reference}/shares/export")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert sorted(row[1] for row in rows[1:]) == ["'=cmd()", "Hillcrest School"]
    assert rows[1][5].startswith("A public task")


@pytest.mark.parametrize("role", ["partner_health", "commissioner", "governance", "young_person"])
def test_whoever_does_not_read_agreements_finds_no_log(northmoor: Area, kai: Person, role: str) -> None:
    share(northmoor, kai)
    for address in ("shares", "shares/export", "shares/add"):
        assert browser(northmoor.actors[role]).get(f"/people/{kai.reference}/{address}").status_code in (403, 404)


def test_a_share_lies_not_ahead(northmoor: Area, kai: Person) -> None:
    tomorrow = boxes("on", TODAY + timedelta(days=1))
    answer = browser(northmoor.actors["manager"]).post(f"/people/{kai.reference}/shares/add", typed(**tomorrow))
    assert answer.status_code == 422
    assert "That he needs a quiet room." in answer.content.decode()


def test_what_the_family_may_not_know_comes_back_until_they_may(northmoor: Area, kai: Person) -> None:
    manager = browser(northmoor.actors["manager"])
    address = f"/people/{kai.reference}/shares/add"
    asked = manager.post(address, typed(known="no", unsafe="It tells where he is.")).content.decode()
    assert "Enter the day on which it is looked at again" in asked
    day = TODAY + timedelta(days=3)
    form = typed(known="no", unsafe="It tells where he is.", **boxes("look_again_on", day))
    assert manager.post(address, form).status_code == 302
    with context.as_engine():
        share = Share.objects.get()
        duty = Duty.objects.get(rule_key="override_look_again")
    assert (duty.subject, duty.subject_id, local_day(duty.due)) == ("untold_share", share.pk, day)
    assert "Kai" not in duty.what + duty.because and duty.person_id is None
    page = manager.get(f"/duties/{duty.pk}/do", follow=True).content.decode()
    assert "It tells where he is." in page and "Hillcrest School" in page
    assert browser(northmoor.actors["young_person"]).get(f"/shares/{share.pk}").status_code == 404

    later = {"submission": new_token(), "unsafe": "Still.", **boxes("look_again_on", day + timedelta(days=4))}
    assert manager.post(f"/shares/{share.pk}/later", later).status_code == 302
    with context.as_engine():
        again = Share.objects.get(superseded_by=None)
        (due,) = Duty.objects.filter(rule_key="override_look_again")
    assert local_day(due.due) == day + timedelta(days=4) and again.pk != share.pk
    assert manager.get(f"/shares/{share.pk}").url == f"/shares/{again.pk}"

    assert manager.post(f"/shares/{again.pk}/told", {"submission": new_token()}).status_code == 302
    with context.as_engine():
        assert not Duty.objects.filter(rule_key="override_look_again").exists()
    mine = browser(northmoor.actors["young_person"]).get(f"/mine/{kai.reference}/looked").content.decode()
    assert "Hillcrest School" in mine
    quicker = manager.post(f"/shares/{again.pk}/told", {"submission": new_token()}).content.decode()
    assert "Somebody has looked at this already" in quicker


def test_whoever_wrote_it_down_looks_again_also_when_the_record_has_closed(northmoor: Area, kai: Person) -> None:
    manager = browser(northmoor.actors["manager"])
    form = typed(known="no", unsafe="It tells where he is.", **boxes("look_again_on", TODAY + timedelta(days=3)))
    manager.post(f"/people/{kai.reference}/shares/add", form)
    with context.as_engine():
        number = Share.objects.get().pk
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=Person.objects.get(pk=kai.pk), purpose="register", answer="refused", basis="parental",
            decided_on=TODAY, evidenced=True,
        )  # fmt: skip
    assert manager.get(f"/people/{kai.reference}").status_code == 404
    assert manager.get(f"/shares/{number}").status_code == 200
    assert browser(northmoor.actors["commissioner"]).get(f"/shares/{number}").status_code == 403
    keyworker = browser(northmoor.actors["keyworker"])
    assert keyworker.get(f"/shares/{number}").status_code == 404


def test_the_page_of_a_share_asks_little_of_the_database(northmoor: Area, kai: Person) -> None:
    share(northmoor, kai, untold_because="It tells where he is.")
    with context.as_engine():
        number = Share.objects.get().pk
    manager = browser(northmoor.actors["manager"])
    with CaptureQueriesContext(connection) as asked:
        assert manager.get(f"/shares/{number}").status_code == 200
    assert len(asked) <= 8

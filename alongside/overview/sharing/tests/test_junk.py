"""Junk in the forms of telling others, and in a family's own, gets a sentence and changes nothing."""

import pytest
from django.test import Client

from alongside.features.people.models import AgreementOverride, Person, PostedChange, Share
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.organisations.models import SharingAgreement
from alongside.foundation.recording.recording import recording
from alongside.overview.sharing.tests.test_overrides import browser, override
from alongside.overview.sharing.tests.test_overrides import kai as kai_fixture
from tests.access.test_junk import forms_of, spoilt
from tests.cast import NOW, START, Area

kai = kai_fixture
STAFF = (
    "/people/{person}/shares/add",
    "/people/{person}/override",
    "/overrides/{override}/told",
    "/overrides/{override}/later",
    "/sharing-agreements/new",
    "/sharing-agreements/new?instead=٣٤",
    "/sharing-agreements/{agreement}/end",
)
FAMILY = ("/mine/{person}/change?about=seeing&look=٣٤", "/mine/{person}/words", "/mine/{person}/picture")


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def names(northmoor: Area, kai: Person) -> dict[str, object]:
    with context.as_engine():
        agreement = SharingAgreement(
            icb=northmoor.icb, recipient_kind="health", purpose="x", signed_on=START.date(), signed_by="x"
        )
        with recording(by=northmoor.actors["coordinator"], at=NOW) as note:
            agreement.save()
            note("x.y", words="x", icb_id=northmoor.icb.pk)
    return {"person": kai.reference, "override": override(northmoor, kai).pk, "agreement": agreement.pk}


def statuses(client: Client, address: str) -> list[int]:
    page = client.get(address)
    assert page.status_code == 200, address
    sent = []
    for method, action, fields in forms_of(page.content.decode(), address):
        if method == "post" and "submission" in fields:
            sent += [client.post(action, spoilt(fields, number)).status_code for number in range(7)]
    return sent


@pytest.mark.parametrize("address", STAFF)
def test_what_the_staff_types_wrong_gets_a_sentence(northmoor: Area, names: dict[str, object], address: str) -> None:
    answers = statuses(browser(northmoor.actors["coordinator"]), address.format(**names))
    assert answers and set(answers) <= {422, 302}
    with context.as_engine():
        assert AgreementOverride.objects.count() <= 2
        assert (Share.objects.count(), SharingAgreement.objects.count()) == (0, 1)


@pytest.mark.parametrize("address", FAMILY)
def test_what_a_family_types_wrong_gets_a_sentence(northmoor: Area, names: dict[str, object], address: str) -> None:
    answers = statuses(browser(northmoor.actors["young_person"]), address.format(**names))
    assert answers and set(answers) <= {422, 302}
    with context.as_engine():
        assert not PostedChange.objects.exists()


@pytest.mark.parametrize("number", ["0", "99999999999999999"])
def test_a_guessed_number_is_not_there(northmoor: Area, kai: Person, number: str) -> None:
    manager = browser(northmoor.actors["manager"])
    for address in ("overrides/{}", "overrides/{}/told", "overrides/{}/later", "overrides/{}/end"):
        assert manager.get("/" + address.format(number)).status_code == 404
    for address in ("", "/end", "/paper"):
        assert manager.get(f"/sharing-agreements/{number}{address}").status_code == 404
    assert manager.get(f"/people/{kai.reference}/relation/{number}/limits").status_code == 404

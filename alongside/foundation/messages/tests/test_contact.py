"""The area's own phone number: set by its manager or administrator, told to everybody who asks."""

import pytest
from django.test import Client

from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.messages.tests.test_pages import browser, typed
from tests.cast import Area

GIVEN = {"phone": "01632 960 123", "hours": "Monday to Friday, 9am to 5pm"}


def sets(area: Area, role: str = "manager", **given: str) -> object:
    visitor = browser(area, role)
    page = visitor.get("/rules/contact").content.decode()
    return visitor.post("/rules/contact", typed(page) | GIVEN | given)


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_it_stands_on_public_pages_once_it_is_set(northmoor: Area, role: str) -> None:
    page = Client().get("/refer").content.decode()
    assert "we do not have our own phone number here yet" in page
    assert sets(northmoor, role).status_code == 302  # type: ignore[attr-defined]
    page = Client().get("/refer").content.decode()
    assert 'href="tel:01632960123">01632 960 123</a>. Monday to Friday, 9am to 5pm' in page
    assert "do not have" not in page


def test_where_several_can_be_asked_each_is_named(northmoor: Area, saltby: Area) -> None:
    sets(northmoor)
    page = Client().get("/refer").content.decode()
    assert "Northmoor ICB" in page and "01632 960 123" in page
    assert "It has not told us its number yet." in page, "Saltby has none"


@pytest.mark.parametrize("role", ["coordinator", "keyworker", "commissioner", "governance"])
def test_nobody_else_sets_it(northmoor: Area, role: str) -> None:
    assert browser(northmoor, role).get("/rules/contact").status_code == 403
    assert browser(northmoor, role).post("/rules/contact", GIVEN).status_code == 403


@pytest.mark.parametrize(
    ("name", "typed_in"), [("phone", "call me"), ("phone", ""), ("hours", ""), ("phone", "x" * 99)]
)
def test_what_cannot_be_is_told_and_kept(northmoor: Area, name: str, typed_in: str) -> None:
    answer = sets(northmoor, **{name: typed_in})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert find_contact(northmoor.icb.pk) is None

"""Guessed numbers and junk: a sentence or nothing, never a fault, and never a record of another area."""

from uuid import uuid4

import pytest
from django.test import Client

from alongside.foundation.nhsuk.forms import Form
from alongside.overview.audit.forms import AuditFilter, WhyForm
from alongside.overview.audit.urls import urlpatterns as audit
from alongside.overview.guarded import forms as guarding
from alongside.overview.guarded.urls import urlpatterns as guarded
from alongside.overview.retention import forms as keeping
from alongside.overview.retention.urls import urlpatterns as retention
from alongside.overview.subject_access import forms as asking
from alongside.overview.subject_access.urls import urlpatterns as subject_access
from tests.cast import Area, add_registered, key_of

ROLES = ("governance", "manager", "coordinator", "keyworker", "partner_health", "commissioner", "admin", "family")
GUESSES = ("0", "1", "99999999", "9" * 18, "9" * 40)
JUNK = ("\x00", "%", "' or 1=1 --", "9" * 400, "é" * 14, "AB-1234-5678\n", "<script>", "-1", "1e9")
ROUTES = [str(route.pattern) for routes in (guarded, retention, subject_access, audit) for route in routes]
FORMS = [
    one
    for room in (guarding, keeping, asking)
    for one in vars(room).values()
    if isinstance(one, type) and issubclass(one, Form) and one is not asking.CheckForm
] + [AuditFilter, WhyForm]
FIELDS = {name for form in FORMS for name in form.base_fields} | {"birth_date-day", "review_on-day", "since-day"}


def addresses(guess: str) -> list[str]:
    return ["/" + route.replace("<int:number>", guess).replace("<int:actor>", guess) for route in ROUTES]


@pytest.mark.parametrize("role", ROLES)
def test_guessed_numbers_open_nothing(northmoor: Area, role: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["alongside_key"] = key_of(northmoor.actors[role])
    for guess in GUESSES:
        for address in addresses(guess):
            status = client.get(address).status_code
            assert status in ((403, 404, 405) if guess in address else (200, 403, 404, 405)), (address, status)


@pytest.mark.parametrize("role", ("governance", "coordinator", "keyworker"))
def test_junk_is_answered_with_a_sentence(northmoor: Area, role: str) -> None:
    add_registered(northmoor)
    client = Client(raise_request_exception=False)
    client.cookies["alongside_key"] = key_of(northmoor.actors[role])
    for address in {one for one in addresses("1") if "1" not in one}:
        for junk in JUNK:
            status = client.post(address, {name: junk for name in FIELDS} | {"submission": uuid4().hex}).status_code
            assert status in (200, 403, 404, 405, 422), (address, junk, status)

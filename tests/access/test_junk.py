"""Junk in forms, addresses and questions gives a page with a sentence, never a fault of ours."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.access.roles import Role
from tests.access.asking import Asker, addresses
from tests.access.world import World, make_world

ROLES = (
    Role.COORDINATOR,
    Role.MANAGER,
    Role.KEYWORKER,
    Role.PARTNER_HEALTH,
    Role.ADMIN,
    Role.GOVERNANCE,
    Role.FAMILY,
    "nobody",
)
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
ACTION = re.compile(r"\baction=\"([^\"]*)\"")
# One of each kind of wrong: too long, not text, not a number, not in the list, another script, an attack, a date.
JUNK = (
    "x" * 6000,
    "\x00\x1b\ufffe null",
    "-1",
    "9" * 40,
    "٣٤ 🙂 \u202egnirts",
    "'; drop table people_person; -- {{7*7}} <script>",
    "31/02/2099",
)
KEPT = {"csrfmiddlewaretoken", "submission"}
# All addresses of one asker take minutes: two workers share them.
PARTS = 2


@pytest.fixture
def asker(db: None) -> Asker:
    self = Asker(world := make_world())
    self.world = world  # type: ignore[attr-defined]
    return self


def forms_of(page: str, here: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(method, address, fields with their values) of each form on a page."""
    for form in FORM.findall(page):
        action = ACTION.search(form)
        method = "post" if 'method="post"' in form[:400] else "get"
        fields = {found[1]: VALUE.search(found[0]) for found in FIELD.finditer(form)}
        yield (
            method,
            unescape(action[1]) if action and action[1] else here,
            {name: unescape(value[1]) if value else "" for name, value in fields.items()},
        )


def spoilt(fields: dict[str, str], number: int) -> dict[str, object]:
    """The same fields, each with another kind of junk; the marks of the form stay, so that it is read."""
    return {
        name: value if name in KEPT else JUNK[(position + number) % len(JUNK)]
        for position, (name, value) in enumerate(fields.items())
    }


def faults_of(asker: Asker, who: str, method: str, address: str, data: dict | None = None) -> list[str]:
    status = asker.ask(who, method, address, data).status_code
    # With no worker here, 503 is what the health page should say.
    wrong = status >= 500 and not address.startswith("/health")
    return [f"{who}: {method} {address} {sorted(data or {})} gave {status}"] if wrong else []


def part_of(asker: Asker, part: int) -> list[str]:
    world: World = asker.world  # type: ignore[attr-defined]
    return [address for _, address in addresses(world, ("agreed",))][part::PARTS]


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_answers_junk_with_a_page(asker: Asker, who: str, part: int) -> None:
    found: dict[tuple, dict[str, str]] = {}
    for address in part_of(asker, part):
        page = asker.ask(who, "get", address)
        if page.status_code == 200:
            for method, action, fields in forms_of(page.content.decode(errors="replace"), address):
                found[method, action, tuple(sorted(fields))] = fields
    assert found
    faults = []
    for (method, action, _), fields in found.items():
        for number in range(3):
            faults += faults_of(asker, who, method, action, spoilt(fields, number))
        faults += faults_of(asker, who, method, action, {name: ["a", "b"] for name in fields})
        faults += faults_of(asker, who, method, action, {name: SimpleUploadedFile("a.xlsx", b"PK") for name in fields})
    assert faults == []


@pytest.mark.parametrize("who", ["coordinator", "admin", "nobody"])
@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_junk_in_its_parts_with_a_page(asker: Asker, who: str, part: int) -> None:
    faults = []
    for address in part_of(asker, part):
        for number in ("0", "9" * 18, "9223372036854775808", "9" * 40):
            if re.search(r"/\d+", address):
                for method in ("get", "post"):
                    faults += faults_of(asker, who, method, re.sub(r"/\d+", f"/{number}", address))
        for question in ("?after=x&before=9999999999999999999999&page=-1&sort=%00&q=%00&next=//x", "?=&&&", "?%ff=%fe"):
            faults += faults_of(asker, who, "get", address + question)
    assert faults == []


@pytest.mark.parametrize(
    "path", ["/people/x", "/people/AA-0000-0000", "/%00", "/register/entries/-1/rate", "/" + "a" * 3000]
)
def test_addresses_that_are_none_are_not_found(asker: Asker, path: str) -> None:
    assert asker.ask("coordinator", "get", path).status_code == 404

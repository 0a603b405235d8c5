"""Who may open the pages of importing, and that nothing sent to them ends in an error."""

import random
from typing import Any

import pytest
from django.test import Client

from alongside.exchange.models import ImportRow, ImportRun
from alongside.exchange.tests.browsing import MAYBE, browser, imported, send_and_check, waiting_row
from alongside.exchange.tests.sheets_made import KIT, SAMPLE, bring_in, sheet_of
from tests.cast import Area, acting_as


@pytest.fixture
def coordinator(northmoor: Area) -> Client:
    return browser(northmoor)


ADDRESSES = ("/import/{run}", "/import/{run}/columns", "/import/decide", "/import/rows/{row}")


@pytest.mark.parametrize("role", ["keyworker", "commissioner", "partner_health", "regional", "governance", "admin"])
def test_other_roles_are_told_that_it_is_not_for_them(northmoor: Area, role: str) -> None:
    run = send_and_check(browser(northmoor), sheet_of(KIT)).rsplit("/", 1)[1]
    client = browser(northmoor, role)
    assert client.get("/import").status_code == 403
    for address in ADDRESSES:
        assert client.get(address.format(run=run, row=1)).status_code == 403


def test_a_manager_is_told_who_imports(northmoor: Area) -> None:
    client = browser(northmoor, "manager")
    assert "Ask your register coordinator" in client.get("/import").content.decode()
    assert client.post("/import", {}).status_code == 200
    assert client.get("/import/decide").status_code == 403


def test_another_area_finds_nothing(northmoor: Area, saltby: Area) -> None:
    imported(northmoor, KIT, MAYBE)
    run = send_and_check(browser(northmoor), sheet_of(KIT)).rsplit("/", 1)[1]
    row, client = waiting_row(northmoor), browser(saltby)
    assert client.get(f"/import/{run}").status_code == 404
    assert client.get(f"/import/{run}/columns").status_code == 404
    assert client.post(f"/import/{run}/confirm", {}).status_code == 404
    assert client.post(f"/import/{run}/discard", {}).status_code == 404
    assert client.get(f"/import/rows/{row.pk}").status_code == 404
    assert "register.csv" not in client.get("/import").content.decode()
    assert "Nothing waits" in client.get("/import/decide").content.decode()


def test_signed_out_people_are_sent_to_sign_in(db: None) -> None:
    assert Client().get("/import").status_code == 302


NASTY = [
    "",
    " ",
    "\x00",
    "'; drop table people_person; --",
    "<script>",
    "9" * 40,
    "-1",
    "null",
    "é" * 300,
    "2026-02-31",
    "on",
    "{}",
]


def test_no_form_post_ends_in_an_error(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    run = send_and_check(coordinator, sheet_of(KIT))
    row = waiting_row(northmoor)
    names = [
        "submission",
        "choice",
        "reference",
        "listing",
        "area",
        "sheet",
        "save",
        "step",
        "name",
        "column_0",
        "order_1",
    ]
    chance = random.Random(7)
    for address in ("/import", run, f"{run}/columns", f"{run}/confirm", f"{run}/discard", f"/import/rows/{row.pk}"):
        for _ in range(6):
            given = {name: chance.choice(NASTY) for name in names if chance.random() < 0.7}
            assert coordinator.post(address, given).status_code in (200, 302, 400, 403, 404, 405, 422), (address, given)


def test_pages_ask_few_questions_of_the_database(
    northmoor: Area, coordinator: Client, django_assert_max_num_queries: Any
) -> None:
    bring_in(northmoor, SAMPLE.read_bytes())
    with acting_as(northmoor.actors["coordinator"]):
        run = ImportRun.objects.get()
    with acting_as(northmoor.actors["coordinator"]):
        row = ImportRow.objects.filter(outcome="review")[0]
    for address in ("/import", f"/import/{run.pk}", "/import/decide", f"/import/rows/{row.pk}"):
        with django_assert_max_num_queries(12):
            assert coordinator.get(address).status_code == 200

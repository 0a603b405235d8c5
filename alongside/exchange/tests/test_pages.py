"""Importing on the screen: send in, correct the columns, check, confirm."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.exchange import running
from alongside.exchange.models import ImportRun, ImportWork, SavedMapping
from alongside.exchange.operations import IMPORT_LOCK
from alongside.exchange.sheets.tests.workbooks import workbook_of
from alongside.exchange.tests.browsing import (
    ADA,
    TOTAL,
    WRONG,
    browser,
    confirm,
    number_of_people,
    send_and_check,
    send_in,
    token_of,
)
from alongside.exchange.tests.sheets_made import HEADINGS, KIT, changed, sheet_of
from alongside.overview.models import Duty
from tests.cast import Area, acting_as
from tests.plugin import as_owner


@pytest.fixture
def coordinator(northmoor: Area) -> Client:
    return browser(northmoor)


def test_a_sheet_goes_from_sending_in_to_the_register(northmoor: Area, coordinator: Client) -> None:
    run = send_and_check(coordinator, sheet_of(KIT, ADA, WRONG, TOTAL))
    page = coordinator.get(run).content.decode()
    assert "2 people come" in page and "Nothing is written yet" in page
    assert "is not a day in the calendar" in page
    assert number_of_people() == 0
    assert confirm(coordinator, run).headers["Location"] == run
    done = coordinator.get(run).content.decode()
    assert "Imported" in done and "2 people are new" in done
    assert number_of_people() == 2
    with acting_as(northmoor.actors["coordinator"]):
        assert ImportRun.objects.get().state == "done"
        assert not ImportWork.objects.exists()
        assert Duty.objects.exists()


def test_a_sheet_of_headings_alone_is_told_so(coordinator: Client) -> None:
    page = coordinator.get(send_and_check(coordinator, sheet_of())).content.decode()
    assert "headings and no rows below them" in page and "Compare it with the register" not in page


def test_rows_are_filtered_by_what_becomes_of_them(coordinator: Client) -> None:
    run = send_and_check(coordinator, sheet_of(KIT, WRONG, TOTAL))
    refused = coordinator.get(f"{run}?outcome=refused").content.decode()
    assert "Moss, Theo" in refused and "Ashdown, Kit" not in refused
    assert coordinator.get(f"{run}?outcome=nonsense&after=x&before=99999999999").status_code == 200


def test_what_needs_somebody_comes_first_and_nothing_is_lost_between_pages(coordinator: Client) -> None:
    rows = [changed(KIT, Name=f"Person {word}", DOB=f"{1 + n % 28:02}/0{1 + n % 9}/20{10 + n % 9}", NHS_Number="")
            for n, word in enumerate(f"{a}{b}{c}" for a in "BDF" for b in "aeiou" for c in "lmnrst")]  # fmt: skip
    run = send_and_check(coordinator, sheet_of(*rows[:60], WRONG))
    page, seen = coordinator.get(run).content.decode(), []
    assert page.index("Moss, Theo") < page.index("Person")
    for _ in range(3):
        seen += re.findall(r'<th role="rowheader" scope="row">(\d+)</th>', page)
        if not (following := re.search(r'href="(\?after=\d+)" rel="next"', page)):
            break
        page = coordinator.get(run + following[1]).content.decode()
    assert len(seen) == 61 == len(set(seen))


def test_pages_of_rows_go_forward_and_back(coordinator: Client) -> None:
    rows = [changed(KIT, Name=f"Person {word}", DOB=f"{1 + n % 28:02}/0{1 + n % 9}/20{10 + n % 9}", NHS_Number="")
            for n, word in enumerate(f"{a}{b}{c}" for a in "BDF" for b in "aeiou" for c in "lmnrst")]  # fmt: skip
    run = send_and_check(coordinator, sheet_of(*rows[:70]))
    first = coordinator.get(run).content.decode()
    following = re.search(r'href="(\?after=\d+)" rel="next"', first)[1]  # type: ignore[index]
    second = coordinator.get(run + following).content.decode()
    back = re.search(r'href="(\?before=\d+)" rel="prev"', second)[1]  # type: ignore[index]
    assert "Bal" in first and "Bal" not in second
    assert "Bal" in coordinator.get(run + back).content.decode()


def test_the_mapping_is_corrected_saved_and_found_again(northmoor: Area, coordinator: Client) -> None:
    columns = send_in(coordinator, sheet_of(KIT)).headers["Location"]
    page = coordinator.get(columns)
    answers = dict.fromkeys((f"column_{n}" for n in range(9)), "") | {
        "column_0": "name", "column_1": "birth_date", "column_6": "school", "submission": token_of(page), "save": "on",
    }  # fmt: skip
    coordinator.post(columns, answers)
    with acting_as(northmoor.actors["coordinator"]):
        assert SavedMapping.objects.count() == 1
    again = send_in(coordinator, sheet_of(ADA)).headers["Location"]
    found = coordinator.get(again).content.decode()
    assert re.search(r'id="id_column_6".*?value="school" selected', found, re.S)


def test_two_columns_for_one_field_are_told_and_nothing_chosen_is_lost(coordinator: Client) -> None:
    columns = send_in(coordinator, sheet_of(KIT)).headers["Location"]
    page = coordinator.get(columns)
    wrong = {"column_0": "name", "column_1": "birth_date", "column_4": "birth_date", "submission": token_of(page)}
    answer = coordinator.post(columns, wrong)
    assert answer.status_code == 422
    assert "Date of birth is filled by" in answer.content.decode()
    assert re.search(r'id="id_column_4".*?value="birth_date" selected', answer.content.decode(), re.S)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("register.csv", b"", "The file is empty"),
        ("register.pdf", b"%PDF-1.4", "The file must be"),
        ("register.xlsx", b"not a workbook at all", "headings"),
        ("register.xlsx", b"PK\x03\x04broken", "Excel"),
        ("register.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ""),
        ("register.csv", b"1,2,3\n4,5,6\n", "headings"),
    ],
)
def test_a_file_that_is_no_register_gets_a_sentence(
    coordinator: Client, name: str, content: bytes, sentence: str
) -> None:
    answer = send_in(coordinator, content, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_another_sheet_of_the_workbook_is_chosen(northmoor: Area, coordinator: Client) -> None:
    book = workbook_of({"DSR": [HEADINGS, KIT], "Old": [HEADINGS, ADA, changed(ADA, Name="Bo Brook", NHS_Number="")]})
    columns = send_in(coordinator, book, "register.xlsx").headers["Location"]
    assert "Kit Ashdown" in coordinator.get(columns).content.decode()
    coordinator.post(columns, {"step": "sheet", "name": "Old"})
    assert "Ada Brook" in coordinator.get(columns).content.decode()
    coordinator.post(columns, {"step": "sheet", "name": "Nowhere"})
    assert "Ada Brook" in coordinator.get(columns).content.decode()


def test_a_double_click_on_confirm_makes_one_import(coordinator: Client) -> None:
    run = send_and_check(coordinator, sheet_of(KIT))
    token = token_of(coordinator.get(run))
    first, second = confirm(coordinator, run, token), confirm(coordinator, run, token)
    assert (first.status_code, second.status_code) == (302, 302)
    assert number_of_people() == 1
    other_tab = confirm(coordinator, run, "another-token-0123456789")
    assert other_tab.status_code == 302
    assert number_of_people() == 1


def test_of_two_imports_at_once_the_second_is_told_to_wait(northmoor: Area, coordinator: Client) -> None:
    run = send_and_check(coordinator, sheet_of(KIT))
    with as_owner(connection.settings_dict["NAME"]) as other:
        other.execute("select pg_advisory_lock(%s, %s)", [IMPORT_LOCK, northmoor.icb.pk])
        answer = confirm(coordinator, run)
        assert answer.status_code == 409
        assert "Another import into this register is being written" in answer.content.decode()
        assert number_of_people() == 0
    assert confirm(coordinator, run).status_code == 302
    assert number_of_people() == 1


def test_a_sheet_sent_twice_by_a_double_click_is_one_import(northmoor: Area, coordinator: Client) -> None:
    token = token_of(coordinator.get("/import"))
    for _ in range(2):
        answer = send_in(coordinator, sheet_of(KIT), submission=token)
        assert answer.status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert ImportRun.objects.count() == 1


def test_a_sheet_can_be_left(northmoor: Area, coordinator: Client) -> None:
    run = send_and_check(coordinator, sheet_of(KIT))
    coordinator.post(f"{run}/discard", {"submission": token_of(coordinator.get(run))})
    assert number_of_people() == 0
    with acting_as(northmoor.actors["coordinator"]):
        assert ImportRun.objects.get().state == "failed"
        assert not ImportWork.objects.exists()
    assert "Nothing was written" in coordinator.get(run).content.decode()


def test_a_long_sheet_is_left_to_the_worker(
    northmoor: Area, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_ROWS_AT_ONCE", 1)
    run = send_and_check(coordinator, sheet_of(KIT, ADA))
    number = int(run.rsplit("/", 1)[1])
    waiting = coordinator.get(run)
    assert "are being checked" in waiting.content.decode() and waiting.headers["Refresh"]
    running.work_on(number)
    assert "Nothing is written yet" in coordinator.get(run).content.decode()
    confirm(coordinator, run)
    assert "is being written" in coordinator.get(run).content.decode()
    assert number_of_people() == 0
    running.work_on(number)
    running.work_on(number)
    assert "2 people are new" in coordinator.get(run).content.decode()
    assert number_of_people() == 2


def test_what_stops_the_worker_is_told_and_nothing_is_written(
    northmoor: Area, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = send_and_check(coordinator, sheet_of(KIT))
    monkeypatch.setattr(running, "MOST_ROWS_AT_ONCE", 0)
    confirm(coordinator, run)
    monkeypatch.setattr(running, "write_import", _fails)
    with pytest.raises(ZeroDivisionError):
        running.work_on(int(run.rsplit("/", 1)[1]))
    page = coordinator.get(run).content.decode()
    assert "Something went wrong" in page and "Check it again" in page
    assert number_of_people() == 0


def _fails(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError

"""Importing on the screen: send in, correct the columns, check, confirm, decide."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from alongside.exchange import running
from alongside.exchange.models import ImportDifference, ImportRow, ImportRun, ImportWork, SavedMapping
from alongside.exchange.operations import IMPORT_LOCK
from alongside.exchange.tests.sheets_made import HEADINGS, KIT, SAMPLE, bring_in, changed, sheet_of
from alongside.features.people.models import Belonging, Guard, Person
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation.access import context
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, key_of
from tests.plugin import as_owner

ADA = changed(KIT, Name="Ada Brook", DOB="05/05/2011", NHS_Number="9990000026")
WRONG = changed(KIT, Name="Theo Moss", DOB="31/02/2011", NHS_Number="")
TOTAL = ("Total", "3", "", "", "", "", "", "", "")
MAYBE = changed(KIT, Name="Kit Ashdown-Lee", NHS_Number="")


def browser(area: Area, role: str = "coordinator") -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role])
    return client


def token_of(page: HttpResponse) -> str:
    return re.search(r'name="submission" value="([^"]+)"', page.content.decode())[1]  # type: ignore[index]


def send_in(client: Client, content: bytes, name: str = "register.csv", **more: Any) -> HttpResponse:
    token = token_of(client.get("/import"))
    file = SimpleUploadedFile(name, content)
    return client.post("/import", {"sheet": file, "listing": "child", "submission": token, **more})


def send_and_check(client: Client, content: bytes) -> str:
    """The address of the import, its rows checked."""
    columns = send_in(client, content).headers["Location"]
    page = client.get(columns)
    answers = {
        name: value
        for name, value in re.findall(r'name="(column_\d+)".*?value="(\w*)" selected', page.content.decode(), re.S)
    }
    answer = client.post(columns, answers | {"submission": token_of(page), "save": "on"})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def confirm(client: Client, run: str, token: str = "") -> HttpResponse:
    return client.post(f"{run}/confirm", {"submission": token or token_of(client.get(run))})


def number_of_people() -> int:
    with context.as_engine():
        return Person.objects.count()


@pytest.fixture
def coordinator(northmoor: Area) -> Iterator[Client]:
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


def test_rows_are_filtered_by_what_becomes_of_them(coordinator: Client) -> None:
    run = send_and_check(coordinator, sheet_of(KIT, WRONG, TOTAL))
    refused = coordinator.get(f"{run}?outcome=refused").content.decode()
    assert "Moss, Theo" in refused and "Ashdown, Kit" not in refused
    assert coordinator.get(f"{run}?outcome=nonsense&after=x&before=99999999999").status_code == 200


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


# Deciding


def imported(area: Area, *rows: tuple[str, ...]) -> None:
    bring_in(area, sheet_of(*rows))


def waiting_row(area: Area) -> ImportRow:
    with acting_as(area.actors["coordinator"]):
        return ImportRow.objects.filter(settled_at=None).filter(outcome="review").get()


def answer_row(client: Client, row: ImportRow, **given: str) -> HttpResponse:
    address = f"/import/rows/{row.pk}"
    return client.post(address, {"submission": token_of(client.get(address)), **given})


def test_a_row_that_may_be_somebody_is_somebody_new(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    row = waiting_row(northmoor)
    assert "Ashdown-Lee" in coordinator.get("/import/decide").content.decode()
    assert "Kit Ashdown" in coordinator.get(f"/import/rows/{row.pk}").content.decode()
    assert answer_row(coordinator, row, choice="new").status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert RegisterEntry.objects.count() == 2
        assert Duty.objects.filter(person__family_name="Ashdown-Lee").exists()
    assert "Nothing waits for you" in coordinator.get("/import/decide").content.decode()
    planned = bring_in(northmoor, sheet_of(KIT, MAYBE))
    assert [one.outcome for one in planned] == ["matched", "matched"]


def test_a_row_that_is_somebody_here_is_compared_with_the_record(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    row = waiting_row(northmoor)
    with acting_as(northmoor.actors["coordinator"]):
        kit = Person.objects.get()
    answer = answer_row(coordinator, row, choice=kit.reference)
    assert answer.headers["Location"] == f"/import/rows/{row.pk}"
    page = coordinator.get(f"/import/rows/{row.pk}")
    assert "Ashdown-Lee" in page.content.decode()
    with acting_as(northmoor.actors["coordinator"]):
        difference = ImportDifference.objects.get()
    coordinator.post(f"/import/rows/{row.pk}", {"submission": token_of(page), f"difference_{difference.pk}": "theirs"})
    with acting_as(northmoor.actors["coordinator"]):
        assert Person.objects.get().family_name == "Ashdown-Lee"


def test_a_row_left_out_is_not_asked_about_again(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    answer_row(coordinator, waiting_row(northmoor), choice="leave")
    assert [one.outcome for one in bring_in(northmoor, sheet_of(KIT, MAYBE))] == ["matched", "refused"]


def test_an_answer_must_be_given_and_a_reference_must_be_of_somebody_here(northmoor: Area, coordinator: Client) -> None:
    imported(northmoor, KIT, MAYBE)
    row = waiting_row(northmoor)
    assert "Select who this is" in answer_row(coordinator, row).content.decode()
    assert "Enter their reference" in answer_row(coordinator, row, choice="other").content.decode()
    nobody = answer_row(coordinator, row, choice="other", reference="XX-0000-0000").content.decode()
    assert "Nobody of this ICB has this reference" in nobody and "XX-0000-0000" in nobody


def test_of_two_who_decide_at_once_the_second_is_told(northmoor: Area) -> None:
    imported(northmoor, KIT, MAYBE)
    row, one, other = waiting_row(northmoor), browser(northmoor), browser(northmoor)
    address = f"/import/rows/{row.pk}"
    tokens = [token_of(each.get(address)) for each in (one, other)]
    one.post(address, {"submission": tokens[0], "choice": "new"})
    told = other.post(address, {"submission": tokens[1], "choice": "new"}, follow=True)
    assert told.status_code in (200, 422)
    assert number_of_people() == 2


MORE = ("Inpatient unit", "Admission date", "Date of last CETR", "School", "Council", "Postcode", "Reason")


def test_each_thing_that_a_later_sheet_says_can_be_taken(northmoor: Area, coordinator: Client) -> None:
    headings = (*HEADINGS, *MORE)
    before = (*KIT, "", "", "", "Hillcrest School", "Northmoor", "ZZ1 1AA", "A&E twice")
    after = (
        *changed(KIT, RAG="Red", RAG_date="01/11/2026", Consent="refused", GP_practice="Hill Surgery",
                 Keyworker="P Lound"),
        "", "", "01/09/2026", "Larch House", "Saltby", "ZZ2 2BB", "Placement at risk",
    )  # fmt: skip
    bring_in(northmoor, sheet_of(before, headings=headings))
    (one,) = bring_in(northmoor, sheet_of(after, headings=headings))
    fields = {difference.field for difference in one.differences}
    assert fields == {"gp", "rating", "keyworker", "consent", "last_cetr", "school", "council", "postcode", "reason"}
    with acting_as(northmoor.actors["coordinator"]):
        row = ImportRow.objects.get(differences__field="gp")
        ids = list(ImportDifference.objects.values_list("pk", flat=True))
    page = coordinator.get(f"/import/rows/{row.pk}")
    answers = {f"difference_{number}": "theirs" for number in ids}
    answer = coordinator.post(f"/import/rows/{row.pk}", {"submission": token_of(page), **answers})
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(northmoor.actors["coordinator"]):
        kit = Person.objects.get()
        assert kit.guard == Guard.REGISTER_TEAM
        assert Rating.objects.order_by("-id")[0].colour == "red"
        assert Belonging.objects.get(kind="school", superseded_by=None).name == "Larch House"
        assert kit.allocation_rows.get(to_date=None).worker.name == "P Lound"
        assert RegisterEntry.objects.get().reason == "Placement at risk"
    (again,) = bring_in(northmoor, sheet_of(after, headings=headings))
    assert again.differences == []


def test_a_stay_that_a_later_sheet_tells_is_taken_and_rates_blue(northmoor: Area, coordinator: Client) -> None:
    headings = (*HEADINGS, "Inpatient unit", "Admission date")
    bring_in(northmoor, sheet_of((*KIT, "", ""), headings=headings))
    bring_in(northmoor, sheet_of((*KIT, "Heron Ward", "01/11/2026"), headings=headings))
    with acting_as(northmoor.actors["coordinator"]):
        difference = ImportDifference.objects.get()
    page = coordinator.get(f"/import/rows/{difference.row_id}")
    answers = {"submission": token_of(page), f"difference_{difference.pk}": "theirs"}
    assert coordinator.post(f"/import/rows/{difference.row_id}", answers).status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert Rating.objects.order_by("-rated_at", "-id")[0].colour == "blue"


def test_a_colour_that_a_stay_forbids_is_not_taken_and_the_reason_is_told(northmoor: Area, coordinator: Client) -> None:
    headings = (*HEADINGS, "Inpatient unit", "Admission date")
    there = (*changed(KIT, RAG="Blue"), "Heron Ward", "01/09/2026")
    bring_in(northmoor, sheet_of(there, headings=headings))
    bring_in(northmoor, sheet_of((*changed(KIT, RAG="Green"), *there[-2:]), headings=headings))
    with acting_as(northmoor.actors["coordinator"]):
        difference = ImportDifference.objects.get()
    page = coordinator.get(f"/import/rows/{difference.row_id}")
    answers = {"submission": token_of(page), f"difference_{difference.pk}": "theirs"}
    answer = coordinator.post(f"/import/rows/{difference.row_id}", answers)
    assert answer.status_code == 422
    assert "hospital since" in answer.content.decode()


# Who may


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
        row = ImportRow.objects.filter(outcome="review").first()
    for address in ("/import", f"/import/{run.pk}", "/import/decide", f"/import/rows/{row.pk}"):
        with django_assert_max_num_queries(12):
            assert coordinator.get(address).status_code == 200

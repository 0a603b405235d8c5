"""A browser that imports a sheet step by step, for the tests of the pages."""

import re
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.exchange.models import ImportRow
from alongside.exchange.tests.sheets_made import KIT, bring_in, changed, sheet_of
from alongside.features.people.models import Person
from alongside.foundation.access import context
from tests.cast import Area, acting_as, key_of

ADA = changed(KIT, Name="Ada Brook", DOB="05/05/2011", NHS_Number="9990000026")
WRONG = changed(KIT, Name="Theo Moss", DOB="31/02/2011", NHS_Number="")
TOTAL = ("Total", "3", "", "", "", "", "", "", "")
MAYBE = changed(KIT, Name="Kit Ashdown-Lee", NHS_Number="")


def browser(area: Area, role: str = "coordinator") -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role])
    return client


def token_of(page: Any) -> str:
    return re.search(r'name="submission" value="([^"]+)"', page.content.decode())[1]  # type: ignore[index]


def send_in(client: Client, content: bytes, name: str = "register.csv", **more: Any) -> Any:
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


def confirm(client: Client, run: str, token: str = "") -> Any:
    return client.post(f"{run}/confirm", {"submission": token or token_of(client.get(run))})


def number_of_people() -> int:
    with context.as_engine():
        return Person.objects.count()


def imported(area: Area, *rows: tuple[str, ...]) -> None:
    bring_in(area, sheet_of(*rows))


def waiting_row(area: Area) -> ImportRow:
    with acting_as(area.actors["coordinator"]):
        return ImportRow.objects.filter(settled_at=None).filter(outcome="review").get()


def answer_row(client: Client, row: ImportRow, **given: str) -> Any:
    address = f"/import/rows/{row.pk}"
    return client.post(address, {"submission": token_of(client.get(address)), **given})

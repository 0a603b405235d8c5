"""A letter that no carrier posts: to print, printed by somebody, posted by somebody, and due until then."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation.access import context
from alongside.foundation.documents.pdf import count_pages
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.sending import send_waiting
from alongside.foundation.messages.tests.carrying import Remembering
from alongside.foundation.messages.tests.test_pages import browser, typed, write
from alongside.foundation.messages.ways import email, letter
from alongside.overview.models import Duty
from tests.cast import NOW, Area

BUDGET = 10


@pytest.fixture
def priya(northmoor: Area) -> Client:
    return browser(northmoor, "coordinator")


def letters_wait(area: Area, how_many: int = 2) -> list[Delivery]:
    """Letters of the register team that the post room has left to people."""
    for number in range(how_many):
        write(
            area,
            to_name="Dawn Moss",
            ways=[letter("Dawn Moss", f"{number + 1} High Street", "NM1 1AA")],
            from_team_id=area.teams["register"].pk,
        )
    with context.as_engine():
        return list(Delivery.objects.order_by("pk"))


def due() -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(subject="delivery").order_by("subject_id"))


def test_a_letter_reads_posted_only_once_somebody_has_posted_it(northmoor: Area, priya: Client) -> None:
    first, second = letters_wait(northmoor)
    assert (first.stands, first.sent_at) == ("To print", None)
    page = priya.get("/letters").content.decode()
    assert "1 High Street" in page and "2 High Street" in page
    priya.post("/letters/printed", typed(page, letter=str(first.pk)))
    page = priya.get("/letters?list=printed").content.decode()
    assert "1 High Street" in page and "2 High Street" not in page
    assert f"Printed by {northmoor.actors['coordinator'].name}" in page
    answer = priya.post("/letters/posted", typed(page, letter=str(first.pk)))
    assert answer.status_code == 302
    with context.as_engine():
        first.refresh_from_db()
        second.refresh_from_db()
        assert first.stands == "Posted" and first.printed_by == first.posted_by == northmoor.actors["coordinator"]
    assert second.stands == "To print"
    assert "Posted" in priya.get(f"/outbox/{first.reference}").content.decode()


def test_it_is_work_with_a_day_until_it_is_posted(northmoor: Area, priya: Client) -> None:
    first, _ = letters_wait(northmoor)
    duties = due()
    assert [duty.what for duty in duties] == ["Print and post a letter"] * 2
    assert duties[0].due.date() == date(2026, 11, 23) and duties[0].local_default, "the next working day"
    assert priya.get(f"/outbox/number/{first.pk}").headers["Location"] == "/letters?list=to_print"
    for doing, shown in (("printed", "to_print"), ("posted", "printed")):
        page = priya.get(f"/letters?list={shown}").content.decode()
        priya.post(f"/letters/{doing}", typed(page, letter=str(first.pk)))
    assert [duty.subject_id for duty in due()] == [duties[1].subject_id]


def test_all_of_them_are_one_file_to_print(northmoor: Area, priya: Client) -> None:
    waiting = letters_wait(northmoor, 3)
    page = priya.get("/letters").content.decode()
    answer = priya.post("/letters/file", typed(page) | {"letter": [str(one.pk) for one in waiting]})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert count_pages(answer.content) >= 3
    with context.as_engine():
        assert {one.state for one in Delivery.objects.all()} == {"to_print"}, "a printer may jam"


def test_nothing_chosen_and_done_before_are_told(northmoor: Area, priya: Client) -> None:
    (one,) = letters_wait(northmoor, 1)
    page = priya.get("/letters").content.decode()
    for address in ("/letters/printed", "/letters/file"):
        answer = priya.post(address, typed(page))
        assert answer.status_code == 422 and "Choose at least one letter" in answer.content.decode()
    another_window = typed(priya.get("/letters").content.decode(), letter=str(one.pk))
    sent = typed(page, letter=str(one.pk))
    assert [priya.post("/letters/printed", sent).status_code for _ in range(2)] == [302, 302], "pressed twice"
    stale = priya.post("/letters/printed", another_window)
    assert stale.status_code == 422 and "somebody else did this already" in stale.content.decode()
    assert priya.post("/letters/eaten", sent).status_code == 404


def test_only_who_may_read_a_letter_prints_it(northmoor: Area, saltby: Area) -> None:
    (one,) = letters_wait(northmoor, 1)
    for area, role in ((northmoor, "manager"), (saltby, "coordinator")):
        stranger = browser(area, role)
        page = stranger.get("/letters").content.decode()
        assert "High Street" not in page
        assert stranger.post("/letters/file", typed(page, letter=str(one.pk))).status_code == 422
        stranger.post("/letters/printed", typed(page, letter=str(one.pk)))
    for role in ("admin", "keyworker", "commissioner"):
        assert browser(northmoor, role).get("/letters").status_code == 403
    with context.as_engine():
        assert Delivery.objects.get().state == "to_print"


def test_where_a_carrier_posts_letters_nobody_prints(northmoor: Area, posted_for_us: None) -> None:
    write(northmoor, to_name="Dawn", ways=[letter("Dawn", "1 High Street", "NM1 1AA"), email("dawn@example.org")])
    carrier = Remembering()
    assert send_waiting(lambda: NOW, carrier) == 2
    with context.as_engine():
        assert {one.stands for one in Delivery.objects.all()} == {"Posted", "Sent"}


@pytest.mark.parametrize("how_many", [1, 12])
def test_the_list_asks_a_fixed_number_of_questions(northmoor: Area, priya: Client, how_many: int) -> None:
    letters_wait(northmoor, how_many)
    with CaptureQueriesContext(connection) as asked:
        priya.get("/letters")
    assert len(asked) <= BUDGET, [one["sql"][-120:] for one in asked]

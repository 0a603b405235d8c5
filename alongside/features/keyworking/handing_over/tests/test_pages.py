"""The pages of a hand-over, as a manager walks them; who else sees what; and how much each asks of the database."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from alongside.features.keyworking.handing_over.photos import set_photo
from alongside.features.keyworking.handing_over.tests.conftest import (
    DAY,
    TODAY,
    agreed,
    as_,
    begun,
    does,
    lines_of,
    prepared,
    walked_with,
)
from alongside.features.keyworking.models import Allocation, HandOver, Leave
from alongside.features.keyworking.team import set_caseload_rule
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.documents.checks import Checked
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.paper import letter_of
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import Notes
from alongside.overview.models import Duty
from tests.cast import Area


def on(name: str, day: Any) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def sent(**more: Any) -> dict[str, Any]:
    return {"submission": new_token()} | more


def test_a_manager_hands_over_from_the_first_page_to_the_closed_account(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    kai = walked_with(northmoor, "Kai", "red", asha)
    manager = as_(northmoor.actors["manager"])
    page = manager.get(f"/keyworking/team/{asha.pk}").content.decode()
    assert "Kai Moss" in page and "Hand over their work" in page and "Without them 0 points" in page
    opened = manager.post(f"/keyworking/team/{asha.pk}/hand-over", sent(reason="leaving", **on("from_date", TODAY)))
    assert opened.status_code == 302
    here = opened["Location"]
    page = manager.get(here).content.decode()
    assert "1 person has nobody who takes over yet." in page
    assert manager.get(f"/keyworking/team/{asha.pk}/hand-over")["Location"] == here, "what was begun is gone on with"
    assert manager.post(f"{here}/propose", sent()).status_code == 302
    with context.as_engine():
        hand_over = HandOver.objects.get()
    (line,) = lines_of(hand_over)
    assert line.taker_id is not None
    assert manager.get(f"{here}/{line.pk}").status_code == 200
    chosen = manager.post(f"{here}/{line.pk}", sent(worker=ben.pk, because="They met"))
    assert chosen.status_code == 302
    tell = manager.get(f"{here}/{line.pk}/tell").content.decode()
    assert "will not be your worker any more" in tell and "Ben Okafor will say hello first." in tell
    empty = manager.post(f"{here}/{line.pk}/tell", sent(how="not_told"))
    assert empty.status_code == 422 and "why nobody was told" in empty.content.decode()
    assert "on your page" not in tell and "nobody of the family has pages" in tell.lower()
    letter = sent(how="letter", name="Dawn Moss", address="1 High Street\nNM1 1AA")
    assert manager.post(f"{here}/{line.pk}/tell", letter).status_code == 302
    assert "Theirs now: nothing." in manager.get(f"{here}/rest").content.decode()
    assert manager.post(f"{here}/rest", sent(worker=ben.pk)).status_code == 302
    page = manager.get(here).content.decode()
    assert "Told by a letter" in page and "0 to 1.5 of 10 points" in page
    again = sent()
    for _ in range(2):
        assert manager.post(here, again).status_code == 302, "sent twice, done once"
    assert "Close the account" in manager.get(here).content.decode()
    assert manager.post(f"/keyworking/team/{asha.pk}/close", sent()).status_code == 302
    with context.as_engine():
        assert Allocation.objects.filter(person=kai, part="designated", to_date=None).get().worker == ben
        assert Actor.objects.get(pk=asha.pk).left_on == TODAY


@pytest.mark.parametrize("reason", ["leaving", "leave"])
def test_once_agreed_for_a_later_day_the_takers_points_are_told_as_before(
    northmoor: Area, asha: Actor, ben: Actor, reason: str
) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    to = TODAY + 9 * DAY if reason == "leave" else None
    hand_over = begun(northmoor, asha, reason, on=TODAY + 3 * DAY, to=to)
    prepared(northmoor, hand_over, ben)
    here, manager = f"/keyworking/hand-over/{hand_over.pk}", as_(northmoor.actors["manager"])
    assert manager.post(f"{here}/rest", sent(worker=ben.pk)).status_code == 302
    told = "Ben Okafor: 0 to 1.5 of 10 points"
    assert told in manager.get(here).content.decode()
    agreed(northmoor, hand_over)
    page = manager.get(here).content.decode()
    assert told in page and "It takes effect by itself on that day." in page


def test_dates_that_cannot_be_and_a_second_hand_over_are_told(northmoor: Area, asha: Actor) -> None:
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/team/{asha.pk}/hand-over"
    wrong = sent(reason="leave", **on("from_date", TODAY + 3 * DAY), **on("to_date", TODAY + DAY))
    answer = manager.post(here, wrong)
    assert answer.status_code == 422 and "can&#39;t be before the first" in answer.content.decode()
    begun(northmoor, asha)
    second = manager.post(here, sent(reason="leave", **on("from_date", TODAY)))
    assert second.status_code == 422 and "is under way already" in second.content.decode()


@pytest.mark.parametrize("role", ["keyworker", "commissioner", "partner_health"])
def test_only_those_who_run_the_team_open_it(northmoor: Area, asha: Actor, role: str) -> None:
    hand_over = begun(northmoor, asha)
    assert as_(northmoor.actors[role]).get(f"/keyworking/hand-over/{hand_over.pk}").status_code == 403


def test_another_area_finds_nothing(northmoor: Area, saltby: Area, asha: Actor) -> None:
    hand_over = begun(northmoor, asha)
    assert as_(saltby.actors["manager"]).get(f"/keyworking/hand-over/{hand_over.pk}").status_code == 404


def test_no_page_asks_more_for_more_people(
    northmoor: Area, asha: Actor, ben: Actor, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for name in ("Kai", "Ann", "Bo", "Cy"):
        walked_with(northmoor, name, "amber", asha)
    hand_over = begun(northmoor, asha)
    manager = as_(northmoor.actors["manager"])
    (first, *_) = lines_of(hand_over)
    here = f"/keyworking/hand-over/{hand_over.pk}"
    pages = (
        f"/keyworking/team/{asha.pk}",
        here,
        f"{here}/{first.pk}",
        f"{here}/{first.pk}/tell",
        f"{here}/tell",
        f"{here}/rest",
    )
    for page in pages:
        manager.get(page)
        with django_assert_max_num_queries(12):
            assert manager.get(page).status_code == 200


def test_a_picture_is_shown_to_colleagues_and_to_nobody_of_another_area(
    northmoor: Area, saltby: Area, ben: Actor
) -> None:
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/team/{ben.pk}/photo"
    assert manager.post(here, sent()).status_code == 422
    file = BytesIO()
    Image.new("RGB", (20, 20), "green").save(file, "PNG")
    chosen = SimpleUploadedFile("ben.png", file.getvalue(), "image/png")
    assert manager.post(here, sent(file=chosen)).status_code == 302
    shown = as_(northmoor.actors["keyworker"]).get(f"{here}/picture")
    assert shown.status_code == 200 and shown["Content-Type"] == "image/png"
    assert as_(saltby.actors["keyworker"]).get(f"{here}/picture").status_code == 404
    assert manager.post(here, sent(away="yes")).status_code == 302
    assert manager.get(f"{here}/picture").status_code == 404


@pytest.mark.parametrize(("kind", "shown"), [("PNG", 1), ("JPEG", 1), ("", 0)])
def test_a_letter_to_a_family_without_pages_has_the_picture_in_it(
    northmoor: Area, asha: Actor, ben: Actor, kind: str, shown: int
) -> None:
    if kind:
        file = BytesIO()
        Image.new("RGB", (20, 20), "green").save(file, kind)
        checked = Checked(file.getvalue(), f"image/{kind.lower()}", "ben")
        does(northmoor, lambda note, me: set_photo(note, icb=northmoor.icb, worker=ben, checked=checked))
    walked_with(northmoor, "Kai", "amber", asha)
    (line,) = lines_of(begun(northmoor, asha))
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/hand-over/{line.hand_over_id}/{line.pk}"
    assert manager.post(here, sent(worker=ben.pk, because="They met")).status_code == 302
    tell = manager.get(f"{here}/tell").content.decode()
    assert ("A letter has Ben Okafor’s picture in it." in tell) == bool(shown)
    letter = sent(how="letter", name="Dawn Moss", address="1 High Street\nNM1 1AA")
    assert manager.post(f"{here}/tell", letter).status_code == 302
    with context.as_engine():
        delivery = Delivery.objects.get()
        assert "on your page" not in delivery.message.body
        paper = letter_of(delivery)
    words = " ".join("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper)).split())
    assert "your worker is Ben Okafor" in words and "on your page" not in words
    with pikepdf.open(BytesIO(paper)) as found:
        pictures = [one for one in found.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert bool(pictures) == bool(shown)


@pytest.mark.parametrize("holds", [True, False])
def test_leave_of_somebody_who_holds_people_begins_a_hand_over(northmoor: Area, asha: Actor, holds: bool) -> None:
    if holds:
        walked_with(northmoor, "Kai", "red", asha)
    asked = sent(**on("from_date", TODAY + 3 * DAY), **on("to_date", TODAY + 9 * DAY))
    manager = as_(northmoor.actors["manager"])
    assert manager.post(f"/keyworking/team/{asha.pk}/leave", asked).status_code == 302
    page = manager.get(f"/keyworking/team/{asha.pk}").content.decode()
    assert ("A hand-over is under way" in page) is holds
    with context.as_engine():
        assert HandOver.objects.count() == holds
        assert Duty.objects.filter(subject="hand_over").count() == holds


def test_cover_sees_on_my_day_what_is_due_for_whom_they_cover(northmoor: Area, asha: Actor, ben: Actor) -> None:
    kai = walked_with(northmoor, "Kai", "red", asha)
    hand_over = begun(northmoor, asha, "leave", on=TODAY, to=TODAY + 5 * DAY)
    assert "You cover" not in as_(ben).get("/").content.decode()
    prepared(northmoor, hand_over, ben)
    # Before the test's own transaction began, so that what is opened is open in it.
    agreed(northmoor, hand_over, at=clock.now() - timedelta(minutes=10))
    assert "You cover" in as_(ben).get("/").content.decode()
    with context.as_engine():
        due = Duty.objects.filter(person=kai, owner_actor=asha)
        assert due.exists(), "they stay the keyworker's"
    page = as_(ben).get("/?inbox=cover")
    assert page.status_code == 200 and "Kai Moss" in page.content.decode()
    assert as_(ben).get("/duties?inbox=cover&state=due").status_code == 200
    assert as_(asha).get("/duties?inbox=cover&state=due").status_code == 404


def test_who_has_nobody_is_said_why_once_takers_were_proposed(northmoor: Area, asha: Actor, ben: Actor) -> None:
    """Ben has room for one of the two."""
    walked_with(northmoor, "Kai", "red", asha)
    walked_with(northmoor, "Maya", "amber", asha)
    does(
        northmoor,
        lambda note, me: set_caseload_rule(note, icb=northmoor.icb, key="block_at", value=4, starts_on=TODAY),
    )
    here = f"/keyworking/hand-over/{begun(northmoor, asha).pk}"
    manager = as_(northmoor.actors["manager"])
    assert "is full" not in manager.get(here).content.decode(), "Ben could take either of them"
    assert manager.post(f"{here}/propose", sent()).status_code == 302
    page = manager.get(here).content.decode()
    assert "Kai Moss</a>: Ben Okafor</h2>" in page and "Maya Moss</a>: nobody yet</h2>" in page
    assert page.count("Every keyworker who could take them is full.") == 1


def test_who_has_nobody_since_nobody_else_is_there_or_trained_is_said_so(
    northmoor: Area, asha: Actor, ben: Actor
) -> None:
    walked_with(northmoor, "Kai", "red", asha)
    number = begun(northmoor, asha, on=TODAY + 7 * DAY).pk
    manager, here = as_(northmoor.actors["manager"]), f"/keyworking/hand-over/{number}"

    def away(note: Notes, me: Any) -> None:
        Leave.objects.create(icb=northmoor.icb, worker=ben, from_date=TODAY + 5 * DAY, to_date=TODAY + 9 * DAY)
        note("made", words="Written down.", icb_id=northmoor.icb.pk)

    does(northmoor, away)
    asked = manager.post(f"{here}/propose", sent())
    assert asked.status_code == 422 and "Nobody who has room could take them" in asked.content.decode()
    why = "No keyworker can take them now: leave, training or wishes speak against each."
    assert why in manager.get(here).content.decode()
    does(
        northmoor,
        lambda note, me: set_caseload_rule(
            note, icb=northmoor.icb, key="training_required", value=("law",), starts_on=TODAY
        ),
    )
    assert "No keyworker has the required training in date." in manager.get(here).content.decode()

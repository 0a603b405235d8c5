"""The diary, the breaches and one person's reviews: what stands where, a page at a time, within the budget."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.hospital.operations import admit
from alongside.features.people.models import Person
from alongside.features.register.operations import rate
from alongside.features.reviews.organising import operations
from alongside.foundation.recording.recording import recording
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered, key_of

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.foundation.clock.now", lambda: NOW)


def somebody(area: Area, name: str, *, stayed: int | None = None) -> Person:
    person, _ = add_registered(area, given_name=name, at=NOW - timedelta(days=60))
    if stayed is not None:
        with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
            admit(note, person=person, kind="mental_health_hospital", place_name="The Larches",
                  admitted_at=NOW - timedelta(days=stayed))  # fmt: skip
    return person


def planned(area: Area, person: Person, on: datetime | None = None, kind: str = "community", at: datetime = NOW):
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=at) as note:
        stay = person.stay_rows.first() if kind != "community" else None
        one = operations.ask_for_review(note, person=person, kind=kind, why="Why", asked_by="family",
                                        asked_on=at.date(), stay=stay, to_be_held=True)  # fmt: skip
        if on:
            operations.set_day(note, planned=one, starts_at=on, minutes=60, place="Here")
    return one


def names(area: Area, address: str, role: str = "commissioner") -> list[str]:
    browser = Client()
    browser.cookies["alongside_key"] = key_of(area.actors[role], NOW)
    page = browser.get(address)
    assert page.status_code == 200
    return listed(page)


def listed(page) -> list[str]:
    """First names on the page, in order."""
    main = page.content.decode().split("<main", 1)[1]
    return re.findall(r'href="/people/[^"]+">(\w+) Moss<', main)


def test_each_review_stands_once_under_what_it_is(northmoor: Area) -> None:
    late = somebody(northmoor, "Ada", stayed=20)
    fresh = somebody(northmoor, "Ben", stayed=2)
    set_ = somebody(northmoor, "Cal", stayed=2)
    planned(northmoor, set_, NOW + timedelta(days=5), "post_admission")
    home = somebody(northmoor, "Dan")
    planned(northmoor, home)
    assert names(northmoor, "/reviews/diary") == ["Ada", "Dan", "Ben", "Cal"]
    assert names(northmoor, "/reviews/diary?show=no_day") == ["Ada", "Dan", "Ben"]
    assert names(northmoor, "/reviews/diary?show=dated") == ["Cal"]
    assert names(northmoor, "/reviews/diary?show=late") == ["Ada"]
    assert {late.pk, fresh.pk}


def test_a_day_that_is_past_without_a_word_is_late_though_the_limit_is_not(northmoor: Area) -> None:
    for name, ahead, kind in (("Ada", -1, "post_admission"), ("Ben", 1, "post_admission"), ("Cal", -1, "community")):
        person = somebody(northmoor, name, stayed=2 if kind == "post_admission" else None)
        planned(northmoor, person, NOW + timedelta(days=ahead), kind, at=NOW - timedelta(days=6))
    assert set(names(northmoor, "/reviews/diary?show=late")) == {"Ada", "Cal"}


def test_another_area_reads_its_own(northmoor: Area, saltby: Area) -> None:
    somebody(northmoor, "Ada", stayed=20)
    assert names(saltby, "/reviews/diary") == []
    assert names(saltby, "/reviews/breaches") == []


def rated_red(area: Area, person: Person) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW - timedelta(days=1)) as note:
        rate(
            note,
            entry=person.registerentry_rows.get(),
            colour="red",
            because="Two nights in A&E",
            demanded=NO_FLOOR,
            by=me,
        )


def test_red_without_a_review_date_is_a_breach_until_there_is_one(northmoor: Area) -> None:
    red = somebody(northmoor, "Eve")
    rated_red(northmoor, red)
    assert names(northmoor, "/reviews/breaches") == ["Eve"]
    assert names(northmoor, "/reviews/breaches?show=red") == ["Eve"]
    assert names(northmoor, "/reviews/diary?show=no_day") == ["Eve"]
    planned(northmoor, red)
    assert names(northmoor, "/reviews/diary?show=no_day") == ["Eve"], "once, also when one is asked for"
    assert names(northmoor, "/reviews/breaches?show=red") == ["Eve"], "asked for is no date"
    planned(northmoor, red, NOW + timedelta(days=5))
    assert names(northmoor, "/reviews/breaches?show=red") == []
    assert names(northmoor, "/reviews/diary?show=dated") == ["Eve"]


def cells(area: Area, address: str) -> dict[str, list[str]]:
    """Of each person in the diary: what stands under target and limit."""
    browser = Client()
    browser.cookies["alongside_key"] = key_of(area.actors["commissioner"], NOW)
    rows = browser.get(address).content.decode().split("<tbody", 1)[1].split("<tr")[1:]
    return {
        re.search(r">(\w+) Moss<", row)[1]: re.findall(r'data-label="(?:Target|Limit)">([^<]*)<', row) for row in rows
    }


def test_what_has_no_limit_of_its_own_says_so_in_words(northmoor: Area) -> None:
    rated_red(northmoor, somebody(northmoor, "Eve"))
    planned(northmoor, somebody(northmoor, "Dan"))
    somebody(northmoor, "Ben", stayed=2)
    shown = cells(northmoor, "/reviews/diary")
    assert shown["Eve"] == ["19 November 2026", "The same day"]
    assert shown["Dan"] == ["No rule sets one", "No rule sets one"]
    assert shown["Ben"] == ["25 November 2026", "2 December 2026"]


def test_over_the_limit_is_a_breach_and_over_the_target_is_not(northmoor: Area) -> None:
    somebody(northmoor, "Ada", stayed=15)
    somebody(northmoor, "Ben", stayed=13)
    assert names(northmoor, "/reviews/breaches?show=late") == ["Ada"]


@pytest.mark.parametrize("address", ["/reviews/diary", "/reviews/breaches", "/people/{}/reviews"])
def test_within_the_budget(northmoor: Area, address: str) -> None:
    person = somebody(northmoor, "Ada", stayed=20)
    planned(northmoor, person)
    browser = Client()
    browser.cookies["alongside_key"] = key_of(northmoor.actors["commissioner"], NOW)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address.format(person.reference)).status_code == 200
    assert len(asked) <= BUDGET, [each["sql"][:90] for each in asked]


def test_a_page_at_a_time_and_whatever_the_address_says(northmoor: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.overview.review_diary.reading.PAGE", 2)
    for name in ("Ada", "Ben", "Cal"):
        somebody(northmoor, name, stayed=20)
    browser = Client()
    browser.cookies["alongside_key"] = key_of(northmoor.actors["commissioner"], NOW)
    first = browser.get("/reviews/diary")
    assert len(listed(first)) == 2
    found = re.search(r'href="(\?show=all&amp;after=[^"]+)"', first.content.decode())
    assert found
    assert len(listed(browser.get("/reviews/diary" + found[1].replace("&amp;", "&")))) == 1
    for wrong in (
        "x",
        "2026-01-01T00:00:00_due_x",
        "2026-01-01_due_1",
        "9" * 40 + "_due_1",
        "2026-01-01T00:00:00+00:00_due_-1",
    ):
        assert browser.get("/reviews/diary", {"after": wrong, "show": "nothing"}).status_code == 200


def test_one_person_reads_target_and_limit_and_which_review_it_is(northmoor: Area) -> None:
    person = somebody(northmoor, "Ada", stayed=2)
    browser = Client()
    browser.cookies["alongside_key"] = key_of(northmoor.actors["coordinator"], NOW)
    said = browser.get(f"/people/{person.reference}/reviews").content.decode()
    assert "Target" in said and "limit" in said
    assert "CETR: under 18" in said


def test_a_keyworker_of_nobody_reads_no_diary(northmoor: Area) -> None:
    browser = Client()
    browser.cookies["alongside_key"] = key_of(northmoor.actors["keyworker"], NOW)
    assert browser.get("/reviews/diary").status_code == 403

"""The transition radar, and the rules as people read and set them."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from alongside.foundation.accounts.models import Actor
from alongside.overview.models import LocalRule, Recount
from tests.cast import NOW, Area, add_registered

SignIn = Callable[[Actor], Client]
BORN_2009 = date(2009, 3, 4)


def test_an_18th_birthday_ahead_is_on_the_radar_of_whoever_sees_the_person(
    northmoor: Area, saltby: Area, signed_in: SignIn
) -> None:
    add_registered(northmoor, birth_date=BORN_2009, at=NOW - timedelta(days=5))
    page = signed_in(northmoor.actors["coordinator"]).get("/radar").content.decode()
    assert "March 2027" in page and "18th birthday" in page and "4 March 2027" in page and "Within 6 months" in page
    assert "Kai Moss" not in signed_in(saltby.actors["coordinator"]).get("/radar").content.decode()
    assert signed_in(northmoor.actors["senior_officer"]).get("/radar").status_code == 403


def test_the_radar_looks_as_far_as_asked_and_for_one_kind(northmoor: Area, signed_in: SignIn) -> None:
    add_registered(northmoor, birth_date=BORN_2009, at=NOW - timedelta(days=5))
    browser = signed_in(northmoor.actors["coordinator"])
    for query, shown in (
        ("months=3", False),
        ("months=6", True),
        ("kind=18", True),
        ("kind=16", False),
        ("kind=school", False),
    ):
        assert ("18th birthday</td>" in browser.get(f"/radar?{query}").content.decode()) is shown, query
    for wrong in ("kind=99", "months=0", "months=x"):
        assert browser.get(f"/radar?{wrong}").status_code == 404
    assert browser.get("/radar?after=rubbish_x").status_code == 200


def test_everybody_reads_the_rules_and_law_not_in_force_is_shown_as_off(northmoor: Area, signed_in: SignIn) -> None:
    for role in ("keyworker", "partner_education", "senior_officer", "governance", "admin"):
        page = signed_in(northmoor.actors[role]).get("/rules").content.decode()
        assert "Register review, amber" in page and "local default" in page
        assert "Mental Health Act 1983 Part 8A" in page and "Switched off" in page
        assert ("Set our own" in page) is (role == "admin")


def test_a_manager_sets_a_local_value_and_sees_how_far_the_recount_is(northmoor: Area, signed_in: SignIn) -> None:
    add_registered(northmoor)
    browser = signed_in(northmoor.actors["manager"])
    url = "/rules/register_review_green/own"
    token = browser.get(url).content.decode().split('name="submission" value="')[1].split('"')[0]
    said = {"submission": token, "source": "Panel of 3 May", "amount": "0"}
    said |= {"starts_on-day": "1", "starts_on-month": "1", "starts_on-year": "2026"}
    wrong = browser.post(url, said).content.decode()
    assert "must be a whole number from 1" in wrong and "Panel of 3 May" in wrong
    assert browser.post(url, said | {"amount": "60"}).status_code == 302
    assert LocalRule.objects.get().amount == 60
    page = browser.get("/rules").content.decode()
    assert "Here: 60 days" in page and "0 of 1 people counted again" in page
    assert browser.post(url, said | {"amount": "60"}).status_code == 302, "the same form again changes nothing"
    assert LocalRule.objects.count() == 1 == Recount.objects.count()
    assert browser.get("/rules/s2_ends/own").status_code == 404
    assert signed_in(northmoor.actors["keyworker"]).get(url).status_code == 403


def test_an_administrator_says_when_a_law_begins(northmoor: Area, signed_in: SignIn) -> None:
    browser = signed_in(northmoor.actors["admin"])
    url = "/rules/part_8a/begins"
    token = browser.get(url).content.decode().split('name="submission" value="')[1].split('"')[0]
    said = {"submission": token, "source": "SI 2027/1", "starts_on-day": "1", "starts_on-month": "4"}
    assert "must include a year" in browser.post(url, said).content.decode()
    assert browser.post(url, said | {"starts_on-year": "2027"}).status_code == 302
    assert "In force from 1 April 2027" in browser.get("/rules").content.decode()
    assert signed_in(northmoor.actors["manager"]).get(url).status_code == 403


def test_the_command_prints_every_row_of_the_table(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rules", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["row"] for row in rows] == list(range(1, 73))
    for name in ("live", "kind", "length", "counting", "source", "certainty"):
        assert all(name in row for row in rows)
    call_command("rules")
    assert len(capsys.readouterr().out.splitlines()) == 72

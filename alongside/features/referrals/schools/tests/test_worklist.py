"""The worklist of a round, one school in full, the list of schools: who sees what, and how many statements it takes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.referrals.schools.models import AreaSchool, SchoolAsk
from alongside.features.referrals.schools.operations.listing import Listed
from alongside.features.referrals.schools.tests.asking import (
    HILL,
    KAI,
    MILL,
    SOMEBODY,
    TUESDAY,
    WORRY,
    ask_of,
    asked,
    due,
    link_of,
    list_schools,
    sends,
)
from alongside.features.referrals.schools.tests.conftest import SignIn
from alongside.features.referrals.tests.pressing import press, words
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, make_area

pytestmark = pytest.mark.django_db


def test_the_worklist_shows_what_needs_somebody_first(area: Area, as_: SignIn) -> None:
    asked(area)
    sends(Client(), link_of(MILL), SOMEBODY)
    sends(Client(), link_of(HILL), KAI | {"worry": WORRY | {"attendance": "91%"}})
    page = words(as_().get("/schools"))
    assert page.index("Mill College") < page.index("Dale Primary") < page.index("Hill School")
    assert "1 young person whom nobody has asked yet" in page
    assert "Low is 50% or less. Source: local practice, Norfolk" in page
    assert "To be called (1)" in page
    assert "Dale Primary" in words(as_().get("/schools?show=call"))
    assert "Hill School" not in words(as_().get("/schools?show=call"))


@pytest.mark.parametrize("at", ["/schools?show=x", "/schools?round=0", "/schools?round=x", "/schools/asks/99999"])
def test_what_is_not_there_is_not_there(as_: SignIn, at: str) -> None:
    assert as_().get(at).status_code == 404


def test_one_school_in_full_for_the_team_and_a_count_for_the_manager(area: Area, as_: SignIn) -> None:
    asked(area)
    sends(Client(), link_of(MILL), SOMEBODY)
    number = ask_of(MILL.name).pk
    team = words(as_().get(f"/schools/asks/{number}"))
    assert "Has hardly come since October." in team
    assert "Attendance 46%" in team
    manager = words(as_("manager").get(f"/schools/asks/{number}"))
    assert "Has hardly come" not in manager
    assert "1 young person was named" in manager


def test_what_came_of_a_talk_ends_the_duty(area: Area, as_: SignIn) -> None:
    asked(area)
    sends(Client(), link_of(MILL), SOMEBODY)
    ask = ask_of(MILL.name)
    page = words(as_().get(f"/schools/asks/{ask.pk}"))
    at = page.split('href="/schools/young-people/')[1].split('"')[0]
    for _ in range(2):
        press(as_(), f"/schools/young-people/{at}", how="school", words="A mentor, and we talk again in May.")
    assert due("school_ask", ask.pk) == {}
    assert "A mentor, and we talk again in May." in words(as_().get(f"/schools/asks/{ask.pk}"))


def test_danger_for_somebody_not_asked_is_talked_about_the_next_day(area: Area) -> None:
    asked(area)
    sends(Client(), link_of(MILL), SOMEBODY | {"worry": WORRY | {"happening": ["self_harm"]}})
    assert "school_not_asked_danger" in due("school_ask", ask_of(MILL.name).pk)


def test_the_list_takes_lines_as_they_are_written(area: Area, as_: SignIn) -> None:
    lines = "Hill School, senco@hill.example.com, 01632 960111\n\nDale Primary; 01632 960222\nMill College\n"
    assert press(as_(), "/schools/list", schools=lines).status_code == 302
    page = words(as_().get("/schools/list"))
    assert "senco@hill.example.com, 01632 960111" in page
    wrong = press(as_(), "/schools/list", schools="Elm School, elm-at-example")
    assert wrong.status_code == 422
    assert "is neither an email address nor a phone number" in words(wrong)


def test_a_school_that_closed_is_not_asked_any_more(area: Area, as_: SignIn) -> None:
    list_schools(area)
    with context.as_engine():
        dale = AreaSchool.objects.get(organisation__name="Dale Primary")
    press(as_(), f"/schools/list/{dale.pk}", contact_name="", email="", phone="", ended="on")
    assert due("school_term", area.icb.pk)["school_round"].what == "Ask the schools: 2 schools"
    assert "Not asked any more" in words(as_().get("/schools/list"))


def test_the_round_is_started_on_a_page_that_says_whom_it_asks(area: Area, as_: SignIn) -> None:
    list_schools(area)
    page = words(as_().get("/schools/start"))
    assert "2 schools by e-mail" in page
    assert "1 school in a call" in page
    assert "3 February 2026" in page
    assert press(as_(), "/schools/start").status_code == 302
    again = press(as_(), "/schools/start")
    assert again.status_code == 422
    assert "asked about the spring term 2026 already" in words(again)


def test_the_lists_ask_few_statements_whatever_their_size(area: Area, as_: SignIn) -> None:
    asked(area, *(Listed(f"School {n}", f"s{n}@example.com") for n in range(3)))
    client = as_()
    number = ask_of("School 1").pk
    pages = ("/schools", f"/schools/asks/{number}", "/schools/list", "/schools/start")

    def count(at: str) -> int:
        client.get(at)
        with CaptureQueriesContext(connection) as counted:
            client.get(at)
        return len(counted)

    few = {at: count(at) for at in pages}
    list_schools(area, *(Listed(f"More {n}", f"m{n}@example.com") for n in range(20)))
    with context.as_engine(), recording(by=area.actors["admin"], at=TUESDAY) as note:
        one = ask_of("School 1")
        SchoolAsk.objects.bulk_create(
            SchoolAsk(
                round=one.round, icb=area.icb, organisation_id=pk, email="x@example.com", asked_at=TUESDAY,
                until=one.until,
            )
            for pk in AreaSchool.objects.filter(organisation__name__startswith="More").values_list(
                "organisation_id", flat=True
            )
        )  # fmt: skip
        note("made", words="Made.")
    assert {at: count(at) for at in pages} == few
    assert max(few.values()) <= 8, few


@pytest.mark.parametrize("role", ["keyworker", "commissioner", "governance", "admin", "partner_education"])
def test_the_pages_are_the_teams_and_the_managers(area: Area, as_: SignIn, role: str) -> None:
    asked(area)
    for at in ("/schools", "/schools/start", "/schools/list", f"/schools/asks/{ask_of(HILL.name).pk}"):
        assert as_(role).get(at).status_code == 403


def test_another_areas_schools_are_not_there(area: Area, as_: SignIn) -> None:
    other = make_area("QS2", "Area Two")
    asked(other)
    number = ask_of(HILL.name).pk
    for rest in ("", "/call", "/leave"):
        assert as_().get(f"/schools/asks/{number}{rest}").status_code == 404
    assert "Hill School" not in words(as_().get("/schools"))

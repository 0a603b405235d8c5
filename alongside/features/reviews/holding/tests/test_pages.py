"""The pages of a held review: carry-over first, lines kept as typed, the report, within their number of statements."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.actions.models import Action
from alongside.features.people.models import Person
from alongside.features.reviews.holding.afterwards import hold_panel, raise_case, score_quality
from alongside.features.reviews.holding.tests.conftest import (
    BEFORE,
    does,
    held,
    issued,
    recommended,
    says,
    whole,
)
from alongside.features.reviews.models import CarriedOver, Finding, Recipient, ReportFace, WriteUp
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.models import Look
from alongside.foundation.topics import Topic
from alongside.policy.enquiry import ASKED, OURS, PERSONAL
from tests.cast import NOW, Area, key_of

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


@pytest.fixture
def browser(northmoor: Area) -> Callable[[str], Client]:
    def one(role: str) -> Client:
        client = Client()
        client.cookies[settings.KEY_COOKIE] = key_of(northmoor.actors[role])
        return client

    return one


def words(client: Client, path: str, status: int = 200, budget: int = BUDGET) -> str:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    assert page.status_code == status, (path, page.status_code)
    assert len(asked) <= budget, (path, len(asked), [one["sql"][-160:] for one in asked])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[-1]))


def send(client: Client, path: str, **given: Any) -> Any:
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    return client.post(path, hidden | given)


def a_day(name: str, day: int, month: int, year: int) -> dict[str, int]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_the_carry_over_page_comes_first_and_then_it_is_recommended_again(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    for what in ("Decide on the home package", "Sensory assessment"):
        recommended(northmoor, first, what, at=BEFORE)
    review, priya = held(northmoor, ellis), browser("coordinator")
    here = f"/people/{ellis.reference}/reviews/{review.pk}"
    shown = words(priya, here)
    assert "2 earlier recommendations are not accounted for" in shown and "Recommend something" not in shown
    assert send(priya, f"{here}/recommend").status_code in (302, 422)
    assert priya.get(f"{here}/recommend").headers["Location"] == f"{here}/carried"
    assert "Decide on the home package" in words(priya, f"{here}/carried")
    with context.as_engine():
        rows = {one.what: one.pk for one in CarriedOver.objects.filter(review=review)}
    package, senses = rows["Decide on the home package"], rows["Sensory assessment"]
    half = send(priya, f"{here}/carried", **{f"answer_{package}": "not_done"})
    assert half.status_code == 422 and "Write how you know what became of number 1" in half.content.decode()
    given = {f"answer_{package}": "not_done", f"because_{package}": "The panel has not met"}
    send(priya, f"{here}/carried", **given)
    assert "1 earlier recommendation is not accounted for" in words(priya, here)
    send(priya, f"{here}/carried", **given, **{f"answer_{senses}": "done", f"because_{senses}": "We read it"})
    shown = words(priya, here)
    assert "Recommend it again" in shown and "Recommend something" in shown
    with context.as_engine():
        again = Action.objects.get(what="Decide on the home package").number
    page = words(priya, f"{here}/recommend?again={again}")
    assert "It was recommended once before" in page
    given_ = {
        "what": "Decide on the home package", "how_known": "The letter", "topic": Topic.MONEY,
        "owner": f"actor-{northmoor.actors['commissioner'].pk}", **a_day("due_on", 18, 12, 2026),
    }  # fmt: skip
    assert send(priya, f"{here}/recommend?again={again}", **given_).status_code == 302
    assert "Agreed 2 times" in words(priya, here)


def test_a_recommendation_needs_all_of_it_and_what_was_typed_stays(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    here = f"/people/{ellis.reference}/reviews/{held(northmoor, ellis).pk}"
    answer = send(browser("coordinator"), f"{here}/recommend", what="A quiet room")
    told = answer.content.decode()
    assert answer.status_code == 422 and "A quiet room" in told
    for problem in ("Enter how will we know that it is done", "Select who does it", "Enter the day"):
        assert problem in told, problem


def test_a_line_is_kept_as_typed_and_two_at_once_lose_nothing(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    here = f"/people/{ellis.reference}/reviews/{held(northmoor, ellis).pk}/lines/autism"
    priya, tom = browser("coordinator"), browser("manager")
    assert OURS in words(priya, here)
    typed = {"submission": "priyas-page-0000001", "seen": "0", "finding": "He needs quiet."}
    assert priya.post(f"{here}/keep", typed).json() == {"kept": True}
    assert priya.post(f"{here}/keep", typed | {"finding": "He needs quiet. And time."}).json() == {"kept": True}
    late = {"submission": "toms-page-000000001", "seen": "0", "finding": "Lights are a problem."}
    assert tom.post(f"{here}/keep", late).json() == {"kept": False}
    clash = tom.post(here, late)
    assert clash.status_code == 409 and "He needs quiet. And time." in clash.content.decode()
    assert "Lights are a problem." in clash.content.decode()
    with context.as_engine():
        row = Finding.objects.get()
    assert row.finding == "He needs quiet. And time." and "Lights are a problem." in str(row.aside)
    assert "Kept aside" in words(priya, here)
    assert words(browser("partner_health"), here, 403)


def test_from_findings_to_a_report_that_the_body_answers(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    review, priya = held(northmoor, ellis), browser("coordinator")
    here = f"/people/{ellis.reference}/reviews/{review.pk}"
    for key in ("safe", "care_good", "future", "community"):
        assert send(priya, f"{here}/lines/{key}", finding="Yes, mostly.").status_code == 302
    assert (
        send(priya, f"{here}/told", **a_day("told_on", 20, 11, 2026), told_how="talked", told_words="Ellis").status_code
        == 302
    )
    assert send(priya, f"{here}/finish", outcome="ready", words="At home").status_code == 302
    plain = {"plain": "You can go home.", "picture_0": "asking/home", "line_0": "You go home."}
    assert send(priya, f"{here}/plain", **plain).status_code == 302
    assert "You can go home." in words(priya, f"{here}/report")
    assert send(priya, f"{here}/report", family_gets="page").status_code == 302
    assert "You can go home." in words(priya, f"{here}/report/1/family")
    assert "Yes, mostly." in words(priya, f"{here}/report/1/full")
    assert "You go home." in words(priya, f"{here}/report/1/easy")
    sent = {"kind": "council", "name": "Northmoor Council", "sent_how": "secure e-mail", "answers": "on"}
    assert send(priya, f"{here}/sent", **sent, **a_day("sent_on", 20, 11, 2026)).status_code == 302
    with context.as_engine():
        body = Recipient.objects.get().pk
    no = send(priya, f"{here}/sent/{body}", regard="declined", **a_day("on", 20, 11, 2026))
    assert no.status_code == 422 and "Write the reason that they gave" in no.content.decode()
    why = {"regard": "declined", "because": "No money this year"}
    assert send(priya, f"{here}/sent/{body}", **why, **a_day("on", 20, 11, 2026)).status_code == 302
    shown = words(priya, here)
    assert "Declines" in shown and "No money this year" in shown and "Version 1" in shown
    with context.as_engine():
        assert Look.objects.filter(page="review", person_ids__contains=[ellis.pk]).exists()


def test_sending_twice_makes_one_report(northmoor: Area, ellis: Person, browser: Callable[[str], Client]) -> None:
    review, priya = held(northmoor, ellis), browser("coordinator")
    whole(northmoor, review)
    here = f"/people/{ellis.reference}/reviews/{review.pk}/report"
    page = priya.get(here).content.decode()
    hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for _ in range(2):
        assert priya.post(here, hidden | {"family_gets": "page"}).status_code == 302
    with context.as_engine():
        assert ReportFace.objects.count() == 3


def test_a_form_that_grew_old_is_told_so(northmoor: Area, ellis: Person, browser: Callable[[str], Client]) -> None:
    review, priya = held(northmoor, ellis), browser("coordinator")
    here = f"/people/{ellis.reference}/reviews/{review.pk}/told"
    page = priya.get(here).content.decode()
    hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    given = {"told_how": "talked", "told_words": "Ellis", **a_day("told_on", 20, 11, 2026)}
    assert send(browser("manager"), here, **given).status_code == 302
    late = priya.post(here, hidden | given | {"told_words": "His mother"})
    assert late.status_code == 422 and "Somebody saved this" in late.content.decode()
    assert "His mother" in late.content.decode()
    with context.as_engine():
        assert WriteUp.objects.get().told_words == "Ellis"


def test_feedback_quality_and_the_panel(northmoor: Area, ellis: Person, browser: Callable[[str], Client]) -> None:
    review, priya = held(northmoor, ellis), browser("coordinator")
    whole(northmoor, review)
    issued(northmoor, review)
    here = f"/people/{ellis.reference}/reviews/{review.pk}"
    given = {"voice": "family", "name": "Dawn", "said": "Long day", **dict.fromkeys(ASKED, "yes")}
    assert send(priya, f"{here}/feedback", **given).status_code == 302
    assert send(priya, f"{here}/asked", how="Asha asked", **a_day("on", 20, 11, 2026)).status_code == 302
    scored = {f"met_{key}": "partly" for key in PERSONAL}
    assert send(priya, f"{here}/quality", **scored).status_code == 302
    assert send(priya, f"{here}/oversight", because="Nobody acts").status_code == 302
    assert "Nobody acts" in words(priya, "/reviews/oversight")
    met = a_day("held_on", 20, 11, 2026)
    assert send(browser("commissioner"), "/reviews/oversight", who_came="The board", **met).status_code == 302
    case = re.search(rf"{here}/oversight/(\d+)", browser("commissioner").get(here).content.decode())
    assert case
    address = f"{here}/oversight/{case[1]}"
    page = browser("commissioner").get(address).content.decode()
    panel = re.search(r'<option value="(\d+)"', page)
    assert panel
    decided = {"panel": panel[1], "safe": "yes", "well": "no", "decision": "A new provider by June"}
    assert send(browser("commissioner"), address, **decided).status_code == 302
    shown = words(priya, here)
    for told in ("Long day", "In part", "0 of 8 questions answered ‘Fully’ (0%)", "A new provider by June"):
        assert told in shown, told
    assert browser("keyworker").get("/reviews/oversight").status_code == 403


def test_who_opens_a_review_and_who_does_not(northmoor: Area, ellis: Person, browser: Callable[[str], Client]) -> None:
    review = held(northmoor, ellis)
    whole(northmoor, review)
    issued(northmoor, review)
    here = f"/people/{ellis.reference}/reviews/{review.pk}"
    opens = {"coordinator": 200, "manager": 200, "keyworker": 200, "commissioner": 200, "partner_health": 404,
             "senior_officer": 403, "governance": 403, "young_person": 404}  # fmt: skip
    for role, status in opens.items():
        assert browser(role).get(here).status_code == status, role
    assert browser("coordinator").get(f"/people/{ellis.reference}/reviews/0").status_code == 404


def test_numbers_under_five_are_told_to_those_only_who_see_people(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    review = held(northmoor, ellis)
    recommended(northmoor, review)
    whole(northmoor, review)
    issued(northmoor, review)
    open_ = words(browser("commissioner"), "/reviews/figures")
    assert "Of these issued in time 1" in open_ and "Recommendations 1" in open_
    hidden = words(browser(Role.SENIOR_OFFICER), "/reviews/figures")
    assert "Of these issued in time –" in hidden and "fewer than 5" in hidden


def marked(area: Area, person: Person, well: int) -> None:
    """A review held, on which so many of the eight questions were answered well."""
    items = {key: ("fully" if number < well else "partly", "") for number, key in enumerate(PERSONAL)}
    does(area, "coordinator", score_quality, review=held(area, person), items=items, said="")


def test_how_good_reviews_were_is_counted_over_the_area(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    for well in (8, 6, 4, 8):
        marked(northmoor, ellis, well)
    open_ = words(browser("commissioner"), "/reviews/figures")
    assert "how good they were 4" in open_ and "answered ‘Fully’ on these (median) 88%" in open_
    assert "Met least Action focused; Living life in the community" in open_
    assert "Local default: no national score was found" in open_
    hidden = words(browser(Role.SENIOR_OFFICER), "/reviews/figures")
    assert "how good they were –" in hidden and "(median) 88%" not in hidden and "Met least –" in hidden
    marked(northmoor, ellis, 8)
    told = words(browser(Role.SENIOR_OFFICER), "/reviews/figures")
    assert "how good they were 5" in told and "on these (median) 100%" in told


def test_of_two_words_on_one_review_the_newer_counts(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    review = held(northmoor, ellis)
    for answer in ("not", "fully"):
        items = dict.fromkeys(PERSONAL, (answer, ""))
        does(northmoor, "coordinator", score_quality, review=review, items=items, said="")
    shown = words(browser("commissioner"), "/reviews/figures")
    assert "how good they were 1" in shown and "on these (median) 100%" in shown
    assert "Met least Nothing" in shown


def test_pages_stay_within_their_number_of_statements_when_there_is_much(
    northmoor: Area, ellis: Person, browser: Callable[[str], Client]
) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    for number in range(12):
        recommended(northmoor, first, f"Thing {number}", at=BEFORE)
    review = held(northmoor, ellis)
    for key in ("safe", "autism", "risk", "rights"):
        says(northmoor, review, key, finding="Much.")
    does(northmoor, "coordinator", raise_case, review=review, because="Look")
    does(northmoor, "commissioner", hold_panel, icb=northmoor.icb, held_on=NOW.date(), who_came="All")
    here = f"/people/{ellis.reference}/reviews/{review.pk}"
    for path in (here, f"{here}/carried", f"{here}/report", "/reviews/oversight", "/reviews/figures"):
        assert words(browser("coordinator"), path)

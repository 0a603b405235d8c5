"""The pages of organising a review: reached, budgeted, kept from others; nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.hospital.operations import admit
from alongside.features.reviews.models import Expert, PanelModule, PlannedReview, Review
from alongside.features.reviews.organising import operations, seats
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, key_of

from .conftest import DAY, Organising

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.foundation.clock.now", lambda: NOW)


def browser_of(organising: Organising, role: str = "coordinator") -> Client:
    browser = Client()
    browser.cookies["alongside_key"] = key_of(organising.area.actors[role], NOW)
    return browser


def hidden(page: str, name: str) -> str | None:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else None


def sent(browser: Client, address: str, **typed: object):
    page = browser.get(address)
    assert page.status_code == 200, (address, page.status_code)
    said = page.content.decode()
    known = {name: value for name in ("submission", "seen") if (value := hidden(said, name))}
    return browser.post(address, known | typed)


def day_of(name: str, on) -> dict[str, object]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_from_asking_to_held_on_the_pages(organising: Organising) -> None:
    browser, page = browser_of(organising), f"/people/{organising.person.reference}/reviews"
    asked = sent(
        browser, f"{page}/ask", kind="community", asked_by="family", asked_name="Dawn", why="Two nights in A&E",
        **day_of("asked_on", NOW),
    )  # fmt: skip
    assert asked.status_code == 302, asked.content
    here = asked["Location"]
    assert sent(browser, f"{here}/step/accepted").status_code == 302
    told = {"at": "10:00", "minutes": "360", "place": "Room 2", "how": "face"}
    assert sent(browser, f"{here}/step/dated", **told, **day_of("on", DAY)).status_code == 302
    for part, name in (("chair", "Ruth Lee"), ("clinical", "Dr Ade Bello"), ("experience", "Sam Cole")):
        added = sent(browser, f"{here}/panel/add", part=part, name=name, independent="on", reach="a@example.org")
        assert added.status_code == 302, added.content
    shown = browser.get(here).content.decode()
    assert "Complete" not in shown and shown.count("Training and checks not confirmed") == 2
    for seat in re.findall(r"/panel/\d+/vouch", shown):
        nobody = sent(browser, f"{here}{seat}", name="", **day_of("on", NOW))
        assert nobody.status_code == 422
        said = sent(browser, f"{here}{seat}", name="Jo Hart, lead for panels", **day_of("on", NOW))
        assert said.status_code == 302, said.content
    agreed = sent(
        browser, f"{here}/agreement", agrees="yes", basis="parental", decided_by="Dawn Moss", evidence="Planner",
        **day_of("decided_on", NOW),
    )  # fmt: skip
    assert agreed.status_code == 302, agreed.content
    assert sent(browser, f"{here}/invite", part="family", name="Dawn").status_code == 302
    assert sent(browser, f"{here}/checks", done=["room", "booklet"]).status_code == 302
    assert sent(browser, f"{here}/step/invited").status_code == 302
    shown = browser.get(here).content.decode()
    assert "Complete" in shown and "Agreed" in shown
    assert "Jo Hart, lead for panels said on 20 November 2026 that their training and checks stand" in shown
    held = sent(browser, f"{here}/step/held", chair="Ruth Lee", at="10:00", **day_of("on", NOW - timedelta(days=1)))
    assert held.status_code == 302, held.content
    with context.as_engine():
        assert held["Location"] == f"{page}/{Review.objects.get().pk}"


@pytest.mark.parametrize("role", ["coordinator", "manager", "commissioner"])
def test_the_page_of_one_review_within_its_budget(organising: Organising, role: str) -> None:
    planned = organising.dated()
    organising.full_panel(planned)
    browser = browser_of(organising, role)
    address = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= BUDGET, [each["sql"][:90] for each in asked]


def test_what_was_not_done_in_time_is_told_once_it_was_held(
    organising: Organising, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = organising.dated()
    here = f"/people/{organising.person.reference}/reviews"
    assert "Not done in time" not in browser_of(organising).get(f"{here}/planned/{planned.pk}").content.decode()
    after = DAY + timedelta(hours=8)
    review = organising.does(operations.hold, at=after, planned=planned, held_at=DAY, chair="Ruth Lee")
    monkeypatch.setattr("alongside.foundation.clock.now", lambda: after)
    browser = Client()
    browser.cookies["alongside_key"] = key_of(organising.area.actors["coordinator"], after)
    for address in (f"{here}/planned/{planned.pk}", f"{here}/{review.pk}"):
        page = browser.get(address).content.decode()
        assert "Not done in time" in page and "Papers with the panel by" in page


def test_what_is_declared_without_anything_to_declare_is_refused_on_the_page(organising: Organising) -> None:
    planned, browser = organising.dated(), browser_of(organising)
    here = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    nobody = sent(browser, f"{here}/step/invited")
    assert nobody.status_code == 422 and "Nobody is on the panel or invited yet" in nobody.content.decode()
    organising.full_panel(planned)
    organising.says(planned, True)
    assert sent(browser, f"{here}/step/invited").status_code == 302
    none = sent(browser, f"{here}/step/papers_sent", none_because="")
    assert none.status_code == 422 and "say why there are none" in none.content.decode()
    assert sent(browser, f"{here}/step/papers_sent", none_because="The trust sent them").status_code == 302
    shown = browser.get(here).content.decode()
    assert "All is ready" not in shown and "Still open: papers that should reach the panel, 9 of 9 lines" in shown
    organising.does(seats.seat_member, at=NOW + timedelta(hours=1), planned=planned, part="education", name="Lee Park")
    shown = browser.get(here).content.decode()
    assert "Not invited yet" in shown and "Lee Park came onto the panel after the invitations went out" in shown
    assert f"{here}/step/invited" in shown


def test_of_a_review_called_off_early_nothing_was_late(organising: Organising) -> None:
    planned = organising.dated()
    organising.does(operations.cancel, planned=planned, because="They moved away")
    address = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    assert "Not done in time" not in browser_of(organising).get(address).content.decode()


def test_nothing_typed_is_lost_and_a_double_submit_makes_one(organising: Organising) -> None:
    browser, page = browser_of(organising), f"/people/{organising.person.reference}/reviews/ask"
    wrong = sent(browser, page, kind="community", asked_by="", why="Kai asked twice", **day_of("asked_on", NOW))
    assert wrong.status_code == 422
    assert "Kai asked twice" in wrong.content.decode()
    token = hidden(browser.get(page).content.decode(), "submission")
    typed = {"submission": token, "kind": "community", "asked_by": "other", "why": "Why",
             **day_of("asked_on", NOW)}  # fmt: skip
    assert [browser.post(page, typed).status_code for _ in range(2)] == [302, 302]
    with context.as_engine():
        assert PlannedReview.objects.count() == 1


@pytest.mark.parametrize("what", ["calendar.ics", "booklet", "booklet?pictures=yes"])
def test_what_is_handed_out_names_the_time(organising: Organising, what: str) -> None:
    planned = organising.dated()
    address = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}/{what}"
    said = browser_of(organising).get(address).content.decode()
    if what.endswith("ics"):
        assert "DTSTART:20261208T100000Z" in said
        assert "Kai" not in said and "Moss" not in said
        assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))
    else:
        assert "What happens on the day" in said


def test_another_area_finds_nothing(organising: Organising, saltby: Area) -> None:
    planned = organising.dated()
    browser = Client()
    browser.cookies["alongside_key"] = key_of(saltby.actors["coordinator"], NOW)
    here = f"/people/{organising.person.reference}/reviews"
    for address in (here, f"{here}/ask", f"{here}/planned/{planned.pk}", f"{here}/planned/{planned.pk}/booklet"):
        assert browser.get(address).status_code == 404, address
    other = Client()
    other.cookies["alongside_key"] = key_of(organising.area.actors["coordinator"], NOW)
    assert other.get(f"{here}/planned/{planned.pk + 1}").status_code == 404


def test_not_needed_of_a_mandatory_review_asks_who_decided(organising: Organising) -> None:
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        admit(note, person=organising.person, kind="mental_health_hospital", place_name="The Larches",
              admitted_at=NOW - timedelta(days=3))  # fmt: skip
    with context.as_engine():
        duty = Duty.objects.get(person=organising.person, key__startswith="post_admission_review")
    browser = browser_of(organising)
    here = browser.get(f"/duties/{duty.pk}/not-needed")["Location"]
    said = {"instead": "A meeting of the ward", "because": "Held elsewhere"} | day_of("decided_on", NOW)
    nobody = sent(browser, here, decider="", **said)
    assert (nobody.status_code, "Held elsewhere" in nobody.content.decode()) == (422, True)
    letter = sent(browser, here, decider="other", decided_by_name="x", decided_by_place="Saltby ICB", **said)
    page = letter.content.decode()
    assert letter.status_code == 422
    assert "Write the full name of the commissioner" in page
    assert 'value="x"' in page and "Held elsewhere" in page
    whom = {"decider": "other", "decided_by_name": "Jo Hart", "decided_by_place": "Saltby ICB"}
    assert sent(browser, here, **whom, **said).status_code == 302
    with context.as_engine():
        assert not Duty.objects.filter(person=organising.person, key__startswith="post_admission_review").exists()
        assert PlannedReview.objects.get().decided_by_name == "Jo Hart"


def test_the_commissioner_is_chosen_among_those_of_the_area(organising: Organising) -> None:
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        stay = admit(note, person=organising.person, kind="mental_health_hospital", place_name="The Larches",
                     admitted_at=NOW - timedelta(days=3))  # fmt: skip
    planned = organising.asked(kind="post_admission", stay=stay)
    browser, known = browser_of(organising), organising.area.actors["commissioner"]
    here = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    shown = browser.get(f"{here}/step/replaced").content.decode()
    assert f'value="{known.pk}"' in shown and f'value="{organising.area.actors["manager"].pk}"' not in shown
    said = {"instead": "A meeting", "because": "Held elsewhere"} | day_of("decided_on", NOW)
    assert sent(browser, f"{here}/step/replaced", decider=str(known.pk), **said).status_code == 302
    assert f"{known.name} ({organising.area.icb.name}) decided on" in browser.get(here).content.decode()


def test_the_pool_is_kept_on_its_pages(organising: Organising) -> None:
    browser = browser_of(organising)
    added = sent(browser, "/reviews/experts/add", name="Sam Cole", part="experience", **day_of("started_on", NOW))
    assert added.status_code == 302, added.content
    shown = browser.get("/reviews/experts")
    assert "not done the training" in shown.content.decode()
    assert sent(browser, "/reviews/experts/module", title="Rights", **day_of("released_on", NOW)).status_code == 302
    with context.as_engine():
        number, module = Expert.objects.get().pk, PanelModule.objects.get().pk
    done = sent(browser, f"/reviews/experts/{number}/module", module=module, **day_of("done_on", NOW))
    assert done.status_code == 302
    changed = sent(
        browser, f"/reviews/experts/{number}/change", name="Sam Cole", part="experience",
        **day_of("started_on", NOW), **day_of("trained_on", NOW), **day_of("checked_until", DAY),
    )  # fmt: skip
    assert changed.status_code == 302, changed.content
    assert "Can sit" in browser.get("/reviews/experts").content.decode()


def test_whoever_left_the_pool_is_still_found_there(organising: Organising) -> None:
    browser = browser_of(organising)
    stays = organising.expert(name="Jo Stays", ended_on=NOW.date() + timedelta(days=400))
    left = organising.expert(name="Al Left", started_on=NOW.date() - timedelta(days=9),
                             ended_on=NOW.date() - timedelta(days=1))  # fmt: skip
    inside, gone = browser.get("/reviews/experts").content.decode().split("No longer in the pool")
    assert f'/reviews/experts/{stays.pk}"' in inside and "Their last day is 25 December 2027" in inside
    assert f'/reviews/experts/{left.pk}"' in gone and f'/reviews/experts/{left.pk}"' not in inside
    assert "have 6 months from the release" in gone
    assert "Last day in the pool" in browser.get(f"/reviews/experts/{left.pk}").content.decode()
    wrong = sent(
        browser, f"/reviews/experts/{stays.pk}/change", name="Jo Stays", part="clinical",
        **day_of("started_on", NOW), **day_of("ended_on", NOW - timedelta(days=1)),
    )  # fmt: skip
    assert wrong.status_code == 422 and "before the first day in the pool" in wrong.content.decode()


def test_a_colleague_is_seated_by_name_so_that_the_gate_holds_for_them(organising: Organising) -> None:
    planned, browser = organising.dated(), browser_of(organising)
    here = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    chair = organising.area.actors["commissioner"]
    both = sent(browser, f"{here}/panel/add", part="chair", known=f"actor-{chair.pk}", name="Somebody")
    assert both.status_code == 422 and "Choose one person" in both.content.decode()
    assert sent(browser, f"{here}/panel/add", part="chair", known=f"actor-{chair.pk}").status_code == 302
    with context.as_engine():
        member = planned.panel.get()
    assert (member.actor_id, member.name, member.post) == (chair.pk, chair.name, chair.post)
    shown = browser_of(organising, "commissioner").get(here).content.decode()
    assert "Papers are closed until agreement" in shown and "Add a paper" not in shown


def test_held_under_the_act_is_asked_only_once_it_has_begun(organising: Organising) -> None:
    planned = organising.dated()
    here = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}/step/held"
    shown = browser_of(organising).get(here).content.decode()
    assert "Part 8A" not in shown
    assert "Agreement to this review is not written down" in shown


def test_what_is_planned_already_is_held_there_and_not_by_a_short_form(organising: Organising) -> None:
    with organising.acting() as me, recording(by=me, at=NOW) as note:
        stay = admit(note, person=organising.person, kind="mental_health_hospital", place_name="The Larches",
                     admitted_at=NOW - timedelta(days=20))  # fmt: skip
    with context.as_engine():
        duty = Duty.objects.get(person=organising.person, key__startswith="post_admission_review")
    browser = browser_of(organising)
    short = browser.get(f"/duties/{duty.pk}/do")
    assert short.status_code == 200 and "If it was after its limit: why?" in short.content.decode()
    planned = organising.asked(kind="post_admission", stay=stay, to_be_held=True)
    with context.as_engine():
        duty = Duty.objects.get(person=organising.person, key__startswith="post_admission_review")
    here = f"/people/{organising.person.reference}/reviews/planned/{planned.pk}"
    assert browser.get(f"/duties/{duty.pk}/do")["Location"] == here
    late = sent(browser, f"{here}/step/held", chair="Ruth Lee", **day_of("on", NOW - timedelta(days=1)))
    assert late.status_code == 422 and "Select why it was later than its limit" in late.content.decode()
    told = {"chair": "Ruth Lee", "late_reason": "unwell", **day_of("on", NOW - timedelta(days=1))}
    held = sent(browser, f"{here}/step/held", **told)
    assert held.status_code == 302, held.content
    assert "They were unwell" in browser.get(held["Location"]).content.decode()

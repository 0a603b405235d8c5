"""Rating on screen: the decision, the tool's suggestion, floors, two people at once, a double click, the budget."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import LifeEvent, Person
from alongside.features.people.operations import record_fact
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import propose_rating
from alongside.foundation import clock
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import RegisterRow
from alongside.overview.rating_page.again import check_not_just_rated
from tests.cast import Area, acting_as, add_registered, key_of

SAVE_BUDGET = 12
PAGE_BUDGET = 8


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def typed(entry: RegisterEntry, **more: Any) -> dict[str, Any]:
    return {
        "colour": "amber",
        "because": "School is going well, home is not.",
        "reasons": ["placement", "education"],
        "version": entry.version,
        "submission": new_token(),
    } | more


def change(area: Area, act: Callable[..., Any]) -> Any:
    with acting_as(area.actors["coordinator"], clock.now()) as me, recording(by=me, at=clock.now()) as note:
        return act(note, me)


def ratings(area: Area, **wanted: Any) -> list[Rating]:
    with acting_as(area.actors["coordinator"]):
        return list(Rating.objects.filter(**wanted).order_by("id"))


@pytest.fixture
def listed(northmoor: Area) -> tuple[Person, RegisterEntry]:
    return add_registered(northmoor, at=clock.now() - timedelta(days=3))


def test_a_rating_is_saved_with_its_reasons_and_shows_at_once(
    northmoor: Area, listed: tuple[Person, RegisterEntry]
) -> None:
    person, entry = listed
    client = as_(northmoor.actors["coordinator"])
    page = client.get(f"/register/entries/{entry.pk}/rate")
    assert (
        page.status_code == 200 and "Admission is likely unless suitable care starts shortly" in page.content.decode()
    )
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(f"/register/entries/{entry.pk}/rate", typed(entry))
    assert answer.status_code == 302 and answer["Location"] == f"/people/{person.reference}"
    assert len(asked) <= SAVE_BUDGET, [query["sql"][:90] for query in asked]
    (rating,) = ratings(northmoor)
    assert (rating.colour, rating.reasons) == ("amber", ["placement", "education"])
    body = client.get(f"/people/{person.reference}").content.decode()
    assert "Why is it amber?" in body and "Home or placement breaking down" in body
    with acting_as(northmoor.actors["coordinator"]):
        assert RegisterRow.objects.get().colour == "amber"


def test_reading_the_page_stays_within_its_budget(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/register/entries/{listed[1].pk}/rate")
    assert len(asked) <= PAGE_BUDGET


@pytest.mark.parametrize(("days", "shown"), [(3, True), (40, False)])
def test_what_happened_lately_is_shown_as_long_as_the_rules_say(
    northmoor: Area, listed: tuple[Person, RegisterEntry], days: int, shown: bool
) -> None:
    told = {"topic": Topic.HEALTH, "words": "A&E in crisis was recorded.", "kind": LifeEvent.Kind.AE_CRISIS}
    at = clock.now() - timedelta(days=days)
    change(northmoor, lambda note, me: record_fact(note, LifeEvent, person=listed[0], happened_at=at, **told))
    page = as_(northmoor.actors["coordinator"]).get(f"/register/entries/{listed[1].pk}/rate").content.decode()
    assert ("it counts for 1 month" in page) == shown


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    northmoor: Area, listed: tuple[Person, RegisterEntry]
) -> None:
    sent = typed(listed[1], colour="", because="Kept <text>")
    page = as_(northmoor.actors["coordinator"]).post(f"/register/entries/{listed[1].pk}/rate", sent)
    body = page.content.decode()
    assert page.status_code == 422 and "Select a rating" in body and "Kept &lt;text&gt;" in body
    assert not ratings(northmoor)


def test_a_double_click_makes_one_rating(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    client = as_(northmoor.actors["coordinator"])
    sent = typed(listed[1])
    for _ in range(2):
        assert client.post(f"/register/entries/{listed[1].pk}/rate", sent).status_code == 302
    assert len(ratings(northmoor)) == 1


def test_the_second_of_two_is_told_and_keeps_what_was_typed(
    northmoor: Area, listed: tuple[Person, RegisterEntry]
) -> None:
    entry = listed[1]
    first, second = as_(northmoor.actors["coordinator"]), as_(northmoor.actors["manager"])
    first.post(
        f"/register/entries/{entry.pk}/rate", typed(entry, colour="red", because="In crisis today.") | look_on(3)
    )
    page = second.post(f"/register/entries/{entry.pk}/rate", typed(entry, colour="green", because="All is calm."))
    body = page.content.decode()
    assert page.status_code == 409
    assert "In crisis today." in body and "All is calm." in body and "Register coordinator" in body
    assert 'name="version" value="2"' in body
    assert len(ratings(northmoor)) == 1
    again = second.post(
        f"/register/entries/{entry.pk}/rate", typed(entry, version=2, colour="green", because="All is calm.")
    )
    assert again.status_code == 302 and len(ratings(northmoor)) == 2


def test_a_tool_suggests_and_an_override_needs_a_reason(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    entry, url = listed[1], f"/register/entries/{listed[1].pk}/rate"
    client = as_(northmoor.actors["coordinator"])
    assert "unstable or untreated" in client.get(f"{url}?tool=four_questions").content.decode()
    answers = {f"item_{key}": "yes" for key in ("mental_health", "behaviour", "environment", "crisis")}
    sent = typed(entry, tool="four_questions", **answers)
    asked = client.post(url, sent | {"step": "suggest", "colour": ""}).content.decode()
    assert "All four questions were answered yes" in asked and "Select a rating" not in asked
    assert not ratings(northmoor)
    refused = client.post(url, sent)
    assert refused.status_code == 422 and "The tool suggests red" in refused.content.decode()
    assert client.post(url, sent | {"override_because": "Grandmother moved in."}).status_code == 302
    (rating,) = ratings(northmoor)
    assert (rating.suggested, rating.colour, rating.tool) == ("red", "amber", "four_questions")
    assert rating.override_because == "Grandmother moved in." and (rating.tool_answers or {})["crisis"] == "yes"


@pytest.mark.parametrize(("colour", "saved"), [("blue", True), ("red", False), ("green", False)])
def test_in_hospital_only_blue(northmoor: Area, listed: tuple[Person, RegisterEntry], colour: str, saved: bool) -> None:
    person, entry = listed
    at = clock.now() - timedelta(hours=2)
    change(northmoor, lambda note, me: admit(
        note, person=person, kind="mental_health_hospital", place_name="Ash House", admitted_at=at
    ))  # fmt: skip
    page = as_(northmoor.actors["coordinator"]).post(
        f"/register/entries/{entry.pk}/rate", typed(entry, colour=colour, version=2)
    )
    assert (page.status_code == 302) is saved
    if not saved:
        assert "have been in a mental health hospital" in page.content.decode()


def test_nobody_is_blue_outside_hospital(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    page = as_(northmoor.actors["coordinator"]).post(
        f"/register/entries/{listed[1].pk}/rate", typed(listed[1], colour="blue")
    )
    assert page.status_code == 422 and "Record the admission" in page.content.decode()


@pytest.mark.parametrize(("hours", "saved"), [(14 * 24 - 1, False), (14 * 24 + 48, True)])
def test_red_is_kept_for_two_weeks_after_discharge(
    northmoor: Area, listed: tuple[Person, RegisterEntry], hours: int, saved: bool
) -> None:
    person, entry = listed
    now = clock.now()
    left = now - timedelta(hours=hours)
    stay = change(northmoor, lambda note, me: admit(
        note, person=person, kind="mental_health_hospital", place_name="Ash House", admitted_at=left - timedelta(days=9)
    ))  # fmt: skip
    change(northmoor, lambda note, me: discharge(note, stay=stay, discharged_at=left))
    page = as_(northmoor.actors["coordinator"]).post(
        f"/register/entries/{entry.pk}/rate", typed(entry, colour="amber", version=3)
    )
    assert (page.status_code == 302) is saved, page.content.decode()[:300]


def proposed(area: Area, entry: RegisterEntry) -> Rating:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        fresh = RegisterEntry.objects.select_related("person").get(pk=entry.pk)
        made = propose_rating(note, entry=fresh, colour="red", because="Notice was given.", origin="notice")
        assert made
    return made


def test_a_decision_takes_up_what_was_proposed(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    proposal = proposed(northmoor, listed[1])
    client = as_(northmoor.actors["coordinator"])
    url = f"/register/entries/{listed[1].pk}"
    assert "Red is proposed" in client.get(f"{url}/rate").content.decode()
    assert (
        client.post(f"{url}/rate", typed(listed[1], colour="red", proposal=proposal.pk) | look_on(3)).status_code == 302
    )
    assert ratings(northmoor, standing="decided")[0].decides_id == proposal.pk
    late = client.post(f"{url}/decline", {
        "proposal": proposal.pk, "declined_because": "Calm again.", "submission": new_token()
    })  # fmt: skip
    assert late.status_code == 422 and "already decided" in late.content.decode()


def test_a_proposal_is_declined_with_a_reason(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    proposal = proposed(northmoor, listed[1])
    client = as_(northmoor.actors["coordinator"])
    url = f"/register/entries/{listed[1].pk}/decline"
    sent = {"proposal": proposal.pk, "submission": new_token()}
    assert "Say why the proposed rating is not right" in client.post(url, sent).content.decode()
    assert client.post(url, sent | {"declined_because": "The notice was withdrawn."}).status_code == 302
    assert [r.standing for r in ratings(northmoor)] == ["proposed", "declined"]


def test_the_next_look_is_planned_alone_or_with_a_rating(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    entry, client = listed[1], as_(northmoor.actors["coordinator"])
    on = clock.today() + timedelta(days=5)
    day = {"on-day": on.day, "on-month": on.month, "on-year": on.year, "submission": new_token()}
    planned = {f"plan-{key}": value for key, value in day.items()}
    assert client.post(f"/register/entries/{entry.pk}/plan", planned).status_code == 302
    later = on + timedelta(days=1)
    with_day = {"review_on-day": later.day, "review_on-month": later.month, "review_on-year": later.year, "version": 2}
    assert client.post(f"/register/entries/{entry.pk}/rate", typed(entry, **with_day)).status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert RegisterEntry.objects.get().review_planned_on == later
    past = clock.today() - timedelta(days=1)
    wrong = {"plan-on-day": past.day, "plan-on-month": past.month, "plan-on-year": past.year}
    page = client.post(f"/register/entries/{entry.pk}/plan", wrong | {"plan-submission": new_token()})
    assert page.status_code == 422 and "must be today or in the future" in page.content.decode()


def test_a_keyworker_rates_their_own_person_only(northmoor: Area, listed: tuple[Person, RegisterEntry]) -> None:
    person, entry = listed
    worker = northmoor.actors["keyworker"]
    client = as_(worker)
    assert client.get(f"/register/entries/{entry.pk}/rate").status_code == 404
    before = clock.now() - timedelta(days=1)
    with acting_as(northmoor.actors["coordinator"], before) as me, recording(by=me, at=before) as note:
        allocate(note, person=person, worker=worker, from_date=before.date())
    assert client.post(f"/register/entries/{entry.pk}/rate", typed(entry)).status_code == 302


def test_out_of_scope_is_not_there(northmoor: Area, saltby: Area, listed: tuple[Person, RegisterEntry]) -> None:
    other = as_(saltby.actors["coordinator"])
    url = f"/register/entries/{listed[1].pk}/rate"
    assert other.get(url).status_code == 404
    assert other.post(url, typed(listed[1])).status_code == 404
    assert other.get("/register/entries/99999999999999999999999/rate").status_code == 404
    assert as_(northmoor.actors["partner_health"]).get(url).status_code == 403


@pytest.mark.parametrize(
    "junk", [{}, {"version": "x"}, {"version": "9" * 40}, {"reasons": ["\x00"]}, {"tool": "x" * 99}]
)
def test_junk_gets_a_sentence(northmoor: Area, listed: tuple[Person, RegisterEntry], junk: dict[str, Any]) -> None:
    sent = typed(listed[1]) | junk if junk else {}
    page = as_(northmoor.actors["coordinator"]).post(f"/register/entries/{listed[1].pk}/rate", sent)
    assert page.status_code in (302, 422)


def look_on(days: int) -> dict[str, int]:
    on = clock.today() + timedelta(days=days)
    return {"review_on-day": on.day, "review_on-month": on.month, "review_on-year": on.year}


def test_red_asks_for_a_day_and_proposes_the_last_the_rules_allow(
    northmoor: Area, listed: tuple[Person, RegisterEntry]
) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/register/entries/{listed[1].pk}/rate"
    sent = typed(listed[1], colour="red")
    page = client.post(url, sent)
    assert page.status_code == 422 and "Red needs a day for the next look" in page.content.decode()
    proposed_day = clock.today() + timedelta(days=7)
    assert f'autocomplete="off" value="{proposed_day.day}"' in page.content.decode()
    assert client.post(url, sent | look_on(7)).status_code == 302


@pytest.mark.parametrize(
    ("colour", "days", "saved"), [("red", 7, True), ("red", 8, False), ("green", 90, True), ("green", 91, False)]
)
def test_a_look_is_planned_no_further_ahead_than_the_rule_of_the_colour(
    northmoor: Area, listed: tuple[Person, RegisterEntry], colour: str, days: int, saved: bool
) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/register/entries/{listed[1].pk}"
    answer = client.post(f"{url}/rate", typed(listed[1], colour=colour) | look_on(days))
    assert (answer.status_code == 302) is saved
    assert ("is looked at again within" in answer.content.decode()) is not saved
    client.post(f"{url}/rate", typed(listed[1], colour=colour) | look_on(1))
    day = {f"plan-{key.replace('review_on', 'on')}": value for key, value in look_on(days).items()}
    planned = client.post(f"{url}/plan", day | {"plan-submission": new_token()})
    assert (planned.status_code == 302) is saved


@pytest.mark.parametrize(("minutes", "asked"), [(10, True), (10.1, False)])
def test_going_back_and_saving_again_is_asked_about_first(
    northmoor: Area, listed: tuple[Person, RegisterEntry], minutes: float, asked: bool
) -> None:
    last: dict[str, Any] = {
        "by": "Priya",
        "colour": "amber",
        "reasons": ["placement"],
        "recorded": (clock.now() - timedelta(minutes=minutes)).isoformat(),
    }
    last["at"] = datetime.fromisoformat(str(last["recorded"]))
    given = {"colour": "amber", "reasons": ["placement"], "again": ""}
    now = last["at"] + timedelta(minutes=minutes)
    with pytest.raises(NotNow) if asked else nullcontext():
        check_not_just_rated(last, given, "Priya", now)
    check_not_just_rated(last, given | {"again": last["recorded"]}, "Priya", now)
    check_not_just_rated(last, given, "Somebody else", now)
    check_not_just_rated(last | {"at": now - timedelta(days=21)}, given, "Priya", now)
    check_not_just_rated(last, given | {"colour": "green"}, "Priya", now)


def test_the_second_of_two_alike_ratings_is_saved_when_it_is_meant(
    northmoor: Area, listed: tuple[Person, RegisterEntry]
) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/register/entries/{listed[1].pk}/rate"
    assert client.post(url, typed(listed[1])).status_code == 302
    page = client.post(url, typed(listed[1], because="Typed again"))
    body = page.content.decode()
    assert page.status_code == 409 and "You rated amber at" in body and "Typed again" in body
    again, version = (body.split(f'name="{name}" value="')[1].split('"')[0] for name in ("again", "version"))
    assert client.post(url, typed(listed[1], again=again, version=version)).status_code == 302
    assert len(ratings(northmoor)) == 2

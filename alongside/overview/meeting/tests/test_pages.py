"""The pages of a meeting: walking through it, typing, what stands on the wall, two people at once, the minutes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.actions.models import Action
from alongside.features.keyworking.tests.conftest import rated
from alongside.features.people.models import Person
from alongside.features.register.models import (
    AgendaItem,
    Meeting,
    MeetingDecision,
    MeetingDraft,
    Rating,
)
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.topics import Topic
from alongside.overview.meeting.tests.conftest import item_of, opened, planned, sent
from tests.cast import NOW, Area, involve

SignIn = Callable[[Actor], Client]
#: Statements of a page; of saving a decision; of saving a decision with a new rating.
PAGE, SAVE, RATE = 12, 45, 60


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def typed(page: Any) -> dict[str, Any]:
    """What a browser would send of the page of one person, as it stands."""
    html = page.content.decode()
    found = dict(re.findall(r'name="(submission|seen|version|proposal|tool|again)"[^>]* value="([^"]*)"', html))
    found |= {name: value for value, name in re.findall(r'value="([^"]*)"[^>]* name="(submission|seen|version)"', html)}
    found["present"] = re.findall(r'name="present" type="checkbox" value="(\d+)" checked', html)
    return found | {"colour": ""}


def url_of(area: Area, meeting: Meeting, person: Person) -> str:
    return f"/meetings/{meeting.pk}/people/{item_of(area, meeting, person).pk}"


@pytest.fixture
def priya(northmoor: Area, signed_in: SignIn) -> Client:
    return signed_in(northmoor.actors["coordinator"])


def test_an_agenda_that_was_sent_says_for_how_many_and_how_many_moved_since(
    northmoor: Area, three: list[Person], priya: Client
) -> None:
    meeting = sent(northmoor, planned(northmoor))
    assert "with 3 people." in text_of(priya.get(f"/meetings/{meeting.pk}"))
    rated(northmoor, "Lena", "amber", 0)
    assert "with 3 people; 1 moved since." in text_of(priya.get(f"/meetings/{meeting.pk}"))


def test_a_long_agenda_is_counted_first_and_comes_in_pages(
    northmoor: Area, three: list[Person], priya: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.overview.meeting.views.ON_A_PAGE", 2)
    meeting = planned(northmoor)
    first = text_of(priya.get(f"/meetings/{meeting.pk}?page=somewhere"))
    assert "3 people in 90 minutes, about 30 minutes each" in first and "3 new on the register." in first
    assert "Rhea Moss" in first and "Amir Moss" in first and "Gwen Moss" not in first
    sent(northmoor, meeting)
    rest = text_of(priya.get(f"/meetings/{meeting.pk}?page=2"))
    assert "3. <a" in rest and "Gwen Moss" in rest and "Rhea Moss" not in rest


def test_a_meeting_from_planning_to_minutes(northmoor: Area, three: list[Person], priya: Client) -> None:
    with context.as_engine():
        chair = northmoor.actors["manager"].pk
    token = re.findall(
        r'name="submission" value="([^"]+)"|value="([^"]+)"[^>]*name="submission"', text_of(priya.get("/meetings/plan"))
    )
    said = {"submission": "".join(token[0]), "listing": "child", "at": "14:30", "minutes": "90", "place": "Room 2"}
    said |= {"on-day": "3", "on-month": "12", "on-year": "2026", "chair": str(chair)}
    made = priya.post("/meetings/plan", said)
    assert made.status_code == 302, text_of(made)
    here = made.headers["Location"]
    page = text_of(priya.get(here))
    assert "Rhea Moss" in page and "New on the register on 15 November 2026." in page
    assert page.index("Rhea Moss") < page.index("Amir Moss") < page.index("Gwen Moss")
    assert "Nobody from education" in page
    for step in ("send", "open"):
        mark = re.findall(r'name="submission" value="([^"]+)"', priya.get(here).content.decode())[0]
        assert priya.post(f"{here}/{step}", {"submission": mark}).status_code == 302
    with context.as_engine():
        meeting = Meeting.objects.get()
    url = url_of(northmoor, meeting, three[0])
    saved = priya.post(url, typed(priya.get(url)) | {"decided": "Crisis plan is looked at again."})
    assert saved.headers["Location"] == url_of(northmoor, meeting, three[1]), "on to whoever waits"
    mark = re.findall(r'name="submission" value="([^"]+)"', priya.get(here).content.decode())[-1]
    assert priya.post(f"{here}/close", {"submission": mark}).status_code == 302
    minutes = text_of(priya.get(f"{here}/minutes"))
    assert "Crisis plan is looked at again." in minutes and "Not quorate" in minutes and "Not reached" in minutes
    assert priya.get(f"{here}/minutes.pdf").content.startswith(b"%PDF")


def test_the_page_of_one_person_names_nobody_else(northmoor: Area, three: list[Person], priya: Client) -> None:
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, three[1])
    for address in (url, f"{url}/wall"):
        page = text_of(priya.get(address))
        assert "Rhea" not in page and "Gwen" not in page, address
        assert 'accesskey="n"' in page and 'accesskey="p"' in page
    assert "Amir Moss" in text_of(priya.get(url))


def test_a_decision_with_a_rating_is_typed_once(northmoor: Area, three: list[Person], priya: Client) -> None:
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, three[1])
    said = typed(priya.get(url)) | {"decided": "Amber no longer holds.", "colour": "red"}
    asked = priya.post(url, said)
    assert (
        asked.status_code == 422 and "Red needs a day" in text_of(asked) and "Amber no longer holds." in text_of(asked)
    )
    day = {"review_on-day": "24", "review_on-month": "11", "review_on-year": "2026"}
    again = typed(asked) | {"decided": "Amber no longer holds.", "colour": "red"} | day
    assert priya.post(url, again).status_code == 302
    with context.as_engine():
        rating = Rating.objects.filter(person=three[1]).latest("pk")
        decision = MeetingDecision.objects.get()
    assert (rating.colour, rating.because) == ("red", "Amber no longer holds.") and decision.rating_id == rating.pk
    assert priya.post(url, again).status_code == 302, "the same form twice is one decision"
    with context.as_engine():
        assert MeetingDecision.objects.count() == 1


@pytest.mark.parametrize("days", [0, 1])
def test_a_meeting_that_is_opened_on_another_day_was_held_on_that_day(
    northmoor: Area, three: list[Person], priya: Client, days: int
) -> None:
    meeting = planned(northmoor, starts_at=NOW + timedelta(days=days))
    here = f"/meetings/{meeting.pk}"
    warned = "It is planned for 21 November 2026. Opened today, it is held today"
    assert (warned in text_of(priya.get(here))) == bool(days)
    opened(northmoor, meeting)
    assert priya.post(f"{here}/close", {"submission": new_token()}).status_code == 302
    assert "Minutes of 20 November 2026" in text_of(priya.get(f"{here}/minutes"))
    assert ("It was planned for 21 November 2026." in text_of(priya.get(here))) == bool(days)


def test_an_action_is_agreed_on_the_same_page_and_what_else_was_typed_stays(
    northmoor: Area, three: list[Person], priya: Client
) -> None:
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, three[0])
    with context.as_engine():
        owner = northmoor.actors["keyworker"].pk
    action = {
        "step": "action", "action-what": "Ring the school.", "action-owner": f"actor-{owner}",
        "action-how_known": "They ring back",
        "action-topic": str(Topic.EDUCATION.value), "action-due_on-day": "30", "action-due_on-month": "11",
        "action-due_on-year": "2026",
    }  # fmt: skip
    half = typed(priya.get(url)) | {"decided": "Half a sent"}
    wrong = priya.post(url, half | action | {"action-owner": ""})
    assert wrong.status_code == 422 and "Half a sent" in text_of(wrong) and "Ring the school." in text_of(wrong)
    assert priya.post(url, half | action).status_code == 302
    with context.as_engine():
        made = Action.objects.get()
    assert (made.origin, made.origin_id, made.owner_id) == ("meeting", meeting.pk, owner)
    page = text_of(priya.get(url))
    assert "Half a sent" in page and "Ring the school." in page
    with context.as_engine():
        assert "action-what" not in MeetingDraft.objects.get().answers


def test_what_is_typed_is_kept_and_another_writer_is_told(
    northmoor: Area, three: list[Person], priya: Client, signed_in: SignIn
) -> None:
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, three[0])
    first = typed(priya.get(url))
    other = signed_in(northmoor.actors["manager"])
    theirs = typed(other.get(url))
    assert priya.post(f"{url}/keep", first | {"decided": "Still thin"}).json() == {"kept": True}
    assert "Still thin" in text_of(priya.get(url))
    assert "Register coordinator of TNM has typed something" in text_of(other.get(url))
    assert other.post(url, theirs | {"decided": "Decided first."}).status_code == 302
    told = priya.post(url, first | {"decided": "Decided second."})
    assert told.status_code == 409
    assert "Decided first." in text_of(told) and "Decided second." in text_of(told)
    again = typed(told) | {"decided": "Decided second."}
    assert priya.post(url, again).status_code == 302
    with context.as_engine():
        latest = MeetingDecision.objects.select_related("supersedes").get(superseded_by=None)
    assert latest.decided == "Decided second." and latest.supersedes.decided == "Decided first."


def test_what_nobody_saved_goes_when_the_meeting_closes(
    northmoor: Area, three: list[Person], priya: Client, signed_in: SignIn
) -> None:
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, three[0])
    for writer in (priya, signed_in(northmoor.actors["manager"])):
        assert writer.post(f"{url}/keep", {"decided": "Half a sent"}).status_code == 200
    here = f"/meetings/{meeting.pk}"
    mark = re.findall(r'name="submission" value="([^"]+)"', priya.get(here).content.decode())[-1]
    assert priya.post(f"{here}/close", {"submission": mark}).status_code == 302
    with context.as_engine():
        assert not MeetingDraft.objects.exists()


def test_who_may_not_be_told_leaves_the_room_and_does_not_count(
    northmoor: Area, three: list[Person], priya: Client
) -> None:
    health = northmoor.actors["partner_health"]
    involve(northmoor, three[0], health, topics=[Topic.IDENTITY, Topic.HEALTH, Topic.REGISTER])
    there = ("partner_health", "partner_education", "partner_social_care")
    meeting = opened(northmoor, planned(northmoor), there=there)
    url = url_of(northmoor, meeting, three[0])
    page = text_of(priya.get(url))
    assert page.count("Leaves the room") == 2 and "Nobody from education or social care was there." in page
    with context.as_engine():
        education = meeting.attendances.get(actor=northmoor.actors["partner_education"]).pk
    as_it_stands = typed(priya.get(url))
    forged = priya.post(url, as_it_stands | {"decided": "x", "present": [str(education)]})
    assert forged.status_code == 422
    assert priya.post(url, as_it_stands | {"decided": "They agreed."}).status_code == 302
    with context.as_engine():
        decision = MeetingDecision.objects.get()
        assert decision.present == [meeting.attendances.get(actor=health).pk] and not decision.quorate
    wall = text_of(priya.get(f"{url}/wall"))
    assert "Rhea Moss" in wall and "New on the register" in wall and "They agreed." in wall


def test_the_wall_shows_only_what_everybody_in_the_room_may_read(
    northmoor: Area, three: list[Person], priya: Client
) -> None:
    involve(northmoor, three[0], northmoor.actors["partner_health"], topics=[Topic.IDENTITY, Topic.HEALTH])
    meeting = opened(northmoor, planned(northmoor), there=("partner_health",))
    wall = text_of(priya.get(f"{url_of(northmoor, meeting, three[0])}/wall"))
    assert "Rhea Moss" in wall and "New on the register" not in wall
    nobody = text_of(priya.get(f"{url_of(northmoor, meeting, three[1])}/wall"))
    assert "Amir" not in nobody and "Nothing is shown" in nobody


def test_forty_people_take_the_same_few_statements_each(northmoor: Area, priya: Client) -> None:
    people = [rated(northmoor, f"P{number}", "amber", 3) for number in range(40)]
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, people[0])
    walked = 0
    while "/people/" in url:
        with CaptureQueriesContext(connection) as shown:
            page = priya.get(url)
        assert page.status_code == 200 and len(shown) <= PAGE, f"{len(shown)} for {url}"
        with CaptureQueriesContext(connection) as saved:
            answer = priya.post(url, typed(page) | {"decided": f"Number {walked}"})
        assert answer.status_code == 302 and len(saved) <= SAVE, f"{len(saved)} for {url}"
        url, walked = answer.headers["Location"], walked + 1
    assert walked == 40
    with CaptureQueriesContext(connection) as agenda:
        assert "40 discussed" in text_of(priya.get(url))
    assert len(agenda) <= PAGE
    with context.as_engine():
        assert not AgendaItem.objects.filter(state="waiting").exists()


def test_an_agenda_page_takes_few_statements_before_and_after_it_is_sent(
    northmoor: Area, three: list[Person], priya: Client
) -> None:
    meeting = planned(northmoor)
    for prepare in (lambda: None, lambda: sent(northmoor, meeting), lambda: opened(northmoor, meeting)):
        prepare()
        for address in ("/meetings", f"/meetings/{meeting.pk}", f"/meetings/{meeting.pk}/minutes"):
            with CaptureQueriesContext(connection) as asked:
                assert priya.get(address).status_code == 200
            assert len(asked) <= PAGE, f"{len(asked)} for {address}"


def test_a_correction_stands_below_the_minutes(northmoor: Area, three: list[Person], priya: Client) -> None:
    meeting = opened(northmoor, planned(northmoor))
    here = f"/meetings/{meeting.pk}"
    mark = re.findall(r'name="submission" value="([^"]+)"', priya.get(here).content.decode())[-1]
    assert priya.post(f"{here}/close", {"submission": mark}).status_code == 302
    url = f"{url_of(northmoor, meeting, three[0])}/correct"
    token = re.findall(
        r'value="([^"]+)"', re.findall(r"<input[^>]*submission[^>]*>", priya.get(url).content.decode())[0]
    )
    assert priya.post(url, {"submission": token[0], "said": "The date was the 4th."}).status_code == 302
    assert "The date was the 4th." in text_of(priya.get(f"{here}/minutes"))


def test_time_is_counted_between_decisions(
    northmoor: Area, three: list[Person], priya: Client, stands_still: Callable[[Any], None]
) -> None:
    meeting = opened(northmoor, planned(northmoor))
    url = url_of(northmoor, meeting, three[0])
    stands_still(NOW + timedelta(minutes=4))
    page = priya.get(url)
    assert "4 minutes here, 4 of 90 so far" in text_of(page)
    priya.post(url, typed(page) | {"decided": "Yes"})
    stands_still(NOW + timedelta(minutes=5))
    assert "1 minute here, 5 of 90 so far" in text_of(priya.get(url_of(northmoor, meeting, three[1])))

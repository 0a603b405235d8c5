"""A round: started from a duty, sent by the worker, reminded, called, lifted. Nobody is silent unseen."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.features.referrals.schools.models import AreaSchool, SchoolAsk, SchoolDraft
from alongside.features.referrals.schools.operations import add_schools, send_due, start_round
from alongside.features.referrals.schools.operations.listing import Listed
from alongside.features.referrals.schools.tests.asking import (
    DALE,
    DAY,
    HILL,
    KAI,
    MILL,
    SOMEBODY,
    TUESDAY,
    ask_of,
    asked,
    begin_round,
    due,
    goes_through,
    link_of,
    links_of,
    list_schools,
    sends,
)
from alongside.features.referrals.schools.tests.conftest import SignIn
from alongside.features.referrals.tests.pressing import press, words
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.messages.models import Delivery
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.overview.engine import matters
from tests.cast import Area, acting_as

pytestmark = pytest.mark.django_db


def deliveries() -> list[Delivery]:
    with context.as_engine():
        return list(Delivery.objects.order_by("id"))


def test_a_duty_asks_for_the_round_and_goes_with_it(area: Area) -> None:
    list_schools(area)
    duty = due("school_term", area.icb.pk)["school_round"]
    assert duty.what == "Ask the schools: 3 schools"
    assert (duty.owner_team_id, duty.guard) == (area.teams["register"].pk, 0)
    begin_round(area)
    after = due("school_term", area.icb.pk)["school_round"]
    assert "summer term 2026" in after.because
    assert not after.shows_from <= TUESDAY


def test_my_day_shows_it_and_its_button_opens_the_round(area: Area, as_: SignIn) -> None:
    list_schools(area)
    client = as_()
    assert "Ask the schools: 3 schools" in words(client.get(f"/?inbox={area.teams['register'].pk}"))
    duty = due("school_term", area.icb.pk)["school_round"]
    assert client.get(f"/duties/{duty.pk}/do").headers["Location"] == "/schools/start"


def test_a_school_is_found_by_its_name_and_one_that_nobody_loaded_is_added(area: Area) -> None:
    with context.as_engine(), recording(by=area.actors["admin"], at=TUESDAY) as note:
        known = Organisation.objects.create(kind="school", code="ZS001", name="Hill School")
        note("made", words="Loaded.")
    list_schools(area, Listed("HILL school", "a@example.com"), Listed("New College"))
    with context.as_engine():
        listed = {row.organisation.name: row.organisation_id for row in AreaSchool.objects.all()}
    assert listed["Hill School"] == known.pk
    assert set(listed) == {"Hill School", "New College"}
    with pytest.raises(NotNow):
        list_schools(area, Listed("hill school"))


def test_each_school_gets_one_neutral_email_with_a_link_of_its_own(area: Area) -> None:
    asked(area)
    sent = deliveries()
    assert [(one.address, one.notice) for one in sent] == [(HILL.email, "asked"), (MILL.email, "asked")]
    assert link_of(HILL) != link_of(MILL)
    assert send_due(TUESDAY) == 0
    assert links_of(area) == 2


def test_a_school_without_an_address_is_to_be_called(area: Area) -> None:
    asked(area)
    call = due("school_ask", ask_of(DALE.name).pk)["school_called"]
    assert call.what == "Call Dale Primary"
    assert call.shows_from <= TUESDAY
    assert due("school_ask", ask_of(HILL.name).pk)["school_called"].shows_from > TUESDAY


def test_a_silent_school_is_reminded_twice_and_no_more_and_both_links_work(area: Area) -> None:
    asked(area)
    first = link_of(HILL)
    assert send_due(TUESDAY + 7 * DAY) == 0
    assert send_due(TUESDAY + 8 * DAY) == 2
    sends(Client(), link_of(MILL), nobody=True)
    assert send_due(TUESDAY + 15 * DAY) == 0
    assert send_due(TUESDAY + 16 * DAY) == 1
    assert send_due(TUESDAY + 60 * DAY) == 0
    assert first != link_of(HILL)
    sends(Client(), first, nobody=True)


def test_a_term_is_asked_about_once_and_by_the_register_team(area: Area) -> None:
    list_schools(area)
    begin_round(area)
    with pytest.raises(NotNow, match="asked about the spring term 2026 already"):
        begin_round(area, TUESDAY + DAY)
    manager = area.actors["manager"]
    with acting_as(manager, TUESDAY) as me, recording(by=me, at=TUESDAY) as note:
        with pytest.raises(Refused):
            start_round(note, icb=area.icb, by=me)
        with pytest.raises(Refused):
            add_schools(note, icb_id=area.icb.pk, lines=[HILL], by=me)
        note("tried", words="Tried.")


def test_the_next_term_asks_anew_and_the_old_link_is_over(area: Area) -> None:
    asked(area)
    old = link_of(HILL)
    summer = TUESDAY + timedelta(days=101)
    begin_round(area, summer)
    send_due(summer)
    with context.as_engine():
        before = SchoolAsk.objects.filter(organisation__name="Hill School").earliest("id")
    assert before.closed_because == "Asked anew in the summer term 2026"
    assert due("school_ask", before.pk) == {}
    page = Client().get(link_of(HILL))
    assert "summer term 2026" in page.content.decode()
    with context.asking_with(old.rsplit("/", 1)[-1]):
        assert [ask.pk for ask in SchoolAsk.objects.all()] == [before.pk]


def test_a_call_that_says_nobody_answers_for_the_school(area: Area, as_: SignIn) -> None:
    asked(area)
    ask = ask_of(DALE.name)
    answer = press(as_(), f"/schools/asks/{ask.pk}/call", outcome="nobody", words="Spoke with the head.")
    assert answer.status_code == 302
    assert ask_of(DALE.name).answered_how == "call"
    assert due("school_ask", ask.pk) == {}
    assert "Spoke with the head." in words(as_().get(f"/schools/asks/{ask.pk}"))


def test_a_call_can_ask_for_a_new_link_somewhere_else(area: Area, as_: SignIn) -> None:
    asked(area)
    ask = ask_of(DALE.name)
    wrong = press(as_(), f"/schools/asks/{ask.pk}/call", outcome="link", words="The office.")
    assert "Enter the email address for the new link" in words(wrong)
    assert "The office." in words(wrong)
    here = f"/schools/asks/{ask.pk}"
    coordinator = as_()
    assert press(coordinator, f"{here}/call", outcome="link", email="office@dale.example.com").status_code == 302
    page = words(coordinator.get(here))
    assert "A new link goes out to office@dale.example.com within a few minutes" in page
    assert "The link is on its way to office@dale.example.com" in page
    assert send_due(TUESDAY) == 1
    assert "on its way" not in words(coordinator.get(here))
    sends(Client(), link_of(Listed("", "office@dale.example.com")), nobody=True)
    assert not ask_of(DALE.name).is_silent


def test_a_link_that_went_to_a_wrong_address_opens_nothing_after_the_call_that_corrects_it(
    area: Area, as_: SignIn
) -> None:
    asked(area)
    old, mill = link_of(HILL), link_of(MILL)
    press(as_(), f"/schools/asks/{ask_of(HILL.name).pk}/call", outcome="link", email="office@hill.example.com")
    assert send_due(TUESDAY + DAY) == 1
    new = link_of(Listed("", "office@hill.example.com"))
    goes_through(Client(), new, KAI)
    for rest in ("", "/check", "/1/them", "/sent"):
        page = Client().get(old + rest)
        assert page.status_code == 404 and "This link opens nothing" in page.content.decode()
    with context.asking_with(old.rsplit("/", 1)[-1]):
        assert not SchoolAsk.objects.exists() and not SchoolDraft.objects.exists()
    assert "Kai Moss" in Client().get(f"{new}/check").content.decode()
    assert Client().get(mill).status_code == 200


def test_a_call_that_reached_nobody_is_due_again(area: Area, as_: SignIn) -> None:
    asked(area)
    ask = ask_of(DALE.name)
    press(as_(), f"/schools/asks/{ask.pk}/call", outcome="unreached")
    assert "without an answer" in due("school_ask", ask.pk)["school_called"].because


def test_a_manager_decides_about_silence_with_a_reason(area: Area, as_: SignIn) -> None:
    asked(area)
    ask = ask_of(HILL.name)
    lifted = due("school_ask", ask.pk)["school_silent"]
    assert lifted.owner_team_id == area.teams["keyworking"].pk
    manager = as_("manager")
    assert press(manager, f"/schools/asks/{ask.pk}/leave", because="").status_code == 422
    press(manager, f"/schools/asks/{ask.pk}/leave", because="The council asks them in June.")
    assert due("school_ask", ask.pk) == {}
    assert "The council asks them in June." in words(manager.get(f"/schools/asks/{ask.pk}"))
    assert send_due(TUESDAY + 8 * DAY) == 1


def test_a_school_that_answers_late_counts_all_the_same(area: Area) -> None:
    asked(area)
    sends(Client(), link_of(HILL), SOMEBODY)
    assert "school_silent" not in due("school_ask", ask_of(HILL.name).pk)


def test_two_people_at_one_school_at_once(area: Area, as_: SignIn) -> None:
    asked(area)
    ask, client = ask_of(DALE.name), as_()
    client.get(f"/schools/asks/{ask.pk}/call")
    stale = press(client, f"/schools/asks/{ask.pk}/call", outcome="unreached")
    assert stale.status_code == 302
    answer = client.post(
        f"/schools/asks/{ask.pk}/call",
        {"submission": "x" * 22, "version": "1", "outcome": "nobody", "words": "My own words"},
    )
    assert answer.status_code == 422
    assert "My own words" in words(answer)


def test_what_is_stored_is_what_the_rules_say(area: Area, as_: SignIn) -> None:
    asked(area)
    sends(Client(), link_of(HILL), SOMEBODY)
    sends(Client(), link_of(MILL), nobody=True)
    press(as_(), f"/schools/asks/{ask_of(DALE.name).pk}/call", outcome="unreached")
    with context.as_engine():
        for kind in ("school_term", "school_ask"):
            ids = matters.list_ids(kind)
            derived = matters.derive_matters(kind, ids)
            stored = matters.stored_matters(kind, ids)
            assert {number: sorted(rows) for number, rows in derived.items() if rows} == {
                number: sorted(rows) for number, rows in stored.items()
            }

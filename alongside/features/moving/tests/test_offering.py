"""Offering somebody to another area, and its answer: nobody is let go before somebody else has said yes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.operations import allocate
from alongside.features.moving.models import AreaMove, MoveAcceptance
from alongside.features.moving.operations import begin_move
from alongside.features.moving.tests.conftest import YES, as_, holder, on, sent, the_move, the_offer, words
from alongside.features.people.models import Consent, MoveOffer, Person
from alongside.features.people.operations import set_restricted
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as, make_area

Send = Callable[..., Any]


def due(area: Area) -> set[str]:
    with context.as_engine():
        return set(Duty.objects.filter(icb=area.icb, doing="open_move").values_list("rule_key", flat=True))


def test_a_move_that_is_told_of_is_due_here_until_another_area_has_said_yes(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    assert begin("keyworker").status_code == 404, "whoever doesn't work with them"
    assert begin().status_code == 302
    assert due(northmoor) == {"move_family_asked", "move_offered"}
    assert begin().status_code == 422, "one move is open at a time"
    assert offer().status_code == 302
    assert due(northmoor) == {"move_family_asked", "move_answer_chased"}
    assert holder(person) == northmoor.icb.pk
    assert accept().status_code == 302
    assert holder(person) == saltby.icb.pk
    assert due(northmoor) == set()
    assert due(saltby) == {"move_family_told", "move_workers_met", "move_agreements_anew"}


def test_the_other_area_reads_the_least_it_needs_and_accepts(
    saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    begin()
    offer()
    there = as_(saltby.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        listed = words(there.get("/people/offered"))
    assert "Kai Moss" in listed and "Moves in with an aunt." in listed
    assert person.reference not in listed and "999" not in listed
    assert len(asked) <= 5, [query["sql"][:90] for query in asked]
    page = words(there.get(f"/people/offered/{the_offer().pk}"))
    assert "999" not in page and "A&amp;E" not in page, "nobody has agreed to anything yet"
    assert "Everything else was left out, because nobody agreed to tell it" in page
    assert there.get(f"/people/{person.reference}").status_code == 404, "nothing else is open yet"
    answer = accept()
    assert answer["Location"] == f"/people/{person.reference}"
    assert there.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("missing", ["named", "reach", "team", "colour", "why"])
def test_a_yes_names_who_has_them_how_they_are_reached_and_ones_own_rating(
    northmoor: Area, person: Person, begin: Send, offer: Send, accept: Send, missing: str
) -> None:
    begin()
    offer()
    assert accept(**{missing: ""}).status_code == 422
    assert holder(person) == northmoor.icb.pk


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 302), (14, 302), (15, 422)])
def test_the_named_person_begins_within_a_fortnight(
    begin: Send, offer: Send, accept: Send, days: int, status: int
) -> None:
    begin()
    offer()
    assert accept(**on("starts_on", clock.today() + timedelta(days=days))).status_code == status


def test_both_ratings_are_kept(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        entry = RegisterEntry.objects.get()
        from alongside.features.register.operations import rate
        from tests.cast import NO_FLOOR

        rate(note, entry=entry, colour="green", because="Settled here.", by=me, demanded=NO_FLOOR)
    begin()
    offer()
    assert accept().status_code == 302
    with context.as_engine():
        old, new = RegisterEntry.objects.order_by("pk")
        assert (old.removed_because, old.icb_id, new.icb_id) == ("moved_area", northmoor.icb.pk, saltby.icb.pk)
        assert [one.colour for one in Rating.objects.filter(entry=old)] == ["green"]
        carried, own = Rating.objects.filter(entry=new).order_by("pk")
    assert (carried.colour, own.colour, own.because) == ("green", "amber", "They settle in.")
    assert own.recorded_by_id == saltby.actors["coordinator"].pk


def test_blue_is_not_said_of_somebody_who_is_in_no_hospital(
    northmoor: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    begin()
    offer()
    answer = accept(colour="blue")
    assert (answer.status_code, "Blue means in hospital now" in words(answer)) == (422, True)
    assert holder(person) == northmoor.icb.pk, "all of it or nothing"


def test_a_no_goes_back_with_its_reason_and_a_second_is_seen(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    begin()
    here, there = as_(northmoor.actors["coordinator"]), as_(saltby.actors["manager"])
    for times in (1, 2):
        offer()
        url = f"/people/offered/{the_offer().pk}"
        assert ("Said no to this move before" in words(there.get(url))) == (times == 2), "shown to both sides"
        assert there.post(url, sent(answer="no")).status_code == 422
        typed = sent(answer="no", because=f"They stay for a week only, {times}.")
        assert there.post(url, typed).status_code == 302
        assert there.post(url, typed).status_code == 302, "sent twice, answered once"
    assert "move_refusal_followed" in due(northmoor)
    page = words(here.get(f"/people/{person.reference}/move"))
    assert "They stay for a week only, 1." in page and "They were refused twice" in page
    assert "did not accept them" in words(here.get(f"/people/{person.reference}"))
    lifted = sent(words="Told Ada Birch, director in both areas.")
    assert here.post(f"/people/{person.reference}/move/steps/lift", lifted).status_code == 302
    assert "move_refusal_followed" not in due(northmoor)
    assert holder(person) == northmoor.icb.pk


def test_a_no_is_said_of_the_area_that_said_it_when_another_was_chosen(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    third = make_area("QX9", "Thirdby ICB").icb
    begin()
    offer()
    url = f"/people/offered/{the_offer().pk}"
    as_(saltby.actors["manager"]).post(url, sent(answer="no", because="A week only."))
    here, page = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/move"
    assert "Refused on" in words(here.get(page)) and "move_refusal_followed" in due(northmoor)
    changed = sent(to_icb=str(third.pk), because="Moves to their father.")
    assert here.post(f"{page}/change", changed).status_code == 302
    assert "move_refusal_followed" not in due(northmoor) and "move_offered" in due(northmoor)
    told = words(here.get(page))
    assert "Refused on" not in told and "Nobody has been asked to take them yet" in told
    assert "Offer them to Thirdby ICB" in told and "A week only." in told, "and the no still stands there"
    assert "Refused" not in words(here.get("/moves"))


def test_an_offer_is_due_from_the_other_area_until_it_is_answered_or_taken_back(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    begin()
    offer()
    with acting_as(saltby.actors["coordinator"]):
        (duty,) = Duty.objects.filter(subject="move_offer")
    assert (duty.icb_id, duty.subject_id) == (saltby.icb.pk, the_offer().pk)
    assert "Kai" not in duty.what + duty.because
    late_url = f"/people/offered/{the_offer().pk}"
    here = as_(northmoor.actors["coordinator"])
    assert offer().status_code == 422, "offered already"
    url = f"/people/{person.reference}/offer/take-back"
    assert here.get(url).status_code == 200
    assert here.post(url, sent(because="They stay.")).status_code == 302
    assert here.get(url).status_code == 404
    with acting_as(saltby.actors["coordinator"]):
        assert not Duty.objects.filter(subject="move_offer").exists()
    late = as_(saltby.actors["coordinator"]).post(late_url, sent(**YES, **on("starts_on", clock.today())))
    assert (late.status_code, "taken back meanwhile" in words(late)) == (422, True)


def test_of_a_closely_held_record_no_name_is_told(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    begin()
    offer()
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=person, restricted=True, because="x")
    there, url = as_(saltby.actors["coordinator"]), f"/people/offered/{the_offer().pk}"
    page = words(there.get(url))
    assert "Moss" not in page and "4 March 2012" not in page
    assert "Ring Register coordinator of TNM" in page
    for form in ("pdf", "json"):
        assert there.get(f"{url}/pack.{form}").status_code == 404


def test_a_third_area_and_whoever_does_not_decide_see_no_offer(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    assert begin(to_icb=str(northmoor.icb.pk)).status_code == 422, "not to oneself"
    begin()
    offer()
    for actor in (northmoor.actors["coordinator"], saltby.actors["commissioner"]):
        for end in ("", "/pack.pdf", "/pack.json"):
            assert as_(actor).get(f"/people/offered/{the_offer().pk}{end}").status_code in (403, 404)


def test_somebody_may_be_offered_at_once_and_the_move_is_written_down_with_it(
    northmoor: Area, saltby: Area, person: Person
) -> None:
    url = f"/people/{person.reference}/offer"
    page = as_(northmoor.actors["coordinator"]).get(url)
    assert "Saltby ICB" in words(page) and "Northmoor ICB</option>" not in page.content.decode()
    typed = sent(to_icb=str(saltby.icb.pk), because="Moved last week.", told="no", why_not="We ring tonight.")
    assert as_(northmoor.actors["coordinator"]).post(url, typed).status_code == 302
    assert (the_move().kind, the_move().because, the_offer().told[:9]) == ("area", "Moved last week.", "They don'")


def test_nobody_is_offered_to_an_area_where_nobody_could_say_yes_and_the_form_says_what_to_do(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        empty = Organisation.objects.create(kind="icb", code="QX9", name="Emptyby ICB", invented=True)
        note("organisation.added", words="An area was added.")
    here, page = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}"
    for end in ("move/new", "offer"):
        form = words(here.get(f"{page}/{end}"))
        assert "Saltby ICB" in form and "Emptyby ICB" not in form
        assert "Only areas that work with this service are listed" in form and "‘Somewhere else’" in form
    assert begin(to_icb=str(empty.pk)).status_code == 422
    assert here.post(f"{page}/offer", sent(to_icb=str(empty.pk), because="x", told="yes")).status_code == 422
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        said = {"told_by": "family", "told_on": NOW.date(), "because": "x", "kind": "area"}
        with pytest.raises(NotNow, match="you print the pack, and write down who said yes"):
            begin_move(note, person=person, to_icb=empty, **said)
        begin_move(note, person=person, to_icb=saltby.icb, **said)
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        RoleHeld.objects.filter(area=saltby.icb).update(to_date=clock.today() - timedelta(days=1))
        note("account.closed", words="They left.", icb_id=saltby.icb.pk)
    answer = offer()
    assert answer.status_code == 422 and "Nobody at Saltby ICB works with this service now" in words(answer)
    with context.as_engine():
        assert not MoveOffer.objects.exists()


def test_they_stay_and_the_offer_is_gone(northmoor: Area, person: Person, begin: Send, offer: Send) -> None:
    begin()
    offer()
    here = as_(northmoor.actors["coordinator"])
    assert here.post(f"/people/{person.reference}/move/stay", sent(because="The aunt is ill.")).status_code == 302
    with context.as_engine():
        assert MoveOffer.objects.get().closed_how == "taken_back"
        assert AreaMove.objects.get().closed_how == "stayed"
    assert due(northmoor) == set()
    assert begin().status_code == 302, "and may move later"


def test_a_move_ends_with_the_record(northmoor: Area, person: Person, begin: Send, offer: Send) -> None:
    begin()
    offer()
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        from alongside.features.people.operations import record_consent

        record_consent(
            note, person=person, purpose="register", answer="withdrawn", basis="parental", decided_on=NOW.date(),
            evidenced=True, evidence="Said at the visit",
        )  # fmt: skip
    with context.as_engine():
        assert AreaMove.objects.get().closed_how == "stayed"
        assert MoveOffer.objects.get().closed_how == "taken_back"


def test_afterwards_each_thing_is_written_down_once_and_the_old_area_reads_who_has_them(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    begin()
    offer()
    accept()
    there = as_(saltby.actors["coordinator"])
    base = f"/people/{person.reference}/move/steps"
    assert there.get(f"{base}/lift").status_code == 404
    for slug in ("told", "met", "asked-anew"):
        assert there.get(f"{base}/{slug}").status_code == 200
        assert there.post(f"{base}/{slug}", sent(words="Rang the mother.")).status_code == 302
    assert due(saltby) == set()
    here = as_(northmoor.actors["coordinator"])
    assert "Jo Lee" in words(here.get("/moves"))
    assert "Jo Lee" in words(here.get(f"/people/{person.reference}/move"))
    assert here.post(f"{base}/told", sent(words="x")).status_code == 403, "their past is read-only"
    with context.as_engine():
        assert MoveAcceptance.objects.get().said_by.startswith("Register coordinator of")


def test_the_page_of_moves_and_of_one_move_ask_little(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send
) -> None:
    begin()
    offer()
    client = as_(northmoor.actors["coordinator"])
    for url, most in (("/moves", 9), (f"/people/{person.reference}/move", 12)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


@pytest.mark.parametrize("days", [0, 10, 14])
def test_who_begins_in_some_days_is_said_on_the_page_and_in_what_is_due(
    saltby: Area, person: Person, begin: Send, offer: Send, accept: Send, days: int
) -> None:
    begin()
    offer()
    first = clock.today() + timedelta(days=days)
    assert accept(**on("starts_on", first)).status_code == 302
    page = words(as_(saltby.actors["coordinator"]).get(f"/people/{person.reference}"))
    said = f"Jo Lee {'begins' if days else 'was to begin'} on {day(first)}"
    assert f"Keyworker: {said}" in page and "none yet" not in page and "No keyworker yet" not in page
    with context.as_engine():
        (duty,) = Duty.objects.filter(person=person, doing="name_keyworker").select_related("owner_team")
    assert duty.what == f"Write Jo Lee down as their keyworker, who begins on {day(first)}"
    assert f"Jo Lee was named, to begin on {day(first)}; until then the keyworking team has them." in duty.because
    assert duty.owner_team == saltby.teams["keyworking"] and duty.due.date() >= first
    assert [found for _, found in find_differing()] in ([], [[]])
    with acting_as(saltby.actors["manager"], clock.now()) as me, recording(by=me, at=clock.now()) as note:
        here = Person.objects.select_related("icb").get(pk=person.pk)
        allocate(note, person=here, worker=saltby.actors["keyworker"], from_date=clock.today())
    with context.as_engine():
        assert not Duty.objects.filter(person=person, doing="name_keyworker").exists()
    page = words(as_(saltby.actors["coordinator"]).get(f"/people/{person.reference}"))
    assert "Keyworker: Keyworker of TSB" in page and "Jo Lee begins" not in page


def test_the_keyworker_of_the_area_before_has_them_no_more(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    worker = northmoor.actors["keyworker"]
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=worker, from_date=NOW.date())
    assert begin("keyworker").status_code == 302, "whoever works with them tells of it"
    offer()
    accept()
    with acting_as(worker) as me:
        assert not Person.objects.visible_to(me).filter(pk=person.pk).exists()
    with context.as_engine():
        assert not Consent.objects.filter(answer="unknown").exists(), "nobody said no to anything"

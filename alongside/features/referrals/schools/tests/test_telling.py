"""Changes told by a school or ward: by a link that says nothing back, or by a partner who has the record open."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import LifeEvent, PostedChange
from alongside.features.people.operations import set_restricted
from alongside.features.referrals.doors.links import make_link
from alongside.features.referrals.schools.models import ToldByLink
from alongside.features.referrals.schools.tests.asking import TUESDAY, due
from alongside.features.referrals.schools.tests.conftest import SignIn
from alongside.features.referrals.tests.pressing import hidden, press, words
from alongside.features.register.models import Rating
from alongside.features.register.operations import rate
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.models import Event, Look
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NO_FLOOR, Area, acting_as, add_registered, involve, make_area

pytestmark = pytest.mark.django_db
EDUCATION = 7
SAID = {
    "given_name": "Kai",
    "family_name": "Moss",
    "birth_date-day": "4",
    "birth_date-month": "3",
    "birth_date-year": "2012",
    "kind": "school",
    "event": "exclusion",
    "told": "Excluded for a week from Monday.",
    "urgent": "on",
    "by_name": "Sam Reed",
    "by_role": "Head of year",
}


def link(area: Area, purpose: str = "change") -> str:
    with context.as_engine(), recording(by=area.actors["admin"], at=TUESDAY) as note:
        school = Organisation.objects.create(kind="school", name="Hill School")
        note("made", words="Made.")
    with acting_as(area.actors["coordinator"], TUESDAY) as me, recording(by=me, at=TUESDAY) as note:
        _, token = make_link(
            note,
            icb_id=area.icb.pk,
            organisation=school,
            what_for=purpose,
            expires_at=TUESDAY.replace(month=7),
            by=me,
        )
    return f"/tell/{token}"


def tells(at: str, **instead: str) -> str:
    visitor = Client()
    answer = visitor.post(at, hidden(visitor.get(at)) | SAID | instead, follow=True)
    return str(answer.content.decode())


def told() -> ToldByLink:
    with context.as_engine():
        return ToldByLink.objects.latest("id")


def test_the_sender_reads_the_same_whoever_it_is_about(area: Area) -> None:
    add_registered(area, at=TUESDAY)
    at = link(area)
    known = tells(at)
    unknown = tells(at, given_name="Zed", family_name="Nobody")
    assert known == unknown
    assert "whether somebody is known to us" in known
    assert "Kai" not in known


def test_known_or_not_takes_the_same_statements(area: Area) -> None:
    add_registered(area, at=TUESDAY)
    at, visitor = link(area), Client()
    tells(at, told="Something before, so that nothing is asked for the first time.")
    counts = []
    for instead in ({}, {"given_name": "Zed", "family_name": "Nobody"}):
        form = hidden(visitor.get(at)) | SAID | instead
        with CaptureQueriesContext(connection) as counted:
            visitor.post(at, form)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_it_is_work_for_the_register_team_without_a_name(area: Area) -> None:
    at = link(area)
    tells(at)
    duty = due("told_by_link", told().pk)["change_matched"]
    assert (duty.what, duty.guard) == ("Find out whom Hill School told us about", 1)
    assert duty.owner_team_id == area.teams["register"].pk
    assert "Moss" not in duty.because + duty.what
    with context.as_engine():
        event = Event.objects.get(code="change.told")
    assert (event.by_name, event.person_id) == ("Hill School", None)


def test_matched_it_is_on_the_record_with_a_clock_and_a_rating_is_proposed(area: Area, as_: SignIn) -> None:
    person, entry = add_registered(area, at=TUESDAY)
    with acting_as(area.actors["coordinator"], TUESDAY) as me, recording(by=me, at=TUESDAY) as note:
        rate(note, entry=entry, colour="green", because="Calm.", by=me, demanded=NO_FLOOR)
    tells(link(area))
    client, at = as_(), f"/told/{told().pk}"
    page = client.get(at)
    assert "Kai Moss" in words(page)
    answer = client.post(at, hidden(page))
    assert answer.headers["Location"] == f"/people/{person.reference}"
    with context.as_engine():
        change = PostedChange.objects.get()
        assert (change.person_id, change.told_as, change.urgent) == (person.pk, "Hill School", True)
        assert LifeEvent.objects.get().kind == "exclusion"
        assert Rating.objects.get(standing="proposed").colour == "amber"
        duty = Duty.objects.get(person=person, doing="answer_told")
    assert duty.rule_key == "urgent_change_looked_at"
    assert due("told_by_link", told().pk) == {}
    with context.as_engine():
        assert Look.objects.filter(page__startswith="told by link", person_ids__contains=[person.pk]).exists()


def test_matched_twice_is_one_change(area: Area, as_: SignIn) -> None:
    add_registered(area, at=TUESDAY)
    tells(link(area))
    client, at = as_(), f"/told/{told().pk}"
    form = hidden(client.get(at))
    for _ in range(2):
        assert client.post(at, form).status_code == 302
    with context.as_engine():
        assert PostedChange.objects.count() == 1


def test_somebody_whose_birth_date_was_told_wrongly_is_chosen_by_the_reference(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, at=TUESDAY)
    at, visitor = link(area), Client()
    visitor.post(at, hidden(visitor.get(at)) | SAID | {"given_name": "Sky", "birth_date-year": "2009"})
    client, at = as_(), f"/told/{told().pk}"
    form = hidden(client.get(at))
    for typed, said in (
        ("", "Write the reference"),
        ("KM-9999-9999", "No record that you can open"),
        ("'", "Check it"),
    ):
        answer = client.post(at, form | {"reference": typed})
        assert answer.status_code == 422 and said in words(answer)
    answer = client.post(at, form | {"reference": f" {person.reference.lower()} "})
    assert answer.headers["Location"] == f"/people/{person.reference}"
    with context.as_engine():
        assert PostedChange.objects.get().person_id == person.pk


def test_nobody_of_ours_keeps_what_was_done_and_nobodys_name(area: Area, as_: SignIn) -> None:
    tells(link(area))
    client, at = as_(), f"/told/{told().pk}"
    assert "Nobody whom you can open is like this" in words(client.get(at))
    press(client, f"{at}/aside", words="The school asks the family about a referral.")
    row = told()
    assert (row.given_name, row.told, row.birth_date, row.outcome) == ("", "", None, "not_ours")
    assert due("told_by_link", row.pk) == {}
    assert "The school asks the family" in words(client.get(at))


def test_a_record_that_is_closely_held_is_not_offered(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, at=TUESDAY)
    with acting_as(area.actors["coordinator"], TUESDAY) as me, recording(by=me, at=TUESDAY) as note:
        set_restricted(note, person=person, restricted=True, because="A colleague's child")
    tells(link(area))
    assert "Nobody whom you can open is like this" in words(as_().get(f"/told/{told().pk}"))
    answer = as_().post(f"/told/{told().pk}", {"person": person.reference, "submission": "x" * 22})
    assert answer.status_code == 404
    answer = as_().post(f"/told/{told().pk}", {"reference": person.reference, "submission": "x" * 22})
    assert answer.status_code == 422 and "No record that you can open" in words(answer)


@pytest.mark.parametrize("role", ["manager", "keyworker", "partner_education", "commissioner"])
def test_it_is_the_register_teams(area: Area, as_: SignIn, role: str) -> None:
    tells(link(area))
    assert as_(role).get(f"/told/{told().pk}").status_code == 403
    with acting_as(area.actors[role], TUESDAY):
        assert not ToldByLink.objects.exists()


def test_another_areas_is_not_there(area: Area, as_: SignIn) -> None:
    tells(link(make_area("QS2", "Area Two")))
    assert as_().get(f"/told/{told().pk}").status_code == 404


def test_a_link_reads_back_nothing_of_what_it_told(area: Area) -> None:
    at = link(area)
    tells(at)
    with context.asking_with(at.rsplit("/", 1)[-1]):
        assert not ToldByLink.objects.exists()


def test_sent_twice_is_told_once(area: Area) -> None:
    at, visitor = link(area), Client()
    form = hidden(visitor.get(at)) | SAID
    for _ in range(2):
        assert visitor.post(at, form).status_code == 302
    with context.as_engine():
        assert ToldByLink.objects.count() == 1


def test_a_link_for_something_else_opens_nothing(area: Area) -> None:
    at = link(area, "school_ask")
    assert Client().get(at).status_code == 404


@pytest.mark.parametrize("wrong", [{"birth_date-day": "31", "birth_date-month": "2"}, {"told": ""}, {"kind": "x"}])
def test_a_mistake_is_a_sentence_and_nothing_typed_is_lost(area: Area, wrong: dict[str, str]) -> None:
    at = link(area)
    page = tells(at, **wrong)
    assert "There is a problem" in page
    assert "Head of year" in page


def test_a_partner_tells_about_somebody_whose_record_is_open_to_them(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, at=TUESDAY)
    partner = area.actors["partner_education"]
    involve(area, person, partner, topics=[1, EDUCATION], kind="education", at=TUESDAY)
    client, at = as_("partner_education"), f"/people/{person.reference}/tell"
    answer = press(client, at, kind="school", told="He comes two mornings a week.", urgent="on")
    assert answer.status_code == 302
    with context.as_engine():
        change = PostedChange.objects.get()
        assert Duty.objects.filter(person=person, doing="answer_told").exists()
    assert (change.recorded_by_id, change.told) == (partner.pk, "He comes two mornings a week.")
    with acting_as(partner, TUESDAY):
        assert PostedChange.objects.get().pk == change.pk


def test_a_partner_tells_nothing_about_anybody_else(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, at=TUESDAY)
    client, at = as_("partner_education"), f"/people/{person.reference}/tell"
    assert client.get(at).status_code == 404
    assert client.post(at, {"kind": "school", "told": "x", "submission": "x" * 22}).status_code == 404
    partner = area.actors["partner_education"]
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(partner, TUESDAY) as me:
        with recording(by=me, at=TUESDAY) as note:
            PostedChange.objects.create(
                person=person, topic=EDUCATION, recorded_icb_id=area.icb.pk, recorded_by_id=me.id,
                recorded_at=TUESDAY, happened_at=TUESDAY, kind="school", told="x", told_as="x",
            )  # fmt: skip
            note("tried", words="Tried.")


def test_staff_tell_in_their_own_way(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, at=TUESDAY, birth_date=date(2012, 3, 4))
    for role in ("coordinator", "manager", "keyworker", "commissioner"):
        assert as_(role).get(f"/people/{person.reference}/tell").status_code == 403


def test_each_page_asks_few_statements(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, at=TUESDAY)
    involve(area, person, area.actors["partner_education"], topics=[1, EDUCATION], kind="education", at=TUESDAY)
    at = link(area)
    tells(at)
    pages = {
        at: Client(),
        f"/told/{told().pk}": as_(),
        f"/people/{person.reference}/tell": as_("partner_education"),
    }
    for address, client in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        assert len(counted) <= 8, [query["sql"][:80] for query in counted]

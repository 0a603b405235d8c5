"""Whether somebody can decide: written down decision by decision, put right by a new record, and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from alongside.features.people.agreement.models import CapacityRecord
from alongside.features.people.agreement.operations import record_capacity
from alongside.features.people.agreement.tests.asking import as_, ask, choices, found_out, on, save
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from tests.cast import NOW, Area, acting_as, add_registered

TODAY = clock.today()
DAY = timedelta(days=1)


def found(**more: Any) -> dict[str, Any]:
    return {
        "about": ["register"],
        "able": "yes",
        "assessor": "Dr Lee, psychiatrist",
        "basis": "We talked about it twice; Kai told it back in his own words.",
        "support_given": "Pictures, a quiet room, his sister",
        "submission": new_token(),
        **on("decided_on", TODAY),
        **more,
    }


def born(years: int, less: timedelta = timedelta()) -> date:
    return TODAY.replace(year=TODAY.year - years) + less


def rows() -> list[tuple[Any, ...]]:
    with context.as_engine():
        return list(CapacityRecord.objects.order_by("id").values_list("about", "test", "able"))


@pytest.fixture
def kai(northmoor: Area) -> Person:
    return add_registered(northmoor, birth_date=born(15))[0]


def test_one_record_for_each_decision_and_nothing_twice(northmoor: Area, kai: Person) -> None:
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/capacity"
    sent = found(about=["register", "recording", "review"], which="The one in January")
    for _ in range(2):
        assert client.post(f"{url}/add", sent)["Location"] == url
    assert sorted(rows()) == [
        ("recording", "competence", True),
        ("register", "competence", True),
        ("review", "competence", True),
    ]
    body = client.get(url).content.decode()
    assert "The one in January" in body and "Pictures, a quiet room" in body
    assert "They were found competent to decide this" in body
    assert "Nothing shows that they are competent to decide this" in body, "of the other decisions"


@pytest.mark.parametrize(("less", "test"), [(DAY, "competence"), (timedelta(), "capacity")])
def test_the_age_on_the_day_says_which_test_it_is(northmoor: Area, less: timedelta, test: str) -> None:
    person, _ = add_registered(northmoor, birth_date=born(16, less))
    client = as_(northmoor.actors["coordinator"])
    assert client.post(f"/people/{person.reference}/capacity/add", found()).status_code == 302
    assert rows() == [("register", test, True)]


def test_where_the_age_is_not_known_it_is_asked(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=None)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/capacity/add"
    refused = client.post(url, found())
    assert refused.status_code == 422 and "Select how old they are" in refused.content.decode()
    assert client.post(url, found(test="competence")).status_code == 302
    offered = client.get(f"/people/{person.reference}/agreement")
    assert choices(offered, "basis") == ["competent_child", "parental", "sixteen"]


def test_a_no_from_sixteen_on_names_who_takes_part_and_when_it_is_looked_at_again(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=born(16))
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/capacity/add"
    page = client.post(url, found(able="no"))
    body = page.content.decode()
    assert page.status_code == 422
    assert "Write down who takes part" in body and "Enter when it is looked at again" in body
    assert "Kai told it back" in body, "nothing typed is lost"
    early = found(able="no", took_part="Dawn", **on("review_date", TODAY))
    assert "Choose a day after the one" in client.post(url, early).content.decode()
    again = found(able="no", took_part="Dawn", **on("review_date", TODAY + DAY))
    assert client.post(url, again).status_code == 302


def test_under_sixteen_a_no_needs_nobody_to_take_part(northmoor: Area, kai: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    sent = found(able="no", **on("review_date", TODAY + DAY))
    assert client.post(f"/people/{kai.reference}/capacity/add", sent).status_code == 302


def test_a_review_is_named(northmoor: Area, kai: Person) -> None:
    page = as_(northmoor.actors["coordinator"]).post(f"/people/{kai.reference}/capacity/add", found(about=["review"]))
    assert page.status_code == 422 and "Say which review" in page.content.decode()


def test_a_record_is_put_right_by_a_new_one_and_whoever_comes_second_is_told(northmoor: Area, kai: Person) -> None:
    found_out(northmoor, kai, False, "register")
    with context.as_engine():
        first = CapacityRecord.objects.get()
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{kai.reference}/capacity"
    assert "Dr Lee" in client.get(f"{url}/{first.pk}/correct").content.decode()
    several = client.post(f"{url}/{first.pk}/correct", found(about=["register", "sharing"]))
    assert several.status_code == 422 and "Choose one decision" in several.content.decode()
    assert client.post(f"{url}/{first.pk}/correct", found()).status_code == 302
    second = client.post(f"{url}/{first.pk}/correct", found())
    assert second.status_code == 422 and "Somebody has put this right already" in second.content.decode()
    assert client.get(f"{url}/{first.pk}/correct").status_code == 404
    assert rows() == [("register", "competence", False), ("register", "competence", True)]
    body = client.get(url).content.decode()
    assert "Put right since" in body and "They were found competent" in body


def test_records_stay_as_they_were_written(northmoor: Area, kai: Person) -> None:
    found_out(northmoor, kai, True, "register")
    with acting_as(northmoor.actors["coordinator"]) as me:
        with pytest.raises(ProgrammingError, match="permission denied"), recording(by=me, at=NOW) as note:
            note("x.y", words="x")
            CapacityRecord.objects.update(able=False)
        with context.as_engine(), pytest.raises(IntegrityError, match="capacity_says_who_and_how"):
            with transaction.atomic(), recording(by=me, at=NOW) as note:
                note("x.y", words="x")
                CapacityRecord.objects.create(
                    person=kai, topic=16, recorded_icb=northmoor.icb, recorded_by_id=me.id, recorded_at=NOW,
                    happened_at=NOW, about="register", test="competence", able=True, decided_on=NOW.date(),
                )  # fmt: skip


def test_nobody_else_reads_what_was_found(northmoor: Area, saltby: Area, kai: Person) -> None:
    found_out(northmoor, kai, True, "register")
    for actor in (northmoor.actors["commissioner"], northmoor.actors["partner_health"], saltby.actors["coordinator"]):
        with acting_as(actor):
            assert not CapacityRecord.objects.exists()


def test_on_its_day_it_is_somebodys_to_look_again_and_the_form_asks_about_that_decision(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=date(2008, 1, 1))
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        (record,) = record_capacity(
            note, person=person, abouts=["keyworking"], able=False, test="capacity", decided_on=NOW.date(),
            assessor="Dr Lee", basis="Talked it through", support_given="Pictures", took_part="Dawn",
            review_date=NOW.date() + timedelta(days=90),
        )  # fmt: skip
    with context.as_engine():
        duty = Duty.objects.get(rule_key="capacity_review")
    assert (duty.person_id, duty.subject_id) == (person.pk, record.pk)
    client = as_(northmoor.actors["coordinator"])
    page = client.get(f"/duties/{duty.pk}/do", follow=True)
    assert page.redirect_chain[-1][0] == f"/people/{person.reference}/capacity/add?again={record.pk}"
    assert choices(page, "about", ticked=True) == ["keyworking"]
    found_out(northmoor, person, True, "keyworking", test="capacity")
    with context.as_engine():
        assert not Duty.objects.filter(rule_key="capacity_review").exists()


def test_a_keyworker_refused_is_offered_again_on_the_day_they_named(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=date(2008, 1, 1))
    client = as_(northmoor.actors["coordinator"])
    day = clock.today() + timedelta(days=40)
    save(client, person, ask(client, person, may={"keyworking": "no"} | on("ask_again_on", day), basis="sixteen"))
    with context.as_engine():
        duty = Duty.objects.get(rule_key="keyworker_offered_again")
    assert local_day(duty.due) == day and duty.owner_team_id == northmoor.teams["keyworking"].pk
    assert client.get(f"/duties/{duty.pk}/do")["Location"] == f"/people/{person.reference}/agreement"
    save(client, person, ask(client, person, may={"keyworking": "yes"}, basis="sixteen"))
    with context.as_engine():
        assert not Duty.objects.filter(rule_key="keyworker_offered_again").exists()

"""Doing what is due, and saying why it is not needed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.features.hospital.models import LegalStatus, Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Circumstance, Diagnosis, Person
from alongside.features.people.operations import record_fact
from alongside.features.reviews.models import Review
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.models import Event, Look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.forms import LawNotNeededForm
from alongside.overview.models import Duty, DutyAnswer
from alongside.overview.operations import answer_duty
from tests.cast import NOW, Area, acting_as, add_registered

SignIn = Callable[[Actor], Client]


def in_hospital(area: Area, days: int = 10) -> Person:
    """Somebody who went into hospital under section 2 so many days ago."""
    person, _ = add_registered(area, at=NOW - timedelta(days=20))
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        person = Person.objects.get(pk=person.pk)
        admit(
            note,
            person=person,
            kind="mental_health_hospital",
            place_name="Elm ward",
            admitted_at=NOW - timedelta(days=days),
            legal_status="02",
        )
    return person


def duty_of(person: Person, key: str) -> Duty:
    with context.as_engine():
        return Duty.objects.get(person=person, key__startswith=key)


def is_due(person: Person, key: str) -> bool:
    with context.as_engine():
        return Duty.objects.filter(person=person, key__startswith=key).exists()


def day_fields(day: object, name: str = "on") -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def form_token(browser: Client, url: str) -> str:
    page = browser.get(url).content.decode()
    return page.split('name="submission" value="')[1].split('"')[0]


def test_saying_it_is_done_ends_it_and_is_told_on_the_timeline(northmoor: Area, signed_in: SignIn) -> None:
    person = after_discharge(northmoor, days=5)
    duty = duty_of(person, "post_discharge_support")
    browser = signed_in(northmoor.actors["manager"])
    url = f"/duties/{duty.pk}/do"
    said = {"submission": form_token(browser, url), "because": "Meeting booked", **day_fields(NOW)}
    assert browser.post(url, said).status_code == 302
    assert not is_due(person, "post_discharge_support")
    with context.as_engine():
        answer = DutyAnswer.objects.get()
        assert (answer.answer, answer.because, answer.recorded_by.name) == (
            "done",
            "Meeting booked",
            northmoor.actors["manager"].name,
        )
        assert Event.objects.filter(code="duty.done", person_id=person.pk).exists()
        assert Look.objects.filter(page="duty", person_ids=[person.pk]).exists()


def test_a_double_submit_makes_one(northmoor: Area, signed_in: SignIn) -> None:
    person = after_discharge(northmoor, days=5)
    duty = duty_of(person, "post_discharge_support")
    browser = signed_in(northmoor.actors["manager"])
    url = f"/duties/{duty.pk}/do"
    said = {"submission": form_token(browser, url), **day_fields(NOW), "key": duty.key, "person": person.reference}
    assert browser.post(url, said).status_code == 302
    assert browser.post(url, said).status_code == 302, "the second is sent where the first one went"
    with context.as_engine():
        assert DutyAnswer.objects.count() == 1


def test_the_second_of_two_is_told_who_was_first_and_loses_nothing(northmoor: Area, signed_in: SignIn) -> None:
    person = after_discharge(northmoor, days=5)
    duty = duty_of(person, "post_discharge_support")
    first, second = signed_in(northmoor.actors["manager"]), signed_in(northmoor.actors["coordinator"])
    url = f"/duties/{duty.pk}/do"
    said = {**day_fields(NOW), "key": duty.key, "person": person.reference}
    late = {**said, "submission": form_token(second, url), "because": "I wrote all this"}
    first.post(url, {**said, "submission": form_token(first, url)})
    answer = second.post(url, late)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert northmoor.actors["manager"].name in page
    assert "I wrote all this" in page


def test_the_second_of_two_at_the_same_moment_is_told(northmoor: Area) -> None:
    person = in_hospital(northmoor)
    duty = duty_of(person, "discharge_planning")
    for number, actor in enumerate(("manager", "coordinator")):
        with acting_as(northmoor.actors[actor]) as me:
            if number == 0:
                with recording(by=me, at=NOW) as note:
                    answer_duty(note, duty=duty, answer="done", on=NOW.date(), by=me)
            else:
                with pytest.raises(NotNow, match="said on"), recording(by=me, at=NOW) as note:
                    answer_duty(note, duty=duty, answer="done", on=NOW.date(), by=me)


def test_not_needed_wants_a_reason(northmoor: Area, signed_in: SignIn) -> None:
    person = in_hospital(northmoor)
    duty = duty_of(person, "discharge_planning")
    browser = signed_in(northmoor.actors["manager"])
    url = f"/duties/{duty.pk}/not-needed"
    token = form_token(browser, url)
    page = browser.post(url, {"submission": token, "because": " "}).content.decode()
    assert "Say why it is not needed" in page
    assert is_due(person, "discharge_planning")
    assert browser.post(url, {"submission": token, "because": "Going home today"}).status_code == 302
    assert not is_due(person, "discharge_planning")


def test_what_the_law_asks_for_needs_a_sentence_and_a_second_look(northmoor: Area, signed_in: SignIn) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        words = "Has an EHC plan."
        record_fact(
            note, Circumstance, person=person, topic=Topic.EDUCATION, kind="ehc_plan", from_date=NOW.date(), words=words
        )
    duty = duty_of(person, "ehc_review")
    browser = signed_in(northmoor.actors["manager"])
    url = f"/duties/{duty.pk}/not-needed"
    said = {"submission": form_token(browser, url)}
    short = browser.post(url, said | {"because": "Fourteen chars"[:14]}).content.decode()
    assert "say in a sentence who decided" in short
    reason = "The council ends the plan in March."
    looked = browser.post(url, said | {"because": reason}).content.decode()
    assert "Look once more" in looked and reason in looked and 'name="sure" value="yes"' in looked
    assert is_due(person, duty.key)
    page = browser.post(url, said | {"because": reason, "sure": "yes"}, follow=True).content.decode()
    assert not is_due(person, duty.key)
    assert f"Saved for Kai Moss: {duty.what} is not needed, because: {reason}" in page


@pytest.mark.parametrize(("reason", "enough"), [("a" * 14, False), ("a" * 15, True)])
def test_fifteen_letters_are_the_least_of_a_sentence(reason: str, enough: bool) -> None:
    form = LawNotNeededForm({"submission": "x" * 22, "because": reason})
    assert ("because" not in form.errors) is enough


def test_what_was_answered_says_who_and_when_instead_of_nothing(
    northmoor: Area, saltby: Area, signed_in: SignIn
) -> None:
    person = after_discharge(northmoor, days=5)
    duty = duty_of(person, "post_discharge_support")
    first, second = signed_in(northmoor.actors["manager"]), signed_in(northmoor.actors["coordinator"])
    url = f"/duties/{duty.pk}/do"
    first.post(url, {"submission": form_token(first, url), **day_fields(NOW)})
    address = f"{url}?person={person.reference}&key={duty.key}&next=/people/{person.reference}"
    for page in (address, address.replace("/do", "/not-needed")):
        answer = second.get(page)
        assert answer.status_code == 410
        assert f"{northmoor.actors['manager'].name} said on 20 November 2026" in answer.content.decode()
        assert f'href="/people/{person.reference}"' in answer.content.decode()
    assert signed_in(saltby.actors["manager"]).get(address).status_code == 404
    assert second.get(url).status_code == 404


def test_whoever_was_second_keeps_every_day_and_word(northmoor: Area, signed_in: SignIn) -> None:
    person = in_hospital(northmoor)
    duty = duty_of(person, "s2_ends")
    first, second = signed_in(northmoor.actors["manager"]), signed_in(northmoor.actors["coordinator"])
    url = f"/duties/{duty.pk}/do"
    said = {"status": "03", "key": duty.key, "person": person.reference}
    late = {**said, "submission": form_token(second, url), **day_fields(NOW - timedelta(days=3))}
    first.post(url, {**said, "submission": form_token(first, url), **day_fields(NOW - timedelta(days=1))})
    page = second.post(url, late)
    assert page.status_code == 409
    assert "The day: 17 11 2026" in page.content.decode() and "Under: Section 3" in page.content.decode()


def test_a_day_in_the_future_is_refused_and_what_was_typed_stays(northmoor: Area, signed_in: SignIn) -> None:
    person = after_discharge(northmoor, days=5)
    url = f"/duties/{duty_of(person, 'post_discharge_support').pk}/do"
    browser = signed_in(northmoor.actors["manager"])
    tomorrow = NOW + timedelta(days=1)
    answer = browser.post(
        url, {"submission": form_token(browser, url), "because": "Kept as typed", **day_fields(tomorrow)}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "must be today or in the past" in page and "Kept as typed" in page


def test_a_review_recorded_is_a_review_of_that_stay(northmoor: Area, signed_in: SignIn) -> None:
    person = in_hospital(northmoor)
    duty = duty_of(person, "post_admission_review")
    browser = signed_in(northmoor.actors["coordinator"])
    url = f"/duties/{duty.pk}/do"
    held = NOW - timedelta(days=2)
    said = {"submission": form_token(browser, url), "chair": "J. Iqbal", "outcome": "Plan home", **day_fields(held)}
    assert browser.post(url, said).status_code == 302
    with context.as_engine():
        review = Review.objects.get()
    assert (review.kind, review.stay_id, review.held_at.date()) == ("post_admission", duty.subject_id, held.date())
    assert not is_due(person, "post_admission_review")
    assert is_due(person, "inpatient_review")


def test_a_review_after_its_limit_says_why(northmoor: Area, signed_in: SignIn) -> None:
    person = in_hospital(northmoor, days=20)
    browser, duty = signed_in(northmoor.actors["coordinator"]), duty_of(person, "post_admission_review")
    url = f"/duties/{duty.pk}/do"
    said = {"submission": form_token(browser, url), "outcome": "Plan home", **day_fields(NOW - timedelta(days=1))}
    answer = browser.post(url, said)
    assert answer.status_code == 409 and "Say why it was held later" in answer.content.decode()
    assert browser.post(url, said | {"late": "The chair was ill"}).status_code == 302
    with context.as_engine():
        assert Review.objects.get().outcome == "Plan home. Held after its limit: The chair was ill"


def after_discharge(area: Area, days: int) -> Person:
    """Somebody who left hospital so many days ago."""
    person = in_hospital(area)
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        discharge(note, stay=Stay.objects.get(person=person), discharged_at=NOW - timedelta(days=days))
    return person


def contacts_due(person: Person) -> set[int]:
    return {number for number in (1, 2, 3) if is_due(person, f"discharge_contact_{number}")}


def test_a_contact_made_today_settles_the_first_that_was_missed_too(northmoor: Area, signed_in: SignIn) -> None:
    person = after_discharge(northmoor, days=5)
    assert contacts_due(person) == {1, 2, 3}
    duty = duty_of(person, "discharge_contact_2")
    browser = signed_in(northmoor.actors["coordinator"])
    url = f"/duties/{duty.pk}/do"
    said = {"submission": form_token(browser, url), "outcome": "Settling in", **day_fields(NOW)}
    assert browser.post(url, said).status_code == 302
    with context.as_engine():
        review = Review.objects.get()
        assert Event.objects.filter(words="Contact was made after the discharge: Settling in.").exists()
    assert (review.kind, review.stay_id, review.outcome) == ("discharge_contact", duty.subject_id, "Settling in")
    assert contacts_due(person) == {3}


@pytest.mark.parametrize(("before", "status", "due"), [(0, 302, {2, 3}), (1, 409, {1, 2, 3})])
def test_a_contact_counts_from_the_day_of_the_discharge(
    northmoor: Area, signed_in: SignIn, before: int, status: int, due: set[int]
) -> None:
    person = after_discharge(northmoor, days=5)
    url = f"/duties/{duty_of(person, 'discharge_contact_1').pk}/do"
    browser = signed_in(northmoor.actors["coordinator"])
    said = {"submission": form_token(browser, url), **day_fields(NOW - timedelta(days=5 + before))}
    answer = browser.post(url, said)
    assert answer.status_code == status
    assert (status == 302) or "They left on" in answer.content.decode()
    assert contacts_due(person) == due


def test_a_health_check_that_was_had_is_a_health_check_on_the_record(northmoor: Area, signed_in: SignIn) -> None:
    person, _ = add_registered(northmoor, at=NOW - timedelta(days=20), birth_date=date(2010, 1, 1))
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_fact(
            note,
            Diagnosis,
            person=Person.objects.get(pk=person.pk),
            topic=Topic.HEALTH,
            words="Learning disability.",
            kind="learning_disability",
            basis="diagnosed",
        )
    before = duty_of(person, "annual_health_check")
    browser = signed_in(northmoor.actors["coordinator"])
    url = f"/duties/{before.pk}/do"
    assert "Record the health check" in browser.get(url).content.decode()
    said = {"submission": form_token(browser, url), "outcome": "All well", **day_fields(NOW)}
    assert browser.post(url, said).status_code == 302
    with context.as_engine():
        assert Review.objects.get().kind == "annual_health_check"
    assert duty_of(person, "annual_health_check").due == before.due + timedelta(days=20)


def test_a_review_before_the_stay_is_refused_in_a_sentence(northmoor: Area, signed_in: SignIn) -> None:
    person = in_hospital(northmoor)
    url = f"/duties/{duty_of(person, 'post_admission_review').pk}/do"
    browser = signed_in(northmoor.actors["coordinator"])
    said = {"submission": form_token(browser, url), **day_fields(NOW - timedelta(days=11))}
    answer = browser.post(url, said)
    assert answer.status_code == 409
    assert "The stay began on" in answer.content.decode()


def test_a_legal_status_follows_the_one_before(northmoor: Area, signed_in: SignIn) -> None:
    person = in_hospital(northmoor)
    url = f"/duties/{duty_of(person, 's2_ends').pk}/do"
    browser = signed_in(northmoor.actors["manager"])
    said = {"submission": form_token(browser, url), "status": "03", **day_fields(NOW - timedelta(days=1))}
    assert browser.post(url, said).status_code == 302
    with context.as_engine():
        before, after = LegalStatus.objects.order_by("from_at")
    assert (before.code, after.code, after.to_at) == ("02", "03", None)
    assert before.to_at == after.from_at
    assert not is_due(person, "s2_ends") and is_due(person, "s3_first_period")


def test_ratings_and_agreement_are_done_on_their_own_pages(northmoor: Area, signed_in: SignIn) -> None:
    person, entry = add_registered(northmoor, agreed=False)
    browser = signed_in(northmoor.actors["coordinator"])
    rate, agree = duty_of(person, "rate:"), duty_of(person, "agreement:")
    assert browser.get(f"/duties/{rate.pk}/do")["Location"] == f"/register/entries/{entry.pk}/rate"
    assert browser.get(f"/duties/{agree.pk}/do")["Location"] == f"/people/{person.reference}/agreement"


def test_out_of_scope_it_is_not_there_and_inside_it_may_be_refused(
    northmoor: Area, saltby: Area, signed_in: SignIn
) -> None:
    person = after_discharge(northmoor, days=5)
    duty = duty_of(person, "post_discharge_support")
    for actor in (saltby.actors["coordinator"], northmoor.actors["keyworker"], northmoor.actors["governance"]):
        for page in ("do", "not-needed"):
            assert signed_in(actor).get(f"/duties/{duty.pk}/{page}").status_code == 404
    assert signed_in(northmoor.actors["commissioner"]).get(f"/duties/{duty.pk}/do").status_code == 403


def test_the_designated_keyworker_may_answer_what_a_team_owns(northmoor: Area) -> None:
    person = in_hospital(northmoor)
    worker = northmoor.actors["keyworker"]
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=Person.objects.get(pk=person.pk), worker=worker, from_date=NOW.date())
    duty = duty_of(person, "root_cause")
    with acting_as(northmoor.actors["partner_health"]) as me, pytest.raises(Refused), recording(by=me, at=NOW) as note:
        answer_duty(note, duty=duty, answer="done", on=NOW.date(), by=me)
    with acting_as(worker) as me, recording(by=me, at=NOW) as note:
        answer_duty(note, duty=duty, answer="done", on=NOW.date(), by=me)
    assert not is_due(person, "root_cause")

"""From the referral to its outcome: each step, who may take it, and what is due after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from alongside.features.people.models import Address, Consent, Diagnosis, Person, PostedChange
from alongside.features.referrals.codes import key_of
from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.models import Referral, ReferralStep
from alongside.features.referrals.operations import (
    Recipient,
    accept,
    accept_again,
    acknowledge,
    add_note,
    answer_question,
    ask_more,
    consult,
    decline,
    look_again,
    record_call,
    reopen,
    send_full_form,
    send_outcome,
    withdraw,
)
from alongside.features.referrals.tests.sending import AGREED, MONDAY, NO, WHO, ask, due, read, step
from alongside.features.register.models import ReferrerView, RegisterEntry
from alongside.features.register.operations import remove
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing_matters
from tests.cast import Area, acting_as

pytestmark = pytest.mark.django_db


def test_a_referral_is_due_from_the_moment_it_is_sent(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    found = due(referral)
    assert set(found) == {"referral_triage", "referral_consultation", "referral_outcome"}
    told = found["referral_outcome"]
    assert told.due.date() == date(2026, 2, 9)
    assert (told.person_id, told.guard, told.owner_team_id) == (None, 1, area.teams["register"].pk)
    assert referral.reference in told.what
    assert "Kai" not in told.what + told.because
    assert "Moss" not in told.what + told.because


def test_each_step_leaves_stored_duties_equal_to_the_facts(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, acknowledge, referral=referral)
    step(area, ask_more, referral=referral, what="Is there a letter?", of_whom="Dawn Moss")
    step(area, consult, referral=referral, words="Talked with Dawn.")
    step(area, decline, referral=referral, **NO)
    assert list(find_differing_matters()) == []
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute("update overview_duty set what = 'something else' where subject = 'referral'")
    assert list(find_differing_matters()) == [("referral", referral.pk)]


def test_asking_and_answering_is_seen_and_stops_no_clock(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    wednesday, friday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
    question = step(area, ask_more, at=wednesday, referral=referral, what="Is there a letter?", of_whom="Dawn Moss")
    assert read(referral).state == "waiting"
    assert "referral_information" in due(referral)
    assert "Waiting for information since 14 January 2026" in due(referral)["referral_outcome"].because
    key = key_of(referral.reference, code)
    with context.asking_with(key), recording(by=the_public_form(), at=friday) as note:
        mine = Referral.objects.get(reference=referral.reference)
        answer_question(note, referral=mine, question=question, words="Here it is.", by_name="Dawn Moss")
    assert read(referral).state == "looking"
    told = due(referral)["referral_outcome"]
    assert told.due.date() == date(2026, 2, 9)
    assert "2 days of this went by waiting for information" in told.because
    with (
        pytest.raises(NotNow, match="answered already"),
        context.asking_with(key),
        recording(by=the_public_form(), at=friday) as note,
    ):
        answer_question(note, referral=mine, question=question, words="Again.", by_name="Dawn Moss")


def test_one_of_two_questions_answered_still_waits(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    first = step(area, ask_more, referral=referral, what="Is there a letter?", of_whom="Dawn")
    second = step(area, ask_more, referral=referral, what="Which school?", of_whom="Dawn")
    for question, state in ((first, "waiting"), (second, "looking")):
        with context.asking_with(key_of(referral.reference, code)), recording(by=the_public_form(), at=MONDAY) as note:
            answer_question(note, referral=referral, question=question, words="Yes.", by_name="Dawn")
        assert read(referral).state == state


def test_accepting_makes_the_person_with_all_that_was_said(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    entry = step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="Risk of admission")
    with context.as_engine():
        person = Person.objects.get(pk=entry.person_id)
        assert (person.shown_name, person.guard, person.icb_id) == ("Kai Moss", 0, area.icb.pk)
        assert Address.objects.get(person=person).postcode == "ZZ99 3AB"
        assert Diagnosis.objects.get(person=person).basis == "diagnosed"
        assert Consent.objects.get(person=person).basis == "competent_child"
        assert ReferrerView.objects.get(entry=entry).colour == "amber"
        assert Duty.objects.filter(person=person, doing="rate").exists()
    assert set(due(referral)) == {"referral_outcome", "referral_full_form"}
    assert due(referral)["referral_full_form"].due == MONDAY + timedelta(days=3)


def test_somebody_known_already_is_matched_and_not_made_again(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    first = step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="Risk")
    again, _ = ask(area, MONDAY + timedelta(days=2))
    with acting_as(area.actors["coordinator"], MONDAY) as me:
        person = Person.objects.visible_to(me).get(pk=first.person_id)
    with pytest.raises(NotNow, match="already on this register"):
        step(area, accept, referral=again, who={}, person=person, agreement=AGREED, reason="Risk")
    entry = step(area, accept_again, referral=again, person=person, entry=first)
    assert entry.pk == first.pk and read(again).state == "accepted"
    with context.as_engine():
        assert Person.objects.filter(family_name="Moss").count() == 1
        assert RegisterEntry.objects.count() == 1
        assert Consent.objects.filter(person=person).count() == 1, "what they agreed to stays as it is"
        assert Diagnosis.objects.filter(person=person).count() == 1, "and nothing stands there twice"
        assert ReferrerView.objects.filter(entry=first).count() == 2
        change = PostedChange.objects.get(person=person)
        assert change.told.endswith(f"Told in the referral {again.reference}.") and again.words in change.told
        duty = Duty.objects.get(person=person, doing="answer_told")
        assert duty.what == f"Look at what {change.told_as} told us" and duty.rule_key == "urgent_change_looked_at"


def test_what_was_told_of_somebody_on_the_register_waits_for_nobody_who_left_it(area: Area) -> None:
    first = step(area, accept, referral=ask(area, MONDAY)[0], who=WHO, agreement=AGREED, reason="Risk")
    again, _ = ask(area, MONDAY)
    with acting_as(area.actors["coordinator"], MONDAY) as me:
        with recording(by=me, at=MONDAY) as note:
            remove(note, entry=first, on=first.entered_on, because="risk_reduced", by=me)
        person = Person.objects.get(pk=first.person_id)
    with pytest.raises(NotNow):
        step(area, accept_again, referral=again, person=person, entry=first)
    with context.as_engine():
        assert not PostedChange.objects.exists()
    assert read(again).state == "received"


def test_nobody_who_said_no_is_put_on_the_register(area: Area) -> None:
    referral, _ = ask(area, MONDAY, agreement="refused")
    with pytest.raises(NotNow, match="said no"):
        step(area, accept, referral=referral, who=WHO, agreement=AGREED | {"answer": "refused"}, reason="Risk")
    with context.as_engine():
        assert not Person.objects.filter(family_name="Moss").exists()


def test_a_no_goes_out_only_after_a_call_or_why_not(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, decline, referral=referral, **NO)
    dawn = Recipient("asker", "Dawn Moss", "letter", "3 Mill Lane\nOldtown\nZZ99 3AB")
    with pytest.raises(NotNow, match="after a call"):
        step(area, send_outcome, referral=referral, recipients=[dawn], sender="The register team")
    with pytest.raises(NotNow, match="why nobody called"):
        step(area, record_call, referral=referral, called_at=None, words="")
    tuesday = MONDAY + timedelta(days=1)
    step(area, record_call, at=tuesday, referral=referral, called_at=tuesday, words="Dawn was sad and understood.")
    (letter,) = step(area, send_outcome, referral=referral, recipients=[dawn], sender="The register team")
    with context.as_engine():
        assert Delivery.objects.get(message_id=letter.message_id).channel == "letter"
        assert Message.objects.get(pk=letter.message_id).letter == letter.pdf
    assert read(referral).called_by_id == area.actors["coordinator"].pk
    assert set(due(referral)) == {"referral_look_again"}


def test_the_database_itself_refuses_a_no_without_a_call(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, decline, referral=referral, **NO)
    with pytest.raises(Exception, match="a_no_is_told_after_a_call"), context.as_engine():
        Referral.objects.filter(pk=referral.pk).update(told_at=MONDAY)


def test_a_no_needs_a_reason_an_alternative_and_a_day(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    for missing in ({"words": " "}, {"alternative": ""}, {"look_again_on": None}, {"look_again_on": date(2026, 1, 13)}):
        with pytest.raises(NotNow):
            step(area, decline, referral=referral, **NO | missing)
    step(area, decline, referral=referral, **NO | {"reason": "duplicate", "look_again_on": None})
    assert read(referral).state == "declined"


def test_looking_again_comes_back_until_no_day_is_given(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, decline, referral=referral, **NO)
    assert due(referral)["referral_look_again"].shows_from.date() == date(2026, 4, 12)
    april = datetime(2026, 4, 13, 9, 0, tzinfo=UTC)
    step(area, look_again, at=april, referral=referral, words="Still the same.", again_on=date(2026, 7, 13))
    assert due(referral)["referral_look_again"].due.date() == date(2026, 7, 13)
    july = datetime(2026, 7, 13, 9, 0, tzinfo=UTC)
    step(area, look_again, at=july, referral=referral, words="All is well.", again_on=None)
    assert "referral_look_again" not in due(referral)


def test_opened_again_it_is_decided_anew_and_the_first_no_stays_readable(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, decline, referral=referral, **NO)
    step(area, reopen, referral=referral, words="A&E twice since.")
    assert read(referral).state == "looking"
    step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="A&E twice")
    with context.as_engine():
        kinds = list(ReferralStep.objects.filter(referral=referral).order_by("id").values_list("kind", flat=True))
    assert kinds == ["received", "declined", "reopened", "accepted"]


def test_the_second_of_two_at_once_is_told(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, acknowledge, referral=referral, seen=1)
    with pytest.raises(NotNow, match="Somebody changed this referral"):
        step(area, decline, referral=referral, seen=1, **NO)


def test_the_clock_is_closed_when_the_outcome_is_told(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    step(area, accept, referral=referral, who=WHO, agreement=AGREED, reason="Risk")
    dawn = Recipient("asker", "Dawn Moss", "page")
    step(area, send_outcome, referral=referral, recipients=[dawn], sender="The register team")
    assert set(due(referral)) == {"referral_full_form"}
    with context.asking_with(key_of(referral.reference, code)), recording(by=the_public_form(), at=MONDAY) as note:
        send_full_form(note, referral=read(referral), answers={"religion": "none"}, by_name="Dawn Moss")
    assert due(referral) == {}


def test_withdrawn_nothing_is_due(area: Area) -> None:
    referral, code = ask(area, MONDAY)
    with context.asking_with(key_of(referral.reference, code)), recording(by=the_public_form(), at=MONDAY) as note:
        withdraw(note, referral=referral, because="We moved away.", by_name="Dawn Moss")
    assert due(referral) == {}
    with pytest.raises(NotNow, match="isn't possible now"):
        step(area, acknowledge, referral=referral)


def test_notes_of_the_team_change_nothing(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    step(area, add_note, referral=referral, words="Rang the school.")
    assert read(referral).state == "received"


@pytest.mark.parametrize(("typed", "kept"), [("999 000 0018", "9990000018"), ("123", ""), ("", "")])
def test_a_wrong_nhs_number_is_kept_among_the_words_and_never_refused(area: Area, typed: str, kept: str) -> None:
    referral, _ = ask(area, MONDAY, nhs_number=typed)
    assert referral.nhs_number == kept
    assert ("as it was typed: 123" in referral.words) == (typed == "123")

"""What is next after a contact has a day, and is due for the keyworker on it; words with 'No answer' are told of."""

from datetime import timedelta

import pytest

from alongside.features.keyworking.contacts.tests.conftest import a_contact, on, signed_in
from alongside.features.keyworking.models import Contact, Promise
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.overview.models import Duty
from alongside.policy.counting import local_day
from tests.cast import NOW

TODAY = NOW.date()


@pytest.mark.parametrize("days", [0, 3])
def test_a_next_step_with_a_day_is_due_on_it_for_the_keyworker(kai: Person, ben: Actor, days: int) -> None:
    day, browser = TODAY + timedelta(days=days), signed_in(ben)
    sent = a_contact(next_step="Ring the school", next="/", **on("next_by", day))
    assert browser.post(f"/people/{kai.reference}/contact", sent).status_code == 302
    with context.as_engine():
        duty = Duty.objects.get(person=kai, rule_key="next_step_done")
    assert duty.owner_actor_id == ben.pk and local_day(duty.due) == day
    assert local_day(duty.shows_from) == day - timedelta(days=2)
    page = browser.get("/").content.decode()
    assert "What is next is due on" in page and "Chase We" not in page


def test_a_day_asks_for_what_is_next_and_does_not_lie_behind(kai: Person, ben: Actor) -> None:
    browser, here = signed_in(ben), f"/people/{kai.reference}/contact"
    answer = browser.post(here, a_contact(**on("next_by", TODAY)))
    assert answer.status_code == 422 and "Enter what is next" in answer.content.decode()
    past = a_contact(next_step="Ring", **on("next_by", TODAY - timedelta(days=1)))
    assert browser.post(here, past).status_code == 422
    assert browser.post(here, a_contact(next_step="Ring")).status_code == 302
    with context.as_engine():
        assert not Promise.objects.exists()


def test_no_answer_with_words_stays_an_attempt_and_says_so(kai: Person, ben: Actor) -> None:
    browser, here = signed_in(ben), f"/people/{kai.reference}/contact"
    assert browser.post(here, a_contact(way="", outcome="Left a message")).status_code == 422
    assert browser.post(here, a_contact(outcome="Left a message", tried="1", next="/")).status_code == 302
    assert "it is kept with the attempt" in browser.get("/").content.decode()
    with context.as_engine():
        made = Contact.objects.get()
    assert (made.reached, made.outcome) == (False, "Left a message")

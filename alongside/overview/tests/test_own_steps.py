"""What stands as long as something is open can't be said to be not needed."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.features.concerns.tests.conftest import asked, disputed, due, given, kai, raised, stands_still
from alongside.features.concerns.tests.conftest import ben as ben
from alongside.features.people.models import Person
from alongside.features.reviews.holding.tests.conftest import ellis as ellis
from alongside.features.reviews.holding.tests.conftest import held
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty, DutyAnswer
from alongside.overview.operations import answer_duty
from alongside.overview.own_steps import INSTEAD, INSTEAD_OF_RULE, instead_of
from alongside.overview.tests.test_answering import after_discharge, duty_of, in_hospital
from alongside.policy.duties.duty import DOING
from alongside.policy.rules import NATIONAL
from tests.cast import NOW, Area, acting_as, add_registered

SignIn = Callable[[Actor], Client]
__all__ = ["kai", "stands_still"]


def refused_as_not_needed(area: Area, signed_in: SignIn, duty: Duty, role: str = "manager") -> str:
    """What they read who try it on the page; the operation refuses it too, and nothing is written."""
    browser = signed_in(area.actors[role])
    sends = {"submission": "x" * 22, "because": "Nobody has time for it.", "sure": "yes"}
    page = browser.post(f"/duties/{duty.pk}/not-needed", sends, follow=True).content.decode()
    with acting_as(area.actors[role]) as me:
        with pytest.raises(NotNow) as refused, recording(by=me, at=NOW) as note:
            answer_duty(note, duty=duty, answer="not_needed", on=NOW.date(), because="Nobody has time.", by=me)
        assert not DutyAnswer.objects.exists()
    assert refused.value.sentence == instead_of(duty.doing, duty.rule_key)
    with context.as_engine():
        assert Duty.objects.filter(person=duty.person_id, key=duty.key).exists()
    return page


@pytest.mark.parametrize(
    ("opens", "key", "says"),
    [
        (disputed, "interim_owner", "A dispute stays open until it is decided"),
        (disputed, "dispute_look", "A dispute stays open until it is decided"),
        (asked, "funding_answer", "A request for money stays open until it is answered"),
        (raised, "concern_look", "A concern stays open until it is closed"),
        (given, "placement_", "A notice on a place stays open until it is settled"),
    ],
)
def test_what_is_open_about_somebody_ends_by_its_own_steps(
    northmoor: Area, signed_in: SignIn, kai: Person, opens: Callable[..., object], key: str, says: str
) -> None:
    opens(northmoor.actors["manager"], kai)
    duty = due(kai, key)
    assert duty is not None
    assert says in refused_as_not_needed(northmoor, signed_in, duty)


@pytest.mark.parametrize("key", ["review_told", "review_written_up", "review_report"])
def test_a_review_that_was_held_is_followed_up(northmoor: Area, signed_in: SignIn, ellis: Person, key: str) -> None:
    held(northmoor, ellis)
    page = refused_as_not_needed(northmoor, signed_in, duty_of(ellis, key))
    assert "A review that was held is written up, reported and followed" in page


@pytest.mark.parametrize(
    ("key", "says"),
    [("s2_ends", "A section is renewed, becomes another one, or ends"), ("root_cause", "Write down what was found")],
)
def test_what_a_stay_asks_for_ends_by_its_own_steps(northmoor: Area, signed_in: SignIn, key: str, says: str) -> None:
    assert says in refused_as_not_needed(northmoor, signed_in, duty_of(in_hospital(northmoor), key))


def test_a_first_agreement_ends_by_an_answer(northmoor: Area, signed_in: SignIn) -> None:
    person, _ = add_registered(northmoor, agreed=False)
    page = refused_as_not_needed(northmoor, signed_in, duty_of(person, "agreement:entry"), "coordinator")
    assert "They are asked, and their answer is written down" in page


def test_leaving_hospital_is_written_up(northmoor: Area, signed_in: SignIn) -> None:
    duty = duty_of(after_discharge(northmoor, days=5), "leaving_written_up")
    assert "Write down where they went" in refused_as_not_needed(northmoor, signed_in, duty)


@pytest.mark.parametrize("rule", ["keyworker_plan_all", "plan_review", "plan_agreement"])
def test_a_plan_ends_by_its_own_steps(rule: str) -> None:
    assert instead_of("open_plan", rule)


def test_the_card_offers_it_only_where_it_may_be_said(northmoor: Area, signed_in: SignIn, ellis: Person) -> None:
    held(northmoor, ellis)
    browser = signed_in(northmoor.actors["manager"])
    report = duty_of(ellis, "review_report")
    for page in (f"/people/{ellis.reference}", f"/duties?inbox={report.owner_team_id}&state=due"):
        assert f"/duties/{report.pk}/not-needed" not in browser.get(page).content.decode()
    kai_left = after_discharge(northmoor, days=5)
    support = duty_of(kai_left, "post_discharge_support")
    assert f"/duties/{support.pk}/not-needed" in browser.get(f"/people/{kai_left.reference}").content.decode()


def test_every_sentence_is_about_a_duty_that_there_is() -> None:
    assert set(INSTEAD) <= set(DOING)
    assert set(INSTEAD_OF_RULE) <= {rule.key for rule in NATIONAL}
    assert instead_of("record_done", "post_discharge_support") == ""

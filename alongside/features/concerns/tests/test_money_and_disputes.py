"""There is always somebody who acts; shares make a hundred; what was decided is told and lets the action go on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given as every
from hypothesis import settings
from hypothesis import strategies as st

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.concerns.disputes import operations as disputes
from alongside.features.concerns.funding import operations as funding
from alongside.features.concerns.funding.operations import Share
from alongside.features.concerns.models import Dispute, FundingPart
from alongside.features.concerns.tests.conftest import TODAY, asked, disputed, does, due, signed_in
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.policy.concerns import outcome_of_answers
from tests.cast import NOW, Area, acting_as


def test_no_dispute_without_somebody_who_acts_meanwhile(kai: Person, ben: Actor) -> None:
    for nobody in ("", "   "):
        with pytest.raises(NotNow) as problem:
            disputed(ben, kai, interim_owner=nobody)
        assert problem.value.code == "interim_owner"
    dispute = disputed(ben, kai)
    for nobody in ("", "  "):
        with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
            Dispute.objects.filter(pk=dispute.pk).update(interim_owner=nobody)


def test_a_yes_of_nobody_is_none_and_the_duty_stays_until_there_is_one(kai: Person, ben: Actor) -> None:
    dispute = disputed(ben, kai)
    duty = due(kai, "interim_owner")
    assert duty and duty.rule_row == 72 and duty.due.date() == TODAY
    given = {"interim_owner": "Northmoor ICB", "begins": TODAY, "ends": None, "accepted": True}
    with pytest.raises(NotNow):
        does(ben, disputes.set_interim, dispute=dispute, interim_name="", **given)
    does(ben, disputes.set_interim, dispute=dispute, interim_name="Carol Dean", **given)
    assert due(kai, "interim_owner") is None and due(kai, "dispute_look")


def test_form_page_and_duty_say_alike_who_acts_until_somebody_has_said_yes(kai: Person, ben: Actor) -> None:
    dispute = disputed(ben, kai, interim_owner="Saltby ICB")
    client, here = signed_in(ben), f"/people/{kai.reference}/disputes"
    form = " ".join(client.get(f"{here}/{dispute.number}/interim").content.decode().split())
    assert "Until they have said yes, it is the area that holds the record." in form
    page = " ".join(client.get(f"{here}/{dispute.number}").content.decode().split())
    assert "Until it is decided, <strong>Northmoor ICB</strong> acts." in page
    assert "Nobody at Saltby ICB has said yes yet" in page and "act all the same" not in page
    person_page, care = f"/people/{kai.reference}", f"/people/{kai.reference}/care"
    for address in (person_page, care):
        said = " ".join(client.get(address).content.decode().split())
        assert "Northmoor ICB" in said and "Saltby ICB</a>" not in said and "decided: Saltby ICB" not in said, address
    duty = due(kai, "interim_owner")
    assert duty and "Until they do, the area that holds the record acts." in duty.because
    given = {"interim_owner": "Saltby ICB", "interim_name": "Carol Dean", "begins": TODAY, "accepted": True}
    last = TODAY + timedelta(days=5)
    now = does(ben, disputes.set_interim, dispute=dispute, ends=last, **given)
    assert [now.acts(day) for day in (TODAY, last, last + timedelta(days=1))] == ["Saltby ICB"] * 2 + ["Northmoor ICB"]
    page = " ".join(client.get(f"{here}/{dispute.number}").content.decode().split())
    assert "Until it is decided, <strong>Saltby ICB</strong> acts." in page
    for address in (person_page, care):
        assert "Saltby ICB</a>" in client.get(address).content.decode(), address


def test_a_decision_ends_it_and_the_family_reads_it_where_it_was_told(kai: Person, ben: Actor) -> None:
    dispute = disputed(ben, kai)
    how = {
        "outcome": "decided",
        "decided_owner": "Saltby ICB",
        "decided_who": "NHS England",
        "words": "He lives there.",
    }
    with pytest.raises(NotNow):
        does(ben, disputes.decide_dispute, dispute=dispute, decided_on=TODAY - timedelta(days=1), **how)
    over = does(
        ben, disputes.decide_dispute, dispute=dispute, decided_on=TODAY, family_words="Saltby helps you.", **how
    )
    assert over.closed_at == NOW and over.told and due(kai, "dispute") is None


@pytest.mark.parametrize("shares", [[60, 39], [60, 41], [], [101], [100, 0]])
def test_shares_that_do_not_make_a_hundred_are_refused(kai: Person, ben: Actor, shares: list[int]) -> None:
    with pytest.raises(NotNow):
        asked(ben, kai, shares=[Share("other", one, name="x") for one in shares])


@settings(deadline=None)
@every(st.lists(st.sampled_from(["yes", "no", "part", ""]), max_size=5))
def test_nothing_is_decided_while_a_body_has_not_answered(answers: list[str]) -> None:
    outcome = outcome_of_answers(answers)
    assert bool(outcome) == (bool(answers) and "" not in answers)
    assert outcome != "agreed" or set(answers) == {"yes"}


def _waiting_action(ben: Actor, kai: Person) -> Action:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        action = agree_action(
            note, by=me, person=kai, topic=Topic.SOCIAL_CARE, what="Start help in the evening",
            owner=NewOwner(organisation=kai.icb, actor=ben), due_on=date(2026, 12, 4), origin="contact",
        )  # fmt: skip
        return take_step(
            note, action=action, kind="blocked", by=me, because="No money yet", waits_for="money", amount=900,
            who_decides="Panel",
        )  # fmt: skip


def test_with_the_last_answer_it_is_decided_and_the_action_goes_on(kai: Person, ben: Actor) -> None:
    action = _waiting_action(ben, kai)
    request = asked(ben, kai, action=action)
    assert due(kai, "funding_answer")
    icb, care = _parts(request.pk)
    still = does(ben, funding.answer_for_body, funding=request, part=icb, answer="yes", on=TODAY, who="Panel")
    assert still.decided_on is None
    with pytest.raises(NotNow):
        does(ben, funding.answer_for_body, funding=request, part=care, answer="no", on=TODAY, who="Panel")
    done = does(
        ben, funding.answer_for_body, funding=request, part=care, answer="part", on=TODAY, who="Panel", because="Half"
    )
    assert done.outcome == "partly" and due(kai, "funding_told") and due(kai, "funding_answer") is None
    with context.as_engine():
        assert Action.objects.get(pk=action.pk).state == "accepted"
    told = does(ben, funding.tell_decision, funding=request, family_words="You get help from 1 December.",
                starts_on=date(2026, 12, 1))  # fmt: skip
    started = due(kai, "funding_started")
    assert told.told and started and started.due.date() == date(2026, 12, 8)
    over = does(ben, funding.say_started, funding=request, on=TODAY)
    assert over.closed_at == NOW and due(kai, "funding") is None


def _parts(number: int) -> list[FundingPart]:
    with context.as_engine():
        return list(FundingPart.objects.filter(of_id=number).order_by("pk"))


def test_a_refusal_leaves_the_action_blocked_and_ends_when_it_was_told(kai: Person, ben: Actor) -> None:
    action = _waiting_action(ben, kai)
    request = asked(ben, kai, action=action, shares=[Share("icb", 100)])
    (icb,) = _parts(request.pk)
    does(ben, funding.answer_for_body, funding=request, part=icb, answer="no", on=TODAY, who="Panel", because="None")
    with context.as_engine():
        assert Action.objects.get(pk=action.pk).state == "blocked"
    over = does(ben, funding.tell_decision, funding=request, family_words="They said no. We ask again.", starts_on=None)
    assert over.closed_at == NOW


def test_a_body_that_is_chased_has_another_ten_working_days(kai: Person, ben: Actor) -> None:
    request = asked(ben, kai, asked_on=TODAY - timedelta(days=14))
    icb, _ = _parts(request.pk)
    first = due(kai, f"funding_answer:part:{icb.pk}")
    does(ben, funding.chase_body, funding=request, part=icb, words="Rang the panel")
    again = due(kai, f"funding_answer:part:{icb.pk}")
    assert first and again and first.due.date() == TODAY and again.due.date() == TODAY + timedelta(days=14)


def test_a_dispute_asks_first_for_a_yes_and_then_for_a_decision(kai: Person, ben: Actor) -> None:
    dispute = disputed(ben, kai)
    address = f"/people/{kai.reference}/disputes/{dispute.number}"

    def order() -> list[str]:
        page = signed_in(ben).get(address).content.decode()
        return sorted(("interim", "look", "decide"), key=lambda deed: page.index(f'"{address}/{deed}"'))

    assert order() == ["interim", "look", "decide"]
    yes = {"interim_owner": "Saltby Council", "interim_name": "Carol Dean", "accepted": True, "begins": TODAY}
    does(ben, disputes.set_interim, dispute=dispute, ends=None, **yes)
    assert order() == ["look", "decide", "interim"]


def test_a_commissioner_sees_money_and_disputes(northmoor: Area, kai: Person, ben: Actor) -> None:
    asked(ben, kai)
    disputed(ben, kai)
    page = signed_in(northmoor.actors["commissioner"]).get("/concerns?show=funding").content.decode()
    assert "Two workers at home" in page and "The ICB: 1 request, the oldest for 0 days" in page
    page = signed_in(northmoor.actors["commissioner"]).get("/concerns?show=disputes").content.decode()
    assert "No yes yet" in page

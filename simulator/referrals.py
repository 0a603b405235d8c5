"""The demonstration's referrals: one new, one waiting, one late, and one that was a no."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from alongside.features.referrals.codes import key_of, new_code, new_reference
from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.models import Referral
from alongside.features.referrals.operations import (
    Recipient,
    acknowledge,
    ask_more,
    consult,
    decline,
    receive_referral,
    record_call,
    send_outcome,
)
from alongside.foundation.access import context
from alongside.foundation.access.me import Me, find_me, open_key
from alongside.foundation.recording.recording import Notes, recording
from simulator.history import Member

_DAY = timedelta(days=1)
ROWAN: dict[str, Any] = {
    "given_name": "Rowan",
    "family_name": "Pike",
    "asker_name": "Rowan",
    "phone": "07700 900452",
    "answer_by": "sms",
    "own_words": "It is too loud at school. I do not want to go to hospital again.",
    "diagnosis": {"autism": "diagnosed"},
    "reasons": ["hospital_risk", "education"],
    "safe_contact": "Text only, after school.",
    "agreement": "given",
    "answer_needs": "Easy read, with pictures",
    "recipients": [{"who": "young_person", "name": "Rowan", "by": "sms", "address": "07700 900452"}],
}
LENA: dict[str, Any] = {
    "given_name": "Lena",
    "family_name": "Marsh",
    "asker_name": "Carol Marsh",
    "asker_relationship": "Parent, with parental responsibility",
    "asker_email": "carol@example.com",
    "answer_by": "email",
    "diagnosis": {"learning_disability": "understood"},
    "reasons": ["distress", "home"],
    "words": "She has hardly slept since the move. We can't go on like this much longer.",
    "school": "Northmoor Academy",
    "agreement": "given",
    "agreement_basis": "parental",
    "agreed_by": "Carol Marsh",
}
IDRIS: dict[str, Any] = {
    "given_name": "Idris",
    "family_name": "Vane",
    "asker_name": "Ola Brandt",
    "asker_relationship": "School nurse",
    "asker_organisation": "Hill School",
    "asker_email": "nurse@example.com",
    "answer_by": "email",
    "diagnosis": {"autism": "diagnosed"},
    "reasons": ["self_harm", "ae_crisis"],
    "words": "A&E twice this month after self-harm.",
    "indicative_colour": "red",
    "agreement": "given",
    "agreement_basis": "competent_child",
    "agreed_by": "Idris",
}
NELL: dict[str, Any] = {
    "given_name": "Nell",
    "family_name": "Frost",
    "asker_name": "Dr Amar Sood",
    "asker_relationship": "GP",
    "asker_organisation": "Mill Lane Surgery",
    "answer_by": "page",
    "diagnosis": {"autism": "pathway"},
    "reasons": ["mental_health"],
    "words": "Low mood, waiting for an autism assessment.",
    "agreement": "given",
    "agreement_basis": "parental",
    "agreed_by": "Her mother",
}


def send_referrals(now: datetime, icb_id: int, coordinator: Member) -> None:
    """Sends them, unless some were sent before."""
    with context.as_engine():
        if Referral.objects.filter(icb_id=icb_id).exists():
            return
    _send(now - timedelta(hours=20), icb_id, "young_person", ROWAN, _born(now, 14))
    lena = _send(now - 9 * _DAY, icb_id, "family", LENA, _born(now, 11))
    idris = _send(now - 30 * _DAY, icb_id, "professional", IDRIS, _born(now, 16))
    nell = _send(now - 40 * _DAY, icb_id, "professional", NELL, _born(now, 15))
    with acting_as(coordinator, now - 7 * _DAY) as (me, note):
        acknowledge(note, referral=lena, by=me)
        ask_more(note, referral=lena, what="May we see the letter of the clinic?", of_whom="the family", by=me)
    with acting_as(coordinator, now - 27 * _DAY) as (me, note):
        acknowledge(note, referral=idris, by=me)
        consult(note, referral=idris, words="Talked with the school nurse: the risk is real.", by=me)
    _say_no(now - 33 * _DAY, nell, coordinator)


def _say_no(at: datetime, nell: Referral, coordinator: Member) -> None:
    with acting_as(coordinator, at) as (me, note):
        acknowledge(note, referral=nell, by=me)
        consult(note, referral=nell, words="Talked with the GP.", by=me)
        decline(
            note,
            referral=nell,
            reason="waiting_assessment",
            words="The assessment comes first in this area. We know that waiting is hard.",
            alternative="The school nurse, every Tuesday.\nThe youth line: 01632 960123.",
            look_again_on=(at + 36 * _DAY).date(),
            by=me,
        )
        record_call(note, referral=nell, called_at=at, words="The GP tells the family in person.", by=me)
    with acting_as(coordinator, at) as (me, note):
        send_outcome(
            note,
            referral=nell,
            recipients=[Recipient("asker", "Dr Amar Sood", "page")],
            sender="the register team, Demonstration ICB",
            by=me,
        )


def _born(now: datetime, age: int) -> dict[str, Any]:
    return {"birth_date": now.date().replace(year=now.year - age, day=1) - 40 * _DAY}


def _send(at: datetime, icb_id: int, channel: str, said: dict[str, Any], born: dict[str, Any]) -> Referral:
    reference, code = new_reference(), new_code()
    with context.asking_with(key_of(reference, code)), recording(by=the_public_form(), at=at) as note:
        return receive_referral(note, icb_id=icb_id, channel=channel, reference=reference, code=code, said=said | born)


@contextmanager
def acting_as(member: Member, at: datetime) -> Iterator[tuple[Me, Notes]]:
    key = open_key(member.id, kind="command", factor="demonstration", at=at)
    with context.asking_with(key):
        me = find_me(at)
        assert me is not None
        with recording(by=me, at=at) as note:
            yield me, note

"""Referrals in tests: sent as the public form sends one, and looked at, without pages. Everybody is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from alongside.features.referrals.codes import key_of, new_code, new_reference
from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.models import Referral
from alongside.features.referrals.operations import receive_referral
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import Area, acting_as

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
AGREED = {"answer": "given", "basis": "competent_child", "decided_by": "Kai", "decided_on": date(2026, 1, 12)}
WHO = {"given_name": "Kai", "family_name": "Moss", "birth_date": date(2011, 9, 3), "nhs_number": None}
NO = {
    "reason": "local_offer",
    "words": "The school nurse has not been asked yet.",
    "alternative": "The school nurse can help at once.",
    "look_again_on": date(2026, 4, 13),
}
KAI: dict[str, Any] = {
    "given_name": "Kai",
    "family_name": "Moss",
    "birth_date": date(2011, 9, 3),
    "asker_name": "Dawn Moss",
    "asker_relationship": "Mother",
    "asker_phone": "07700 900123",
    "asker_email": "dawn@example.com",
    "asker_address": "3 Mill Lane\nOldtown\nZZ99 3AB",
    "answer_by": "letter",
    "diagnosis": {"autism": "diagnosed"},
    "reasons": ["hospital_risk", "education"],
    "words": "He has not slept for weeks and no longer goes to school.",
    "indicative_colour": "amber",
    "agreement": "given",
    "agreement_basis": "competent_child",
    "agreed_by": "Kai",
    "agreed_on": date(2026, 1, 12),
    "postcode": "ZZ99 3AB",
    "address": "3 Mill Lane, Oldtown",
}


def ask(area: Area, at: datetime, **said: Any) -> tuple[Referral, str]:
    """A referral by the family, and its code."""
    reference, code = new_reference(), new_code()
    key = key_of(reference, code)
    with context.asking_with(key), recording(by=the_public_form(), at=at) as note:
        referral = receive_referral(
            note, icb_id=area.icb.pk, channel="family", reference=reference, code=code, said=KAI | said
        )
    return referral, code


def due(referral: Referral) -> dict[str, Duty]:
    with context.as_engine():
        return {duty.rule_key: duty for duty in Duty.objects.filter(subject="referral", subject_id=referral.pk)}


def step(area: Area, operation, at: datetime = MONDAY + timedelta(days=1), **given):  # type: ignore[no-untyped-def]
    """One step by the area's coordinator."""
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        return operation(note, by=me, **given)


def read(referral: Referral) -> Referral:
    with context.as_engine():
        return Referral.objects.get(pk=referral.pk)

"""Sending what a draft holds: the referral, its receipt, and the end of the draft, in one transaction."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError

from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.drafts import Held, end_draft
from alongside.features.referrals.forms_said import what_was_said
from alongside.features.referrals.models import (
    AnswerBy,
    FullForm,
    Referral,
    ReferralDraft,
    ReferralState,
)
from alongside.features.referrals.operations import receive_referral, send_full_form
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.messages.operations import queue_notice
from alongside.foundation.messages.ways import Way, email, sms
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording

_SENDINGS = UUID("5e0f1c55-7b0e-4d0a-8c38-7a6f7a2f2e10")
PROGRESS = "/refer/progress"


def asking_as(held: Held, me: Me | None) -> AbstractContextManager[None]:
    """Somebody with an account asks as themselves; everybody else with the key of their reference and code."""
    return nullcontext() if me else context.asking_with(held.key)


def find_referral(held: Held) -> Referral | None:
    """The referral that this reference and code open."""
    with context.asking_with(held.key):
        return Referral.objects.select_related("icb").filter(reference=held.reference).first()


def send_referral(
    held: Held, draft: ReferralDraft, answers: dict[str, Any], *, icb_id: int, me: Me | None, at: datetime, today: date
) -> None:
    """Sends it once, however often it is asked to: the second time nothing happens."""
    said = what_was_said(draft.channel, answers, today=today)
    try:
        with asking_as(held, me), recording(by=me or the_public_form(), at=at, once=_act_of(held)) as note:
            referral = receive_referral(
                note,
                icb_id=icb_id,
                channel=draft.channel,
                reference=held.reference,
                code=held.code,
                said=said,
                asked_by_id=me.id if me else None,
            )
            _send_receipt(note, referral)
            end_draft(held)
    except AlreadyDone:
        return
    except IntegrityError:
        if find_referral(held) is None:
            raise


def send_full(
    held: Held, draft: ReferralDraft, referral: Referral, answers: dict[str, Any], *, me: Me | None, at: datetime
) -> None:
    """Sends the full form, once. Raises NotNow where nothing more is taken."""
    once = uuid5(_SENDINGS, f"{held.reference} {draft.form} {draft.pk}")
    name = str(answers.get("sent_by") or referral.asker_name)
    try:
        with asking_as(held, me), recording(by=me or the_public_form(), at=at, once=once) as note:
            send_full_form(note, referral=referral, answers=_plain(answers), by_name=name)
            end_draft(held, form=draft.form)
    except AlreadyDone:
        return


def _plain(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers as they are stored: texts and lists of texts."""
    return {name: value if isinstance(value, list) else str(value) for name, value in answers.items()}


def may_tell_more(referral: Referral) -> bool:
    """Whether more can be told: while it is open to whoever asked, and after a yes."""
    refused = referral.state == ReferralState.DECLINED and referral.told_at is not None
    return referral.state != ReferralState.WITHDRAWN and not refused


def find_told(referral: Referral) -> FullForm | None:
    """The newest full form. Asked with the key of whoever looks."""
    return FullForm.objects.filter(referral=referral).order_by("-version").first()


def _act_of(held: Held) -> UUID:
    return uuid5(_SENDINGS, held.reference)


def _send_receipt(note: Notes, referral: Referral) -> None:
    """A neutral word that it has come, only where they asked to be answered, and not where somebody must not know."""
    if referral.must_not_know:
        return
    way: Way | None = None
    if referral.answer_by == AnswerBy.EMAIL and referral.asker_email:
        way = email(referral.asker_email, notice="receipt", link=PROGRESS)
    elif referral.answer_by == AnswerBy.SMS and referral.asker_phone:
        way = sms(referral.asker_phone, notice="receipt", link=PROGRESS)
    if way is not None:
        queue_notice(note, icb_id=referral.icb_id, way=way)

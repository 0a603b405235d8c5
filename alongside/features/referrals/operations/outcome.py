"""Telling the outcome: a call before a 'no', then a letter to each who was chosen, at the address shown last."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.features.referrals.codes import digest_of
from alongside.features.referrals.letters import Outcome, write_outcome
from alongside.features.referrals.lifecycle import DECIDED
from alongside.features.referrals.models import AnswerBy, Channel, OutcomeLetter, Referral, ReferralState, ReferralStep
from alongside.features.referrals.operations.reaching import register_team, way_to
from alongside.features.referrals.operations.steps import add_step
from alongside.features.referrals.operations.triage import take
from alongside.features.referrals.printing import as_letter
from alongside.features.referrals.public_queries import find_call
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.documents.letters import as_pdf
from alongside.foundation.documents.storage import keep
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.recording import Notes

_KIND = ReferralStep.Kind


@dataclass(frozen=True)
class Recipient:
    """One who is told: who (see OutcomeLetter.Who), name, way (AnswerBy), address in that way, easy read or not."""

    who: str
    name: str
    by: str
    address: str = ""
    easy_read: bool = False


def record_call(
    note: Notes,
    *,
    referral: Referral,
    called_at: datetime | None,
    words: str,
    not_called_because: str = "",
    by: Me,
    seen: int | None = None,
) -> ReferralStep:
    """A named person called about the outcome, or says why nobody did. A 'no' goes out only after this."""
    now = take(note, referral=referral, by=by, seen=seen)
    if called_at is None and not not_called_because.strip():
        raise NotNow("call", "Say when you called, or why nobody called.")
    if called_at and now.decided_at and called_at < now.decided_at:
        raise NotNow("call_before", "The call must be after the decision.")
    if called_at and called_at > note.at:
        raise NotNow("call_future", "The call can't be in the future.")
    return add_step(
        note,
        now,
        _KIND.CALLED,
        code="referral.called",
        says="A call about the outcome was made" if called_at else "Why nobody called about the outcome was recorded",
        words=words if called_at else not_called_because,
        shown=False,
        changes={
            "called_at": called_at,
            "called_by_id": by.id if called_at else None,
            "not_called_because": "" if called_at else not_called_because,
        },
    )


def send_outcome(
    note: Notes,
    *,
    referral: Referral,
    recipients: Sequence[Recipient],
    sender: str,
    by: Me,
    seen: int | None = None,
) -> list[OutcomeLetter]:
    """A letter to each recipient in the way that was chosen, each with a link of its own. This closes the clock.

    Raises NotNow for a 'no' before a call, without a recipient, or where an address is missing.
    """
    now = take(note, referral=referral, by=by, seen=seen)
    if now.state not in DECIDED:
        raise NotNow("not_decided", "Nothing has been decided yet, so there is no outcome to send.")
    if now.state == ReferralState.DECLINED and not (now.called_at or now.not_called_because):
        raise NotNow("call_first", "A 'no' goes out after a call. Record the call, or why nobody called.")
    if not recipients:
        raise NotNow("nobody", "Choose at least one person to tell.")
    for recipient in recipients:
        if recipient.by in (AnswerBy.LETTER, AnswerBy.EMAIL, AnswerBy.SMS) and not recipient.address.strip():
            raise NotNow("address", f"Write where to send it to {recipient.name}, or choose another way.")
    letters = [_send(note, now, recipient, sender) for recipient in recipients]
    add_step(
        note,
        now,
        _KIND.TOLD,
        code="referral.told",
        says="The outcome of a referral was sent",
        words=f"Sent to {len(letters)}.",
        changes={"told_at": now.told_at or note.at},
    )
    return letters


def _send(note: Notes, referral: Referral, recipient: Recipient, sender: str) -> OutcomeLetter:
    outcome = write_outcome(
        referral,
        who=recipient.who,
        to_name=recipient.name,
        easy=recipient.easy_read,
        sender=sender,
        call=find_call(referral.icb_id, note.at),
    )
    pdf = keep(as_pdf(as_letter(outcome, on=note.at.astimezone(LONDON).date(), sender=sender)))
    key = secrets.token_urlsafe(32)
    way = way_to(recipient.by, recipient.address, recipient.name, link=f"/outcome/{key}")
    alone = referral.channel == Channel.YOUNG_PERSON
    is_asker = recipient.who == (OutcomeLetter.Who.YOUNG_PERSON if alone else OutcomeLetter.Who.ASKER)
    message = queue_message(
        note,
        icb_id=referral.icb_id,
        kind="referral_outcome",
        subject="A letter for you",
        body=_as_text(outcome),
        to_actor_id=referral.asked_by_id if is_asker else None,
        to_name=recipient.name,
        ways=[way] if way else [],
        link="",
        letter=pdf,
        from_team_id=register_team(referral.icb_id),
    )
    return OutcomeLetter.objects.create(
        referral=referral,
        who=recipient.who,
        to_name=recipient.name,
        by_way=recipient.by,
        address=recipient.address,
        easy_read=recipient.easy_read,
        to_asker=is_asker,
        content=outcome.as_json(),
        pdf=pdf,
        code_digest=digest_of(key),
        message_id=message.pk,
        sent_at=note.at,
        sent_by_id=note.by.id,
    )


def _as_text(outcome: Outcome) -> str:
    """The letter as a message: the same words, one after another."""
    said = [*outcome.opening, *(line.sentence for line in outcome.easy)]
    for part in outcome.parts:
        said += [part.heading, *part.paragraphs]
    return "\n\n".join([*said, *outcome.closing])

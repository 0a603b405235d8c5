"""A new code for somebody who has lost theirs. The one before opens nothing from then on."""

from dataclasses import replace

from alongside.features.referrals.codes import digest_of, key_of, new_code
from alongside.features.referrals.models import AnswerBy, Referral, ReferralDraft
from alongside.features.referrals.operations.reaching import address_for, register_team, way_to
from alongside.features.referrals.operations.triage import take
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.recording.recording import Notes

_LETTER = "Your reference is {reference} and your new code is {code}. The code you had before no longer works."


def renew_code(note: Notes, *, referral: Referral, by: Me, seen: int | None = None) -> str:
    """Sends a new code where whoever asked chose to be answered, never where somebody just says they can be reached.

    Returns '' when it was sent; else the code, to be told by a person in the way that is safe: who asked for a call,
    gave no address, or said who must not know. Raises Refused, and NotNow for somebody who has an account.
    """
    now = take(note, referral=referral, by=by, seen=seen)
    if now.asked_by_id:
        raise NotNow("own_account", "They asked with an account: they sign in to see it and need no code.")
    code = new_code()
    now.code_digest, now.version = digest_of(key_of(now.reference, code)), now.version + 1
    now.save(update_fields=["code_digest", "version"])
    with context.as_engine():
        ReferralDraft.objects.filter(reference=now.reference).update(code_digest=now.code_digest)
    note(
        "referral.code_renewed",
        words="Whoever asked had lost their code, and was given a new one.",
        icb_id=now.icb_id,
        subject="referral",
        subject_id=now.pk,
    )
    return "" if _sent(note, now, f"{code[:4]}-{code[4:]}") else code


def _sent(note: Notes, referral: Referral, code: str) -> bool:
    by = "" if referral.must_not_know else referral.answer_by
    way = way_to(by, address_for(referral, by), referral.asker_name, notice="code") if by else None
    if way is None:
        return False
    if by != AnswerBy.LETTER:
        queue_notice(note, icb_id=referral.icb_id, way=replace(way, filling={"code": code}))
        return True
    queue_message(
        note,
        icb_id=referral.icb_id,
        kind="referral_code",
        subject="Your new code",
        body=_LETTER.format(reference=referral.reference, code=code),
        to_name=referral.asker_name or "Whoever asked",
        ways=[way],
        from_team_id=register_team(referral.icb_id),
    )
    return True

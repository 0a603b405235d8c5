"""What the register team does with a referral until it is decided. Each is called inside `recording()`."""

from datetime import date

from alongside.features.referrals.access import check_may_triage
from alongside.features.referrals.models import DeclineReason, Referral, ReferralStep
from alongside.features.referrals.operations.reaching import say_to_asker
from alongside.features.referrals.operations.steps import add_step, lock_referral
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes

_KIND = ReferralStep.Kind
#: Reasons that leave nobody to look at again, unless somebody chooses a day.
FINAL = (DeclineReason.DUPLICATE, DeclineReason.AREA)


def take(note: Notes, *, referral: Referral, by: Me, seen: int | None = None) -> Referral:
    """The referral as it is now, locked, for somebody of the register team. Raises Refused or NotNow."""
    check_may_triage(by, referral.icb_id)
    return lock_referral(referral, seen=seen)


def acknowledge(note: Notes, *, referral: Referral, by: Me, seen: int | None = None) -> ReferralStep:
    """The team has looked at it. The first look that policy row 32 asks for."""
    now = take(note, referral=referral, by=by, seen=seen)
    return add_step(note, now, _KIND.ACKNOWLEDGED, code="referral.seen", says="A referral was looked at")


def ask_more(
    note: Notes, *, referral: Referral, what: str, of_whom: str, by: Me, seen: int | None = None
) -> ReferralStep:
    """Asks for more, of whoever asked or of somebody else, and says so to whoever asked. The wait is seen from now."""
    now = take(note, referral=referral, by=by, seen=seen)
    if not what.strip():
        raise NotNow("what", "Write what you need to know.")
    step = add_step(
        note,
        now,
        _KIND.ASKED,
        code="referral.asked",
        says="More was asked about a referral",
        words=what,
        of_whom=of_whom,
    )
    say_to_asker(
        note, now, kind="referral_question", subject="A question for you", body=what, notice="asked", may_answer=False
    )
    return step


def consult(note: Notes, *, referral: Referral, words: str, by: Me, seen: int | None = None) -> ReferralStep:
    """It was talked over with whoever asked, or with the panel. What was said is the team's own note."""
    now = take(note, referral=referral, by=by, seen=seen)
    return add_step(
        note,
        now,
        _KIND.CONSULTED,
        code="referral.consulted",
        says="A referral was talked over",
        words=words,
        shown=False,
    )


def add_note(note: Notes, *, referral: Referral, words: str, by: Me) -> ReferralStep:
    """A note of the team, which nobody else sees."""
    now = take(note, referral=referral, by=by)
    return add_step(
        note, now, _KIND.NOTE, code="referral.noted", says="A note was added to a referral", words=words, shown=False
    )


def decline(
    note: Notes,
    *,
    referral: Referral,
    reason: str,
    words: str,
    alternative: str,
    look_again_on: date | None,
    by: Me,
    seen: int | None = None,
) -> ReferralStep:
    """Not accepted, with a reason of the list, what else there is, and the day somebody looks again.

    Nobody is told by this: a 'no' goes out after a call (`outcome.record_call`, `outcome.send_outcome`).
    """
    now = take(note, referral=referral, by=by, seen=seen)
    reason = DeclineReason(reason)
    if not words.strip():
        raise NotNow("words", "Write why, in words that the family will read.")
    if not alternative.strip():
        raise NotNow("alternative", "Write what else there is for them: who can help now.")
    if look_again_on is None and reason not in FINAL:
        raise NotNow("look_again", "Give the day on which somebody looks at this again.")
    if look_again_on and look_again_on <= note.at.astimezone(LONDON).date():
        raise NotNow("look_again_past", "The day for looking again must be after today.")
    return add_step(
        note,
        now,
        _KIND.DECLINED,
        code="referral.declined",
        says="A referral was not accepted",
        shown=False,
        changes={
            "decided_at": note.at,
            "decline_reason": reason,
            "decline_words": words,
            "alternative": alternative,
            "look_again_on": look_again_on,
        },
    )


def look_again(
    note: Notes, *, referral: Referral, words: str, again_on: date | None, by: Me, seen: int | None = None
) -> ReferralStep:
    """A declined referral was looked at again, and stays declined; on the new day it comes back once more."""
    now = take(note, referral=referral, by=by, seen=seen)
    if not words.strip():
        raise NotNow("words", "Write what you found.")
    if again_on and again_on <= note.at.astimezone(LONDON).date():
        raise NotNow("look_again_past", "The day for looking again must be after today.")
    return add_step(
        note,
        now,
        _KIND.LOOKED_AGAIN,
        code="referral.looked_again",
        says="A declined referral was looked at again",
        words=words,
        shown=False,
        changes={"look_again_on": again_on},
    )


def reopen(note: Notes, *, referral: Referral, words: str, by: Me, seen: int | None = None) -> ReferralStep:
    """A declined referral is taken up again: it is decided and told anew. What was decided stays among the steps."""
    now = take(note, referral=referral, by=by, seen=seen)
    if not words.strip():
        raise NotNow("words", "Write why it is opened again.")
    return add_step(
        note,
        now,
        _KIND.REOPENED,
        code="referral.reopened",
        says="A declined referral was opened again",
        words=f"{words} (Before: {DeclineReason(now.decline_reason).label}. {now.decline_words})"[:4000],
        shown=False,
        changes={
            "decided_at": None,
            "told_at": None,
            "decline_reason": "",
            "decline_words": "",
            "alternative": "",
            "look_again_on": None,
            "called_at": None,
            "called_by_id": None,
            "not_called_because": "",
        },
    )

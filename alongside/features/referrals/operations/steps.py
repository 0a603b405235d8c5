"""Taking one step: the one place where a referral's state changes."""

from collections.abc import Mapping
from typing import Any

from alongside.features.referrals.lifecycle import check_version, next_state
from alongside.features.referrals.models import Referral, ReferralStep
from alongside.features.referrals.reading import MATTER
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes


def lock_referral(referral: Referral, *, seen: int | None = None) -> Referral:
    """The referral as it is now, with nobody else at it. `seen`: the version that the form was made from.

    Locked by the engine's hand, because whoever asked may add steps but change nothing. Raises NotNow when it changed.
    """
    with context.as_engine():
        now = Referral.objects.select_for_update().get(pk=referral.pk)
    check_version(now.version, seen)
    return now


def add_step(
    note: Notes,
    referral: Referral,
    kind: str,
    *,
    code: str,
    says: str,
    stays: bool = False,
    changes: Mapping[str, Any] | None = None,
    **values: Any,
) -> ReferralStep:
    """Adds a step in the name of whoever acts, moves the state and has what is due worked out again.

    says: what happened, in the past tense and without a name, because many read it. stays: the state stays as it is
    although the step could end it (one question of several answered). changes: what else changes on the referral.
    Raises NotNow where the life cycle doesn't allow the step.
    """
    received = kind == ReferralStep.Kind.RECEIVED
    state = referral.state if received else next_state(referral.state, kind)
    step = ReferralStep.objects.create(
        referral=referral, kind=kind, at=note.at, by_id=note.by.id, **{"by_name": note.by.name} | values
    )
    if not received:
        change_referral(referral, state=referral.state if stays else state, **changes or {})
    note(
        code,
        words=f"{says} ({referral.reference}).",
        icb_id=referral.icb_id,
        subject=MATTER,
        subject_id=referral.pk,
    )
    note.matter(MATTER, referral.pk)
    return step


def change_referral(referral: Referral, **changes: Any) -> None:
    """Changes what came of a referral, by the engine's hand after the code has checked who asks; counts its version."""
    changes["version"] = referral.version + 1
    for name, value in changes.items():
        setattr(referral, name, value)
    with context.as_engine():
        if not Referral.objects.filter(pk=referral.pk).update(**changes):
            raise NotNow("gone", "This referral is not there any more.")

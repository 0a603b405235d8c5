"""Referrals that somebody began and did not send: they go to whoever takes over. Called as the engine."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from alongside.features.referrals.models import ReferralDraft
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes


def list_drafts_of(worker_id: int, icb_id: int) -> QuerySet:
    """Theirs, due before the day on which it would be lost."""
    rows = ReferralDraft.objects.filter(Q(icb=icb_id) | Q(icb=None), asked_by=worker_id)
    nobody = Value(None, BigIntegerField())
    return rows.values_list("pk", nobody, Value("A referral that was begun"), TruncDate("expires_at", tzinfo=LONDON))


def pass_on_drafts(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """Somebody else finishes them."""
    for draft in ReferralDraft.objects.filter(pk__in=numbers):
        draft.asked_by = to
        draft.save(update_fields=["asked_by"])
        note("referral_draft.passed_on", words="A referral that was begun was passed on.", icb_id=draft.icb_id)

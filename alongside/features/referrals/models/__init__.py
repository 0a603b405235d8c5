"""Asking to join: the draft, the referral as it was said, each step on its way, the outcome and the full form."""

from alongside.features.referrals.models.choices import AnswerBy, Channel, DeclineReason, Reason, ReferralState
from alongside.features.referrals.models.draft import ReferralDraft
from alongside.features.referrals.models.entry import LocalEntryRule
from alongside.features.referrals.models.letters import LetterOpened, OutcomeLetter
from alongside.features.referrals.models.referral import Referral, ReferralQuerySet
from alongside.features.referrals.models.steps import FullForm, ReferralStep

__all__ = [
    "AnswerBy",
    "Channel",
    "DeclineReason",
    "FullForm",
    "LetterOpened",
    "LocalEntryRule",
    "OutcomeLetter",
    "Reason",
    "Referral",
    "ReferralDraft",
    "ReferralQuerySet",
    "ReferralState",
    "ReferralStep",
]

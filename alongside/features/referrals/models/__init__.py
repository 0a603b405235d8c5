"""Asking to join: the draft, the referral as it was said, each step on its way, the outcome and the full form."""

from alongside.features.referrals.doors.models import LinkTry, OrganisationLink
from alongside.features.referrals.models.choices import AnswerBy, Channel, DeclineReason, Reason, ReferralState
from alongside.features.referrals.models.draft import ReferralDraft
from alongside.features.referrals.models.entry import LocalEntryRule
from alongside.features.referrals.models.letters import LetterOpened, OutcomeLetter
from alongside.features.referrals.models.referral import Referral, ReferralQuerySet
from alongside.features.referrals.models.steps import FullForm, ReferralStep
from alongside.features.referrals.notices.models import Notice, OnCall
from alongside.features.referrals.schools.models import (
    AreaSchool,
    SchoolAnswer,
    SchoolAsk,
    SchoolCall,
    SchoolDraft,
    SchoolRound,
    SchoolWorry,
    ToldByLink,
)

__all__ = [
    "AnswerBy",
    "AreaSchool",
    "Channel",
    "DeclineReason",
    "FullForm",
    "LetterOpened",
    "LinkTry",
    "LocalEntryRule",
    "Notice",
    "OnCall",
    "OrganisationLink",
    "OutcomeLetter",
    "Reason",
    "Referral",
    "ReferralDraft",
    "ReferralQuerySet",
    "ReferralState",
    "ReferralStep",
    "SchoolAnswer",
    "SchoolAsk",
    "SchoolCall",
    "SchoolDraft",
    "SchoolRound",
    "SchoolWorry",
    "ToldByLink",
]

"""Drawing how a referral stands, for whoever asked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.referrals import public_text
from alongside.features.referrals.drafts import Held
from alongside.features.referrals.forms_progress import AnswerQuestionForm, WithdrawForm
from alongside.features.referrals.forms_steps import BY_CHANNEL
from alongside.features.referrals.letters import PICTURES
from alongside.features.referrals.models import Referral, ReferralState
from alongside.features.referrals.progress import read_progress
from alongside.features.referrals.sending import asking_as, wants_full_form
from alongside.foundation.access.me import Me
from alongside.foundation.access.request import Request


def show_progress(
    request: Request, held: Held | None, me: Me | None, referral: Referral, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page; `forms` that had a problem are drawn as they were typed."""
    with asking_as(held or Held("", ""), me):
        found = read_progress(referral, request.at)
        full_form = held is not None and wants_full_form(referral)
    context = {
        "found": found,
        "referral": referral,
        "stands": public_text.STANDS[ReferralState(found.state)],
        "held": held,
        "easy": BY_CHANNEL[referral.channel].easy,
        "full_form": full_form,
        "pictures": PICTURES,
        "answer_form": AnswerQuestionForm(),
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "referrals/progress.html", context | forms, status=status)

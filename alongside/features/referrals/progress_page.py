"""Drawing how a referral stands, for whoever asked."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from alongside.features.referrals import public_text
from alongside.features.referrals.drafts import Held, find_draft
from alongside.features.referrals.forms_progress import AnswerQuestionForm, WithdrawForm
from alongside.features.referrals.forms_steps import BY_CHANNEL, way_of
from alongside.features.referrals.letters import PICTURES, from_json
from alongside.features.referrals.models import Referral, ReferralState
from alongside.features.referrals.operations.opening import record_first_read
from alongside.features.referrals.progress import read_progress
from alongside.features.referrals.public_doors import draw
from alongside.features.referrals.sending import asking_as, find_told, may_tell_more
from alongside.foundation.access.me import Me
from alongside.foundation.access.request import Request


def show_progress(
    request: Request, held: Held | None, me: Me | None, referral: Referral, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page; `forms` that had a problem are drawn as they were typed."""
    with asking_as(held or Held("", ""), me):
        found = read_progress(referral, request.at)
        record_first_read(found.letters, at=request.at)
        more = find_told(referral) if may_tell_more(referral) else None
        begun = find_draft(held or Held(referral.reference, ""), at=request.at, form="full")
    context = {
        "found": found,
        "referral": referral,
        "stands": public_text.STANDS[ReferralState(found.state)],
        "held": held,
        "easy": BY_CHANNEL[referral.channel].easy,
        "may_tell_more": may_tell_more(referral),
        "more": more,
        "more_begun": begun,
        "more_at": _where_to_tell_more(referral, me),
        "letters": [(letter, from_json(letter.content)) for letter in found.letters],
        "pictures": PICTURES,
        "answer_form": AnswerQuestionForm(),
        "withdraw_form": WithdrawForm(),
    }
    return draw(request, "referrals/progress.html", context | forms, icb_id=referral.icb_id, status=status)


def _where_to_tell_more(referral: Referral, me: Me | None) -> str:
    address = reverse("refer_start", args=[way_of(referral.channel, "full").slug])
    return f"{address}?about={referral.reference}" if me else address

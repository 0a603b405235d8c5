"""Telling more after a referral was sent: what opens its full form, and the first page of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.features.referrals import limits, public_text
from alongside.features.referrals.carried import DRAFT, SENT, give_held, read_held
from alongside.features.referrals.codes import read_reference
from alongside.features.referrals.drafts import KEPT_DAYS, Held, begin_full_form, find_draft
from alongside.features.referrals.forms_steps import Way, typed_again, way_of
from alongside.features.referrals.going_on import address_to_go_on
from alongside.features.referrals.models import Referral, ReferralDraft
from alongside.features.referrals.progress import find_held, find_own
from alongside.features.referrals.public_doors import draw, signed_in
from alongside.features.referrals.sending import asking_as, find_told, may_tell_more
from alongside.foundation.access.me import Me
from alongside.foundation.access.request import Request


@dataclass(frozen=True, slots=True)
class Opened:
    """A referral about which more can be told; `me` where an account opened it and not a code."""

    held: Held
    me: Me | None
    referral: Referral


def open_own(request: Request, held: Held | None = None) -> Opened | None:
    """The referral that `held` opens, else that of the address or of this browser; none where nothing more is taken."""
    me = signed_in(request)
    about = read_reference(request.GET.get("about", ""))
    if held is None and about and me:
        held = Held(about, "")
    carried = [held] if held else [read_held(request, SENT), read_held(request, DRAFT)]
    return next((found for one in carried if one and (found := _open(one, me, request))), None)


def _open(held: Held, me: Me | None, request: Request) -> Opened | None:
    if held.code:
        me, referral = None, find_held(held, request.at)
    else:
        referral = find_own(me, held.reference, request.at) if me else None
    return Opened(held, me, referral) if referral and may_tell_more(referral) else None


def begin_full(request: Request) -> Held | None:
    """Begins the full form with what was told before, or goes on with the one begun; None where it can't be."""
    opened = open_own(request)
    if opened is None:
        return None
    way = way_of(opened.referral.channel, "full")
    with asking_as(opened.held, opened.me):
        told = find_told(opened.referral)
    answers = typed_again(way, told.answers) if told else {}
    begin_full_form(opened.held, opened.referral, answers=answers, at=request.at)
    return opened.held


def find_begun(opened: Opened, request: Request) -> ReferralDraft | None:
    return find_draft(opened.held, at=request.at, form="full")


def start_full(request: Request, way: Way) -> HttpResponse:
    """What telling more is, and the button that begins it, or goes on with what was begun here or elsewhere."""
    opened = open_own(request)
    if opened is None:
        return redirect("refer_progress")
    right = way_of(opened.referral.channel, "full")
    if right is not way:
        return redirect(f"/refer/{right.slug}?{request.GET.urlencode()}".rstrip("?"))
    told = ""
    draft = find_begun(opened, request)
    if request.method == "POST":
        if draft or not limits.count(limits.BEGIN, limits.address_of(request)):
            held = begin_full(request)
            draft = find_begun(opened, request)
            to = redirect(address_to_go_on(way, draft)) if draft else redirect("refer_progress")
            return give_held(to, DRAFT, held) if held else to
        told = public_text.WAIT.format(minutes=limits.BEGIN.minutes)
    context = {
        "way": way,
        "easy": way.easy,
        "draft": draft,
        "areas": [],
        "kept_days": KEPT_DAYS,
        "told": told,
        "here": "",
    }
    status = 429 if told else 200
    return draw(request, "referrals/start.html", context, icb_id=opened.referral.icb_id, status=status)

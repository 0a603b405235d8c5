"""Coming back: going on with a draft, and seeing how a referral stands."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from alongside.features.referrals import limits, public_text
from alongside.features.referrals.carried import DRAFT, SENT, forget_held, give_held, read_held
from alongside.features.referrals.codes import read_reference
from alongside.features.referrals.drafts import Held, find_draft, list_own_drafts, name_in, take_up
from alongside.features.referrals.forms_progress import CodeForm
from alongside.features.referrals.forms_steps import BY_CHANNEL, way_of
from alongside.features.referrals.going_on import address_to_go_on
from alongside.features.referrals.models import AnswerBy
from alongside.features.referrals.progress import find_held, find_own, list_own
from alongside.features.referrals.progress_page import show_progress
from alongside.features.referrals.promised import looked_at_within, outcome_told_by
from alongside.features.referrals.public_doors import draw, public, signed_in
from alongside.features.referrals.sending import find_referral
from alongside.foundation.access.me import end_key
from alongside.foundation.access.protected import open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.policy.rules import Length, Rule

#: How the answer comes, for the receipt.
TOLD_HOW = {
    AnswerBy.LETTER: "We send a letter.",
    AnswerBy.EMAIL: "We send an email.",
    AnswerBy.SMS: "We send a text.",
    AnswerBy.PHONE: "We call.",
    AnswerBy.PAGE: "You can read it here.",
}
HOURS_OF_A_DAY = 24
#: Where somebody must not know: nothing leaves by itself.
TOLD_SAFELY = "You can read it here. We do not send a text or an email by ourselves. One of us finds a safe way."


@public
def sent(request: Request) -> HttpResponse:
    """The receipt, for as long as this browser carries its reference and code."""
    held = read_held(request, SENT)
    referral = find_referral(held) if held else None
    if held is None or referral is None:
        return redirect("refer_progress")
    due, rule = outcome_told_by(referral.icb.code, referral.received_at)
    context = {
        "held": held,
        "referral": referral,
        "due": due,
        "rule": rule,
        "first_look": _in_days(looked_at_within(referral.icb.code, referral.received_at)),
        "told_how": TOLD_SAFELY
        if referral.must_not_know
        else TOLD_HOW.get(AnswerBy(referral.answer_by or AnswerBy.PAGE), ""),
        "easy": BY_CHANNEL[referral.channel].easy,
    }
    return draw(request, "referrals/sent.html", context, icb_id=referral.icb_id)


def _in_days(rule: Rule) -> str:
    """The time of the first look as anybody says it: 48 working hours are 2 days."""
    length = rule.period
    if length.unit == "working_hours" and length.number % HOURS_OF_A_DAY == 0:
        return str(Length(length.number // HOURS_OF_A_DAY, "days"))
    return rule.length_in_words


@public
def carry_on(request: Request) -> HttpResponse:
    """A draft begun before, here or elsewhere. An account finds its own without a code."""
    me = signed_in(request)
    if me and "own" in request.POST and (held := take_up(me, read_reference(request.POST["own"]), request.at)):
        draft = find_draft(held, at=request.at)
        if draft:
            way = way_of(draft.channel, draft.form)
            return give_held(redirect(address_to_go_on(way, draft)), DRAFT, held)
    form = CodeForm(request.POST if request.method == "POST" and "own" not in request.POST else None)
    if form.is_bound:
        held, wait = _typed(request, form)
        draft = (find_draft(held, at=request.at) or find_draft(held, at=request.at, form="full")) if held else None
        if held and draft:
            way = way_of(draft.channel, draft.form)
            return give_held(redirect(address_to_go_on(way, draft)), DRAFT, held)
        if held and find_held(held, request.at):
            return give_held(redirect("refer_progress"), SENT, held)
        _wrong(request, form, wait)
    context = {
        "form": form,
        "own": [(one, name_in(one)) for one in list_own_drafts(me, request.at)] if me else [],
        "title": "Go on with a form you began",
        "lead": "Type the reference and the code that we gave you.",
        "button_text": "Go on",
        "lost_code": public_text.LOST_CODE,
    }
    return draw(request, "referrals/carry_on.html", context, status=422 if form.is_bound else 200)


@public
def progress(request: Request) -> HttpResponse:
    """How it stands: one's own for an account, else the one that reference and code open."""
    me = signed_in(request)
    held = read_held(request, SENT)
    referral = find_held(held, request.at) if held else None
    if request.method == "GET" and held and referral and "other" not in request.GET:
        return show_progress(request, held, None, referral)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        typed, wait = _typed(request, form)
        if typed and find_held(typed, request.at):
            return give_held(redirect("refer_progress"), SENT, typed)
        _wrong(request, form, wait)
    own = list_own(me, request.at) if me else []
    if me and own:
        record_look(me, "referral_progress", [one.person_id for one in own if one.person_id], at=request.at)
    context = {"form": form, "own": own, "account": bool(me), "lost_code": public_text.LOST_CODE}
    return draw(request, "referrals/progress_find.html", context, status=422 if form.is_bound else 200)


@public
def progress_of(request: Request, asked: str) -> HttpResponse:
    """One of one's own, for an account."""
    me = signed_in(request)
    referral = find_own(me, read_reference(asked), request.at) if me else None
    if me is None or referral is None:
        raise Http404
    record_look(me, "referral_progress", [referral.person_id] if referral.person_id else [], at=request.at)
    return show_progress(request, None, me, referral)


def _typed(request: Request, form: CodeForm) -> tuple[Held | None, limits.Limit | None]:
    """What was typed, unless it was tried too often from here or with this reference."""
    if not form.is_valid():
        return None, None
    held = form.held()
    if limits.is_over(limits.WRONG_CODE, limits.address_of(request)):
        return None, limits.WRONG_CODE
    if held and limits.is_over(limits.WRONG_CODE_OF_ONE, held.reference):
        return None, limits.WRONG_CODE_OF_ONE
    return held, None


def _wrong(request: Request, form: CodeForm, wait: limits.Limit | None) -> None:
    if not form.is_valid():
        return
    if wait:
        form.add_error(None, public_text.WAIT_CODE.format(minutes=wait.minutes))
        return
    limits.count(limits.WRONG_CODE, limits.address_of(request))
    if reference := read_reference(form.cleaned_data["reference"]):
        limits.count(limits.WRONG_CODE_OF_ONE, reference)
    form.was_wrong()


@open_to_all
def leave(request: Request) -> HttpResponse:
    """Away at once: this browser forgets what it carried, a sign-in ends, and a neutral site comes up.

    Nothing that was kept is lost: reference and code open it again.
    """
    if request.COOKIES.get(settings.KEY_COOKIE):
        end_key(request.at)
    response: HttpResponse = HttpResponseRedirect(settings.NEUTRAL_SITE)
    forget_held(response)
    for name in (settings.KEY_COOKIE, settings.SESSION_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    if settings.HTTPS:
        response.headers["Clear-Site-Data"] = '"cache"'
    return response

"""The pages of asking: which way, one page of questions after another, check, send. Open to everybody.

They answer the same whether a record exists or not: nothing here looks for anybody.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from alongside.features.referrals import limits, public_text
from alongside.features.referrals.carried import DRAFT, SENT, forget_held, give_held, read_held
from alongside.features.referrals.drafts import KEPT_DAYS, Held, begin_draft, find_draft, keep_page, pages_of
from alongside.features.referrals.forms_steps import (
    WAYS,
    Step,
    Way,
    as_typed,
    born_as_typed,
    form_of,
    read_all,
    way_of,
)
from alongside.features.referrals.going_on import address_to_go_on
from alongside.features.referrals.models import ReferralDraft
from alongside.features.referrals.public_doors import draw, public, signed_in
from alongside.features.referrals.public_queries import answer_rows, list_areas
from alongside.features.referrals.sending import find_referral, send_full, send_referral
from alongside.features.referrals.telling_more import begin_full, open_own, start_full
from alongside.foundation import clock
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.request import Request

ANSWERS = "answers"


@public
def ways(request: Request) -> HttpResponse:
    """Who is asking?"""
    return draw(request, "referrals/ways.html", {"ways": WAYS})


@public
def start(request: Request, way: str) -> HttpResponse:
    """What happens with what is told; begins a draft."""
    found = _way(way)
    if found.form == "full":
        return start_full(request, found)
    if request.method == "POST":
        if limits.count(limits.BEGIN, limits.address_of(request)):
            return _too_often(request, found, limits.BEGIN)
        held = _begin(request, found)
        return give_held(redirect("refer_page", way, found.steps[0].slug), DRAFT, held) if held else _start(found)
    return _draw_start(request, found, _held_draft(request, found)[1])


@public
def page(request: Request, way: str, slug: str) -> HttpResponse:
    """One page of questions. Kept at every Continue, right or wrong."""
    found = _way(way)
    step = _step(found, slug)
    if request.method == "POST":
        return _continue(request, found, step)
    draft = _held_draft(request, found)[1]
    return _draw(request, found, step, draft) if draft else _start(found)


@public
@require_POST
def keep(request: Request, way: str, slug: str) -> HttpResponse:
    """What is typed, while it is typed. Answers in one word, for the script: no, where a Continue came first."""
    found = _way(way)
    step = _step(found, slug)
    held = read_held(request, DRAFT)
    seen = request.POST.get("seen", "")
    typed = as_typed(request.POST)
    if held is None or typed is None or not (seen.isascii() and seen.isdecimal() and len(seen) < 9):
        return JsonResponse({"kept": False}, status=409)
    if limits.count(limits.KEEP, held.reference):
        return JsonResponse({"kept": False}, status=429)
    kept = keep_page(held, step.slug, typed, at=request.at, seen=int(seen), form=found.form)
    return JsonResponse({"kept": kept})


@public
def answers(request: Request, way: str) -> HttpResponse:
    """Everything once more, and the button that sends it."""
    found = _way(way)
    held, draft = _held_draft(request, found)
    if held and held.code and draft is None and find_referral(held):
        return give_held(redirect(*_sent_to(found)), SENT, held)
    if held is None or draft is None:
        sent = read_held(request, SENT) if found.form != "full" else None
        return redirect(*_sent_to(found)) if sent and find_referral(sent) else _start(found)
    if request.method == "POST":
        return _send(request, found, held, draft)
    return _draw_answers(request, found, draft)


@public
def save_for_later(request: Request) -> HttpResponse:
    """The reference and code with which to go on, on this device or another."""
    held = read_held(request, DRAFT)
    draft = (find_draft(held, at=request.at) or find_draft(held, at=request.at, form="full")) if held else None
    if held is None or draft is None:
        return redirect("refer")
    way = way_of(draft.channel, draft.form)
    context = {"held": held, "draft": draft, "way": way, "easy": way.easy, "here": address_to_go_on(way, draft)}
    return draw(request, "referrals/saved.html", context, icb_id=draft.icb_id)


def _way(slug: str) -> Way:
    if slug not in WAYS:
        raise Http404
    return WAYS[slug]


def _step(way: Way, slug: str) -> Step:
    step = way.find_step(slug)
    if step is None:
        raise Http404
    return step


def _start(way: Way) -> HttpResponse:
    return redirect("refer_start", way.slug)


def _sent_to(way: Way) -> tuple[str]:
    """Where it goes on after sending."""
    return ("refer_progress",) if way.form == "full" else ("refer_sent",)


def _held_draft(request: Request, way: Way) -> tuple[Held | None, ReferralDraft | None]:
    """What this browser carries, and the draft of this way that it opens."""
    held = read_held(request, DRAFT)
    draft = find_draft(held, at=request.at, form=way.form) if held else None
    return held, draft if draft and way_of(draft.channel, draft.form) is way else None


def _begin(request: Request, way: Way) -> Held | None:
    """A new draft; for the full form only about a referral that takes more."""
    if way.form == "full":
        return begin_full(request)
    me = signed_in(request)
    areas = list_areas(clock.today())
    only = int(areas[0][0]) if len(areas) == 1 else None
    return begin_draft(channel=way.channel, at=request.at, icb_id=only, asked_by_id=me.id if me else None)


def _continue(request: Request, way: Way, step: Step) -> HttpResponse:
    held, draft = _held_draft(request, way)
    today, areas = clock.today(), list_areas(clock.today())
    born = born_as_typed(pages_of(draft), today) if draft else None
    form = step.form(request.POST, today=today, areas=areas, born=born)
    right = form.is_valid()
    typed = as_typed(request.POST)
    if typed is None and right:
        form.add_error(None, public_text.TOO_LONG)
        right = False
    fresh: Held | None = None
    if held is None or draft is None:
        if limits.count(limits.BEGIN, limits.address_of(request)):
            return _draw(request, way, step, None, form=form, status=429, told=_wait(limits.BEGIN))
        held = fresh = _begin(request, way)
        if held is None:
            return _draw(request, way, step, None, form=form, status=409, told=public_text.NOT_OPEN)
    if typed is not None:
        area = {"icb_id": int(form.cleaned_data["area"])} if right and form.cleaned_data.get("area") else {}
        keep_page(held, step.slug, typed, at=request.at, form=way.form, **area)
    draft = find_draft(held, at=request.at, form=way.form)
    if not right or draft is None:
        response = _draw(request, way, step, draft, form=form, status=422)
    else:
        response = redirect(*_after(request, way, step, draft))
    return give_held(response, DRAFT, fresh) if fresh else response


def _after(request: Request, way: Way, step: Step, draft: ReferralDraft) -> tuple[str, ...]:
    wanted = [each.slug for each in way.wanted(pages_of(draft))]
    later = wanted[wanted.index(step.slug) + 1 :] if step.slug in wanted else []
    if request.POST.get("back_to") == ANSWERS:
        later = [slug for slug in later if slug not in draft.answers]
    return ("refer_page", way.slug, later[0]) if later else ("refer_answers", way.slug)


def _draw(
    request: Request,
    way: Way,
    step: Step,
    draft: ReferralDraft | None,
    *,
    form: Any = None,
    status: int = 200,
    told: str = "",
) -> HttpResponse:
    typed = pages_of(draft) if draft else {}
    if form is None:
        form = form_of(step, typed, today=clock.today(), areas=list_areas(clock.today()))
        # What was kept while typing is not a mistake yet.
        if form.is_bound and not form.is_valid() and request.GET.get("from") != ANSWERS:
            form.errors.clear()
    wanted = way.wanted(typed)
    number = wanted.index(step) if step in wanted else 0
    back_to = request.POST.get("back_to") or request.GET.get("from", "")
    return draw(
        request,
        "referrals/page.html",
        {
            "way": way,
            "easy": way.easy,
            "step": step,
            "form": form,
            "number": number + 1,
            "total": len(wanted),
            "before": wanted[number - 1].slug if number else "",
            "version": draft.version if draft else 0,
            "back_to": ANSWERS if back_to == ANSWERS else "",
            "told": told,
        },
        icb_id=draft.icb_id if draft else None,
        status=status,
    )


def _draw_answers(
    request: Request, way: Way, draft: ReferralDraft, *, told: str = "", status: int = 200
) -> HttpResponse:
    areas = list_areas(clock.today())
    typed = pages_of(draft)
    _, missing = read_all(way, typed, today=clock.today(), areas=areas)
    sections = answer_rows(way, typed, today=clock.today(), areas=areas)
    context = {"way": way, "easy": way.easy, "draft": draft, "sections": sections, "missing": missing, "told": told}
    return draw(request, "referrals/answers.html", context, icb_id=draft.icb_id, status=status)


def _send(request: Request, way: Way, held: Held, draft: ReferralDraft) -> HttpResponse:
    areas = list_areas(clock.today())
    given, missing = read_all(way, pages_of(draft), today=clock.today(), areas=areas)
    if missing:
        return _draw_answers(request, way, draft, told=public_text.NOT_FINISHED, status=422)
    if request.POST.get("seen") != str(draft.version):
        return _draw_answers(request, way, draft, told=public_text.CHANGED_SINCE, status=409)
    me = signed_in(request)
    if limits.count(limits.SEND, f"actor {me.id}" if me else limits.address_of(request)):
        return _draw_answers(request, way, draft, told=_wait(limits.SEND), status=429)
    if way.form == "full":
        return _send_more(request, way, held, draft, given)
    icb_id = int(given.get("area") or draft.icb_id or areas[0][0])
    send_referral(held, draft, given, icb_id=icb_id, me=me, at=request.at, today=clock.today())
    return forget_held(give_held(redirect("refer_sent"), SENT, held), DRAFT)


def _send_more(request: Request, way: Way, held: Held, draft: ReferralDraft, given: dict[str, Any]) -> HttpResponse:
    opened = open_own(request, held)
    try:
        if opened is None:
            raise NotNow("not_open", public_text.NOT_OPEN)
        send_full(opened.held, draft, opened.referral, given, me=opened.me, at=request.at)
    except NotNow as problem:
        return _draw_answers(request, way, draft, told=problem.sentence, status=409)
    messages.success(request, public_text.MORE_TOLD)
    if opened.me:
        return forget_held(redirect("refer_progress_of", opened.referral.reference), DRAFT)
    return forget_held(give_held(redirect(*_sent_to(way)), SENT, opened.held), DRAFT)


def _wait(limit: limits.Limit) -> str:
    return public_text.WAIT.format(minutes=limit.minutes)


def _too_often(request: Request, way: Way, limit: limits.Limit) -> HttpResponse:
    return _draw_start(request, way, None, told=_wait(limit))


def _draw_start(request: Request, way: Way, draft: ReferralDraft | None, *, told: str = "") -> HttpResponse:
    areas = list_areas(clock.today())
    context = {
        "way": way,
        "easy": way.easy,
        "draft": draft,
        "areas": areas,
        "kept_days": KEPT_DAYS,
        "told": told,
        "here": address_to_go_on(way, draft) if draft else "",
    }
    return draw(request, "referrals/start.html", context, status=429 if told else 200)

"""What a school's link opens: who answers, each young person in turn, everything once more, and the receipt.

Open to whoever holds the link; statements are asked with it, so that the database shows this school's part only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.referrals import limits
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.doors.visiting import by_link
from alongside.features.referrals.forms_steps import as_typed
from alongside.features.referrals.schools import draft as drafts
from alongside.features.referrals.schools import text
from alongside.features.referrals.schools.models import SchoolAnswer, SchoolAsk, SchoolDraft, SchoolWorry
from alongside.features.referrals.schools.operations import send_answer
from alongside.features.referrals.schools.operations.answering import code_of, numbered_so_far
from alongside.features.referrals.schools.said import what_was_said
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, View
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import AlreadyDone, recording

#: The answers that were sent from this browser: it alone is shown their references and codes.
SENT_HERE = "school_answers"
_SENDINGS = UUID("0c1d5a0e-6f8e-4f0f-9a44-4b7f2f4b6c21")
TITLES = {
    "asked": "Have you asked them?",
    "them": "Who are they?",
    "year": "Which school year?",
    "worry": "What worries you?",
}


def for_school(view: Callable[..., HttpResponse]) -> View:
    """For a view `(request, ask, link, token, …)`: the question that this link is about, asked with the link's key."""

    @by_link(OrganisationLink.WhatFor.SCHOOL_ASK)
    @wraps(view)
    def page(request: Request, link: OrganisationLink, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        with context.asking_with(token):
            ask = SchoolAsk.objects.select_related("organisation", "round", "icb").order_by("-id").first()
            if ask is None:
                return render(request, "doors/gone.html", {"typed": []}, status=404)
            return view(request, ask, link, token, *args, **kwargs)

    return page


@for_school
def start(request: Request, ask: SchoolAsk, link: OrganisationLink, token: str) -> HttpResponse:
    """Why they are asked, and who answers."""
    draft = drafts.find_draft(ask)
    typed = drafts.typed_in(draft)
    form = drafts.form_of("who", typed, today=_today(request))
    if request.method == "POST":
        form = drafts.form_of("who", typed, today=_today(request), posted=request.POST)
        told = _keep(request, ask, "who")
        if not told and form.is_valid():
            first = form.cleaned_data["worried"] == "yes" and not drafts.numbers_in(typed)
            return redirect("school_ask_page", token, 1, "asked") if first else redirect("school_ask_check", token)
        return _draw_start(request, ask, token, form, told=told, status=429 if told == _wait() else 422)
    return _draw_start(request, ask, token, form)


def _draw_start(
    request: Request, ask: SchoolAsk, token: str, form: Any, *, told: str = "", status: int = 200
) -> HttpResponse:
    late = _today(request) > ask.round.answer_by
    before = SchoolAnswer.objects.filter(ask=ask).order_by("-id").first()
    shown = {"form": form, "told": told, "late": late, "before": before}
    return _draw(request, "start", ask, token, status, **shown)


@for_school
def page(request: Request, ask: SchoolAsk, link: OrganisationLink, token: str, number: int, slug: str) -> HttpResponse:
    """One page about one young person."""
    typed = drafts.typed_in(drafts.find_draft(ask))
    if slug not in drafts.pages_of(number, typed) or not 1 <= number <= drafts.MOST_PEOPLE:
        raise Http404
    name = f"{number}-{slug}"
    if request.method != "POST":
        form = drafts.form_of(name, typed, today=_today(request))
        if slug == "asked" and not form.is_bound and request.GET.get("before", "").isdecimal():
            form.initial["before"] = request.GET["before"][:3]
        return _draw_page(request, ask, token, number, slug, form)
    form = drafts.form_of(name, typed, today=_today(request), posted=request.POST)
    right = form.is_valid()
    told = _keep(request, ask, name)
    if told or not right:
        return _draw_page(request, ask, token, number, slug, form, told=told, status=429 if told == _wait() else 422)
    typed = drafts.typed_in(drafts.find_draft(ask))
    later = drafts.pages_of(number, typed)
    later = later[later.index(slug) + 1 :]
    if request.POST.get("back") == "check":
        later = [after for after in later if f"{number}-{after}" not in typed]
    if later:
        return redirect("school_ask_page", token, number, later[0])
    return redirect("school_ask_check", token)


def _draw_page(
    request: Request,
    ask: SchoolAsk,
    token: str,
    number: int,
    slug: str,
    form: Any,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    back = "check" if "check" in (request.GET.get("back"), request.POST.get("back")) else ""
    shown = {
        "number": number,
        "called": numbered_so_far(ask) + number,
        "slug": slug,
        "title": TITLES[slug],
        "form": form,
        "told": told,
        "back": back,
    }
    return _draw(request, "page", ask, token, status, **shown)


def _keep(request: Request, ask: SchoolAsk, page: str) -> str:
    """Keeps a page as it was typed, right or wrong. A sentence where that could not be."""
    if limits.count(limits.KEEP, f"ask {ask.pk}"):
        return _wait()
    typed = as_typed(request.POST)
    if typed is None:
        return text.TOO_LONG
    drafts.keep_page(ask, page, {name: values for name, values in typed.items() if name != "back"}, at=request.at)
    return ""


def _wait() -> str:
    return text.WAIT.format(minutes=limits.KEEP.minutes)


@for_school
def remove(request: Request, ask: SchoolAsk, link: OrganisationLink, token: str, number: int) -> HttpResponse:
    """Takes a young person out of the answer. A link alone changes nothing."""
    if request.method == "POST":
        drafts.take_away(ask, number, at=request.at)
    return redirect("school_ask_check", token)


@for_school
def check(request: Request, ask: SchoolAsk, link: OrganisationLink, token: str) -> HttpResponse:
    """Everything once more, and the button that sends it."""
    draft = drafts.find_draft(ask)
    if draft is None:
        answered = SchoolAnswer.objects.filter(ask=ask).exists()
        return redirect("school_ask_sent" if answered else "school_ask", token)
    if request.method == "POST":
        return _send(request, ask, link, token, draft)
    return _draw_check(request, ask, token, draft)


def _draw_check(
    request: Request, ask: SchoolAsk, token: str, draft: SchoolDraft, *, told: str = "", status: int = 200
) -> HttpResponse:
    # From here on the server knows this browser, also where the answer to its sending is lost on the way.
    request.session.setdefault(SENT_HERE, [])
    typed, today = drafts.typed_in(draft), _today(request)
    people = [drafts.read_person(number, typed, today=today) for number in drafts.numbers_in(typed)]
    shown = {
        "draft": draft,
        "who": drafts.read_who(typed, today=today),
        "people": people,
        "before": numbered_so_far(ask),
        "next": min(max((one.number for one in people), default=0) + 1, drafts.MOST_PEOPLE + 1),
        "most": drafts.MOST_PEOPLE,
        "told": told,
        "missing": _missing(typed, people, today),
    }
    return _draw(request, "check", ask, token, status, **shown)


def _missing(typed: drafts.Typed, people: list[drafts.Read], today: Any) -> str:
    """Why the answer can't be sent yet; '' when it can."""
    who = drafts.read_who(typed, today=today)
    if who is None or any(one.missing for one in people):
        return text.NOT_FINISHED
    if who["worried"] == "no" and people:
        return text.NAMED_AND_NOBODY
    return text.NOBODY_YET if who["worried"] == "yes" and not people else ""


def _send(request: Request, ask: SchoolAsk, link: OrganisationLink, token: str, draft: SchoolDraft) -> HttpResponse:
    typed, today = drafts.typed_in(draft), _today(request)
    people = [drafts.read_person(number, typed, today=today) for number in drafts.numbers_in(typed)]
    if missing := _missing(typed, people, today):
        return _draw_check(request, ask, token, draft, told=missing, status=422)
    if request.POST.get("seen") != str(draft.version):
        return _draw_check(request, ask, token, draft, told=text.CHANGED_SINCE, status=409)
    if limits.count(limits.SEND, f"ask {ask.pk}"):
        wait = text.WAIT.format(minutes=limits.SEND.minutes)
        return _draw_check(request, ask, token, draft, told=wait, status=429)
    said = what_was_said(ask, drafts.read_who(typed, today=today) or {}, people)
    try:
        with recording(by=link.acts_as, at=request.at, once=uuid5(_SENDINGS, f"{draft.pk} {draft.version}")) as note:
            answer = send_answer(note, ask=ask, said=said)
        request.session[SENT_HERE] = [*request.session.get(SENT_HERE, []), answer.pk][-drafts.MOST_PEOPLE :]
    except AlreadyDone:  # pressed twice; the first one is remembered
        pass
    except NotNow as problem:
        return _draw_check(request, ask, token, draft, told=problem.sentence, status=409)
    return redirect("school_ask_sent", token)


@for_school
def sent(request: Request, ask: SchoolAsk, link: OrganisationLink, token: str) -> HttpResponse:
    """The receipt: what came, and whom there is still to ask. A link is passed on, so codes are the sender's only."""
    answers = list(SchoolAnswer.objects.filter(ask=ask).order_by("-id").prefetch_related("worries"))
    if not answers:
        return redirect("school_ask", token)
    sent_here = request.session.get(SENT_HERE, [])
    rows = [
        (
            answer,
            [
                (one, code_of(ask.pk, one.number) if one.reference and answer.pk in sent_here else "")
                for one in _in_order(answer)
            ],
        )
        for answer in answers
    ]
    numbers = drafts.numbers_in(drafts.typed_in(drafts.find_draft(ask)))
    return _draw(request, "sent", ask, token, 200, answers=rows, next=max(numbers, default=0) + 1)


def _in_order(answer: SchoolAnswer) -> list[SchoolWorry]:
    return sorted(answer.worries.all(), key=lambda one: one.number)


def _draw(request: Request, name: str, ask: SchoolAsk, token: str, status: int, **shown: Any) -> HttpResponse:
    context = {"ask": ask, "token": token, "round": ask.round, **shown}
    return render(request, f"schools/answer_{name}.html", context, status=status)


def _today(request: Request) -> Any:
    return request.at.astimezone(LONDON).date()

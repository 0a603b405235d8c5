"""Answering what was asked, taking a referral back, and the answer on paper: with an account or with the code."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from alongside.features.referrals import public_text
from alongside.features.referrals.carried import SENT, read_held
from alongside.features.referrals.codes import read_reference
from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.drafts import Held
from alongside.features.referrals.forms_progress import AnswerQuestionForm, WithdrawForm
from alongside.features.referrals.models import Referral
from alongside.features.referrals.operations import answer_question, withdraw
from alongside.features.referrals.progress import find_held, find_own, letters_to_asker, read_progress
from alongside.features.referrals.progress_page import show_progress
from alongside.features.referrals.public_doors import public, signed_in
from alongside.features.referrals.sending import asking_as
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.request import Request
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.serving import serve
from alongside.foundation.documents.storage import keep
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording

_MARKS = UUID("0f4c6f0e-8b9a-4c59-9c3e-2a1f6f7f0c11")
Act = Callable[[Notes], Any]


@public
@require_POST
def answer(request: Request, asked: str, question: int) -> HttpResponse:
    """An answer in words or with a file, to one question that is open."""
    held, me, referral = _reached(request, asked)
    form = AnswerQuestionForm(request.POST, request.FILES)
    with asking_as(held, me):
        open_one = next((one for one in read_progress(referral, request.at).questions if one.pk == question), None)
    if open_one is None:
        messages.info(request, public_text.ANSWERED)
        return _back(referral, me)
    if form.is_valid():
        given = form.cleaned_data

        def act(note: Notes) -> None:
            documents = [_kept(given["document"])] if given.get("document") else []
            answer_question(
                note,
                referral=referral,
                question=open_one,
                words=given["words"],
                by_name=referral.asker_name,
                documents=documents,
            )

        if _does(request, form, held, me, act):
            messages.success(request, public_text.THANKS)
            return _back(referral, me)
    return show_progress(request, None if me else held, me, referral, status=422, answer_form=form)


@public
@require_POST
def take_back(request: Request, asked: str) -> HttpResponse:
    """It is not wanted any more."""
    held, me, referral = _reached(request, asked)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        said = {"because": form.cleaned_data["because"], "by_name": referral.asker_name}
        if _does(request, form, held, me, lambda note: withdraw(note, referral=referral, **said)):
            messages.success(request, public_text.TAKEN_BACK)
            return _back(referral, me)
    return show_progress(request, None if me else held, me, referral, status=422, withdraw_form=form)


@public
@require_safe
def letter(request: Request, asked: str, number: int) -> HttpResponse:
    """The answer that they were sent, on paper."""
    held, me, referral = _reached(request, asked)
    with asking_as(held, me):
        found = letters_to_asker(referral).filter(pk=number).first() if referral.told_at else None
    if found is None:
        raise Http404
    return serve(key=found.pdf, media_type="application/pdf", file_name="letter.pdf")


def _reached(request: Request, reference: str) -> tuple[Held, Me | None, Referral]:
    """By the code that this browser carries, else by one's account. 404 for anybody else's."""
    wanted = read_reference(reference)
    held = read_held(request, SENT)
    if held and held.reference == wanted and (found := find_held(held, request.at)):
        return held, None, found
    me = signed_in(request)
    own = find_own(me, wanted, request.at) if me else None
    if own is None:
        raise Http404
    return Held("", ""), me, own


def _does(request: Request, form: OnceForm, held: Held, me: Me | None, act: Act) -> bool:
    """Done, now or by an earlier sending of the same form. False puts the sentence on the form."""
    once = uuid5(_MARKS, form.cleaned_data["submission"])
    try:
        with asking_as(held, me), recording(by=me or the_public_form(), at=request.at, once=once) as note:
            act(note)
    except AlreadyDone:
        return True
    except NotNow as problem:
        form.add_error(None, problem.sentence)
        return False
    return True


def _kept(checked: Checked) -> dict[str, str]:
    """A file that passed every check, kept under its content's name; what the referral remembers of it."""
    return {"key": keep(checked.content), "media_type": checked.media_type, "file_name": checked.file_name}


def _back(referral: Referral, me: Me | None) -> HttpResponse:
    return redirect("refer_progress_of", referral.reference) if me else redirect("refer_progress")

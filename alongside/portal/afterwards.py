"""The page that a link opens three and six months after keyworking ended: one question, two answers, no account.

Whoever would like to talk is on the register's list again at once, as anybody who asks; nobody is asked why.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.models import AfterQuestion
from alongside.features.keyworking.stepping_down.afterwards import answer_question, find_question
from alongside.features.people.changing import act_of
from alongside.features.people.models import Consent
from alongside.features.referrals.codes import new_code, new_reference
from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.models import AnswerBy, Channel, Referral
from alongside.features.referrals.operations import receive_referral
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.nhsuk.forms import OnceForm, RadiosField
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording
from alongside.policy.counting import day_in_words


class HowForm(OnceForm):
    """The one question."""

    answer = RadiosField(
        "How are things?", choices=AfterQuestion.Answer.choices, missing="Choose one of the two answers"
    )


@open_to_all
def after(request: Request, token: str) -> HttpResponse:
    """Asks, and takes one answer. Every other link gets one and the same page. It says nothing of whom it is about."""
    question = find_question(token, request.at)
    if question is None:
        return _private(render(request, "portal/after_gone.html", status=404))
    form = HowForm(request.POST if request.method == "POST" else None)
    call = find_contact(question.person.icb_id)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid() and _answered(request, form, question):
            talk = form.cleaned_data["answer"] == AfterQuestion.Answer.TALK
            return _private(render(request, "portal/after_done.html", {"talk": talk, "call": call}))
    return _private(render(request, "portal/after.html", {"form": form, "call": call}, status=status))


def _answered(request: Request, form: OnceForm, question: AfterQuestion) -> bool:
    """Whether it was taken, now or by the same form before; else the form says why not."""
    given: dict[str, Any] = form.cleaned_data
    try:
        with recording(by=the_public_form(), at=request.at, once=act_of(given["submission"])) as note:
            answer_question(note, question=question, answer=given["answer"])
            if given["answer"] == AfterQuestion.Answer.TALK:
                _back_on_the_list(note, question)
    except AlreadyDone:
        return True
    except (Refused, NotNow) as problem:
        form.add_error(None, problem.sentence)
        return False
    return True


def _back_on_the_list(note: Notes, question: AfterQuestion) -> Referral:
    """A referral like any other, with its clock; who they are is known already, so nothing has to be typed again."""
    person, ending = question.person, question.ending
    by_email = "@" in ending.ask_reach
    said = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date,
        "nhs_number": person.nhs_number or "",
        "words": "They would like to talk. They were asked how things are after keyworking ended on "
        f"{day_in_words(ending.ended_on)}.",
        "asker_name": "Whoever answered the question",
        "asker_relationship": "Asked after keyworking",
        "asker_email": ending.ask_reach if by_email else "",
        "asker_phone": "" if by_email else ending.ask_reach[:40],
        "answer_by": AnswerBy.EMAIL if by_email else AnswerBy.PHONE,
        "agreement": Consent.Answer.UNKNOWN,
    }
    with context.as_engine():
        return receive_referral(
            note,
            icb_id=person.icb_id,
            channel=Channel.FAMILY,
            reference=new_reference(),
            code=new_code(),
            said=said,
        )


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, and the link is told to no other site."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

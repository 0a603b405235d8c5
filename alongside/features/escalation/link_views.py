"""The page that an officer's link opens: one question, one answer, no account."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.escalation import lifecycle, queries, text
from alongside.features.escalation.asking import find_by_link, send_link, use_link
from alongside.features.escalation.deciding import decide
from alongside.features.escalation.forms import ASK, DECIDE, HAVE_IT, LinkForm
from alongside.features.escalation.models import Escalation, EscalationLink
from alongside.features.escalation.operations import take_step
from alongside.features.people.changing import act_of
from alongside.foundation.access.middleware import typed_again
from alongside.foundation.access.protected import NotNow, Refused, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.recording import AlreadyDone, recording


@open_to_all
def by_link(request: Request, token: str) -> HttpResponse:
    """Shows the question and takes one answer. Every other link gets one and the same page."""
    found = find_by_link(token, request.at)
    if found is None:
        typed = [value for name, value in typed_again(request) if value and name != "submission"]
        return _private(render(request, "escalation/link_gone.html", {"typed": typed}, status=404))
    link, row = found
    possible = lifecycle.possible_steps(row.state, lifecycle.OFFICER)
    form = LinkForm(
        request.POST if request.method == "POST" else None, answers=[kind for kind in text.BY_LINK if kind in possible]
    )
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid() and (answer := _answer(request, form, link, row)):
            return _private(render(request, "escalation/link_done.html", {"thanks": text.THANKS[answer]}))
    context = {
        "form": form,
        "case": queries.case_of(queries.shown([row], request.at)[0]),
        "officer": link.officer,
        "call": find_contact(row.recorded_icb_id),
        "today": request.at.date(),
    }
    return _private(render(request, "escalation/link.html", context, status=status))


def _answer(request: Request, form: OnceForm, link: EscalationLink, row: Escalation) -> str:
    """The step that was taken; '' with a sentence on the form where none was."""
    given: dict[str, Any] = form.cleaned_data
    kind: str = given["answer"]
    by = link.officer.actor
    try:
        with recording(by=by, at=request.at, once=act_of(given["submission"])) as note:
            use_link(note, link)
            if kind == DECIDE:
                words = {name: given[name] for name in ("outcome", "because", "plain")}
                decide(note, escalation=row, by=by, **words)
            else:
                changed = take_step(note, escalation=row, kind=kind, by=by, because=given["because"])
                if kind in (HAVE_IT, ASK):
                    send_link(note, changed, link.officer)
    except AlreadyDone:
        return kind
    except (Refused, NotNow) as problem:
        form.add_error(None, problem.sentence)
        return ""
    return kind


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, and the link is told to no other site."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

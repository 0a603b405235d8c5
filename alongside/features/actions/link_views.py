"""The page that an owner's link opens: one action, one answer, no account."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.actions import lifecycle, text
from alongside.features.actions.asking import find_by_link, send_link, use_link
from alongside.features.actions.forms import LinkForm
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import take_step
from alongside.features.people.changing import act_of
from alongside.foundation.access.middleware import typed_again
from alongside.foundation.access.protected import NotNow, Refused, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.recording import AlreadyDone, recording

_K = ActionStep.Kind
THANKS: dict[str, str] = {
    _K.ACCEPTED: "You said yes. A new link is on its way: tell us with it when it is done, or when it is stuck.",
    _K.REFUSED: "You said no. Whoever asked you is told, and asks somebody else.",
    _K.SOMEBODY: "You named somebody. Whoever asked you is told and gets in touch with them.",
    _K.SAID_DONE: "You said that it is done. The family or their worker confirms it.",
    _K.BLOCKED: "You said that it is stuck. Whoever asked you is told. A new link is on its way.",
    _K.UNBLOCKED: "You said that it goes on. A new link is on its way.",
}


@open_to_all
def by_link(request: Request, token: str) -> HttpResponse:
    """Shows the action and takes one answer. Every other link gets one and the same page."""
    found = find_by_link(token, request.at)
    if found is None:
        typed = [value for name, value in typed_again(request) if value and name != "submission"]
        return _private(render(request, "actions/link_gone.html", {"typed": typed}, status=404))
    link, action = found
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        answers=[kind for kind in lifecycle.possible_steps(action.state, lifecycle.OWNER) if kind in THANKS],
    )
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid() and (answer := _answer(request, form, link, action)):
            return _private(render(request, "actions/link_done.html", {"thanks": THANKS[answer]}))
    context = {
        "form": form,
        "action": action,
        "initials": _initials(action),
        "call": find_contact(action.recorded_icb_id),
        "text": text,
    }
    return _private(render(request, "actions/link.html", context, status=status))


def _answer(request: Request, form: OnceForm, link: Any, action: Action) -> str:
    """The step that was taken; '' with a sentence on the form where none was."""
    given: dict[str, Any] = form.cleaned_data
    kind: str = given["answer"]
    words = {"because": given["because"], "evidence": given["evidence"]}
    if kind == _K.SOMEBODY:
        words["because"] = given["better"]
    if kind == _K.BLOCKED:
        words["waits_for"] = given["waits_for"]
    try:
        with recording(by=action.owner, at=request.at, once=act_of(given["submission"])) as note:
            use_link(note, link)
            changed = take_step(note, action=action, kind=kind, by=action.owner, **words)
            if changed.state in (Action.State.ACCEPTED, Action.State.BLOCKED):
                send_link(note, changed)
    except AlreadyDone:
        return kind
    except (Refused, NotNow) as problem:
        form.add_error(None, problem.sentence)
        return ""
    return kind


def _initials(action: Action) -> str:
    person = action.person
    names = (person.preferred_name or person.given_name, person.family_name)
    return " ".join(f"{name[0].upper()}." for name in names if name) or "somebody"


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, and the link is told to no other site."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

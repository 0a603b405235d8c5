"""One way for every form that changes something: nothing typed is lost, a repeat does nothing twice.

The form carries a mark of its own (see OnceForm); the mark names the act, and the database takes an act once.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording

MARKS = UUID("b0c9a3de-6a45-4f0e-9c11-5b0f6ac20f6e")
ALREADY = "This was already saved. Nothing was done twice."
#: What the database answers when row-level security does not let a row be written.
NOT_ALLOWED = "42501"

#: What must always hold, by the name of the constraint, and what to say when it would not.
HOLDS = {
    "one_designated_keyworker": "Somebody else is their keyworker at that time. Choose a later day.",
    "caseload_setting_once": "There is a value of our own from that day already. Choose another day.",
    "one_leave_at_once": "They are away at that time already. Choose other days, or correct those that stand.",
    "one_work_time_at_once": "Their working time at that time is written down already. Choose a later day.",
    "one_open_entry_per_list": "They are already on this register.",
    "removed_after_entry": "The last day can't be before the day of entry.",
    "nhs_number_once": "This NHS number can't be used. Ask the register team.",
    "one_stay_at_a_time": "There is already a stay at that time. End it, or correct its dates, first.",
    "_dates": "The last day can't be before the first day.",
}

Act = Callable[[Notes, Mapping[str, Any]], Any]


def act_of(mark: str) -> UUID:
    """The act that a form's mark stands for: the same mark is the same act."""
    return uuid5(MARKS, mark)


def was_done(request: Request, mark: str) -> bool:
    """Whether this person's form with this mark was saved before."""
    return Event.objects.filter(act=act_of(mark), by_id=request.me.id).exists()


def perform(request: Request, form: OnceForm, act: Act) -> str:
    """Does it, in one recorded act: 'done', 'already', or a code with the sentence put on the form.

    Raises PermissionDenied where the record may be read and not changed.
    """
    mark = form.cleaned_data["submission"]
    try:
        with recording(by=request.me, at=request.at, once=act_of(mark)) as note:
            act(note, form.cleaned_data)
    except AlreadyDone:
        return "already"
    except (Refused, NotNow) as problem:
        if isinstance(problem, NotNow) and was_done(request, mark):
            return "already"
        form.add_error(None, problem.sentence)
        return problem.code
    except IntegrityError as clash:
        sentence = next((words for name, words in HOLDS.items() if name in str(clash)), "")
        if not sentence:
            raise
        form.add_error(None, sentence)
        return "holds"
    except ProgrammingError as problem:
        if getattr(problem.__cause__, "sqlstate", "") == NOT_ALLOWED:
            raise PermissionDenied("You may read this record and not change it.") from problem
        raise
    return "done"


def answer_form(
    request: Request,
    form: OnceForm,
    act: Act,
    *,
    go_to: str | Callable[[], str],
    saved: str,
    template: str = "people/form.html",
    context: Mapping[str, Any],
) -> HttpResponse:
    """Shows the form; or saves it and goes on; or shows it again with what was typed and what is wrong."""
    if request.method == "POST" and form.is_valid():
        outcome = perform(request, form, act)
        if outcome in ("done", "already"):
            messages.success(request, saved if outcome == "done" else ALREADY)
            return redirect(go_to() if callable(go_to) else go_to)
    status = 422 if form.is_bound else 200
    back = go_to() if callable(go_to) else go_to
    return render(request, template, {"form": form, "back_url": back, **context}, status=status)

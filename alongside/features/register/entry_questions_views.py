"""Two of four: four questions that may open keyworking for somebody who is not red, amber or in hospital."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import ALREADY, perform
from alongside.features.people.models import Person
from alongside.features.people.views import writable
from alongside.features.register import text
from alongside.features.register.access import NOT_YOURS, RUNS, may_run_register
from alongside.features.register.entry_questions import answer_entry_questions, find_entry_answers, why_not_asked
from alongside.features.register.forms import EntryQuestionsForm
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.decision import Decision
from alongside.policy.ratings import Tool, find_tool, suggest

CHANGED = "changed_since"
DIFFERS = "Say why your decision differs from what the answers suggest"


def _tool() -> Tool:
    tool = find_tool("two_of_four")
    assert tool is not None
    return tool


@for_roles(*RUNS)
def two_of_four(request: Request, reference: str) -> HttpResponse:
    """'What do the answers say?' tells what the tool suggests before anything is saved; a person decides."""
    person = writable(request, reference).person
    if not may_run_register(request.me, person.icb_id):
        raise PermissionDenied(NOT_YOURS)
    if request.method != "POST":
        newest = find_entry_answers(request.me, person)
        form = EntryQuestionsForm(tool=_tool(), initial=EntryQuestionsForm.begun(newest))
        return _page(request, person, form)
    form = EntryQuestionsForm(request.POST, tool=_tool())
    valid = form.is_valid()
    suggestion = suggest(_tool(), form.answers())
    if request.POST.get("step") == "suggest":
        form.errors.clear()
        return _page(request, person, form, suggestion=suggestion)
    if valid and bool(suggestion.value) != (form.cleaned_data["opens"] == "yes") and not form.cleaned_data["because"]:
        form.add_error("because", DIFFERS)
        valid = False
    outcome = perform(request, form, lambda note, given: _save(request, note, person, form)) if valid else ""
    if outcome in ("done", "already"):
        messages.success(request, text.SAVED["answered"] if outcome == "done" else ALREADY)
        return redirect(f"/people/{person.reference}")
    if outcome == CHANGED:
        newest, typed = find_entry_answers(request.me, person), request.POST.copy()
        typed["newest"] = str(newest.pk) if newest else ""
        form.data = typed
    return _page(request, person, form, suggestion=suggestion, status=409 if outcome == CHANGED else 422)


def _save(request: Request, note: Notes, person: Person, form: EntryQuestionsForm) -> None:
    given: Any = form.cleaned_data
    answer_entry_questions(
        note,
        person=Person.objects.visible_to(request.me).select_for_update(of=("self",)).get(pk=person.pk),
        tool=_tool(),
        answers=form.answers(),
        opens_keyworking=given["opens"] == "yes",
        because=given["because"],
        by=request.me,
        newest=given["newest"],
    )


def _page(
    request: Request,
    person: Person,
    form: EntryQuestionsForm,
    *,
    suggestion: Decision | None = None,
    status: int = 200,
) -> HttpResponse:
    record_look(request.me, "two of four", [person.pk], at=request.at)
    context = {
        "form": form,
        "person": person,
        "tool": _tool(),
        "suggestion": suggestion,
        "last": find_entry_answers(request.me, person),
        "why_not": why_not_asked(request.me, person),
    }
    return render(request, "register/entry_questions.html", context, status=status)

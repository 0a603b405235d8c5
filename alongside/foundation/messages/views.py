"""The inbox: what somebody was told, and their answers."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages as said
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.documents.serving import serve
from alongside.foundation.messages import queries
from alongside.foundation.messages.forms import AnswerForm, SettleForm
from alongside.foundation.messages.models import Message
from alongside.foundation.messages.operations import answer_message, record_opened, settle_message
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import AlreadyDone, recording

#: Who sees whether what was sent arrived.
LOOKS_AFTER = (Role.COORDINATOR, Role.MANAGER, Role.ADMIN)
#: Who prints and posts letters that no carrier posts, as far as they may read them.
PRINTS = (Role.COORDINATOR, Role.MANAGER)
MARKS = UUID("5c8a7a0c-1cde-4b4b-8a39-8f6f8a1f6a11")
ALREADY = "This was already done. Nothing was done twice."


def once(form: OnceForm) -> UUID:
    """The act that this form's mark stands for."""
    return uuid5(MARKS, form.cleaned_data["submission"])


def before(request: Request) -> int | None:
    given = request.GET.get("before", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None


def _message(request: Request, reference: str) -> Message:
    """404 where it is not theirs to read."""
    message = queries.find_message(reference)
    if message is None:
        raise Http404
    return message


@for_roles()
def inbox(request: Request) -> HttpResponse:
    """The newest first: mine, my team's, or what I sent."""
    boxes = [(queries.MINE, "To me"), (queries.SENT, "Sent by me")]
    if request.me.team_ids:
        boxes.insert(1, (queries.TEAM, "To my team"))
    wanted = request.GET.get("box", "")
    box = wanted if wanted in dict(boxes) else queries.MINE
    found = queries.list_messages(request.me, box, before(request))
    people = sorted({message.person_id for message in found.messages if message.person_id})
    if people:
        record_look(request.me, "inbox", people, at=request.at)
    told = {
        "found": found,
        "box": box,
        "boxes": boxes,
        "looks_after": request.me.holds(*LOOKS_AFTER),
        "prints": request.me.holds(*PRINTS),
    }
    return render(request, "inbox/inbox.html", told)


@for_roles()
def by_number(request: Request, pk: int) -> HttpResponse:
    """From what is due to the message it is about."""
    reference = queries.find_reference(pk)
    if reference is None:
        raise Http404
    return redirect("message", reference=reference)


@for_roles()
def message(request: Request, reference: str) -> HttpResponse:
    """One message; an answer is written below it."""
    shown = _message(request, reference)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answer(request, shown, form):
        return redirect("message", reference=reference)
    if request.method != "POST":
        record_opened(shown, request.me, request.at)
    if shown.person_id:
        record_look(request.me, "message", [shown.person_id], at=request.at)
    told: dict[str, Any] = {
        "message": shown,
        "answers": queries.list_answers(shown),
        "form": form,
        "settle": SettleForm() if queries.may_settle(request.me, shown) else None,
        "may_answer": queries.may_answer(request.me, shown),
    }
    return render(request, "inbox/message.html", told, status=422 if form.is_bound else 200)


def _answer(request: Request, shown: Message, form: AnswerForm) -> bool:
    try:
        with recording(by=request.me, at=request.at, once=once(form)) as note:
            answer_message(note, message=shown, body=form.cleaned_data["body"], me=request.me)
    except AlreadyDone:
        said.success(request, ALREADY)
        return True
    except NotNow as problem:
        form.add_error(None, problem.sentence)
        return False
    said.success(request, "Your answer was sent.")
    return True


@for_roles()
def settle(request: Request, reference: str) -> HttpResponse:
    """A message to a team that needs no answer."""
    shown = _message(request, reference)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with recording(by=request.me, at=request.at, once=once(form)) as note:
                settle_message(note, message=shown, me=request.me)
            said.success(request, "Noted: it needs no answer.")
        except AlreadyDone:
            said.success(request, ALREADY)
        except NotNow as problem:
            said.error(request, problem.sentence)
    return redirect("message", reference=reference)


@for_roles()
def letter(request: Request, reference: str) -> HttpResponse:
    """The letter as it was posted."""
    shown = _message(request, reference)
    if not shown.letter:
        raise Http404
    if shown.person_id:
        record_look(request.me, "letter", [shown.person_id], at=request.at)
    try:
        return serve(key=shown.letter, media_type="application/pdf", file_name="letter.pdf")
    except FileNotFoundError as problem:
        raise Http404 from problem

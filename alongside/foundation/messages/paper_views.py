"""Letters to print and to post, where no carrier posts them: one file to print, then who printed, then who posted."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages as said
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.serving import handed
from alongside.foundation.messages.forms import LettersForm
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.paper import list_on_paper, one_file, say_posted, say_printed
from alongside.foundation.messages.views import ALREADY, PRINTS, once
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording

State = Delivery.State
LISTS = ((State.TO_PRINT, "To print"), (State.PRINTED, "To post"))
CHOOSE = "Choose at least one letter"
#: What a press of a button does, from which list, and what is said then.
DOINGS: dict[str, tuple[str, Callable[[Notes, Sequence[Delivery]], None], str]] = {
    "printed": (State.TO_PRINT, say_printed, "Saved: you printed {}. Post them next."),
    "posted": (State.PRINTED, say_posted, "Saved: you posted {}."),
}


@for_roles(*PRINTS)
def letters(request: Request) -> HttpResponse:
    """What waits to be printed, or to be posted, all of it ticked."""
    wanted = request.GET.get("list", "")
    return _draw(request, wanted if wanted in dict(LISTS) else State.TO_PRINT)


@for_roles(*PRINTS)
@require_POST
def file(request: Request) -> HttpResponse:
    """The chosen letters as one file. Changes nothing: a printer may jam."""
    form = LettersForm(request.POST)
    shown = State.PRINTED if request.POST.get("list") == State.PRINTED else State.TO_PRINT
    chosen = list_on_paper(shown, form.numbers())
    if not chosen:
        return _draw(request, shown, told=CHOOSE)
    _look(request, chosen)
    try:
        content = one_file(chosen)
    except FileNotFoundError as gone:
        raise Http404 from gone
    return handed(content, media_type="application/pdf", file_name=f"letters {request.at:%Y-%m-%d}.pdf")


@for_roles(*PRINTS)
@require_POST
def done(request: Request, doing: str) -> HttpResponse:
    """Whoever presses the button says that they printed, or posted, the chosen letters."""
    if doing not in DOINGS:
        raise Http404
    stood, act, words = DOINGS[doing]
    form = LettersForm(request.POST)
    if not form.is_valid():
        return _draw(request, stood, told=form.problems[0][1])
    chosen = list_on_paper(stood, form.numbers())
    if not form.numbers():
        return _draw(request, stood, told=CHOOSE)
    try:
        with recording(by=request.me, at=request.at, once=once(form)) as note:
            act(note, list_on_paper(stood, form.numbers()))
    except AlreadyDone:
        said.success(request, ALREADY)
    except NotNow as problem:
        return _draw(request, stood, told=problem.sentence)
    else:
        said.success(request, words.format("1 letter" if len(chosen) == 1 else f"{len(chosen):,} letters"))
    return redirect(f"/letters?list={State.PRINTED}" if doing == "printed" else "/letters")


def _draw(request: Request, shown: str, *, told: str = "") -> HttpResponse:
    found = list_on_paper(shown)
    _look(request, found)
    context: dict[str, Any] = {
        "letters": found,
        "shown": shown,
        "tabs": [(label, f"/letters?list={state}", state == shown) for state, label in LISTS],
        "form": LettersForm(),
        "told": told,
    }
    return render(request, "inbox/letters.html", context, status=422 if told else 200)


def _look(request: Request, found: Sequence[Delivery]) -> None:
    people = sorted({one.person_id for one in found if one.person_id})
    if people:
        record_look(request.me, "letters to print", people, at=request.at)

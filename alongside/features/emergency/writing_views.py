"""Writing down an emergency meeting on a phone: step by step, each kept as typed, then looked through and saved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.features.emergency import access, operations, text
from alongside.features.emergency.around import list_around
from alongside.features.emergency.composing import Composed, compose, form_of
from alongside.features.emergency.drafting import (
    answers_of,
    as_data,
    begun,
    find_draft,
    keep_step,
    list_drafts,
    seen_of,
    typed_of,
)
from alongside.features.emergency.forms import CHECK, STEPS, DropForm, OnlyOnce, StepForm
from alongside.features.emergency.models import EmergencyDraft, EmergencyMeeting
from alongside.features.emergency.views import reach_of, today_of
from alongside.features.people.changing import answer_form, perform
from alongside.features.people.queries import Reach
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms.base import TOKEN, new_token
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic

ORDER = (*STEPS, CHECK)


def _writing(request: Request, reference: str) -> Reach:
    reach = reach_of(request, reference)
    if not access.may_write(request.me, reach):
        raise PermissionDenied(access.NOT_HERE)
    return reach


def _here(reach: Reach, step: str) -> str:
    return f"/people/{reach.person.reference}/emergency/write/{step}"


@for_roles(*access.WRITES)
def begin(request: Request, reference: str) -> HttpResponse:
    """Starts the page, or goes on with one's own."""
    reach = _writing(request, reference)
    return answer_form(
        request,
        OnlyOnce(request.POST if request.method == "POST" else None),
        lambda note, given: operations.begin_meeting(note, reach=reach, by=request.me),
        go_to=_here(reach, ORDER[0]),
        saved=text.BEGUN,
        context={
            "title": "Write down an emergency meeting",
            "person": reach.person,
            "about": "Seven short steps. Each is kept when you press Continue.",
            "button": "Begin",
        },
    )


@for_roles(*access.WRITES)
def draft(request: Request, reference: str, number: int) -> HttpResponse:
    """One's own goes on; what somebody else began can be taken over by those who work with the record."""
    reach = _writing(request, reference)
    found = _find(reach, number)
    if found.actor_id == request.me.id:
        return redirect(_here(reach, CHECK if begun(found) else ORDER[0]))
    if not access.writes_reviews(request.me, reach):
        raise Http404
    if request.method != "POST":
        record_look(request.me, "emergency draft", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        OnlyOnce(request.POST if request.method == "POST" else None),
        lambda note, given: operations.take_over(note, draft=found, reach=reach, by=request.me),
        go_to=_here(reach, CHECK),
        saved=text.TAKEN_OVER,
        context={
            "title": "Go on with what somebody began",
            "person": reach.person,
            "about": f"{found.actor.name} began to write down an emergency meeting. Ring them first if you can. "
            "All that was typed comes with it, and they can't write in it any more.",
            "button": "Go on with it",
        },
    )


def _find(reach: Reach, number: int) -> EmergencyDraft:
    found = next((one for one in list_drafts(reach.person) if one.pk == number), None)
    if found is None:
        raise Http404
    found.person = reach.person
    return found


@for_roles(*access.WRITES)
def drop(request: Request, reference: str, number: int) -> HttpResponse:
    """It was begun by mistake."""
    reach = _writing(request, reference)
    found = _find(reach, number)
    return answer_form(
        request,
        DropForm(request.POST if request.method == "POST" else None),
        lambda note, given: operations.drop_meeting(
            note, draft=found, reach=reach, by=request.me, because=given["because"]
        ),
        go_to=f"/people/{reach.person.reference}/emergency",
        saved=text.DROPPED,
        context={
            "title": "There was no meeting",
            "person": reach.person,
            "about": "All that was typed is deleted. The reason stays on the timeline.",
            "button": "Delete it",
        },
    )


@for_roles(*access.WRITES)
def write(request: Request, reference: str, step: str) -> HttpResponse:
    """One step; or, last, everything to look through and save."""
    if step not in ORDER:
        raise Http404
    reach = _writing(request, reference)
    mine = find_draft(request.me, reach.person)
    if mine is None:
        return redirect(f"/people/{reach.person.reference}/emergency")
    mine.person = reach.person
    if step == CHECK:
        return _check(request, reach, mine)
    if request.method == "POST":
        return _save(request, reach, mine, step)
    record_look(request.me, "emergency draft", [reach.person.pk], at=request.at)
    return _draw(request, reach, mine, step, _form(request, reach, mine, step))


def _form(request: Request, reach: Reach, mine: EmergencyDraft, step: str, data: Any = None) -> StepForm:
    """As it was typed; a step that nobody has typed in begins with what is known."""
    around = list_around(request.me, reach.person, Topic.REVIEW, today_of(request)) if step == "jobs" else None
    if data is None and answers_of(mine, step):
        data = as_data(mine, step, new_token())
    initial = {}
    if data is None and step == "there":
        began = mine.begun_at.astimezone(LONDON)
        post = f", {request.me.post}" if request.me.post else ""
        initial = {"on": began.date(), "at": f"{began:%H:%M}", "chair": f"{request.me.name}{post}", "how": "phone"}
    if data is None and around and around.watchers:
        initial = {"watcher": str(around.watchers[0][0])}
    return form_of(step, mine, around, today=today_of(request), data=data, initial=initial)


def _save(request: Request, reach: Reach, mine: EmergencyDraft, step: str) -> HttpResponse:
    """Kept first, then looked at: what is wrong in it is said, and nothing is lost for it."""
    form = _form(request, reach, mine, step, data=request.POST)
    token = str(request.POST.get("submission", ""))
    if not TOKEN.fullmatch(token):
        form.is_valid()
        return _draw(request, reach, mine, step, form, status=422)
    kept = keep_step(
        draft=mine,
        step=step,
        typed=typed_of(request.POST.dict()),
        seen=_seen(request),
        page=token,
        at=request.at,
    )
    if kept.clash:
        mine.refresh_from_db()
        stands = form_of(
            step,
            mine,
            list_around(request.me, reach.person, Topic.REVIEW, today_of(request)) if step == "jobs" else None,
            today=today_of(request),
            data=as_data(mine, step, new_token()),
        )
        again = _form(request, reach, mine, step, data={**request.POST.dict(), "submission": new_token()})
        return _draw(request, reach, mine, step, again, status=409, stands=answered(stands))
    if not form.is_valid():
        mine.refresh_from_db()
        return _draw(request, reach, mine, step, form, status=422)
    if "stay" in request.POST:
        return redirect(_here(reach, step))
    return redirect(_here(reach, ORDER[ORDER.index(step) + 1]))


def _seen(request: Request) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


def _draw(
    request: Request,
    reach: Reach,
    mine: EmergencyDraft,
    step: str,
    form: StepForm,
    *,
    status: int = 200,
    stands: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    place = ORDER.index(step)
    context = {
        "person": reach.person,
        "page_url": f"/people/{reach.person.reference}",
        "step": step,
        "title": STEPS[step].title,
        "form": form,
        "seen": seen_of(mine, step),
        "number": place + 1,
        "total": len(STEPS),
        "back_url": _here(reach, ORDER[place - 1]) if place else f"/people/{reach.person.reference}/emergency",
        "here": _here(reach, step),
        "stands": stands or [],
        "text": text,
    }
    return render(request, "emergency/step.html", context, status=status)


def answered(form: StepForm) -> list[tuple[str, str]]:
    """(question, answer in words) of what was typed in a step."""
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name == "submission" or value in (None, ""):
            continue
        words = dict(getattr(field, "choices", ())).get(str(value), value)
        found.append((str(field.label), f"{words:%H:%M}" if hasattr(words, "hour") else _words(words)))
    return found


def _words(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if hasattr(value, "day") else str(value)


@for_roles(*access.WRITES)
@require_POST
def keep(request: Request, reference: str, step: str) -> JsonResponse:
    """What is typed, while it is typed. `kept` is false where newer words of another page stand."""
    reach = _writing(request, reference)
    mine = find_draft(request.me, reach.person)
    token = request.POST.get("submission", "")
    if mine is None or step not in STEPS or not TOKEN.fullmatch(token):
        return JsonResponse({"kept": False}, status=409)
    kept = keep_step(
        draft=mine, step=step, typed=typed_of(request.POST.dict()), seen=_seen(request), page=token, at=request.at
    )
    return JsonResponse({"kept": not kept.clash})


def _check(request: Request, reach: Reach, mine: EmergencyDraft) -> HttpResponse:
    """Everything on one page, what is missing first; saved as one act."""
    me, today = request.me, today_of(request)
    around = list_around(me, reach.person, Topic.REVIEW, today)
    composed = compose(mine, around, now=request.at)
    form = OnlyOnce(request.POST if request.method == "POST" else None)
    made: list[EmergencyMeeting] = []
    if request.method == "POST" and form.is_valid() and not composed.problems:

        def act(note: Any, given: Any) -> None:
            made.append(operations.finish_meeting(note, draft=mine, composed=composed, reach=reach, by=me))

        outcome = perform(request, form, act)
        if outcome in ("done", "already"):
            messages.success(request, text.FINISHED)
            number = f"/meetings/{made[0].pk}" if made else ""
            return redirect(f"/people/{reach.person.reference}/emergency{number}")
    if request.method != "POST":
        record_look(me, "emergency draft", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person,
        "page_url": f"/people/{reach.person.reference}",
        "form": form,
        "draft": mine,
        "parts": _parts(reach, mine, around, composed, today),
        "problems": composed.problems,
        "back_url": _here(reach, ORDER[-2]),
    }
    return render(request, "emergency/check.html", context, status=422 if request.method == "POST" else 200)


def _parts(reach: Reach, mine: EmergencyDraft, around: Any, composed: Composed, today: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": form.title,
            "url": _here(reach, step),
            "lines": answered(form_of(step, mine, around, today=today, data=as_data(mine, step, new_token()))),
            "problems": [sentence for where, sentence in composed.problems if where == step],
        }
        for step, form in STEPS.items()
    ]

"""Doing what is due, or saying why it is not needed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.features.hospital.models import Stay
from alongside.features.people.models import Person
from alongside.features.reviews.models import Review
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording
from alongside.overview import text
from alongside.overview.duties import find_duty, is_law, owner_name, page_that_does_it
from alongside.overview.forms import FORM_FOR, FORM_OF, LawNotNeededForm, NotNeededForm, moment_on, once_of, typed_words
from alongside.overview.models import Duty, DutyAnswer
from alongside.overview.operations import (
    already_answered,
    answer_duty,
    check_may_answer,
    record_legal_status,
    record_review,
)
from alongside.overview.own_steps import instead_of

NOT_NEEDED = "Say why this is not needed"
Act = Callable[[Notes, Duty, dict[str, Any], Me], Any]


@for_roles()
def do(request: Request, duty_id: int) -> HttpResponse:
    """The page that does a duty: its own short form here, or the page of the register that does it."""
    duty = find_duty(request.me, duty_id)
    if duty is None:
        return _gone(request)
    if elsewhere := page_that_does_it(request.me, duty):
        return redirect(elsewhere)
    start = _start_of(duty)
    form = FORM_OF.get(start, FORM_FOR[duty.doing])
    return _answering(request, duty, form, text.TITLE_OF.get(start, text.TITLE[duty.doing]), _act)


@for_roles()
def not_needed(request: Request, duty_id: int) -> HttpResponse:
    """Says why a duty is not needed. The reason is kept, with a name."""
    duty = find_duty(request.me, duty_id)
    if duty is None:
        return _gone(request)
    if duty.person_id is None:
        return redirect(page_that_does_it(request.me, duty))
    if sentence := instead_of(duty.doing, duty.rule_key):
        messages.warning(request, sentence)
        return redirect(page_that_does_it(request.me, duty) or reverse("duty_do", args=[duty.pk]))
    # What policy asks for in hospital isn't waved away: a commissioner decides, by name, what takes its place.
    if _start_of(duty) in ("post_admission_review", "inpatient_review") and duty.subject == "stay":
        kind = text.REVIEW_OF[_start_of(duty)]
        reference = duty.person.reference if duty.person else ""
        return redirect(f"/people/{reference}/reviews/replace?stay={duty.subject_id}&kind={kind}")
    form = LawNotNeededForm if is_law(duty) else NotNeededForm
    return _answering(request, duty, form, NOT_NEEDED, _say_not_needed)


def _answering(request: Request, duty: Duty, form_class: type, title: str, act: Act) -> HttpResponse:
    me, today = request.me, request.at.astimezone(LONDON).date()
    form = form_class(request.POST if request.method == "POST" else None, today=today)
    problem: Refused | NotNow | None = None
    try:
        check_may_answer(me, duty)
        if request.method == "POST" and form.is_valid():
            if isinstance(form, LawNotNeededForm) and not form.cleaned_data["sure"]:
                return _second_look(request, duty, form, title)
            with recording(by=me, at=request.at, once=once_of(form.cleaned_data["submission"])) as note:
                act(note, duty, form.cleaned_data, me)
            return _done(request, duty, form)
    except AlreadyDone:
        messages.success(request, text.ALREADY)
        return redirect(_back(request))
    except (Refused, NotNow) as found:
        problem = found
        if form.is_bound:
            form.add_error(None, problem.sentence)
    record_look(me, "duty", [duty.person_id] if duty.person_id else [], at=request.at)
    return _shown(request, duty, form, title, problem)


def _second_look(request: Request, duty: Duty, form: LawNotNeededForm, title: str) -> HttpResponse:
    """What the law asks for is never waved away with one press: the reason is shown once more before it counts."""
    form.data = request.POST.copy()
    form.data["sure"] = "yes"
    record_look(request.me, "duty", [duty.person_id] if duty.person_id else [], at=request.at)
    return _shown(request, duty, form, title, None, second_look=True)


def _shown(
    request: Request,
    duty: Duty,
    form: Any,
    title: str,
    problem: Refused | NotNow | None,
    *,
    second_look: bool = False,
) -> HttpResponse:
    refused = problem.sentence if isinstance(problem, Refused) else ""
    context = {
        "duty": duty,
        "person": duty.person,
        "owner": owner_name(duty),
        "form": form,
        "title": title,
        "today": request.at.astimezone(LONDON).date(),
        "state": "late" if request.at > duty.due else "due",
        "back": _back(request),
        "refused": refused,
        "second_look": second_look,
        "law": title == NOT_NEEDED and is_law(duty),
    }
    status = 403 if refused else 409 if problem else 200
    return render(request, "overview/duty.html", context, status=status)


def _act(note: Notes, duty: Duty, said: dict[str, Any], me: Me) -> None:
    """Records the right fact: a review, a legal status, or that it was done."""
    day = said["on"]
    kind = text.REVIEW_OF.get(_start_of(duty))
    if duty.doing == "record_legal_status":
        at = moment_on(day, note.at, _stay_began(duty))
        record_legal_status(note, duty=duty, code=said["status"], from_at=at, by=me)
    elif duty.doing in ("record_review", "record_contact") and kind:
        at = moment_on(day, note.at, _stay_ended(duty) if kind == Review.Kind.CONTACT else _stay_began(duty))
        chair = said.get("chair", "")
        late = said.get("late", "")
        record_review(note, duty=duty, kind=kind, held_at=at, chair=chair, outcome=said["outcome"], late=late, by=me)
    else:
        because = said.get("because") or said.get("outcome") or ""
        answer_duty(note, duty=duty, answer=DutyAnswer.Answer.DONE, on=day, because=because, by=me)


def _say_not_needed(note: Notes, duty: Duty, said: dict[str, Any], me: Me) -> None:
    today = note.at.astimezone(LONDON).date()
    answer_duty(note, duty=duty, answer=DutyAnswer.Answer.NOT_NEEDED, on=today, because=said["because"], by=me)


def _start_of(duty: Duty) -> str:
    return duty.key.split(":", 1)[0]


def _stay_began(duty: Duty) -> Any:
    return _of_stay(duty, "admitted_at")


def _stay_ended(duty: Duty) -> Any:
    return _of_stay(duty, "discharged_at")


def _of_stay(duty: Duty, moment: str) -> Any:
    if duty.subject != "stay":
        return None
    return Stay.objects.filter(pk=duty.subject_id or 0).values_list(moment, flat=True).first()


def _done(request: Request, duty: Duty, form: Any) -> HttpResponse:
    """Back to where they came from, told whether the duty is still there in spite of what was recorded."""
    left = Duty.objects.visible_to(request.me).filter(person_id=duty.person_id, key=duty.key).first()
    if left:
        messages.warning(request, text.STILL_DUE.format(what=left.what, because=left.because))
    else:
        name = duty.person.shown_name if duty.person else ""
        said = text.SAID_NOT_NEEDED if isinstance(form, NotNeededForm) else text.SAID_DONE
        because = form.cleaned_data.get("because", "")
        messages.success(request, said.format(name=name or "Nobody by name", what=duty.what, because=because))
    return redirect(_back(request))


def _gone(request: Request) -> HttpResponse:
    """No longer due: whoever came for it is told who dealt with it and keeps what they typed.

    The address and the form name the person and the duty, as far as they are within reach; else it is not there.
    """
    if Event.objects.filter(act=once_of(request.POST.get("submission", "")), by_id=request.me.id).exists():
        messages.success(request, text.ALREADY)
        return redirect(_back(request))
    named = request.POST if "person" in request.POST else request.GET
    reference, key = named.get("person", "")[:14], named.get("key", "")[:120]
    found = Person.objects.visible_to(request.me).filter(reference=reference).first() if reference else None
    if found is None:
        raise Http404
    record_look(request.me, "duty", [found.pk], at=request.at)
    context = {
        "sentence": already_answered(found.pk, key, request.me),
        "last": Event.objects.filter(person_id=found.pk, disposal_id=None).order_by("-recorded_at", "-id").first(),
        "typed": typed_words(request.POST),
        "back": _back(request),
        "person": found,
    }
    return render(request, "overview/duty_gone.html", context, status=409 if request.method == "POST" else 410)


def _back(request: Request) -> str:
    """Where the reader came from, within this service; else my day."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/") else "/"

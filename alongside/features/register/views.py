"""Putting somebody on the register, taking them off, and letting them come back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people import text as people_text
from alongside.features.people.changing import ALREADY, answer_form, perform
from alongside.features.people.checks import what_is_missing, yes_to_register
from alongside.features.people.identity.finding import Alike
from alongside.features.people.identity.views import look_for
from alongside.features.people.models import Consent, Person
from alongside.features.people.operations import add_person, record_consent
from alongside.features.people.views import writable
from alongside.features.register import text
from alongside.features.register.access import NOT_YOURS, RUNS, may_run_register
from alongside.features.register.forms import AddToRegisterForm, EntryForm, RemovalForm
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import enter_register, remove
from alongside.features.register.queries import find_last_time, lock_entry
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes


@for_roles(*RUNS)
def add(request: Request) -> HttpResponse:
    """Somebody new, on the register in the same act. Whoever may be the same is shown first, within scope."""
    today = request.at.astimezone(LONDON).date()
    area = next(held.area for held in request.me.roles if held.role in RUNS)
    if request.method != "POST":
        form = AddToRegisterForm(initial={"entered_on": today}, today=today)
        return render(request, "register/add.html", {"form": form, "alike": []})
    form = AddToRegisterForm(request.POST, today=today)
    alike: list[Alike] = []
    if form.is_valid():
        alike = [] if form.cleaned_data["different"] else look_for(request, form.cleaned_data)[0]
        if any(one.likeness.is_possible for one in alike):
            form.add_error(None, people_text.ALIKE)
        else:
            made: list[Person] = []
            outcome = perform(request, form, lambda note, given: made.append(_add(note, request, area, given)))
            if outcome in ("done", "already"):
                return _added(request, made, outcome, then_asked=form.cleaned_data["then_asked"])
    return render(request, "register/add.html", {"form": form, "alike": alike}, status=422)


def _add(note: Notes, request: Request, area: int, given: Mapping[str, Any]) -> Person:
    """The answer about agreement comes last: from then on it decides who sees the record."""
    names = ("given_name", "family_name", "preferred_name", "birth_date", "nhs_number")
    person = add_person(note, icb_id=area, **{name: given[name] for name in names})
    entry = {name: given[name] for name in ("listing", "entered_on", "reason")}
    enter_register(note, person=person, by=request.me, **entry)
    said: dict[str, Any] = {"basis": Consent.Basis.NOT_STATED, "decided_on": None}
    if given["answer"] == Consent.Answer.GIVEN:
        said = yes_to_register(person, basis=given["basis"], by=given["decided_by"], on=given["entered_on"])
    record_consent(note, person=person, purpose=Consent.Purpose.REGISTER, answer=given["answer"], **said)
    return person


def _added(request: Request, made: list[Person], outcome: str, *, then_asked: bool) -> HttpResponse:
    if outcome == "already" or not made:
        messages.success(request, ALREADY)
        return redirect("register")
    person = made[0]
    seen = Person.objects.visible_to(request.me).filter(pk=person.pk).exists()
    messages.success(request, text.SAVED["entered"] if person.guard == 0 else people_text.UNCONFIRMED)
    if seen and (missing := what_is_missing(person)):
        messages.info(request, missing)
    return redirect(_next(person, then_asked) if seen else "/register")


def _next(person: Person, then_asked: bool) -> str:
    """Their page, or first the questions that may open keyworking."""
    return f"/people/{person.reference}" + ("/two-of-four" if then_asked else "")


@for_roles(*RUNS)
def enter(request: Request, reference: str) -> HttpResponse:
    """Puts somebody who is here already on the register, for the first time or again."""
    person = writable(request, reference).person
    if not may_run_register(request.me, person.icb_id):
        raise PermissionDenied(NOT_YOURS)
    today = request.at.astimezone(LONDON).date()
    last_time = find_last_time(request.me, person)
    begin = {"entered_on": today, "listing": last_time.entry.listing if last_time else "child"}
    form = EntryForm(request.POST if request.method == "POST" else None, initial=begin, today=today)

    def act(note: Notes, cleaned: Any) -> None:
        values = {name: value for name, value in cleaned.items() if name not in ("submission", "then_asked")}
        enter_register(note, person=person, by=request.me, **values)

    def go_to() -> str:
        return _next(person, form.is_bound and form.is_valid() and form.cleaned_data["then_asked"])

    record_look(request.me, "put on the register", [person.pk], at=request.at)

    return answer_form(
        request,
        form,
        act,
        go_to=go_to,
        saved=text.SAVED["back" if last_time else "entered"],
        template="register/enter.html",
        context={"person": person, "last_time": last_time, "text": text},
    )


@for_roles(*RUNS)
def take_off(request: Request, entry_id: int) -> HttpResponse:
    """Takes somebody off the register, with a reason. The record stays."""
    entry = RegisterEntry.objects.visible_to(request.me).select_related("person").filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    if not may_run_register(request.me, entry.icb_id):
        raise PermissionDenied(NOT_YOURS)
    today = request.at.astimezone(LONDON).date()
    form = RemovalForm(request.POST if request.method == "POST" else None, initial={"removed_on": today}, today=today)
    form.fields["removed_on"].earliest = entry.entered_on  # type: ignore[attr-defined]

    def act(note: Notes, given: Any) -> None:
        locked = lock_entry(request.me, entry.pk)
        on, because = given["removed_on"], given["because"]
        remove(note, entry=locked, on=on, because=because, detail=given["detail"], by=request.me)

    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{entry.person.reference}",
        saved=text.SAVED["removed"],
        context={
            "title": "Take off the register",
            "person": entry.person,
            "about": "The record is kept. Whoever leaves may come back at any time.",
            "button": "Take off the register",
        },
    )

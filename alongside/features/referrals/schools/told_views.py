"""Changes that a school or ward tells: by its link, or signed in about somebody whose record it has open.

By the link the page answers the same whoever it is about: nothing here looks for anybody until a named person of the
register team opens it.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import act_of, answer_form, perform
from alongside.features.people.identity.finding import find_possible
from alongside.features.people.models import Person
from alongside.features.people.operations.family import post_change
from alongside.features.people.queries import reach_person
from alongside.features.people.views import PARTNERS
from alongside.features.referrals import limits
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.doors.visiting import by_link
from alongside.features.referrals.schools import queries, text
from alongside.features.referrals.schools.access import RUNS
from alongside.features.referrals.schools.forms import EVENTS, AsideForm, MatchForm, OtherForm, TellForm, ToldForm
from alongside.features.referrals.schools.models import ToldByLink
from alongside.features.referrals.schools.operations import match_told, put_aside, tell_by_link
from alongside.foundation.access import context as asking
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import AlreadyDone, recording


@by_link(OrganisationLink.WhatFor.CHANGE)
def tell(request: Request, link: OrganisationLink, token: str) -> HttpResponse:
    """One page: about whom, what has changed, who tells."""
    today = request.at.astimezone(LONDON).date()
    form = ToldForm(request.POST if request.method == "POST" else None, today=today)
    shown = {"form": form, "link": link, "told": ""}
    if request.method != "POST" or not form.is_valid():
        return render(request, "schools/tell.html", shown, status=422 if form.is_bound else 200)
    if limits.count(limits.SEND, f"link {link.pk}"):
        shown["told"] = text.WAIT.format(minutes=limits.SEND.minutes)
        return render(request, "schools/tell.html", shown, status=429)
    said: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name != "submission"}
    said["event"] = said["event"] if said["event"] in EVENTS else ""
    mark = act_of(f"{link.pk} {form.cleaned_data['submission']}")
    try:
        with asking.asking_with(token), recording(by=link.acts_as, at=request.at, once=mark) as note:
            tell_by_link(note, link=link, said=said)
    except AlreadyDone:
        pass
    return redirect("tell_change_sent", token)


@by_link(OrganisationLink.WhatFor.CHANGE)
def sent(request: Request, link: OrganisationLink, token: str) -> HttpResponse:
    return render(request, "schools/told_sent.html", {"thanks": text.THANKS, "token": token})


@for_roles(*RUNS)
def match(request: Request, told_id: int) -> HttpResponse:
    """Whom it may be about, side by side; a named person decides."""
    told = queries.get_told(request.me, told_id)
    if told.settled_at and request.method == "POST":
        messages.info(request, text.SETTLED)
        return redirect("told_by_link", told.pk)
    if told.settled_at:
        seen = [told.person_id] if told.person_id else []
        record_look(request.me, f"told by link {told.pk}", seen, at=request.at)
        return render(request, "schools/told.html", {"told": told, "alike": [], "forms": []})
    by_hand = "reference" in request.POST
    other = OtherForm(request.POST if by_hand else None)
    form: OnceForm = other if by_hand else MatchForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = _typed(request, other) if by_hand else _person(request, form.cleaned_data["person"])
        if person:
            matched = person
            outcome = perform(
                request, form, lambda note, given: match_told(note, told=told, person=matched, by=request.me)
            )
            if outcome in ("done", "already"):
                return redirect(f"/people/{matched.reference}")
    alike = find_possible(
        given=told.given_name,
        family=told.family_name,
        birth_date=told.birth_date,
        nhs_number=told.nhs_number or None,
        me=request.me,
    )
    record_look(request.me, f"told by link {told.pk}", [one.person_id for one in alike], at=request.at)
    shown = {
        "told": told,
        "alike": [(one, MatchForm(initial={"person": one.reference})) for one in alike],
        "event": EVENTS.get(told.event, ""),
        "other": other,
        "problems": form.problems if form.is_bound else [],
    }
    return render(request, "schools/told.html", shown, status=422 if form.is_bound else 200)


def _typed(request: Request, form: OtherForm) -> Person | None:
    """The record of a typed reference; None with a sentence, the same for a held one as for one that never was."""
    try:
        return _person(request, form.cleaned_data["reference"].strip().upper())
    except Http404:
        form.add_error("reference", "No record that you can open has this reference. Check it")
        return None


def _person(request: Request, reference: str) -> Person:
    """The record that was chosen, when it may be changed. 404 outside scope."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if not reach.writes:
        raise PermissionDenied("You may read this record and not change it.")
    return reach.person


@for_roles(*RUNS)
def aside(request: Request, told_id: int) -> HttpResponse:
    told: ToldByLink = queries.get_told(request.me, told_id)
    return answer_form(
        request,
        AsideForm(request.POST if request.method == "POST" else None),
        lambda note, given: put_aside(note, told=told, words=given["words"], by=request.me),
        go_to="/",
        saved=text.SAVED["aside"],
        context={
            "title": "It is about nobody of ours",
            "person": None,
            "about": "Who it was about and what was told is not kept. That it was told, and what you did, is.",
        },
    )


@for_roles(*PARTNERS)
def tell_signed_in(request: Request, reference: str) -> HttpResponse:
    """A partner tells of a change about somebody whose record is open to them."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if request.method != "POST":
        record_look(request.me, "tell a change", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        TellForm(request.POST if request.method == "POST" else None),
        lambda note, given: post_change(
            note,
            person=reach.person,
            kind=given["kind"],
            told=given["told"],
            urgent=given["urgent"],
            told_as=f"{request.me.name}, {request.me.post}"[:60].rstrip(", "),
        ),
        go_to=f"/people/{reach.person.reference}",
        saved=text.SAVED["told"],
        context={
            "title": "Something has changed",
            "person": reach.person,
            "about": "It becomes work with a date for whoever works with them.",
            "button": "Tell the team",
        },
    )

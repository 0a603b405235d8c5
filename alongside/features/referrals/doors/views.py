"""The register team's page of links: which there are, making one, ending one."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.features.people.changing import ALREADY, answer_form, perform
from alongside.features.referrals.access import TRIAGES
from alongside.features.referrals.doors.forms import BY_HAND, EndForm, MakeForm
from alongside.features.referrals.doors.links import end_link, make_link
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.doors.queries import find_organisations, list_links
from alongside.features.referrals.doors.visiting import private
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import months_after

#: The page that a link of each kind opens.
PAGES = {"notice": "notice_by_link", "alert": "alert_by_link", "change": "tell_change"}
#: Local default, which the form proposes: a year.
PROPOSED_MONTHS = 12
#: The lists: their names and the kinds of links in each.
SHOWN = {
    "hand": ("Wards, A&E and changes", BY_HAND),
    "schools": ("Rounds of schools", (OrganisationLink.WhatFor.SCHOOL_ASK,)),
}
STATES = {
    "open": ("Opens", "green"),
    "expired": ("Too old", "grey"),
    "ended": ("Ended", "grey"),
    "used": ("Used", "grey"),
}


@for_roles(*TRIAGES)
def links(request: Request) -> HttpResponse:
    """Every link of the area, when it was last opened, and whether somebody came with it in vain."""
    areas = [held.area for held in request.me.roles if held.role in TRIAGES]
    show = request.GET.get("show", "hand")
    if show not in SHOWN:
        raise Http404
    lines = list_links(areas, SHOWN[show][1], request.at)
    tabs = [(label, f"?show={name}", name == show) for name, (label, _) in SHOWN.items()]
    return render(request, "doors/links.html", {"lines": lines, "states": STATES, "tabs": tabs})


@for_roles(*TRIAGES)
def make(request: Request) -> HttpResponse:
    """Makes one. The link is shown on the answer to this form, once, and stored nowhere."""
    today = request.at.astimezone(LONDON).date()
    area = next(held.area for held in request.me.roles if held.role in TRIAGES)
    given = request.POST if request.method == "POST" else None
    typed: Mapping[str, Any] = given or {}
    finding = given is not None and given.get("step") == "find"
    form = MakeForm(
        given,
        organisations=find_organisations(
            area,
            str(typed.get("what_for", "")),
            str(typed.get("look_for", ""))[:80].replace("\0", ""),
            str(typed.get("organisation", "")),
        ),
        initial={"expires_on": months_after(today, PROPOSED_MONTHS)},
        today=today,
    )
    made: list[tuple[OrganisationLink, str]] = []

    def act(note: Notes, given: Any) -> None:
        made.append(
            make_link(
                note,
                icb_id=area,
                organisation=Organisation.objects.get(pk=int(given["organisation"])),
                what_for=given["what_for"],
                unit=given["unit"],
                expires_at=datetime.combine(given["expires_on"], time.max, LONDON),
                by=request.me,
            )
        )

    if finding:
        form.errors.clear()
    elif form.is_bound and form.is_valid():
        outcome = perform(request, form, act)
        if outcome == "done":
            link, token = made[0]
            address = settings.BASE_URL + reverse(PAGES[link.what_for], args=[token])
            return private(render(request, "doors/made.html", {"link": link, "address": address}))
        if outcome == "already":
            messages.success(request, f"{ALREADY} A link is shown once only: if it is lost, end it and make another.")
            return redirect("links")
    context = {
        "form": form,
        "title": "Make a link",
        "back_url": "/links",
        "button": "Make the link",
        "about": "Whoever has the link can do this one thing in the name of the organisation, and read nothing.",
    }
    return render(request, "doors/make.html", context, status=422 if form.is_bound and not finding else 200)


@for_roles(*TRIAGES)
def end(request: Request, number: int) -> HttpResponse:
    link = OrganisationLink.objects.select_related("organisation").filter(pk=number).first()
    if link is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Any) -> None:
        end_link(note, link=link, by=request.me)

    return answer_form(
        request,
        form,
        act,
        go_to="/links",
        saved="The link was ended.",
        context={
            "title": f"End the link of {link.shown_name}",
            "person": None,
            "about": "It opens nothing from now on. Tell them, and send a new one where they need it.",
            "button": "End the link",
        },
    )

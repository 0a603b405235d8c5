"""Offering somebody to another area, taking the offer back, and answering it; and an NHS number that changes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people import text as people_text
from alongside.features.people.changing import answer_form
from alongside.features.people.identity import queries
from alongside.features.people.identity.forms import AnswerForm, NumberForm, OfferForm, ReasonForm
from alongside.features.people.identity.numbers import replace_number, restrict_as_national
from alongside.features.people.identity.views import MATCHES
from alongside.features.people.models import Person
from alongside.features.people.operations import offer_person
from alongside.features.people.operations.moving import accept_offer, decline_person, take_back
from alongside.features.people.views import writable
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

OFFERED = "/people/offered"
SAVED = {
    "offered": "Offered. This area stays responsible until the other has accepted.",
    "taken_back": "The offer was taken back.",
    "yes": "Accepted. This area is responsible for them from now on.",
    "no": "The area that offered them reads why not, and stays responsible.",
    "number": "Saved. The number before is kept on the record.",
}
Given = Mapping[str, Any]


def _held_here(request: Request, reference: str) -> Person:
    """Somebody held by an area that `me` runs. 404 outside scope, 403 where it is another's to say."""
    person = writable(request, reference).person
    if not request.me.holds_in(person.icb_id, *MATCHES):
        raise PermissionDenied(people_text.MAY_NOT)
    return person


@for_roles(*MATCHES)
def offer(request: Request, reference: str) -> HttpResponse:
    """To which area, why, and whether they know."""
    person = _held_here(request, reference)
    found = Organisation.objects.filter(kind=Organisation.Kind.ICB, closed_on=None).exclude(pk=person.icb_id)
    areas = {str(area.pk): area for area in found.order_by("name")}
    choices = [(key, area.name) for key, area in areas.items()]
    form = OfferForm(request.POST if request.method == "POST" else None, areas=choices)

    def act(note: Notes, given: Given) -> None:
        told = "They know." if given["told"] == "yes" else f"They don't know yet: {given['why_not']}"
        locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        offer_person(
            note,
            person=locked,
            to_icb=areas[given["to_icb"]],
            because=given["because"],
            told=told,
            by=request.me,
        )

    if request.method != "POST":
        record_look(request.me, "offering a move", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved=SAVED["offered"],
        context={
            "title": "Offer a move to another area",
            "person": person,
            "about": "The other area reads their name, date of birth and what you write here, and nothing else until "
            "it has accepted. This area stays responsible until then.",
            "button": "Offer the move",
        },
    )


@for_roles(*MATCHES)
def take_offer_back(request: Request, reference: str) -> HttpResponse:
    """Changing one's mind before the other area has answered."""
    person = _held_here(request, reference)
    found = queries.find_open_offer(person)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Given) -> None:
        if found is None:
            raise NotNow("no_offer", "This offer was answered or taken back meanwhile. Nothing was changed.")
        take_back(note, offer=found, because=given["because"], by=request.me)

    if found is None and request.method != "POST":
        raise Http404
    record_look(request.me, "offering a move", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved=SAVED["taken_back"],
        context={"title": "Take the offer of a move back", "person": person, "button": "Take it back"},
    )


@for_roles(*MATCHES)
def offered(request: Request) -> HttpResponse:
    """The worklist: people whom other areas offer."""
    return render(request, "people/identity_offered.html", {"offers": queries.list_offered()})


@for_roles(*MATCHES)
def answer(request: Request, pk: int) -> HttpResponse:
    """Accepting somebody, or saying why not."""
    found = next((one for one in queries.list_offered() if one.offer_id == pk), None)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    accepted: list[Person] = []
    if found is None and request.method != "POST":
        raise Http404

    def act(note: Notes, given: Given) -> None:
        if given["answer"] == "yes":
            accepted.append(accept_offer(note, offer_id=pk, by=request.me))
        else:
            decline_person(note, offer_id=pk, because=given["because"], by=request.me)

    def go_to() -> str:
        seen = accepted and Person.objects.visible_to(request.me).filter(pk=accepted[0].pk).exists()
        return f"/people/{accepted[0].reference}" if seen else OFFERED

    return answer_form(
        request,
        form,
        act,
        go_to=go_to,
        saved=SAVED.get(form.data.get("answer", ""), ""),
        template="people/identity_offer.html",
        context={"title": "Somebody from another area", "offer": found},
    )


@for_roles(*MATCHES)
def number(request: Request, reference: str) -> HttpResponse:
    """Another NHS number. The one before is kept, and found if the NHS gave the new one in its place."""
    person = _held_here(request, reference)
    form = NumberForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Given) -> None:
        locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if given["nhs_number"] != locked.nhs_number or not given["restricted"]:
            replace_number(note, person=locked, number=given["nhs_number"], why=given["why"])
        if given["restricted"] and not locked.restricted:
            restrict_as_national(note, person=locked, by=request.me)

    if request.method != "POST":
        record_look(request.me, "NHS number", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved=SAVED["number"],
        context={"title": "Change the NHS number", "person": person},
    )

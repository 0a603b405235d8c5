"""Offering somebody to another area, and its answer; and an acceptance that comes another way."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.moving import queries, text
from alongside.features.moving.accepting import (
    accept_as_adult,
    accept_move,
    record_acceptance_elsewhere,
    refuse_move,
)
from alongside.features.moving.access import DECIDES
from alongside.features.moving.forms import (
    AdultForm,
    AnswerForm,
    DirectOfferForm,
    ElsewhereForm,
    OfferForm,
    ReasonForm,
)
from alongside.features.moving.models import AreaMove
from alongside.features.moving.operations import begin_move, offer_move
from alongside.features.moving.views import data_of, decidable, here_of, moving, today_of
from alongside.features.people.changing import answer_form
from alongside.features.people.identity.queries import find_open_offer, list_offered
from alongside.features.people.models import Person
from alongside.features.people.operations.moving import take_back
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

OFFERED = "/people/offered"
ABOUT_OFFER = (
    "The other area reads their name, date of birth, why they move, and the pack: what was agreed and nothing else. "
    "Nothing more opens until it has accepted. This area stays responsible until then."
)
Given = Mapping[str, Any]


@for_roles(*DECIDES)
def offer(request: Request, reference: str) -> HttpResponse:
    """To the area of the move that is written down; or, where none is, to which one and why."""
    reach = decidable(request, reference)
    person, found = reach.person, queries.open_move(request.me, reach.person)
    areas = queries.list_other_areas(person.icb_id)
    known = found is not None and found.kind == AreaMove.Kind.AREA
    form: OfferForm
    if known:
        form = OfferForm(data_of(request))
    else:
        form = DirectOfferForm(data_of(request), areas=[(key, area.name) for key, area in areas.items()])

    def act(note: Notes, given: Given) -> None:
        move = found if known else None
        if move is None:
            move = begin_move(
                note,
                person=person,
                kind=AreaMove.Kind.AREA,
                told_by=AreaMove.ToldBy.FOUND,
                told_on=today_of(request),
                because=given["because"],
                to_icb=areas[given["to_icb"]],
            )
        offer_move(note, move=move, by=request.me, told=form.told_words())

    record_look(request.me, "offering a move", [person.pk], at=request.at)
    to = f" to {found.where}" if known and found else " to another area"
    return answer_form(
        request,
        form,
        act,
        go_to=here_of(reach),
        saved=text.SAVED["offered"],
        context={"title": f"Offer them{to}", "person": person, "about": ABOUT_OFFER, "button": "Offer the move"},
    )


@for_roles(*DECIDES)
def take_offer_back(request: Request, reference: str) -> HttpResponse:
    """Changing one's mind before the other area has answered."""
    reach = decidable(request, reference)
    person, found = reach.person, find_open_offer(reach.person)
    form = ReasonForm(data_of(request))

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
        go_to=here_of(reach),
        saved=text.SAVED["taken_back"],
        context={"title": "Take the offer of a move back", "person": person, "button": "Take it back"},
    )


@for_roles(*DECIDES)
def offered(request: Request) -> HttpResponse:
    """The worklist: people whom other areas offer."""
    return render(request, "moving/offered.html", {"offers": list_offered()})


@for_roles(*DECIDES)
def answer(request: Request, pk: int) -> HttpResponse:
    """Accepting somebody, with who has them from now on and one's own rating; or saying why not."""
    found = next((one for one in list_offered() if one.offer_id == pk), None)
    form = AnswerForm(data_of(request), today=today_of(request), initial={"starts_on": today_of(request)})
    accepted: list[Person] = []
    if found is None and request.method != "POST":
        raise Http404

    def act(note: Notes, given: Given) -> None:
        if given["answer"] != "yes":
            refuse_move(note, offer_id=pk, because=given["because"], by=request.me)
            return
        named, why = form.named_values(), given["why"]
        accepted.append(accept_move(note, offer_id=pk, by=request.me, colour=given["colour"], because=why, **named))

    def go_to() -> str:
        seen = accepted and Person.objects.visible_to(request.me).filter(pk=accepted[0].pk).exists()
        return f"/people/{accepted[0].reference}" if seen else OFFERED

    pack = queries.find_offered_pack(pk) if found is not None else None
    refused = queries.refused_before(pk) if found is not None else []
    context = {"title": "Somebody from another area", "offer": found, "pack": pack, "refused": refused}
    return answer_form(
        request,
        form,
        act,
        go_to=go_to,
        saved=text.SAVED.get(form.data.get("answer", ""), ""),
        template="moving/answer.html",
        context=context | {"here": f"{OFFERED}/{pk}"},
    )


@for_roles(*DECIDES)
def elsewhere(request: Request, reference: str) -> HttpResponse:
    """Somebody out of reach of this service has said yes, by telephone or letter."""
    reach = decidable(request, reference)
    found = moving(request, reach)
    if found.kind != AreaMove.Kind.OUTSIDE:
        raise Http404
    form = ElsewhereForm(data_of(request), today=today_of(request), initial={"said_on": today_of(request)})

    def act(note: Notes, given: Given) -> None:
        said = {name: given[name] for name in ("how", "said_by", "said_on")}
        record_acceptance_elsewhere(note, move=found, by=request.me, **said, **form.named_values())

    record_look(request.me, "move", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=here_of(reach),
        saved=text.SAVED["outside"],
        context={
            "title": f"Write down who in {found.to_place} has said yes",
            "person": reach.person,
            "about": "Only with this they come off the register here. The record is kept, and coming back is easy.",
        },
    )


@for_roles(*DECIDES)
def adult(request: Request, reference: str) -> HttpResponse:
    """The adult register says yes."""
    reach = decidable(request, reference)
    found = moving(request, reach)
    if found.kind != AreaMove.Kind.ADULT:
        raise Http404
    form = AdultForm(data_of(request), today=today_of(request), initial={"starts_on": today_of(request)})

    def act(note: Notes, given: Given) -> None:
        named = form.named_values()
        accept_as_adult(note, move=found, by=request.me, colour=given["colour"], because=given["why"], **named)

    record_look(request.me, "move", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=here_of(reach),
        saved=text.SAVED["adult"],
        context={
            "title": "Accept them on the adult register",
            "person": reach.person,
            "about": "Who you name leads in adult services. Their place on the children’s register closes, and the one "
            "on the adult register opens, in the same moment.",
            "button": "Accept them",
        },
    )

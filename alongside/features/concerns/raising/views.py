"""Concerns about one person: raising, the page of one, each step; incidents; and the numbers of councils."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.actions.queries import list_of_origin
from alongside.features.actions.text import STATE_TAG
from alongside.features.concerns import queries, text
from alongside.features.concerns.access import FOLLOWS, KEEPS_NUMBERS
from alongside.features.concerns.models import Concern
from alongside.features.concerns.pages import (
    Deed,
    Given,
    answer_deed,
    data_of,
    found,
    possible,
    reached,
    today_of,
)
from alongside.features.concerns.raising import operations
from alongside.features.concerns.raising.forms import (
    AnswerForm,
    CouncilForm,
    FamilyForm,
    FoundForm,
    IncidentForm,
    LookForm,
    NumberForm,
    RaiseForm,
    RaiserForm,
    ReferenceForm,
)
from alongside.features.people.changing import answer_form
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: What the address may begin a form with.
BEGINS = ("about", "place", "kind")


@for_roles(*FOLLOWS)
def raise_one(request: Request, reference: str) -> HttpResponse:
    """Writes down a concern; safeguarding says first whom to ring."""
    me, reach = request.me, reached(request, reference)
    person = reach.person
    if not reach.writes:
        raise PermissionDenied(MAY_NOT)
    begin: dict[str, Any] = {name: request.GET[name][:200] for name in BEGINS if name in request.GET}
    unseen = request.POST.get("kind") == Concern.Kind.SAFEGUARDING and Topic.SAFEGUARDING not in reach.topics
    made: list[Concern] = []

    def act(note: Notes, given: Given) -> None:
        told = given["kind"] == Concern.Kind.SAFEGUARDING and given["council_told"] == "yes"
        names = ("kind", "about", "place", "what", "said_by", "severity", "seen_on", "done_at_once")
        values = {name: given[name] for name in names}
        if told:
            values["council_whom"] = given["council_whom"]
        made.append(operations.raise_concern(note, by=me, person=person, **values))

    def go_to() -> str:
        number = made[0].number if made and made[0].topic in reach.topics else None
        return f"/people/{person.reference}/{f'concerns/{number}' if number else 'care'}"

    record_look(me, "raise a concern", [person.pk], at=request.at)
    return answer_form(
        request,
        RaiseForm(data_of(request), initial={"seen_on": today_of(request), **begin}, today=today_of(request)),
        act,
        go_to=go_to,
        saved=text.RAISED_UNSEEN if unseen else text.RAISED,
        template="concerns/raise.html",
        context={
            "title": "Raise a concern",
            "person": person,
            "numbers": queries.list_numbers(person.icb_id),
            "text": text,
        },
    )


def _council(note: Notes, me: Me, row: Concern, given: Given) -> None:
    at = datetime.combine(given["day"], given["at"], LONDON)
    operations.tell_council(
        note, concern=row, by=me, at=at, whom=given["whom"], reference=given["reference"], words=given["words"]
    )


DEEDS: dict[str, Deed] = {
    "council": Deed(
        "Write down that the council was told",
        "The council was told",
        CouncilForm,
        _council,
        may=lambda row: row.kind == Concern.Kind.SAFEGUARDING and row.council_told_at is None,
        about="Ring first. Write it down here at once afterwards.",
    ),
    "reference": Deed(
        "Add the council’s reference",
        "The council’s reference",
        ReferenceForm,
        lambda note, me, row, given: operations.add_reference(note, concern=row, by=me, reference=given["reference"]),
        may=lambda row: row.council_told_at is not None and not row.council_reference,
    ),
    "answer": Deed(
        "What the council does",
        "What does the council do?",
        AnswerForm,
        lambda note, me, row, given: operations.hear_council(
            note, concern=row, by=me, on=given["on"], words=given["words"], look_on=given["look_on"]
        ),
        may=lambda row: row.council_told_at is not None and row.council_answered_on is None,
    ),
    "look": Deed(
        "Write down what was done",
        "What was done since?",
        LookForm,
        lambda note, me, row, given: operations.look_at(
            note, concern=row, by=me, words=given["words"], look_on=given["look_on"], seen=given["seen"]
        ),
        may=lambda row: row.found_on is None,
    ),
    "found": Deed(
        "Write down what came of it",
        "What came of it?",
        FoundForm,
        lambda note, me, row, given: operations.find_out(
            note, concern=row, by=me, outcome=given["outcome"], words=given["words"], seen=given["seen"]
        ),
        may=lambda row: row.found_on is None and (row.kind == Concern.Kind.QUALITY or row.council_told_at is not None),
    ),
    "raiser": Deed(
        "Whoever said it was told",
        "Whoever said it was told",
        RaiserForm,
        lambda note, me, row, given: operations.tell_raiser(note, concern=row, by=me, how=given["how"]),
        may=lambda row: row.found_on is not None and row.raiser_told_on is None,
    ),
    "family": Deed(
        "Tell the family, or say why not",
        "What does the family know of it?",
        FamilyForm,
        lambda note, me, row, given: operations.settle_family(
            note,
            concern=row,
            by=me,
            family_words=given["family_words"],
            not_told_because=given["not_told_because"],
        ),
        may=lambda row: not row.told,
        about="A family may be part of what happened. Decide with the council where it is safeguarding.",
    ),
}


@for_roles(*FOLLOWS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One concern: what was seen, who was told, every step, and what can be done now."""
    row = found(request, Concern, reference, number)
    person, me = row.person, request.me
    record_look(me, "concern", [person.pk], at=request.at)
    context = {
        "person": person,
        "row": row,
        "here": f"/people/{person.reference}/concerns/{row.number}",
        "steps": queries.list_steps(row),
        "deeds": possible(me, row, DEEDS),
        "rings": row.kind == Concern.Kind.SAFEGUARDING and row.council_told_at is None and row.closed_at is None,
        "numbers": queries.list_numbers(person.icb_id) if row.kind == Concern.Kind.SAFEGUARDING else [],
        "actions": list_of_origin(me, "concern", [row.number]),
        "tags": STATE_TAG,
        "text": text,
    }
    return render(request, "concerns/concern.html", context)


@for_roles(*FOLLOWS)
def deed(request: Request, reference: str, number: int, deed: str) -> HttpResponse:
    """One step of a concern."""
    row = found(request, Concern, reference, number)
    return answer_deed(request, row, deed, DEEDS, f"/people/{row.person.reference}/concerns/{row.number}")


@for_roles(*FOLLOWS)
def incident(request: Request, reference: str) -> HttpResponse:
    """Writes down what happened at a placement, once or counted."""
    me, reach = request.me, reached(request, reference)
    if not reach.writes:
        raise PermissionDenied(MAY_NOT)

    def act(note: Notes, given: Given) -> None:
        names = ("place", "kind", "first_on", "times", "source", "detail")
        values = {name: given[name] for name in names}
        values["severity"] = int(given["severity"]) if given["severity"] else None
        last = given["last_on"] or given["first_on"]
        operations.record_incident(note, by=me, person=reach.person, last_on=last, **values)

    record_look(me, "record an incident", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        IncidentForm(data_of(request), initial={"times": 1}, today=today_of(request)),
        act,
        go_to=f"/people/{reach.person.reference}/care",
        saved=text.SAVED,
        context={
            "title": "Something happened where they live",
            "person": reach.person,
            "about": "For places that are no hospital. If somebody may have been harmed, raise a concern as well.",
        },
    )


@for_roles(*KEEPS_NUMBERS)
def numbers(request: Request) -> HttpResponse:
    """The numbers at which councils are told, and one more, or another one of the same council."""
    area = next(held.area for held in request.me.roles if held.role in KEEPS_NUMBERS)

    def act(note: Notes, given: Given) -> None:
        icb = Organisation.objects.get(pk=area)
        names = ("council", "phone", "night_phone")
        operations.keep_number(note, icb=icb, **{name: given[name] for name in names})

    return answer_form(
        request,
        NumberForm(data_of(request)),
        act,
        go_to="/concerns/numbers",
        saved=text.SAVED,
        template="concerns/numbers.html",
        context={"title": "Numbers of councils for safeguarding", "person": None, "numbers": queries.list_numbers(area),
                 "back_url": "/concerns"},
    )  # fmt: skip

"""Visits to where somebody lives: recording one, its page, and what follows from it or from a concern."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions.models import Action
from alongside.features.actions.operations import agree_action
from alongside.features.actions.owners import list_owners, list_places, owner_from
from alongside.features.actions.queries import list_of_origin
from alongside.features.actions.text import STATE_TAG
from alongside.features.concerns import queries, text
from alongside.features.concerns.access import FOLLOWS
from alongside.features.concerns.models import Concern
from alongside.features.concerns.pages import Given, data_of, found, reached, today_of
from alongside.features.concerns.visits.forms import FollowUpForm, VisitForm
from alongside.features.concerns.visits.operations import record_quality_visit
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


@for_roles(*FOLLOWS)
def record(request: Request, reference: str) -> HttpResponse:
    """Writes down a visit."""
    me, reach = request.me, reached(request, reference)
    person = reach.person
    if not reach.writes or not reach.sees((Topic.PLACEMENT,)):
        raise PermissionDenied(MAY_NOT)
    last = next(iter(queries.list_visits(me, person)), None)

    def act(note: Notes, given: Given) -> None:
        values = {name: value for name, value in given.items() if name != "submission"}
        record_quality_visit(note, by=me, person=person, **values)

    record_look(me, "record a visit", [person.pk], at=request.at)
    return answer_form(
        request,
        VisitForm(
            data_of(request),
            initial={"visited_on": today_of(request), "visitors": me.name, "place": last.place if last else ""},
            today=today_of(request),
        ),
        act,
        go_to=f"/people/{person.reference}/care",
        saved=text.SAVED,
        context={"title": "Record a visit to where they live", "person": person},
    )


@for_roles(*FOLLOWS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One visit, and what was agreed after it."""
    me, reach = request.me, reached(request, reference)
    row = queries.find_visit(me, reach.person, number)
    if row is None:
        raise Http404
    record_look(me, "visit", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person,
        "row": row,
        "here": f"/people/{reach.person.reference}/visits/{row.pk}",
        "writes": reach.writes,
        "actions": list_of_origin(me, Action.Origin.VISIT, [row.pk]),
        "tags": STATE_TAG,
    }
    return render(request, "concerns/visit.html", context)


@for_roles(*FOLLOWS)
def after_visit(request: Request, reference: str, number: int) -> HttpResponse:
    """Somebody does something after a visit: an action of the one ledger."""
    person = reached(request, reference).person
    row = queries.find_visit(request.me, person, number)
    if row is None:
        raise Http404
    here = f"/people/{person.reference}/visits/{number}"
    return _follow_up(request, person, row.topic, Action.Origin.VISIT, number, here)


@for_roles(*FOLLOWS)
def after_concern(request: Request, reference: str, number: int) -> HttpResponse:
    """The same because of a concern."""
    row = found(request, Concern, reference, number)
    here = f"/people/{row.person.reference}/concerns/{row.number}"
    return _follow_up(request, row.person, row.topic, Action.Origin.CONCERN, row.number, here)


def _follow_up(request: Request, person: Person, topic: int, origin: str, number: int, here: str) -> HttpResponse:
    me, today = request.me, today_of(request)
    owners, places = list_owners(me, person, today), list_places(me, person)
    form = FollowUpForm(
        data_of(request),
        owners=[(one.value, one.label) for one in owners],
        places=[(one.value, one.label) for one in places],
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        agree_action(
            note,
            by=me,
            person=person,
            topic=topic,
            what=given["what"],
            how_known=given["how_known"],
            owner=owner_from(given, owners, places),
            due_on=given["due_on"],
            origin=origin,
            origin_id=number,
        )

    record_look(me, "agree an action", [person.pk], at=request.at)
    context = {"title": "Write down what will be done", "person": person}
    return answer_form(request, form, act, go_to=here, saved=text.SAVED, context=context)

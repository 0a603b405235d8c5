"""Notices on placements: following one, its page, the places that are asked, and each step."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions.access import writes_on
from alongside.features.concerns import queries, text
from alongside.features.concerns.access import FOLLOWS, list_leads
from alongside.features.concerns.models import PlacementNotice, PlacementSearch
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
from alongside.features.concerns.placements import operations
from alongside.features.concerns.placements.forms import EndForm, FollowForm, LastDayForm, PlaceAnswerForm, PlaceForm
from alongside.features.people.changing import answer_form
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day


@for_roles(*FOLLOWS)
def follow(request: Request, reference: str) -> HttpResponse:
    """Writes down until when somebody can stay; `?event=` is the notice as it was written down before."""
    me, reach, today = request.me, reached(request, reference), today_of(request)
    person = reach.person
    if not reach.writes or not reach.sees((Topic.PLACEMENT,)):
        raise PermissionDenied(MAY_NOT)
    events = queries.list_notice_events(me, person)
    asked = request.GET.get("event", "")
    event = next((one for one in events if str(one.pk) == asked), None)
    leads = list_leads(me, person, Topic.PLACEMENT)
    made: list[PlacementNotice] = []

    def act(note: Notes, given: Given) -> None:
        names = ("place", "given_on", "ends_on", "because", "last_day_plan", "family_words")
        values = {name: given[name] for name in names}
        lead = int(given["lead"])
        made.append(operations.follow_notice(note, by=me, person=person, event=event, lead_id=lead, **values))

    begin = {"given_on": local_day(event.happened_at), "because": event.detail, "place": event.source} if event else {}
    record_look(me, "follow a notice", [person.pk], at=request.at)
    return answer_form(
        request,
        FollowForm(data_of(request), initial=begin, leads=[(one.value, one.label) for one in leads], today=today),
        act,
        go_to=lambda: f"/people/{person.reference}/{f'placements/{made[0].number}' if made else 'care'}",
        saved=text.SAVED,
        context={
            "title": "Notice was given on where they live",
            "person": person,
            "about": "It also proposes a rating, which waits until somebody decides." if event is None else "",
        },
    )


def _end(note: Notes, me: Me, row: PlacementNotice, given: Given) -> None:
    values = {name: value for name, value in given.items() if name != "submission"}
    operations.end_notice(note, notice=row, by=me, **values)


DEEDS: dict[str, Deed] = {
    "last-day": Deed(
        "What happens on the last day",
        "What happens on the last day?",
        LastDayForm,
        lambda note, me, row, given: operations.plan_last_day(
            note,
            notice=row,
            by=me,
            last_day_plan=given["last_day_plan"],
            ends_on=given["ends_on"],
            words=given["words"],
            seen=given["seen"],
        ),
        begin=lambda row: {"ends_on": row.ends_on, "last_day_plan": row.last_day_plan},
    ),
    "over": Deed("They live somewhere now", "How did it end?", EndForm, _end),
}


@for_roles(*FOLLOWS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One notice: how many days are left, who was asked and what they said, and the last day."""
    row = found(request, PlacementNotice, reference, number)
    me, person, today = request.me, row.person, today_of(request)
    record_look(me, "placement notice", [person.pk], at=request.at)
    searches = queries.list_searches(row)
    context = {
        "person": person,
        "row": row,
        "here": f"/people/{person.reference}/placements/{row.number}",
        "steps": queries.list_steps(row),
        "searches": searches,
        "refused": sum(one.answer == "no" for one in searches),
        "deeds": possible(me, row, DEEDS),
        "days": (row.ends_on - today).days,
        "today": today,
        "text": text,
    }
    return render(request, "concerns/placement.html", context)


@for_roles(*FOLLOWS)
def deed(request: Request, reference: str, number: int, deed: str) -> HttpResponse:
    """One step of a notice."""
    row = found(request, PlacementNotice, reference, number)
    return answer_deed(request, row, deed, DEEDS, f"/people/{row.person.reference}/placements/{row.number}")


@for_roles(*FOLLOWS)
def ask_place(request: Request, reference: str, number: int) -> HttpResponse:
    """Writes down a place that was asked."""
    row = found(request, PlacementNotice, reference, number)
    me = request.me
    if not writes_on(me, row.person, row.topic):
        raise PermissionDenied(MAY_NOT)

    def act(note: Notes, given: Given) -> None:
        values = {name: value for name, value in given.items() if name != "submission"}
        operations.ask_place(note, notice=row, by=me, **values)

    record_look(me, "placement notice", [row.person_id], at=request.at)
    return answer_form(
        request,
        PlaceForm(data_of(request), initial={"asked_on": today_of(request)}, today=today_of(request)),
        act,
        go_to=f"/people/{row.person.reference}/placements/{row.number}",
        saved=text.SAVED,
        context={"title": "A place was asked", "person": row.person},
    )


@for_roles(*FOLLOWS)
def answer(request: Request, reference: str, number: int, fact_id: int) -> HttpResponse:
    """Writes down what a place answered."""
    row = found(request, PlacementNotice, reference, number)
    search = queries.find_part(PlacementSearch, row, fact_id)
    if search is None:
        raise Http404
    me = request.me

    def act(note: Notes, given: Given) -> None:
        values = {name: given[name] for name in ("answer", "answered_on", "because", "said", "cost")}
        operations.answer_of_place(note, notice=row, search=search, by=me, **values)

    record_look(me, "placement notice", [row.person_id], at=request.at)
    begin = {"answer": search.answer, "answered_on": search.answered_on or today_of(request), "cost": search.cost}
    begin |= {"because": search.because, "said": search.said}
    return answer_form(
        request,
        PlaceAnswerForm(data_of(request), initial=begin, today=today_of(request)),
        act,
        go_to=f"/people/{row.person.reference}/placements/{row.number}",
        saved=text.SAVED,
        context={"title": f"What did {search.place} answer?", "person": row.person},
    )

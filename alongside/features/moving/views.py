"""A move on one person's pages, and the moves of an area."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.moving import queries, text
from alongside.features.moving.access import DECIDES, WORKS
from alongside.features.moving.agreeing import agreed_topics, answered, said_of
from alongside.features.moving.forms import BeginForm, ChangeForm, ReasonForm, StepForm, TellForm
from alongside.features.moving.models import AreaMove
from alongside.features.moving.operations import begin_move, change_move, record_step, say_they_stay
from alongside.features.people.agreement.operations import save_answers
from alongside.features.people.agreement.reading import read_known
from alongside.features.people.changing import answer_form
from alongside.features.people.identity.queries import list_offered
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday, local_day

Given = Mapping[str, Any]


def today_of(request: Request) -> date:
    return local_day(request.at)


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def here_of(reach: Reach) -> str:
    return f"/people/{reach.person.reference}/move"


def workable(request: Request, reference: str) -> Reach:
    """The person, when a move of theirs may be written down. 404 outside scope, 403 where it may only be read."""
    reach = writable(request, reference)
    if not reach.sees((Topic.IDENTITY,)):
        raise PermissionDenied(MAY_NOT)
    return reach


def decidable(request: Request, reference: str) -> Reach:
    """The same for those who run the register or the keyworking service of their area."""
    reach = workable(request, reference)
    if not request.me.holds_in(reach.person.icb_id, *DECIDES):
        raise PermissionDenied(MAY_NOT)
    return reach


def moving(request: Request, reach: Reach) -> AreaMove:
    """The open move. 404 where there is none; what was sent about one that is over is told so by its operation."""
    found = queries.newest_move(request.me, reach.person)
    if found is None or (found.closed_at is not None and request.method != "POST"):
        raise Http404
    return found


@for_roles(*DECIDES)
def moves(request: Request) -> HttpResponse:
    """Who moves away, whom other areas offer, who came and who went lately."""
    me, today = request.me, today_of(request)
    areas = queries.areas_of(me)
    away, came, went = (
        queries.list_moving_away(me, areas),
        queries.list_came(me, areas, today),
        queries.list_went(me, areas, today),
    )
    people = {one.person_id for one in (*away, *came, *went)}
    record_look(me, "moves", sorted(people), at=request.at)
    context = {"away": away, "offers": list_offered(), "came": came, "went": went, "today": today}
    return render(request, "moving/moves.html", context)


@for_roles(*WORKS)
def move(request: Request, reference: str) -> HttpResponse:
    """Where a move stands: what was agreed, what the other side was told, its answer, and what followed."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if not reach.sees((Topic.IDENTITY,)):
        raise PermissionDenied(MAY_NOT)
    person = reach.person
    found = queries.read_move(request.me, person)
    known = read_known(person, request.at) if found and reach.writes and found.move.closed_at is None else None
    record_look(request.me, "move", [person.pk], at=request.at)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "here": here_of(reach),
        "today": today_of(request),
        "found": found,
        "writes": reach.writes,
        "decides": reach.writes and request.me.holds_in(person.icb_id, *DECIDES),
        "asked": answered(known, found.move) if known and found else False,
        "told": sorted(agreed_topics(known.ledger, found.move, request.at)) if known and found else [],
        "topics": text.TOPIC_NAMES,
        "times": text.times,
        "by_other": found is not None and found.move.recorded_by_id != request.me.id,
    }
    return render(request, "moving/move.html", context)


@for_roles(*WORKS)
def begin(request: Request, reference: str) -> HttpResponse:
    """Somebody told of a move, or it was found out."""
    reach = workable(request, reference)
    person, areas = reach.person, queries.list_other_areas(reach.person.icb_id)
    adult = request.GET.get("to") == "adult"
    initial: dict[str, Any] = {"told_on": today_of(request)}
    if adult:
        initial |= {"kind": AreaMove.Kind.ADULT, "because": "They turn 18."}
        if person.birth_date:
            initial["moves_on"] = birthday(person.birth_date, 18)
    choices = [(key, area.name) for key, area in areas.items()]
    form = BeginForm(data_of(request), initial=initial, areas=choices, today=today_of(request))

    def act(note: Notes, given: Given) -> None:
        begin_move(
            note,
            person=person,
            to_icb=areas.get(given["to_icb"]) if given["kind"] == AreaMove.Kind.AREA else None,
            to_place=given["to_place"],
            **{name: given[name] for name in ("kind", "told_by", "told_on", "because", "moves_on")},
        )

    record_look(request.me, "move", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=here_of(reach),
        saved=text.SAVED["begun"],
        context={
            "title": "Write down a move",
            "person": person,
            "about": "This area stays responsible until somebody else has said yes, with a name and a day.",
        },
    )


@for_roles(*WORKS)
def change(request: Request, reference: str) -> HttpResponse:
    """Another place, or another day."""
    reach = workable(request, reference)
    found = moving(request, reach)
    areas = queries.list_other_areas(reach.person.icb_id)
    initial = {
        "to_icb": str(found.to_icb_id or ""),
        "to_place": found.to_place,
        "moves_on": found.moves_on,
        "because": found.because,
    }
    if found.to_icb is not None:
        areas.setdefault(str(found.to_icb_id), found.to_icb)
    choices = [(key, area.name) for key, area in areas.items()]
    form = ChangeForm(data_of(request), initial=initial, areas=choices, kind=found.kind, today=today_of(request))

    def act(note: Notes, given: Given) -> None:
        change_move(
            note,
            move=found,
            because=given["because"],
            moves_on=given["moves_on"],
            to_icb=areas.get(given.get("to_icb", "")),
            to_place=given.get("to_place", ""),
        )

    record_look(request.me, "move", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=here_of(reach),
        saved=text.SAVED["changed"],
        context={"title": "Change what is known of the move", "person": reach.person},
    )


@for_roles(*DECIDES)
def stay(request: Request, reference: str) -> HttpResponse:
    """The move is off."""
    reach = decidable(request, reference)
    found = moving(request, reach)
    record_look(request.me, "move", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        ReasonForm(data_of(request)),
        lambda note, given: say_they_stay(note, move=found, because=given["because"], by=request.me),
        go_to=here_of(reach),
        saved=text.SAVED["stayed"],
        context={
            "title": "Say that they stay",
            "person": reach.person,
            "about": "An offer that waits for its answer is taken back.",
            "button": "They stay",
        },
    )


@for_roles(*WORKS)
def tell(request: Request, reference: str) -> HttpResponse:
    """Whether the new area may be told, as the young person or family says it."""
    reach = workable(request, reference)
    found = moving(request, reach)
    known = read_known(reach.person, request.at)
    form = TellForm(data_of(request), known=known, today=today_of(request), initial={"decided_on": today_of(request)})

    def act(note: Notes, given: Given) -> None:
        said = said_of(known, found, given["answer"], [int(topic) for topic in given["without"]])
        save_answers(note, person=reach.person, said=said, decided=form.decided())

    record_look(request.me, "move", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=here_of(reach),
        saved=text.SAVED["asked"],
        context={
            "title": f"May {found.where} be told?",
            "person": reach.person,
            "about": "Read out what the pack would hold: who they are and how to talk with them, their plan and crisis "
            "card, the rating and why, what is open, who is around them. They can say no to any of it.",
        },
    )


@for_roles(*WORKS)
def step(request: Request, reference: str, slug: str) -> HttpResponse:
    """Writes down something that was done: before it is accepted, or afterwards."""
    kind, title, question, hint = text.STEP_PAGES[slug]
    reach = workable(request, reference)
    found = queries.newest_move(request.me, reach.person)
    if found is None or ((found.closed_at is None) != (slug == "lift") and request.method != "POST"):
        raise Http404
    record_look(request.me, "move", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        StepForm(data_of(request), question=question, hint=hint),
        lambda note, given: record_step(note, move=found, kind=kind, words=given["words"]),
        go_to=here_of(reach),
        saved=text.SAVED["step"],
        context={"title": title, "person": reach.person},
    )

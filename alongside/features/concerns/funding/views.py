"""Money asked for one person: asking, the page of one request, each body's answer, and each step."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action
from alongside.features.actions.queries import find_action, list_of_person
from alongside.features.concerns import queries, text
from alongside.features.concerns.access import FOLLOWS
from alongside.features.concerns.funding import operations
from alongside.features.concerns.funding.forms import (
    AskForm,
    BodyForm,
    LaterForm,
    StartedForm,
    ToldForm,
    WithdrawForm,
)
from alongside.features.concerns.models import Funding, FundingPart
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
from alongside.features.people.changing import answer_form
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

_REFUSED = Funding.Outcome.REFUSED


@for_roles(*FOLLOWS)
def ask(request: Request, reference: str) -> HttpResponse:
    """Asks bodies for money; `?action=` is the number of the action that waits for it."""
    me, reach = request.me, reached(request, reference)
    person = reach.person
    if not reach.writes or not reach.sees((Topic.MONEY,)):
        raise PermissionDenied(MAY_NOT)
    waiting = [one for one in list_of_person(me, person) if one.state in OPEN]
    made: list[Funding] = []
    form = AskForm(
        data_of(request),
        initial={"asked_on": today_of(request), "action": request.GET.get("action", "")},
        actions=[(str(one.number), one.what) for one in sorted(waiting, key=_waits_not)],
        today=today_of(request),
    )

    def act(note: Notes, given: Given) -> None:
        names = ("what_for", "why_not_existing", "cost", "per", "asked_on", "needed_from")
        values = {name: given[name] for name in names}
        action = next((one for one in waiting if str(one.number) == given.get("action")), None)
        made.append(operations.ask_for_funding(note, by=me, person=person, shares=form.shares, action=action, **values))

    record_look(me, "ask for money", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=lambda: f"/people/{person.reference}/{f'funding/{made[0].number}' if made else 'care'}",
        saved=text.SAVED,
        context={
            "title": "Ask for money",
            "person": person,
            "about": "For what no existing service can do. The shares of the bodies make 100 together.",
        },
    )


def _waits_not(action: Action) -> bool:
    return action.waits_for != Action.WaitsFor.MONEY


DEEDS: dict[str, Deed] = {
    "told": Deed(
        "The family was told",
        "The family was told what was decided",
        ToldForm,
        lambda note, me, row, given: operations.tell_decision(
            note,
            funding=row,
            by=me,
            family_words=given["family_words"],
            starts_on=given["starts_on"],
            seen=given["seen"],
        ),
        may=lambda row: row.decided_on is not None and not row.told,
        begin=lambda row: {"starts_on": row.needed_from if row.outcome != _REFUSED else None},
    ),
    "started": Deed(
        "It has started",
        "It has started",
        StartedForm,
        lambda note, me, row, given: operations.say_started(
            note, funding=row, by=me, on=given["on"], words=given["words"]
        ),
        may=lambda row: row.decided_on is not None and row.outcome != _REFUSED and row.started_on is None,
    ),
    "later": Deed(
        "It starts on another day",
        "It starts on another day",
        LaterForm,
        lambda note, me, row, given: operations.move_start(
            note, funding=row, by=me, starts_on=given["starts_on"], words=given["words"]
        ),
        may=lambda row: row.decided_on is not None and row.outcome != _REFUSED and row.started_on is None and row.told,
    ),
    "withdraw": Deed(
        "Take the request back",
        "Take the request back",
        WithdrawForm,
        lambda note, me, row, given: operations.withdraw(note, funding=row, by=me, words=given["words"]),
        may=lambda row: row.decided_on is None,
    ),
}


@for_roles(*FOLLOWS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One request: how much, each body's share, days and answer, what waits for it, and every step."""
    row = found(request, Funding, reference, number)
    me, person, today = request.me, row.person, today_of(request)
    record_look(me, "funding", [person.pk], at=request.at)
    parts = queries.list_parts(row)
    deeds = possible(me, row, DEEDS)
    context = {
        "person": person,
        "row": row,
        "here": f"/people/{person.reference}/funding/{row.number}",
        "steps": queries.list_steps(row),
        "parts": [(part, ((part.answered_on or today) - part.asked_on).days) for part in parts],
        "deeds": deeds,
        "action": find_action(me, person, row.action_id) if row.action_id else None,
        "text": text,
    }
    return render(request, "concerns/funding.html", context)


@for_roles(*FOLLOWS)
def deed(request: Request, reference: str, number: int, deed: str) -> HttpResponse:
    """One step of a request for money."""
    row = found(request, Funding, reference, number)
    return answer_deed(request, row, deed, DEEDS, f"/people/{row.person.reference}/funding/{row.number}")


@for_roles(*FOLLOWS)
def body(request: Request, reference: str, number: int, fact_id: int) -> HttpResponse:
    """One body's answer; or that it was asked again."""
    row = found(request, Funding, reference, number)
    part = queries.find_part(FundingPart, row, fact_id)
    if part is None:
        raise Http404
    me = request.me

    def act(note: Notes, given: Given) -> None:
        if given["answer"] == "ask":
            words = ". ".join(filter(None, (given["who"], given["because"])))
            operations.chase_body(note, funding=row, part=part, by=me, words=words, panel_on=given["panel_on"])
            return
        values = {name: given[name] for name in ("answer", "on", "who", "because")}
        operations.answer_for_body(note, funding=row, part=part, by=me, **values)

    record_look(me, "funding", [row.person_id], at=request.at)
    return answer_form(
        request,
        BodyForm(data_of(request), initial={"on": today_of(request)}, today=today_of(request)),
        act,
        go_to=f"/people/{row.person.reference}/funding/{row.number}",
        saved=text.SAVED,
        context={"title": f"What does {part.called} say?", "person": row.person},
    )

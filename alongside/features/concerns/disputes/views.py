"""Disputes on who is responsible for one person."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.concerns import queries, text
from alongside.features.concerns.access import FOLLOWS
from alongside.features.concerns.disputes import operations
from alongside.features.concerns.disputes.forms import DecideForm, InterimForm, LookForm, OpenForm
from alongside.features.concerns.models import Dispute
from alongside.features.concerns.pages import (
    LEAD,
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
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


@for_roles(*FOLLOWS)
def new(request: Request, reference: str) -> HttpResponse:
    """Writes down a dispute, never without who acts meanwhile."""
    me, reach = request.me, reached(request, reference)
    person = reach.person
    if not reach.writes or not reach.sees((Topic.MONEY,)):
        raise PermissionDenied(MAY_NOT)
    made: list[Dispute] = []

    def act(note: Notes, given: Given) -> None:
        names = ("about", "one_body", "other_body", "what", "opened_on", "interim_owner", "interim_name", "interim_to")
        values = {name: given[name] for name in names}
        accepted = given["accepted"] == "yes"
        made.append(operations.open_dispute(note, by=me, person=person, interim_accepted=accepted, **values))

    record_look(me, "open a dispute", [person.pk], at=request.at)
    return answer_form(
        request,
        OpenForm(
            data_of(request),
            initial={"opened_on": today_of(request), "one_body": person.icb.name, "interim_owner": person.icb.name},
            today=today_of(request),
        ),
        act,
        go_to=lambda: f"/people/{person.reference}/{f'disputes/{made[0].number}' if made else 'care'}",
        saved=text.SAVED,
        context={
            "title": "They don’t agree who is responsible",
            "person": person,
            "about": "Nobody waits for care until this is decided. Somebody acts from today.",
        },
    )


def _interim(note: Notes, me: Me, row: Dispute, given: Given) -> None:
    names = ("interim_owner", "interim_name", "begins", "ends", "words", "seen")
    values = {name: given[name] for name in names}
    operations.set_interim(note, dispute=row, by=me, accepted=given["accepted"] == "yes", **values)


def _decide(note: Notes, me: Me, row: Dispute, given: Given) -> None:
    values = {name: value for name, value in given.items() if name != "submission"}
    operations.decide_dispute(note, dispute=row, by=me, **values)


DEEDS: dict[str, Deed] = {
    "interim": Deed(
        "Who acts meanwhile, and their yes",
        "Who acts until it is decided?",
        InterimForm,
        _interim,
        begin=lambda row: {
            "interim_owner": row.interim_owner,
            "interim_name": row.interim_name,
            "begins": row.interim_from,
            "ends": row.interim_to,
        },
    ),
    "look": Deed(
        "Write down what was done",
        "What was done so that it is decided?",
        LookForm,
        lambda note, me, row, given: operations.look_at_dispute(
            note, dispute=row, by=me, words=given["words"], seen=given["seen"]
        ),
    ),
    "decide": Deed("Write down the decision", "Who is responsible?", DecideForm, _decide),
}

#: What comes after the others once somebody acts meanwhile.
_SETTLED = {"interim": 1, LEAD: 2}


@for_roles(*FOLLOWS)
def one(request: Request, reference: str, number: int) -> HttpResponse:
    """One dispute: who says what, who acts meanwhile, every step, and the decision."""
    row = found(request, Dispute, reference, number)
    me, person, today = request.me, row.person, today_of(request)
    ran_out = row.interim_to is not None and row.interim_to < today and row.closed_at is None
    deeds = possible(me, row, DEEDS)
    if row.interim_accepted_on and not ran_out:
        # Somebody acts and said yes: what is needed most now is a decision.
        deeds.sort(key=lambda deed: _SETTLED.get(deed[0], 0))
    record_look(me, "dispute", [person.pk], at=request.at)
    context = {
        "person": person,
        "row": row,
        "here": f"/people/{person.reference}/disputes/{row.number}",
        "steps": queries.list_steps(row),
        "deeds": deeds,
        "days": ((row.decided_on or today) - row.opened_on).days,
        "ran_out": ran_out,
        "acts": row.acts(today),
        "text": text,
    }
    return render(request, "concerns/dispute.html", context)


@for_roles(*FOLLOWS)
def deed(request: Request, reference: str, number: int, deed: str) -> HttpResponse:
    """One step of a dispute."""
    row = found(request, Dispute, reference, number)
    return answer_deed(request, row, deed, DEEDS, f"/people/{row.person.reference}/disputes/{row.number}")

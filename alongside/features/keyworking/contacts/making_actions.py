"""A promise becomes an action: somebody is asked to own it, and the promise itself is chased no more."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from alongside.features.actions.access import list_writable, may_agree
from alongside.features.actions.forms import OTHER, AgreeForm
from alongside.features.actions.models import Action
from alongside.features.actions.operations import agree_action
from alongside.features.actions.owners import list_owners, list_places, owner_from
from alongside.features.keyworking.access import SEES_TEAM
from alongside.features.keyworking.contacts import queries, text
from alongside.features.keyworking.contacts.operations import step_promise
from alongside.features.keyworking.contacts.views import workable
from alongside.features.keyworking.models import Promise, PromiseStep
from alongside.features.people.changing import answer_form
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.duties.contacts import OURS


@for_roles(*SEES_TEAM)
def make_action(request: Request, reference: str, promise: int) -> HttpResponse:
    """The form of an action, filled in with what was promised. 404 for a promise that is closed."""
    me, reach = request.me, workable(request, reference)
    person, today = reach.person, request.at.astimezone(LONDON).date()
    rows = Promise.objects.visible_to(me).filter(queries.about(person), pk=promise)
    found = rows.filter(closed_at=None).first() if request.method != "POST" else rows.first()
    if found is None:
        raise Http404
    if not may_agree(me, reach):
        raise PermissionDenied(MAY_NOT)
    owners, places = list_owners(me, person, today), list_places(me, person)
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        owners=[(one.value, one.label) for one in owners],
        places=[(one.value, one.label) for one in places],
        topics=list_writable(me, reach),
        initial=_begin(found, me.id, max(found.by_date, today)),
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        # First, so that two who do it at once make one action.
        step_promise(note, promise=found, kind=PromiseStep.Kind.NOT_NEEDED, said=text.IS_AN_ACTION)
        agree_action(
            note,
            by=me,
            person=person,
            topic=int(given["topic"]),
            what=given["what"],
            how_known=given["how_known"],
            owner=owner_from(given, owners, places),
            due_on=given["due_on"],
            origin=given["origin"],
            origin_id=found.contact_id if given["origin"] == Action.Origin.CONTACT else None,
            starts_on=given["starts_on"],
        )

    record_look(me, "agree an action", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}/actions",
        saved=text.MADE_ACTION,
        template="actions/agree.html",
        context={
            "title": "Make the promise an action",
            "person": person,
            "again": None,
            "plan": None,
            "wordings": [],
        },
    )


def _begin(promise: Promise, me_id: int, due_on: Any) -> dict[str, Any]:
    """What the promise says already. What we said ourselves is whoever's who asks."""
    begin = {"what": promise.what, "topic": Topic.KEYWORKING.value, "due_on": due_on}
    if promise.who == OURS:
        return begin | {"owner": f"actor-{me_id}"}
    return begin | {"owner": OTHER, "name": promise.who, "organisation": promise.organisation_name}

"""A court order or another legal limit for somebody of the family: whatever was open to them closes at once."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.people.changing import answer_form
from alongside.features.people.models import Relation
from alongside.features.people.operations import correct_fact
from alongside.features.people.operations.family import close_to_family
from alongside.features.people.views import writable
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.sharing import text
from alongside.overview.sharing.forms import LimitsForm

WRITES = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)


@for_roles(*WRITES)
def limits(request: Request, reference: str, relation_id: int) -> HttpResponse:
    """Written down as a correction of who they are to the young person. The database closes what was open to them."""
    reach = writable(request, reference)
    rows = Relation.objects.visible_to(request.me).filter(person=reach.person, superseded_by=None)
    relation = rows.filter(pk=relation_id).first()
    if relation is None or not reach.sees((Topic.FAMILY,)):
        raise Http404
    if request.method != "POST":
        record_look(request.me, "legal limits", [reach.person.pk], at=request.at)

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        fresh = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
        if Relation.objects.filter(supersedes=fresh).exists():
            raise NotNow("changed", "Somebody has just changed this. Open the person's page to see it.")
        words = f"Legal limits for {fresh.name} were written down. What was open to them is closed."
        correct_fact(note, fresh, words=words, legal_limits=given["limits"])
        if fresh.actor and fresh.legal_limits == given["limits"]:
            # The same limits again: what was opened to them knowing of these closes too, as the page says.
            close_to_family(note, actor=fresh.actor, person=reach.person)

    return answer_form(
        request,
        LimitsForm(request.POST if request.method == "POST" else None, initial={"limits": relation.legal_limits}),
        act,
        go_to=f"/people/{reach.person.reference}/family",
        saved=text.LIMITED,
        context={
            "title": f"Legal limits for {relation.name}",
            "person": reach.person,
            "about": "A court order, or anything else in law that limits what they may know or do.",
            "warning": "Saving closes at once whatever they see, and takes back an invitation that is still open.",
            "button": "Save and close",
        },
    )

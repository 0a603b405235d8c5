"""The audit page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look
from alongside.overview.audit import queries
from alongside.overview.audit.forms import AuditFilter

NOT_OURS = "No record with this reference is in your area. Check the reference on the person's page"
NO_COLLEAGUE = "Nobody has this name. Try part of it"


@for_roles(Role.GOVERNANCE)
@require_safe
def audit(request: Request) -> HttpResponse:
    """Looks and changes in the areas of whoever asks, newest first."""
    form = AuditFilter(request.GET or None)
    asked = form.chosen() if form.is_bound else {"show": "looks", "person": "", "who": "", "before": ""}
    person_id = queries.find_person_id(asked["person"].strip().upper()) if asked["person"] else None
    actor_ids = queries.find_actor_ids(asked["who"].strip()) if asked["who"] else None
    if asked["person"] and person_id is None:
        form.add_error("person", NOT_OURS)
    if actor_ids == []:
        form.add_error("who", NO_COLLEAGUE)
    listing = queries.list_changes if asked["show"] == "changes" else queries.list_looks
    found = queries.Found()
    if not form.errors:
        found = listing(person_id=person_id, actor_ids=actor_ids, before=int(asked["before"] or 0))
        record_look(request.me, "audit", [person_id] if person_id else [], at=request.at)
    context = {"form": form, "show": asked["show"] or "looks", "found": found, "sealed_at": queries.find_last_seal()}
    return render(request, "overview/audit.html", context | {"older_url": _older(asked, found)})


def _older(asked: dict[str, str], found: queries.Found) -> str:
    if found.older is None:
        return ""
    kept = {name: value for name, value in asked.items() if value and name != "before"}
    return "?" + urlencode(kept | {"before": found.older})

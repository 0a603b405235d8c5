"""The audit: searched, opened with a reason, exported as a recorded act, and what is unusual in it."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import recording
from alongside.overview.audit import queries
from alongside.overview.audit.forms import AuditFilter, WhyForm
from alongside.overview.audit.operations import export

NOT_OURS = "No record with this reference is in your area. Check the reference on the person's page"
NO_COLLEAGUE = "Nobody has this name. Try part of it"
PERIOD_DAYS = 30
KINDS = {
    "same name": "Looked at a record of their own name",
    "same family name": "Looked at a record with their own family name",
    "not involved": "Looked at people with whom nothing connects them",
    "many in an hour": "Looked at 30 people or more, one by one, within an hour",
}


def _asked(form: AuditFilter) -> tuple[dict[str, Any], queries.Asked]:
    """What was asked, as typed and as understood. What can't be found is said on the form."""
    given: dict[str, Any] = form.chosen() if form.is_bound else dict.fromkeys(form.fields, "")
    person_id = queries.find_person_id(given["person"].strip().upper()) if given["person"] else None
    actor_ids = queries.find_actor_ids(given["who"].strip()) if given["who"] else None
    if given["person"] and person_id is None:
        form.add_error("person", NOT_OURS)
    if actor_ids == []:
        form.add_error("who", NO_COLLEAGUE)
    return given, queries.Asked(
        person_id, actor_ids, given["page"].strip(), given["since"] or None, given["until"] or None
    )


def _listing(given: dict[str, Any]) -> Any:
    return queries.list_changes if given["show"] == "changes" else queries.list_looks


@for_roles(Role.GOVERNANCE)
@require_safe
def audit(request: Request) -> HttpResponse:
    """Looks and changes in the areas of whoever asks, newest first."""
    form = AuditFilter(request.GET or None)
    given, asked = _asked(form)
    found = queries.Found()
    if not form.errors:
        found = _listing(given)(asked, before=int(given["before"] or 0))
        record_look(request.me, "audit", [asked.person_id] if asked.person_id else [], at=request.at)
    kept = _kept(request)
    context = {
        "form": form,
        "show": given["show"] or "looks",
        "found": found,
        "sealed_at": queries.find_last_seal(),
        "kept": kept,
        "older_url": "?" + urlencode([*kept, ("before", found.older)]) if found.older is not None else "",
    }
    return render(request, "overview/audit.html", context)


def _kept(request: Request) -> list[tuple[str, str]]:
    """What was asked, as it was typed, for the next page and the export."""
    names = {f"{name}{part}" for name in AuditFilter.base_fields for part in ("", "-day", "-month", "-year")}
    return [(name, value) for name, value in request.GET.dict().items() if value and name in names and name != "before"]


@for_roles(Role.GOVERNANCE)
@require_POST
def exported(request: Request) -> HttpResponse:
    """The same rows as a CSV file. A recorded act."""
    form = AuditFilter(request.POST)
    given, asked = _asked(form)
    area = next(held for held in request.me.roles if held.role == Role.GOVERNANCE)
    if form.errors:
        context: dict[str, Any] = {
            "form": form,
            "show": given["show"] or "looks",
            "found": queries.Found(),
            "sealed_at": queries.find_last_seal(),
            "kept": [],
            "older_url": "",
        }
        return render(request, "overview/audit.html", context, status=422)
    with recording(by=request.me, at=request.at) as note:
        found = _listing(given)(asked, most=queries.MOST_EXPORTED)
        filters = {name: str(value) for name, value in given.items() if value}
        text = export(note, found=found, show=given["show"] or "looks", icb_id=area.area, filters=filters)
    record_look(request.me, "audit export", [asked.person_id] if asked.person_id else [], at=request.at)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


@for_roles(Role.GOVERNANCE)
def change(request: Request, number: int) -> HttpResponse:
    """The values of one change, before and after: shown when whoever asks has said why, and that is kept."""
    found = queries.find_change(number)
    if found is None:
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    shown = request.method == "POST" and form.is_valid()
    why = form.cleaned_data["why"] if shown else ""
    people = [found.person_id] if found.person_id else []
    record_look(request.me, "audit values" if shown else "audit change", people, at=request.at, why=why)
    context = {"form": form, "change": found, "shown": shown}
    return render(request, "overview/audit_change.html", context, status=422 if form.errors else 200)


@for_roles(Role.GOVERNANCE)
@require_safe
def unusual(request: Request) -> HttpResponse:
    """Looks of the last 30 days that are worth a question. Each may have a good reason."""
    found = queries.list_unusual(request.at - timedelta(days=PERIOD_DAYS))
    record_look(request.me, "audit unusual", [], at=request.at)
    kinds = [(title, found.get(kind, [])) for kind, title in KINDS.items()]
    return render(request, "overview/audit_unusual.html", {"kinds": kinds, "days": PERIOD_DAYS})

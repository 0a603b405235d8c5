"""How an admission came about, and looking back on the plan before it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.hospital.discharge import queries, text
from alongside.features.hospital.discharge.after_forms import ChangeMadeForm, LookBackForm, RootCauseForm
from alongside.features.hospital.discharge.causes import record_root_cause, say_change_made
from alongside.features.hospital.discharge.leaving import look_back
from alongside.features.hospital.discharge.reaching import data_of, page_of, stay_of
from alongside.features.hospital.models import AdmissionRecord, Known, Stay
from alongside.features.people.changing import answer_form
from alongside.features.people.views import CHANGES
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day

FIELDS = (
    "on_register",
    "review_possible",
    "no_review",
    "known_to",
    "found",
    "done_by",
    "change",
    "change_part",
    "change_lead",
    "change_organisation",
    "change_due_on",
)


@for_roles(*CHANGES)
def root_cause(request: Request, stay_id: int) -> HttpResponse:
    """What was found, and what changes by it."""
    stay, reach = stay_of(request, stay_id)
    cause = queries.newest_cause(stay)
    record_look(request.me, "root cause", [reach.person.pk], at=request.at)
    context = {
        "stay": stay,
        "person": reach.person,
        "here": page_of(stay, "root-cause"),
        "writes": reach.writes,
        "cause": cause,
        "text": text,
        "today": local_day(request.at),
    }
    return render(request, "discharge/root_cause.html", context)


@for_roles(*CHANGES)
def write_root_cause(request: Request, stay_id: int) -> HttpResponse:
    """The analysis. What the record knows already stands in it."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    cause = queries.newest_cause(stay)
    begin = {name: getattr(cause, name) for name in FIELDS} if cause else _known_before(stay, request.me.name)
    form = RootCauseForm(data_of(request), initial=begin | {"seen": cause.pk if cause else 0})

    def act(note: Notes, given: Any) -> None:
        record_root_cause(note, stay=stay, seen=given["seen"] or 0, **{name: given[name] for name in FIELDS})

    record_look(request.me, "root cause", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=page_of(stay, "root-cause"),
        saved=text.SAVED["root_cause"],
        context={
            "title": "How did this admission come about?",
            "person": reach.person,
            "about": "Nobody is blamed here. What is found is counted over all admissions of the area.",
        },
    )


def _known_before(stay: Stay, me: str) -> dict[str, str]:
    """What the admission's own record says of the first question."""
    record = AdmissionRecord.objects.filter(stay=stay, superseded_by=None).order_by("-pk").first()
    if record is not None and record.registered_before != Known.UNKNOWN:
        return {"on_register": record.registered_before, "done_by": me}
    before = {True: Known.YES, False: Known.NO}.get(stay.registered_before)  # type: ignore[arg-type]
    return {"on_register": before or "", "done_by": me}


@for_roles(*CHANGES)
def change_made(request: Request, stay_id: int) -> HttpResponse:
    """What was to change has changed."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    today = local_day(request.at)
    form = ChangeMadeForm(data_of(request), initial={"on": today}, today=today)
    record_look(request.me, "root cause", [reach.person.pk], at=request.at)
    cause = queries.newest_cause(stay)
    return answer_form(
        request,
        form,
        lambda note, given: say_change_made(note, stay=stay, on=given["on"], result=given["result"]),
        go_to=page_of(stay, "root-cause"),
        saved=text.SAVED["change"],
        context={"title": "The change is made", "person": reach.person, "about": cause.change if cause else ""},
    )


@for_roles(*CHANGES)
def back_again(request: Request, stay_id: int) -> HttpResponse:
    """Back in hospital: the last plan beside the questions of what it lacked."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    before, made = queries.stay_before(stay), queries.find_look_back(stay)
    names = ("helped", "lacked", "different")
    begin: dict[str, Any] = {name: getattr(made, name) for name in names} if made else {}
    begin["seen"] = made.pk if made else 0
    form = LookBackForm(data_of(request), initial=begin)

    def act(note: Notes, given: Any) -> None:
        look_back(note, stay=stay, seen=given["seen"], **{name: given[name] for name in names})

    record_look(request.me, "look back", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=page_of(stay, "look-back"),
        saved=text.SAVED["look_back"],
        template="discharge/look_back.html",
        context={
            "title": "Back in hospital: look back on the last discharge",
            "person": reach.person,
            "stay": stay,
            "before": before,
            "made": made,
            "conditions": queries.list_conditions(before) if before else [],
            "leaving": queries.newest_leaving(before) if before else None,
            "days_away": (local_day(stay.admitted_at) - local_day(before.discharged_at)).days if before else 0,
            "text": text,
            "back_url": page_of(stay),
        },
    )

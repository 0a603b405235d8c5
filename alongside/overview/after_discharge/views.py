"""The weeks after a discharge on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.features.hospital.discharge import text
from alongside.features.hospital.discharge.reaching import READS, page_of, stay_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.overview.after_discharge.reading import read_after
from alongside.policy.counting import local_day


@for_roles(*READS)
def after_discharge(request: Request, stay_id: int) -> HttpResponse:
    """Contacts, support, whom they ring, until when red; and days since. While they are there: the plan."""
    stay, reach = stay_of(request, stay_id)
    if stay.discharged_at is None:
        return redirect(page_of(stay))
    record_look(request.me, "after discharge", [reach.person.pk], at=request.at)
    context = {
        "stay": stay,
        "person": reach.person,
        "here": page_of(stay, "after-discharge"),
        "writes": reach.writes,
        "after": read_after(request.me, stay, request.at),
        "text": text,
        "today": local_day(request.at),
        "now": request.at,
    }
    return render(request, "after_discharge/after.html", context)

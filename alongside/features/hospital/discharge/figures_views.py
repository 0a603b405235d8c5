"""The area's page of delays, returns and what was found."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.hospital.discharge.figures import MONTHS, count_area, list_inside
from alongside.features.hospital.discharge.standing import standing_in
from alongside.features.hospital.inpatient.text import sections
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look
from alongside.policy.counting import local_day

COUNTS = (Role.COMMISSIONER, Role.MANAGER, Role.COORDINATOR)


@for_roles(*COUNTS)
def figures(request: Request) -> HttpResponse:
    """Who is ready and still there, or without a date; then what the area lost, and who came back."""
    me, today = request.me, local_day(request.at)
    areas = sorted({held.area for held in me.roles if held.role in COUNTS and held.area})
    asked = request.GET.get("months", "")
    months = next((number for number in MONTHS if str(number) == asked), MONTHS[0])
    inside = list_inside(me, areas)
    standing = standing_in({one.stay.pk: one.spell for one in inside}, today)
    lines = [(one, standing[one.stay.pk]) for one in inside if one.stay.pk in standing]
    ready = sorted((line for line in lines if line[1].ready_from), key=lambda line: -line[1].days_delayed)
    undated = [line for line in lines if line[1].expected_on is None and not line[1].ready_from]
    record_look(me, "discharges", sorted({one.stay.person_id for one, _ in ready + undated}), at=request.at)
    context = {
        "pages": sections(me, "/hospital/discharges"),
        "inside": len(inside),
        "ready": ready,
        "undated": undated,
        "counted": count_area(me, areas, today, months),
        "tabs": [(f"Last {number} months", f"?months={number}", number == months) for number in MONTHS],
        "months": months,
        "today": today,
    }
    return render(request, "discharge/figures.html", context)

"""A keyworking manager sets the area's own value of a rule of caseload."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.keyworking.access import area_of
from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.forms import CoursesForm, PointsForm
from alongside.features.keyworking.learning.courses import titles_of
from alongside.features.keyworking.team import set_caseload_rule
from alongside.features.keyworking.views import today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import CASELOAD_ROWS


@for_roles(Role.MANAGER)
def rule(request: Request, rule: str) -> HttpResponse:
    """The area's own value from a day on. What counted before stays as it was until then."""
    if rule not in CASELOAD_ROWS:
        raise Http404
    icb, today = area_of(request.me, Role.MANAGER), today_of(request)
    now = caseload_rules_of(icb).on(rule, today)
    posted = request.POST if request.method == "POST" else None
    form: OnceForm
    if isinstance(now.value, int):
        form = PointsForm(posted, initial={"value": str(now.value), "starts_on": today}, today=today)
    else:
        begin = {"value": list(now.value), "starts_on": today}
        form = CoursesForm(posted, initial=begin, today=today, courses=titles_of(icb))

    def act(note: Notes, given: Any) -> None:
        value = int(given["value"]) if isinstance(now.value, int) else tuple(given["value"])
        set_caseload_rule(note, icb=icb, key=rule, value=value, starts_on=given["starts_on"], source=given["source"])

    return answer_form(
        request,
        form,
        act,
        go_to="/keyworking",
        saved="Saved. It counts from that day on.",
        context={
            "title": now.title,
            "about": f"Now: {now.said} ({now.label}). Source: {now.source_label}.",
            "person": None,
        },
    )

"""An area's own word on what speaks for stepping down: another wording, one more, or one that it leaves out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.access import NAMES, area_of
from alongside.features.keyworking.models import StepDownCriterion
from alongside.features.keyworking.stepping_down import text
from alongside.features.keyworking.stepping_down.forms import CriterionForm
from alongside.features.keyworking.stepping_down.operations import set_criterion
from alongside.features.keyworking.stepping_down.queries import criteria_of
from alongside.features.keyworking.stepping_down.views import data_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.policy.stepping_down import CRITERIA

HERE = "/keyworking/criteria"
NEW = "new"


@for_roles(*NAMES)
def criteria(request: Request) -> HttpResponse:
    """Those that count here, and those that this area leaves out."""
    icb = area_of(request.me, *NAMES)
    found = criteria_of(icb.pk)
    counted = {one.code for one in found}
    context = {
        "criteria": found,
        "left_out": [(code, words) for code, words in CRITERIA if code not in counted],
        "may_set": request.me.holds_in(icb.pk, Role.MANAGER),
        "icb": icb,
    }
    return render(request, "stepping_down/criteria.html", context)


@for_roles(Role.MANAGER)
def criterion(request: Request, code: str) -> HttpResponse:
    """One of them; `new` adds one of the area's own."""
    icb = area_of(request.me, Role.MANAGER)
    known = dict(CRITERIA) | {one.code: one.words for one in criteria_of(icb.pk)}
    if code not in known and code != NEW:
        raise Http404
    form = CriterionForm(data_of(request), initial={"words": known.get(code, "")})
    if code == NEW:
        del form.fields["leave_out"]

    def act(note: Any, given: Any) -> None:
        many = StepDownCriterion.objects.filter(icb=icb).count()
        set_criterion(
            note,
            icb=icb,
            code=f"own-{many + 1}" if code == NEW else code,
            words=given["words"],
            is_used=not given.get("leave_out"),
        )

    return answer_form(
        request,
        form,
        act,
        go_to=HERE,
        saved=text.CRITERION_SAVED,
        context={"title": "What speaks for stepping down", "person": None},
    )

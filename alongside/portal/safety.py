"""What the family reads of an emergency: the safety plan, whom to ring, and that nobody reads messages at night."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.emergency.models import SafetyPlan
from alongside.features.emergency.queries import as_numbers, find_safety_plan, lines_for
from alongside.features.people.models import Belonging
from alongside.features.people.queries import about
from alongside.foundation.access import context
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.portal import reading
from alongside.portal.reading import Mine


def safety_plan(mine: Mine) -> SafetyPlan | None:
    """The newest; typed for this family, so it may name where the young person stays."""
    return find_safety_plan(mine.me, mine.person) if mine.told_where else None


def council_of(mine: Mine) -> str:
    """The council's name, to choose its lines by: it isn't shown. As the engine, where the reader may know where."""
    if not mine.told_where:
        return ""
    with context.as_engine():
        rows = Belonging.objects.filter(about(mine.person), kind="council", to_date=None, superseded_by=None)
        return rows.order_by("-pk").values_list("name", flat=True).first() or ""


@for_roles(Role.YOUNG_PERSON, Role.FAMILY)
@require_safe
def safety(request: Request, reference: str) -> HttpResponse:
    """When things get very hard: what helps, whom to ring."""
    mine = reading.mine(request, reference, "family safety plan")
    plan = safety_plan(mine)
    context_ = {
        "mine": mine,
        "person": mine.person,
        "own": mine.own,
        "today": mine.today,
        "plan": plan,
        "numbers": as_numbers(plan),
        "lines": lines_for(mine.person.icb_id, council_of(mine)),
    }
    return render(request, "portal/safety.html", context_)

"""In hospital and afterwards, on the family's own pages: when home, what is missing, what happens, whom to ring."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions.models import Action
from alongside.features.actions.queries import list_of_origin
from alongside.features.hospital.models import DischargeDate, DischargePlan, Leaving, Stay
from alongside.features.people.queries import about
from alongside.features.referrals.promised import rules_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.topics import Topic
from alongside.policy.counting import days_after, local_day
from alongside.policy.duties.after import rounds_after
from alongside.policy.duties.reckoning import Clocks
from alongside.portal import reading
from alongside.portal.reading import Mine

FAMILY = (Role.YOUNG_PERSON, Role.FAMILY)
#: So many days after a discharge the first page leads here (12 weeks; a local choice).
SHOWN_FOR = 84
#: How a condition stands, in the family's words. What is not here is 'Not yet'.
STANDS = {
    Action.State.DONE: "This is done.",
    Action.State.SAID_DONE: "They say that this is done.",
    Action.State.NOT_DONE: "This is not needed any more.",
    Action.State.SUPERSEDED: "This was agreed again.",
}


def current_stay(mine: Mine) -> Stay | None:
    """The stay that goes on, or ended not long ago; None where this reader may not know of it. One statement."""
    if Topic.HOSPITAL not in mine.reach.topics or not mine.told_where:
        return None
    rows = Stay.objects.visible_to(mine.me).filter(about(mine.person), kind=Stay.Kind.HOSPITAL, superseded_by=None)
    stay = rows.order_by("-admitted_at").first()
    if stay is None or stay.discharged_at is None:
        return stay
    return stay if mine.today <= days_after(local_day(stay.discharged_at), SHOWN_FOR) else None


@for_roles(*FAMILY)
def hospital(request: Request, reference: str) -> HttpResponse:
    """Before: when home and what has to be ready. After: week 1, 2 and 4, and whom to ring."""
    mine = reading.mine(request, reference, "family hospital")
    stay = current_stay(mine)
    if stay is None:
        raise Http404
    context: dict[str, Any] = {
        "mine": mine,
        "person": mine.person,
        "own": mine.own,
        "today": mine.today,
        "stay": stay,
        "contact": find_contact(mine.person.icb_id),
    }
    more = _after(mine, stay) if stay.discharged_at else _before(mine, stay)
    return render(request, "portal/hospital.html", context | more)


def _before(mine: Mine, stay: Stay) -> dict[str, Any]:
    said = list(DischargeDate.objects.visible_to(mine.me).filter(stay=stay).order_by("-pk")[:10])
    day = said[0].expected_on if said else None
    earlier = [one for one in said[1:] if one.expected_on and one.expected_on != day]
    plans = DischargePlan.objects.visible_to(mine.me).filter(stay=stay, superseded_by=None)
    conditions = list_of_origin(mine.me, Action.Origin.DISCHARGE, [stay.pk])
    return {
        "said": said,
        "before": list(dict.fromkeys(one.expected_on for one in earlier)),
        "plan": plans.order_by("-pk").first(),
        "conditions": [(one, STANDS.get(Action.State(one.state), "")) for one in conditions],
    }


def _after(mine: Mine, stay: Stay) -> dict[str, Any]:
    assert stay.discharged_at is not None
    left = local_day(stay.discharged_at)
    ruleset, calendar = rules_of(mine.person.icb.code)
    rounds = rounds_after(Clocks({}, (), ruleset, calendar), stay.discharged_at, ())
    leaving = Leaving.objects.visible_to(mine.me).filter(stay=stay, superseded_by=None).order_by("-pk").first()
    typed = (leaving.week_1, leaving.week_2, leaving.week_4) if leaving else ("", "", "")
    days = [local_day(one.due) for one in rounds]
    return {
        "left_on": left,
        "leaving": leaving,
        "weeks": [
            (number, first, days_after(first, 6), [day for day in days if first < day <= days_after(first, 7)], words)
            for (number, first), words in zip(_weeks(left), typed, strict=True)
        ],
        "support_until": leaving.support_until if leaving else None,
        "moved": [
            one for one in list_of_origin(mine.me, Action.Origin.DISCHARGE, [stay.pk]) if one.state not in STANDS
        ],
    }


def _weeks(left: date) -> list[tuple[int, date]]:
    """Weeks 1, 2 and 4 with their first days; week 1 begins on the day of leaving."""
    return [(number, days_after(left, 7 * (number - 1))) for number in (1, 2, 4)]

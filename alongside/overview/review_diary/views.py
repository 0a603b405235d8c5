"""The diary of reviews of an area, and what is broken already. And the reviews of one person: due, planned, held."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from alongside.features.people.queries import Reach
from alongside.features.reviews.organising import queries
from alongside.features.reviews.organising import text as organising
from alongside.features.reviews.organising.access import ORGANISES, READS, RUNS_REVIEWS
from alongside.features.reviews.organising.reaching import page_of, readable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.review_diary.reading import BREACHES, SHOWN, Lines, count_breaches, read_breaches, read_diary
from alongside.policy.decision import Decision
from alongside.policy.which_review import CETR, which_review

#: Duties that are reviews, or about one that is organised or was held.
DOING = ("record_review", "open_planned_review", "open_review", "plan_review_date")


@for_roles(*RUNS_REVIEWS)
@require_safe
def diary(request: Request) -> HttpResponse:
    """Reviews that are due without a day, dated, or late."""
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    lines = read_diary(request.me, show=show, now=request.at, after=request.GET.get("after", ""))
    record_look(request.me, "diary of reviews", lines.people, at=request.at)
    return render(request, "review_diary/diary.html", _context(request, lines, show, SHOWN))


@for_roles(*RUNS_REVIEWS)
@require_safe
def breaches(request: Request) -> HttpResponse:
    """Red without a review date, reviews over their limit, and what was not done in time for one."""
    show = request.GET.get("show", "all")
    show = show if show in BREACHES else "all"
    lines = read_breaches(request.me, show=show, now=request.at, after=request.GET.get("after", ""))
    record_look(request.me, "breaches of reviews", lines.people, at=request.at)
    counted = count_breaches(request.me, request.at)
    counted["all"] = sum(counted.values())
    shown = {one: f"{words} ({counted[one]:,})" for one, words in BREACHES.items()}
    return render(request, "review_diary/breaches.html", _context(request, lines, show, shown))


def _context(request: Request, lines: Lines, show: str, shown: dict[str, str]) -> dict[str, Any]:
    return {
        "lines": lines.rows,
        "now": request.at,
        "show": show,
        "parts": [(words, "?" + urlencode({"show": one}), one == show) for one, words in shown.items()],
        "next_url": "?" + urlencode({"show": show, "after": lines.after}) if lines.after else "",
        "first_url": "?" + urlencode({"show": show}) if request.GET.get("after") else "",
    }


@for_roles(*READS)
@require_safe
def of_person(request: Request, reference: str) -> HttpResponse:
    """Which reviews are due and why, which are planned, and which were held."""
    reach = readable(request, reference)
    me, person = request.me, reach.person
    due = Duty.objects.visible_to(me).filter(person=person, doing__in=DOING).exclude(key__startswith="ehc_review")
    planned = queries.list_planned(me, person)
    record_look(me, "reviews", [person.pk], at=request.at)
    context = {
        "person": person,
        "here": page_of(reach),
        "writes": reach.writes and me.holds(*ORGANISES),
        "due": list(due.exclude(ends_at__lte=request.at).order_by("due", "pk")[:20]),
        "planned": planned,
        "of_stay": {one.stay_id: one.pk for one in planned if one.is_open and one.stay_id},
        "held": queries.list_held(me, person),
        "which": _which(request, reach),
        "now": request.at,
        "text": organising,
    }
    return render(request, "review_diary/person.html", context)


def _which(request: Request, reach: Reach) -> Decision | None:
    """A CETR or a CTR, and why; nothing where it hangs on a plan that this reader may not know of."""
    today = request.at.astimezone(LONDON).date()
    found = which_review(reach.person.birth_date, queries.plan_days(request.me, reach.person), today)
    return found if found.value == CETR or reach.sees((Topic.EDUCATION,)) else None

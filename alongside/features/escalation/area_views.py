"""An area's escalations with their ages, its officers, and how it goes."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.escalation import queries, text
from alongside.features.escalation.access import COUNTS, NAMES_OFFICERS, OVERSEES
from alongside.features.escalation.addressees import posts_of
from alongside.features.escalation.counting import count_escalations, count_refusals
from alongside.features.escalation.forms import OTHER, AwayForm, BackForm, LastDayForm, OfficerForm
from alongside.features.escalation.models import Agency, Officer
from alongside.features.escalation.officers import end_absence, end_officer, name_officer, say_away
from alongside.features.escalation.views import data_of, today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access import context as asking
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import FAMILY_DOOR
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.escalating import LEVELS, gaps

YEAR = timedelta(days=365)


def _area(request: Request, *roles: str) -> int:
    return next(held.area for held in request.me.roles if held.role in roles)


@for_roles(*OVERSEES)
def everybody(request: Request) -> HttpResponse:
    """Everything that is open in the area, the oldest first, with whose it is and since when."""
    me = request.me
    areas = [held.area for held in me.roles if held.role in OVERSEES]
    show = request.GET.get("show", "open")
    if show not in queries.SHOWN:
        raise Http404
    rows, more = queries.list_area(me, areas, show, _after(request))
    record_look(me, "escalations of the area", sorted({row.person_id for row in rows}), at=request.at)
    last = rows[-1] if rows else None
    context = {
        "rows": queries.shown(rows, request.at),
        "tabs": [(label, f"?show={name}", name == show) for name, (label, _) in queries.SHOWN.items()],
        "next_url": f"?show={show}&after={last.recorded_at.isoformat()}~{last.pk}" if more and last else "",
        "first_url": f"?show={show}" if request.GET.get("after") else "",
        "today": today_of(request),
        "text": text,
    }
    return render(request, "escalation/all.html", context)


def _after(request: Request) -> tuple[datetime, int] | None:
    moment, _, number = request.GET.get("after", "").partition("~")
    if not moment:
        return None
    try:
        at, key = datetime.fromisoformat(moment.replace(" ", "+")), int(number[:17])
    except ValueError:
        raise Http404 from None
    if at.tzinfo is None:
        raise Http404
    return at, key


@for_roles(*COUNTS)
def figures(request: Request) -> HttpResponse:
    """By level, by reason, days to a decision, and who says no. Whoever sees no people is told no number under five."""
    me, today = request.me, today_of(request)
    area = _area(request, *COUNTS)
    hides = not me.holds_in(area, *OVERSEES)
    since = today - YEAR
    by_level, by_reason = count_escalations(area, since, hide=hides)
    context = {
        "by_level": by_level,
        "by_reason": by_reason,
        "refusals": count_refusals(area, since, hide=hides),
        "hides": hides,
        "smallest": text.SMALLEST,
        "since": since,
        "oversees": me.holds(*OVERSEES),
    }
    return render(request, "escalation/figures.html", context)


@for_roles(*OVERSEES)
def officers(request: Request) -> HttpResponse:
    """Who is named for what, who is away, and where nobody is."""
    today = today_of(request)
    area = _area(request, *OVERSEES)
    with asking.as_engine():
        posts = posts_of(area)
    context = {
        "officers": queries.list_officers(area, today),
        "gaps": [
            (label, first, last) for agency, label in Agency.choices for first, last in gaps(posts, agency, today)
        ],
        "names": request.me.holds_in(area, *NAMES_OFFICERS),
        "levels": LEVELS,
        "today": today,
    }
    return render(request, "escalation/officers.html", context)


@for_roles(*NAMES_OFFICERS)
def name_one(request: Request) -> HttpResponse:
    """Names an officer or a deputy, with an account here or without."""
    me, today = request.me, today_of(request)
    area = Organisation.objects.get(pk=_area(request, *NAMES_OFFICERS))
    actors = who_may(area, today)
    form = OfficerForm(
        data_of(request),
        actors=[(str(actor.pk), f"{actor.name}{f', {actor.post}' if actor.post else ''}") for actor in actors],
        initial={"from_date": today},
    )

    def act(note: Notes, given: Any) -> None:
        known = next((actor for actor in actors if str(actor.pk) == given["who"]), None)
        words = {name: given[name] for name in ("place", "reach", "phone", "from_date", "agency")}
        if known is None and given["who"] == OTHER:
            words |= {"name": given["name"], "post": given["post"]}
        name_officer(
            note, by=me, icb=area, level=int(given["level"]), deputy=given["part"] == "deputy", actor=known, **words
        )

    return answer_form(
        request, form, act, go_to="/escalations/officers", saved=text.OFFICER_SAVED,
        template="escalation/officer_form.html", context={"title": "Name somebody who decides"},
    )  # fmt: skip


def who_may(area: Organisation, today: date) -> list[Actor]:
    """Staff with a role in the area now, by name: whom an officer or a deputy is chosen from."""
    now = Q(roles__to_date=None) | Q(roles__to_date__gte=today)
    with asking.as_engine():
        rows = Actor.objects.filter(now, roles__area=area, left_on=None, kind=Actor.Kind.PERSON)
        return list(rows.exclude(roles__role__in=FAMILY_DOOR).distinct().order_by("name", "pk"))


def _officer(request: Request, number: int) -> Officer:
    found = queries.find_officer(_area(request, *NAMES_OFFICERS), number)
    if found is None:
        raise Http404
    return found


@for_roles(*NAMES_OFFICERS)
def away(request: Request, number: int) -> HttpResponse:
    """They are away: their deputy is asked meanwhile. `?absence=` changes the last day of one that was said."""
    officer, today = _officer(request, number), today_of(request)
    said = request.GET.get("absence", "")
    absence = queries.find_absence(officer, int(said)) if said.isdecimal() and len(said) < 18 else None
    if said and absence is None:
        raise Http404
    form: OnceForm = AwayForm(data_of(request), initial={"first": today})
    title = f"{officer.actor.name} is away"
    if absence is not None:
        form = BackForm(data_of(request), initial={"last": absence.to_date or max(today, absence.from_date)})
        title = f"When is {officer.actor.name} back?"

    def act(note: Notes, given: Any) -> None:
        if absence is not None:
            end_absence(note, by=request.me, absence=absence, last=given["last"])
        else:
            say_away(note, by=request.me, officer=officer, first=given["first"], last=given["last"])

    return answer_form(
        request, form, act, go_to="/escalations/officers", saved=text.OFFICER_SAVED,
        template="escalation/officer_form.html", context={"title": title},
    )  # fmt: skip


@for_roles(*NAMES_OFFICERS)
def end(request: Request, number: int) -> HttpResponse:
    """Their last day as an officer or deputy."""
    officer, today = _officer(request, number), today_of(request)
    form = LastDayForm(data_of(request), initial={"last": today})

    def act(note: Notes, given: Any) -> None:
        end_officer(note, by=request.me, officer=officer, last=given["last"])

    return answer_form(
        request, form, act, go_to="/escalations/officers", saved=text.OFFICER_SAVED,
        template="escalation/officer_form.html", context={"title": f"{officer.actor.name} stops deciding"},
    )  # fmt: skip

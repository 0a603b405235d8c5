"""My day: each role's own. Nobody is shown more than fits a phone; the rest is counts that lead to lists."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from alongside.features.keyworking.contacts.day import Alongside, read_alongside
from alongside.features.keyworking.contacts.finding import likely_people
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.organisations.models import Team
from alongside.foundation.recording.looks import record_look
from alongside.overview import my_day, text
from alongside.overview.area_state import AreaState, TeamState, read_area_state
from alongside.overview.duties_backlog import count_plans
from alongside.overview.my_day import MINE, STATES, TOP_KEY, Counts, Inbox
from alongside.overview.recounting import list_progress
from alongside.overview.register_list import words
from alongside.overview.register_list.counting import count_areas
from alongside.overview.review_diary.reading import count_breaches

PAGE = 25
COUNTS_ONLY = (Role.SENIOR_OFFICER, Role.REGIONAL)
RUNS_RULES = (Role.MANAGER, Role.ADMIN)
NAMES_KEYWORKERS = (Role.MANAGER, Role.COORDINATOR)
SEES_WHO_WAITS = (*NAMES_KEYWORKERS, Role.COMMISSIONER)
ANSWERS_FOR_REVIEWS = (Role.COORDINATOR, Role.COMMISSIONER)


@open_to_all
def start(request: Request) -> HttpResponse:
    """The address without a name: a family goes on to their own pages, everybody else to `day` and its protection."""
    if request.me and request.me.is_family:
        return redirect(settings.FAMILY_HOME_URL)
    return day(request)


@for_roles()
def day(request: Request) -> HttpResponse:
    """What is late and due for whoever is signed in."""
    me = request.me
    context: dict[str, Any] = {
        "today": request.at.astimezone(LONDON).date(),
        "new_from": my_day.yesterday(request.at),
        "me": me,
        "text": text,
        "sees": set(),
    }
    state = read_area_state(me, request.at) if me.holds(*SEES_WHO_WAITS) else AreaState()
    context |= {"area_state": state, "names": me.holds(*NAMES_KEYWORKERS)}
    if me.holds(*ANSWERS_FOR_REVIEWS) or any(held.team_kind == Team.Kind.REVIEW for held in me.roles):
        context["broken"] = count_breaches(me, request.at)
    mine = read_alongside(me, request.at) if me.holds(Role.KEYWORKER) else None
    if me.agreed or me.team_ids or not me.holds(*COUNTS_ONLY, Role.ADMIN):
        context |= _work(request, state.lifted, mine)
    if mine:
        context |= _alongside(mine, request.at)
    if me.holds(Role.COMMISSIONER):
        context |= _commissioning(me, request)
    if me.holds(*COUNTS_ONLY):
        context |= {"areas": count_areas(me)}
    if me.holds(*RUNS_RULES):
        context |= {"recounts": list_progress()}
    seen = context["sees"] | context.get("hospital_sees", set()) | context.get("alongside_sees", set())
    if seen:
        record_look(me, "my day", sorted(seen), at=request.at)
    return render(request, "overview/my_day.html", context)


def _work(request: Request, lifted: tuple[TeamState, ...], mine: Alongside | None) -> dict[str, Any]:
    me, now = request.me, request.at
    inboxes = my_day.inboxes_of(me, now, mine.covers if mine else None)
    counts = my_day.count_inboxes(me, inboxes, now)
    chosen = _chosen(request.GET.get("inbox", ""), inboxes, counts, me)
    on_top = [number for inbox in inboxes for number in counts[inbox.key].on_top]
    cards = my_day.list_cards(me, counts[chosen.key], now, on_top)
    teams = [team.id for team in lifted] + ([chosen.team_id] if chosen.team_id else [])
    return {
        "inboxes": inboxes,
        "counts": counts,
        "chosen": chosen,
        "on_top": cards.pop(TOP_KEY),
        "columns": list(cards.items()),
        "state_of": my_day.state_of,
        "now_at": now,
        "holders": my_day.holders_of(teams, now) if teams else {},
        "lifted": lifted,
        "plans": count_plans(me, chosen, now) if counts[chosen.key].backlog else None,
        "sees": {card.person_id for some in cards.values() for card in some if card.person_id},
    }


def _alongside(mine: Alongside, now: datetime) -> dict[str, Any]:
    """A keyworker's appointments, and their people one tap away from a contact."""
    return {
        "people": mine.people,
        "likely": likely_people(mine.people, mine.appointments, now),
        "appointments": mine.appointments,
        "alongside_sees": {one.person_id for one in mine.people} | {one.person_id for one in mine.appointments},
    }


def _chosen(wanted: str, inboxes: list[Inbox], counts: dict[str, Counts], me: Me) -> Inbox:
    """The inbox asked for, else one's own for a keyworker or where something is in it, else the team's."""
    for inbox in inboxes:
        if inbox.key == wanted:
            return inbox
    if len(inboxes) == 1 or counts[MINE].total or me.holds(Role.KEYWORKER):
        return inboxes[0]
    return inboxes[1]


def _commissioning(me: Me, request: Request) -> dict[str, Any]:
    rows, there = my_day.list_in_hospital(me)
    sees = {row.person_id for row in rows}
    for row in rows:
        if words.has_ended(row.changes_at, request.at):
            row.next_what = ""
    kinds = [
        {"key": text.KIND[kind["doing"]], "value": f"{kind['late']:,}, the oldest due {day_in_words(kind['oldest'])}"}
        for kind in my_day.count_kinds(me, request.at)
    ]
    return {"kinds": kinds, "hospital": rows, "in_hospital": there, "hospital_sees": sees, "worked_out": words.ENDED}


@for_roles()
def duties(request: Request) -> HttpResponse:
    """All that is late or due in one inbox, a page at a time."""
    me, now = request.me, request.at
    state = request.GET.get("state", "late")
    inbox = find_inbox(request.GET.get("inbox", MINE), me, request.at)
    if state not in STATES:
        raise Http404
    page = my_day.read_page(me, inbox, state, now, request.GET.get("after", ""), PAGE)
    record_look(me, "duties", sorted({card.person_id for card in page.cards if card.person_id}), at=now)
    here = {"inbox": inbox.key, "state": state}
    context = {
        "inbox": inbox,
        "state": state,
        "cards": page.cards,
        "states": [(text.STATES[one], "?" + urlencode({**here, "state": one}), one == state) for one in STATES],
        "next_url": "?" + urlencode({**here, "after": page.after}) if page.after else "",
        "first_url": "?" + urlencode(here) if request.GET.get("after") else "",
        "today": now.astimezone(LONDON).date(),
        "new_from": my_day.yesterday(now),
        "text": text,
    }
    return render(request, "overview/duties.html", context)


def find_inbox(key: str, me: Me, now: datetime | None = None) -> Inbox:
    """One's own, a team's that one is in, or a team's of an area that one manages. 404 for any other."""
    for inbox in my_day.inboxes_of(me, now):
        if inbox.key == key:
            return inbox
    managed = [held.area for held in me.roles if held.role == Role.MANAGER]
    team = Team.objects.filter(pk=int(key), icb_id__in=managed).first() if key.isdecimal() and len(key) < 18 else None
    if team is None:
        raise Http404
    return Inbox(key, team.name, team.pk)

"""The pages of a hand-over: begin, the whole of it, the other work, call it off."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import caseload_rules_of, list_team
from alongside.features.keyworking.handing_over import text
from alongside.features.keyworking.handing_over.effect import take_effect
from alongside.features.keyworking.handing_over.forms import (
    AgreeForm,
    BeginForm,
    CallOffForm,
    RestForm,
)
from alongside.features.keyworking.handing_over.operations import (
    agree_hand_over,
    begin_hand_over,
    call_off,
    give_rest,
    open_work_of,
)
from alongside.features.keyworking.handing_over.proposing import why_nobody
from alongside.features.keyworking.handing_over.queries import (
    count_hidden,
    find_hand_over,
    find_open,
    list_lines,
    loads_after,
    unsettled,
)
from alongside.features.keyworking.handing_over.work import in_words
from alongside.features.keyworking.models import Allocation, HandOver
from alongside.features.keyworking.team_views import keyworker_of
from alongside.features.keyworking.views import today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import in_points


def found_or_404(request: Request, number: int) -> HandOver:
    found = find_hand_over(request.me, number)
    if found is None:
        raise Http404
    return found


def posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@for_roles(*NAMES)
def begin(request: Request, actor: int) -> HttpResponse:
    """Begins a hand-over, or opens the one that is under way."""
    icb, member = keyworker_of(request, actor)
    if request.method != "POST" and (under_way := find_open(icb.pk, actor)):
        return redirect(f"/keyworking/hand-over/{under_way.pk}")
    form = BeginForm(posted(request), today=today_of(request))
    made: list[HandOver] = []

    def act(note: Notes, given: Any) -> None:
        values = {name: given[name] for name in ("reason", "from_date", "to_date")}
        made.append(begin_hand_over(note, icb=icb, worker=member.actor, **values))

    return answer_form(
        request,
        form,
        act,
        go_to=lambda: f"/keyworking/hand-over/{made[0].pk}" if made else f"/keyworking/team/{actor}",
        saved=text.BEGUN,
        context={"title": f"Hand over: {member.actor.name}", "person": None},
    )


@for_roles(*NAMES)
def hand_over(request: Request, number: int) -> HttpResponse:
    """Everybody and everything of a hand-over, with caseloads before and after; agreed here."""
    found, today = found_or_404(request, number), today_of(request)
    rules = caseload_rules_of(found.icb)
    lines = list_lines(request.me, found, rules, today)
    begun = found.state == HandOver.State.BEGUN
    form = AgreeForm(posted(request), today=today)
    record_look(request.me, f"hand-over {number}", [line.row.person_id for line in lines], at=request.at)

    def act(note: Notes, given: Any) -> None:
        if begun:
            agree_hand_over(note, by=request.me, hand_over=found)
            if found.from_date > today:
                return
        take_effect(note, hand_over=found)

    team = list_team(found.icb, today, rules) if found.closed_at is None else []
    context = {
        "hand_over": found,
        "lines": lines,
        "why_nobody": why_nobody(found, lines, team, rules, today) if begun else {},
        "hidden": count_hidden(found, lines) if found.closed_at is None else 0,
        "loads": loads_after(found, lines, team, rules) if found.closed_at is None else [],
        "moved": [in_words(kind, many) for kind, many in found.moved.items()],
        "missing": unsettled(found, lines) if begun else [],
        "now": found.from_date <= today,
        "text": text,
        "points": in_points,
        "parts": dict(Allocation.Part.choices),
    }
    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/hand-over/{number}",
        saved=text.DONE if found.from_date <= today else text.AGREED,
        template="keyworking/hand_over.html",
        context=context,
    )


@for_roles(*NAMES)
def rest(request: Request, number: int) -> HttpResponse:
    """Who takes what is about nobody whom anybody takes."""
    found, today = found_or_404(request, number), today_of(request)
    team = list_team(found.icb, today, caseload_rules_of(found.icb))
    work = open_work_of(found)
    counts = [in_words(kind, sum(1 for item in work if item.kind == kind)) for kind in sorted({i.kind for i in work})]
    form = RestForm(
        posted(request),
        today=today,
        initial={"worker": found.rest_to_id or ""},
        workers=[(str(one.actor.pk), one.actor.name) for one in team if one.actor.pk != found.worker_id],
    )
    return asked(
        request,
        found,
        "The other work",
        f"Theirs now: {', '.join(counts) or 'nothing'}. What is about one of the people goes to whoever takes them. "
        "This is for the rest, and for what still comes in.",
        form,
        lambda note, given: give_rest(note, hand_over=found, to=Actor.objects.get(pk=int(given["worker"]))),
        "Saved.",
    )


@for_roles(*NAMES)
def call_it_off(request: Request, number: int) -> HttpResponse:
    """Asks why it does not happen."""
    found = found_or_404(request, number)
    return asked(
        request,
        found,
        f"Call off the hand-over from {found.worker.name}",
        "Nothing changes hands. Leave that was written down stays. Families who were told have to hear of it from you.",
        CallOffForm(posted(request), today=today_of(request)),
        lambda note, given: call_off(note, hand_over=found, because=given["because"]),
        text.CALLED_OFF,
    )


def asked(
    request: Request, found: HandOver, title: str, about: str, form: OnceForm, act: Any, saved: str
) -> HttpResponse:
    """A page with one short form about a hand-over."""
    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/hand-over/{found.pk}",
        saved=saved,
        context={"title": title, "about": about, "person": None},
    )

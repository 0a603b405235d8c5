"""The register team's and managers' pages of the question to schools."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.referrals.schools import queries, text
from alongside.features.referrals.schools.access import READS, RUNS, area_of, may_run
from alongside.features.referrals.schools.forms import CallForm, CloseForm, ListForm, SchoolForm, SettleForm, StartForm
from alongside.features.referrals.schools.operations import (
    add_schools,
    change_school,
    close_ask,
    record_call,
    settle_worry,
    start_round,
)
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.policy.duties.schools import answer_by, low_attendance, term_on

_ROUND = "?round={}&show={}"


def _today(request: Request) -> Any:
    return request.at.astimezone(LONDON).date()


@for_roles(*READS)
def schools(request: Request) -> HttpResponse:
    """One round as a worklist: what needs somebody first."""
    show = request.GET.get("show", "all")
    number = request.GET.get("round", "")
    if show not in text.LISTS or (number and not (number.isdecimal() and len(number) < 18)):
        raise Http404
    rounds = queries.list_rounds(request.me)
    one = queries.get_round(request.me, int(number)) if number else rounds[0] if rounds else None
    ruleset, _ = queries.rules_for(request.me)
    today = _today(request)
    lines = queries.list_lines(request.me, one, ruleset, today) if one else []
    counts = queries.count_states(lines)
    term = term_on(today, ruleset)
    context = {
        "round": one,
        "rounds": rounds,
        "show": show,
        "lines": [line for line in lines if show in ("all", line.state)],
        "tabs": [
            (f"{label} ({counts[name] if name != 'all' else len(lines)})", _ROUND.format(one.pk, name), name == show)
            for name, label in text.LISTS.items()
            if one
        ],
        "low": low_attendance(today, ruleset),
        "many_low": sum(line.low for line in lines),
        "to_talk": sum(line.to_talk for line in lines),
        "term": term,
        "may_start": _runs(request) and not any(each.asked_from == term.asked_from for each in rounds),
        "runs": _runs(request),
        "text": text,
    }
    return render(request, "schools/schools.html", context)


def _runs(request: Request) -> bool:
    return may_run(request.me, area_of(request.me) or 0)


@for_roles(*RUNS)
def start(request: Request) -> HttpResponse:
    """What goes out, to whom, and who is called instead; one button."""
    ruleset, calendar = queries.rules_for(request.me)
    today = _today(request)
    asked = [school for school in queries.list_schools(request.me) if school.ended_at is None]
    icb = Organisation.objects.get(pk=area_of(request.me) or 0)
    return answer_form(
        request,
        StartForm(request.POST if request.method == "POST" else None),
        lambda note, given: start_round(note, icb=icb, by=request.me),
        go_to="/schools",
        saved=text.SAVED["started"],
        template="schools/start_round.html",
        context={
            "term": term_on(today, ruleset),
            "answer_by": answer_by(today, ruleset, calendar),
            "by_email": [school for school in asked if school.email],
            "by_call": [school for school in asked if not school.email],
        },
    )


@for_roles(*RUNS)
def listed(request: Request) -> HttpResponse:
    """The list of schools, and more for it."""
    area = area_of(request.me) or 0
    return answer_form(
        request,
        ListForm(request.POST if request.method == "POST" else None),
        lambda note, given: add_schools(note, icb_id=area, lines=given["schools"], by=request.me),
        go_to="/schools/list",
        saved=text.SAVED["listed"],
        template="schools/list.html",
        context={"schools": queries.list_schools(request.me), "back_url": "/schools"},
    )


@for_roles(*RUNS)
def one_listed(request: Request, school_id: int) -> HttpResponse:
    """How one school is reached."""
    school = queries.get_school(request.me, school_id)
    initial = {"contact_name": school.contact_name, "email": school.email, "phone": school.phone}
    form = SchoolForm(
        request.POST if request.method == "POST" else None, initial=initial | {"ended": school.ended_at is not None}
    )
    names = ("contact_name", "email", "phone", "ended")
    return answer_form(
        request,
        form,
        lambda note, given: change_school(note, school=school, by=request.me, **{name: given[name] for name in names}),
        go_to="/schools/list",
        saved=text.SAVED["listed"],
        context={"title": school.organisation.name, "person": None, "about": "It counts from the next round on."},
    )


@for_roles(*READS)
def ask(request: Request, ask_id: int) -> HttpResponse:
    """One school in one round. What it said about young people is the register team's to read."""
    found = queries.get_ask(request.me, ask_id)
    ruleset, _ = queries.rules_for(request.me)
    today = _today(request)
    state = queries.state_of(found, today)
    context = {
        "ask": found,
        "state": text.STATES[state],
        "silent": found.is_silent and found.closed_at is None,
        "calls": found.calls.select_related("by").order_by("-id"),
        "worries": queries.list_worries(found) if _runs(request) else [],
        "low": low_attendance(today, ruleset),
        "runs": _runs(request),
        "only_team": text.ONLY_TEAM,
    }
    return render(request, "schools/ask.html", context)


@for_roles(*RUNS)
def call(request: Request, ask_id: int) -> HttpResponse:
    found = queries.get_ask(request.me, ask_id)
    form = CallForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    wants_link = form.is_bound and form["outcome"].value() == "link"
    reach = f"{found.contact_name} {found.phone}".strip() or "No phone number is kept"
    return answer_form(
        request,
        form,
        lambda note, given: record_call(
            note,
            ask=found,
            outcome=given["outcome"],
            words=given["words"],
            email=given["email"],
            by=request.me,
            seen=given["version"],
        ),
        go_to=f"/schools/asks/{found.pk}",
        saved=text.SAVED["link"].format(email=form["email"].value()) if wants_link else text.SAVED["called"],
        context={"title": f"Call {found.organisation.name}", "person": None, "about": reach},
    )


@for_roles(*READS)
def close(request: Request, ask_id: int) -> HttpResponse:
    """A manager, or the team, says why a silent school is left for the term."""
    found = queries.get_ask(request.me, ask_id)
    form = CloseForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    return answer_form(
        request,
        form,
        lambda note, given: close_ask(note, ask=found, because=given["because"], by=request.me, seen=given["version"]),
        go_to=f"/schools/asks/{found.pk}",
        saved=text.SAVED["closed"],
        context={"title": f"Leave {found.organisation.name} for this term", "person": None, "about": ""},
    )


@for_roles(*RUNS)
def settle(request: Request, worry_id: int) -> HttpResponse:
    worry = queries.get_worry(request.me, worry_id)
    if not _runs(request):
        raise PermissionDenied(text.ONLY_TEAM)
    about = f"{worry.ask.organisation.name}: young person {worry.number}, {worry.school_year}. {worry.words}"
    return answer_form(
        request,
        SettleForm(request.POST if request.method == "POST" else None),
        lambda note, given: settle_worry(note, worry=worry, how=given["how"], words=given["words"], by=request.me),
        go_to=f"/schools/asks/{worry.ask_id}",
        saved=text.SAVED["settled"],
        context={"title": "After talking with the school", "person": None, "about": about},
    )

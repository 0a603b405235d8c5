"""Naming somebody's keyworker: the best matches with reasons, and the form that names one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse

from alongside.features.keyworking import text
from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import Member, caseload_rules_of, list_team
from alongside.features.keyworking.choosing import choose_keyworker, find_member, lock_caseload
from alongside.features.keyworking.entry import entry_rules_of
from alongside.features.keyworking.forms import AllocationForm, WishForm, split_words
from alongside.features.keyworking.models import Allocation, MatchWish
from alongside.features.keyworking.team import record_wish
from alongside.features.keyworking.waiting import Waiting, find_waiting
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import writable
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import CaseloadRules, Fit, best_fits, fit_of, in_points
from alongside.policy.keyworker_eligibility import may_have_keyworker


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def person_of(request: Request, reference: str) -> Person:
    person = writable(request, reference).person
    if person.icb_id not in request.me.writes:
        raise PermissionDenied(MAY_NOT)
    return person


@for_roles(*NAMES)
def name_keyworker(request: Request, reference: str) -> HttpResponse:
    """Shows the best matches, and names a keyworker, a co-worker or cover. What they may see of the person follows."""
    person, today = person_of(request, reference), today_of(request)
    rules = caseload_rules_of(person.icb)
    team = list_team(person.icb, today, rules)
    waiting = find_waiting(request.me, person.icb, today, rules, person.pk)
    form = AllocationForm(
        request.POST if request.method == "POST" else None,
        initial={"from_date": today, "part": Allocation.Part.DESIGNATED, "worker": request.GET.get("worker", "")},
        today=today,
        workers=labelled(team, waiting, rules, today),
    )

    held = find_held(request.me, person, today)
    best = best_of(waiting, team) if waiting else []

    def act(note: Notes, given: Any) -> None:
        lock_caseload(int(given["worker"]))
        choose_keyworker(
            note,
            by=request.me,
            person=person,
            member=find_member(list_team(person.icb, today, rules), int(given["worker"])),
            colour=waiting.colour if waiting else "",
            rules=rules,
            part=given["part"],
            from_date=given["from_date"],
            because=given["because"],
            over_limit_because=given["over_limit_because"],
        )

    record_look(request.me, "name a keyworker", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{person.reference}",
        saved=text.NAMED,
        template="keyworking/name.html",
        context={
            "title": "Name a keyworker",
            "person": person,
            "waiting": waiting,
            "held": held,
            "needs_exception": bool(waiting and not held and not may_have_keyworker(waiting.told)),
            "asks_two_of_four": "two_of_four" in entry_rules_of(person.icb).on("keyworker_also", today).many,
            "today": today,
            "best": best,
            "known": known_of(waiting, team, best, rules, today) if waiting and not held else [],
            "text": text,
        },
    )


def find_held(me: Me, person: Person, today: date) -> Allocation | None:
    """Who is their named keyworker now, or will be from a day to come; None while there is nobody."""
    still = Q(to_date=None) | Q(to_date__gt=today)
    rows = Allocation.objects.visible_to(me).filter(still, about(person), part=Allocation.Part.DESIGNATED)
    return rows.filter(superseded_by=None).select_related("worker").order_by("from_date", "id").first()


def best_of(waiting: Waiting, team: Sequence[Member]) -> list[tuple[Member, Fit]]:
    """The three who fit best, each with why."""
    proposed = {member.actor.pk: member for member in team if member.is_proposed}
    fits = best_fits(waiting.need, [member.keyworker for member in proposed.values()])
    return [(proposed[fit.keyworker], fit) for fit in fits]


def known_of(
    waiting: Waiting, team: Sequence[Member], best: Sequence[tuple[Member, Fit]], rules: CaseloadRules, today: date
) -> list[tuple[Actor, str, str]]:
    """Whoever walked with them before and is not among the best: since when not, and what stands against it."""
    shown = {member.actor.pk for member, _ in best}
    return [
        (member.actor, waiting.need.before[member.actor.pk], _label(member, waiting, rules, today))
        for member in team
        if member.actor.pk in waiting.need.before and member.actor.pk not in shown
    ]


def labelled(
    team: Sequence[Member], waiting: Waiting | None, rules: CaseloadRules, today: date
) -> list[tuple[str, str]]:
    """Everybody who may be chosen, with points before and after, and what stands against it."""
    return [(str(member.actor.pk), _label(member, waiting, rules, today)) for member in team]


def _label(member: Member, waiting: Waiting | None, rules: CaseloadRules, today: date) -> str:
    post = f", {member.actor.post}" if member.actor.post else ""
    adds = waiting.need.halves if waiting else rules.halves_of("", today)
    then = in_points(member.caseload.halves + adds)
    points = f"{in_points(member.caseload.halves)} to {then} of {in_points(member.limits.most)} points"
    fit = fit_of(waiting.need, member.keyworker) if waiting else None
    against = ""
    if fit and fit.stopped:
        against = f". {fit.stopped[0].rstrip('.')}"
    elif fit and fit.full:
        against = ". Beyond the limit"
    return f"{member.actor.name}{post} ({points}){against}"


@for_roles(*NAMES)
def wish(request: Request, reference: str) -> HttpResponse:
    """Writes down what the young person and family wish of a keyworker."""
    person, today = person_of(request, reference), today_of(request)
    rules = caseload_rules_of(person.icb)
    team = list_team(person.icb, today, rules)
    newest = MatchWish.objects.visible_to(request.me).filter(person=person).order_by("id").last()
    named = [(str(member.actor.pk), member.actor.name) for member in team]
    form = WishForm(request.POST or None, initial=_wished(newest) if newest else {}, today=today, workers=named)
    record_look(request.me, "wishes of a keyworker", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: record_wish(note, person=person, given=given, interests=split_words(given["interests"])),
        go_to=f"/people/{person.reference}/keyworker",
        saved="Saved. The matches below follow it.",
        context={"title": "What they wish of a keyworker", "person": person},
    )


def _wished(newest: MatchWish) -> dict[str, Any]:
    return {
        "said": newest.said,
        "needs": newest.needs,
        "interests": ", ".join(newest.interests),
        "wanted": str(newest.wanted_id or ""),
        "unwanted": str(newest.unwanted_id or ""),
    }

"""The pages of one person of a hand-over: who takes them, and how their family is told; and all of it at once."""

from typing import Any

from django.http import Http404, HttpResponse

from alongside.features.keyworking import text as team_text
from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import CaseloadRules, caseload_rules_of, list_team
from alongside.features.keyworking.handing_over import text
from alongside.features.keyworking.handing_over.forms import NOBODY, AgreeForm, TakerForm, TellForm
from alongside.features.keyworking.handing_over.operations import choose_taker, end_without_taker
from alongside.features.keyworking.handing_over.proposing import propose_takers
from alongside.features.keyworking.handing_over.queries import Line, list_lines
from alongside.features.keyworking.handing_over.telling import (
    address_of,
    family_accounts,
    letter_to_family,
    tell_family,
)
from alongside.features.keyworking.handing_over.views import asked, found_or_404, posted
from alongside.features.keyworking.models import Allocation, HandOver, HandOverLine
from alongside.features.keyworking.views import best_of, labelled, today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes


def _line(request: Request, number: int, line_id: int) -> tuple[HandOver, Line, CaseloadRules]:
    found = found_or_404(request, number)
    rules = caseload_rules_of(found.icb)
    one = next((one for one in list_lines(request.me, found, rules, today_of(request)) if one.row.pk == line_id), None)
    if one is None:
        raise Http404
    one.row.hand_over = found
    return found, one, rules


@for_roles(*NAMES)
def line(request: Request, number: int, line_id: int) -> HttpResponse:
    """Who takes one person: the best matches with reasons, and everybody with points before and after."""
    found, one, rules = _line(request, number, line_id)
    today = today_of(request)
    team = [member for member in list_team(found.icb, today, rules) if member.actor.pk != found.worker_id]
    designated = one.part == Allocation.Part.DESIGNATED
    form = TakerForm(
        posted(request),
        today=today,
        initial={
            "worker": request.GET.get("worker") or (NOBODY if one.row.ends else one.row.taker_id or ""),
            "because": one.row.because,
            "beside_until": one.row.beside_until,
            "over_limit_because": one.row.over_limit_because,
        },
        workers=labelled(team, one.waiting, rules, today),
        may_end=one.part not in (Allocation.Part.DESIGNATED, Allocation.Part.INCOMING),
        asks_beside=designated and found.reason == HandOver.Reason.LEAVING,
    )

    def act(note: Notes, given: Any) -> None:
        if given["worker"] == NOBODY:
            end_without_taker(note, line=one.row, because=given["because"])
            return
        choose_taker(
            note,
            by=request.me,
            line=one.row,
            taker_id=int(given["worker"]),
            because=given["because"],
            over_limit_because=given["over_limit_because"],
            beside_until=given.get("beside_until"),
        )

    record_look(request.me, "hand over one person", [one.row.person_id], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/hand-over/{number}",
        saved="Saved. Tell the family before the day.",
        template="keyworking/hand_over_line.html",
        context={
            "hand_over": found,
            "line": one,
            "best": best_of(one.waiting, team) if one.waiting else [],
            "text": team_text,
        },
    )


@for_roles(*NAMES)
def tell(request: Request, number: int, line_id: int) -> HttpResponse:
    """How one family is told, with the very words that they would read."""
    found, one, _ = _line(request, number, line_id)
    accounts = family_accounts([one.row.person_id], request.at).get(one.row.person_id, [])
    begin = {
        "how": one.row.told or (HandOverLine.Told.MESSAGE if accounts else ""),
        "words": one.row.told_words,
        "name": f"The family of {one.row.person.shown_name}",
        "address": address_of(one.row.person_id),
    }
    form = TellForm(posted(request), today=today_of(request), initial=begin)

    def act(note: Notes, given: Any) -> None:
        tell_family(
            note,
            line=one.row,
            how=given["how"],
            words=given["words"],
            name=given["name"],
            address=[part.strip() for part in given["address"].splitlines() if part.strip()],
        )

    record_look(request.me, "tell a family who takes over", [one.row.person_id], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/keyworking/hand-over/{number}",
        saved="Saved. They know who takes over.",
        template="keyworking/hand_over_tell.html",
        context={
            "hand_over": found,
            "line": one,
            "letters": letter_to_family(found, one.row) if one.row.taker else None,
            "many": len(accounts),
        },
    )


@for_roles(*NAMES)
def propose(request: Request, number: int) -> HttpResponse:
    """Asks whether to fill in the best takers for everybody who has none."""
    found = found_or_404(request, number)
    return asked(
        request,
        found,
        "Propose who takes over",
        "Fills in the best takers for everybody who has none, as for the waiting list. You look at each.",
        AgreeForm(posted(request), today=today_of(request)),
        lambda note, given: propose_takers(note, by=request.me, hand_over=found),
        text.PROPOSED,
    )

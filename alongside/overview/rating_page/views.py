"""The rating page: decide a colour, take up or decline a proposal, plan the next look."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import ALREADY, answer_form, perform
from alongside.features.register import text
from alongside.features.register.access import check_may_rate, may_rate, may_run_register
from alongside.features.register.entry_questions import RATED_ALREADY
from alongside.features.register.forms import DeclineForm, PlanReviewForm, RatingForm
from alongside.features.register.models import Colour, Rating
from alongside.features.register.operations import decline_proposal, plan_review
from alongside.features.register.queries import LastTime, find_last_time
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look
from alongside.overview.person_page.showing import today_of
from alongside.overview.rating_page.deciding import decide_rating
from alongside.overview.rating_page.lately import lately
from alongside.overview.rating_page.reading import Situation, get_situation
from alongside.policy.counting import default_calendar
from alongside.policy.decision import Decision
from alongside.policy.duties import latest_look
from alongside.policy.ratings import COLOURS, TOOLS, Tool, find_tool, suggest

DECIDES = (Role.KEYWORKER, Role.COORDINATOR, Role.MANAGER, Role.COMMISSIONER)
RATING_TOOLS = tuple(tool for tool in TOOLS if tool.gives == "colour")
ENTRY_TOOLS = tuple(tool for tool in TOOLS if tool.gives == "entry")


@for_roles(*DECIDES)
def rate_entry(request: Request, entry_id: int) -> HttpResponse:
    """A named person decides. With a tool chosen, 'what does the tool suggest?' answers before anything is saved."""
    if request.method == "POST":
        return _decide(request, entry_id)
    situation = _situation(request, entry_id)
    record_look(request.me, "rating", [situation.entry.person_id], at=request.at)
    tool = _tool(request.GET.get("tool", ""))
    last_time = _last_time(request, situation)
    form = RatingForm(initial=_initial(situation, tool, last_time), chosen_tool=tool, today=today_of(request.at))
    return _page(request, situation, form, last_time=last_time)


def _situation(request: Request, entry_id: int) -> Situation:
    situation = get_situation(request.me, entry_id, request.at)
    if not may_rate(request.me, situation.entry.icb_id):
        raise PermissionDenied("Ratings are decided by the register team and the keyworker.")
    return situation


def _tool(key: str) -> Tool | None:
    tool = find_tool(key) if key else None
    return tool if tool in RATING_TOOLS else None


def _last_time(request: Request, situation: Situation) -> LastTime | None:
    """For whoever came back and has no new rating yet: how it was the last time."""
    if situation.last or not situation.entry.came_back_from_id:
        return None
    return find_last_time(request.me, situation.entry.person)


def _initial(situation: Situation, tool: Tool | None, last_time: LastTime | None = None) -> dict[str, Any]:
    """The colour is never chosen beforehand, unless a floor leaves only one; reasons stand until taken away."""
    before = last_time.rating.reasons if last_time and last_time.rating else []
    return {
        "version": situation.entry.version,
        "proposal": situation.proposal["id"] if situation.proposal else None,
        "tool": tool.key if tool else "",
        "colour": situation.demanded.value,
        "reasons": situation.last["reasons"] if situation.last else before,
    }


def _decide(request: Request, entry_id: int) -> HttpResponse:
    tool = _tool(request.POST.get("tool", ""))
    form = RatingForm(request.POST, chosen_tool=tool, today=today_of(request.at))
    valid = form.is_valid()
    suggestion = suggest(tool, form.answers()) if tool else None
    if suggestion and request.POST.get("step") == "suggest":
        form.errors.clear()
        return _page(request, _situation(request, entry_id), form, suggestion=suggestion)
    if valid and suggestion and _differs(form, suggestion):
        sentence = f"The tool suggests {suggestion.value}. Say why your decision differs, or follow it"
        form.add_error("override_because", sentence)
    if not form.is_valid():
        return _page(request, _situation(request, entry_id), form, suggestion=suggestion, status=422)
    rated: list[str] = []
    outcome = perform(
        request, form, lambda note, given: rated.append(_rate(request, note, entry_id, given, tool, suggestion))
    )
    if outcome in ("done", "already"):
        messages.success(request, text.SAVED["rated"] if outcome == "done" else ALREADY)
        return redirect("person", reference=rated[0] if rated else _situation(request, entry_id).entry.person.reference)
    return _told(request, entry_id, form, outcome, suggestion)


def _differs(form: RatingForm, suggestion: Decision) -> bool:
    return (
        suggestion.value in COLOURS
        and suggestion.value != form.cleaned_data.get("colour")
        and not form.cleaned_data.get("override_because")
    )


def _rate(
    request: Request, note: Any, entry_id: int, given: Any, tool: Tool | None, suggestion: Decision | None
) -> str:
    """Saves the decision under a lock on the entry. The reference of the person, to go on to."""
    situation = get_situation(request.me, entry_id, request.at, lock=True)
    decide_rating(request, note, situation, given, because=given["because"], tool=tool, suggestion=suggestion)
    return situation.entry.person.reference


def _told(request: Request, entry_id: int, form: RatingForm, code: str, suggestion: Decision | None) -> HttpResponse:
    """Somebody decided first: what they decided is shown, what was typed is kept, and it can be sent again."""
    situation = _situation(request, entry_id)
    typed = request.POST.copy()
    if code in ("changed_since", "just_rated"):
        typed["version"] = str(situation.entry.version)
        typed["proposal"] = str(situation.proposal["id"]) if situation.proposal else ""
    if code == "just_rated" and situation.last:
        typed["again"] = situation.last["recorded"]
    if code == "look_missing":
        day = latest_look(Colour.RED, today_of(request.at), situation.ruleset, default_calendar()).value
        for part in ("day", "month", "year"):
            typed[f"review_on-{part}"] = str(getattr(day, part))
    form.data = typed
    status = 409 if code in ("changed_since", "just_rated") else 422
    return _page(
        request,
        situation,
        form,
        suggestion=suggestion,
        status=status,
        changed=situation.last if code == "changed_since" else None,
    )


def _page(
    request: Request,
    situation: Situation,
    form: RatingForm,
    *,
    suggestion: Decision | None = None,
    status: int = 200,
    changed: dict[str, Any] | None = None,
    decline_form: DeclineForm | None = None,
    last_time: LastTime | None = None,
) -> HttpResponse:
    today = today_of(request.at)
    rated = situation.last["colour"] if situation.last else ""
    asks_entry = may_run_register(request.me, situation.entry.icb_id) and rated not in RATED_ALREADY
    context = {
        "form": form,
        "entry": situation.entry,
        "person": situation.entry.person,
        "back_url": f"/people/{situation.entry.person.reference}",
        "demanded": situation.demanded,
        "proposal": situation.proposal,
        "last": situation.last,
        "lately": lately(request.me, situation.entry.person, situation.ruleset, request.at),
        "changed": changed,
        "suggestion": suggestion,
        "tool": form.chosen_tool,
        "tools": RATING_TOOLS,
        "entry_tools": ENTRY_TOOLS if asks_entry else (),
        "last_time": last_time or _last_time(request, situation),
        "definitions": text.DEFINITIONS,
        "decline_form": decline_form or DeclineForm(initial={"proposal": (situation.proposal or {}).get("id")}),
        "plan_form": PlanReviewForm(today=today, prefix="plan"),
        "origins": text.ORIGINS,
    }
    return render(request, "overview/rate.html", context, status=status)


@for_roles(*DECIDES)
def decline(request: Request, entry_id: int) -> HttpResponse:
    """The proposed rating is not taken up, and why."""
    form = DeclineForm(request.POST if request.method == "POST" else None)
    situation = _situation(request, entry_id)
    if request.method != "POST":
        return redirect("rate_entry", entry_id=entry_id)
    if form.is_valid():
        outcome = perform(request, form, lambda note, given: _decline(request, note, entry_id, given))
        if outcome in ("done", "already"):
            messages.success(request, text.SAVED["declined"] if outcome == "done" else ALREADY)
            return redirect("person", reference=situation.entry.person.reference)
    rating = RatingForm(initial=_initial(situation, None), today=today_of(request.at))
    return _page(request, situation, rating, status=422, decline_form=form)


def _decline(request: Request, note: Any, entry_id: int, given: Any) -> None:
    get_situation(request.me, entry_id, request.at, lock=True)
    proposal = (
        Rating.objects.visible_to(request.me)
        .select_related("entry__person")
        .filter(pk=given["proposal"], entry_id=entry_id, standing=Rating.Standing.PROPOSED)
        .first()
    )
    if proposal is None:
        raise Http404
    decline_proposal(note, proposal=proposal, because=given["declined_because"], by=request.me)


@for_roles(*DECIDES)
def plan_next_look(request: Request, entry_id: int) -> HttpResponse:
    """The day on which somebody looks at this entry next."""
    situation = _situation(request, entry_id)
    check_may_rate(request.me, situation.entry.icb_id)
    given = request.POST if request.method == "POST" else None
    form = PlanReviewForm(
        given, today=today_of(request.at), prefix="plan" if given and "plan-submission" in given else None
    )

    def act(note: Any, cleaned: Any) -> None:
        now = get_situation(request.me, entry_id, request.at, lock=True)
        colour = now.last["colour"] if now.last else ""
        latest = latest_look(colour, today_of(request.at), now.ruleset, default_calendar())
        plan_review(note, entry=now.entry, on=cleaned["on"], by=request.me, latest=latest)

    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{situation.entry.person.reference}",
        saved=text.SAVED["planned"],
        context={"title": "Plan the next look", "person": situation.entry.person, "button": "Save the day"},
    )

"""Restricting a record, naming people on it, keeping it so, lifting it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.colleagues import SHOWN_AT_ONCE, answer_finding, is_finding, list_colleagues, offered
from alongside.overview.engine.rulesets import calendar_for, current_ruleset, current_version
from alongside.overview.guarded import queries, text
from alongside.overview.guarded.forms import LiftForm, LookAgainForm, NameForm, RestrictForm, UnnameForm
from alongside.overview.guarded.models import Restriction
from alongside.overview.guarded.restricting import keep_restricted, lift, name_somebody, restrict, unname_somebody
from alongside.policy.duties import proposed_review

RESTRICTS = (Role.GOVERNANCE, Role.COORDINATOR)
LIST = "/restricted"


@for_roles(*RESTRICTS)
@require_safe
def restrictions(request: Request) -> HttpResponse:
    """Restricted records: all of the area's for governance, by reference; for a coordinator where they are named."""
    found = list(queries.list_restrictions(request.me))
    record_look(request.me, "restricted", [one.person_id for one in found], at=request.at)
    today = request.at.astimezone(LONDON).date()
    return render(request, "guarded/restricted.html", {"restrictions": found, "today": today})


@for_roles(*RESTRICTS)
def new_restriction(request: Request) -> HttpResponse:
    """Who finds the record from now on, and why nobody else does."""
    me, today = request.me, request.at.astimezone(LONDON).date()
    home = me.home_area
    given = request.POST if request.method == "POST" else None
    everybody = list_colleagues(home.area if home else 0, today, queries.NAMED)
    finding = is_finding(request)
    typed = given or {"reference": request.GET.get("person", "")}
    found = queries.find_to_restrict(me, str(typed.get("reference", ""))[:80])
    ruleset = current_ruleset(home.area_code if home else "")
    form = RestrictForm(
        given,
        initial={
            "reference": request.GET.get("person", "")[:14],
            "review_on": proposed_review(today, ruleset, calendar_for(current_version())).value,
        },
        today=today,
        colleagues=offered(everybody, given, chosen="named", always=me.id),
        people=[(one.reference, queries.in_words(one)) for one in found] if len(found) > 1 else (),
        many=len(everybody) > SHOWN_AT_ONCE,
        by_reference=queries.governs(me),
    )
    if finding:
        form.errors.clear()

    def act(note: Notes, given: Any) -> None:
        person = _chosen(found, given.get("which", ""))
        named = [int(number) for number in given["named"]]
        restrict(note, person=person, because=given["because"], named=named, review_on=given["review_on"], by=me)

    context = {
        "title": "Restrict a record",
        "about": "Nobody but the people you name finds this record, in any list, search or count. To everybody "
        "else it is as if it were not there.",
        "button": "Restrict the record",
        "people": found,
        "governs": queries.governs(me),
    }
    if found and not queries.governs(me):
        record_look(me, "restrict a record", [one.pk for one in found], at=request.at)
    if finding:
        return render(request, "guarded/restrict.html", {"form": form, "back_url": LIST, **context})
    return answer_form(
        request,
        form,
        act,
        go_to=LIST,
        saved=text.RESTRICTED,
        template="guarded/restrict.html",
        context=context,
    )


def _chosen(found: list[Person], which: str) -> Person:
    """The one person that is meant. Raises NotNow where there is none or where it is not said which."""
    if not found:
        raise NotNow("not_ours", text.NOT_OURS)
    meant = [one for one in found if one.reference == which] if which else found
    if len(meant) != 1:
        raise NotNow("which", text.WHICH)
    return meant[0]


def _found(request: Request, number: int) -> Restriction:
    """The restriction, if the database shows it to whoever asks. 404 otherwise, and once it is lifted."""
    rows = Restriction.objects.select_related("begun_by").filter(pk=number, lifted_at=None)
    found = rows.first()
    if found is None:
        raise Http404
    return found


@for_roles(*RESTRICTS)
@require_safe
def restriction(request: Request, number: int) -> HttpResponse:
    """One restricted record: why, who is named, when it is looked at again."""
    found = _found(request, number)
    record_look(request.me, "restriction", [found.person_id], at=request.at)
    named = queries.list_named(found)
    context = {"restriction": found, "named": named}
    return render(request, "guarded/restriction.html", context)


@for_roles(*RESTRICTS)
def name_one(request: Request, number: int) -> HttpResponse:
    """One more person finds the record."""
    found = _found(request, number)
    today = request.at.astimezone(LONDON).date()
    given = request.POST if request.method == "POST" else None
    named = {one.id for one in queries.list_named(found)}
    others = [one for one in list_colleagues(found.icb_id, today, queries.NAMED) if int(one[0]) not in named]
    return answer_finding(
        request,
        NameForm(given, colleagues=others),
        lambda note, given: name_somebody(note, restriction=found, actor_id=int(given["who"]), by=request.me),
        go_to=f"{LIST}/{number}",
        saved="Saved. They find the record from now on.",
        context={"title": "Name somebody on a restricted record", "person": None, "button": "Name them"},
    )


@for_roles(*RESTRICTS)
def unname_one(request: Request, number: int, actor: int) -> HttpResponse:
    """Somebody finds the record no more."""
    found = _found(request, number)
    who = next((one for one in queries.list_named(found) if one.id == actor), None)
    if who is None:
        raise Http404
    return answer_form(
        request,
        UnnameForm(request.POST if request.method == "POST" else None),
        lambda note, given: unname_somebody(note, restriction=found, actor_id=actor, by=request.me),
        go_to=lambda: f"{LIST}/{number}" if Restriction.objects.filter(pk=number).exists() else LIST,
        saved="Saved. They do not find the record any more.",
        context={
            "title": f"Take {who.name} off the record?",
            "person": None,
            "about": "They stop finding the record at once.",
            "button": "Take them off",
        },
    )


@for_roles(*RESTRICTS)
def keep_one(request: Request, number: int) -> HttpResponse:
    """Looked at: the record stays restricted until another day."""
    found = _found(request, number)
    today = request.at.astimezone(LONDON).date()
    form = LookAgainForm(request.POST if request.method == "POST" else None, today=today)
    return answer_form(
        request,
        form,
        lambda note, given: keep_restricted(note, restriction=found, review_on=given["review_on"], by=request.me),
        go_to=f"{LIST}/{number}",
        saved="Saved. The record stays restricted.",
        context={"title": "Keep the record restricted", "person": None},
    )


@for_roles(*RESTRICTS)
def lift_one(request: Request, number: int) -> HttpResponse:
    """The record is open again to everybody whose work it is."""
    found = _found(request, number)
    return answer_form(
        request,
        LiftForm(request.POST if request.method == "POST" else None),
        lambda note, given: lift(note, restriction=found, because=given["because"], by=request.me),
        go_to=LIST,
        saved=text.LIFTED,
        context={
            "title": "Lift the restriction",
            "person": None,
            "about": "The record is held again as its agreement says.",
            "button": "Lift the restriction",
        },
    )

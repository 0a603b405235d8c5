"""The pool of panel members of an area: who may sit, what runs out, and training."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.reviews.holding.report import rules_of
from alongside.features.reviews.models import Expert, PanelMember
from alongside.features.reviews.organising import forms_panel as forms
from alongside.features.reviews.organising import pool, text
from alongside.features.reviews.organising.access import RUNS_REVIEWS
from alongside.features.reviews.organising.reaching import data_of, today_of
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.planned_reviews import why_not

FIELDS = (
    "name", "part", "profession", "organisation_name", "reach", "started_on", "trained_on", "checked_until",
    "registration", "registered_until", "needs", "ended_on",
)  # fmt: skip
PAGE = "/reviews/experts"


def area_of(request: Request) -> int:
    """The area whose reviews the reader runs. 404 for nobody's."""
    found = next((held.area for held in request.me.roles if held.role in RUNS_REVIEWS), None)
    if found is None:
        raise Http404
    return found


@for_roles(*RUNS_REVIEWS)
def experts(request: Request) -> HttpResponse:
    """Everybody in the pool, and why somebody can't sit today."""
    icb, today = area_of(request), today_of(request)
    modules = pool.list_modules(icb)
    rows = [
        {"expert": one, "why_not": why_not(pool.fitness_of(one, modules, today), today)}
        for one in pool.list_experts(request.me, icb, today)
    ]
    ruleset, _ = rules_of(Organisation.objects.values_list("code", flat=True).get(pk=icb))
    context = {
        "rows": rows,
        "left": pool.list_left(request.me, icb, today),
        "modules": modules,
        "length": ruleset.in_force("panel_training", today).length,
    }
    return render(request, "organising/experts.html", context)


def _expert(request: Request, number: int) -> Expert:
    found = pool.with_modules(Expert.objects.filter(pk=number, icb=area_of(request))).first()
    if found is None:
        raise Http404
    return found


@for_roles(*RUNS_REVIEWS)
def expert(request: Request, number: int) -> HttpResponse:
    """One member: what stands and what is missing."""
    found = _expert(request, number)
    modules = pool.list_modules(found.icb_id)
    today = today_of(request)
    done = {row.module_id: row.done_on for row in found.modules.all()}
    context = {
        "expert": found,
        "modules": [(one, done.get(one.pk), pool.module_due(found, one)) for one in modules],
        "why_not": why_not(pool.fitness_of(found, modules, today), today),
        "sat": PanelMember.objects.filter(expert=found, left_at=None).count(),
    }
    return render(request, "organising/expert.html", context)


@for_roles(*RUNS_REVIEWS)
def add(request: Request) -> HttpResponse:
    """Adds somebody to the pool."""
    icb = area_of(request)

    def act(note: Notes, given: Any) -> None:
        pool.add_expert(note, icb_id=icb, by=request.me, **{name: given[name] for name in FIELDS})

    form = forms.ExpertForm(data_of(request), today=today_of(request))
    return _asked(request, form, act, "Add somebody to the pool", PAGE)


@for_roles(*RUNS_REVIEWS)
def change(request: Request, number: int) -> HttpResponse:
    """Changes what is known of somebody."""
    found = _expert(request, number)

    def act(note: Notes, given: Any) -> None:
        pool.change_expert(note, expert=found, by=request.me, **{name: given[name] for name in FIELDS})

    begin = {name: getattr(found, name) for name in FIELDS}
    form = forms.ExpertForm(data_of(request), initial=begin, today=today_of(request))
    return _asked(request, form, act, f"Change {found.name}", f"{PAGE}/{number}")


@for_roles(*RUNS_REVIEWS)
def module(request: Request) -> HttpResponse:
    """A new training module."""
    icb = area_of(request)

    def act(note: Notes, given: Any) -> None:
        pool.release_module(note, icb_id=icb, title=given["title"], released_on=given["released_on"], by=request.me)

    form = forms.ModuleForm(data_of(request), today=today_of(request))
    return _asked(request, form, act, "Add a training module", PAGE)


@for_roles(*RUNS_REVIEWS)
def module_done(request: Request, number: int) -> HttpResponse:
    """Somebody did a module."""
    found = _expert(request, number)
    modules = pool.list_modules(found.icb_id)
    form = forms.ModuleDoneForm(
        data_of(request), modules=[(one.pk, one.title) for one in modules], today=today_of(request)
    )

    def act(note: Notes, given: Any) -> None:
        chosen = next(one for one in modules if str(one.pk) == given["module"])
        pool.say_module_done(note, expert=found, module=chosen, done_on=given["done_on"], by=request.me)

    return _asked(request, form, act, f"{found.name} did a module", f"{PAGE}/{number}")


def _asked(request: Request, form: Any, act: Any, title: str, go_to: str) -> HttpResponse:
    return answer_form(request, form, act, go_to=go_to, saved=text.SAVED, context={"title": title, "person": None})

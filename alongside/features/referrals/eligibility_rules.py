"""For staff: whom the register and keyworking are for in an area, rule by rule, and setting the area's own."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import ALREADY, act_of
from alongside.features.referrals.eligibility import entry_rules_of, set_entry_rule
from alongside.features.referrals.forms_eligibility import entry_form, words_of
from alongside.features.referrals.models import LocalEntryRule
from alongside.foundation import clock
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import AlreadyDone, recording
from alongside.policy.eligibility import CHOICES, ENTRY_ROWS, EntryRule
from alongside.policy.rules import CERTAINTY

SETS = (Role.MANAGER, Role.ADMIN)


@for_roles()
def entry_rules(request: Request) -> HttpResponse:
    """Every rule as it stands today, with its source and how certain it is."""
    area = request.me.home_area
    icb = Organisation.objects.get(pk=area.area) if area else None
    rules = entry_rules_of(icb).in_force(clock.today()) if icb else list(ENTRY_ROWS.values())
    may_set = bool(area and request.me.holds_in(area.area, *SETS))
    rows = [
        {"rule": rule, "says": in_words(rule), "certainty": CERTAINTY[rule.certainty], "settable": rule.key in CHOICES}
        for rule in rules
    ]
    return render(request, "referrals/entry_rules.html", {"rows": rows, "may_set": may_set, "icb": icb})


@for_roles(*SETS)
def entry_rule(request: Request, rule: str) -> HttpResponse:
    """An area's own value from a day on."""
    area = request.me.home_area
    if rule not in CHOICES or area is None or not request.me.holds_in(area.area, *SETS):
        raise Http404
    icb = Organisation.objects.get(pk=area.area)
    now = entry_rules_of(icb).on(rule, clock.today())
    form = entry_form(now, request.POST if request.method == "POST" else None, today=clock.today())
    if form.is_bound and form.is_valid() and _set(request, form, icb, rule):
        return redirect("entry_rules")
    context = {
        "form": form,
        "title": f"{now.title}: our own rule",
        "about": f"Now: {in_words(now)}. {now.source_label} ({now.label}).",
        "person": None,
        "back_url": "/rules/entry",
    }
    return render(request, "people/form.html", context, status=422 if form.is_bound else 200)


def _set(request: Request, form: Any, icb: Organisation, key: str) -> bool:
    given = form.cleaned_data
    value = tuple(given["value"]) if isinstance(given["value"], list) else given["value"]
    starts_on: date = given["starts_on"]
    if LocalEntryRule.objects.filter(icb=icb, rule_key=key, starts_on=starts_on).exists():
        form.add_error("starts_on", "There is already a rule of our own from that day. Choose another day")
        return False
    try:
        with recording(by=request.me, at=request.at, once=act_of(given["submission"])) as note:
            set_entry_rule(note, icb=icb, key=key, value=value, starts_on=starts_on, source=given["source"])
    except AlreadyDone:
        messages.success(request, ALREADY)
        return True
    except ValueError as problem:
        form.add_error("value", str(problem))
        return False
    messages.success(request, "Saved. The guide and triage say so from that day on.")
    return True


def in_words(rule: EntryRule) -> str:
    """The value as it is read on the page."""
    if isinstance(rule.value, int):
        return f"{rule.value} years"
    words = words_of(rule)
    return ", ".join(words.get(value, value.replace("_", " ")) for value in rule.many) or "nobody else"

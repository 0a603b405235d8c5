"""The rules as everybody may read them, and the forms with which an ICB sets its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import AlreadyDone, Notes, recording
from alongside.overview import text
from alongside.overview.engine.rulesets import PACK, current_ruleset
from alongside.overview.forms import CommencementForm, LocalRuleForm, once_of
from alongside.overview.models import LocalRule
from alongside.overview.operations_rules import (
    may_set_commencements,
    may_set_rules,
    set_commencement,
    set_local_rule,
)
from alongside.overview.recounting import list_progress
from alongside.policy.counting import COUNTING
from alongside.policy.rules import CERTAINTY, NATIONAL, PACKS
from alongside.policy.rules.printing import printed, printed_beside

SETTABLE = {rule.key for rule in NATIONAL if rule.kind != "statute" and rule.length is not None}


@for_roles()
def rules(request: Request) -> HttpResponse:
    """Every rule: what it says, how it is counted, where it comes from, whether it is on."""
    me = request.me
    icb = _icb_of(me)
    ruleset = current_ruleset(icb.area_code if icb else "")
    wanted = request.GET.get("show", "")
    rows = printed(ruleset) + printed_beside(ruleset)
    commenced = {row.rule_key.removeprefix(PACK): row for row in LocalRule.objects.filter(rule_key__startswith=PACK)}
    context = {
        "rows": [row for row in rows if _is_wanted(row, wanted)],
        "show": wanted,
        "count": len(rows),
        "icb": icb,
        "may_set": bool(icb and may_set_rules(me, icb.area)),
        "may_commence": may_set_commencements(me),
        "may_set_contact": me.holds(Role.MANAGER, Role.ADMIN),
        "settable": SETTABLE,
        "packs": [(key, words, commenced.get(key)) for key, words in PACKS.items()],
        "counting": COUNTING,
        "certainty": CERTAINTY,
        "recounts": list_progress(),
        "today": request.at.astimezone(LONDON).date(),
    }
    return render(request, "overview/rules.html", context)


def _is_wanted(row: dict[str, Any], wanted: str) -> bool:
    if wanted == "live":
        return bool(row["live"])
    if wanted == "local":
        return row["label"] == "local default" or bool(row["local"])
    if wanted == "off":
        return bool(row["pack"])
    return True


def _icb_of(me: Me) -> Any:
    """The ICB whose values are shown: where one may set them, else where one works."""
    setting = [held for held in me.roles if held.role in (Role.ADMIN, Role.MANAGER)]
    return next(iter(setting), me.home_area)


@for_roles(Role.ADMIN, Role.MANAGER)
def set_rule(request: Request, key: str) -> HttpResponse:
    """An ICB's own value of one rule."""
    rule = next((rule for rule in NATIONAL if rule.key == key), None)
    if rule is None or key not in SETTABLE:
        raise Http404
    held = _icb_of(request.me)
    icb = Organisation.objects.filter(pk=held.area, kind="icb").first()
    if icb is None:
        raise Http404

    def act(note: Notes, said: dict[str, Any]) -> None:
        values = {name: said[name] for name in ("amount", "starts_on", "source")}
        set_local_rule(note, icb=icb, rule_key=key, by=request.me, **values)

    unit = rule.length.unit.replace("_", " ") if rule.length else ""
    shown = {"title": f"{rule.title}: {icb.name}'s own value", "rule": rule, "unit": unit}
    return _setting(request, LocalRuleForm, act, shown, anchor=key)


@for_roles(Role.ADMIN)
def commence(request: Request, pack: str) -> HttpResponse:
    """The day from which a law is in force, everywhere."""
    if pack not in PACKS:
        raise Http404

    def act(note: Notes, said: dict[str, Any]) -> None:
        set_commencement(note, pack=pack, starts_on=said["starts_on"], source=said["source"], by=request.me)

    shown = {"title": f"{PACKS[pack]}: the day it begins", "rule": None, "unit": ""}
    return _setting(request, CommencementForm, act, shown, anchor="law")


def _setting(
    request: Request,
    form_class: type,
    act: Callable[[Notes, dict[str, Any]], None],
    shown: dict[str, Any],
    *,
    anchor: str,
) -> HttpResponse:
    today = request.at.astimezone(LONDON).date()
    form = form_class(request.POST if request.method == "POST" else None, today=today)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with recording(by=request.me, at=request.at, once=once_of(form.cleaned_data["submission"])) as note:
                act(note, form.cleaned_data)
            messages.success(request, "Saved. Everybody it touches is being counted again.")
            return redirect(f"/rules#{anchor}")
        except AlreadyDone:
            messages.success(request, text.ALREADY)
            return redirect(f"/rules#{anchor}")
        except (Refused, NotNow) as problem:
            form.add_error(None, problem.sentence)
            status = 403 if isinstance(problem, Refused) else 409
    return render(request, "overview/rules_set.html", {"form": form, **shown}, status=status)

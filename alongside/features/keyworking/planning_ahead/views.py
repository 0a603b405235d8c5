"""What if demand, staff or leave changed: the question, and its answer as a range in sentences."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.access import NAMES, area_of
from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.models import WhatIf
from alongside.features.keyworking.planning_ahead.operations import ask_what_if
from alongside.features.keyworking.tasks import find_what_if
from alongside.features.keyworking.views import today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.jobs.queueing import queue_job
from alongside.foundation.nhsuk.filters import plural
from alongside.foundation.nhsuk.forms import NumberField, OnceForm, SelectField
from alongside.foundation.nhsuk.forms.wording import lower_first
from alongside.foundation.recording.recording import Notes
from alongside.policy.allocation import in_points, limits_of
from alongside.policy.allocation.what_if import DEFAULT_ENDS, ENOUGH_ENDINGS
from alongside.policy.counting import local_day

WEEKS = [("13", "3 months"), ("26", "6 months"), ("52", "12 months")]
DEMAND = [("50", "Half as many"), ("75", "A quarter fewer"), ("100", "As many as last year"),
          ("125", "A quarter more"), ("150", "Half as many again"), ("200", "Twice as many")]  # fmt: skip
STAFF = [
    (str(tenths), f"{abs(tenths) / 10:g} {'fewer' if tenths < 0 else 'more'}" if tenths else "As many as now")
    for tenths in (-30, -20, -10, -5, 0, 5, 10, 20, 30, 50)
]
LEAVE = [(str(weeks), f"{weeks} weeks each" if weeks else "None") for weeks in (0, 2, 4, 6, 8)]
PAGE = 10
#: One full-time keyworker, in tenths.
ONE = 10


class WhatIfForm(OnceForm):
    """What changes, and how far ahead."""

    weeks = SelectField("How far ahead?", choices=WEEKS, empty="", initial="26")
    demand = SelectField("How many young people come?", choices=DEMAND, empty="", initial="100")
    staff = SelectField("How many full-time keyworkers more or fewer?", choices=STAFF, empty="", initial="0")
    leave = SelectField(
        "How much leave in that time?",
        choices=LEAVE,
        empty="",
        initial="0",
        hint="Whom they hold has cover meanwhile, which takes room of their colleagues.",
    )
    ends = NumberField(
        "Of 100 people with a keyworker, how many stop in a year?",
        subject="How many stop",
        least=0,
        most=100,
        required=False,
        hint=f"Leave it empty to go by your own last year. Where fewer than {ENOUGH_ENDINGS} endings were counted in "
        f"it we take {DEFAULT_ENDS} of 100 (local default).",
    )


@for_roles(*NAMES)
def what_if(request: Request) -> HttpResponse:
    """The question, with the last answers below it."""
    icb = area_of(request.me, *NAMES)
    form = WhatIfForm(request.POST if request.method == "POST" else None, today=today_of(request))
    made: list[WhatIf] = []

    def act(note: Notes, given: Any) -> None:
        chosen = {name: int(given[name]) for name in ("weeks", "demand", "staff", "leave")}
        asked = ask_what_if(note, icb=icb, **chosen, ends=given["ends"])
        queue_job(find_what_if.name, asked.pk)
        made.append(asked)

    return answer_form(
        request,
        form,
        act,
        go_to=lambda: f"/keyworking/what-if/{made[0].pk}" if made else "/keyworking/what-if",
        saved="We are working it out.",
        template="keyworking/what_if.html",
        context={
            "before": WhatIf.objects.filter(icb=icb).select_related("asked_by").order_by("-pk")[:PAGE],
            "said": said,
        },
    )


@for_roles(*NAMES)
def answer(request: Request, number: int) -> HttpResponse:
    """One answer: sentences and a small table."""
    icb = area_of(request.me, *NAMES)
    asked = WhatIf.objects.select_related("asked_by", "icb").filter(pk=number, icb=icb).first()
    if asked is None:
        raise Http404
    context = {"asked": asked, "said": said(asked), "sentences": _sentences(asked), "rows": _rows(asked)}
    return render(request, "keyworking/what_if_answer.html", context | {"drawn": _drawn(asked)})


def said(asked: WhatIf) -> str:
    """The question in one line."""
    parts = [dict(WEEKS).get(str(asked.weeks), f"{asked.weeks} weeks")]
    if asked.demand != 100:
        parts.append(dict(DEMAND).get(str(asked.demand), f"{asked.demand}% of last year").lower())
    if asked.staff:
        more = f"{Decimal(abs(asked.staff)) / 10:f}".rstrip("0").rstrip(".")
        who = "full-time keyworker" if abs(asked.staff) == ONE else "full-time keyworkers"
        parts.append(f"{more} {who} {'fewer' if asked.staff < 0 else 'more'}")
    if asked.leave:
        parts.append(f"{asked.leave} weeks of leave each")
    if asked.ends is not None:
        parts.append(f"{asked.ends} of 100 stop in a year")
    return ", ".join(parts if len(parts) > 1 else [*parts, "nothing changes"])


def _sentences(asked: WhatIf) -> list[str]:
    if asked.state != WhatIf.State.READY:
        return []
    then, same = asked.found["then"], asked.found["same"]
    waits, would = then["waiting"], same["waiting"]
    wait = plural(asked.found["waiting"], "person waits", "people wait")
    return [
        f"In {asked.found['runs']} tries, {_span(waits)} people wait at the end. Today {wait}. "
        f"If nothing changed it would be {_span(would)}.",
        f"The longest wait is {_span(then['longest'])} days at the end; today it is {asked.found['longest']}.",
        _room(then["short"], limits_of(caseload_rules_of(asked.icb), local_day(asked.asked_at), Decimal(1)).most),
    ]


def _drawn(asked: WhatIf) -> list[str]:
    """What it was drawn from, in sentences: what was counted, what was taken as default, and what was asked."""
    if asked.state != WhatIf.State.READY:
        return []
    found = asked.found
    came = f"In the last year here {plural(found['arrivals'], 'person', 'people')} came."
    rate = f"{found['ends']} of 100 people a year stop"
    if "ended" not in found:
        # Answers of earlier versions: counted endings never brought the figure below the default.
        return [
            came,
            f"It was taken that {rate}: as counted here, but never fewer than {DEFAULT_ENDS} (local default).",
        ]
    ended = f"Keyworking ended for {plural(found['ended'], 'person', 'people')}, with those who left the register"
    counted = f"{ended}. So {rate}."
    if found["ends_is_default"]:
        counted = f"{ended}. That is too few to go by, so we take it that {rate} (local default)."
    if asked.ends is None:
        return [came, f"{counted} You can ask with another number." if found["ends_is_default"] else counted]
    return [
        came,
        f"You asked for {asked.ends} of 100 to stop in a year.",
        f"Without your number: {lower_first(counted)}",
    ]


def _room(short: dict[str, int], full_time: int) -> str:
    """What those who still wait would need, beside what somebody who works full time can hold (halves of a point)."""
    if not short["high"]:
        return "The team has room for everybody who waits then."
    worst = (
        f"For those who wait the team has {_span(short, in_points)} points too few. "
        f"Somebody who works full time can hold {in_points(full_time)}."
    )
    return worst if short["low"] else f"In some tries there is room for everybody. {worst}"


def _span(found: dict[str, int], shown: Any = str) -> str:
    """'between 3 and 9, most often about 5'; one number where they are all the same."""
    low, middle, high = (shown(found[name]) for name in ("low", "middle", "high"))
    return low if low == high else f"between {low} and {high} (in the middle {middle})"


def _rows(asked: WhatIf) -> list[tuple[str, list[str]]]:
    """Label, then lowest, middle and highest of what was asked, then of no change."""
    if asked.state != WhatIf.State.READY:
        return []
    kinds = (
        ("waiting", "People who wait", str),
        ("longest", "Longest wait in days", str),
        ("short", "Points without room", in_points),
    )
    cells = [(case, part) for case in ("then", "same") for part in ("low", "middle", "high")]
    return [(label, [shown(asked.found[case][name][part]) for case, part in cells]) for name, label, shown in kinds]

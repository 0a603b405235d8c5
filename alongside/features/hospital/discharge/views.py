"""The discharge plan of a stay: the page, and the short forms that change it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.actions import text as actions_text
from alongside.features.actions.owners import list_owners, list_places, owner_from
from alongside.features.hospital.discharge import queries, text
from alongside.features.hospital.discharge.forms import ConditionForm, ExpectedForm, HeadingForm, MeetingForm, PlanForm
from alongside.features.hospital.discharge.operations import (
    LEAD,
    agree_condition,
    mark_heading,
    record_meeting,
    say_date,
    write_plan,
)
from alongside.features.hospital.discharge.reaching import READS, data_of, page_of, stay_of
from alongside.features.hospital.models import DischargeDate, DischargeMeeting, DischargePlan, HeadingMark
from alongside.features.people.changing import answer_form
from alongside.features.people.views import CHANGES
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day
from alongside.policy.discharging import HEADINGS

LOOK = "discharge plan"


@for_roles(*READS)
def plan(request: Request, stay_id: int) -> HttpResponse:
    """Everything that is known of how and when they leave, what is missing, and what the delay has cost."""
    stay, reach = stay_of(request, stay_id)
    today = local_day(request.at)
    conditions = queries.list_conditions(stay)
    headings = queries.list_headings(stay, conditions)
    dates, periods = queries.list_dates(stay), queries.list_ready(stay)
    as_at = local_day(stay.discharged_at) if stay.discharged_at else today
    moves, later = queries.slipped(dates)
    newest = queries.newest_plan(stay)
    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    context = {
        "stay": stay,
        "person": reach.person,
        "here": page_of(stay),
        "writes": reach.writes and stay.discharged_at is None,
        "plan": newest,
        "above": _said_above(newest, dates),
        "before": queries.stay_before(stay),
        "headings": headings,
        "conditions": conditions,
        "unmet": sum(one.is_open for one in conditions),
        "dates": dates,
        "moves": moves,
        "later": later,
        "periods": [(period, queries.nights_lost([period], as_at)) for period in periods],
        "going_on": next((one for one in periods if one.to_date is None), None),
        "lost": queries.nights_lost(periods, as_at),
        "meetings": list(DischargeMeeting.objects.filter(stay=stay).order_by("-happened_at", "-pk")),
        "text": text,
        "actions_text": actions_text,
        "today": today,
    }
    return render(request, "discharge/plan.html", context)


def _said_above(plan: DischargePlan | None, dates: Sequence[DischargeDate]) -> dict[str, str]:
    """What headings of the list ask for that stands at the top of the page already."""
    said = {"lead": plan.lead_name} if plan else {}
    if dates and dates[0].expected_on:
        said["date"] = day_in_words(dates[0].expected_on)
    return said


@for_roles(*CHANGES)
def lead(request: Request, stay_id: int) -> HttpResponse:
    """Who leads it, and where they are to go."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    stands = queries.newest_plan(stay)
    names = (*LEAD, "where_to", "they_say")
    begin: dict[str, Any] = {name: getattr(stands, name) for name in names} if stands else {}
    form = PlanForm(data_of(request), initial=begin | {"seen": stands.pk if stands else 0})

    def act(note: Notes, given: Any) -> None:
        write_plan(note, stay=stay, seen=given["seen"] or 0, **{name: given[name] for name in names})

    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    title = "Change who leads the discharge" if stands else "Begin the discharge plan"
    context = {"title": title, "person": reach.person}
    return answer_form(request, form, act, go_to=page_of(stay), saved=text.SAVED["plan"], context=context)


@for_roles(*CHANGES)
def heading(request: Request, stay_id: int) -> HttpResponse:
    """What is known under one heading; `?heading=` begins with it."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    asked = request.GET.get("heading", "")
    begin: dict[str, Any] = {"heading": asked} if asked in HEADINGS else {}
    if begin:
        mark = HeadingMark.objects.filter(stay=stay, heading=asked).order_by("-pk").first()
        begin |= {"standing": mark.standing, "known": mark.known} if mark else {}
    newest = HeadingMark.objects.filter(stay=stay).order_by("-pk").values_list("pk", flat=True).first()
    form = HeadingForm(data_of(request), initial=begin | {"seen": newest or 0})

    def act(note: Notes, given: Any) -> None:
        mark_heading(note, stay=stay, **{name: given[name] for name in ("heading", "standing", "known", "seen")})

    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    context = {"title": "Write down what is known", "person": reach.person, "about": text.PLACEHOLDER}
    return answer_form(request, form, act, go_to=page_of(stay), saved=text.SAVED["heading"], context=context)


@for_roles(*CHANGES)
def expected(request: Request, stay_id: int) -> HttpResponse:
    """The expected day, or why there is none."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    last = queries.newest_date(stay)
    today = local_day(request.at)
    begin = {"seen": last.pk if last else 0, "expected_on": last.expected_on if last else None}
    form = ExpectedForm(data_of(request), initial=begin, today=today)

    def act(note: Notes, given: Any) -> None:
        say_date(note, stay=stay, expected_on=given["expected_on"], because=given["because"], seen=given["seen"] or 0)

    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    about = "What was said before stays, so that everybody sees how often it moved."
    context = {"title": "When are they expected to leave?", "person": reach.person, "about": about}
    return answer_form(request, form, act, go_to=page_of(stay), saved=text.SAVED["date"], context=context)


@for_roles(*CHANGES)
def condition(request: Request, stay_id: int) -> HttpResponse:
    """One thing that has to be so before they leave, with its owner."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    me, today = request.me, local_day(request.at)
    owners, places = list_owners(me, reach.person, today), list_places(me, reach.person)
    asked = request.GET.get("heading", "")
    form = ConditionForm(
        data_of(request),
        owners=[(one.value, one.label) for one in owners],
        places=[(one.value, one.label) for one in places],
        initial={"heading": asked if asked in HEADINGS else ""},
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        agree_condition(
            note,
            by=me,
            stay=stay,
            owner=owner_from(given, owners, places),
            **{name: given[name] for name in ("heading", "what", "how_known", "due_on")},
        )

    record_look(me, LOOK, [reach.person.pk], at=request.at)
    about = "It stands with the agreed actions: its owner is asked, and chased when it is late."
    context = {"title": "What has to be so before they leave?", "person": reach.person, "about": about}
    return answer_form(request, form, act, go_to=page_of(stay), saved=text.SAVED["condition"], context=context)


@for_roles(*CHANGES)
def meeting(request: Request, stay_id: int) -> HttpResponse:
    """A meeting about the discharge."""
    stay, reach = stay_of(request, stay_id, to_write=True)
    today = local_day(request.at)
    form = MeetingForm(data_of(request), initial={"held_on": today}, today=today)

    def act(note: Notes, given: Any) -> None:
        came = {name: given[name] == "yes" for name in ("young_person_came", "family_came")}
        names = ("held_on", "who_came", "agreed", "next_on")
        record_meeting(note, stay=stay, **came, **{name: given[name] for name in names})

    record_look(request.me, LOOK, [reach.person.pk], at=request.at)
    context = {"title": "Write up a meeting about the discharge", "person": reach.person}
    return answer_form(request, form, act, go_to=page_of(stay), saved=text.SAVED["meeting"], context=context)

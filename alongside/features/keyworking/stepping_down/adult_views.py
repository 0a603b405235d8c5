"""Turning 18: the lead in adult services, and the meetings of children's and adult services."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.access import SEES_TEAM
from alongside.features.keyworking.stepping_down import queries, text
from alongside.features.keyworking.stepping_down.forms import LeadForm, MeetingForm
from alongside.features.keyworking.stepping_down.operations import LEAD, name_adult_lead, record_joint_meeting
from alongside.features.keyworking.stepping_down.views import data_of, readable, today_of, workable
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday, weeks_after

#: Weeks after the birthday at which it is checked how the move went (policy reference 16, row 68).
CHECKS = (1, 4, 12)


def _here(reference: str) -> str:
    return f"/people/{reference}/turning-18"


@for_roles(*SEES_TEAM)
def turning_18(request: Request, reference: str) -> HttpResponse:
    """The day, who leads from then on, the meetings so far, and when it is checked afterwards."""
    reach = readable(request, reference, Topic.ADULTHOOD)
    person = reach.person
    turns = birthday(person.birth_date, 18) if person.birth_date else None
    record_look(request.me, "turning 18", [person.pk], at=request.at)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "here": _here(person.reference),
        "writes": reach.writes,
        "turns": turns,
        "today": today_of(request),
        "lead": queries.find_adult_lead(person),
        "meetings": queries.list_joint_meetings(person),
        "checks": [(weeks, weeks_after(turns, weeks)) for weeks in CHECKS] if turns else [],
    }
    return render(request, "stepping_down/turning_18.html", context)


@for_roles(*SEES_TEAM)
def lead(request: Request, reference: str) -> HttpResponse:
    """Names the lead in adult services, or another one."""
    reach = workable(request, reference, Topic.ADULTHOOD)
    stands = queries.find_adult_lead(reach.person)
    form = LeadForm(data_of(request), initial={name: getattr(stands, name) for name in LEAD} if stands else {})
    record_look(request.me, "turning 18", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: name_adult_lead(note, person=reach.person, **{name: given[name] for name in LEAD}),
        go_to=_here(reach.person.reference),
        saved=text.LEAD_SAVED,
        context={
            "title": "Name the lead in adult services",
            "person": reach.person,
            "about": "Somebody who is there after the 18th birthday. The family reads the name.",
        },
    )


@for_roles(*SEES_TEAM)
def meeting(request: Request, reference: str) -> HttpResponse:
    """Writes down a meeting of children's and adult services."""
    reach = workable(request, reference, Topic.ADULTHOOD)

    def act(note: Notes, given: Any) -> None:
        record_joint_meeting(
            note,
            person=reach.person,
            held_on=given["held_on"],
            who_came=given["who_came"],
            young_person_came=given["young_person_came"] == "yes",
            agreed=given["agreed"],
        )

    record_look(request.me, "turning 18", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        MeetingForm(data_of(request), today=today_of(request)),
        act,
        go_to=_here(reach.person.reference),
        saved=text.MET,
        context={"title": "Write down a joint meeting", "person": reach.person},
    )

"""Ending keyworking, the letter about it, the question afterwards, and the area's endings."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.access import NAMES, SEES_TEAM, area_of
from alongside.features.keyworking.models import AdultLead, Ending, StepDown
from alongside.features.keyworking.stepping_down import queries, text
from alongside.features.keyworking.stepping_down.afterwards import correct_reach, next_question, send_question
from alongside.features.keyworking.stepping_down.forms import AskForm, EndForm
from alongside.features.keyworking.stepping_down.letter import easy_letter_of, letter_of
from alongside.features.keyworking.stepping_down.operations import LEAD, end_keyworking
from alongside.features.keyworking.stepping_down.views import data_of, page_of, readable, today_of, workable
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.letters import as_pdf
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.stepping_down import NOT_ASKED

PAGE = 25
WORDS = (*LEAD, "who_stays", "warning_signs", "come_back", "peer_name", "ask_reach")


@for_roles(*NAMES)
def end(request: Request, reference: str) -> HttpResponse:
    """Ends keyworking, with who stays and how it was told. What was planned stands in the form already."""
    reach = workable(request, reference)
    person, today = reach.person, today_of(request)
    if not request.me.holds_in(person.icb_id, *NAMES):
        raise PermissionDenied(text.NOT_THEIRS)
    last = queries.last_keyworker(person)
    if last is None:
        raise Http404
    plan, rated = queries.open_plan(person), queries.rated_now(person)
    form = EndForm(
        data_of(request),
        initial=_begin(plan or queries.find_adult_lead(person)) | {"ended_on": today},
        ended_on=last.to_date,
        colour=rated.colour if rated else "",
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        ask = {"answer": given["ask"], "basis": given["ask_basis"], "decided_by": given["ask_by"]}
        end_keyworking(
            note,
            by=request.me,
            person=person,
            on=given["ended_on"],
            reason=given["reason"],
            told=given["told"],
            told_words=given["told_words"],
            despite=given.get("despite", ""),
            peer=given["peer"],
            ask=ask if given["ask"] != "not_asked" else None,
            **{name: given[name] for name in WORDS},
        )

    record_look(request.me, "ending", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=page_of(reach),
        saved=text.ENDED,
        template="stepping_down/end.html",
        context={
            "person": person,
            "last": last,
            "ended": last.to_date,
            "plan": plan,
            "rated": rated,
            "criteria": queries.criteria_of(person.icb_id, queries.newest_marks(person)),
        },
    )


def _begin(stays: StepDown | AdultLead | None) -> dict[str, Any]:
    """Who stays, as it was planned; else who leads in adult services."""
    return {name: getattr(stays, name) for name in LEAD} if stays else {}


@for_roles(*SEES_TEAM)
def letter(request: Request, reference: str) -> HttpResponse:
    """The exit in words for the family, to print or hand over."""
    reach = readable(request, reference)
    ending = queries.newest_ending(reach.person)
    if ending is None:
        raise Http404
    record_look(request.me, "ending letter", [reach.person.pk], at=request.at)
    return letter_response(request, ending, called=reach.person.shown_name)


def letter_response(request: Request, ending: Ending, *, called: str) -> HttpResponse:
    """The letter as PDF; with pictures where that was asked for."""
    easy = request.GET.get("pictures") == "yes"
    write = easy_letter_of if easy else letter_of
    pdf = as_pdf(write(ending, called=called, contact=find_contact(ending.recorded_icb_id)))
    name = "what-happens-now-pictures.pdf" if easy else "what-happens-now.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@for_roles(*NAMES)
def ask(request: Request, reference: str) -> HttpResponse:
    """Sends the next question by link; or puts right where it goes, and sends again what went to a wrong place."""
    reach = workable(request, reference)
    ending = queries.newest_ending(reach.person)
    if ending is None or ending.reason in NOT_ASKED:
        raise Http404
    number = next_question(ending, queries.questions_of(ending), today_of(request))

    def act(note: Notes, given: Any) -> None:
        to = ending
        if given["ask_reach"] != ending.ask_reach or not number:
            to = correct_reach(note, ending=ending, reach=given["ask_reach"])
        if number:
            send_question(note, ending=to, number=number)

    about = "The link takes one answer: are you fine, or would you like to talk?"
    if not number:
        about = "A question that is not answered yet is sent again there. The link that was sent before stops working."
    record_look(request.me, "question afterwards", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        AskForm(data_of(request), initial={"ask_reach": ending.ask_reach}),
        act,
        go_to=page_of(reach),
        saved=text.ASKED if number else text.REACH_CORRECTED,
        context={
            "title": "Ask how things are" if number else "Put right where the question goes",
            "person": reach.person,
            "about": about,
            "button": "Send the question" if number else "Save",
        },
    )


@for_roles(*NAMES)
def endings(request: Request) -> HttpResponse:
    """Every ending of the area: who stays, whether it was told, who came back within twelve months."""
    me = request.me
    icb = area_of(me, *NAMES)
    place = request.GET.get("before", "")
    before = int(place) if place.isascii() and place.isdecimal() and len(place) < 19 else None
    rows = queries.list_endings(me, icb.pk, most=PAGE, before=before)
    record_look(me, "endings", sorted({one.ending.person_id for one in rows[:PAGE]}), at=request.at)
    context = {
        "rows": rows[:PAGE],
        "counted": queries.count_endings(me, icb.pk, today_of(request)),
        "next_url": f"?before={rows[PAGE - 1].ending.pk}" if len(rows) > PAGE else "",
        "first_url": "?" if before else "",
        "text": text,
    }
    return render(request, "stepping_down/endings.html", context)

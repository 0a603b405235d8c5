"""A meeting that is planned, on the family's own pages: when, who comes, how to get ready; and asking for one.

What was typed for the team is not shown, but for the answer to one's own request. Whoever may not know where the young
person is reads no day and no place: both lead to them. From 16 on, family reads of a meeting at which the young person
wants them, and of no other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.keyworking.handing_over.telling import family_accounts
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import about
from alongside.features.referrals.promised import rules_of
from alongside.features.reviews.models import PanelMember, PlannedReview, PlannedStep, Review
from alongside.features.reviews.organising.agreeing import decides_about_family
from alongside.features.reviews.organising.calendar_file import calendar_file
from alongside.features.reviews.organising.operations import ask_for_review
from alongside.features.reviews.organising.queries import with_family
from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.nhsuk.forms import OnceForm, TextareaField
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day
from alongside.policy.duties.reckoning import last_day
from alongside.portal import reading
from alongside.portal.meetings_ahead import ahead
from alongside.portal.reading import Mine
from alongside.portal.reviewed import HOME, SUBJECT, who_reads
from alongside.portal.views import FAMILY

#: Who comes, in plain words.
WHO = {
    PanelMember.Part.CHAIR: "leads the day",
    PanelMember.Part.CLINICAL: "knows about health",
    PanelMember.Part.EXPERIENCE: "has been through something like it, or somebody in their family has",
    PanelMember.Part.EDUCATION: "knows about school",
    PanelMember.Part.SOCIAL_CARE: "knows about help at home",
    PanelMember.Part.OTHER: "helps the others",
}
_S = PlannedReview.State
ASKED = {
    _S.REQUESTED: "We have got it, and have not answered yet.",
    _S.ACCEPTED: "Yes. We look for a day.",
    _S.DATED: "Yes. It has a day.",
    _S.DECLINED: "No, not now.",
    _S.HELD: "It has taken place.",
    _S.NOT_HELD: "It did not take place.",
    _S.CANCELLED: "It does not take place.",
    _S.REPLACED: "Something else takes its place.",
}

BODY = "There is a day for a meeting. You can read on your page when and where it is, and how to get ready."


class AskForMeetingForm(OnceForm):
    why = TextareaField(
        "Why do you want a meeting?", most=500, rows=5, missing="Write a little about why",
        hint="What worries you, or what should change.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting with a day, and who sits on it."""

    number: int
    starts_at: datetime
    place: str
    who: list[tuple[str, str]]


def coming(mine: Mine, at: datetime) -> list[Coming]:
    """The same, with who sits on each."""
    found = ahead(mine, at)
    if not found:
        return []
    with context.as_engine():
        seats: dict[int, list[tuple[str, str]]] = {}
        members = PanelMember.objects.filter(planned__in=found, left_at=None).order_by("pk")
        for one in members:
            seats.setdefault(one.planned_id, []).append((one.name, WHO[PanelMember.Part(one.part)]))
    return [Coming(row.pk, row.starts_at, row.place, seats.get(row.pk, [])) for row in found if row.starts_at]


def asked_by_me(mine: Mine) -> list[dict[str, Any]]:
    """What this reader asked for, and what was answered."""
    with context.as_engine():
        rows = PlannedReview.objects.filter(about(mine.person), recorded_by_id=mine.me.id).order_by("-pk")[:5]
        found = list(rows)
    icb = mine.person.icb.code
    return [
        {
            "on": row.asked_on,
            "why": row.why,
            "said": ASKED[_S(row.state)],
            "because": _why(row) if mine.told_where else "",
            "by": _by(icb, row) if row.state == _S.REQUESTED else None,
        }
        for row in found
    ]


def _why(row: PlannedReview) -> str:
    """Why it does not take place, in the words that were written for whoever asked; '' where it does."""
    if row.state == _S.DECLINED:
        return row.because
    return row.family_words if row.state in (_S.CANCELLED, _S.NOT_HELD) else ""


def _by(icb: str, row: PlannedReview) -> Any:
    ruleset, calendar = rules_of(icb)
    return last_day(ruleset.in_force("review_request_answered", row.asked_on), row.asked_on, calendar)


def _mine(request: Request, reference: str, page: str) -> Mine:
    """404 where nothing of reviews is open to this reader."""
    mine = reading.mine(request, reference, page)
    if Topic.REVIEW not in mine.reach.topics:
        raise Http404
    return mine


@for_roles(*FAMILY)
def ready(request: Request, reference: str) -> HttpResponse:
    """What is planned, how to get ready for it, and what became of what one asked for."""
    mine = _mine(request, reference, "family getting ready")
    told = {
        "mine": mine, "person": mine.person, "own": mine.own, "coming": coming(mine, request.at),
        "asked": asked_by_me(mine), "pictures": request.GET.get("pictures") == "yes",
    }  # fmt: skip
    return render(request, "portal/getting_ready.html", told)


@for_roles(*FAMILY)
def calendar(request: Request, reference: str, number: int) -> HttpResponse:
    """One meeting as a calendar file: its time and place, and nothing about anybody."""
    mine = _mine(request, reference, "family calendar of a meeting")
    found = next((one for one in ahead(mine, request.at) if one.pk == number), None)
    if found is None:
        raise Http404
    return calendar_file(found, request.at)


@for_roles(*FAMILY)
def ask(request: Request, reference: str) -> HttpResponse:
    """Asks for a meeting. It is answered, also when it is no."""
    mine = _mine(request, reference, "family asks for a meeting")
    form = AskForMeetingForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Any) -> None:
        by = PlannedReview.AskedBy.YOUNG_PERSON if mine.own else PlannedReview.AskedBy.FAMILY
        with context.as_engine():
            ask_for_review(
                note, person=mine.person, kind=Review.Kind.COMMUNITY, why=given["why"], asked_by=by,
                asked_name=mine.me.name, asked_on=mine.today,
            )  # fmt: skip

    icb = mine.person.icb.code
    ruleset, calendar = rules_of(icb)
    by = last_day(ruleset.in_force("review_request_answered", mine.today), mine.today, calendar)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/mine/{mine.person.reference}/meetings/ready",
        saved=f"We have got it. We answer by {day_in_words(by)}, here.",
        template="portal/ask_for_meeting.html",
        context={"mine": mine, "person": mine.person, "own": mine.own},
    )


def tell_family_of_day(notes: Notes) -> None:
    """Whoever has pages of their own and may come is told, once for each day, that there is something to read.

    Runs in the same transaction as 'everybody was invited'. Whoever may not know of it is told nothing.
    """
    for event in list(notes.events):
        if event.code != "planned_review.invited" or not event.person_id:
            continue
        with context.as_engine():
            planned = PlannedStep.objects.select_related("planned__person").get(pk=event.subject_id or 0).planned
        readers = _who_comes(planned, notes.at)
        for account in family_accounts([event.person_id], notes.at).get(event.person_id, []):
            if account.actor_id not in readers:
                continue
            ways = [sms(account.phone, link=HOME)] if account.phone else []
            ways = ways or ([email(account.email, link=HOME)] if account.email else [])
            queue_message(
                notes,
                icb_id=planned.recorded_icb_id,
                kind="planned_review.day",
                subject=SUBJECT,
                body=BODY,
                to_actor_id=account.actor_id,
                link=HOME,
                ways=ways,
                once=f"planned review {planned.pk} {planned.day_mark} {account.actor_id}",
            )


def _who_comes(planned: PlannedReview, at: datetime) -> set[int]:
    """Actors of the family who may read of it: from 16 on the young person alone, unless they want their family there.

    Of parents only those who may know where the young person is.
    """
    readers = who_reads(planned.person_id, at)
    if not decides_about_family(planned.person, local_day(at)) or planned.pk in with_family([planned]):
        return readers
    own = OpenTopics.objects.filter(person_id=planned.person_id, involvement__because="own_record")
    return readers & set(own.values_list("actor_id", flat=True))

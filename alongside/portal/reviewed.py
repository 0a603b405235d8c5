"""What came out of a review, on the family's own pages: plain words, pictures, what happens now, and how it was.

They read what was issued for them, and nothing of who else was spoken of. What was recommended is read from the
ledger, so that it says what has happened since.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions.models import Action
from alongside.features.actions.queries import list_of_origin
from alongside.features.keyworking.handing_over.telling import family_accounts
from alongside.features.people.changing import answer_form
from alongside.features.people.told_where import TELL_WHERE
from alongside.features.reviews.holding.afterwards import record_feedback
from alongside.features.reviews.holding.forms import PICTURES
from alongside.features.reviews.holding.forms_afterwards import FiveForm
from alongside.features.reviews.holding.queries import newest_faces
from alongside.features.reviews.models import ReportFace, ReviewFeedback, ReviewReport
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.portal import reading
from alongside.portal.meetings_ahead import ahead
from alongside.portal.promises import shown_promise
from alongside.portal.reading import Mine

FAMILY = (Role.YOUNG_PERSON, Role.FAMILY)
FACES = {"easy": "Pictures", "plain": "Words"}
SUBJECT = "There is something new for you"
BODY = "You can read on your page what came out of the meeting. You can also tell us how it was."
HOME = "/mine"


def _mine(request: Request, reference: str, page: str) -> Mine:
    """404 where nothing of reviews is open to this reader: nothing tells them that there is one."""
    mine = reading.mine(request, reference, page)
    if Topic.REVIEW not in mine.reach.topics:
        raise Http404
    return mine


def reports(mine: Mine) -> list[ReviewReport]:
    """The newest version of each review's report that this reader gets, the newest review first.

    Where the young person said no to the family getting it, it is theirs alone.
    """
    if not mine.told_where:
        return []
    found = newest_faces(mine.me, mine.person, (ReportFace.Face.FAMILY, ReportFace.Face.EASY))
    objects = ReviewReport.FamilyGets.OBJECTS
    return [one for one in found if mine.own or one.family_gets != objects]


@for_roles(*FAMILY)
def meetings(request: Request, reference: str) -> HttpResponse:
    """The meetings ahead, and every one about them that was written down for them."""
    mine = _mine(request, reference, "family meetings")
    told = {"reports": reports(mine), "ahead": ahead(mine, request.at)}
    return render(request, "portal/meetings.html", _frame(mine) | told)


@for_roles(*FAMILY)
def meeting(request: Request, reference: str, review_id: int) -> HttpResponse:
    """What came out of one meeting, what happens now, and what one said about it."""
    mine = _mine(request, reference, "family meeting")
    report = _find(mine, review_id)
    faces: dict[str, Any] = {one.face: one.body for one in report.faces.all()}
    easy = faces.get(ReportFace.Face.EASY, {}).get("easy")
    chosen = request.GET.get("face", "plain")
    rows = list_of_origin(request.me, Action.Origin.REVIEW, [review_id])
    said = ReviewFeedback.objects.visible_to(request.me).filter(review=review_id, recorded_by_id=request.me.id)
    context = _frame(mine) | {
        "report": report,
        "body": faces.get(ReportFace.Face.FAMILY, {}),
        "easy": easy,
        "faces": FACES if easy else {},
        "face": "easy" if easy and chosen == "easy" else "plain",
        "pictures": PICTURES,
        "promises": [shown_promise(mine, row) for row in rows],
        "said": said.order_by("-pk").first(),
    }
    return render(request, "portal/meeting.html", context)


@for_roles(*FAMILY)
def how_it_was(request: Request, reference: str, review_id: int) -> HttpResponse:
    """One's own word on how the meeting was."""
    mine = _mine(request, reference, "family meeting answer")
    report = _find(mine, review_id)
    voice = ReviewFeedback.Voice.YOUNG_PERSON if mine.own else ReviewFeedback.Voice.FAMILY
    return answer_form(
        request,
        FiveForm(request.POST if request.method == "POST" else None, own=mine.own),
        lambda note, given: record_feedback(
            note,
            review=report.review,
            voice=voice,
            name=mine.name if mine.own else mine.me.name,
            answers=dict(given),
            said=given["said"],
        ),
        go_to=f"/mine/{mine.person.reference}/meetings/{review_id}",
        saved="Thank you. We have got it.",
        template="portal/plan_form.html",
        context=_frame(mine)
        | {"title": "How was the meeting?", "button": "Tell us", "about": "You can leave questions out."},
    )


def _find(mine: Mine, review_id: int) -> ReviewReport:
    found = next((one for one in reports(mine) if one.review_id == review_id), None)
    if found is None:
        raise Http404
    return found


def _frame(mine: Mine) -> dict[str, Any]:
    return {"mine": mine, "person": mine.person, "own": mine.own}


def tell_family_of_report(notes: Notes) -> None:
    """Whoever has pages of their own is told, once for each version, that there is something new to read.

    Runs in the same transaction as the issue. Whoever may not read of it is told nothing.
    """
    for event in list(notes.events):
        if event.code != "review.reported" or not event.person_id:
            continue
        report = ReviewReport.objects.get(pk=event.subject_id or 0)
        if report.family_gets != ReviewReport.FamilyGets.PAGE:
            continue
        readers = who_reads(event.person_id, notes.at)
        for account in family_accounts([event.person_id], notes.at).get(event.person_id, []):
            if account.actor_id not in readers:
                continue
            ways = [sms(account.phone, link=HOME)] if account.phone else []
            ways = ways or ([email(account.email, link=HOME)] if account.email else [])
            queue_message(
                notes,
                icb_id=report.recorded_icb_id,
                kind="review.report",
                subject=SUBJECT,
                body=BODY,
                to_actor_id=account.actor_id,
                link=HOME,
                ways=ways,
                once=f"review report {report.pk} {account.actor_id}",
            )


def who_reads(person_id: int, at: datetime, topic: Topic = Topic.REVIEW) -> set[int]:
    """Actors who may read of this topic, and where the person is: nobody else is told that there was such a thing."""
    now = Q(to_at=None) | Q(to_at__gt=at)
    rows = OpenTopics.objects.filter(now, person_id=person_id, topics__contains=[topic], from_at__lte=at)
    where = Q(topics__overlap=[topic.value for topic in TELL_WHERE]) | Q(involvement__because="own_record")
    return set(rows.filter(where).values_list("actor_id", flat=True))

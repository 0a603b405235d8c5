"""The report: plain words and easy read, what each face says, issuing it, and reading a version."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.reviews.holding import access, queries, text
from alongside.features.reviews.holding.forms import MOST_LINES, PICTURES, IssueForm, PlainForm
from alongside.features.reviews.holding.operations import write_plainly
from alongside.features.reviews.holding.report import due_of, faces_of, issue_report
from alongside.features.reviews.holding.views import data_of, opened, today_of, writing
from alongside.features.reviews.models import ReportFace
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.policy.enquiry import OURS


@for_roles(*access.HOLDS)
def plain(request: Request, reference: str, review_id: int) -> HttpResponse:
    """The review in plain words, and as easy read with pictures."""
    one = writing(request, reference, review_id)
    row = one.write_up
    typed = sum(1 for name in request.POST if name.startswith("line_"))
    begin: dict[str, Any] = {"plain": row.plain, "seen": row.version}
    for place, (picture, line) in enumerate(row.easy):
        begin |= {f"picture_{place}": picture, f"line_{place}": line}
    form = PlainForm(data_of(request), initial=begin, lines=typed or len(row.easy) + 3)
    return answer_form(
        request,
        form,
        lambda note, given: write_plainly(note, write_up=row, plain=given["plain"], easy=form.easy, seen=given["seen"]),
        go_to=f"{one.page}/report",
        saved=text.KEPT,
        template="reviews_held/plain.html",
        context={"person": one.person, "here": one.page, "pictures": PICTURES, "most": MOST_LINES},
    )


@for_roles(*access.HOLDS)
def report(request: Request, reference: str, review_id: int) -> HttpResponse:
    """What each version will say, and issuing it."""
    one = writing(request, reference, review_id)
    row, today = one.write_up, today_of(request)
    issued = queries.list_reports(request.me, one.review)
    due = due_of(one.review)
    late = not issued and today > due.value
    form = IssueForm(data_of(request), initial={"seen": row.version}, late=late)
    return answer_form(
        request,
        form,
        lambda note, given: issue_report(
            note,
            by=request.me,
            write_up=row,
            family_gets=given["family_gets"],
            family_words=given["family_words"],
            late_because=given.get("late_because", ""),
            seen=given["seen"],
        ),
        go_to=one.page,
        saved=text.ISSUED,
        template="reviews_held/issue.html",
        context={
            "person": one.person,
            "review": one.review,
            "here": one.page,
            "write_up": row,
            "faces": faces_of(request.me, row),
            "issued": issued,
            "due": due,
            "late": late,
            "pictures": PICTURES,
            "source": row.line_set.source if row.line_set else OURS,
        },
    )


@for_roles(*access.READS)
def version(request: Request, reference: str, review_id: int, version: int, face: str) -> HttpResponse:
    """A version as it was issued."""
    one = opened(request, reference, review_id)
    found = queries.find_face(request.me, one.review, version, face)
    if found is None:
        raise Http404
    context = {
        "person": one.person,
        "review": one.review,
        "here": one.page,
        "report": found.report,
        "face": found,
        "body": found.body,
        "faces": ReportFace.Face.choices,
        "pictures": PICTURES,
        "ours": OURS,
    }
    return render(request, "reviews_held/version.html", context)

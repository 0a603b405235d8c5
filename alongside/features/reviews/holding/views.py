"""One held review: where it stands, the carry-over page, what was recommended, how it was told, and its end."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions import text as actions_text
from alongside.features.actions.models import Action
from alongside.features.actions.queries import list_of_origin
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.features.reviews.holding import access, queries, text
from alongside.features.reviews.holding.carrying import account_for, count_left, list_carried
from alongside.features.reviews.holding.forms import CarryForm, FinishForm, ToldForm
from alongside.features.reviews.holding.lines import findings_of, lines_of, unanswered
from alongside.features.reviews.holding.operations import finish_writing, tell_person
from alongside.features.reviews.holding.report import due_of
from alongside.features.reviews.holding.what_next import what_next
from alongside.features.reviews.models import CarriedOver, Review, WriteUp
from alongside.features.reviews.organising.preparing import not_in_time_before
from alongside.features.reviews.organising.queries import late_words
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.policy.enquiry import ASKED, MET, OURS, PERSONAL, SAID, SCORE_IS_OURS, SETS, quality_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A review that this reader opened."""

    reach: Reach
    review: Review
    write_up: WriteUp | None

    @property
    def person(self) -> Person:
        return self.reach.person

    @property
    def page(self) -> str:
        return f"/people/{self.person.reference}/reviews/{self.review.pk}"


@dataclass(frozen=True, slots=True)
class Writing(Opened):
    """One that this reader writes up."""

    write_up: WriteUp


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def opened(request: Request, reference: str, review_id: int) -> Opened:
    """404 outside scope, and for a review of somebody else."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    review = queries.find_review(request.me, reach.person, review_id)
    if review is None:
        raise Http404
    write_up = queries.write_up_of(review) if not request.me.holds(*access.PARTNERS) else None
    record_look(request.me, "review", [reach.person.pk], at=request.at)
    return Opened(reach, review, write_up)


def writing(request: Request, reference: str, review_id: int) -> Writing:
    """The same, to write it up: 403 for whoever may only read, 404 for what is not written up."""
    one = opened(request, reference, review_id)
    if not access.holds(request.me, one.reach):
        raise PermissionDenied(MAY_NOT)
    if one.write_up is None:
        raise Http404
    return Writing(one.reach, one.review, one.write_up)


@for_roles(*access.READS)
def review(request: Request, reference: str, review_id: int) -> HttpResponse:
    """Where a review stands: what was recommended before, findings, what is recommended, report, and afterwards."""
    one = opened(request, reference, review_id)
    me, write_up = request.me, one.write_up
    reports = queries.list_reports(me, one.review)
    context: dict[str, Any] = {
        "person": one.person,
        "review": one.review,
        "here": one.page,
        "write_up": write_up,
        "writes": write_up is not None and access.holds(me, one.reach),
        "oversees": me.holds_in(one.person.icb_id, *access.OVERSEES),
        "actions": list_of_origin(me, Action.Origin.REVIEW, [one.review.pk]),
        "reports": reports,
        "today": today_of(request),
        "text": text,
        "actions_text": actions_text,
    }
    if write_up is not None:
        reported = bool(reports)
        standing = _standing(request, write_up, reported=reported)
        around = queries.around(me, one.review, reported=reported)
        quality = around.get("quality")
        context |= {"score": quality_of(quality.items) if quality else None, "score_is_ours": SCORE_IS_OURS}
        comes = what_next(write_up, left=standing["left"], lines=standing["lines"], reports=reports, around=around)
        context |= standing | around | {"comes": comes}
    return render(request, "reviews_held/review.html", context)


def _standing(request: Request, write_up: WriteUp, *, reported: bool) -> dict[str, Any]:
    carried, found = list_carried(request.me, write_up.review), findings_of(write_up)
    left = sum(1 for row in carried if not row.answer)
    return {
        "carried": carried,
        # Also what this reader may not read is to be accounted for, before there is a report.
        "left": left if reported else count_left(write_up.review),
        "lines": [(line, found.get(line.key)) for line in lines_of(write_up)],
        "late": late_words(write_up.review) if write_up.planned_number else "",
        "not_in_time": not_in_time_before(request.me, write_up, now=request.at),
        "which": SETS[write_up.which],
        "source": write_up.line_set.source if write_up.line_set else OURS,
        "report_due": None if reported else due_of(write_up.review),
        "asked": ASKED,
        "said": SAID,
        "met": MET,
        "personal": PERSONAL,
    }


@for_roles(*access.HOLDS)
def carried(request: Request, reference: str, review_id: int) -> HttpResponse:
    """The first page of a review: what became of each earlier recommendation."""
    one = writing(request, reference, review_id)
    rows = list_carried(request.me, one.review)
    begin: dict[str, Any] = {}
    for row in rows:
        begin |= {f"answer_{row.pk}": row.answer, f"because_{row.pk}": row.because}
    form = CarryForm(data_of(request), rows=rows, initial=begin)

    def act(note: Notes, given: Any) -> None:
        for row, answer, because in form.accounted:
            account_for(note, by=request.me, carried=row, answer=answer, because=because)

    left = count_left(one.review)
    context = {
        "person": one.person,
        "review": one.review,
        "rows": _with_actions(form, rows),
        "left": left,
        "hidden_left": left - sum(1 for row in rows if not row.answer),
        "today": today_of(request),
        "text": text,
        "actions_text": actions_text,
        "here": one.page,
    }
    return answer_form(
        request,
        form,
        act,
        go_to=one.page,
        saved=text.ACCOUNTED_FOR,
        template="reviews_held/carried.html",
        context=context,
    )


def _with_actions(form: CarryForm, rows: list[CarriedOver]) -> list[dict[str, Any]]:
    known = _actions_of(rows)
    return [
        {
            "row": row,
            "action": known.get(row.action_number),
            "answer": form[f"answer_{row.pk}"],
            "because": form[f"because_{row.pk}"],
        }
        for row in rows
    ]


def _actions_of(rows: list[CarriedOver]) -> dict[int, Action]:
    """Each as it stands after corrections, by the number it goes by."""
    numbers = [row.action_number for row in rows]
    found = Action.objects.filter(superseded_by=None, pk__in=numbers) | Action.objects.filter(
        superseded_by=None, root_id__in=numbers
    )
    return {one.number: one for one in found.select_related("owner", "owner_organisation", "person")}


@for_roles(*access.HOLDS)
def told(request: Request, reference: str, review_id: int) -> HttpResponse:
    """What was found was told to the person and family on the day; or why not."""
    one = writing(request, reference, review_id)
    row, held = one.write_up, one.review.held_at.astimezone(LONDON).date()
    begin = {
        "told_on": row.told_on or held,
        "told_how": row.told_how,
        "told_words": row.told_words,
        "seen": row.version,
    }
    return answer_form(
        request,
        ToldForm(data_of(request), initial=begin, today=today_of(request)),
        lambda note, given: tell_person(
            note,
            write_up=row,
            on=given["told_on"],
            how=given["told_how"],
            words=given["told_words"],
            seen=given["seen"],
        ),
        go_to=one.page,
        saved=text.KEPT,
        context={"title": "What they were told on the day", "person": one.person},
    )


@for_roles(*access.HOLDS)
def finish(request: Request, reference: str, review_id: int) -> HttpResponse:
    """The outcome, and that the write-up is complete."""
    one = writing(request, reference, review_id)
    row = one.write_up
    missing = unanswered(row)
    begin = {"outcome": row.outcome_code, "words": row.outcome_words, "seen": row.version}
    return answer_form(
        request,
        FinishForm(data_of(request), initial=begin),
        lambda note, given: finish_writing(
            note,
            by=request.me,
            write_up=row,
            outcome=given["outcome"],
            words=given["words"],
            seen=given["seen"],
        ),
        go_to=one.page,
        saved=text.KEPT,
        context={
            "title": "What came out of the review",
            "person": one.person,
            "warning": f"Still to be answered: {'; '.join(missing)}" if missing else "",
        },
    )

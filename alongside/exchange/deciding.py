"""One row that waits for a person: who it is, or which of two facts is right."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.exchange import text
from alongside.exchange.forms import DifferencesForm, RefusedForm, WhoForm
from alongside.exchange.matching import held_areas
from alongside.exchange.models import ImportRow
from alongside.exchange.queries import get_row, get_run
from alongside.exchange.settling import (
    decide_differences,
    list_candidates,
    list_closed_alike,
    prepare_again,
    settle_refused,
    settle_row,
)
from alongside.features.people.changing import ALREADY, perform
from alongside.features.people.models import ClosedRecord, Person
from alongside.foundation import clock
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look


@for_roles(Role.COORDINATOR)
def decide_row(request: Request, row_id: int) -> HttpResponse:
    """Side by side: what the sheet says, and what the record says."""
    row = get_row(request.me, row_id)
    if row.outcome == ImportRow.Outcome.REVIEW and row.settled_at is None:
        return _who(request, row)
    if row.outcome == ImportRow.Outcome.REFUSED and row.settled_at is None:
        return _refused(request, row)
    return _differences(request, row)


def _who(request: Request, row: ImportRow) -> HttpResponse:
    prepared = prepare_again(row, clock.today())
    candidates, closed = list_candidates(request.me, row, prepared), list_closed_alike(row, prepared)
    form = WhoForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if form.is_bound and form.is_valid() and (answer := _settle(request, row, form)):
        return answer
    return _page(request, row, form, candidates=candidates, closed=closed)


def _settle(request: Request, row: ImportRow, form: WhoForm) -> HttpResponse | None:
    person = None
    if reference := form.wanted_reference():
        held = held_areas(row.icb_id)
        found = Person.objects.visible_to(request.me).filter(reference=reference, icb_id__in=held, survivor=None)
        person = found.first()
        if person is None:
            form.add_error("reference", "Nobody of this ICB has this reference. Check it on the person's page")
            return None
    outcome = perform(
        request,
        form,
        lambda note, given: settle_row(
            note, row_id=row.pk, choice=given["choice"], person=person, by=request.me, today=clock.today()
        ),
    )
    return _after(request, row, outcome, "Your answer was saved.")


def _refused(request: Request, row: ImportRow) -> HttpResponse:
    form = RefusedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        outcome = perform(
            request,
            form,
            lambda note, given: settle_refused(note, run=row.run, row_id=row.pk, how=given["how"], by=request.me),
        )
        if answer := _after(request, row, outcome, "Your answer was saved."):
            return answer
    return _page(request, row, form)


@for_roles(Role.COORDINATOR)
def settle_all_refused(request: Request, run_id: int) -> HttpResponse:
    """The same answer for every row of a sheet that could not be taken."""
    run = get_run(request.me, run_id)
    form = RefusedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        outcome = perform(
            request,
            form,
            lambda note, given: settle_refused(note, run=run, row_id=None, how=given["how"], by=request.me),
        )
        told = {"done": "Your answer was saved.", "already": ALREADY}.get(
            outcome, "Somebody has already dealt with this."
        )
        messages.success(request, told)
        return redirect("import_run", run.pk)
    context = {"form": form, "run": run}
    return render(request, "exchange/refused.html", context, status=422 if form.is_bound else 200)


def _differences(request: Request, row: ImportRow) -> HttpResponse:
    waiting = list(row.differences.filter(decision="").order_by("pk"))
    form = DifferencesForm(request.POST if request.method == "POST" else None, differences=waiting)
    if form.is_bound and form.is_valid():
        outcome = perform(
            request,
            form,
            lambda note, given: decide_differences(
                note, row_id=row.pk, decisions=form.decisions(), by=request.me, at=request.at, today=clock.today()
            ),
        )
        if answer := _after(request, row, outcome, "What you decided was saved."):
            return answer
    return _page(request, row, form, waiting=waiting)


def _after(request: Request, row: ImportRow, outcome: str, saved: str) -> HttpResponse | None:
    if outcome not in ("done", "already", "settled", "decided"):
        return None
    told = {"done": saved, "already": ALREADY}.get(outcome, "Somebody has already decided about this.")
    messages.success(request, told)
    still = row.differences.filter(decision="").exists()
    return redirect("import_row", row.pk) if still else redirect("import_decide")


def _in_order(row: ImportRow) -> list[str]:
    """The headings of a row from left to right, as in the sheet; the database keeps texts in an order of its own."""
    headings = [column["heading"] for column in row.run.mapping.get("columns", ())]
    return sorted(row.raw, key=lambda heading: headings.index(heading) if heading in headings else len(headings))


def _page(
    request: Request,
    row: ImportRow,
    form: OnceForm,
    *,
    candidates: Sequence[Person] = (),
    closed: Sequence[ClosedRecord] = (),
    waiting: Any = (),
) -> HttpResponse:
    person = Person.objects.visible_to(request.me).filter(pk=row.person_id).first() if row.person_id else None
    looked_at = [one.pk for one in candidates] + [one.person_id for one in closed] + ([person.pk] if person else [])
    record_look(request.me, "import row", looked_at, at=request.at)
    context = {
        "row": row,
        "form": form,
        "person": person,
        "asks_who": isinstance(form, WhoForm | RefusedForm),
        "candidates": candidates,
        "closed": closed,
        "waiting": waiting,
        "texts": [{"key": heading, "value": text.in_words(str(row.raw[heading]))} for heading in _in_order(row)],
    }
    return render(request, "exchange/row.html", context, status=422 if form.is_bound else 200)

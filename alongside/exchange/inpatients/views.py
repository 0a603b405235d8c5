"""Comparing the commissioner's inpatient file with the record, and working each row."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.exchange.inpatients import text
from alongside.exchange.inpatients.forms import DecideForm, FileForm
from alongside.exchange.inpatients.models import InpatientFile, InpatientLine
from alongside.exchange.inpatients.operations import WORKS, areas_of, compare_file, decide_line
from alongside.exchange.sheets import BadMapping, PreparedRow, Sheet, Unreadable, prepare, propose_mapping, read_sheet
from alongside.features.hospital.inpatient.text import sections
from alongside.features.people.changing import answer_form, perform
from alongside.features.people.models import Person
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms.fields import without_controls
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

PAGE = 100
MOST_FILES = 50
LARGEST = 10**12
WAITING = Q(lines__decision="") & ~Q(lines__outcome=InpatientLine.Outcome.MATCH)


@for_roles(*WORKS)
def inpatient_files(request: Request) -> HttpResponse:
    """Send a file in; and those compared so far."""
    areas, today = areas_of(request.me), request.at.astimezone(LONDON).date()
    form = FileForm(areas=areas, today=today, initial={"as_at": today})
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, areas=areas, today=today)
        if form.is_valid() and (answer := _receive(request, form)):
            return answer
    files = InpatientFile.objects.filter(icb_id__in=areas).annotate(many=Count("lines"))
    files = files.annotate(waiting=Count("lines", filter=WAITING)).select_related("compared_by")
    context = {
        "form": form,
        "files": files.order_by("-as_at", "-pk")[:MOST_FILES],
        "sections": sections(request.me, "/inpatient-files"),
    }
    return render(request, "exchange/inpatient_files.html", context, status=422 if form.is_bound else 200)


def _receive(request: Request, form: FileForm) -> HttpResponse | None:
    file = form.cleaned_data["sheet"]
    name = without_controls(file.name or "").replace("\n", " ").strip() or "file"
    try:
        sheet = read_sheet(file.read(), name)
        rows = _rows(request, sheet)
    except Unreadable as problem:
        form.add_error("sheet", problem.sentence)
        return None
    except BadMapping:
        # Here nobody can say which column is which: the file itself is put right.
        form.add_error("sheet", text.NOBODY)
        return None
    made: list[InpatientFile] = []

    def act(note: Notes, given: Any) -> None:
        icb = Organisation.objects.get(pk=form.area_id())
        made.append(
            compare_file(
                note, icb=icb, file_name=name, digest=sheet.digest, rows=rows, as_at=given["as_at"], by=request.me
            )
        )

    outcome = perform(request, form, act)
    if outcome == "already":
        return redirect("inpatient_files")
    return redirect("inpatient_file", made[0].pk) if outcome == "done" else None


def _rows(request: Request, sheet: Sheet) -> tuple[PreparedRow, ...]:
    return prepare(sheet, propose_mapping(sheet), request.at.astimezone(LONDON).date()).rows


@for_roles(*WORKS)
def inpatient_file(request: Request, file_id: int) -> HttpResponse:
    """What came of each row: what waits for a decision first, matches last."""
    file = InpatientFile.objects.filter(pk=file_id, icb_id__in=areas_of(request.me)).first()
    if file is None:
        raise Http404
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in InpatientLine.Outcome.values else ""
    lines = InpatientLine.objects.filter(file=file)
    counted = dict(lines.values_list("outcome").annotate(many=Count("pk")).order_by())
    after = request.GET.get("after", "")
    after_id = min(int(after), LARGEST) if after.isascii() and after.isdecimal() and len(after) < 14 else 0
    chosen = lines.filter(outcome=outcome) if outcome else lines
    found = list(chosen.filter(pk__gt=after_id).select_related("decided_by").order_by("pk")[: PAGE + 1])
    ids = [line.person_id for line in found if line.person_id]
    record_look(request.me, "inpatient file", ids, at=request.at)
    people = Person.objects.visible_to(request.me).filter(pk__in=ids).values_list("pk", "reference") if ids else []
    kept = f"outcome={outcome}&" if outcome else ""
    context = {
        "file": file,
        "lines": found[:PAGE],
        "people": dict(people),
        "counts": [("in all", sum(counted.values()), "?", not outcome)]
        + [
            (label.lower(), counted.get(value, 0), f"?outcome={value}", outcome == value)
            for value, label in InpatientLine.Outcome.choices
        ],
        "text": text,
        "next_url": f"?{kept}after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
    }
    return render(request, "exchange/inpatient_file.html", context)


@for_roles(*WORKS)
def inpatient_line(request: Request, line_id: int) -> HttpResponse:
    """One row: what both say, and what a person decides."""
    lines = InpatientLine.objects.filter(icb_id__in=areas_of(request.me)).select_related("file", "decided_by")
    line = lines.filter(pk=line_id).first()
    if line is None:
        raise Http404
    person = Person.objects.visible_to(request.me).filter(pk=line.person_id).first() if line.person_id else None
    if line.person_id and person is None:
        raise Http404
    record_look(request.me, "inpatient file", [person.pk] if person else [], at=request.at)

    def act(note: Notes, given: Any) -> None:
        locked = InpatientLine.objects.select_for_update().get(pk=line.pk)
        decide_line(note, line=locked, decision=given["decision"], because=given["because"], by=request.me)

    return answer_form(
        request,
        DecideForm(request.POST if request.method == "POST" else None),
        act,
        go_to=f"/inpatient-files/{line.file_id}",
        saved=text.SAVED,
        template="exchange/inpatient_line.html",
        context={
            "line": line,
            "who": person,
            "what_to_do": text.WHAT_TO_DO.get(InpatientLine.Outcome(line.outcome), ""),
            "text": text,
        },
    )

"""Importing a register: send a sheet in, say what its columns are, check, confirm, decide what is left."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.exchange import text
from alongside.exchange.access import import_areas
from alongside.exchange.forms import ColumnsForm, ConfirmForm, SheetForm, UploadForm
from alongside.exchange.models import ImportRun
from alongside.exchange.operations import choose_sheet, discard_run, leave_to_worker, map_columns, start_run
from alongside.exchange.queries import NEEDS, get_run, has_work, list_runs, read_rows, waiting_rows, waits_refused
from alongside.exchange.running import check_run, find_mapping, finish_run, is_long, sheet_of
from alongside.exchange.sheets import BadMapping, Mapping, Sheet, Unreadable, propose_mapping, read_sheet
from alongside.features.people.changing import ALREADY, perform
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.forms.fields import without_controls
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

WORKING = (ImportRun.State.CHECKING, ImportRun.State.RUNNING)
REFRESH_SECONDS = 4
LARGEST_PLACE = 40_000_000


@for_roles(Role.COORDINATOR, Role.MANAGER)
def imports(request: Request) -> HttpResponse:
    """Send a sheet in; and the imports so far. A manager reads who imports, and why it is not they."""
    areas = import_areas(request.me)
    if not areas:
        return render(request, "exchange/not_yours.html")
    form = UploadForm(request.POST or None, request.FILES or None, areas=areas)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, areas=areas)
        if form.is_valid() and (answer := _receive(request, form)):
            return answer
    context = {
        "form": form,
        "runs": [_shown_run(run) for run in list_runs(request.me)],
        "waiting": waiting_rows(request.me).count(),
        "areas": areas,
    }
    return render(request, "exchange/imports.html", context, status=422 if form.is_bound else 200)


def _receive(request: Request, form: UploadForm) -> HttpResponse | None:
    file = form.cleaned_data["sheet"]
    name, content = without_controls(file.name or "").replace("\n", " ").strip() or "sheet", file.read()
    try:
        sheet = read_sheet(content, name)
        mapping = find_mapping(sheet, form.area_id())
    except (Unreadable, BadMapping) as problem:
        form.add_error("sheet", getattr(problem, "sentence", "") or str(problem))
        return None
    made: list[ImportRun] = []

    def start(note: Notes, given: Any) -> None:
        icb = Organisation.objects.get(pk=form.area_id())
        listing = given["listing"]
        made.append(
            start_run(
                note,
                icb=icb,
                listing=listing,
                file_name=name,
                content=content,
                sheet=sheet,
                mapping=mapping,
                by=request.me,
            )
        )

    outcome = perform(request, form, start)
    if outcome == "already":
        first = ImportRun.objects.filter(started_by_id=request.me.id, sha256=sheet.digest).order_by("-id").first()
        return redirect("import_run", first.pk) if first else redirect("imports")
    return redirect("import_columns", made[0].pk) if outcome == "done" else None


def _shown_run(run: ImportRun) -> dict[str, Any]:
    state, colour = text.STATES[ImportRun.State(run.state)]
    return {"run": run, "state": state, "colour": colour}


@for_roles(Role.COORDINATOR)
def columns(request: Request, run_id: int) -> HttpResponse:
    """What each column is: proposed, and corrected by a person."""
    run = get_run(request.me, run_id)
    if run.state in (*WORKING, ImportRun.State.DONE) or not has_work(run):
        return redirect("import_run", run.pk)
    try:
        sheet = sheet_of(run)
        mapping = propose_mapping(sheet, saved=Mapping.from_json(run.mapping))
    except (Unreadable, BadMapping) as problem:
        messages.error(request, getattr(problem, "sentence", "") or str(problem))
        return redirect("imports")
    if request.method == "POST" and request.POST.get("step") == "sheet":
        return _other_sheet(request, run, sheet)
    form = ColumnsForm(mapping=mapping, sheet=sheet)
    if request.method == "POST":
        form = ColumnsForm(request.POST, mapping=mapping, sheet=sheet)
        if form.is_valid():
            outcome = perform(request, form, lambda note, given: _map_and_check(request, note, run_id, sheet, form))
            if outcome in ("done", "already"):
                return redirect("import_run", run.pk)
    context = {"form": form, "run": run, "sheet": sheet, "mapping": mapping, "sheet_form": _sheet_form(run, sheet)}
    return render(request, "exchange/columns.html", context, status=422 if form.is_bound else 200)


def _sheet_form(run: ImportRun, sheet: Sheet, data: Any = None) -> SheetForm | None:
    if not sheet.other_sheets:
        return None
    return SheetForm(data, names=[sheet.sheet_name, *sheet.other_sheets], initial={"name": sheet.sheet_name})


def _other_sheet(request: Request, run: ImportRun, sheet: Sheet) -> HttpResponse:
    form = _sheet_form(run, sheet, request.POST)
    if form is None or not form.is_valid():
        messages.error(request, "Select a sheet of the workbook.")
        return redirect("import_columns", run.pk)
    wanted = form.cleaned_data["name"]
    try:
        chosen = sheet_of(run, wanted)
        mapping = find_mapping(chosen, run.icb_id)
    except (Unreadable, BadMapping) as problem:
        messages.error(request, getattr(problem, "sentence", "") or str(problem))
        return redirect("import_columns", run.pk)

    def change(note: Notes, given: Any) -> None:
        locked = get_run(request.me, run.pk, lock=True)
        _check_open(locked)
        choose_sheet(note, run=locked, sheet=chosen, mapping=mapping, by=request.me)

    confirm = ConfirmForm({"submission": ConfirmForm()["submission"].value()})
    confirm.full_clean()
    perform(request, confirm, change)
    return redirect("import_columns", run.pk)


def _check_open(run: ImportRun) -> None:
    if run.state in (*WORKING, ImportRun.State.DONE):
        raise NotNow("import_going", "This import has gone on meanwhile. Look at how far it is.")


def _map_and_check(request: Request, note: Notes, run_id: int, sheet: Sheet, form: ColumnsForm) -> None:
    run = get_run(request.me, run_id, lock=True)
    _check_open(run)
    map_columns(note, run=run, mapping=form.mapped(), save=bool(form.cleaned_data["save"]), by=request.me)
    if is_long(run):
        leave_to_worker(note, run=run, state=ImportRun.State.CHECKING, words=f"{run.file_name} is being checked.")
    else:
        check_run(note, run=run, sheet=sheet, me=request.me, today=clock.today())


@for_roles(Role.COORDINATOR)
def run_page(request: Request, run_id: int) -> HttpResponse:
    """How far an import is, and what becomes of each row."""
    run = get_run(request.me, run_id)
    if run.state == ImportRun.State.MAPPING:
        return redirect("import_columns", run.pk)
    if run.state in WORKING:
        response = render(request, "exchange/working.html", {"run": run, "work": getattr(run, "work", None)})
        response.headers["Refresh"] = str(REFRESH_SECONDS)
        return response
    return _results(request, run, ConfirmForm())


def _results(request: Request, run: ImportRun, form: ConfirmForm, status: int = 200) -> HttpResponse:
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in text.OUTCOMES else ""
    page = read_rows(run, outcome=outcome, after=_number(request, "after"), before=_number(request, "before"))
    ids = [row.person_id for row in page.rows if row.person_id]
    record_look(request.me, "import", ids, at=request.at)
    people = Person.objects.visible_to(request.me).filter(pk__in=ids).values_list("pk", "reference") if ids else []
    chosen = f"outcome={outcome}&" if outcome else ""
    shown = [
        (text.OUTCOMES[name].lower(), run.counts.get(name, 0), f"?outcome={name}", outcome == name)
        for name in text.OUTCOMES
    ]
    many = run.counts.get("rows", 0)
    context = {
        "run": run,
        "form": form,
        "has_work": has_work(run),
        "counts": [("row" if many == 1 else "rows", many, "?", not outcome), *shown] if run.counts else [],
        "outcome": outcome,
        "outcomes": text.OUTCOMES,
        "colours": text.OUTCOME_COLOURS,
        "hint": text.OUTCOME_HINTS.get(outcome, ""),
        "rows": page.rows,
        "people": dict(people),
        "refused": run.state == ImportRun.State.DONE and waits_refused(run),
        "previous_url": f"?{chosen}before={page.before}" if page.before else "",
        "next_url": f"?{chosen}after={page.after}" if page.after else "",
        "state": text.STATES[ImportRun.State(run.state)],
    }
    return render(request, "exchange/run.html", context, status=status)


def _number(request: Request, name: str) -> int:
    given = request.GET.get(name, "")
    return min(int(given), LARGEST_PLACE) if given.isdecimal() and given.isascii() and len(given) < 10 else 0


@for_roles(Role.COORDINATOR)
def confirm(request: Request, run_id: int) -> HttpResponse:
    """Yes: everything that was checked goes into the register, in one transaction."""
    run = get_run(request.me, run_id)
    if request.method != "POST":
        return redirect("import_run", run_id)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _results(request, run, form, status=422)
    outcome = perform(request, form, lambda note, given: _confirm(request, note, run_id))
    if outcome == "already":
        messages.success(request, ALREADY)
    if outcome in ("done", "already", "import_state"):
        return redirect("import_run", run_id)
    return _results(request, get_run(request.me, run_id), form, status=409)


def _confirm(request: Request, note: Notes, run_id: int) -> None:
    run = get_run(request.me, run_id, lock=True)
    if run.state != ImportRun.State.CHECKED:
        raise NotNow("import_state", "This import has gone on meanwhile.")
    if is_long(run):
        words = f"{request.me.name} had {run.file_name} imported."
        leave_to_worker(note, run=run, state=ImportRun.State.RUNNING, words=words)
        return
    try:
        sheet = sheet_of(run)
    except Unreadable as problem:
        raise NotNow("unreadable", problem.sentence) from None
    finish_run(note, run=run, sheet=sheet, me=request.me, today=clock.today(), wait=False)


@for_roles(Role.COORDINATOR)
def discard(request: Request, run_id: int) -> HttpResponse:
    """No: the sheet is not imported, and its file is not kept."""
    run = get_run(request.me, run_id)
    form = ConfirmForm(request.POST)
    if request.method == "POST" and form.is_valid():
        outcome = perform(
            request,
            form,
            lambda note, given: discard_run(note, run=get_run(request.me, run_id, lock=True), by=request.me),
        )
        if outcome == "done":
            messages.success(request, f"{run.file_name} was not imported. Nothing was written.")
            return redirect("imports")
        messages.error(request, " ".join(sentence for _, sentence in form.problems) or ALREADY)
    return redirect("import_run", run_id)


@for_roles(Role.COORDINATOR)
def to_decide(request: Request) -> HttpResponse:
    """Rows of finished imports that wait for somebody, the oldest first; of one sheet, when it is named."""
    run_id = _number(request, "run")
    rows = waiting_rows(request.me, run_id)
    if after := _number(request, "after"):
        rows = rows.filter(pk__gt=after)
    found = list(rows.order_by("pk")[:51])
    record_look(request.me, "import decisions", [row.person_id for row in found if row.person_id], at=request.at)
    context = {
        "rows": found[:50],
        "next_url": f"?{f'run={run_id}&' if run_id else ''}after={found[49].pk}" if len(found) > 50 else "",
        "needs": NEEDS,
    }
    return render(request, "exchange/to_decide.html", context)

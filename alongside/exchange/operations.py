"""What people do with a sheet. Each is called inside `recording()`, by somebody of the register team."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from alongside.exchange.access import check_may_import
from alongside.exchange.carrying import Setting
from alongside.exchange.models import ImportDifference, ImportRow, ImportRun, ImportWork, SavedMapping
from alongside.exchange.planning import Planned, count, plan
from alongside.exchange.queries import NEEDS
from alongside.exchange.said import shown_name_of
from alongside.exchange.sheets import Mapping, PreparedRow, Sheet
from alongside.exchange.text import BUSY
from alongside.exchange.writing import Progress, find_organisations, write_people
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.jobs.queueing import queue_job
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes

# Any number that no other lock of the service uses; the second part is the ICB.
IMPORT_LOCK = 7301
ROWS_AT_A_TIME = 1000
GO_ON = "alongside.exchange.tasks.go_on_with_import"


def start_run(
    note: Notes,
    *,
    icb: Organisation,
    listing: str,
    file_name: str,
    content: bytes | None,
    sheet: Sheet,
    mapping: Mapping,
    by: Me,
) -> ImportRun:
    """A sheet has arrived. With `content` its bytes are kept until the import is done."""
    check_may_import(by, icb.pk)
    run = ImportRun.objects.create(
        icb=icb,
        listing=listing,
        file_name=file_name[-200:],
        sha256=sheet.digest,
        sheet_name=sheet.sheet_name[:120],
        mapping=mapping.as_json(),
        state=ImportRun.State.MAPPING,
        started_by_id=by.id,
        started_at=note.at,
    )
    if content is not None:
        below = max(len(sheet.rows) - mapping.heading_row, 0)
        ImportWork.objects.create(run=run, icb=icb, content=content, rows_in_all=below)
    _say(note, run, "import.started", f"{by.name} sent in a sheet for the register: {run.file_name}.")
    return run


def map_columns(note: Notes, *, run: ImportRun, mapping: Mapping, save: bool, by: Me) -> None:
    """A person has said what each column is; with `save` the next sheet with these headings maps itself."""
    check_may_import(by, run.icb_id)
    run.mapping = mapping.as_json()
    run.save(update_fields=["mapping"])
    if save and mapping.fingerprint:
        SavedMapping.objects.update_or_create(
            icb_id=run.icb_id,
            fingerprint=mapping.fingerprint,
            defaults={"mapping": mapping.as_json(), "saved_by_id": by.id, "saved_at": note.at},
        )
    _say(note, run, "import.mapped", f"{by.name} said what the columns of {run.file_name} are.")


def choose_sheet(note: Notes, *, run: ImportRun, sheet: Sheet, mapping: Mapping, by: Me) -> None:
    """Another sheet of the same workbook is the register."""
    run.sheet_name = sheet.sheet_name[:120]
    run.save(update_fields=["sheet_name"])
    below = max(len(sheet.rows) - mapping.heading_row, 0)
    ImportWork.objects.filter(run=run).update(rows_in_all=below, rows_done=0)
    map_columns(note, run=run, mapping=mapping, save=False, by=by)


def leave_to_worker(note: Notes, *, run: ImportRun, state: str, words: str) -> None:
    """The worker goes on with it. The job is stored in the same transaction as the state that it finds."""
    set_state(note, run=run, state=state, words=words)
    ImportWork.objects.filter(run=run).update(rows_done=0)
    queue_job(GO_ON, run.pk)


def set_state(note: Notes, *, run: ImportRun, state: str, words: str, sentence: str = "") -> None:
    """Moves an import on, and says so."""
    run.state, run.sentence = state, sentence[:500]
    run.save(update_fields=["state", "sentence"])
    _say(note, run, f"import.{state}", words)


def lock_imports(icb_id: int, *, wait: bool) -> None:
    """One import at a time for each ICB, until the transaction ends. Raises NotNow when it may not wait."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, icb_id])
            return
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, icb_id])
        if not cursor.fetchone()[0]:
            raise NotNow("import_running", BUSY)


def write_import(
    note: Notes,
    *,
    run: ImportRun,
    rows: Sequence[PreparedRow],
    mapping: Mapping,
    today: date,
    by: Me,
    wait: bool = True,
    progress: Progress | None = None,
) -> list[Planned]:
    """Writes everybody who is new, keeps each row with what became of it, and closes the run."""
    check_may_import(by, run.icb_id)
    lock_imports(run.icb_id, wait=wait)
    planned = plan(by, run.icb_id, run.listing, rows, today)
    setting = setting_of(note, run, mapping, rows, today, by)
    new = [one for one in planned if one.outcome == "created"]
    people = write_people(note, setting, [one.row for one in new], progress)
    for one, person in zip(new, people, strict=True):
        one.person = person
    by_number = {one.row.number: one.person for one in planned}
    for one in planned:
        if one.first and one.outcome == "matched":
            one.person = by_number[one.first]
    keep_rows(run, planned)
    _keep_differences(run, planned)
    _ask_again(note, run, planned, by)
    run.state, run.counts, run.finished_at = ImportRun.State.DONE, count(planned), note.at
    run.sentence = ""
    run.save(update_fields=["state", "counts", "finished_at", "sentence"])
    ImportWork.objects.filter(run=run).delete()
    told = f"{run.counts['created']} new, {run.counts['matched']} already there, {run.counts['review']} to decide"
    note.matter("import", run.pk)
    _say(note, run, "import.done", f"{run.file_name} was imported: {told}.", counts=run.counts)
    return planned


def setting_of(
    note: Notes, run: ImportRun, mapping: Mapping, rows: Sequence[PreparedRow], today: date, by: Me
) -> Setting:
    """What all rows of an import have in common."""
    return Setting(
        icb_id=run.icb_id,
        listing=run.listing,
        by_id=by.id,
        at=note.at,
        today=today,
        run_id=run.pk,
        mapping=mapping,
        organisations=find_organisations(rows),
    )


def keep_rows(run: ImportRun, planned: Sequence[Planned]) -> None:
    """Each row of the sheet as it stood there, and what became of it. A later check of the run replaces them."""
    rows = [
        ImportRow(
            run=run,
            icb_id=run.icb_id,
            number=one.row.number,
            outcome=one.outcome,
            person_id=one.person.pk if one.person else None,
            shown_name=shown_name_of(one.row)[:160],
            sentences=one.sentences,
            raw=dict(one.row.raw),
            fingerprint=one.row.fingerprint,
        )
        for one in planned
    ]
    ImportRow.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["run", "number"],
        update_fields=["outcome", "person_id", "shown_name", "sentences", "raw", "fingerprint"],
    )


def _keep_differences(run: ImportRun, planned: Sequence[Planned]) -> None:
    differing = {one.row.number: one for one in planned if one.differences}
    if not differing:
        return
    rows = ImportRow.objects.filter(run=run, number__in=differing).values_list("number", "id")
    ImportDifference.objects.bulk_create(
        ImportDifference(
            row_id=row_id,
            icb_id=run.icb_id,
            person_id=differing[number].person.pk,  # type: ignore[union-attr]
            field=one.field,
            ours=one.ours[:300],
            theirs=one.theirs[:300],
        )
        for number, row_id in rows
        for one in differing[number].differences
    )


def _ask_again(note: Notes, run: ImportRun, planned: Sequence[Planned], by: Me) -> None:
    """A question that is asked again in this sheet is not asked twice: the older one is closed."""
    prints = [one.row.fingerprint for one in planned if one.outcome in NEEDS and one.row.fingerprint]
    older = ImportRow.objects.filter(
        icb_id=run.icb_id, outcome__in=NEEDS, fingerprint__in=prints, settled_at=None
    ).exclude(run=run)
    for earlier in older.values_list("run_id", flat=True).distinct():
        note.matter("import", earlier)
    older.update(settled_at=note.at, settled_by_id=by.id, settled_how="Asked again in a later sheet")


def fail_run(note: Notes, *, run: ImportRun, sentence: str) -> None:
    """Nothing was written; the sentence says why and what to do."""
    run.state, run.sentence = ImportRun.State.FAILED, sentence[:500]
    run.save(update_fields=["state", "sentence"])
    _say(note, run, "import.failed", f"The import of {run.file_name} stopped; nothing was written.")


def discard_run(note: Notes, *, run: ImportRun, by: Me) -> None:
    """A sheet that is not to be imported after all: its bytes go, the record that it came stays."""
    check_may_import(by, run.icb_id)
    if run.state in (ImportRun.State.DONE, ImportRun.State.RUNNING, ImportRun.State.CHECKING):
        raise NotNow("import_going", "This import can't be stopped now.")
    ImportWork.objects.filter(run=run).delete()
    set_state(
        note,
        run=run,
        state=ImportRun.State.FAILED,
        words=f"{by.name} decided not to import {run.file_name}.",
        sentence="Somebody decided not to import this sheet. Nothing was written.",
    )


def _say(note: Notes, run: ImportRun, code: str, words: str, **detail: Any) -> None:
    note(code, words=words, icb_id=run.icb_id, subject="import", subject_id=run.pk, **detail)

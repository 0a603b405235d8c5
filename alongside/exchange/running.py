"""Runs an import from beginning to end: for the command, for a page, and for the worker.

Progress is told as (rows done, rows in all). A run in the worker acts as the ICB's own 'Register import', a named
job with the role of a register coordinator for as long as it takes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from alongside.exchange import text
from alongside.exchange.models import ImportRun, ImportWork, SavedMapping
from alongside.exchange.operations import fail_run, keep_rows, lock_imports, set_state, start_run, write_import
from alongside.exchange.planning import Planned, count, plan
from alongside.exchange.sheets import (
    BadMapping,
    Mapping,
    Sheet,
    Unreadable,
    fingerprint_of_sheet,
    prepare,
    propose_mapping,
    read_sheet,
)
from alongside.exchange.writing import Progress
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Me, end_key, find_me, open_key
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.organisations.service import open_service
from alongside.foundation.recording.recording import Notes, recording

JOB_NAME = "Register import"
# Longer sheets are left to the worker.
MOST_ROWS_AT_ONCE = 2000
PROBLEMS = (Unreadable, BadMapping, NotNow, Refused)


class CannotImport(Exception):
    """The import can't begin. The message says why and what to do."""


@dataclass(frozen=True)
class Steps:
    """Told how far each part is."""

    reading: Progress | None = None
    writing: Progress | None = None


def find_icb(code: str, today: date) -> Organisation:
    """The ICB with this code. Raises CannotImport with a sentence."""
    icb = Organisation.objects.filter(kind=Organisation.Kind.ICB, code=code.strip()).first()
    if icb is None:
        raise CannotImport(
            f"There is no ICB with the code '{code}'. Check the code, or add it with `alongside load-organisations`."
        )
    if icb.closed_on and icb.closed_on <= today:
        raise CannotImport(f"{icb.name} closed on {icb.closed_on:%-d %B %Y}. Use the code of the ICB that took over.")
    return icb


@contextmanager
def acting_as_job(icb: Organisation, at: datetime, today: date) -> Iterator[Me]:
    """The ICB's 'Register import' acts inside. Its role and its key end with it."""
    held = _give_role(icb, at, today)
    key = open_key(held.actor_id, kind="command", factor="job", at=at)
    with context.asking_with(key):
        try:
            me = find_me(at)
            assert me is not None
            yield me
        finally:
            end_key(at)
            _end_role(held, at, today)


def _give_role(icb: Organisation, at: datetime, today: date) -> RoleHeld:
    with context.as_engine():
        engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
        with recording(by=engine, at=at) as note:
            teams = open_service(icb, on=today)
            actor, _ = Actor.objects.get_or_create(
                kind=Actor.Kind.JOB,
                name=JOB_NAME,
                organisation=icb,
                defaults={"post": "Brings a spreadsheet into the register"},
            )
            held = RoleHeld.objects.create(actor=actor, role=Role.COORDINATOR, area=icb, from_date=today)
            note(
                "role.given",
                words=f"{JOB_NAME} works for {teams['register'].name} of {icb.name} while a sheet is imported.",
                icb_id=icb.pk,
                subject="actor",
                subject_id=actor.pk,
            )
    return held


def _end_role(held: RoleHeld, at: datetime, today: date) -> None:
    with context.as_engine():
        engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
        with recording(by=engine, at=at) as note:
            held.to_date = max(today, held.from_date)
            held.save(update_fields=["to_date"])
            note("role.ended", words=f"{JOB_NAME} has ended its work.", icb_id=held.area_id)


def find_mapping(sheet: Sheet, icb_id: int, given: Mapping | None = None) -> Mapping:
    """The mapping given, or the one this ICB saved for these headings, or a proposal. Raises BadMapping."""
    if given:
        if given.fingerprint and given.fingerprint != fingerprint_of_sheet(sheet):
            raise BadMapping("This mapping was made for a sheet with other headings. Leave it out, or make a new one.")
        return propose_mapping(sheet, saved=given) if given.fingerprint else given
    saved = SavedMapping.objects.filter(icb_id=icb_id, fingerprint=fingerprint_of_sheet(sheet)).first()
    try:
        return propose_mapping(sheet, saved=Mapping.from_json(saved.mapping) if saved else None)
    except BadMapping:
        return propose_mapping(sheet)


def check_sheet(
    me: Me, icb_id: int, listing: str, sheet: Sheet, mapping: Mapping, today: date, progress: Progress | None = None
) -> list[Planned]:
    """What would become of every row. Writes nothing."""
    return plan(me, icb_id, listing, prepare(sheet, mapping, today, progress).rows, today)


def import_sheet(
    me: Me,
    icb: Organisation,
    listing: str,
    file_name: str,
    sheet: Sheet,
    mapping: Mapping,
    *,
    at: datetime,
    today: date,
    steps: Steps = Steps(),
) -> list[Planned]:
    """A sheet into the register, in one transaction."""
    rows = prepare(sheet, mapping, today, steps.reading).rows
    with recording(by=me, at=at) as note:
        run = start_run(
            note, icb=icb, listing=listing, file_name=file_name, content=None, sheet=sheet, mapping=mapping, by=me
        )
        return write_import(note, run=run, rows=rows, mapping=mapping, today=today, by=me, progress=steps.writing)


def sheet_of(run: ImportRun, name: str = "") -> Sheet:
    """The sheet of a run whose file is still here, or another one of its workbook. Raises Unreadable."""
    content = ImportWork.objects.filter(run=run).values_list("content", flat=True).first()
    if content is None:
        raise Unreadable("The file of this import is not kept any longer. Send it again.")
    return read_sheet(bytes(content), run.file_name, name or run.sheet_name or None)


def is_long(run: ImportRun) -> bool:
    """Whether the worker goes through the sheet, and not the page."""
    rows = ImportWork.objects.filter(run=run).values_list("rows_in_all", flat=True).first()
    return (rows or 0) > MOST_ROWS_AT_ONCE


def check_run(
    note: Notes, *, run: ImportRun, sheet: Sheet, me: Me, today: date, progress: Progress | None = None
) -> None:
    """Keeps for each row what would become of it. Nothing comes into the register."""
    planned = check_sheet(me, run.icb_id, run.listing, sheet, Mapping.from_json(run.mapping), today, progress)
    keep_rows(run, planned)
    run.counts = count(planned)
    run.save(update_fields=["counts"])
    set_state(note, run=run, state=ImportRun.State.CHECKED, words=f"{run.file_name} was checked.")


def finish_run(
    note: Notes, *, run: ImportRun, sheet: Sheet, me: Me, today: date, wait: bool, progress: Progress | None = None
) -> None:
    """Writes the sheet into the register."""
    lock_imports(run.icb_id, wait=wait)
    mapping = Mapping.from_json(run.mapping)
    rows = prepare(sheet, mapping, today).rows
    write_import(note, run=run, rows=rows, mapping=mapping, today=today, by=me, wait=wait, progress=progress)


def work_on(run_id: int) -> None:
    """For the worker: goes on with an import that was left to it. What can't go on says why, and nothing is written."""
    at, today = clock.now(), clock.today()
    with context.as_engine():
        run = ImportRun.objects.select_related("icb").get(pk=run_id)
    with acting_as_job(run.icb, at, today) as me:
        try:
            _work_on(run_id, me, at, today)
        except Exception as problem:
            sentence = getattr(problem, "sentence", "") or (str(problem) if isinstance(problem, BadMapping) else "")
            with recording(by=me, at=at) as note:
                run = ImportRun.objects.select_for_update().get(pk=run_id)
                fail_run(note, run=run, sentence=sentence or text.STOPPED)
            if not isinstance(problem, PROBLEMS):
                raise


def _work_on(run_id: int, me: Me, at: datetime, today: date) -> None:
    with telling(run_id) as progress, recording(by=me, at=at) as note:
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state == ImportRun.State.CHECKING:
            check_run(note, run=run, sheet=sheet_of(run), me=me, today=today, progress=progress)
        elif run.state == ImportRun.State.RUNNING:
            finish_run(note, run=run, sheet=sheet_of(run), me=me, today=today, wait=True, progress=progress)
        else:
            note("import.looked_after", words="There was nothing left to do for an import.", icb_id=run.icb_id)


@contextmanager
def telling(run_id: int) -> Iterator[Progress]:
    """Tells others how far a run is while its transaction is open: over a connection of its own."""
    other = connection.copy()

    def tell(done: int, of: int) -> None:
        with other.cursor() as cursor:
            cursor.execute(
                "update exchange_importwork set rows_done = %s, rows_in_all = %s where run_id = %s", [done, of, run_id]
            )

    try:
        yield tell
    finally:
        other.close()

"""Holding a record, lifting that, proposing what may go, saying yes or no, and letting it go."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from django.db import Error, connection, transaction

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.documents.storage import forget
from alongside.foundation.recording.disposal import dispose
from alongside.foundation.recording.recording import Notes, recording
from alongside.overview.retention import imports, queries
from alongside.overview.retention.models import Hold, Proposal, ProposedRecord

#: Records in one proposal: as many as somebody can be asked to say yes to.
MOST_AT_ONCE = 100
KEPT = "AG010"


def hold(note: Notes, *, person_id: int, icb_id: int, reference: str, because: str, by: Me) -> Hold:
    """The record is kept, whatever the rules say, until this is lifted."""
    _check(by, icb_id)
    made = Hold.objects.create(
        person_id=person_id,
        icb_id=icb_id,
        reference=reference,
        because=because,
        begun_at=note.at,
        begun_by_id=by.id,
    )
    note("hold.begun", words=f"{reference} is held: {because}", icb_id=icb_id, subject="hold", subject_id=made.pk)
    return made


def lift_hold(note: Notes, *, hold: Hold, because: str, by: Me) -> None:
    """From here on the rules decide again. Raises NotNow when it was lifted before."""
    _check(by, hold.icb_id)
    current = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if current.lifted_at:
        raise NotNow("lifted", "This hold was lifted in the meantime.")
    current.lifted_at, current.lifted_by_id, current.lifted_because = note.at, by.id, because
    current.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    words = f"The hold of {hold.reference} was lifted: {because}"
    note("hold.lifted", words=words, icb_id=hold.icb_id, subject="hold", subject_id=hold.pk)


def propose(
    note: Notes, *, icb_id: int, icb_code: str, numbers: list[int], second_id: int, today: date, by: Me,
    runs: Sequence[int] = (),
) -> Proposal:  # fmt: skip
    """Records that nothing keeps any more, for somebody else to say yes to. Each is looked at again here.

    runs: imports whose rows that are nobody's record go too. Raises NotNow when one may not go, or when it is the same
    person who would say yes.
    """
    _check(by, icb_id)
    if second_id == by.id:
        raise NotNow("same", "Choose somebody else: a disposal takes two people.")
    known = queries.list_records(icb_id, icb_code, only=numbers) if numbers else []
    known += imports.list_imports(icb_id, icb_code, only=list(runs)) if runs else []
    may_go = [record for record in known if record.may_go(today)]
    if not may_go or len(may_go) != len(set(numbers)) + len(set(runs)) or len(may_go) > MOST_AT_ONCE:
        raise NotNow("kept", "The list has changed in the meantime. Look at it again.")
    proposal = Proposal.objects.create(icb_id=icb_id, proposed_at=note.at, proposed_by_id=by.id, second_id=second_id)
    ProposedRecord.objects.bulk_create(
        ProposedRecord(
            proposal=proposal,
            kind=record.kind,
            number=record.number,
            reference=record.reference,
            kept_until=record.kept.value,
            because=record.kept.because,
            source=record.kept.source,
        )
        for record in may_go
    )
    words = f"{len(may_go):,} records were proposed for disposal."
    note("disposal.proposed", words=words, icb_id=icb_id, subject="disposal", subject_id=proposal.pk)
    note.matter("disposal", proposal.pk)
    return proposal


def decide(note: Notes, *, proposal: Proposal, approved: bool, because: str, by: Me) -> None:
    """The second person's yes or no. Raises Refused for anybody else, NotNow when it was decided."""
    if proposal.second_id != by.id:
        raise Refused("not_second", "Somebody else was asked to decide on this.")
    current = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if current.decided_at:
        raise NotNow("decided", "This was decided in the meantime.")
    if not approved and not because.strip():
        raise NotNow("because", "Say why these records are to be kept.")
    current.decided_at, current.approved, current.decided_because = note.at, approved, because
    current.save(update_fields=["decided_at", "approved", "decided_because"])
    words = "The disposal was approved." if approved else f"The disposal was refused: {because}"
    note("disposal.decided", words=words, icb_id=proposal.icb_id, subject="disposal", subject_id=proposal.pk)
    note.matter("disposal", proposal.pk)


def let_go(proposal: Proposal, *, by: Me, at: datetime) -> tuple[int, int]:
    """Disposes of each record of an approved proposal, one after the other, each in whole or not at all.

    Returns how many have gone and how many are kept after all, because something stops it now. Not inside
    `recording()`: each record takes four acts in one transaction (its rows, its history, its events, the empty row).
    Raises Refused or NotNow.
    """
    _check(by, proposal.icb_id)
    if not proposal.approved:
        raise NotNow("not_approved", "Nobody has said yes to this disposal.")
    today = at.astimezone(LONDON).date()
    gone = kept = 0
    for record in ProposedRecord.objects.filter(proposal=proposal, outcome="waiting").order_by("pk"):
        if why := _still_keeps(record, proposal, today):
            _keep(record, proposal, why, by=by, at=at)
            kept += 1
        else:
            gone, kept = (gone + 1, kept) if _dispose(record, proposal, by=by, at=at) else (gone, kept + 1)
    with recording(by=by, at=at) as note:
        Proposal.objects.filter(pk=proposal.pk, done_at=None).update(done_at=at)
        words = f"{gone} records were disposed of, {kept} are kept after all."
        note("disposal.done", words=words, icb_id=proposal.icb_id, subject="disposal", subject_id=proposal.pk)
        note.matter("disposal", proposal.pk)
    return gone, kept


def _still_keeps(record: ProposedRecord, proposal: Proposal, today: date) -> str:
    """Why the record is kept after all: the rules and the facts as they are now, not as they were proposed."""
    list_them = imports.list_imports if record.kind == imports.KIND else queries.list_records
    found = list_them(proposal.icb_id, proposal.icb.code, only=[record.number])
    if not found:
        return "nothing of it is left here" if record.kind == imports.KIND else "another area holds it now"
    return "" if found[0].may_go(today) else found[0].kept.because


def _keep(record: ProposedRecord, proposal: Proposal, why: str, *, by: Me, at: datetime) -> None:
    with recording(by=by, at=at) as note:
        record.outcome, record.outcome_because = ProposedRecord.Outcome.KEPT, why[:400]
        record.save(update_fields=["outcome", "outcome_because"])
        words = f"{record.reference} is kept after all: {why}"
        note("disposal.kept", words=words, icb_id=proposal.icb_id, subject="disposal", subject_id=proposal.pk)


def _dispose(record: ProposedRecord, proposal: Proposal, *, by: Me, at: datetime) -> bool:
    try:
        with transaction.atomic():
            if record.kind == imports.KIND:
                _import_goes(record, proposal, by=by, at=at)
                return True
            numbers = _rows_go(record, proposal, by=by, at=at)
            for number in numbers:
                for store, ids in _audit_of(number):
                    with recording(by=by, at=at) as note:
                        dispose(note, store, ids, f"{record.reference}: {record.because}")
            _forget(record, proposal, numbers, by=by, at=at)
    except Error as problem:
        if getattr(problem.__cause__, "sqlstate", "") != KEPT:
            raise
        _keep(record, proposal, str(problem.__cause__).splitlines()[0].removeprefix("kept: "), by=by, at=at)
        return False
    return True


def _import_goes(record: ProposedRecord, proposal: Proposal, *, by: Me, at: datetime) -> None:
    """What stands in its rows is emptied, here and in the history; how many rows there were stays."""
    with recording(by=by, at=at, once=uuid4()) as note:
        rows = imports.empty_rows(record)
        _is_gone(note, record, proposal, rows)
    for store, ids in imports.audit_of(record.number):
        with recording(by=by, at=at) as note:
            dispose(note, store, ids, f"{record.reference}: {record.because}")


def _is_gone(note: Notes, record: ProposedRecord, proposal: Proposal, rows: int) -> None:
    record.outcome, record.rows_gone, record.gone_at = ProposedRecord.Outcome.GONE, rows, note.at
    record.save(update_fields=["outcome", "rows_gone", "gone_at"])
    words = f"{record.reference} was disposed of: {rows:,} rows. {record.because}"
    note("disposal.gone", words=words, icb_id=proposal.icb_id, subject="disposal", subject_id=proposal.pk)


def _rows_go(record: ProposedRecord, proposal: Proposal, *, by: Me, at: datetime) -> list[int]:
    with recording(by=by, at=at, once=uuid4()) as note:
        with connection.cursor() as cursor:
            cursor.execute("select rows_gone, numbers, files from access.dispose_record(%s)", [record.pk])
            rows, numbers, files = cursor.fetchone()
        _is_gone(note, record, proposal, rows)
    # Not before it is certain that nothing names them; a file that stays behind after a power cut names nobody.
    for key in files:
        transaction.on_commit(partial(forget, key))
    return list(numbers)


def _audit_of(number: int) -> list[tuple[str, list[int]]]:
    with connection.cursor() as cursor:
        cursor.execute("select store, ids from access.audit_of(%s)", [number])
        return list(cursor.fetchall())


def _forget(record: ProposedRecord, proposal: Proposal, numbers: list[int], *, by: Me, at: datetime) -> None:
    with recording(by=by, at=at) as note:
        with connection.cursor() as cursor:
            cursor.execute("select access.forget_person(%s, %s)", [record.pk, numbers])
        words = f"Nothing is left of {record.reference}."
        note("disposal.forgotten", words=words, icb_id=proposal.icb_id, subject="disposal", subject_id=proposal.pk)


def _check(me: Me, icb_id: int) -> None:
    if not me.holds_in(icb_id, Role.GOVERNANCE):
        raise Refused("not_governing", "Information governance of the area does this.")

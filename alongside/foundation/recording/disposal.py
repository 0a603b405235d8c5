"""Lawful disposal of audit rows: emptied by an act of its own that says which and why; their digests stay."""

import hashlib
from collections.abc import Sequence

from django.db import connection

from alongside.foundation.recording.recording import Notes


def dispose(note: Notes, store: str, row_ids: Sequence[int], because: str) -> int:
    """Empties rows of the store 'event', 'history' or 'look'; returns the disposal's id. Called inside `recording()`.

    The database lets information governance only, for people and staff of their own areas, and nobody on hold.
    """
    ids = sorted(set(row_ids))
    with connection.cursor() as cursor:
        cursor.execute("select audit.dispose(%s, %s, %s, %s)", [store, ids, because, note.at])
        (disposal,) = cursor.fetchone()
    note(
        "audit.disposed",
        words=f"{len(ids):,} rows of the audit were disposed of: {because}",
        subject="disposal",
        subject_id=disposal,
        rows=rows_digest(store, ids),
    )
    return int(disposal)


def rows_digest(store: str, ids: list[int]) -> str:
    """The same as `audit.rows_digest` in the database makes of them."""
    return hashlib.sha256(f"{store}{{{','.join(map(str, ids))}}}".encode()).hexdigest()

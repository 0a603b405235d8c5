"""Who opened whose record. The look is recorded before the page is shown, or the page is not shown."""

from datetime import datetime

from django.db import connection

from alongside.foundation.access.me import Me


def record_look(me: Me, page: str, person_ids: list[int], *, at: datetime, why: str = "") -> None:
    """One row for the page, naming everybody on it. Of `me` only, and now: the database refuses anything else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select audit.look(%s, %s, %s::bigint[], %s, %s)",
            [me.id, page, person_ids, at, why],
        )

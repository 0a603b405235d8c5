"""Who opened whose record. The look is recorded before the page is shown, or the page is not shown."""

from datetime import datetime

from django.db import connection

from alongside.foundation.access.me import Me


def record_look(me: Me, page: str, person_ids: list[int], *, at: datetime, why: str = "") -> None:
    """One row for the page, naming everybody on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into recording_look (at, actor_id, page, person_ids, why) values (%s,%s,%s,%s,%s)",
            [at, me.id, page, person_ids, why],
        )

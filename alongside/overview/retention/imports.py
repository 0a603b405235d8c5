"""Rows of an import that became nobody's record: how long what stands in them is kept, and letting it go."""

from django.db import connection

from alongside.foundation.access import context
from alongside.overview.engine.rulesets import current_ruleset
from alongside.overview.retention.models import ProposedRecord
from alongside.overview.retention.queries import Record
from alongside.policy.decision import Decision
from alongside.policy.retention import import_kept_until

KIND = ProposedRecord.Kind.IMPORT

# The room of imports stands above this one; as for what goes with a person, its tables are named in SQL only.
READ = """
    select r.id, (coalesce(max(w.settled_at), r.finished_at, r.started_at) at time zone 'Europe/London')::date,
           access.import_keeps(r.id)
    from exchange_importrun r join exchange_importrow w on w.run_id = r.id
    where r.icb_id = %(icb)s and w.person_id is null and w.raw <> '{}'::jsonb
      and (%(only)s::bigint[] is null or r.id = any(%(only)s))
    group by r.id order by 2, 1
"""


def list_imports(icb_id: int, icb_code: str, *, only: list[int] | None = None) -> list[Record]:
    """Imports with rows that are nobody's record and still say something, the longest ago first. As the engine."""
    ruleset = current_ruleset(icb_code)
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(READ, {"icb": icb_id, "only": only})
        rows = cursor.fetchall()
    return [
        Record(
            number,
            f"Import {number}",
            Decision(None, f"It is kept because {stop}.") if stop else import_kept_until(done_on, ruleset),
            KIND,
        )
        for number, done_on, stop in rows
    ]


def empty_rows(record: ProposedRecord) -> int:
    """Empties the rows of an approved proposal; how many. The database checks once more."""
    with connection.cursor() as cursor:
        cursor.execute("select access.dispose_import(%s)", [record.pk])
        return int(cursor.fetchone()[0])


def audit_of(run: int) -> list[tuple[str, list[int]]]:
    """What the history says of these rows."""
    with connection.cursor() as cursor:
        cursor.execute("select store, ids from access.audit_of_import(%s)", [run])
        return list(cursor.fetchall())

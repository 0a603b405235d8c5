"""How long each record is kept and why: the facts in one statement, the answer from the policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from alongside.foundation.access import context
from alongside.overview.engine.rulesets import current_ruleset
from alongside.overview.retention.models import Hold, Proposal, ProposedRecord
from alongside.policy.decision import Decision
from alongside.policy.retention import RetentionFacts, keep_until

#: Records that one look goes through at most: those whose last day lies longest ago.
MOST = 2_000
PAGE = 25

# One row for each person of the area who is on no register now; merged records count as one. What guards a record or
# says how long it is kept is no reason to keep it longer.
READ = """
    with roots as (
        select p.id, p.reference, p.birth_date, p.died_on,
               array(select m.id from people_person m where p.id in (m.id, m.survivor_id)) as ids
        from people_person p
        where p.icb_id = %(icb)s and p.survivor_id is null and (%(only)s::bigint[] is null or p.id = any(%(only)s))),
    known as (
        select r.*,
            coalesce(r.birth_date, (select max(m.birth_date) from people_person m where m.id = any(r.ids))) as born,
            exists (select 1 from register_registerentry e where e.person_id = any(r.ids)) as registered,
            (select max(e.removed_on) from register_registerentry e where e.person_id = any(r.ids)) as left_on,
            greatest(
                (select max(e.recorded_at) from recording_event e where e.person_id = any(r.ids)
                    and e.code !~ '^(record|emergency|hold|request|disposal|audit|duplicate)[.]'),
                (select max(s.discharged_at) from hospital_stay s where s.person_id = any(r.ids))) as last_at,
            access.keeps_record(r.id) as stop,
            (select h.because from retention_hold h where h.person_id = any(r.ids) and h.lifted_at is null
             order by h.id limit 1) as hold
        from roots r
        where %(only)s::bigint[] is not null or not exists (
            select 1 from register_registerentry e where e.person_id = any(r.ids) and e.removed_on is null))
    select id, reference, born, died_on, registered, left_on, (last_at at time zone 'Europe/London')::date, stop, hold
    from known order by coalesce(left_on, (last_at at time zone 'Europe/London')::date), id limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A record, by its reference, and how long it is kept. kind: a person's, or the rows of an import."""

    number: int
    reference: str
    kept: Decision
    kind: str = ProposedRecord.Kind.PERSON

    def may_go(self, today: date) -> bool:
        return self.kept.value is not None and self.kept.value < today


def list_records(icb_id: int, icb_code: str, *, only: list[int] | None = None, most: int = MOST) -> list[Record]:
    """Records of the area that are off the register, the longest ago first. As the engine: no name comes back."""
    ruleset = current_ruleset(icb_code)
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(READ, {"icb": icb_id, "only": only, "most": most})
        return [_record(row, ruleset) for row in cursor.fetchall()]


def _record(row: tuple[Any, ...], ruleset: Any) -> Record:
    number, reference, born, died, registered, left, last, stop, hold = row
    last = last or left or died or born or date.max
    facts = RetentionFacts(
        birth_date=born,
        died_on=died,
        registered=registered,
        left_on=left,
        last_on=last,
        open=(stop,) if stop and not hold else (),
        holds=(f"of a hold ({hold})",) if hold else (),
    )
    return Record(number, reference, keep_until(facts, ruleset))


def list_holds(before: int = 0) -> list[Hold]:
    """Holds that stand, the newest first. The database shows governance its own areas'."""
    rows = Hold.objects.filter(lifted_at=None).select_related("begun_by").order_by("-id")
    return list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])


def list_proposals(before: int = 0) -> list[Proposal]:
    """Disposals proposed, the newest first: with the log of what is gone behind each."""
    rows = Proposal.objects.select_related("proposed_by", "second").prefetch_related("records").order_by("-id")
    return list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])


def find_proposal(number: int) -> Proposal | None:
    rows = Proposal.objects.select_related("proposed_by", "second", "icb").prefetch_related("records")
    return rows.filter(pk=number).first()


def summed(records: list[Record], today: date) -> Iterator[tuple[str, int]]:
    """Why records are kept, and how many for each reason, the most first."""
    counts: dict[str, int] = {}
    for record in records:
        if not record.may_go(today):
            why = record.kept.because.split(" (")[0].split(": until")[0]
            counts[why] = counts.get(why, 0) + 1
    yield from sorted(counts.items(), key=lambda item: -item[1])

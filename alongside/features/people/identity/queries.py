"""Reading pairs, merges, and two records side by side."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F, Q

from alongside.features.people.models import (
    FormerNumber,
    Guard,
    MoveOffer,
    Person,
    PersonMerge,
    PossibleDuplicate,
    StrikeOut,
)
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.models import Event

#: Pairs and merges shown on a page.
MOST = 50

_SIDE = """
select p.id,
  (select json_agg(distinct trim(n.given_name || ' ' || n.family_name)) from people_personname n
   where n.person_id = p.id),
  (select json_agg(trim(a.lines || ' ' || a.postcode) order by a.id desc) from people_address a
   where a.person_id = p.id and a.to_date is null
   and not exists (select 1 from people_address later where later.supersedes_id = a.id)),
  (select json_agg(json_build_array(b.kind, b.name) order by b.id) from people_belonging b
   where b.person_id = p.id and b.to_date is null
   and not exists (select 1 from people_belonging later where later.supersedes_id = b.id)),
  (select json_agg(distinct d.kind) from people_diagnosis d where d.person_id = p.id
   and not exists (select 1 from people_diagnosis later where later.supersedes_id = d.id)),
  (select json_agg(r.name || ' (' || r.relationship || ')' order by r.id) from people_relation r
   where r.person_id = p.id and r.to_date is null
   and not exists (select 1 from people_relation later where later.supersedes_id = r.id)),
  (select c.answer from people_consent c where c.person_id = p.id and c.purpose = 'register'
   and c.recipient_kind = '' order by c.id desc limit 1),
  (select json_agg(f.number order by f.id) from people_formernumber f where f.person_id = p.id
   and f.why = 'superseded'),
  (select json_build_array(count(*), max(e.happened_at)) from recording_event e where e.person_id = p.id)
from people_person p where p.id = any(%s)
"""
_PARTS = ("names", "addresses", "belongings", "diagnoses", "relations", "agreed", "former_numbers", "events")


def list_open_pairs(me: Me) -> list[PossibleDuplicate]:
    """Pairs to look at within scope, the likeliest first. One more than is shown, to know whether there are more.

    Row-level security shows a pair to whoever reaches both records.
    """
    pairs = PossibleDuplicate.objects.select_related("first", "second").filter(
        state=PossibleDuplicate.State.OPEN,
        first__survivor=None,
        second__survivor=None,
        first__icb_id__in=me.writes,
        second__icb_id__in=me.writes,
    )
    return list(pairs.order_by("-score", "id")[: MOST + 1])


def find_pair(key: int) -> PossibleDuplicate | None:
    """The pair with its two people, or None outside scope."""
    people = ("first", "second", "settled_by", "first__icb", "second__icb")
    return PossibleDuplicate.objects.select_related(*people).filter(pk=key).first()


def list_had_number(number: str) -> list[int]:
    """People who have this number no more: it was superseded, or stands on a record that was merged into theirs."""
    former = FormerNumber.objects.filter(number=number, why=FormerNumber.Why.SUPERSEDED, superseded_by=None)
    merged = Person.objects.filter(nhs_number=number, survivor__isnull=False)
    return list(former.values_list("person_id", flat=True).union(merged.values_list("survivor_id", flat=True)))


def list_had_numbers() -> list[tuple[str, int]]:
    """Every such number within scope, and whose it is."""
    former = FormerNumber.objects.filter(why=FormerNumber.Why.SUPERSEDED, superseded_by=None)
    merged = Person.objects.filter(nhs_number__isnull=False, survivor__isnull=False)
    return list(former.values_list("number", "person_id").union(merged.values_list("nhs_number", "survivor_id")))


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody whom another area offers: the least that is needed to decide. No name where it is held closely."""

    offer_id: int
    to_icb_id: int
    to_icb: str
    from_icb: str
    offered_at: datetime
    offered_by: str
    offered_by_post: str
    because: str
    told: str
    held_closely: bool
    given_name: str
    family_name: str
    birth_date: date | None

    @property
    def shown_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not told"


def list_offered() -> list[Offered]:
    """People offered to the areas of whoever asks, the longest waiting first. The database says whose areas."""
    with connection.cursor() as cursor:
        cursor.execute("select * from people_offered()")
        return [Offered(*row) for row in cursor.fetchall()]


def find_open_offer(person: Person) -> MoveOffer | None:
    return MoveOffer.objects.select_related("person", "to_icb").filter(person=person, closed_at=None).first()


def list_wrong_records(me: Me, key: int | None = None) -> list[StrikeOut]:
    """What was about somebody else, in areas where `me` governs information or runs the register. Open ones first.

    Read as the engine, because information governance reaches no record: only that it stood there, and since when.
    A record that is held closely is told to information governance only.
    """
    governs = {held.area for held in me.roles if held.role == Role.GOVERNANCE}
    runs = {held.area for held in me.roles if held.role in (Role.COORDINATOR, Role.MANAGER)}
    reached = Q(person__icb__in=governs) | Q(person__icb__in=runs, person__guard__lte=Guard.REGISTER_TEAM)
    with context.as_engine():
        rows = StrikeOut.objects.filter(reached, from_other=True).select_related(
            "person__icb", "recorded_by", "looked_at_by"
        )
        rows = rows.filter(pk=key) if key else rows
        return list(rows.order_by(F("looked_at").asc(nulls_first=True), "-id")[:MOST])


def find_merge(key: int) -> PersonMerge | None:
    return PersonMerge.objects.select_related("survivor", "merged", "merged_by").filter(pk=key).first()


def list_merges(me: Me) -> list[PersonMerge]:
    """The log, newest first."""
    merges = PersonMerge.objects.select_related("survivor", "merged", "merged_by", "undone_by")
    return list(merges.filter(survivor__icb_id__in=me.writes).order_by("-merged_at", "-id")[:MOST])


def read_sides(person_ids: list[int]) -> dict[int, dict[str, Any]]:
    """What is recorded about each, by person, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SIDE, [person_ids])
        rows = cursor.fetchall()
    return {key: dict(zip(_PARTS, map(_plain, parts), strict=True)) for key, *parts in rows}


def _plain(part: Any) -> Any:
    return json.loads(part) if isinstance(part, str) and part[:1] in "[{" else part


def count_since(merge: PersonMerge) -> int:
    """How much was written down on the record that was kept while the two were one; it stays there."""
    rows = Event.objects.filter(person_id=merge.survivor_id, recorded_at__gt=merge.merged_at)
    return rows.exclude(code__startswith="person.merge").values("act").distinct().count()

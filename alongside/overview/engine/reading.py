"""Reads everything the rules need to know about some people, in one statement."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from alongside.policy.facts import (
    AllocationFacts,
    AnswerFacts,
    CircumstanceFacts,
    ConsentFacts,
    EntryFacts,
    LegalStatusFacts,
    PersonFacts,
    RatingFacts,
    ReviewFacts,
    StayFacts,
)

# Codes of the national legal status list that a rule looks at; the others are told as they are.
LEGAL = {
    "01": "informal",
    "02": "s2",
    "03": "s3",
    "04": "s4",
    "05": "s5_2",
    "06": "s5_4",
    "19": "s135",
    "20": "s136",
    "10": "s37",
    "09": "s37_41",
}


def _current(table: str) -> str:
    """Rows of this person, and of records merged into theirs, that no later row corrects."""
    return (
        f"{table} t where t.person_id = any(w.ids) and not exists "
        f"(select 1 from {table} later where later.supersedes_id = t.id)"
    )


def _rows(columns: str, source: str, order: str = "t.id") -> str:
    return f"(select json_agg(json_build_array({columns}) order by {order}) from {source})"


_RATINGS = (
    "(select json_agg(json_build_array(r.id, r.colour, r.rated_at, case when r.standing = 'decided' then 'decided' "
    "when r.standing = 'proposed' and not exists (select 1 from register_rating d where d.decides_id = r.id) "
    "then 'proposed' else 'superseded' end, r.origin) order by r.rated_at, r.id) "
    "from register_rating r where r.entry_id = t.id)"
)
_LEGAL = (
    "(select json_agg(json_build_array(l.code, l.from_at, l.to_at) order by l.from_at) "
    "from hospital_legalstatus l where l.stay_id = t.id)"
)

SELECT = f"""
select p.id, o.code, p.icb_id, p.guard, p.birth_date, p.died_on, p.reference, p.family_name,
  coalesce(nullif(p.preferred_name, ''), p.given_name),
  (select json_object_agg(m.kind, json_build_array(m.id, m.name)) from organisations_team m
   where m.icb_id = p.icb_id and m.closed_on is null),
  {_rows("t.kind, t.basis", _current("people_diagnosis"))},
  {
    _rows(
        "t.id, t.listing, t.entered_on, t.removed_on, t.removed_because, t.provisional, "
        "t.not_registered_before_admission, t.review_planned_on, t.imported_at, t.icb_id, " + _RATINGS,
        _current("register_registerentry"),
    )
},
  {
    _rows(
        "t.id, t.kind, t.admitted_at, t.discharged_at, t.security, t.adult_ward, t.unit_inadequate, "
        "t.intended_days, t.registered_before, " + _LEGAL,
        _current("hospital_stay"),
    )
},
  {_rows("t.id, t.kind, t.held_at, t.stay_id, t.statutory", _current("reviews_review"))},
  {_rows("t.id, t.kind, t.from_date, t.to_date", _current("people_circumstance"))},
  {
    _rows(
        "t.id, t.purpose, t.answer, t.decided_on, t.evidenced, t.valid_until",
        _current("people_consent") + " and t.recipient_kind = ''",
    )
},
  (select json_agg(json_build_array(t.id, t.worker_id, t.part, t.from_date, t.to_date, a.name) order by t.id)
   from keyworking_allocation t join accounts_actor a on a.id = t.worker_id where t.person_id = any(w.ids)
   and not exists (select 1 from keyworking_allocation later where later.supersedes_id = t.id)),
  {_rows("t.id, t.duty_key, t.answer, t.on_date, t.because", _current("overview_dutyanswer"))},
  (select t.name from {_current("people_belonging")} and t.kind = 'council' and t.to_date is null
   order by t.id desc limit 1),
  (select max(id) from overview_recount)
from people_person p join organisations_organisation o on o.id = p.icb_id
cross join lateral (select array_agg(m.id) as ids from people_person m where m.id = p.id or m.survivor_id = p.id) w
where p.id = any(%s) and p.survivor_id is null order by p.id
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """A person as the engine sees them: the rules' facts, and what the list shows besides."""

    facts: PersonFacts
    icb_id: int
    guard: int
    reference: str
    family_name: str
    given_name: str
    council: str
    team_names: dict[int, str]
    worker_names: dict[int, str]
    entry_icbs: dict[int, int]
    rules_version: int


# Sent together with the reading, in one message. Each statement sees what was committed before it began, so
# that of two changes to one person the second waits for the first and then counts both.
LOCK = "select 1 from people_person where id = any(%s) order by id for no key update;"


def read_people(person_ids: Sequence[int], *, lock: bool = True) -> Iterator[Whole]:
    """The people with these ids who have not been merged into another, in the order of their ids.

    `lock` keeps others from storing what is due for them until the transaction ends.
    """
    ids = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(LOCK + SELECT, [ids, ids]) if lock else cursor.execute(SELECT, [ids])
        for row in cursor.fetchall():
            yield _whole(row)


def _list(value: Any) -> list[Any]:
    if isinstance(value, str):
        value = json.loads(value)
    return value or []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _whole(row: tuple[Any, ...]) -> Whole:
    person_id, icb, icb_id, guard, born, died, reference, family, given, teams, *rest = row
    diagnoses, entries, stays, reviews, circumstances, consents, allocations, answers, council, version = rest
    teams = json.loads(teams) if isinstance(teams, str) else teams or {}
    entries, allocations = _list(entries), _list(allocations)
    facts = PersonFacts(
        person_id=person_id,
        icb=icb,
        birth_date=born,
        died_on=died,
        diagnosis=frozenset("on_pathway" if basis == "pathway" else kind for kind, basis in _list(diagnoses)),
        entries=tuple(_entry(icb, values) for values in entries),
        stays=tuple(_stay(values) for values in _list(stays)),
        reviews=tuple(
            ReviewFacts(key, kind, _moment(held), stay, statutory)
            for key, kind, held, stay, statutory in _list(reviews)
        ),
        circumstances=tuple(
            CircumstanceFacts(key, kind, _day(first), _day(last)) for key, kind, first, last in _list(circumstances)
        ),
        consents=tuple(
            ConsentFacts(key, purpose, answer, _day(on), evidenced, _day(until))
            for key, purpose, answer, on, evidenced, until in _list(consents)
        ),
        allocations=tuple(
            AllocationFacts(key, worker, part, _day(first), _day(last))
            for key, worker, part, first, last, _name in allocations
        ),
        answers=tuple(
            AnswerFacts(key, duty, answer, _day(on), because) for key, duty, answer, on, because in _list(answers)
        ),
        teams={kind: team[0] for kind, team in teams.items()},
    )
    return Whole(
        facts=facts,
        icb_id=icb_id,
        guard=guard,
        reference=reference,
        family_name=family,
        given_name=given,
        council=council or "",
        team_names={team[0]: team[1] for team in teams.values()},
        worker_names={values[1]: values[5] for values in allocations},
        entry_icbs={values[0]: values[9] for values in entries},
        rules_version=version or 0,
    )


def _entry(icb: str, values: list[Any]) -> EntryFacts:
    key, listing, entered, removed, because, provisional, mark, planned, imported, _icb_id, ratings = values
    return EntryFacts(
        id=key,
        icb=icb,
        listing=listing,
        entered_on=_day(entered),
        removed_on=_day(removed),
        removed_reason=because,
        provisional=provisional,
        not_registered_before_admission=mark,
        ratings=tuple(
            RatingFacts(number, colour, _moment(at), state, origin)
            for number, colour, at, state, origin in ratings or []
        ),
        review_planned_on=_day(planned),
        imported_at=_moment(imported),
    )


def _stay(values: list[Any]) -> StayFacts:
    key, kind, admitted, discharged, security, adult, inadequate, intended, before, legal = values
    return StayFacts(
        id=key,
        kind=kind,
        admitted_at=_moment(admitted),
        discharged_at=_moment(discharged),
        security=security or None,
        adult_ward=adult,
        unit_inadequate=inadequate,
        intended_days=intended,
        legal=tuple(
            LegalStatusFacts(LEGAL.get(code, code), _moment(first), _moment(last)) for code, first, last in legal or []
        ),
        registered_before=before,
    )

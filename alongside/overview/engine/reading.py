"""Reads everything the rules need to know about some people, in one statement."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from alongside.features.people.models import PostedChange
from alongside.foundation.topics import Topic
from alongside.overview.engine.joining import join_entries
from alongside.overview.engine.pieces import PIECES
from alongside.overview.engine.stepping_down import ending_of, outside_rules, step_down
from alongside.policy.facts import (
    ActionFacts,
    AllocationFacts,
    AnswerFacts,
    AppointmentFacts,
    CapacityFacts,
    CircumstanceFacts,
    ConsentFacts,
    ContactsFacts,
    EntryFacts,
    LegalStatusFacts,
    PersonFacts,
    PlanFacts,
    PromiseFacts,
    RatingFacts,
    ReviewFacts,
    StayFacts,
    ToldFacts,
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


# Topics as the rules call them.
TOPIC_NAME = {topic.value: topic.name.lower() for topic in Topic} | {Topic.ADULTHOOD.value: "transition"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A person as the engine sees them: the rules' facts, and what the list shows besides.

    is_stored: duties or list rows of theirs stand already. planned: the days planned for the backlog, by key of duty.
    """

    facts: PersonFacts
    icb_id: int
    guard: int
    # A bit for each topic that the agreement to the register leaves out.
    closed_topics: int
    reference: str
    family_name: str
    given_name: str
    council: str
    team_names: dict[int, str]
    worker_names: dict[int, str]
    entry_icbs: dict[int, int]
    rules_version: int
    is_stored: bool
    planned: dict[str, date]


# The columns stand in `facts.sql`. With `lock` it first waits for whoever is storing
# for these people; each statement sees what was committed before it began, so that of two changes to one person
# the second waits for the first and then counts both.
SELECT = "select * from overview_facts(%s::bigint[], %s)"


def read_people(person_ids: Sequence[int], *, lock: bool = True) -> Iterator[Whole]:
    """The people with these ids who have not been merged into another, in the order of their ids.

    `lock` keeps others from storing what is due for them until the transaction ends.
    """
    ids = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(SELECT, [ids, lock])
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
    diagnoses, entries, stays, reviews, circumstances, consents, allocations, answers, council, *more = rest
    version, stored, plans, closed_topics, told, actions, capacity, contacts, plan, outside, ending, pieces = more
    down, ended, has_lead = _list(ending) or (None, None, None)
    made, promises, appointments = _list(contacts) or (None, None, None)
    teams = json.loads(teams) if isinstance(teams, str) else teams or {}
    entries, allocations = _list(entries), _list(allocations)
    facts = PersonFacts(
        person_id=person_id,
        icb=icb,
        birth_date=born,
        died_on=died,
        diagnosis=frozenset("on_pathway" if basis == "pathway" else kind for kind, basis in _list(diagnoses)),
        entries=join_entries(_entry(icb, values) for values in entries),
        stays=tuple(_stay(values) for values in _list(stays)),
        reviews=tuple(
            ReviewFacts(key, kind, _moment(held), stay, statutory)
            for key, kind, held, stay, statutory in _list(reviews)
        ),
        circumstances=tuple(
            CircumstanceFacts(key, kind, _day(first), _day(last)) for key, kind, first, last in _list(circumstances)
        ),
        consents=tuple(
            ConsentFacts(key, purpose, answer, _day(on), evidenced, _day(until), _day(recorded), _day(again), parental)
            for key, purpose, answer, on, evidenced, until, recorded, again, parental in _list(consents)
        ),
        allocations=tuple(
            AllocationFacts(key, worker, part, _day(first), _day(last), sees)
            for key, worker, part, first, last, _name, sees in allocations
        ),
        answers=tuple(
            AnswerFacts(key, duty, answer, _day(on), because) for key, duty, answer, on, because in _list(answers)
        ),
        told=tuple(
            ToldFacts(key, PostedChange.Kind(kind).label, TOPIC_NAME[topic], told_as, _moment(at), urgent)  # type: ignore[arg-type]
            for key, kind, topic, told_as, at, urgent in _list(told)
        ),
        actions=tuple(_action(values) for values in _list(actions)),
        capacity=tuple(
            CapacityFacts(key, about, test, able, date.fromisoformat(on), _day(again), which)
            for key, about, test, able, on, again, which in _list(capacity)
        ),
        contacts=_contacts(made),
        plan=_plan(_list(plan)),
        outside=outside_rules(_list(outside)),
        step_down=step_down(down),
        ending=ending_of(ended),
        has_adult_lead=bool(has_lead),
        promises=tuple(
            PromiseFacts(key, who, what, date.fromisoformat(by), times, _day(last))
            for key, who, what, by, times, last in promises or []
        ),
        appointments=tuple(
            AppointmentFacts(key, worker, datetime.fromisoformat(starts), sees)
            for key, worker, starts, sees in appointments or []
        ),
        teams={kind: team[0] for kind, team in teams.items()},
        **{name: PIECES[name].become(values) for name, values in _piece(pieces).items()},
    )
    return Whole(
        facts=facts,
        icb_id=icb_id,
        guard=guard,
        closed_topics=closed_topics,
        reference=reference,
        family_name=family,
        given_name=given,
        council=council or "",
        team_names={team[0]: team[1] for team in teams.values()},
        worker_names={values[1]: values[5] for values in allocations},
        entry_icbs={values[0]: values[9] for values in entries},
        rules_version=version or 0,
        is_stored=stored,
        planned={key: date.fromisoformat(day) for key, day in _list(plans)},
    )


def _piece(value: Any) -> dict[str, Any]:
    found = (json.loads(value) if isinstance(value, str) else value) or {}
    # Of one person they come by a call, one level deeper.
    return found.get("more", found)


def _contacts(made: list[Any] | None) -> ContactsFacts:
    if not made:
        return ContactsFacts()
    first, visit, last, seen, tries = made
    return ContactsFacts(_moment(first), _moment(visit), _moment(last), _moment(seen), tries)


def _plan(values: list[Any]) -> PlanFacts:
    if not values:
        return PlanFacts()
    version, shared, review, proposal, sent, (own, reason, family), disagreed, to_ask = values
    return PlanFacts(
        version_id=version or 0,
        shared_at=_moment(shared),
        review_on=_day(review),
        proposal_id=proposal or 0,
        sent_at=_moment(sent),
        own_answer=own,
        own_reason=reason,
        family_answer=family,
        to_ask=tuple(to_ask or ()),
        disagreed={key: datetime.fromisoformat(at) for key, at in disagreed or []},
    )


def _action(values: list[Any]) -> ActionFacts:
    key, topic, state, what, owner, by_link, asked, since, chased, due, waits_for, start, of_review, times = values
    return ActionFacts(
        id=key,
        topic=TOPIC_NAME[topic],
        state=state,
        what=what,
        owner_id=owner,
        by_link=by_link,
        asked_at=datetime.fromisoformat(asked),
        state_at=datetime.fromisoformat(since),
        chased_at=_moment(chased),
        due_on=date.fromisoformat(due),
        waits_for=waits_for,
        start_asked_from=_day(start),
        of_review=of_review,
        times=times,
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
    key, kind, admitted, discharged, security, adult, inadequate, intended, before, went, legal = values
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
        went=went,
    )

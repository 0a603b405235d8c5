"""Concerns, visits, disputes, money and notices, from what `concerns.sql` gives of them."""

from datetime import date, datetime
from typing import Any

from alongside.foundation.topics import Topic
from alongside.policy.concerns import (
    CareFacts,
    ConcernFacts,
    DisputeFacts,
    FundingFacts,
    NoticeFacts,
    VisitedFacts,
    WaitingBody,
)

_NAME = {topic.value: topic.name.lower() for topic in Topic} | {Topic.ADULTHOOD.value: "transition"}


def care(values: dict[str, Any]) -> CareFacts:
    visited = values.get("visited")
    return CareFacts(
        concerns=tuple(_concern(row) for row in values.get("concerns", ())),
        disputes=tuple(_dispute(row) for row in values.get("disputes", ())),
        funding=tuple(_funding(row) for row in values.get("funding", ())),
        notices=tuple(_notice(row) for row in values.get("notices", ())),
        unfollowed=tuple((key, date.fromisoformat(on)) for key, on in values.get("unfollowed", ())),
        visited=VisitedFacts(visited[0], date.fromisoformat(visited[1]), _day(visited[2])) if visited else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _concern(row: list[Any]) -> ConcernFacts:
    key, topic, kind, severity, place, raised, stepped, lead, told, answered, look, found, raiser, family = row
    raised_at = datetime.fromisoformat(raised)
    return ConcernFacts(
        id=key,
        topic=_NAME[topic],
        safeguarding=kind == "safeguarding",
        severity=severity,
        place=place,
        raised_at=raised_at,
        looked_at=_moment(stepped) or raised_at,
        lead_id=lead or 0,
        council_told_at=_moment(told),
        council_answered=answered,
        look_on=_day(look),
        found_on=_day(found),
        raiser_told=raiser,
        family_settled=family,
    )


def _dispute(row: list[Any]) -> DisputeFacts:
    key, opened, owner, begins, ends, accepted, looked, lead = row
    return DisputeFacts(
        key,
        date.fromisoformat(opened),
        owner,
        date.fromisoformat(begins),
        _day(ends),
        accepted,
        datetime.fromisoformat(looked),
        lead or 0,
    )


def _funding(row: list[Any]) -> FundingFacts:
    key, what_for, waiting, decided, outcome, told, starts, started, lead = row
    return FundingFacts(
        id=key,
        what_for=what_for,
        waiting=tuple(
            WaitingBody(number, name, date.fromisoformat(since), _day(panel))
            for number, name, since, panel in waiting or ()
        ),
        decided_on=_day(decided),
        refused=outcome == "refused",
        told=told,
        starts_on=_day(starts),
        started=started,
        lead_id=lead or 0,
    )


def _notice(row: list[Any]) -> NoticeFacts:
    key, place, given, ends, plan, searched, lead = row
    return NoticeFacts(key, place, date.fromisoformat(given), date.fromisoformat(ends), plan, _day(searched), lead or 0)

"""What of escalation stands about somebody, from what `escalations.sql` gives of them."""

from datetime import date, datetime
from typing import Any

from alongside.foundation.topics import Topic
from alongside.policy.escalating import (
    EscalationsFacts,
    HeldBack,
    OpenEscalation,
    OpenRefusal,
    Post,
    pauses_of,
)

TOPIC_NAME = {topic.value: topic.name.lower() for topic in Topic} | {Topic.ADULTHOOD.value: "transition"}


def escalations(values: list[Any] | None) -> EscalationsFacts:
    running, held, refusals, posts = values or (None, None, None, None)
    return EscalationsFacts(
        running=tuple(map(_running, running or ())),
        held_back=tuple(
            HeldBack(_about(kind, rule), number, _day_or_none(until), _day_or_none(over))
            for kind, number, rule, until, over in held or ()
        ),
        refusals=tuple(map(_refusal, refusals or ())),
        posts=tuple(map(_post, posts or ())),
    )


def _running(row: list[Any]) -> OpenEscalation:
    key, topic, what, level, agency, since, kind, number, rule, state, state_at, until, steps, told, closed = row
    stands = _day(until) if until and state in ("returned", "paused") else None
    return OpenEscalation(
        id=key,
        topic=TOPIC_NAME[topic],
        what=what,
        level=level,
        agency=agency,
        asked_at=datetime.fromisoformat(since),
        about=_about(kind, rule),
        about_id=number or 0,
        returned_at=datetime.fromisoformat(state_at) if state == "returned" else None,
        paused_until=stands,
        pauses=pauses_of((kind_, datetime.fromisoformat(at), _day_or_none(end)) for kind_, at, end in steps or ()),
        told=tuple(told or ()),
        closed=closed,
    )


def _refusal(row: list[Any]) -> OpenRefusal:
    key, topic, what, who, said_on, then_what, then_on = row
    return OpenRefusal(key, TOPIC_NAME[topic], what, who, _day(said_on), then_what, _day(then_on))


def _post(row: list[Any]) -> Post:
    key, actor, name, agency, level, rank, begins, ends, left, works, away = row
    return Post(
        id=key,
        actor_id=actor,
        name=name,
        agency=agency,
        level=level,
        rank=rank,
        from_date=_day(begins),
        to_date=_day_or_none(ends),
        left_on=_day_or_none(left),
        has_account=works and left is None,
        away=tuple((_day(first), _day_or_none(last)) for first, last in away or ()),
    )


def _about(kind: str, rule: str) -> str:
    return f"{kind}:{rule}" if rule else kind


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""What may be read once somebody was asked: the ledger of agreements, read from plain facts.

The database derives the same from its own tables (`foundation/access/sql/ledger.sql`); the two are compared by a
property test and by `alongside verify-access`. Sources: policy reference 3.3 (agreement to be on the register, and
keyworking's own), 5.6 (no reading before agreement to a review), 11.3 (sharing); how the levels rank is this service's
own choice (`docs/decisions/0007-the-consent-ledger.md`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from .counting import birthday, local_day

OPEN, AWAITING, RESTRICTED, CLOSED = "open", "awaiting", "restricted", "closed"
WHO_THEY_ARE = 1
SIXTEEN = 16
NO = ("refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that no later row corrects. topics: empty for every topic; `valid_until` is the last day it stands.

    id: of the answer as it was first written down, so that a correction stands in the place of what it corrects.
    evidenced: there is a record of who said it and how; a sheet that only says 'refused' has none.
    parental: somebody with parental responsibility decided.
    """

    id: int
    purpose: str
    answer: str
    evidenced: bool
    recorded_on: date
    happened_at: datetime
    decided_on: date | None = None
    topics: frozenset[int] = frozenset()
    recipient_kind: str = ""
    recipient_id: int | None = None
    valid_until: date | None = None
    parental: bool = False


def stands_before_a_yes_without_a_day(answer: str, evidenced: bool, decided_on: date | None) -> bool:
    """A yes that says when it was said, or a no that says how it is known."""
    return decided_on is not None if answer == "given" else evidenced and answer in NO


def day_of_answer(answer: str, decided_on: date | None, recorded_on: date, stronger: bool) -> date:
    """The day of an answer among those to one question: never later than recorded.

    A yes without a day was only carried over. It is older than anything else where a stronger answer was given to the
    same question (`stronger`); beside a no that was carried over as well, the one recorded last counts.
    """
    if decided_on is None:
        return date.min if answer == "given" and stronger else recorded_on
    return min(decided_on, recorded_on)


@dataclass(frozen=True, slots=True)
class Between:
    """An agreement between the ICB and one organisation, or all of a kind: both days are within it."""

    organisation_id: int | None
    kind: str
    signed_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Why somebody may come near a person: on which topics, from-to, and which agreement has to stand.

    relies_on: '' for none, keyworking, sharing or review. sees_restricted: named on a restricted record.
    """

    actor_id: int
    topics: frozenset[int]
    relies_on: str
    from_at: datetime
    to_at: datetime | None = None
    recipient_kind: str = ""
    recipient_id: int | None = None
    sees_restricted: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was answered about one person, and what else decides."""

    icb_id: int
    answers: tuple[Answer, ...] = ()
    restricted: bool = False
    between: tuple[Between, ...] = ()
    birth_date: date | None = None


def held(ledger: Ledger) -> str:
    """How closely the record is held: open to the area, awaiting an answer, restricted, or closed."""
    state = on_register(ledger, WHO_THEY_ARE)
    return state if state == CLOSED or not ledger.restricted else RESTRICTED


def on_register(ledger: Ledger, topic: int) -> str:
    """What the agreement to be on the register says of a topic. Its last day asks anew; it closes nothing.

    A no without evidence was only carried over: somebody asks, and until then the register team alone reads.
    """
    last = newest(ledger.answers, topic, "register", "", None)
    if last is None or last.answer == "unknown":
        return AWAITING
    if last.answer == "given":
        return OPEN
    return CLOSED if last.evidenced else AWAITING


def left_out(ledger: Ledger, topics: Iterable[int]) -> frozenset[int]:
    """Topics that the agreement to the register does not cover, of a person who agreed to be known."""
    if on_register(ledger, WHO_THEY_ARE) != OPEN:
        return frozenset()
    return frozenset(topic for topic in topics if on_register(ledger, topic) != OPEN)


def open_topics(ledger: Ledger, link: Link, at: datetime) -> frozenset[int]:
    """The topics that this link opens at this moment."""
    if at < link.from_at or (link.to_at is not None and at >= link.to_at):
        return frozenset()
    if ledger.restricted and not link.sees_restricted:
        return frozenset()
    if link.relies_on == "":
        return link.topics
    if link.relies_on == "sharing" and not _organisations_agree(ledger, link, at):
        return frozenset()
    return frozenset(topic for topic in link.topics if _agreed(ledger, link, topic, at))


def newest(answers: Iterable[Answer], topic: int, purpose: str, kind: str, recipient_id: int | None) -> Answer | None:
    """The newest answer for this purpose, exactly this recipient, and this topic."""
    asked = [
        each
        for each in answers
        if each.purpose == purpose and each.recipient_kind == kind and (kind == "" or each.recipient_id == recipient_id)
    ]
    stronger = any(stands_before_a_yes_without_a_day(each.answer, each.evidenced, each.decided_on) for each in asked)
    found = [each for each in asked if not each.topics or topic in each.topics]
    return max(found, key=lambda each: age(each, stronger), default=None)


def age(each: Answer, stronger: bool) -> tuple[date, datetime, int]:
    """The place of an answer in time among those to the same question."""
    return day_of_answer(each.answer, each.decided_on, each.recorded_on, stronger), each.happened_at, each.id


def _agreed(ledger: Ledger, link: Link, topic: int, at: datetime) -> bool:
    for purpose, kind, recipient_id in _asked_in_turn(link):
        last = newest(ledger.answers, topic, purpose, kind, recipient_id)
        if last is None or last.answer == "unknown":
            continue
        return last.answer == "given" and (link.relies_on == "keyworking" or not _ended(ledger, link, last, at))
    return False


def _ended(ledger: Ledger, link: Link, answer: Answer, at: datetime) -> bool:
    """Whether its last day is over. A parent's yes to what the family reads ends where the young person turns 16."""
    today, born = local_day(at), ledger.birth_date
    parents = link.recipient_kind == "family" and answer.parental
    if parents and born is not None and today >= birthday(born, SIXTEEN):
        return True
    return answer.valid_until is not None and today > answer.valid_until


def _asked_in_turn(link: Link) -> list[tuple[str, str, int | None]]:
    """(purpose, kind of recipient, recipient), the most specific first: the first with an answer decides."""
    if link.relies_on == "review":
        return [("review", "review", link.recipient_id)]
    turns: list[tuple[str, str, int | None]] = [(link.relies_on, "actor", link.actor_id)]
    if link.recipient_id is not None:
        turns.append((link.relies_on, "organisation", link.recipient_id))
    if link.recipient_kind:
        turns.append((link.relies_on, link.recipient_kind, None))
    turns.append((link.relies_on, "", None))
    if link.relies_on == "keyworking":
        turns.append(("register", "", None))
    return turns


def _organisations_agree(ledger: Ledger, link: Link, at: datetime) -> bool:
    """Families and the ICB's own need no agreement between organisations; any other recipient does, on that day."""
    if link.recipient_kind == "family" or link.recipient_id == ledger.icb_id:
        return True
    return any(
        _in_force(each, at)
        for each in ledger.between
        if (each.organisation_id is not None and each.organisation_id == link.recipient_id)
        or (each.organisation_id is None and each.kind == link.recipient_kind)
    )


def _in_force(between: Between, at: datetime) -> bool:
    day = local_day(at)
    return between.signed_on <= day and (between.ends_on is None or day <= between.ends_on)

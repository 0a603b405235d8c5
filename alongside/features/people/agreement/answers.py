"""What was answered on the pages of an asking, as rows for the ledger. Pure: nothing here asks the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from alongside.features.people.agreement import text
from alongside.features.people.agreement.around import Recipient
from alongside.features.people.agreement.reading import Known
from alongside.foundation.clock import LONDON
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.policy.agreements import Answer, Ledger, newest
from alongside.policy.deciding import PARENTAL, who_decides

#: The decisions of an asking. Each may rest on a basis of its own (policy reference 11.1: decision by decision).
DECISIONS = ("register", "keyworking", "sharing")


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided, on which basis, when, how it is known, and until when it stands."""

    basis: str
    by: str
    on: date
    evidence: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One row for the ledger. about: its topics, empty for all. words: for the timeline."""

    purpose: str
    answer: str
    words: str
    about: tuple[int, ...] = ()
    recipient_kind: str = ""
    recipient_id: int | None = None
    told: str = ""
    ask_again_on: date | None = None

    @property
    def is_yes(self) -> bool:
        return self.answer == "given"

    @property
    def is_whole_no(self) -> bool:
        """Not only to some topics."""
        return not self.is_yes and not self.about


def bases(known: Known, on: date) -> dict[str, frozenset[str]]:
    """On which bases something may be decided on that day, and which decisions each covers."""
    found: dict[str, set[str]] = {}
    for about in DECISIONS:
        for way in who_decides(known.born, on, known.found, about):
            found.setdefault(way.basis, set()).add(about)
    return {basis: frozenset(abouts) for basis, abouts in found.items()}


def said_of(
    known: Known, recipients: Iterable[Recipient], may: Mapping[str, Any], others: Mapping[str, Any]
) -> list[Said]:
    """Every row that the answers of the second and third page ask for. Nothing for what was not asked now."""
    found: list[Said] = []
    for purpose in ("keyworking", "register"):
        told, again = str(may.get("told", "")), may.get("ask_again_on")
        found += _rows(known, purpose, may, purpose, name="", told=told, ask_again_on=again)
    for each in recipients:
        found += _rows(
            known, "sharing", others, each.key, name=each.name, told=str(others.get("told", "")), kind=each.kind,
            number=each.id,
        )  # fmt: skip
    return found


def _rows(
    known: Known, purpose: str, given: Mapping[str, Any], field: str, *, name: str, told: str,
    ask_again_on: date | None = None, kind: str = "", number: int | None = None,
) -> list[Said]:  # fmt: skip
    choice = given.get(field)
    if choice not in (text.YES, text.BUT, text.NO):
        return []
    before = newest(known.ledger.answers, Topic.IDENTITY, purpose, kind, number)
    no = "withdrawn" if before is not None and before.answer == "given" else "refused"
    what = {"register": "Being on the register", "keyworking": "Having a keyworker"}.get(purpose, f"Telling {name}")
    plain = Said(purpose, "given", f"{what}: agreed.", recipient_kind=kind, recipient_id=number)
    if choice == text.YES:
        return [plain]
    if choice == text.NO:
        words = f"{what}: {'withdrawn' if no == 'withdrawn' else 'said no'}."
        return [replace(plain, answer=no, words=words, told=told, ask_again_on=ask_again_on)]
    without = tuple(sorted(int(topic) for topic in given.get(f"{field}_not", ())))
    rest = tuple(topic for topic in EVERY_TOPIC if topic not in without)
    words = text.topics_in_words(without)
    # The yes comes last, so that whoever reads the newest answer alone reads that there is one.
    return [
        replace(plain, answer=no, about=without, words=f"{what}: not about {words}.", told=told),
        replace(plain, about=rest, words=f"{what}: agreed, but not about {words}."),
    ]


def as_answers(known: Known, said: Sequence[Said], decided: Decided, at: datetime) -> tuple[Answer, ...]:
    """The rows as the ledger will read them once they are saved now."""
    first = max((answer.id for answer in known.ledger.answers), default=0) + 1
    return tuple(
        Answer(
            id=first + number,
            purpose=each.purpose,
            answer=each.answer,
            evidenced=True,
            recorded_on=at.astimezone(LONDON).date(),
            happened_at=at,
            decided_on=decided.on,
            topics=frozenset(each.about),
            recipient_kind=each.recipient_kind,
            recipient_id=each.recipient_id,
            valid_until=decided.valid_until if each.is_yes else None,
            parental=decided.basis == PARENTAL,
        )
        for number, each in enumerate(said)
    )


def with_answers(ledger: Ledger, new: Iterable[Answer]) -> Ledger:
    return replace(ledger, answers=(*ledger.answers, *new))


def not_the_newest(ledger: Ledger, new: Iterable[Answer]) -> list[Answer]:
    """Of the answers that stand in this ledger, those of a later day than a new one to the same question."""
    added = list(new)
    found: list[Answer] = []
    for each in added:
        topic = min(each.topics, default=Topic.IDENTITY.value)
        last = newest(ledger.answers, topic, each.purpose, each.recipient_kind, each.recipient_id)
        if last is not None and last not in (*added, *found):
            found.append(last)
    return found

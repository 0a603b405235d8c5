"""`docs/reference/who-reads-what.md`, worked out by asking the ledger's own rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.policy.agreements import AWAITING, OPEN, Answer, Between, Ledger, Link, held, open_topics

_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
_TOPICS = frozenset({1, 7})


@dataclass(frozen=True)
class Recipient:
    """Somebody who may be told. relies_on None: through the area, by the agreement to the register."""

    name: str
    relies_on: str | None
    kind: str = ""
    number: int | None = None
    asks: bool = False


RECIPIENTS = (
    Recipient("Register team", None, asks=True),
    Recipient("Managers and commissioners", None),
    Recipient("Keyworker", "keyworking"),
    Recipient("Partner: health, education, social care", "sharing", "health", 5),
    Recipient("Family, and a parent from 16 on", "sharing", "family"),
    Recipient("Panel of one review", "review", "review", 9),
    Recipient("Told against an agreement, to keep somebody safe", ""),
)
# What was answered, and whether there is evidence of it.
SAID = {
    "Nothing said": ("unknown", False),
    "Agreed": ("given", True),
    "Refused or withdrawn": ("withdrawn", True),
    "A no only carried over from a list": ("refused", False),
}
PURPOSES = {
    "register": "Being on the register",
    "keyworking": "Having a keyworker, with the register agreed",
    "keyworking_alone": "Having a keyworker, with the register refused",
    "sharing": "Sharing with that recipient, where the organisations have an agreement",
    "sharing_alone": "Sharing with that recipient, without an agreement between organisations",
    "review": "A review",
}
REMAINS = (
    ("Register", "A stub for the named custodians: name, dates, last colour, who was told, when to offer again, how "
     "long it is kept. Facts stay recorded and are read by nobody; closed periods keep their count."),
    ("Keyworking", "The area still reads the record, its past contacts too; the keyworker no longer does."),
    ("Sharing", "What was shared before stays in the log of shares; the recipient reads nothing more."),
    ("Review", "That it was asked for and refused; the panel reads no papers."),
    ("Any", "What safeguarding needs has its own lawful basis: an override by a senior, for a time, written down and "
     "told to the person unless that is unsafe. The audit of who looked and who changed stays."),
)  # fmt: skip


def reads(purpose: str, said: tuple[str, bool], recipient: Recipient) -> bool:
    """Whether this recipient reads the person after this answer to this purpose, the rest being as the words say."""
    asked = purpose.removesuffix("_alone")
    answers = [_answer(1, asked, *said, recipient)]
    if purpose != "register":
        refused = purpose == "keyworking_alone"
        answers.append(_answer(2, "register", "withdrawn" if refused else "given", True, recipient))
    between = () if purpose == "sharing_alone" else (Between(None, "health", date(2026, 1, 1)),)
    ledger = Ledger(1, tuple(answers), between=between)
    if recipient.relies_on is None:
        return held(ledger) == OPEN or (recipient.asks and held(ledger) == AWAITING)
    link = Link(
        3, _TOPICS, recipient.relies_on, datetime(2026, 1, 1, tzinfo=UTC), None, recipient.kind, recipient.number
    )
    return bool(open_topics(ledger, link, _AT))


def _answer(number: int, purpose: str, answer: str, evidenced: bool, recipient: Recipient) -> Answer:
    to = {"sharing": ("actor", 3), "review": ("review", 9)}.get(purpose, ("", None))
    return Answer(number, purpose, answer, evidenced, date(2026, 5, 1), _AT, date(2026, 5, 1), frozenset(), *to)


def rows(purpose: str) -> list[list[str]]:
    """Recipients as lines, answers as columns."""
    return [
        [recipient.name, *("reads" if reads(purpose, said, recipient) else "nothing" for said in SAID.values())]
        for recipient in RECIPIENTS
    ]


__all__ = ["PURPOSES", "REMAINS", "SAID", "rows"]

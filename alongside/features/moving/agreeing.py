"""What the young person or family said about telling the new area: answers in the ledger, read topic by topic."""

from collections.abc import Iterable
from datetime import datetime

from alongside.features.moving.models import AreaMove
from alongside.features.people.agreement.answers import Said
from alongside.features.people.agreement.reading import Known
from alongside.features.people.agreement.text import topics_in_words
from alongside.features.people.models import Consent
from alongside.foundation.topics import EVERY_TOPIC
from alongside.policy.agreements import Ledger, left_out, newest
from alongside.policy.counting import local_day

#: The recipient of what is told about a move to a place that is no organisation here; its number is the move's.
NO_ORGANISATION = "move"
ALL, SOME, NONE = "all", "some", "none"


def recipient_of(move: AreaMove) -> tuple[str, int]:
    """Whom an answer about this move is about, as the ledger names it."""
    if move.kind == AreaMove.Kind.OUTSIDE or move.to_icb_id is None:
        return NO_ORGANISATION, move.pk
    return "organisation", move.to_icb_id


def answered(known: Known, move: AreaMove) -> bool:
    """Whether anybody has said yes or no to telling the new area."""
    kind, number = recipient_of(move)
    asked = [each for each in known.ledger.answers if (each.recipient_kind, each.recipient_id) == (kind, number)]
    return any(each.purpose == Consent.Purpose.SHARING and each.answer != "unknown" for each in asked)


def agreed_topics(ledger: Ledger, move: AreaMove, at: datetime) -> frozenset[int]:
    """The topics that may be told on this day. What the register's own agreement leaves out is told to nobody."""
    kind, number = recipient_of(move)
    today = local_day(at)
    found = set()
    for topic in EVERY_TOPIC:
        last = newest(ledger.answers, topic, Consent.Purpose.SHARING, kind, number)
        stands = last is not None and last.answer == "given"
        if stands and last is not None and (last.valid_until is None or last.valid_until >= today):
            found.add(topic)
    return frozenset(found) - left_out(ledger, EVERY_TOPIC)


def refused_topics(ledger: Ledger, move: AreaMove) -> frozenset[int]:
    """The topics on which somebody said no."""
    kind, number = recipient_of(move)
    found = {topic: newest(ledger.answers, topic, Consent.Purpose.SHARING, kind, number) for topic in EVERY_TOPIC}
    return frozenset(topic for topic, last in found.items() if last and last.answer in ("refused", "withdrawn"))


def said_of(known: Known, move: AreaMove, answer: str, without: Iterable[int]) -> list[Said]:
    """The rows for the ledger. A yes that leaves something out is two: the no first, as everywhere."""
    kind, number = recipient_of(move)
    what, purpose = f"Telling {move.where} about the move", str(Consent.Purpose.SHARING)
    if answer == ALL:
        return [Said(purpose, "given", f"{what}: agreed.", (), kind, number)]
    if answer == NONE:
        no = "withdrawn" if _said_yes(known.ledger, move) else "refused"
        return [Said(purpose, no, f"{what}: said no.", (), kind, number)]
    out = tuple(sorted(without))
    rest = tuple(topic for topic in EVERY_TOPIC if topic not in out)
    words = topics_in_words(out)
    return [
        Said(purpose, "refused", f"{what}: not about {words}.", out, kind, number),
        Said(purpose, "given", f"{what}: agreed, but not about {words}.", rest, kind, number),
    ]


def _said_yes(ledger: Ledger, move: AreaMove) -> bool:
    kind, number = recipient_of(move)
    found = (newest(ledger.answers, topic, Consent.Purpose.SHARING, kind, number) for topic in EVERY_TOPIC)
    return any(last is not None and last.answer == "given" for last in found)

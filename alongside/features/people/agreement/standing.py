"""What is agreed now, question by question, so that it can be stopped."""

from collections.abc import Sequence
from datetime import datetime

from alongside.features.people.agreement.around import Recipient, answer_about
from alongside.features.people.agreement.reading import Known
from alongside.foundation.topics import Topic
from alongside.policy.agreements import OPEN, Answer, newest, on_register, open_topics


def what_stands(known: Known, recipients: Sequence[Recipient], at: datetime) -> list[tuple[str, str]]:
    """(name of the question, words) of everything that an answer, or a more general one, opens now."""
    found: list[tuple[str, str]] = []
    on_it = on_register(known.ledger, Topic.IDENTITY) == OPEN
    if on_it:
        found.append(("register", "Being on the register"))
    own = _answer(known, "keyworking")
    if own.answer == "given" if own else on_it:
        found.append(("keyworking", "Having a keyworker"))
    found += [(each.key, f"Telling {each.title}") for each in recipients if _knows(known, each, at)]
    return found


def _knows(known: Known, recipient: Recipient, at: datetime) -> bool:
    own = _answer(known, "sharing", recipient.kind, recipient.id)
    said = own or answer_about(known, recipient, Topic.IDENTITY)
    if own is not None:
        return own.answer == "given"
    return sees_now(known, recipient, at) or (said is not None and said.answer == "given")


def sees_now(known: Known, recipient: Recipient, at: datetime) -> bool:
    """Whether anything is open to them, or to somebody who acts for them, by any answer."""
    return any(
        open_topics(known.ledger, each.link, at)
        for each in known.involved
        if each.link.relies_on == "sharing"
        and (recipient.kind, recipient.id) in (("actor", each.link.actor_id), ("organisation", each.link.recipient_id))
    )


def _answer(known: Known, purpose: str, kind: str = "", number: int | None = None) -> Answer | None:
    last = newest(known.ledger.answers, Topic.IDENTITY, purpose, kind, number)
    return last if last is not None and last.answer != "unknown" else None

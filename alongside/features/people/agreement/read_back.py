"""'Who will know what', in sentences: what the ledger will open once these answers are saved. Pure.

It is worked out by the same rules as the ledger's second reading (`policy/agreements.py`), so that what is read out to
a family is what then happens.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from alongside.features.people.agreement import text
from alongside.features.people.agreement.answers import Decided, Said, as_answers, not_the_newest, with_answers
from alongside.features.people.agreement.around import Recipient, answer_about, decides_for, is_family, who_is
from alongside.features.people.agreement.reading import Known, With
from alongside.foundation.access.roles import REACH, Role
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.nhsuk.forms.wording import lower_first
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.policy.agreements import (
    AWAITING,
    CLOSED,
    OPEN,
    RESTRICTED,
    Answer,
    Between,
    Ledger,
    held,
    left_out,
    newest,
    open_topics,
)
from alongside.policy.counting import birthday, local_day
from alongside.policy.deciding import DECIDES_THEMSELVES

ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody, and in sentences what they will know. actor_id and sees: the same as data, where somebody signs in."""

    who: str
    sentences: tuple[str, ...]
    actor_id: int | None = None
    sees: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The page. held, left_out: how the record will be held. alone: what a keyworker without the register means, where
    that is so. mark: changes with anything that stands on it.
    """

    held: str
    left_out: frozenset[int]
    service: tuple[Line, ...]
    others: tuple[Line, ...]
    stays: tuple[str, ...]
    warnings: tuple[str, ...]
    alone: str
    mark: str


def read_back(
    known: Known, recipients: Sequence[Recipient], said: Sequence[Said], decided: Decided, at: datetime,
    reads: Collection[int],
) -> ReadBack:  # fmt: skip
    """What everybody will know once this is saved at this moment. `reads`: topics that whoever asks may read."""
    new = as_answers(known, said, decided, at)
    ledger = with_answers(known.ledger, new)
    state, without = held(ledger), left_out(ledger, EVERY_TOPIC)
    service = (*_teams(known, state, without), *_keyworkers(known, ledger, at))
    others = _others(known, recipients, ledger, at, Topic.FAMILY in reads)
    stays = _stays(known, state, said)
    warnings = tuple(_warning(last) for last in not_the_newest(ledger, new))
    alone = text.KEYWORKER_ALONE.format(called=known.called) if works_alone(ledger) else ""
    told = (state, sorted(without), service, others, stays, warnings, alone, said, decided)
    return ReadBack(state, without, service, others, stays, warnings, alone, _mark(known, told))


def works_alone(ledger: Ledger) -> bool:
    """Whether a keyworker was agreed to and the register refused: nobody but the keyworker sees the record then."""
    answer = newest(ledger.answers, Topic.IDENTITY, "keyworking", "", None)
    return held(ledger) == CLOSED and answer is not None and answer.answer == "given"


def _mark(known: Known, told: tuple[object, ...]) -> str:
    lines = [
        (line.who, line.sentences, sorted(line.sees)) for part in told if isinstance(part, tuple) for line in part
        if isinstance(line, Line)
    ]  # fmt: skip
    plain = [part for part in told if not (isinstance(part, tuple) and part and isinstance(part[0], Line))]
    whole = repr((known.person_id, [answer.id for answer in known.ledger.answers], lines, plain))
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _teams(known: Known, state: str, without: frozenset[int]) -> list[Line]:
    """Those whose work is the whole area."""
    called, icb = known.called, known.icb_name
    register = f"The register team of {icb}"
    if state == CLOSED:
        words = f"Nobody sees {called}’s record through the register any more. It ends when this is saved."
        return [Line(f"The register team, managers and commissioners of {icb}", (words,))]
    if state == RESTRICTED:
        words = "The record is restricted: only people who are named on it find it, whatever is agreed."
        return [Line(f"The register team, managers and commissioners of {icb}", (words,))]
    if state == AWAITING:
        words = f"They alone see that {called} is waiting to be asked. Nobody else finds the record."
        return [Line(register, (words,), sees=frozenset(EVERY_TOPIC))]
    keeps = "They keep the register, and see everything in the record."
    found = [Line(register, (keeps,), sees=frozenset(EVERY_TOPIC))]
    for role, words in ((Role.MANAGER, "The keyworking managers"), (Role.COMMISSIONER, "The commissioners")):
        topics = frozenset(REACH[role].topics)
        found.append(Line(f"{words} of {icb}", _sees(topics - without, topics & without), sees=topics - without))
    return found


def _keyworkers(known: Known, ledger: Ledger, at: datetime) -> list[Line]:
    named = [each for each in known.involved if each.link.relies_on == "keyworking"]
    lines = [_somebody(each.name, "their keyworker", [each], ledger, at) for each in _by_actor(named)]
    if lines:
        return lines
    answer = newest(ledger.answers, Topic.IDENTITY, "keyworking", "", None)
    if answer is not None and answer.answer in ("refused", "withdrawn"):
        return [Line("A keyworker", (f"{known.called} has said no to a keyworker. None will be named.",))]
    if (answer is not None and answer.answer == "given") or held(ledger) == OPEN:
        return [Line("A keyworker", ("Nobody is named yet. Whoever is named sees what was agreed.",))]
    return []


def _others(
    known: Known, recipients: Sequence[Recipient], ledger: Ledger, at: datetime, family: bool
) -> tuple[Line, ...]:
    lines = list(_who_know_already(known, ledger, at)) if family else []
    asked = [each for each in known.involved if each.link.relies_on == "sharing" and each.link.from_at <= at]
    named = set()
    for one in _by_actor(asked):
        if family or not is_family(known, one):
            theirs = [each for each in asked if each.link.actor_id == one.link.actor_id]
            who = who_is(known, one.link.actor_id, one.post)
            lines.append(_somebody(one.name, who, theirs, ledger, at))
            named.add(("actor", one.link.actor_id))
    lines += [_nobody_there(known, each, ledger, at) for each in recipients if (each.kind, each.id) not in named]
    return tuple(lines)


def _who_know_already(known: Known, ledger: Ledger, at: datetime) -> list[Line]:
    """The young person, and those with parental responsibility of a child, need nobody's agreement."""
    sixteen = birthday(known.born, DECIDES_THEMSELVES) if known.born else None
    until = f" From {day(sixteen)} on {known.called} decides." if sixteen else ""
    lines = []
    for each in known.involved:
        if each.link.relies_on == "" and each.link.from_at <= at:
            sees = open_topics(ledger, each.link, at)
            if each.because == "own_record":
                words = (f"{known.called} sees their own pages.",)
            else:
                words = (f"Has parental responsibility, and signs in to see {text.topics_in_words(sees)}.{until}",)
            who = who_is(known, each.link.actor_id, "")
            lines.append(Line(_title(each.name, who), words, each.link.actor_id, sees))
    signing_in = {line.actor_id for line in lines}
    for relative in known.relatives:
        if decides_for(known, relative, at) and (relative.actor_id is None or relative.actor_id not in signing_in):
            words = (f"Has parental responsibility, and is told what is decided.{until}",)
            lines.append(Line(_title(relative.name, lower_first(relative.relationship)), words))
    return lines


def _somebody(name: str, who: str, links: Sequence[With], ledger: Ledger, at: datetime) -> Line:
    """Somebody who signs in: what is open to them of what their work asks for."""
    wanted = frozenset().union(*(each.link.topics for each in links))
    sees = frozenset().union(*(open_topics(ledger, each.link, at) for each in links))
    sentences = _sees(sees, wanted - sees)
    if not sees:
        sentences = ("Sees nothing: cannot even tell that there is a record.",)
        if frozenset().union(*(open_topics(_all_agree(ledger, each), each.link, at) for each in links)):
            sentences += ("There was a yes, but there is no agreement between the organisations in force.",)
    return Line(_title(name, who), sentences, links[0].link.actor_id, sees)


def _all_agree(ledger: Ledger, each: With) -> Ledger:
    """As if every organisation had signed."""
    number, kind = each.link.recipient_id, each.link.recipient_kind
    return replace(ledger, between=(Between(number, "", ALWAYS), Between(None, kind, ALWAYS)))


def _nobody_there(known: Known, recipient: Recipient, ledger: Ledger, at: datetime) -> Line:
    """A recipient of whom nobody signs in: what those who know may tell them."""
    known = replace(known, ledger=ledger)
    last = answer_about(known, recipient, Topic.IDENTITY)
    topics = recipient.topics | {Topic.IDENTITY.value}
    if last is None:
        sentences: tuple[str, ...] = (f"Not asked about. Nobody tells them that {known.called} is known here.",)
    elif last.answer != "given":
        sentences = (f"Will not be told anything, nor that {known.called} is known here.",)
    elif last.valid_until is not None and last.valid_until < local_day(at):
        sentences = (f"A yes stood until {day(last.valid_until)}. It has ended: they are told nothing more.",)
    else:
        answers = ((topic, answer_about(known, recipient, topic)) for topic in topics)
        without = {topic for topic, answer in answers if answer is None or answer.answer != "given"}
        there = recipient.kind == "organisation" and any(w.link.recipient_id == recipient.id for w in known.involved)
        who = f"Those who work with {known.called} are named here." if there else "Nobody there signs in here yet."
        sentences = (f"May be told what they need for their part. {who}",)
        if without:
            sentences = (*sentences, f"Not about {text.topics_in_words(without)}.")
    return Line(recipient.title, sentences)


def _sees(sees: frozenset[int], not_: frozenset[int]) -> tuple[str, ...]:
    sentences: tuple[str, ...] = (f"Will see {text.topics_in_words(sees)}.",)
    return (*sentences, f"Will not see {text.topics_in_words(not_)}.") if not_ else sentences


def _stays(known: Known, state: str, said: Sequence[Said]) -> tuple[str, ...]:
    found = [words.format(called=known.called) for words in text.STAYS]
    if any(not each.is_yes for each in said):
        found.append(text.ALREADY_TOLD)
    if state == CLOSED:
        who = text.joined(known.custodians) or "the named custodians"
        found.insert(0, text.STUB.format(custodians=who, icb=known.icb_name, called=known.called))
    return tuple(found)


def _warning(last: Answer) -> str:
    about = text.PURPOSE.get(last.purpose, last.purpose)
    return (
        f"About {about} there is a newer answer, of {day(last.decided_on or last.recorded_on)}. It goes on counting:"
        " check the day on which this one was given."
    )


def _by_actor(involved: Sequence[With]) -> list[With]:
    return list({each.link.actor_id: each for each in reversed(involved)}.values())[::-1]


def _title(name: str, who: str) -> str:
    return f"{name}, {who}" if who else name

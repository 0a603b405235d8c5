"""The register meeting: who comes on its agenda and why, in which order, and who has to be there.

Pure: what moved is read by the caller, as at a moment, and compared with the meeting before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .counting import day_in_words
from .decision import Decision
from .rules import Ruleset, computes

#: Whoever has to be there, as a meeting's attendance calls them, and the words for it.
SIDES = {"health": "health", "education": "education", "care": "social care"}

#: The order of colours on an agenda. Who is in hospital now comes after red and before amber.
_RISK = {"red": 0, "blue": 1, "amber": 2, "green": 4}
_UNRATED = 3
_LONG_AGO = date(2000, 1, 1)


class Reason(NamedTuple):
    """Why somebody is on the agenda. topic: as in `duties.TOPICS`, of the fact behind it."""

    code: str
    topic: str
    words: str


class Late(NamedTuple):
    """Duties that are late: the oldest with its day and its topic (one of `duties.TOPICS`), and how many they are."""

    since: date
    what: str
    topic: str
    many: int = 1

    def __str__(self) -> str:
        more = f" And {self.many - 1} more." if self.many > 1 else ""
        what = self.what.rstrip(".")
        return f"since {day_in_words(self.since)}: {what}.{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What is known of one place on the register, and what became so since the meeting before.

    colour, colour_before: now and at the meeting before, '' for none. proposal: the colour that waits for a decision.
    new_on: came on the register since then. turned_late: what became late since then; still_late: what was late then
    already. look_late_since: since when the look at the rating itself is late; it is in neither of the two. admitted,
    discharged, notices, events: since then, each with its day. carried: '' or how the last meeting left them.
    emergencies: emergency meetings since then, each with its outcome.
    """

    colour: str = ""
    colour_before: str = ""
    rated_on: date | None = None
    proposal: str = ""
    new_on: date | None = None
    came_back: bool = False
    turned_late: Late | None = None
    still_late: Late | None = None
    look_late_since: date | None = None
    admitted: tuple[date, ...] = ()
    discharged: tuple[date, ...] = ()
    notices: tuple[tuple[date, str], ...] = ()
    events: tuple[tuple[date, str, str], ...] = ()
    carried: str = ""
    emergencies: tuple[tuple[date, str], ...] = ()


def reasons_for(moved: Moved) -> tuple[Reason, ...]:
    """Why this person is on the agenda, the weightiest first. None: nothing moved.

    What was late at the last meeting already brings nobody back; it is said of those who are there for another reason.
    """
    parts = (_carried, _emergencies, _register, _hospital, _news, _turned_late)
    found = tuple(reason for part in parts for reason in part(moved))
    return found + tuple(_still_late(moved)) if found else ()


def _carried(moved: Moved) -> Iterable[Reason]:
    if moved.carried:
        yield Reason("carried", "register", moved.carried)


def _emergencies(moved: Moved) -> Iterable[Reason]:
    for on, what in moved.emergencies:
        yield Reason("emergency", "review", f"Emergency meeting on {day_in_words(on)}: {what}.")


def _register(moved: Moved) -> Iterable[Reason]:
    colour, before = moved.colour, moved.colour_before
    if moved.new_on:
        came = "Came back to the register" if moved.came_back else "New on the register"
        yield Reason("new", "register", f"{came} on {day_in_words(moved.new_on)}.")
    if moved.proposal:
        yield Reason("proposal", "register", f"{moved.proposal.capitalize()} is proposed and nobody has decided.")
    if not colour:
        yield Reason("unrated", "register", "Nobody has rated them yet.")
    elif before and colour != before:
        yield Reason("changed", "register", f"Rated {colour}, was {before} at the last meeting.")
    if colour in ("red", "blue") and colour == before:
        since = f", last rated on {day_in_words(moved.rated_on)}" if moved.rated_on else ""
        yield Reason(colour, "register", f"Still {colour}{since}.")
    elif colour in ("red", "blue") and not before:
        yield Reason(colour, "register", f"Rated {colour}.")
    if moved.look_late_since:
        due = day_in_words(moved.look_late_since)
        yield Reason("stale", "register", f"The rating is too old: somebody was to look again by {due}.")


def _hospital(moved: Moved) -> Iterable[Reason]:
    for on in moved.admitted:
        yield Reason("admitted", "hospital", f"Admitted to hospital on {day_in_words(on)}.")
    for on in moved.discharged:
        yield Reason("discharged", "hospital", f"Discharged from hospital on {day_in_words(on)}.")


def _news(moved: Moved) -> Iterable[Reason]:
    for on, what in moved.notices:
        yield Reason("notice", "hospital", f"{what} came in on {day_in_words(on)}.")
    for on, what, topic in moved.events:
        yield Reason("event", topic, f"{what}, {day_in_words(on)}.")


def _turned_late(moved: Moved) -> Iterable[Reason]:
    if moved.turned_late:
        yield Reason("late", moved.turned_late.topic, f"Late {moved.turned_late}")


def _still_late(moved: Moved) -> Iterable[Reason]:
    if moved.still_late:
        yield Reason("still_late", moved.still_late.topic, f"Still late, {moved.still_late}")


def place_on_agenda(moved: Moved) -> tuple[int, int, date]:
    """What an agenda is sorted by: left over and emergencies first, then risk, then who has waited longest."""
    rank = _RISK.get(moved.colour, _UNRATED)
    if moved.proposal in _RISK:
        rank = min(rank, _RISK[moved.proposal])
    late = (one.since for one in (moved.still_late, moved.turned_late) if one)
    waited = (*late, moved.look_late_since, moved.rated_on, moved.new_on)
    first = moved.carried or moved.emergencies
    return (0 if first else 1, rank, min((day for day in waited if day), default=_LONG_AGO))


@computes("meeting_quorum")
def quorum(present: Collection[str], ruleset: Ruleset, on: date) -> Decision:
    """Whether health, education and social care are there, of whoever is in the room for this person."""
    rule = ruleset.in_force("meeting_quorum", on)
    missing = [words for side, words in SIDES.items() if side not in present]
    if not missing:
        return Decision(True, "Health, education and social care were there.", rule.source_label)
    named = missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + " or " + missing[-1]
    return Decision(False, f"Nobody from {named} was there.", rule.source_label)

"""What if demand, staff or leave changed: the waiting list some weeks from now, as a range over many seeded runs.

Nothing here says what will be. Who comes and whose keyworking ends is drawn at the rates of the area's own last year;
the same seed draws the same weeks, so that two questions differ by what was asked and not by luck. While somebody is
away the people they hold have cover, which takes room of their colleagues: so leave costs room as long as it lasts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import exp, log
from random import Random

from .worth import AMBER, LONGEST, OTHERS, RED

RUNS = 200
#: Weeks in the year by which rates are told.
YEAR = 52
#: From so many endings in a year on they are gone by: of fewer, chance alone moves the figure by a third and more.
#: Below that so many of 100 people a year are taken to stop (both local defaults; 12 months is a usual length of
#: keyworking where it goes on to the end, and no national figure was found).
ENOUGH_ENDINGS = 10
DEFAULT_ENDS = 25
_WORTH = {"red": RED, "blue": RED, "amber": AMBER}


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where an area stands, and how fast it moves.

    waiting: (colour, days waited) of each who waits. held: of each keyworker, the halves of a point of each person
    they hold. most: their hard limits, in halves. halves: what each colour counts. arrivals: new people a week by
    colour. ends: the chance that one person's keyworking ends in a week. full: the hard limit of one who works full
    time.
    """

    waiting: tuple[tuple[str, int], ...]
    held: tuple[tuple[int, ...], ...]
    most: tuple[int, ...]
    halves: Mapping[str, int]
    arrivals: Mapping[str, float]
    ends: float
    full: int


@dataclass(frozen=True, slots=True)
class Ends:
    """How often keyworking ends. seen: people for whom it ended in the last year. each_year: of 100 who have a
    keyworker; is_default where too few were seen."""

    seen: int
    each_year: float
    is_default: bool

    @property
    def each_week(self) -> float:
        """The chance of one week that one person's keyworking ends."""
        return self.each_year / 100 / YEAR


def ends_of(seen: int, held: int) -> Ends:
    """By what was seen in a year, where that is enough. held: people who have a keyworker now.

    Who stopped in the year was held for half of it, taken all together.
    """
    if seen < ENOUGH_ENDINGS:
        return Ends(seen, DEFAULT_ENDS, True)
    return Ends(seen, min(100, 100 * seen / (held + seen / 2)), False)


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked. demand: percent of today's. staff: full-time keyworkers more (below 0: fewer), in tenths.

    leave: weeks away of each keyworker within the weeks asked about; whom they hold has cover by colleagues meanwhile.
    ends: of 100 people with a keyworker, how many stop in a year; None as the area stands.
    """

    weeks: int
    demand: int = 100
    staff: int = 0
    leave: int = 0
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Nine of ten runs were at or above `low`, half of them at or below `middle`, nine of ten at or below `high`."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """At the end: how many wait, the longest wait in days, and the halves of a point that had no room."""

    waiting: Range
    longest: Range
    short: Range


#: Whom a draw holds: (halves of a point, the first week in which it has ended). Who waits: (colour, the day of the draw
#: on which it began, below 0 before the first; the weeks they will be held once they are placed).
_Held = tuple[int, float]
_Waits = tuple[str, int, float]


@dataclass(frozen=True, slots=True)
class _Draw:
    """All that chance decides, before anybody is placed. comes: of each week. away: of each keyworker, weeks in the
    order in which leave takes them."""

    waiting: tuple[_Waits, ...]
    held: tuple[tuple[_Held, ...], ...]
    comes: tuple[tuple[_Waits, ...], ...]
    away: tuple[tuple[int, ...], ...]
    most: tuple[int, ...]


def look_ahead(ahead: Ahead, change: Change, *, seed: int, runs: int = RUNS) -> Outlook:
    """The range over so many runs. The same question with the same seed has the same answer."""
    found = [_worst(ahead, change, _draw(ahead, change, Random(f"{seed} {number}"))) for number in range(runs)]
    waiting, longest, short = (_range([one[place] for one in found]) for place in range(3))
    return Outlook(waiting, longest, short)


def _range(numbers: Sequence[int]) -> Range:
    ordered = sorted(numbers)
    low, middle, high = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.1, 0.5, 0.9))
    return Range(low, middle, high)


def _draw(ahead: Ahead, change: Change, random: Random) -> _Draw:
    """Who comes, how long each is held and who is away when have streams of their own: more leave adds weeks to the
    same weeks and changes nothing else."""
    comes, stays, leaves = (Random(random.random()) for _ in range(3))
    ends = ahead.ends if change.ends is None else change.ends / 100 / YEAR
    most = _limits(ahead, change)
    held = [tuple((halves, _weeks_held(ends, stays)) for halves in theirs) for theirs in ahead.held]
    waiting = tuple((colour, -days, _weeks_held(ends, stays)) for colour, days in ahead.waiting)
    new = []
    for week in range(change.weeks):
        colours = [
            colour
            for colour in sorted(ahead.arrivals)
            for _ in range(_poisson(ahead.arrivals[colour] * change.demand / 100, comes))
        ]
        new.append(tuple((colour, 7 * (week + 1), _weeks_held(ends, stays)) for colour in colours))
    return _Draw(
        waiting=waiting,
        held=(*held, *[()] * (len(most) - len(held))),
        comes=tuple(new),
        away=tuple(tuple(leaves.sample(range(change.weeks), change.weeks)) for _ in most),
        most=tuple(most),
    )


def _worst(ahead: Ahead, change: Change, draw: _Draw) -> tuple[int, ...]:
    """What comes of a draw, at its worst with as much leave or less.

    A week of leave can seem to help: two small ones slip into room that somebody large would have had. That is luck
    with sizes and no gain by leave.
    """
    leaves = range(min(change.leave, change.weeks) + 1)
    return tuple(map(max, zip(*(_run(ahead, change.weeks, leave, draw) for leave in leaves), strict=True)))


def _run(ahead: Ahead, weeks: int, leave: int, draw: _Draw) -> tuple[int, int, int]:
    """What comes of one draw: (how many wait, longest wait in days, halves of a point without room)."""
    waiting, held = list(draw.waiting), [list(theirs) for theirs in draw.held]
    away = [set(theirs[:leave]) for theirs in draw.away]
    for week in range(weeks):
        waiting += draw.comes[week]
        held = [[one for one in theirs if one[1] > week] for theirs in held]
        room = _room_of(held, draw.most, [week in theirs for theirs in away])
        waiting = _place(waiting, held, room, week, ahead.halves)
    longest = max((7 * weeks - since for _, since, _ in waiting), default=0)
    return len(waiting), longest, sum(ahead.halves[colour] for colour, _, _ in waiting)


def _weeks_held(ends: float, random: Random) -> float:
    """For how many weeks somebody has a keyworker: each week the chance to end is the same."""
    draw = random.random()
    return float("inf") if ends <= 0 else 0 if ends >= 1 else int(log(1 - draw) / log(1 - ends))


def _limits(ahead: Ahead, change: Change) -> list[int]:
    """Limits with more staff at the end of the list; fewer staff take it from every limit in the same share."""
    limits = list(ahead.most)
    more = ahead.full * change.staff // 10
    while more > 0:
        limits.append(min(more, ahead.full))
        more -= ahead.full
    if change.staff < 0 and (total := sum(limits)):
        share = max(0.0, 1 + ahead.full * change.staff / 10 / total)
        limits = [int(limit * share) for limit in limits]
    return limits


def _room_of(held: list[list[_Held]], most: tuple[int, ...], away: list[bool]) -> list[tuple[int, int]]:
    """A heap of (-room, place) of whoever is here, once everybody whose keyworker is away has cover.

    Cover counts in full (`points_beside`), and goes to whoever has the most room. Somebody has to cover also where
    nobody has room: that colleague then takes nobody new.
    """
    room = [(sum(halves for halves, _ in theirs) - most[place], place) for place, theirs in enumerate(held)]
    here = [one for one in room if not away[one[1]]]
    heapify(here)
    alone = [halves for place, theirs in enumerate(held) if away[place] for halves, _ in theirs]
    for halves in sorted(alone, reverse=True) if here else ():
        full, place = here[0]
        heapreplace(here, (full + halves, place))
    return here


def _place(
    waiting: list[_Waits], held: list[list[_Held]], room: list[tuple[int, int]], week: int, halves: Mapping[str, int]
) -> list[_Waits]:
    """By risk and wait, each to whoever has the most room. Those for whom nobody has room."""
    if not room or -room[0][0] < min(halves.values()):
        return waiting
    today = 7 * (week + 1)
    left = []
    for one in sorted(waiting, key=lambda one: -(_WORTH.get(one[0], OTHERS) + min(LONGEST, today - one[1]))):
        adds = halves[one[0]]
        full, place = room[0]
        if -full < adds:
            left.append(one)
            continue
        held[place].append((adds, week + 1 + one[2]))
        heapreplace(room, (full + adds, place))
    return left


def _poisson(mean: float, random: Random) -> int:
    """A draw of how many come in a week (Knuth's way; means here are small)."""
    limit, product, many = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        many += 1
    return many

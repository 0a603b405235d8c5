"""Reading hand-overs: the people of one, how full everybody would be after it, and what is still missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.features.keyworking.access import NAMES
from alongside.features.keyworking.caseloads import CaseloadRules, Member
from alongside.features.keyworking.handing_over.work import Item
from alongside.features.keyworking.held import living
from alongside.features.keyworking.models import Allocation, HandOver, HandOverLine
from alongside.features.keyworking.waiting import Waiting, find_as_waiting
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.policy.allocation import Need


@dataclass(frozen=True)
class Line:
    """A person of a hand-over: the row, and how the waiting list would show them (None off the register)."""

    row: HandOverLine
    waiting: Waiting | None
    part: str

    @property
    def person_id(self) -> int:
        """Whose line it is; of a record that was merged into another, the one person."""
        return self.row.person.survivor_id or self.row.person_id

    @property
    def colour(self) -> str:
        return self.waiting.colour if self.waiting else ""

    @property
    def is_told(self) -> bool:
        """Whether the family knows of whoever was chosen, or somebody said why not."""
        return bool(self.row.told) and self.row.told_of_id == self.row.taker_id

    def need(self, rules: CaseloadRules, today: date) -> Need:
        """The same as the matching sees them."""
        if self.waiting:
            return self.waiting.need
        return Need(id=self.person_id, colour="", halves=rules.halves_of("", today))


def find_hand_over(me: Me, number: int) -> HandOver | None:
    """A hand-over of an area whose team one runs."""
    areas = [held.area for held in me.roles if held.role in NAMES]
    return HandOver.objects.select_related("icb", "worker", "rest_to").filter(pk=number, icb_id__in=areas).first()


def find_open(icb_id: int, worker_id: int) -> HandOver | None:
    """The hand-over of a keyworker that is under way."""
    return HandOver.objects.filter(icb=icb_id, worker=worker_id, state__in=("begun", "agreed")).first()


def open_allocations(hand_over: HandOver) -> QuerySet[Allocation]:
    """Whom they still hold when others take over. Call as the engine: no record is too closely held to be handed over.

    Their own cover for somebody is no part of it when it ends before that day.
    A record that was merged into another counts too: whoever is named on it stays the keyworker of the one person.
    """
    held = Q(to_date=None) | Q(to_date__gt=hand_over.from_date)
    here = living(hand_over.icb_id)
    rows = Allocation.objects.filter(here, held, worker=hand_over.worker_id, superseded_by=None)
    if hand_over.reason == HandOver.Reason.LEAVE:
        rows = rows.exclude(part=Allocation.Part.OUTGOING)
    return rows.order_by("pk")


def list_lines(me: Me | None, hand_over: HandOver, rules: CaseloadRules, today: date) -> list[Line]:
    """The lines that still matter, whoever is at greatest risk first. `me` None: all of them, as the engine sees them.

    Two statements. Once the hand-over is over, its lines stand as they were.
    """
    if me is None:
        with context.as_engine():
            return _lines(None, hand_over, rules, today)
    return _lines(me, hand_over, rules, today)


def _lines(me: Me | None, hand_over: HandOver, rules: CaseloadRules, today: date) -> list[Line]:
    rows = HandOverLine.objects.visible_to(me) if me else HandOverLine.objects.all()
    rows = rows.filter(hand_over=hand_over).select_related("person", "allocation", "taker", "told_by", "made")
    if hand_over.closed_at is None:
        rows = rows.filter(pk__in=_still_held(hand_over))
    found = list(rows)
    whose = {row.pk: row.person.survivor_id or row.person_id for row in found}
    known = find_as_waiting(me, hand_over.icb, today, rules, set(whose.values()))
    lines = [Line(row, known.get(whose[row.pk]), row.allocation.part) for row in found]
    order = {"red": 0, "blue": 1, "amber": 2}
    return sorted(lines, key=lambda line: (order.get(line.colour, 3), line.row.person.shown_name, line.row.pk))


def _still_held(hand_over: HandOver) -> QuerySet:
    held = Q(allocation__to_date=None) | Q(allocation__to_date__gt=hand_over.from_date)
    later = Allocation.objects.filter(supersedes=OuterRef("allocation_id"))
    here = living(hand_over.icb_id)
    return HandOverLine.objects.filter(held, here, ~Exists(later), hand_over=hand_over).values("pk")


def count_hidden(hand_over: HandOver, seen: Sequence[Line]) -> int:
    """How many lines there are that this reader can't see."""
    with context.as_engine():
        return HandOverLine.objects.filter(pk__in=_still_held(hand_over)).count() - len(seen)


def adds_of(line: Line, hand_over: HandOver, rules: CaseloadRules) -> int:
    """What a line adds to its taker's caseload, in halves of a point: cover counts in full."""
    part = Allocation.Part.COVER if hand_over.reason == HandOver.Reason.LEAVE else line.part
    return rules.halves_of(line.colour, hand_over.from_date, part)


@dataclass(frozen=True)
class Load:
    """A caseload before and after a hand-over, in halves of a point."""

    name: str
    before: int
    after: int
    most: int


def loads_after(hand_over: HandOver, lines: Iterable[Line], team: Iterable[Member], rules: CaseloadRules) -> list[Load]:
    """Everybody whose caseload changes, whoever hands over first. What they take already counts once it is agreed."""
    adds: Counter[int] = Counter()
    counted: Counter[int] = Counter()
    lines = list(lines)
    for line in lines:
        if line.row.taker_id:
            adds[line.row.taker_id] += adds_of(line, hand_over, rules)
            if line.row.made:
                counted[line.row.taker_id] += rules.halves_of(line.colour, hand_over.from_date, line.row.made.part)
    if hand_over.reason == HandOver.Reason.LEAVING:
        gone = sum(rules.halves_of(line.colour, hand_over.from_date, line.part) for line in lines
                   if line.row.taker_id or line.row.ends)  # fmt: skip
        adds[hand_over.worker_id] = -gone
    found = [
        Load(m.actor.name, before, before + adds[m.actor.pk], m.limits.most)
        for m in team
        if m.actor.pk in adds
        for before in [m.caseload.halves - counted[m.actor.pk]]
    ]
    return sorted(found, key=lambda load: (load.after >= load.before, load.name))


def taker_of(hand_over: HandOver, lines: Iterable[Line], item: Item) -> int | None:
    """Who gets a piece of work: whoever takes that person, else whoever takes the rest."""
    takers = {line.person_id: line.row.taker_id for line in lines if line.row.taker_id}
    return takers.get(item.row.person_id or 0) or hand_over.rest_to_id


def unsettled(hand_over: HandOver, lines: Sequence[Line]) -> list[str]:
    """What is missing before it can be agreed, in sentences; none when all is there.

    Somebody always takes the other work: what comes in until the day has an owner then too.
    """
    found = []
    alone = sum(1 for line in lines if not line.row.taker_id and not line.row.ends)
    untold = sum(1 for line in lines if line.row.taker_id and not line.is_told)
    if alone:
        found.append(f"{_people(alone)} nobody who takes over yet.")
    if untold:
        families = "1 family was" if untold == 1 else f"{untold} families were"
        found.append(f"{families} not told yet who takes over.")
    if hand_over.rest_to_id is None:
        found.append("Say who takes the other work.")
    takers = [line.row.taker for line in lines] + [hand_over.rest_to]
    if gone := sorted({one.name for one in takers if one and one.left_on}):
        found.append(f"{' and '.join(gone)} left meanwhile. Call it off, and choose somebody else.")
    return found


def _people(many: int) -> str:
    return "1 person has" if many == 1 else f"{many} people have"

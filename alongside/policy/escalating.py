"""The ladder of escalation: whose it is at each moment, and by when. Pure, and without a 'today'.

Source: policy reference, section 9 (a proposal): levels, owners and times are an area's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from .counting import Calendar, day_in_words, days_after, local_day, start_of_day, working_days_after
from .decision import Decision
from .rules import Rule, Ruleset, computes

#: What each level is called, from the keyworker up.
LEVELS: dict[int, str] = {
    0: "The keyworker",
    1: "The keyworking manager",
    2: "A head of service",
    3: "The senior responsible officer",
    4: "The ICB's executive lead and the council's director",
    5: "The region, the CQC or the safeguarding partnership",
}
#: Levels at which the area names officers; the others are a team of its own.
NAMED = (2, 3, 4)
#: Up to here it climbs by itself.
TOP = 4
OUTSIDE = 5
AGENCIES: dict[str, str] = {"health": "Health", "education": "Education", "social_care": "Social care"}
#: Every agency has an officer at this level, or the gap is work.
EACH_AGENCY_HAS_ONE = 3


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody named for an agency and a level: the first in `rank` is the officer, those after them deputies.

    away: first and last day of each absence; no last day means until further notice. has_account: opens it here.
    """

    id: int
    actor_id: int
    name: str
    agency: str
    level: int
    rank: int
    from_date: date
    to_date: date | None = None
    left_on: date | None = None
    has_account: bool = True
    away: tuple[tuple[date, date | None], ...] = ()

    def is_there(self, day: date) -> bool:
        """Named, not gone and not away on a day."""
        if day < self.from_date or (self.to_date and day > self.to_date) or (self.left_on and day >= self.left_on):
            return False
        return not any(first <= day and (last is None or day <= last) for first, last in self.away)

    def changes(self) -> Iterable[date]:
        """Days on which it may be somebody else's."""
        yield self.from_date
        if self.to_date:
            yield days_after(self.to_date, 1)
        if self.left_on:
            yield self.left_on
        for first, last in self.away:
            yield first
            if last:
                yield days_after(last, 1)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from a day to a last day."""

    from_date: date
    to_date: date

    def holds(self, day: date) -> bool:
        return self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a moment to a moment it is at one level and one person's: `post`, or a team's where nobody is named.

    due_on: by when this level decides. first: the level begins here. rule: the time that the level has.
    """

    level: int
    post: Post | None
    from_at: datetime
    to_at: datetime | None
    due_on: date
    first: bool
    rule: Rule

    def holds(self, moment: datetime) -> bool:
        return self.from_at <= moment and (self.to_at is None or moment < self.to_at)


def asked_on(posts: Iterable[Post], level: int, agency: str, day: date) -> Post | None:
    """Who is asked on a day: the agency's officer or deputy, another agency's of the level, the nearest level above,
    then below. None where no officer is named who is there: then it is the team's.
    """
    if level not in NAMED:
        return None
    there = [post for post in posts if post.is_there(day)]
    return min(there, key=lambda post: _nearest(post, level, agency), default=None)


def _nearest(post: Post, level: int, agency: str) -> tuple[bool, int, bool, int, int]:
    return post.level < level, abs(post.level - level), post.agency != agency, post.rank, post.id


def ladder(
    *,
    level: int,
    agency: str,
    asked_at: datetime,
    posts: Sequence[Post],
    pauses: Sequence[Pause] = (),
    ruleset: Ruleset,
    calendar: Calendar,
) -> tuple[Stretch, ...]:
    """Every stretch from the moment it was put to this level; the last one has no end. Never empty."""
    found: list[Stretch] = []
    begins = asked_at
    while True:
        on = local_day(begins)
        rule = ruleset.in_force(f"escalation_level_{level}", on)
        due = _last_day(rule, on, pauses, calendar)
        ends = None if level >= TOP else start_of_day(days_after(due, 1))
        found += _whose(level, agency, begins, ends, due, posts, rule)
        if ends is None:
            return tuple(found)
        level, begins = level + 1, ends


def _last_day(rule: Rule, begins: date, pauses: Sequence[Pause], calendar: Calendar) -> date:
    """The day on which the level's working days are used up; those within a pause don't count."""
    if rule.length is None:
        return begins
    day, left = begins, rule.length.number
    while left:
        day = working_days_after(day, 1, calendar)
        left -= not any(pause.holds(day) for pause in pauses)
    return day


def _whose(
    level: int, agency: str, begins: datetime, ends: datetime | None, due: date, posts: Sequence[Post], rule: Rule
) -> list[Stretch]:
    """The level cut where it becomes somebody else's."""
    first = local_day(begins)
    last = local_day(ends) if ends else date.max
    days = sorted({day for post in posts for day in post.changes() if first < day < last})
    found = [Stretch(level, asked_on(posts, level, agency, first), begins, ends, due, True, rule)]
    for day in days:
        post = asked_on(posts, level, agency, day)
        if (post and post.actor_id) != (found[-1].post and found[-1].post.actor_id):
            moment = start_of_day(day)
            found[-1] = replace(found[-1], to_at=moment)
            found.append(Stretch(level, post, moment, ends, due, False, rule))
    return found


def at_moment(stretches: Sequence[Stretch], moment: datetime) -> Stretch:
    """The stretch of a moment; the first one for a moment before it began."""
    return next((one for one in stretches if one.holds(moment)), stretches[0])


def gaps(posts: Iterable[Post], agency: str, since: date) -> list[tuple[date, date | None]]:
    """First and last day of each stretch without anybody who is there for an agency at the level that each has."""
    own = [post for post in posts if post.agency == agency and post.level == EACH_AGENCY_HAS_ONE]
    days = sorted({since, *(day for post in own for day in post.changes() if day > since)})
    found: list[tuple[date, date | None]] = []
    begun: date | None = None
    for day in days:
        empty = not any(post.is_there(day) for post in own)
        if empty and begun is None:
            begun = day
        elif not empty and begun is not None:
            found.append((begun, days_after(day, -1)))
            begun = None
    return [*found, (begun, None)] if begun else found


#: Where what is stuck begins; and where a recommendation begins that is long late, or was made again.
FIRST, FIRST_OF_REVIEW = 1, 2


@computes("escalation_review_action")
def first_level(due_on: date, on: date, ruleset: Ruleset, calendar: Calendar, times: int = 1) -> Decision:
    """The lowest level to which what a C(E)TR recommended is put on a day; value is the level.

    times: how often reviews recommended it. Sources: policy reference, section 9 (late), needs, story 3 (again).
    """
    rule = ruleset.in_force("escalation_review_action", due_on)
    if times > 1:
        why = f"A review recommended it {times} times, so it begins at level 2."
        return Decision(FIRST_OF_REVIEW, why, rule.source_label)
    passed = working_days_after(due_on, rule.period.number, calendar)
    was_due = f"A review recommended it, and it was to be done by {day_in_words(due_on)}"
    if on > passed:
        why = f"{was_due}. It is more than {rule.length_in_words} late, so it begins at level 2."
        return Decision(FIRST_OF_REVIEW, why, rule.source_label)
    why = f"{was_due}. After {day_in_words(passed)} it begins at level 2."
    return Decision(FIRST, why, rule.source_label)


def level_again(level: int) -> int:
    """Where an escalation stands after a review recommended the same again: one level up, at least level 2.

    Not above the top of the area's own ladder: what leaves the area is a person's act.
    """
    return min(max(level + 1, FIRST_OF_REVIEW), TOP) if level < TOP else level


def pauses_of(steps: Iterable[tuple[str, datetime, date | None]]) -> tuple[Pause, ...]:
    """The pauses in steps (kind, when, last day) in their order: each ends on its last day, or when it went on."""
    found: list[Pause] = []
    for kind, at, until in steps:
        on = local_day(at)
        if found and found[-1].to_date >= on:
            found[-1] = replace(found[-1], to_date=days_after(on, -1))
        if kind in ("paused", "returned") and until:
            found.append(Pause(on, until))
    return tuple(pause for pause in found if pause.to_date >= pause.from_date)


def nights_paused(pauses: Iterable[Pause], until: date) -> int:
    """Days on which the clock stood still, up to a day. Each counts once."""
    days: set[date] = set()
    for pause in pauses:
        day = pause.from_date
        while day <= min(pause.to_date, until):
            days.add(day)
            day = days_after(day, 1)
    return len(days)


@dataclass(frozen=True, slots=True)
class OpenEscalation:
    """One that is put to somebody. level, asked_at: as the last act put it; it may have climbed since.

    returned_at: when somebody asked us something that is not answered. paused_until: the last day of a pause, or of a
    question, that goes on. told: numbers of the posts that were told by voice or by a link since. closed: the record is
    held closely, or what it is about is left out: no officer may be asked meanwhile.
    """

    id: int
    topic: str
    what: str
    level: int
    agency: str
    asked_at: datetime
    about: str = ""
    about_id: int = 0
    returned_at: datetime | None = None
    paused_until: date | None = None
    pauses: tuple[Pause, ...] = ()
    told: tuple[int, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What was proposed before. until: the last day for which somebody wrote why not. over_on: decided or taken back.

    It is proposed again after the one, and after the other once there was time to do what was decided.
    """

    about: str
    about_id: int
    until: date | None = None
    over_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenRefusal:
    """An agency's no that we have not dealt with. then_on: by when the next step is taken."""

    id: int
    topic: str
    what: str
    who: str
    said_on: date
    then_what: str
    then_on: date


@dataclass(frozen=True, slots=True)
class EscalationsFacts:
    """What of escalation stands about somebody. posts: the officers of their area, where something is put to them."""

    running: tuple[OpenEscalation, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    refusals: tuple[OpenRefusal, ...] = ()
    posts: tuple[Post, ...] = ()

"""What fits whom, in points of fit and in sentences a manager can read. Names of people never count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..counting import day_in_words
from .caseload import Limits, in_points
from .words import SKILLS

#: What each reason may add. All are ours: guidance names what to look at and gives no weights.
WEIGHTS = {
    "continuity": 30,
    "wish": 25,
    "skills": 25,
    "language": 20,
    "capacity": 20,
    "travel": 15,
    "interests": 10,
}
BEST_FIT = sum(WEIGHTS.values())
#: Fit is told in steps of this: finer would claim to know what nobody knows.
STEP = 5


def rounded(score: float) -> int:
    """The nearest step."""
    return STEP * round(score / STEP)


@dataclass(frozen=True, slots=True)
class Keyworker:
    """A keyworker as the matching sees them, on one day.

    held: halves of a point held now. missing: keys of required courses that are not in date. away_until: their last
    day of leave if they are away now (date.max when the return isn't known). districts, councils: where they work.
    """

    id: int
    name: str
    held: int
    limits: Limits
    skills: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    councils: frozenset[str] = frozenset()
    district: str = ""
    missing: tuple[str, ...] = ()
    takes_on: bool = True
    away_until: date | None = None
    leaves_on: date | None = None

    @property
    def room(self) -> int:
        """Halves of a point that may still be added below the hard limit."""
        return max(0, self.limits.most - self.held)

    @property
    def easy_room(self) -> int:
        return max(0, self.limits.easy - self.held)


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody who waits, as the matching sees them.

    halves: what they will count. waited: days on the list. before: keyworker -> what they were or are to them, in
    words ('was their keyworker until 3 May 2026'). wanted, unwanted: keyworkers named by the young person or family.
    """

    id: int
    colour: str
    halves: int
    waited: int = 0
    needs: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    language: str = ""
    council: str = ""
    district: str = ""
    before: Mapping[int, str] = field(default_factory=dict)
    wanted: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """How one keyworker fits one person. stopped: why they can't be chosen at all; full: over the hard limit only."""

    keyworker: int
    score: int
    because: tuple[str, ...]
    stopped: tuple[str, ...]
    full: str
    held: int
    then: int
    easy: int
    most: int

    @property
    def may(self) -> bool:
        """May be proposed: nothing stops it, and there is room below the hard limit."""
        return not self.stopped and not self.full

    @property
    def is_crowded(self) -> bool:
        """Above the number at which somebody is warned."""
        return self.then > self.easy


def fit_of(need: Need, keyworker: Keyworker) -> Fit:
    """Everything that speaks for and against one pair."""
    found = [
        _continuity(need, keyworker),
        _wish(need, keyworker),
        _skills(need, keyworker),
        _language(need, keyworker),
        _interests(need, keyworker),
        _travel(need, keyworker),
        _capacity(need, keyworker),
    ]
    then = keyworker.held + need.halves
    full = ""
    if then > keyworker.limits.most:
        most = in_points(keyworker.limits.most)
        full = f"Would hold {in_points(then)} points; the limit is {most}."
    return Fit(
        keyworker=keyworker.id,
        score=sum(score for score, _ in found),
        because=tuple(sentence for _, sentence in found if sentence),
        stopped=tuple(_stops(need, keyworker)),
        full=full,
        held=keyworker.held,
        then=then,
        easy=keyworker.limits.easy,
        most=keyworker.limits.most,
    )


def best_fits(need: Need, keyworkers: Iterable[Keyworker], most: int = 3) -> list[Fit]:
    """The best for one person alone, the best first. Those who are full or stopped are not among them."""
    fits = [fit for fit in (fit_of(need, keyworker) for keyworker in keyworkers) if fit.may]
    return sorted(fits, key=lambda fit: (-fit.score, fit.is_crowded, fit.then, fit.keyworker))[:most]


def _stops(need: Need, keyworker: Keyworker) -> Iterable[str]:
    if keyworker.missing:
        courses = " and ".join(keyworker.missing)
        yield f"Training is missing or out of date: {courses}."
    if keyworker.id in need.unwanted:
        yield "The young person or family asked for somebody else."
    if keyworker.away_until == date.max:
        yield "Is away, and the day of return is not known."
    elif keyworker.away_until:
        yield f"Is away until {day_in_words(keyworker.away_until)}."
    if keyworker.leaves_on:
        yield f"Leaves on {day_in_words(keyworker.leaves_on)}."
    if not keyworker.takes_on:
        yield "Takes nobody new at present."


def _continuity(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    known = need.before.get(keyworker.id, "")
    return (WEIGHTS["continuity"], f"They know each other: {known}.") if known else (0, "")


def _wish(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    if keyworker.id in need.wanted:
        return WEIGHTS["wish"], "The young person or family asked for them."
    return 0, ""


def _skills(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    met = need.needs & keyworker.skills
    if not need.needs:
        return 0, ""
    score = rounded(WEIGHTS["skills"] * len(met) / len(need.needs))
    if not met:
        return 0, f"Has no experience noted with {_listed(SKILLS[name] for name in sorted(need.needs))}."
    return score, f"Has experience with {_listed(SKILLS[name] for name in sorted(met))}."


def _language(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    if not need.language or need.language.casefold() in ENGLISH:
        return 0, ""
    if need.language.casefold() in {language.casefold() for language in keyworker.languages}:
        return WEIGHTS["language"], f"Speaks {need.language}."
    return 0, f"Does not speak {need.language}: an interpreter is needed."


def _interests(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    mine = {interest.casefold() for interest in keyworker.interests}
    shared = sorted(interest for interest in need.interests if interest.casefold() in mine)
    if not shared:
        return 0, ""
    return min(WEIGHTS["interests"], STEP * len(shared)), f"Both like {_listed(shared)}."


def _travel(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    if need.district and need.district == keyworker.district:
        return WEIGHTS["travel"], f"Is based in the same postcode district, {need.district}."
    if need.council and need.council in keyworker.councils:
        return rounded(WEIGHTS["travel"] * 2 / 3), f"Works in the area of {need.council}."
    if need.council and keyworker.councils:
        return 0, f"Does not usually work in the area of {need.council}."
    return 0, ""


def _capacity(need: Need, keyworker: Keyworker) -> tuple[int, str]:
    most, then = keyworker.limits.most, keyworker.held + need.halves
    score = rounded(WEIGHTS["capacity"] * max(0, most - then) / most) if most else 0
    sentence = f"Would go from {in_points(keyworker.held)} to {in_points(then)} of {in_points(most)} points."
    if keyworker.limits.easy < then <= most:
        sentence = f"{sentence[:-1]}, above the {in_points(keyworker.limits.easy)} at which we warn."
    return score, sentence


ENGLISH = frozenset({"english", "british sign language and english"})


def _listed(words: Iterable[str]) -> str:
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"

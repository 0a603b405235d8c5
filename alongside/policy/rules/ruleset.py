"""Ruleset: the rules that govern one ICB: national rows, its own values, the packs it has switched on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from ..counting import COUNTING
from .rule import CERTAINTY, KINDS, MONTHS_OF_YEAR, UNITS, Length, Rule

#: Law passed but not commenced. A pack is off until it is given a commencement date.
PACKS = {
    "part_8a": "Mental Health Act 1983 Part 8A (sections 125A to 125G)",
    "care_and_treatment_plans": "Mental Health Act 1983 section 130ZA, care and treatment plans",
    "detention_2025": "Mental Health Act 2025, shorter first period under section 3",
}

LAST_DAY_OF_ANY_MONTH = 28

#: From a day on, which colours or phases; and which age.
Named = tuple[date, tuple[str, ...]]
Ages = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A rule and the days on which it governs, both included."""

    first: date
    last: date
    rule: Rule


class Ruleset:
    """All rules for one ICB. Build it with `Ruleset.build`; it never changes."""

    __slots__ = (
        "_alone", "_digest", "_stretches", "icb", "keyworker_ages", "keyworker_also", "keyworker_ratings", "rules",
    )  # fmt: skip

    def __init__(
        self,
        icb: str,
        rules: tuple[Rule, ...],
        keyworker_ratings: tuple[Named, ...] = (),
        keyworker_also: tuple[Named, ...] = (),
        keyworker_ages: tuple[Ages, ...] = (),
    ):
        self.icb = icb
        self.rules = rules
        # Which ratings the area gives a keyworker, whom else, and up to which age, each from which day on; empty: as
        # the product's rules of entry say.
        self.keyworker_ratings = keyworker_ratings
        self.keyworker_also = keyworker_also
        self.keyworker_ages = keyworker_ages
        self._stretches = _stretches_by_key(rules)
        self._alone = {k: s[0].rule for k, s in self._stretches.items() if len(s) == 1}
        self._digest = ""

    @classmethod
    def build(
        cls,
        icb: str = "",
        local: Iterable[Rule] = (),
        commencements: Mapping[str, date] | None = None,
        national: Iterable[Rule] | None = None,
        keyworker_ratings: Iterable[Named] = (),
        keyworker_also: Iterable[Named] = (),
        keyworker_ages: Iterable[Ages] = (),
    ) -> "Ruleset":
        """National rows, the ICB's own rows on top, packs switched on from their commencement date.

        Raises ValueError, with a sentence, for a pack or a local row that cannot be.
        """
        if national is None:
            from .national import NATIONAL

            national = NATIONAL
        national = tuple(national)
        commencements = dict(commencements or {})
        for pack in commencements:
            if pack not in PACKS:
                raise ValueError(f"There is no rule pack called {pack}.")
        begun = tuple(
            replace(rule, starts_on=commencements[rule.pack]) if rule.pack in commencements else rule
            for rule in national
        )
        known = {rule.key: rule for rule in national}
        own = tuple(local)
        for rule in own:
            check_local(rule, icb, known.get(rule.key))
        ratings, also = tuple(sorted(keyworker_ratings)), tuple(sorted(keyworker_also))
        return cls(icb, begun + own, ratings, also, tuple(sorted(keyworker_ages)))

    def on(self, key: str, day: date) -> Rule | None:
        """The row in force on a day, or None. KeyError for a key that no rule has."""
        for stretch in self._stretches[key]:
            if stretch.first <= day <= stretch.last:
                return stretch.rule
        return None

    def governing(self, key: str, begins: date, due: Callable[[Rule], date]) -> tuple[Rule, date]:
        """The row that governs a clock, and the day it runs out. LookupError when it has not commenced.

        Law: the row in force when the clock began. Policy and local values: the row in force on the day
        it falls due, so that a changed value reaches everyone it touches from its first day on, and never
        makes anything due before that day. A clock older than the first row follows the first row.
        """
        alone = self._alone.get(key)
        if alone is not None:
            return alone, due(alone)
        found: tuple[Rule, date] | None = None
        for stretch in self._stretches[key]:
            if found is None or stretch.first <= begins:
                found = (stretch.rule, due(stretch.rule))
            elif stretch.rule.kind != "statute" and found[1] >= stretch.first:
                found = (stretch.rule, max(due(stretch.rule), stretch.first))
            else:
                break
        if found is None:
            raise LookupError(f"The rule {key} has not commenced.")
        return found

    def in_force(self, key: str, day: date) -> Rule:
        """The row in force on a day; the first row for an earlier day. LookupError when not commenced."""
        alone = self._alone.get(key)
        if alone is not None:
            return alone
        found = None
        for stretch in self._stretches[key]:
            if found is None or stretch.first <= day:
                found = stretch.rule
        if found is None:
            raise LookupError(f"The rule {key} has not commenced.")
        return found

    def has_commenced(self, key: str) -> bool:
        return bool(self._stretches[key])

    def digest(self) -> str:
        """The same text for the same values: when it changes, duties have to be counted again."""
        if not self._digest:
            rows = sorted(repr(rule) for rule in self.rules)
            named = repr((self.keyworker_ratings, self.keyworker_also, self.keyworker_ages))
            self._digest = sha256("\n".join([self.icb, named, *rows]).encode()).hexdigest()
        return self._digest

    def printed(self) -> list[dict]:
        """One object for each row of the table of time limits, in order (72)."""
        from .printing import printed

        return printed(self)


def check_local(rule: Rule, icb: str, national: Rule | None) -> None:
    """ValueError, with a sentence to show, when an ICB may not have this row."""
    if national is None:
        raise ValueError(f"There is no rule called {rule.key}.")
    if national.kind == "statute":
        raise ValueError(f"{national.title}: this is the law, so it cannot be changed locally.")
    if rule.icb != icb or not icb:
        raise ValueError(f"{national.title}: the value belongs to another ICB.")
    if rule.starts_on is None:
        raise ValueError(f"{national.title}: give the day from which the local value counts.")
    if national.length is None or rule.length is None:
        raise ValueError(f"{national.title}: this rule needs a length and cannot be left without one.")
    if national.is_local_default and national.length.unit == rule.length.unit in MONTHS_OF_YEAR:
        if not 1 <= rule.length.number <= LAST_DAY_OF_ANY_MONTH:
            raise ValueError(f"{national.title}: choose a day from 1 to {LAST_DAY_OF_ANY_MONTH}.")
    elif rule.length.number < 1 or rule.length.unit not in UNITS:
        raise ValueError(f"{national.title}: the length must be a whole number of 1 or more.")
    if ("hour" in rule.length.unit) != ("hour" in national.length.unit):
        raise ValueError(f"{national.title}: hours cannot replace days, nor days hours.")
    if rule.counting not in COUNTING or rule.kind not in KINDS or rule.certainty not in CERTAINTY:
        raise ValueError(f"{national.title}: unknown way of counting, kind or certainty.")


def local_value(national: Rule, icb: str, length: Length | None, starts_on: date, source_label: str = "") -> Rule:
    """An ICB's own value of a rule: the same shape, its own length, start and source."""
    return replace(
        national,
        length=length,
        starts_on=starts_on,
        ends_on=None,
        icb=icb,
        kind="default",
        source="LOCAL",
        source_label=source_label or f"Set by {icb}",
        certainty="V-L",
    )


def _stretches_by_key(rules: tuple[Rule, ...]) -> dict[str, tuple[Stretch, ...]]:
    by_key: dict[str, list[Rule]] = {}
    for rule in rules:
        by_key.setdefault(rule.key, []).append(rule)
    return {key: _stretches(rows) for key, rows in by_key.items()}


def _stretches(rows: list[Rule]) -> tuple[Stretch, ...]:
    """Days cut where any row begins or ends; on each, the ICB's own row wins, then the latest to start."""
    begun = [(rule.starts_on, rule) for rule in rows if rule.starts_on is not None]
    cuts = {start for start, _ in begun}
    cuts |= {rule.ends_on + timedelta(days=1) for _, rule in begun if rule.ends_on and rule.ends_on < date.max}
    firsts = sorted(cuts)
    found: list[Stretch] = []
    for first, following in zip(firsts, [*firsts[1:], None], strict=False):
        last = following - timedelta(days=1) if following else date.max
        covering = [
            (bool(rule.icb), start, number)
            for number, (start, rule) in enumerate(begun)
            if start <= first and (rule.ends_on is None or rule.ends_on >= first)
        ]
        if not covering:
            continue
        best = begun[max(covering)[2]][1]
        if found and found[-1].rule is best and found[-1].last + timedelta(days=1) == first:
            first = found.pop().first
        found.append(Stretch(first, last, best))
    return tuple(found)

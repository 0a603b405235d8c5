"""Caseload in weighted points: what each person counts, and how many a keyworker may hold. Local data, dated.

Guidance says 'manageable' and names no number; one area's pilot had about 10 people to a keyworker. Inside, points
are counted in halves, so that they add up exactly: 3 halves are 1.5 points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..rules import ALWAYS, CERTAINTY, KINDS
from ..rules.area import AreaRules
from .words import COURSES

#: A number of halves of a point, or several choices.
Value = int | tuple[str, ...]

_OURS = "proposed by this software; no national figure was found"


@dataclass(frozen=True, slots=True)
class CaseloadRule:
    """One value for one stretch of time. value: halves of a point, or courses. icb: the area whose own it is.

    titles: what the courses are called, in the same order.
    """

    key: str
    title: str
    value: Value
    source_label: str
    certainty: str
    kind: str
    starts_on: date = ALWAYS
    ends_on: date | None = None
    icb: str = ""
    note: str = ""
    titles: tuple[str, ...] = ()

    @property
    def halves(self) -> int:
        """The value of a rule in points. ValueError for one that lists courses."""
        if not isinstance(self.value, int):
            raise ValueError(f"The rule {self.key} holds no points.")
        return self.value

    @property
    def courses(self) -> tuple[str, ...]:
        """The value of a rule that lists courses. ValueError for one in points."""
        if isinstance(self.value, int):
            raise ValueError(f"The rule {self.key} lists no courses.")
        return self.value

    @property
    def label(self) -> str:
        return f"set by {self.icb}" if self.icb else KINDS[self.kind]

    @property
    def said(self) -> str:
        """The value in words for the screen."""
        if isinstance(self.value, int):
            return f"{in_points(self.value)} point{'' if self.value == 2 else 's'}"
        return ", ".join(self.titles) or "none"


NATIONAL_CASELOAD = (
    CaseloadRule("points_red", "Somebody rated red counts", 3, _OURS, "P", "default"),
    CaseloadRule("points_blue", "Somebody rated blue counts", 3, _OURS, "P", "default"),
    CaseloadRule("points_amber", "Somebody rated amber counts", 2, _OURS, "P", "default"),
    CaseloadRule("points_green", "Somebody stepping down (green) counts", 1, _OURS, "P", "default"),
    CaseloadRule(
        "points_unrated", "Somebody not rated yet counts", 2, _OURS, "P", "default", note="As amber until rated."
    ),
    CaseloadRule(
        "points_beside",
        "A co-worker, or whoever hands over, counts for each person",
        1,
        _OURS,
        "P",
        "default",
        note="Cover and whoever comes in count in full.",
    ),
    CaseloadRule("warn_at", "A full-time keyworker is warned at", 16, _OURS, "P", "default"),
    CaseloadRule(
        "block_at",
        "A full-time keyworker takes nobody beyond",
        20,
        "local practice, Birmingham and Solihull: about 10 people to a keyworker",
        "V-L",
        "local",
        note="A manager may go beyond it with a reason that is kept.",
    ),
    CaseloadRule(
        "training_required",
        "Training that must be in date before somebody is given people",
        (),
        _OURS,
        "P",
        "default",
        note="None unless the area says so.",
    ),
)
CASELOAD_ROWS = {rule.key: rule for rule in NATIONAL_CASELOAD}

#: The most that a rule in points may be set to, in halves: 40 points.
MOST = 80


class CaseloadRules(AreaRules[CaseloadRule]):
    """The values of one area."""

    PRODUCT = CASELOAD_ROWS

    def halves_of(self, colour: str, day: date, part: str = "designated") -> int:
        """What one person counts for a keyworker who is this to them, in halves of a point."""
        if part in BESIDE:
            return self.on("points_beside", day).halves
        return self.on(f"points_{colour or 'unrated'}", day).halves


#: Parts that share the work with a keyworker who counts in full.
BESIDE = frozenset({"co_worker", "outgoing"})


def check_local_caseload(
    key: str, value: Value, *, icb: str, starts_on: date, source: str = "", courses: Mapping[str, str] = COURSES
) -> CaseloadRule:
    """An area's own row. `courses`: titles of all that the area has. ValueError, with a sentence to show, for one that
    cannot be."""
    ours = CASELOAD_ROWS.get(key)
    if ours is None:
        raise ValueError("There is no such rule of caseload.")
    if isinstance(ours.value, int):
        if not isinstance(value, int) or not 1 <= value <= MOST:
            raise ValueError(f"{ours.title}: give points from 0.5 to {MOST // 2}, in halves.")
    elif isinstance(value, int) or set(value) - set(courses):
        raise ValueError(f"{ours.title}: choose from the list.")
    return replace(
        ours,
        value=value,
        icb=icb,
        starts_on=starts_on,
        source_label=source or f"Set by {icb}",
        certainty="V-L",
        titles=() if isinstance(value, int) else tuple(courses[name] for name in value),
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one keyworker may hold, in halves of a point. Beyond `easy` is warned of, beyond `most` is stopped."""

    easy: int
    most: int


def limits_of(rules: CaseloadRules, day: date, share: Decimal) -> Limits:
    """The limits of somebody who works this share of full time, rounded down to halves."""
    easy, most = (int(rules.on(key, day).halves * share) for key in ("warn_at", "block_at"))
    return Limits(min(easy, most), most)


def in_points(halves: int) -> str:
    """'1.5' for three halves, '2' for four."""
    whole, half = divmod(abs(halves), 2)
    return f"{'-' if halves < 0 else ''}{whole}{'.5' if half else ''}"


if any(rule.certainty not in CERTAINTY or rule.kind not in KINDS for rule in NATIONAL_CASELOAD):
    raise ValueError("A rule of caseload has an unknown kind or certainty.")

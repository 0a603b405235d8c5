"""Reading the discharge plan of a stay."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q

from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action
from alongside.features.hospital.models import (
    DischargeCondition,
    DischargeDate,
    DischargePlan,
    HeadingMark,
    Leaving,
    LeftUndone,
    LookBack,
    ReadyPeriod,
    RootCause,
    Stay,
)
from alongside.features.hospital.spells import Went, time_of
from alongside.features.people.queries import about
from alongside.foundation.access import context
from alongside.policy.discharging import HEADINGS, Delay, nights
from alongside.policy.spells import join_spells

#: Said to be done counts as met: whether it is, the ledger goes on asking.
UNMET = tuple(state for state in OPEN if state != Action.State.SAID_DONE)


def newest_plan(stay: Stay) -> DischargePlan | None:
    return DischargePlan.objects.filter(stay=stay, superseded_by=None).order_by("-pk").first()


def newest_date(stay: Stay) -> DischargeDate | None:
    return DischargeDate.objects.filter(stay=stay).order_by("-pk").first()


def newest_leaving(stay: Stay) -> Leaving | None:
    return Leaving.objects.filter(stay=stay, superseded_by=None).order_by("-pk").first()


def newest_cause(stay: Stay) -> RootCause | None:
    return RootCause.objects.filter(stay=stay, superseded_by=None).order_by("-pk").first()


def find_look_back(stay: Stay) -> LookBack | None:
    return LookBack.objects.filter(stay=stay, superseded_by=None).select_related("before").first()


def list_dates(stay: Stay) -> list[DischargeDate]:
    """What was said of the date, the newest first."""
    return list(DischargeDate.objects.filter(stay=stay).select_related("recorded_by").order_by("-pk"))


def slipped(dates: list[DischargeDate]) -> tuple[int, int]:
    """(how often the day moved, how many days later it is now than at first). `dates` the newest first."""
    days = [one.expected_on for one in reversed(dates) if one.expected_on is not None]
    moves = sum(later != earlier for earlier, later in zip(days, days[1:], strict=False))
    return moves, (days[-1] - days[0]).days if days else 0


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the plan with the newest mark of it, and its conditions."""

    code: str
    words: str
    mark: HeadingMark | None
    conditions: list["Condition"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with its action as it stands now; and how it was left, if it was."""

    row: DischargeCondition
    action: Action
    left: LeftUndone | None

    @property
    def is_open(self) -> bool:
        return self.action.state in UNMET


def list_conditions(stay: Stay) -> list[Condition]:
    """In the order in which they were agreed. Two statements."""
    rows = list(DischargeCondition.objects.filter(stay=stay).select_related("left_undone").order_by("pk"))
    if not rows:
        return []
    now = Action.objects.filter(origin=Action.Origin.DISCHARGE, origin_id=stay.pk, superseded_by=None)
    found = {one.number: one for one in now.select_related("owner", "owner_organisation", "person")}
    return [
        Condition(row, found[row.action_id], getattr(row, "left_undone", None))
        for row in rows
        if row.action_id in found
    ]


def list_headings(stay: Stay, conditions: list[Condition]) -> list[Heading]:
    """All headings in order, and behind them those of older lists that something was written under."""
    marks = {
        mark.heading: mark
        for mark in HeadingMark.objects.filter(stay=stay).select_related("recorded_by").order_by("pk")
    }
    under: dict[str, list[Condition]] = {}
    for one in conditions:
        under.setdefault(one.row.heading, []).append(one)
    codes = [*HEADINGS, *sorted({*marks, *under} - set(HEADINGS))]
    return [Heading(code, HEADINGS.get(code, code), marks.get(code), under.get(code, [])) for code in codes]


def list_unmet(stay: Stay) -> list[Condition]:
    """Conditions that are open now, whoever asks: a discharge must not pass one over that somebody may not read."""
    with context.as_engine():
        return [one for one in list_conditions(stay) if one.is_open and one.left is None]


def list_ready(stay: Stay) -> list[ReadyPeriod]:
    """Periods of being ready and still there, those withdrawn left out, the newest first."""
    return list(ReadyPeriod.objects.filter(stay=stay, withdrawn_because="").order_by("-from_date", "-pk"))


def open_period(stay: Stay, *, lock: bool = False) -> ReadyPeriod | None:
    rows = ReadyPeriod.objects.filter(stay=stay, withdrawn_because="", to_date=None)
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def delay_of(period: ReadyPeriod) -> Delay:
    return Delay(period.from_date, period.to_date, period.reason, period.body)


def nights_lost(periods: list[ReadyPeriod], as_at: date) -> int:
    return sum(nights(delay_of(one), as_at) for one in periods)


def stay_before(stay: Stay) -> Stay | None:
    """The mental health hospital stay from which they were discharged last before this one, or the spell that it is
    part of, began."""
    begun = Q(kind=Stay.Kind.HOSPITAL, admitted_at__lte=stay.admitted_at, superseded_by=None)
    rows = {row.pk: row for row in Stay.objects.filter(about(stay.person), begun).annotate(went=Went("pk"))}
    spells = join_spells(time_of(row, row.went) for row in rows.values())
    before = [spell for spell, following in pairwise(spells) if stay.pk in following.ids]
    return rows[before[0].ids[-1]] if before else None

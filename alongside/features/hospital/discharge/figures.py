"""What an area counts about leaving hospital: nights lost by cause and body, who came back, what analyses found."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from alongside.features.hospital.discharge import text
from alongside.features.hospital.models import ReadyPeriod, RootCause, Stay
from alongside.features.hospital.spells import alone, spells_of, times_of
from alongside.foundation.access.me import Me
from alongside.policy.counting import months_after
from alongside.policy.discharging import CameBack, Delay, count_readmissions, nights_by
from alongside.policy.spells import Spell, join_spells

#: So many months the page counts back, the first if nothing is chosen.
MONTHS = (12, 3)


@dataclass(frozen=True, slots=True)
class Nights:
    """Nights lost, under one name."""

    words: str
    nights: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one area, from a day until today."""

    since: date
    by_reason: list[Nights]
    by_body: list[Nights]
    total: int
    came_back: tuple[CameBack, ...]
    found: list[tuple[str, int]]
    changes_open: int
    changes_late: int
    returned: int


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody's stay that goes on, and the spell that it is part of."""

    stay: Stay
    spell: Spell

    @property
    def since(self) -> date:
        return self.spell.admitted


#: How many came back to the register of some areas since a day, from rooms above this one.
Returns = Callable[[Me, Sequence[int], date], int]
_returns: list[Returns] = [lambda me, areas, since: 0]


def returns_from(returns: Returns) -> None:
    """Where that number comes from. For `config/wiring.py` only."""
    _returns[:] = [returns]


def list_inside(me: Me, areas: Sequence[int]) -> list[Inside]:
    """Whom these areas hold and who is in a mental health hospital now, the longest there first. Two statements."""
    rows = Stay.objects.visible_to(me).filter(
        person__icb_id__in=list(areas),
        kind=Stay.Kind.HOSPITAL,
        discharged_at=None,
        superseded_by=None,
        person__died_on=None,
    )
    inside = list(rows.select_related("person__survivor").order_by("admitted_at", "pk"))
    for stay in inside:
        stay.person = stay.person.survivor or stay.person
    spells = spells_of(me, {stay.person_id for stay in inside})
    found = [Inside(stay, spells.get(stay.pk) or alone(stay)) for stay in inside]
    return sorted(found, key=lambda one: one.since)


def count_area(me: Me, areas: Sequence[int], today: date, months: int) -> Counted:
    """As many statements whatever the size."""
    since = months_after(today, -months)
    delays = [
        Delay(first, last, reason, body)
        for first, last, reason, body in ReadyPeriod.objects.visible_to(me)
        .filter(Q(to_date=None) | Q(to_date__gt=since), withdrawn_because="", recorded_icb_id__in=list(areas))
        .values_list("from_date", "to_date", "reason", "body")
    ]
    lost = nights_by(delays, today, since=since)
    causes = list(
        RootCause.objects.visible_to(me)
        .filter(recorded_icb_id__in=list(areas), superseded_by=None, stay__admitted_at__date__gte=since)
        .values_list("no_review", "change_due_on", "change_made_on")
    )
    waiting = [due for _, due, made in causes if due is not None and made is None]
    return Counted(
        since=since,
        by_reason=_by(lost, 0),
        by_body=_by(lost, 1),
        total=sum(lost.values()),
        came_back=_came_back(me, areas, since, today),
        found=[(text.NO_REVIEW.get(code, code), n) for code, n in Counter(code for code, _, _ in causes).most_common()],
        changes_open=len(waiting),
        changes_late=sum(due < today for due in waiting),
        returned=_returns[0](me, areas, since),
    )


def _by(lost: dict[tuple[str, str], int], which: int) -> list[Nights]:
    counted: Counter[str] = Counter()
    for codes, number in lost.items():
        counted[codes[which]] += number
    name = text.body_words if which else text.reason_words
    return [Nights(name(code), number) for code, number in counted.most_common()]


def _stays(me: Me, areas: Sequence[int]) -> QuerySet[Stay]:
    here = Stay.objects.visible_to(me).filter(person__icb_id=F("recorded_icb_id"), recorded_icb_id__in=list(areas))
    return here.filter(person__survivor=None)


def _came_back(me: Me, areas: Sequence[int], since: date, today: date) -> tuple[CameBack, ...]:
    rows = _stays(me, areas).filter(Q(discharged_at=None) | Q(discharged_at__date__gte=since))
    return count_readmissions(map(join_spells, times_of(rows).values()), since=since, as_at=today)

"""How often a keyworker was told in time of an admission, for an area: counted by the rule of the duty itself."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Min, QuerySet

from alongside.features.hospital.models import AdmissionKnown, Stay
from alongside.features.hospital.spells import times_of
from alongside.features.keyworking.models import Allocation
from alongside.features.people.queries import about_any
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.policy.counting import local_day, months_after
from alongside.policy.duties.inpatient import told_in_time
from alongside.policy.rules import Rule
from alongside.policy.spells import join_spells

#: So many months are counted back.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class ToldInTime:
    """Admissions of people who had a keyworker when it was recorded. late: later than the time, or not so far.

    waiting: not due yet. rule: the time that counts today.
    """

    since: date
    in_time: int
    late: int
    waiting: int
    rule: Rule

    @property
    def counted(self) -> int:
        return self.in_time + self.late


def count_told(rows: QuerySet[Stay], icb: str, at: datetime) -> ToldInTime:
    """Of these stays, those recorded in the last months in an area, by its code. A fixed number of statements.

    An admission that the keyworker recorded themselves is told in time. The first keyworker who knew counts. A stay
    that another one went on to is no admission.
    """
    today = local_day(at)
    since, version = months_after(today, -MONTHS), current_version()
    ruleset, calendar = ruleset_for(icb, version), calendar_for(version)
    stays = list(
        rows.filter(kind=Stay.Kind.HOSPITAL, superseded_by=None, recorded_at__date__gte=since, recorded_icb__code=icb)
        .annotate(survivor=F("person__survivor_id"))
        .values_list("pk", "person_id", "survivor", "recorded_by_id", "recorded_at", "admitted_at")
    )
    people = {number for row in stays for number in row[1:3] if number}
    firsts = {
        spell.ids[0] for times in times_of(rows.filter(about_any(people))).values() for spell in join_spells(times)
    }
    keyworkers = _keyworkers(people)
    known = dict(
        AdmissionKnown.objects.filter(stay__in=[row[0] for row in stays])
        .values_list("stay_id")
        .annotate(Min("recorded_at"))
    )
    counted: dict[bool | None, int] = defaultdict(int)
    for pk, person, survivor, by, recorded_at, admitted_at in stays:
        if pk not in firsts:
            continue
        on = local_day(recorded_at)
        there = {
            worker
            for worker, first, last in keyworkers[person] + keyworkers[survivor or 0]
            if first <= on and (last is None or on < last)
        }
        if there:
            known_at = recorded_at if by in there else known.get(pk)
            counted[told_in_time(local_day(admitted_at), recorded_at, known_at, at, ruleset, calendar)] += 1
    rule = ruleset.in_force("admission_known", today)
    return ToldInTime(since, counted[True], counted[False], counted[None], rule)


def _keyworkers(people: set[int]) -> dict[int, list[tuple[int, date, date | None]]]:
    found: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    rows = Allocation.objects.filter(person__in=people, part=Allocation.Part.DESIGNATED, superseded_by=None)
    for person, worker, first, last in rows.values_list("person_id", "worker_id", "from_date", "to_date"):
        found[person].append((worker, first, last))
    return found

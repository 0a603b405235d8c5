"""What the register team reads about referrals. Each list and page in a few statements, whatever its size."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When

from alongside.features.people.models import Person
from alongside.features.referrals.models import OutcomeLetter, Referral, ReferralState, ReferralStep
from alongside.features.referrals.models.choices import IN_DANGER
from alongside.features.referrals.promised import rules_of
from alongside.features.referrals.reading import pauses_of
from alongside.foundation.access.me import Me
from alongside.policy.counting import end_of_day, local_day
from alongside.policy.duties.matters import Pause, days_paused
from alongside.policy.duties.reckoning import last_day

_S = ReferralState
OPEN = Q(state__in=(_S.RECEIVED, _S.LOOKING, _S.WAITING)) | Q(state__in=(_S.ACCEPTED, _S.DECLINED), told_at=None)
SHOWN = {
    "open": OPEN,
    "declined": Q(state=_S.DECLINED, told_at__isnull=False),
    "closed": Q(state=_S.WITHDRAWN) | Q(state=_S.ACCEPTED, told_at__isnull=False),
}
PAGE = 50
_DANGER = Q(reasons__overlap=list(IN_DANGER))
#: Stands before the number where the next page begins among those in danger.
_IN_DANGER = "d"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a referral has taken: days in all, of which waiting, and the last day to tell the outcome."""

    due: date
    total_days: int
    paused_days: int
    waiting_since: date | None
    told_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    referral: Referral
    clock: Clock


def clock_of(referral: Referral, pauses: tuple[Pause, ...], due: date, at: datetime) -> Clock:
    until = referral.told_at or at
    waiting = [start for start, end in pauses if end is None]
    return Clock(
        due=due,
        total_days=(local_day(until) - local_day(referral.received_at)).days,
        paused_days=days_paused(pauses, until),
        waiting_since=local_day(min(waiting)) if waiting else None,
        told_on=local_day(referral.told_at) if referral.told_at else None,
        is_late=until > end_of_day(due),
    )


class Due:
    """The last day to tell an outcome, with each area's rules read once."""

    def __init__(self) -> None:
        self._rules: dict[str, Any] = {}

    def of(self, referral: Referral) -> date:
        code = referral.icb.code
        if code not in self._rules:
            self._rules[code] = rules_of(code)
        ruleset, calendar = self._rules[code]
        received = local_day(referral.received_at)
        return ruleset.governing("referral_outcome", received, lambda rule: last_day(rule, received, calendar))[1]


def _team(me: Me) -> QuerySet:
    return Referral.objects.visible_to(me).filter(icb_id__in=me.guarded).select_related("icb")


def list_referrals(me: Me, show: str, at: datetime, *, after: str = "") -> tuple[list[Line], str]:
    """(a page of the list, where the next page begins). Open ones: danger first, then who waits longest."""
    steps = ReferralStep.objects.filter(kind__in=("asked", "answered")).order_by("id")
    found = _team(me).filter(SHOWN[show]).prefetch_related(Prefetch("steps", steps))
    if show == "declined":
        found = found.order_by(F("look_again_on").asc(nulls_last=True), "id")[:500]
    elif show == "open":
        found = found.annotate(danger=Case(When(_DANGER, then=1), default=0)).filter(_from(after))
        found = found.order_by("-danger", "received_at", "id")[: PAGE + 1]
    else:
        found = found.order_by("-received_at", "-id")[:200]
    referrals = list(found)
    due = Due()
    lines = [
        Line(one, clock_of(one, pauses_of(one.steps.all(), one.decided_at), due.of(one), at))
        for one in referrals[: PAGE if show == "open" else None]
    ]
    more = show == "open" and len(referrals) > PAGE
    last = lines[-1].referral if more else None
    return lines, f"{_IN_DANGER if last.says_danger else ''}{last.pk}" if last else ""


def _from(after: str) -> Q:
    """What follows the line that `after` names: within those in danger, or past them."""
    number = after.removeprefix(_IN_DANGER)
    if not number.isdecimal() or len(number) > 17:
        return Q()
    later = Q(id__gt=int(number))
    return ~_DANGER | later if after.startswith(_IN_DANGER) else ~_DANGER & later


def count_referrals(me: Me) -> dict[str, int]:
    """How many there are in each list, in one statement."""
    return _team(me).aggregate(**{name: Count("id", filter=which) for name, which in SHOWN.items()})


def find_referral(me: Me, referral_id: int) -> Referral | None:
    """One referral of the team's areas."""
    return _team(me).select_related("person", "called_by", "asked_by").filter(pk=referral_id).first()


def find_letter(me: Me, letter_id: int) -> OutcomeLetter | None:
    """One letter of the team's areas."""
    return (
        OutcomeLetter.objects.filter(pk=letter_id, referral__icb_id__in=me.guarded).select_related("referral").first()
    )


def find_step(me: Me, step_id: int) -> ReferralStep | None:
    """One step of a referral of the team's areas."""
    return ReferralStep.objects.filter(pk=step_id, referral__icb_id__in=me.guarded).select_related("referral").first()


def find_declined(
    *,
    given: str,
    family: str,
    birth_date: date | None,
    nhs_number: str | None = None,
    icb_id: int | None = None,
    but: int = 0,
) -> list[Referral]:
    """Referrals that were declined, or are still open, and may be about this person; `but` is left out.

    The same NHS number; or the same birth date with either name; or both names where no birth date is known. Asked as
    the engine or by the register team: nobody else sees any.
    """
    same_name = Q(family_name__iexact=family.strip()) if family.strip() else Q(pk__in=())
    first = (
        Q(given_name__iexact=given.strip()) | Q(preferred_name__iexact=given.strip()) if given.strip() else Q(pk__in=())
    )
    wanted = Q(pk__in=())
    if nhs_number:
        wanted |= Q(nhs_number=nhs_number)
    if birth_date:
        wanted |= Q(birth_date=birth_date) & (same_name | first)
        wanted |= Q(birth_date=None) & same_name & first
    else:
        wanted |= same_name & first
    found = Referral.objects.filter(wanted).exclude(state__in=(_S.ACCEPTED, _S.WITHDRAWN)).exclude(pk=but)
    return list((found.filter(icb_id=icb_id) if icb_id else found).order_by("-received_at")[:20])


def find_person(me: Me, reference: str) -> Person | None:
    """Somebody who is here already and may be whom a referral is about."""
    return Person.objects.visible_to(me).filter(reference=reference, survivor=None).first()

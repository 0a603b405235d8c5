"""The rules in force for an ICB and the calendar, from the policy's rows and the service's own."""

from datetime import date
from functools import lru_cache
from typing import Any

from alongside.features.referrals.models import LocalEntryRule
from alongside.foundation.organisations.models import BankHoliday
from alongside.overview.models import LocalRule, Recount
from alongside.policy.counting import Calendar
from alongside.policy.rules import Length, Ruleset, local_value
from alongside.policy.rules.national import NATIONAL

PACK = "pack:"
#: Rules of entry by which it is due to name a keyworker.
KEYWORKER_RULES = ("keyworker_ratings", "keyworker_also", "keyworker_age_to")


def ruleset_for(icb: str, version: int) -> Ruleset:
    """The ICB's rules as at this version: the number of the newest recount, which every change of rules makes."""
    national, own, entry = _local_rows(version)
    return _built(icb, version, national, own.get(icb, ()), entry.get(icb, ()))


def current_ruleset(icb: str = "") -> Ruleset:
    """The rules of an ICB, or of the country, as they are now."""
    return ruleset_for(icb, current_version())


def current_version() -> int:
    return Recount.objects.order_by("-id").values_list("id", flat=True).first() or 0


def calendar_for(version: int) -> Calendar:
    """The bank holidays as at this version."""
    return _calendar(version)


@lru_cache(maxsize=256)
def _built(
    icb: str,
    version: int,
    commencements: tuple[tuple[str, date], ...],
    own: tuple[tuple[str, int, str, date, str], ...],
    entry: tuple[tuple[str, date, Any], ...],
) -> Ruleset:
    by_key = {rule.key: rule for rule in NATIONAL}
    rows = [
        local_value(by_key[key], icb, Length(amount, unit), starts, source) for key, amount, unit, starts, source in own
    ]
    said = {name: [(starts, value) for key, starts, value in entry if key == name] for name in KEYWORKER_RULES}
    return Ruleset.build(
        icb,
        rows,
        dict(commencements),
        keyworker_ratings=said["keyworker_ratings"],
        keyworker_also=said["keyworker_also"],
        keyworker_ages=said["keyworker_age_to"],
    )


@lru_cache(maxsize=4)
def _calendar(version: int) -> Calendar:
    return Calendar(frozenset(BankHoliday.objects.values_list("day", flat=True)))


@lru_cache(maxsize=4)
def _local_rows(version: int) -> tuple[tuple, dict[str, tuple], dict[str, tuple]]:
    commencements: list[tuple[str, date]] = []
    own: dict[str, list] = {}
    for row in LocalRule.objects.select_related("icb").order_by("id"):
        if row.rule_key.startswith(PACK):
            commencements.append((row.rule_key.removeprefix(PACK), row.starts_on))
        elif row.icb:
            own.setdefault(row.icb.code, []).append((row.rule_key, row.amount, row.unit, row.starts_on, row.source))
    entry: dict[str, list] = {}
    for area, key, value, starts_on in LocalEntryRule.objects.filter(rule_key__in=KEYWORKER_RULES).values_list(
        "icb__code", "rule_key", "value", "starts_on"
    ):
        entry.setdefault(area, []).append((key, starts_on, tuple(value) if isinstance(value, list) else value))
    return tuple(commencements), _frozen(own), _frozen(entry)


def _frozen(rows: dict[str, list]) -> dict[str, tuple]:
    return {icb: tuple(those) for icb, those in rows.items()}


def forget() -> None:
    """Drops what is remembered. For tests, where versions start again."""
    for cache in (_built, _calendar, _local_rows):
        cache.cache_clear()

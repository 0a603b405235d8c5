"""The rules in force for an ICB and the calendar, from the policy's rows and the service's own."""

from datetime import date
from functools import lru_cache

from alongside.foundation.organisations.models import BankHoliday
from alongside.overview.models import LocalRule, Recount
from alongside.policy.counting import Calendar
from alongside.policy.rules import Length, Ruleset, local_value
from alongside.policy.rules.national import NATIONAL

PACK = "pack:"


def ruleset_for(icb: str, version: int) -> Ruleset:
    """The ICB's rules as at this version: the number of the newest recount, which every change of rules makes."""
    national, own = _local_rows(version)
    return _built(icb, version, national, own.get(icb, ()))


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
) -> Ruleset:
    by_key = {rule.key: rule for rule in NATIONAL}
    rows = [
        local_value(by_key[key], icb, Length(amount, unit), starts, source) for key, amount, unit, starts, source in own
    ]
    return Ruleset.build(icb, rows, dict(commencements))


@lru_cache(maxsize=4)
def _calendar(version: int) -> Calendar:
    return Calendar(frozenset(BankHoliday.objects.values_list("day", flat=True)))


@lru_cache(maxsize=4)
def _local_rows(version: int) -> tuple[tuple, dict[str, tuple]]:
    commencements: list[tuple[str, date]] = []
    own: dict[str, list] = {}
    for row in LocalRule.objects.select_related("icb").order_by("id"):
        if row.rule_key.startswith(PACK):
            commencements.append((row.rule_key.removeprefix(PACK), row.starts_on))
        elif row.icb:
            own.setdefault(row.icb.code, []).append((row.rule_key, row.amount, row.unit, row.starts_on, row.source))
    return tuple(commencements), {icb: tuple(rows) for icb, rows in own.items()}


def forget() -> None:
    """Drops what is remembered. For tests, where versions start again."""
    for cache in (_built, _calendar, _local_rows):
        cache.cache_clear()

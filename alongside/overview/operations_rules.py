"""Changing the rules: an ICB's own value, the day a law begins, a bank holiday. Each is called inside `recording()`.

Each queues a recount of all whom it touches, in the same transaction.
"""

from datetime import date

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import BankHoliday, Organisation
from alongside.foundation.recording.recording import Notes
from alongside.overview.engine.rulesets import PACK
from alongside.overview.models import LocalRule
from alongside.overview.recounting import ask_recount
from alongside.policy.rules import NATIONAL, PACKS, Length, Rule, check_local, local_value


def may_set_rules(me: Me, icb_id: int) -> bool:
    """An administrator or keyworking manager of this ICB."""
    return me.holds_in(icb_id, Role.ADMIN, Role.MANAGER)


def may_set_commencements(me: Me) -> bool:
    """The day a law begins is the same everywhere: an administrator's to set."""
    return me.holds(Role.ADMIN)


def set_local_rule(
    note: Notes, *, icb: Organisation, rule_key: str, amount: int, starts_on: date, source: str, by: Me
) -> LocalRule:
    """This ICB's own value, in the rule's own unit, from a day on. Raises Refused, or NotNow with a sentence."""
    if not may_set_rules(by, icb.pk):
        raise Refused("may_not_set_rules", "Local values are set by an administrator or manager of this ICB.")
    national = next((rule for rule in NATIONAL if rule.key == rule_key), None)
    if national is None or national.length is None:
        raise NotNow("no_length", "This rule has no length that could be changed.")
    length = Length(amount, national.length.unit)
    _check(national, icb.code, length, starts_on, source)
    if LocalRule.objects.filter(icb=icb, rule_key=rule_key, starts_on=starts_on).exists():
        raise NotNow("same_day", "There is already a local value from that day. Choose another day.")
    row = LocalRule.objects.create(
        icb=icb,
        rule_key=rule_key,
        amount=amount,
        unit=length.unit,
        starts_on=starts_on,
        source=source,
        decided_by_id=by.id,
    )
    words = f"{national.title}: {length} from {_day(starts_on)}."
    note("rule.set", words=words, icb_id=icb.pk, subject="rule", subject_id=row.pk, rule=rule_key)
    ask_recount(because=words, at=note.at, icb_id=icb.pk)
    return row


def _check(national: Rule, icb: str, length: Length, starts_on: date, source: str) -> None:
    try:
        check_local(local_value(national, icb, length, starts_on, source), icb, national)
    except ValueError as problem:
        raise NotNow("not_local", str(problem)) from problem


def set_commencement(note: Notes, *, pack: str, starts_on: date, source: str, by: Me) -> LocalRule:
    """The day from which a law is in force. Raises Refused; NotNow when it is set already."""
    if not may_set_commencements(by):
        raise Refused("may_not_commence", "The day a law begins is set by an administrator.")
    if pack not in PACKS:
        raise NotNow("no_pack", "There is no such law here.")
    if LocalRule.objects.filter(rule_key=PACK + pack).exists():
        raise NotNow("commenced", "The day is set already.")
    row = LocalRule.objects.create(
        icb=None, rule_key=PACK + pack, starts_on=starts_on, source=source, decided_by_id=by.id
    )
    words = f"{PACKS[pack]}: in force from {_day(starts_on)}."
    note("rule.commenced", words=words, subject="rule", subject_id=row.pk, pack=pack)
    ask_recount(because=words, at=note.at)
    return row


def add_bank_holiday(note: Notes, *, day: date, name: str) -> str:
    """Adds the day, or gives it another name. The sentence says what was done."""
    BankHoliday.objects.update_or_create(day=day, defaults={"name": name[:80]})
    return _holiday_changed(note, f"{_day(day)} is a bank holiday: {name}.")


def remove_bank_holiday(note: Notes, *, day: date) -> str:
    """Takes the day away. Raises NotNow when it was none."""
    gone, _ = BankHoliday.objects.filter(day=day).delete()
    if not gone:
        raise NotNow("no_holiday", f"{_day(day)} is not a bank holiday.")
    return _holiday_changed(note, f"{_day(day)} is not a bank holiday.")


def _holiday_changed(note: Notes, words: str) -> str:
    note("holiday.changed", words=words)
    ask_recount(because=words, at=note.at)
    return words


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

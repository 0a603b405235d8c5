"""The rules of entry of an area, and what they say of somebody. Suggests only; a person decides."""

from datetime import date

from alongside.features.referrals.models import LocalEntryRule, Referral
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.eligibility import Asked, EntryRule, EntryRules, Told, check_local_entry, for_register
from alongside.policy.eligibility.rows import Value


def entry_rules_of(icb: Organisation) -> EntryRules:
    """The product's rows with the area's own on top, in one statement."""
    own = []
    for row in LocalEntryRule.objects.filter(icb=icb).order_by("starts_on"):
        value = tuple(row.value) if isinstance(row.value, list) else row.value
        own.append(check_local_entry(row.rule_key, value, icb=icb.name, starts_on=row.starts_on, source=row.source))
    return EntryRules(icb.name, own)


def set_entry_rule(
    note: Notes, *, icb: Organisation, key: str, value: Value, starts_on: date, source: str = ""
) -> LocalEntryRule:
    """An area's own rule of entry from a day on. ValueError, with a sentence, for one that cannot be."""
    rule: EntryRule = check_local_entry(key, value, icb=icb.name, starts_on=starts_on, source=source)
    made = LocalEntryRule.objects.create(
        icb=icb,
        rule_key=key,
        value=list(value) if isinstance(value, tuple) else value,
        starts_on=starts_on,
        source=source,
        decided_by_id=note.by.id,
    )
    note("entry_rule.set", words=f"A rule of entry was set: {rule.title}.", icb_id=icb.pk, key=key)
    return made


def asked_of(referral: Referral) -> Asked:
    """What a referral says that the rules look at. Where they live is not known from an address alone."""
    bases = set(referral.diagnosis.values()) - {"not_stated"}
    return Asked(
        birth_date=referral.birth_date,
        diagnoses=frozenset(referral.diagnosis),
        basis=next((basis for basis in ("diagnosed", "understood", "considered", "pathway") if basis in bases), ""),
        happening=frozenset(referral.reasons),
    )


def told_of_referral(referral: Referral, rules: EntryRules, as_at: date) -> tuple[Told, ...]:
    """For triage: what the area's rules say of this referral, test by test."""
    return for_register(asked_of(referral), rules, as_at)

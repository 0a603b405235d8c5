"""An area's own rules of entry."""

from typing import Any

from django.db import models

from alongside.foundation.access.protection import Reference
from alongside.foundation.organisations.models import Organisation
from alongside.policy.eligibility import ENTRY_ROWS


class LocalEntryRule(models.Model):
    """What an area sets instead of the product's row of the same key, from a day on. See `policy.eligibility`."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    rule_key = models.CharField(max_length=30, choices=[(key, rule.title) for key, rule in ENTRY_ROWS.items()])
    # A number, a text or a list of texts, as the rule is.
    value: Any = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    # Everybody may read for whom a register is; those who set the area's other rules set these.
    protection = Reference(write_by=("manager", "admin"), area="icb_id")

    class Meta:
        constraints = [models.UniqueConstraint("icb", "rule_key", "starts_on", name="local_entry_rule_once")]

"""A form being filled in."""

from typing import Any

from django.db import models

from alongside.features.referrals.models.choices import Channel
from alongside.features.referrals.protected import DraftRows
from alongside.foundation.organisations.models import Organisation


class ReferralDraft(models.Model):
    """A form being filled in, kept on the server outside `recording()`: nobody was told anything yet.

    It has the reference and code that the referral will have. Deleted when it is sent, or after `expires_at`.
    """

    class Form(models.TextChoices):
        SHORT = "short", "The short form"
        FULL = "full", "The full form"

    reference = models.CharField(max_length=11)
    code_digest = models.BinaryField()
    form = models.CharField(max_length=5, choices=Form, default=Form.SHORT)
    channel = models.CharField(max_length=12, choices=Channel)
    icb = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    answers: Any = models.JSONField(default=dict)
    step = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # Counts up with each saving: a stale page is told, and a late 'as typed' never overwrites a newer one.
    version = models.IntegerField(default=1)

    protection = DraftRows()

    class Meta:
        constraints = [models.UniqueConstraint("reference", "form", name="draft_once")]
        indexes = [models.Index(fields=["expires_at"], name="draft_by_end")]

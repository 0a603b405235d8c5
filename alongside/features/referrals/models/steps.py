"""Each step on a referral's way, and the full form later."""

from django.db import models

from alongside.features.referrals.models.referral import Referral
from alongside.features.referrals.protected import OfReferral


class ReferralStep(models.Model):
    """One step on a referral's way. Only ever added to; the referral's state follows from it.

    `shown` says whether whoever asked sees it. A question names from whom the answer is awaited in `of_whom`.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        ACKNOWLEDGED = "acknowledged", "Seen by the team"
        ASKED = "asked", "More information asked for"
        ANSWERED = "answered", "Answered"
        CONSULTED = "consulted", "Talked it over"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not accepted"
        CALLED = "called", "Call made, or why not"
        TOLD = "told", "Outcome sent"
        FULL_FORM = "full_form", "Full form received"
        LOOKED_AGAIN = "looked_again", "Looked at again"
        REOPENED = "reopened", "Opened again"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOTE = "note", "Note of the team"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    of_whom = models.CharField(max_length=200, blank=True)
    # What an answer answers: closes this question.
    answers = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    # Ids of stored files that came with an answer; see the documents room.
    documents = models.JSONField(default=list, blank=True)
    shown = models.BooleanField(default=True)

    protection = OfReferral(shown="shown")

    class Meta:
        indexes = [models.Index(fields=["referral", "id"], name="step_of_referral")]


class FullForm(models.Model):
    """The full form, asked for after acceptance. Each sending is a version; the newest counts."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="full_forms")
    version = models.IntegerField()
    answers = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by_name = models.CharField(max_length=120, blank=True)

    protection = OfReferral()

    class Meta:
        constraints = [models.UniqueConstraint("referral", "version", name="full_form_version_once")]

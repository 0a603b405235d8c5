"""A link that lets one organisation do one thing without an account, and each time that it was tried."""

from django.db import models
from django.db.models import F, Q

from alongside.features.referrals.doors.protected import LinkRows, OfLink
from alongside.foundation.organisations.models import Organisation


class OrganisationLink(models.Model):
    """A key for one organisation and one purpose, until a day. Only its digest is kept: it is shown once."""

    class WhatFor(models.TextChoices):
        NOTICE = "notice", "Tell of an admission"
        ALERT = "alert", "Send an alert from A&E"
        SCHOOL_ASK = "school_ask", "Answer whom a school worries about"
        CHANGE = "change", "Tell of a change"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The ward or department, where the organisation has several.
    unit = models.CharField(max_length=120, blank=True)
    what_for = models.CharField(max_length=10, choices=WhatFor)
    token_digest = models.BinaryField(unique=True)
    # In whose name it is recorded what comes by this link: an identity without a role.
    acts_as = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    once = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    protection = LinkRows()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="link_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="link_ended_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["icb", "what_for"], name="link_of_area")]

    @property
    def shown_name(self) -> str:
        """The ward or department with its organisation."""
        return f"{self.unit}, {self.organisation.name}" if self.unit else self.organisation.name


class LinkTry(models.Model):
    """Somebody came with a link. What was wrong with it stands here, and never on their screen. Only added to."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "Opened"
        EXPIRED = "expired", "It was too old"
        ENDED = "ended", "It had been ended"
        USED = "used", "It had been used"
        OTHER = "other", "It is for something else"

    link = models.ForeignKey(OrganisationLink, models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=Outcome)

    protection = OfLink()

    class Meta:
        indexes = [models.Index(fields=["link", "-at"], name="tries_of_link")]

"""The link by which a panel member without account comes, and each try of it."""

from django.db import models

from alongside.features.reviews.models.planned import PanelMember, PlannedReview
from alongside.features.reviews.protected import LinkRows, TryRows


class PanelLink(models.Model):
    """A key that lets a member in once; the browser that opened it then has one of its own. Only digests are kept."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="links")
    planned = models.ForeignKey(PlannedReview, models.PROTECT, related_name="links")
    token_digest = models.BinaryField(unique=True)
    sitting_digest = models.BinaryField(unique=True, null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    protection = LinkRows()


class PanelTry(models.Model):
    """One try of a known link: what it was answered. Never what it would have shown."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "Opened"
        AGAIN = "again", "Used a second time"
        EXPIRED = "expired", "Too old"
        ENDED = "ended", "Ended"
        OTHER = "other", "For another review"
        CLOSED = "closed", "Papers asked for before agreement"

    link = models.ForeignKey(PanelLink, models.PROTECT, related_name="tries")
    icb_id = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=Outcome)

    protection = TryRows()

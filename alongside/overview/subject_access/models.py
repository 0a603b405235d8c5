"""A request for one's own record, and what was decided about each part of it that tells of somebody else."""

from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Person
from alongside.foundation.organisations.models import Organisation
from alongside.overview.guarded.protection import GovernedRows


class AccessRequest(models.Model):
    """Somebody asked for what is held about a person. Source of the clock: policy reference, row 60."""

    class AskedAs(models.TextChoices):
        SELF = "self", "The person themselves"
        PARENT = "parent", "Somebody with parental responsibility"
        ATTORNEY = "attorney", "Somebody with a written authority"

    class Closed(models.TextChoices):
        SENT = "sent", "Sent"
        COLLECTED = "collected", "Collected"
        WITHDRAWN = "withdrawn", "Withdrawn by whoever asked"
        REFUSED = "refused", "Refused"

    reference = models.CharField(max_length=12, unique=True)
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="access_requests")
    person_reference = models.CharField(max_length=14)
    asked_as = models.CharField(max_length=8, choices=AskedAs)
    asked_by = models.CharField(max_length=120)
    proof = models.CharField(max_length=300)
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    handler = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    second = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    complex_because = models.CharField(max_length=400, blank=True)
    complex_told_on = models.DateField(null=True)
    # When everything that may tell of others was checked: the second person's turn.
    checked_at = models.DateTimeField(null=True)
    # What was approved: the key of the file that holds it, which can't be another than it was.
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    pack_key = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=9, choices=Closed, blank=True)
    closed_words = models.CharField(max_length=400, blank=True)

    protection = GovernedRows(first="handler_id", second="second_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(second=F("handler")), name="pack_takes_two"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("handler")), name="pack_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="pack_approved_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["icb", "-id"], name="access_request_of_icb")]


class Checked(models.Model):
    """What was decided about one part of the pack that may tell of somebody else: left in, or taken out, and why."""

    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="checked")
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    leave = models.BooleanField()
    because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = GovernedRows(of="subject_access_accessrequest", by="request_id", second="second_id")

    class Meta:
        constraints = [
            models.UniqueConstraint("request", "table", "row_id", name="checked_once"),
            models.CheckConstraint(condition=Q(leave=True) | ~Q(because=""), name="taken_out_says_why"),
        ]

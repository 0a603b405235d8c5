"""A commissioner's inpatient file that was compared, and what came of each row."""

from django.db import models
from django.db.models import Q

from alongside.foundation.access.protection import ByArea
from alongside.foundation.organisations.models import Organisation


class InpatientFile(models.Model):
    """One file of an area, as at a day, compared once. The file itself is not kept."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    as_at = models.DateField()
    compared_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    compared_at = models.DateTimeField()

    protection = ByArea()

    class Meta:
        constraints = [models.UniqueConstraint("icb", "sha256", "as_at", name="inpatient_file_once")]


class InpatientLine(models.Model):
    """Somebody in the file, in our record, or in both; where these differ, until a person has decided."""

    class Outcome(models.TextChoices):
        MATCH = "match", "The same in both"
        DIFFERS = "differs", "In both, and they differ"
        OURS = "ours", "Only in our record"
        THEIRS = "theirs", "Only in the file"

    class Decision(models.TextChoices):
        OURS = "ours", "Our record is right: whoever keeps the file is told"
        FILE = "file", "The file is right: our record is put right"
        NEITHER = "neither", "Nothing has to change"

    file = models.ForeignKey(InpatientFile, models.CASCADE, related_name="lines")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The row of the file; 0 for who is only in our record.
    number = models.IntegerField(default=0)
    outcome = models.CharField(max_length=7, choices=Outcome)
    person_id = models.BigIntegerField(null=True)
    stay_id = models.BigIntegerField(null=True)
    shown_name = models.CharField(max_length=160, blank=True)
    # [[what, ours, theirs], …] as both said it on the day of the file.
    said = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=7, choices=Decision, blank=True)
    because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")

    protection = ByArea(person="person_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", because="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & ~Q(because="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="inpatient_line_decided_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(outcome="match") | Q(decision=""), name="a_match_needs_no_decision"),
        ]
        indexes = [models.Index(fields=["file", "outcome", "id"], name="inpatient_line_outcome")]

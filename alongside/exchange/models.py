"""A spreadsheet on its way into the register: each row accounted for, each difference a decision."""

from dataclasses import dataclass

from django.db import models

from alongside.exchange.inpatients.models import InpatientFile as InpatientFile
from alongside.exchange.inpatients.models import InpatientLine as InpatientLine
from alongside.foundation.access.protection import ByArea
from alongside.foundation.organisations.models import Organisation


@dataclass(frozen=True)
class PassingRows(ByArea):
    """Working rows that are taken away again: no history, or the whole sheet would stay in it for good."""

    history = False


class ImportRun(models.Model):
    """One sheet on its way in: which file, how its columns are read, how far it is and what came of it."""

    class State(models.TextChoices):
        MAPPING = "mapping", "Say what each column is"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, nothing written yet"
        RUNNING = "running", "Being written"
        DONE = "done", "In the register"
        FAILED = "failed", "Stopped; nothing was written"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=5, default="child")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet_name = models.CharField(max_length=120, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State)
    counts = models.JSONField(default=dict)
    started_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    sentence = models.CharField(max_length=500, blank=True)

    protection = ByArea(team_only=True)


class ImportWork(models.Model):
    """What an import needs only until it is done: the bytes of the file, and how many rows have been gone through."""

    run = models.OneToOneField(ImportRun, models.CASCADE, related_name="work")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    content = models.BinaryField()
    rows_done = models.IntegerField(default=0)
    rows_in_all = models.IntegerField(default=0)

    protection = PassingRows(team_only=True, delete=True)


class ImportRow(models.Model):
    """A row of the sheet as it stood there, what became of it and why, and what a person decided about it."""

    class Outcome(models.TextChoices):
        CREATED = "created", "New on the register"
        MATCHED = "matched", "Already on the register"
        REVIEW = "review", "A person must decide"
        REFUSED = "refused", "Could not be taken"
        BLANK = "blank", "Not a person"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.IntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    person_id = models.BigIntegerField(null=True)
    shown_name = models.CharField(max_length=160, blank=True)
    sentences = models.JSONField(default=list)
    raw = models.JSONField(default=dict)
    # The same for the same facts however they are typed: a decision is not asked for twice.
    fingerprint = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    settled_how = models.CharField(max_length=300, blank=True)

    protection = ByArea(team_only=True, person="person_id")

    class Meta:
        constraints = [models.UniqueConstraint("run", "number", name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "outcome", "number"], name="import_row_outcome"),
            models.Index(fields=["icb", "fingerprint"], name="import_row_print"),
        ]


class ImportDifference(models.Model):
    """A later sheet says something else than the record. Nothing is overwritten: somebody decides, side by side."""

    row = models.ForeignKey(ImportRow, models.CASCADE, related_name="differences")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    ours = models.CharField(max_length=300, blank=True)
    theirs = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")

    protection = ByArea(team_only=True, person="person_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="difference_decided_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["icb", "person_id"], name="difference_of_person")]


class SavedMapping(models.Model):
    """How an area's sheet is laid out, kept so that the next one maps itself."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    saved_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    protection = ByArea(team_only=True)

    class Meta:
        constraints = [models.UniqueConstraint("icb", "fingerprint", name="saved_mapping_once")]

"""Holds that stop a disposal, disposals that are proposed, and the log of what is gone."""

from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Person
from alongside.foundation.organisations.models import Organisation
from alongside.overview.guarded.protection import GovernedRows


class Hold(models.Model):
    """A record is kept whatever the rules say: an inquest, an inquiry, a complaint, a claim."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holds")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=14)
    because = models.CharField(max_length=400)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    lifted_because = models.CharField(max_length=400, blank=True)

    protection = GovernedRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["person"], name="hold_of_person", condition=Q(lifted_at__isnull=True))]


class Proposal(models.Model):
    """Records that nothing keeps any more, proposed for disposal by one person and decided by another."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    second = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decided_because = models.CharField(max_length=400, blank=True)
    done_at = models.DateTimeField(null=True)

    protection = GovernedRows(first="proposed_by_id", second="second_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(second=F("proposed_by")), name="disposal_takes_two"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, approved__isnull=True)
                | Q(decided_at__isnull=False, approved__isnull=False),
                name="disposal_decided_when",
            ),
        ]
        indexes = [models.Index(fields=["icb", "-id"], name="disposal_of_icb")]


class ProposedRecord(models.Model):
    """One record of a proposal, which rule let it go, and what became of it. This stays when the record is gone.

    No name stands here: the reference alone tells which record it was.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting"
        GONE = "gone", "Gone"
        KEPT = "kept", "Kept after all"

    class Kind(models.TextChoices):
        PERSON = "person", "A person's record"
        IMPORT = "import", "Rows of an import that are nobody's record"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="records")
    # `number` is that of a person or of an import.
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PERSON)
    number = models.BigIntegerField()
    reference = models.CharField(max_length=14)
    kept_until = models.DateField()
    because = models.CharField(max_length=400)
    source = models.CharField(max_length=200)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.WAITING)
    outcome_because = models.CharField(max_length=400, blank=True)
    rows_gone = models.IntegerField(default=0)
    gone_at = models.DateTimeField(null=True)

    protection = GovernedRows(of="retention_proposal", by="proposal_id", second="second_id")

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "kind", "number", name="proposed_once")]
        indexes = [models.Index(fields=["proposal", "outcome"], name="proposed_outcome")]

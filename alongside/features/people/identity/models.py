"""Pairs of records that may be one person, and NHS numbers that somebody had before."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.people.identity.protection import PairRows
from alongside.features.people.identity.scoring import in_one
from alongside.features.people.models.fact import Fact
from alongside.features.people.models.person import Person


class PossibleDuplicate(models.Model):
    """Two records that may be one person. Found by scoring; settled by somebody who looked at both.

    `first` is the record with the lower number, so that a pair is one row. What was settled stays settled: a pair
    that is found again keeps its answer. A merge is not written here: the records say it themselves, and so undoing
    it leaves this row as it was.
    """

    class State(models.TextChoices):
        OPEN = "open", "To look at"
        DIFFERENT = "different", "Not the same person"
        GONE = "gone", "No longer alike"

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    score = models.PositiveSmallIntegerField()
    because = ArrayField(models.CharField(max_length=120))
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    settled_because = models.CharField(max_length=400, blank=True)

    protection = PairRows()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="possible_duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="possible_duplicate_in_order"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="possible_duplicate_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="different") | (Q(settled_at__isnull=False) & ~Q(settled_because="")),
                name="possible_duplicate_settled_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-score", "id"], name="possible_duplicate_open", condition=Q(state="open")),
            models.Index(fields=["second"], name="possible_duplicate_second"),
        ]

    @property
    def said(self) -> str:
        return in_one(self.because)


class FormerNumber(Fact):
    """An NHS number that stood on the record before.

    Superseded: the national service gave another in its place, so whoever looks for the old one finds the person.
    Mistaken: it was never theirs, so it finds nobody.
    """

    class Why(models.TextChoices):
        SUPERSEDED = "superseded", "The NHS gave another number in its place"
        MISTAKEN = "mistaken", "It was never theirs: a mistake"

    number = models.CharField(max_length=10)
    why = models.CharField(max_length=10, choices=Why)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^\d{10}$"), name="former_number_form"),
        ]
        indexes = [models.Index(fields=["number"], name="former_number")]


class StrikeOut(Fact):
    """Something recorded by mistake: what stood there, what was wrong about it, and what stands in its place.

    The row that is struck out stays in its table; nothing counts it any more. `from_other` says that it was about
    somebody else: it is then no longer shown on this record at all, and who had opened the record meanwhile is told
    to information governance.
    """

    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    # The row and all that it had corrected: what happened to any of them is struck out with it.
    row_ids = ArrayField(models.BigIntegerField())
    # Empty for what was about somebody else.
    said = models.CharField(max_length=500, blank=True)
    because = models.CharField(max_length=400)
    replaced_by_id = models.BigIntegerField(null=True, blank=True)
    from_other = models.BooleanField(default=False)
    stood_from = models.DateTimeField()
    seen_by = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_at_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    looked_at_words = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "row_id"], name="struck_out_once"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_at_by__isnull=True)
                | Q(looked_at__isnull=False, looked_at_by__isnull=False),
                name="strike_out_looked_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="wrong_person_open", condition=Q(from_other=True))]

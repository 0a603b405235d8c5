"""Disputes on who is responsible: which ICB, which council, who pays for aftercare."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from alongside.features.concerns.models.followed import Followed, Step


class Dispute(Followed):
    """Two bodies don't agree on who is responsible. Somebody acts until it is decided: never nobody."""

    class About(models.TextChoices):
        COMMISSIONER = "commissioner", "Which ICB or NHS body is the responsible commissioner"
        COUNCIL = "council", "Which council is responsible (ordinary residence)"
        AFTERCARE = "aftercare", "Who arranges and pays for aftercare (section 117)"
        OTHER = "other", "Something else"

    class Outcome(models.TextChoices):
        DECIDED = "decided", "It was decided"
        AGREED = "agreed", "The bodies agreed"
        WITHDRAWN = "withdrawn", "It was taken back"
        RECORD_ENDED = "record_ended", "The record ended"

    about = models.CharField(max_length=12, choices=About)
    one_body = models.CharField(max_length=200)
    other_body = models.CharField(max_length=200)
    what = models.CharField(max_length=1000)
    opened_on = models.DateField()
    interim_owner = models.CharField(max_length=200)
    # Of the interim owner: who it is there, and who said yes to it.
    interim_name = models.CharField(max_length=120, blank=True)
    interim_from = models.DateField()
    interim_to = models.DateField(null=True, blank=True)
    interim_accepted_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_owner = models.CharField(max_length=200, blank=True)
    decided_who = models.CharField(max_length=200, blank=True)

    def acts(self, on: date) -> str:
        """Who acts on a day until it is decided: whoever said yes, while that lasts; else the area with the record."""
        agreed = self.interim_accepted_on is not None and self.interim_from <= on
        lasts = self.interim_to is None or on <= self.interim_to
        return self.interim_owner if agreed and lasts else self.person.icb.name

    class Meta(Followed.Meta):
        abstract = False
        constraints = [
            *Followed.Meta.constraints,
            models.CheckConstraint(condition=Q(interim_owner__regex=r"\S"), name="dispute_has_interim_owner"),
            models.CheckConstraint(
                condition=Q(interim_to=None) | Q(interim_to__gte=F("interim_from")), name="interim_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(interim_accepted_on=None) | ~Q(interim_name=""), name="interim_accepted_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | (~Q(decided_owner="") & ~Q(decided_who="")), name="dispute_decided_by"
            ),
        ]


class DisputeStep(Step):
    of = models.ForeignKey(Dispute, models.PROTECT, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["of", "id"], name="step_of_dispute")]

"""Restrictions of single records, and openings in an emergency with what was found when they were looked at."""

from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Person
from alongside.foundation.organisations.models import Organisation
from alongside.overview.guarded.protection import OpeningRows, RestrictionRows


class Opening(models.Model):
    """A record opened in an emergency, or an attempt at it. Source of its length: policy reference, row 69."""

    class Reason(models.TextChoices):
        CRISIS = "crisis", "They are in crisis now"
        HOSPITAL = "hospital", "They are in A&E, or may be admitted today"
        HARM = "harm", "Somebody may come to harm"
        POLICE = "police", "Police or ambulance are with them"
        OTHER = "other", "Something else that can't wait"

    class Outcome(models.TextChoices):
        OPENED = "opened", "Opened"
        NOBODY = "nobody", "Nobody found"
        SEVERAL = "several", "More than one found"
        RESTRICTED = "restricted", "A restricted record, not opened"

    class Told(models.TextChoices):
        TOLD = "told", "The family was told"
        LATER = "later", "They will be told later"
        UNSAFE = "unsafe", "Telling them would not be safe"

    act = models.UUIDField(unique=True)
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    # The area that holds the person; where nobody was found, an area of whoever asked.
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="openings")
    # What stands on the person's page: those who look at openings may not reach the person.
    reference = models.CharField(max_length=14, blank=True)
    asked_with = models.CharField(max_length=10)
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=500)
    outcome = models.CharField(max_length=10, choices=Outcome)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    justified = models.BooleanField(null=True)
    finding = models.CharField(max_length=500, blank=True)
    told = models.CharField(max_length=6, choices=Told, blank=True)
    told_words = models.CharField(max_length=300, blank=True)

    protection = OpeningRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="opened") | Q(person__isnull=False, until__isnull=False), name="opened_until_when"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, justified__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, justified__isnull=False),
                name="opening_reviewed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("actor")), name="opening_reviewed_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "-at"], name="opening_of_actor"),
            models.Index(fields=["icb", "-at"], name="opening_of_icb"),
            models.Index(fields=["person"], name="opening_of_person"),
        ]


class Restriction(models.Model):
    """A record that only named people can find, why, and when somebody looks again whether it must stay so.

    Who is named are Involvements because of this row.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="restrictions")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=14)
    because = models.CharField(max_length=400)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    review_on = models.DateField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    lifted_because = models.CharField(max_length=400, blank=True)

    protection = RestrictionRows()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(lifted_at__isnull=True), name="restricted_once"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="restriction_lifted_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["icb", "review_on"], name="restriction_of_icb")]

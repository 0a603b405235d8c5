"""Why somebody was admitted without a community review or without being on the register, and what changes by it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.features.hospital.models.inpatient import HOSPITAL, AboutStay, Known
from alongside.features.hospital.models.protected import OversightRows


class RootCause(AboutStay):
    """The analysis of one admission (policy reference 7.2 and row 17). The newest counts; a change supersedes.

    What changes in the system has a lead and a day, and is due until it is written down that it was made.
    """

    class Part(models.TextChoices):
        POLICY = "policy", "What is agreed or written down"
        PROCESS = "process", "How it is done"
        SERVICE = "service", "What there is"

    on_register = models.CharField(max_length=7, choices=Known)
    review_possible = models.CharField(max_length=7, choices=Known)
    no_review = models.CharField(max_length=20)
    known_to = ArrayField(models.CharField(max_length=16))
    found = models.CharField(max_length=2000)
    done_by = models.CharField(max_length=120)
    change = models.CharField(max_length=500, blank=True)
    change_part = models.CharField(max_length=7, choices=Part, blank=True)
    change_lead = models.CharField(max_length=120, blank=True)
    change_organisation = models.CharField(max_length=200, blank=True)
    change_due_on = models.DateField(null=True, blank=True)
    change_made_on = models.DateField(null=True, blank=True)
    change_result = models.CharField(max_length=500, blank=True)

    protection = OversightRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.UniqueConstraint("stay", condition=Q(supersedes__isnull=True), name="root_cause_once"),
            models.CheckConstraint(condition=~Q(found="") & ~Q(known_to=[]), name="root_cause_says_what_was_found"),
            models.CheckConstraint(
                condition=Q(change="", change_due_on__isnull=True, change_made_on__isnull=True)
                | (
                    ~Q(change="")
                    & ~Q(change_lead="")
                    & ~Q(change_organisation="")
                    & ~Q(change_part="")
                    & Q(change_due_on__isnull=False)
                ),
                name="change_has_a_lead_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(change_made_on__isnull=True) | ~Q(change_result=""), name="change_made_says_what_came_of_it"
            ),
        ]
        indexes = [models.Index(fields=["stay", "-id"], name="root_cause_of_stay")]

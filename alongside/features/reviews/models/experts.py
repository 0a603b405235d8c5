"""The pool of those who sit on panels: training before the first one, checks, registration, and what runs out."""

from datetime import date

from django.db import models
from django.db.models import Q

from alongside.foundation.access.protection import ByArea
from alongside.foundation.organisations.models import Organisation


class Expert(models.Model):
    """Somebody whom an area asks to sit on panels. They may have no account."""

    class Part(models.TextChoices):
        CHAIR = "chair", "Chair"
        CLINICAL = "clinical", "Clinical expert"
        EXPERIENCE = "experience", "Expert by experience"
        OTHER = "other", "Another expert"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=10, choices=Part)
    profession = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    reach = models.EmailField(blank=True)
    # Adjustments, travel, what helps them take part.
    needs = models.CharField(max_length=500, blank=True)
    started_on = models.DateField()
    # The induction, before the first panel.
    trained_on = models.DateField(null=True, blank=True)
    # Pre-employment checks; they are made again by this day.
    checked_until = models.DateField(null=True, blank=True)
    registration = models.CharField(max_length=120, blank=True)
    registered_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    protection = ByArea()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")), name="expert_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["icb", "part", "name"], name="expert_of_area")]


class PanelModule(models.Model):
    """A training module that was released: those who sit already have some months for it, new ones do it first."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    released_on = models.DateField()
    added_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    #: Set while reading (`organising/pool.py`): the last day for whoever sat when it was released.
    last_day: date

    protection = ByArea()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["icb", "title"], name="panel_module_once")]


class ModuleDone(models.Model):
    """An expert has done a module."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="modules")
    module = models.ForeignKey(PanelModule, models.PROTECT, related_name="done")
    done_on = models.DateField()
    added_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = ByArea()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["expert", "module"], name="module_done_once")]

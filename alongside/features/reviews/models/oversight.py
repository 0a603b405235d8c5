"""How good a review was, and the oversight panel that looks at those that are raised to it."""

from typing import Any

from django.db import models
from django.db.models import Q

from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.features.reviews.models.held import Review
from alongside.features.reviews.models.holding import REVIEW
from alongside.foundation.access.protection import ByArea
from alongside.foundation.organisations.models import Organisation


class QualityScore(Fact):
    """How good the review was, by the PERSONAL principles: items is {principle: [how far met, words]}. Never summed."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="quality")
    items: Any = models.JSONField(default=dict)
    said = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False, only_topic=REVIEW)


class OversightPanel(models.Model):
    """One meeting of an area's oversight panel. It says who came; what it decided stands with each case."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    held_on = models.DateField()
    who_came = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = ByArea()

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", "held_on", name="oversight_panel_once_a_day"),
            models.CheckConstraint(condition=~Q(who_came=""), name="oversight_panel_says_who_came"),
        ]


class OversightCase(Fact):
    """A review raised to the panel, with a reason; then whether they are safe and well, and what is decided."""

    class Finding(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNSURE = "unsure", "Not known"

    review = models.ForeignKey(Review, models.PROTECT, related_name="oversight")
    because = models.CharField(max_length=1000)
    panel = models.ForeignKey(OversightPanel, models.PROTECT, null=True, blank=True, related_name="cases")
    safe = models.CharField(max_length=6, choices=Finding, blank=True)
    well = models.CharField(max_length=6, choices=Finding, blank=True)
    checked = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=REVIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="oversight_case_says_why"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, panel=None, safe="", well="", decision="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, panel__isnull=False)
                    & ~Q(safe="")
                    & ~Q(well="")
                    & ~Q(decision="")
                ),
                name="oversight_case_decided_whole",
            ),
            models.UniqueConstraint("review", condition=Q(decided_at=None), name="one_open_oversight_case"),
        ]

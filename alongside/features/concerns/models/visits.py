"""Visits to where somebody lives, and what happens there: incidents and restricted practice, as counts."""

from django.db import models
from django.db.models import F, Q

from alongside.features.concerns.protected import ToldRows
from alongside.features.people.models import Fact, Severity
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows


class QualityVisit(Fact):
    """Somebody went to see the young person where they live: alone with them, the place, and how they are treated."""

    class SeenAlone(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"

    class Announced(models.TextChoices):
        YES = "yes", "Yes, they knew"
        NO = "no", "No"

    place = models.CharField(max_length=200)
    visited_on = models.DateField()
    visitors = models.CharField(max_length=300)
    announced = models.CharField(max_length=3, choices=Announced)
    seen_alone = models.CharField(max_length=3, choices=SeenAlone)
    not_alone_because = models.CharField(max_length=300, blank=True)
    they_say = models.CharField(max_length=2000, blank=True)
    family_spoken = models.CharField(max_length=500, blank=True)
    environment = models.CharField(max_length=2000)
    # Medicines, therapies, restraint: what is done to or for their health there.
    health = models.CharField(max_length=2000)
    worries = models.CharField(max_length=2000, blank=True)
    # The day on which the visitor wants the next one; the rule says one at the latest.
    again_on = models.DateField(null=True, blank=True)
    told = models.BooleanField(default=False)
    family_words = models.CharField(max_length=1000, blank=True, default="")

    objects = ScopedByPerson("untold").as_manager()  # type: ignore[misc]
    protection = ToldRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_alone="yes") | ~Q(not_alone_because=""), name="visit_not_alone_says_why"
            ),
            models.CheckConstraint(condition=Q(told=False) | ~Q(family_words=""), name="visit_told_in_words"),
        ]
        indexes = [models.Index(fields=["person", "-visited_on"], name="quality_visit_of_person")]


class Incident(Fact):
    """What happened at a placement, once or counted over some days. Of hospitals, their own record says it."""

    class Kind(models.TextChoices):
        RESTRAINT = "restraint", "Held or restrained"
        SECLUSION = "seclusion", "Kept alone or locked in"
        MEDICINE = "medicine", "Medicine given to calm them"
        INJURY = "injury", "Somebody was hurt"
        MISSING = "missing", "Went missing"
        POLICE = "police", "Police were called"
        MISTAKE = "mistake", "A mistake with medicine"
        OTHER = "other", "Something else"

    place = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=Kind)
    first_on = models.DateField()
    last_on = models.DateField()
    times = models.PositiveSmallIntegerField()
    severity = models.PositiveSmallIntegerField(choices=Severity, null=True, blank=True)
    detail = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=200)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="placement_incident_days"),
            models.CheckConstraint(condition=Q(times__gte=1), name="placement_incident_once"),
        ]
        indexes = [models.Index(fields=["person", "-last_on"], name="placement_incident_of_person")]

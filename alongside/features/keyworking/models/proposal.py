"""What was proposed for whom, and what a person decided."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.features.keyworking.models.allocation import Allocation
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import ByArea, FactRows
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class MatchWish(Fact):
    """What the young person and family wish of a keyworker, and what the record doesn't say. The newest counts."""

    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    said = models.CharField(max_length=500, blank=True)
    wanted = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    unwanted = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    protection = FactRows(only_topic=Topic.KEYWORKING.value, by_runners=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wanted__isnull=True) | Q(unwanted__isnull=True) | ~Q(wanted=models.F("unwanted")),
                name="wished_and_not_wished_differ",
            )
        ]


class Proposal(models.Model):
    """One joint plan for an area's waiting list: asked for, worked out by a job, decided by a person line by line."""

    class State(models.TextChoices):
        WAITING = "waiting", "Being worked out"
        READY = "ready", "Ready to decide"
        FAILED = "failed", "Could not be worked out"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    ready_at = models.DateTimeField(null=True, blank=True)
    waiting = models.IntegerField(default=0)
    keyworkers = models.IntegerField(default=0)
    placed = models.IntegerField(default=0)
    optimal = models.BooleanField(default=False)
    gap = models.FloatField(default=0)
    seconds = models.FloatField(default=0)
    # When a first plan was found; its lines stand there while a better one is looked for.
    first_at = models.DateTimeField(null=True, blank=True)
    # What it reaches, and what no plan can exceed: worth, worth_most (risk and wait), fit, fit_most.
    reached = models.JSONField(default=dict, blank=True)

    # How many wait and are placed is a small number that could tell of somebody.
    protection = ByArea(by_runners=True, for_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", condition=Q(state="waiting"), name="one_proposal_worked_out_at_once"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(ready_at__isnull=False), name="ready_has_a_time"),
        ]


class ProposedPlace(Fact):
    """One line of a plan: whom it proposes for somebody, why, and what became of it. No worker: they still wait."""

    class Decision(models.TextChoices):
        OPEN = "open", "Not decided yet"
        TAKEN = "taken", "Taken up"
        OTHER = "other", "Somebody else was chosen"
        LEFT = "left", "Left waiting"

    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="places")
    worker = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.IntegerField(default=0)
    score = models.IntegerField(default=0)
    halves = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    because = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=300, blank=True)
    allocation = models.OneToOneField(Allocation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedByPerson("run").as_manager()  # type: ignore[misc]
    protection = FactRows(only_topic=Topic.KEYWORKING.value, by_runners=True, for_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("proposal", "person", name="proposed_once_for_each"),
            models.CheckConstraint(
                condition=Q(decision="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(decision="other") | ~Q(decided_because=""), name="another_choice_has_a_reason"
            ),
        ]

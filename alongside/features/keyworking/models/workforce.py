"""What the team has learnt and gives to partners, whom it takes on outside the rules, and what if things change."""

from django.db import models
from django.db.models import F, Q

from alongside.features.keyworking.models.team import OfKeyworker
from alongside.features.people.models import Fact
from alongside.foundation.access.protection import ByArea, FactRows, Reference
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class Course(models.Model):
    """A course of the area's own, beside those that every area has. `months`: how long it counts; empty for ever."""

    class Kind(models.TextChoices):
        CORE = "core", "Core learning"
        LEGAL = "legal", "Legal frameworks"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        OTHER = "other", "Other"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=20)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    protection = Reference(write_by=("manager",), area="icb_id", to_staff=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", "key", name="course_once"),
            models.CheckConstraint(condition=Q(months__isnull=True) | Q(months__gt=0), name="course_counts_some_time"),
        ]


class CompetencySeen(OfKeyworker):
    """What somebody who runs the team saw a keyworker able to do. Append-only: the newest of each counts."""

    class Level(models.TextChoices):
        LEARNING = "learning", "Is learning it"
        ABLE = "able", "Is able to"
        TEACHES = "teaches", "Teaches others"

    competency = models.CharField(max_length=20)
    level = models.CharField(max_length=8, choices=Level)
    seen_on = models.DateField()
    how = models.CharField(max_length=300)
    seen_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = ByArea(by_runners=True)


class AwarenessGiven(models.Model):
    """Awareness or consultation that the team gave to a partner. No young person is named in it."""

    class Kind(models.TextChoices):
        AWARENESS = "awareness", "Awareness session"
        CONSULTATION = "consultation", "Consultation"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    organisation = models.CharField(max_length=160)
    given_on = models.DateField()
    what = models.CharField(max_length=300)
    how_many = models.PositiveIntegerField()
    given_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    protection = Reference(
        write_by=("keyworker", "manager", "coordinator"), changed_by=(), area="icb_id", to_staff=True
    )

    class Meta:
        indexes = [models.Index(fields=["icb", "-given_on"], name="awareness_of_icb")]


class OutsideRules(Fact):
    """Somebody has a keyworker although the area's rules do not say so: who authorised it, why, and until when."""

    authorised_by = models.CharField(max_length=120)
    authorised_post = models.CharField(max_length=120)
    because = models.CharField(max_length=500)
    until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    protection = FactRows(only_topic=Topic.KEYWORKING.value, by_runners=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(authorised_by="") & ~Q(authorised_post="") & ~Q(because=""),
                name="outside_rules_is_authorised",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__lte=F("until")), name="outside_rules_ends_by_then"
            ),
        ]


class WhatIf(models.Model):
    """A question about the months ahead: other demand, staff or leave. Worked out by a job; told as a range."""

    class State(models.TextChoices):
        WAITING = "waiting", "Being worked out"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be worked out"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    weeks = models.PositiveSmallIntegerField()
    # Referrals in hundredths of what came in the last year; keyworkers full time more or fewer, in tenths.
    demand = models.PositiveSmallIntegerField()
    staff = models.SmallIntegerField()
    # Weeks of leave that each keyworker takes in these weeks.
    leave = models.PositiveSmallIntegerField()
    # Of 100 people with a keyworker, how many stop in a year; empty: as counted in the area.
    ends = models.PositiveSmallIntegerField(null=True, blank=True)
    seed = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    found = models.JSONField(default=dict, blank=True)

    protection = ByArea(by_runners=True)

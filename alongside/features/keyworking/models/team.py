"""The keyworking team: who works how much, where, with which skills; leave, training, and the area's own limits."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q

from alongside.features.people.models import ends_after_start
from alongside.foundation.access.protection import ByArea, Reference
from alongside.foundation.organisations.models import Organisation


class OfKeyworker(models.Model):
    """A row about one keyworker's work in one area."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="%(class)s_rows")

    class Meta:
        abstract = True


def apart(name: str) -> ExclusionConstraint:
    """The constraint that stretches of one keyworker in one area don't overlap."""
    days = Func("from_date", "to_date", RangeBoundary(inclusive_upper=True), function="daterange")
    days.output_field = DateRangeField()
    same = [(field, RangeOperators.EQUAL) for field in ("icb", "worker")]
    return ExclusionConstraint(name=name, expressions=[*same, (days, RangeOperators.OVERLAPS)])


class KeyworkerProfile(OfKeyworker):
    """What the team and families may know of a keyworker. Who has none yet works full time and has no skills noted."""

    base = models.CharField(max_length=120, blank=True)
    #: At work: it stands on the crisis card of those they walk with.
    phone = models.CharField(max_length=30, blank=True, default="")
    district = models.CharField(max_length=4, blank=True)
    councils = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    skills = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    about_me = models.CharField(max_length=300, blank=True)
    takes_on = models.BooleanField(default=True)
    leaves_on = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=1)

    protection = Reference(write_by=("manager", "coordinator"), area="icb_id", to_staff=True)

    class Meta:
        constraints = [models.UniqueConstraint("icb", "worker", name="keyworker_profile_once")]


class WorkTime(OfKeyworker):
    """The share of full time that somebody works, from a day to a day. Before the first: full time."""

    share = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    protection = ByArea(by_runners=True)

    class Meta:
        constraints = [
            ends_after_start("work_time_dates"),
            apart("one_work_time_at_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="work_time_is_a_share"),
        ]


class Leave(OfKeyworker):
    """A stretch away. `to_date` is the last day away; empty while the return isn't known. Why is nobody's business."""

    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    protection = ByArea(by_runners=True)

    class Meta:
        constraints = [ends_after_start("leave_dates"), apart("one_leave_at_once")]


class TrainingDone(OfKeyworker):
    """A course that somebody completed, and until when it counts; without an end it always does."""

    course = models.CharField(max_length=20)
    completed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)

    protection = ByArea(by_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", "worker", "course", "completed_on", name="training_once"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=models.F("completed_on")),
                name="training_expires_later",
            ),
        ]


class CaseloadSetting(models.Model):
    """An area's own value of a rule of caseload, from a day on. `value` is halves of a point, or a list of courses."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    rule_key = models.CharField(max_length=30)
    value = models.JSONField()
    starts_on = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = Reference(write_by=("manager",), changed_by=(), area="icb_id", to_staff=True)

    class Meta:
        constraints = [models.UniqueConstraint("icb", "rule_key", "starts_on", name="caseload_setting_once")]

"""Leaving hospital: the plan, its conditions, dates, delays and meetings; how it ended, and what a return teaches.

See `docs/decisions/0029-leaving-hospital.md`. Codes stand in `policy/discharging.py`.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from alongside.features.actions.models import Action
from alongside.features.hospital.models.inpatient import HOSPITAL, AboutStay
from alongside.features.hospital.models.protected import OversightRows
from alongside.features.hospital.models.stays import Stay
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.features.people.told_where import WhereaboutsRows


class DischargePlan(AboutStay):
    """Who leads the discharge and where they are to go. The newest counts; a change supersedes."""

    lead_name = models.CharField(max_length=120)
    lead_post = models.CharField(max_length=120, blank=True)
    lead_organisation = models.CharField(max_length=200)
    lead_reach = models.CharField(max_length=120, blank=True)
    where_to = models.CharField(max_length=300, blank=True)
    # What the young person and family say of it.
    they_say = models.CharField(max_length=1000, blank=True)

    protection = WhereaboutsRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(lead_name="") & ~Q(lead_organisation=""), name="discharge_plan_has_a_lead"
            ),
            models.UniqueConstraint("stay", condition=Q(supersedes__isnull=True), name="discharge_plan_once"),
        ]
        indexes = [models.Index(fields=["stay", "-id"], name="discharge_plan_of_stay")]


class HeadingMark(AboutStay):
    """What is known under one heading of the plan. The newest of each counts."""

    class Standing(models.TextChoices):
        OPEN = "open", "Still open"
        IN_PLACE = "in_place", "In place"
        NOT_NEEDED = "not_needed", "Not needed"

    heading = models.CharField(max_length=12)
    standing = models.CharField(max_length=10, choices=Standing)
    known = models.CharField(max_length=500)

    protection = TeamsOwnRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(known=""), name="heading_says_what_is_known")]
        indexes = [models.Index(fields=["stay", "heading", "-id"], name="heading_of_stay")]


class DischargeDate(AboutStay):
    """When they are expected to leave, or that nobody can say. Only added to: what was said before is the slippage.

    `because` is written for the family to read.
    """

    expected_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)

    protection = WhereaboutsRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_on__isnull=False) | ~Q(because=""), name="no_discharge_date_says_why"
            )
        ]
        indexes = [models.Index(fields=["stay", "-id"], name="discharge_date_of_stay")]


class DischargeCondition(AboutStay):
    """What has to be so before they leave: an action of the ledger, under a heading of the plan."""

    heading = models.CharField(max_length=12)
    # The first row of it: `Action.number`.
    action = models.OneToOneField(Action, models.PROTECT, related_name="+")

    protection = WhereaboutsRows(update=False, only_topic=HOSPITAL)

    class Meta:
        indexes = [models.Index(fields=["stay"], name="condition_of_stay")]


class ReadyPeriod(AboutStay):
    """Clinically ready for discharge and still there: from, until, the national reason, and whose that is.

    A night belongs to the day on which it begins; `to_date` is the first day that no longer counts. A period that was
    wrong is withdrawn with a reason and never counts.
    """

    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=2, blank=True)
    body = models.CharField(max_length=2, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    protection = TeamsOwnRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="ready_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(reason="", body="") | (~Q(reason="") & ~Q(body="")), name="delay_has_reason_and_body"
            ),
            ExclusionConstraint(
                name="one_delay_at_a_time",
                expressions=[
                    ("stay", RangeOperators.EQUAL),
                    (
                        Func("from_date", "to_date", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_because=""),
            ),
        ]
        indexes = [models.Index(fields=["recorded_icb", "from_date"], name="delay_of_area")]


class DischargeMeeting(AboutStay):
    """A meeting about the discharge. `happened_at` is its day."""

    who_came = models.CharField(max_length=300)
    young_person_came = models.BooleanField()
    family_came = models.BooleanField()
    agreed = models.CharField(max_length=1000)
    next_on = models.DateField(null=True, blank=True)

    protection = TeamsOwnRows(update=False, only_topic=HOSPITAL)

    class Meta:
        indexes = [models.Index(fields=["stay", "-happened_at"], name="discharge_meeting_of_stay")]


class Leaving(AboutStay):
    """How a stay ended: the national closure value, who supports them, whom the family rings, what happens when.

    All but the code is written for the family to read. The newest counts; a change supersedes.
    """

    closure = models.CharField(max_length=24)
    where_to = models.CharField(max_length=300, blank=True)
    support_by = models.CharField(max_length=200, blank=True)
    support_until = models.DateField(null=True, blank=True)
    ring = models.CharField(max_length=200, blank=True)
    ring_phone = models.CharField(max_length=40, blank=True)
    week_1 = models.CharField(max_length=500, blank=True)
    week_2 = models.CharField(max_length=500, blank=True)
    week_4 = models.CharField(max_length=500, blank=True)

    protection = WhereaboutsRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [models.UniqueConstraint("stay", condition=Q(supersedes__isnull=True), name="leaving_once")]
        indexes = [models.Index(fields=["stay", "-id"], name="leaving_of_stay")]


class LeftUndone(AboutStay):
    """A condition that was not met on the day of leaving: not needed any more, or to be met afterwards."""

    class How(models.TextChoices):
        WITHOUT = "without", "They leave without it"
        MOVED = "moved", "It is done after they left"

    condition = models.OneToOneField(DischargeCondition, models.PROTECT, related_name="left_undone")
    how = models.CharField(max_length=7, choices=How)
    # Who decided that they leave all the same.
    decided_by = models.CharField(max_length=120)
    because = models.CharField(max_length=300)
    moved_to = models.DateField(null=True, blank=True)

    protection = TeamsOwnRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by="") & ~Q(because=""), name="left_undone_by_whom_and_why"),
            models.CheckConstraint(
                condition=Q(how="moved", moved_to__isnull=False) | Q(how="without", moved_to__isnull=True),
                name="moved_to_a_day",
            ),
        ]
        indexes = [models.Index(fields=["stay"], name="left_undone_of_stay")]


class LookBack(AboutStay):
    """Back in hospital: what the last discharge plan did, what it lacked, what is different this time. Once a stay."""

    before = models.ForeignKey(Stay, models.PROTECT, related_name="+")
    helped = models.CharField(max_length=1000, blank=True)
    lacked = models.CharField(max_length=1000)
    different = models.CharField(max_length=1000)

    protection = OversightRows(update=False, only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(lacked="") & ~Q(different=""), name="look_back_says_something"),
            models.CheckConstraint(condition=~Q(before=F("stay")), name="look_back_on_another_stay"),
            models.UniqueConstraint("stay", condition=Q(supersedes__isnull=True), name="look_back_once"),
        ]

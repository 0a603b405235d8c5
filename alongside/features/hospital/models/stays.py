"""Time in hospital or any other secure or residential place, and the law it is under."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from alongside.features.people.models import Fact, Person
from alongside.foundation.organisations.models import Organisation


class Stay(Fact):
    """A spell away from home in a hospital, secure or residential place; wards and transfers are joined in it."""

    class Kind(models.TextChoices):
        HOSPITAL = "mental_health_hospital", "Mental health hospital"
        ACUTE = "acute_hospital", "Acute hospital"
        SECURE = "secure", "Secure children's home or custody"
        RESIDENTIAL_SCHOOL = "residential_school", "Residential school"
        RESIDENTIAL_HOME = "residential_home", "Residential home"
        PLACE_OF_SAFETY = "place_of_safety", "Place of safety"
        OTHER = "other", "Somewhere else"

    class Security(models.TextChoices):
        NONE = "none", "No security level"
        LOW = "low", "Low secure"
        MEDIUM = "medium", "Medium secure"
        HIGH = "high", "High secure"
        UNKNOWN = "", "Not known"

    kind = models.CharField(max_length=24, choices=Kind)
    place_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    ward_type = models.CharField(max_length=60, blank=True)
    admitted_at = models.DateTimeField()
    discharged_at = models.DateTimeField(null=True, blank=True)
    admission_day_known = models.BooleanField(default=True)
    security = models.CharField(max_length=7, choices=Security, blank=True)
    adult_ward = models.BooleanField(default=False)
    unit_inadequate = models.BooleanField(default=False)
    intended_days = models.PositiveIntegerField(null=True, blank=True)
    registered_before = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    destination = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["admitted_at", "id"],
                name="stay_in_hospital_now",
                condition=Q(discharged_at__isnull=True, kind="mental_health_hospital"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(discharged_at__isnull=True) | Q(discharged_at__gte=F("admitted_at")),
                name="discharge_after_admission",
            ),
            ExclusionConstraint(
                name="one_stay_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            "admitted_at",
                            "discharged_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(kind__in=["mental_health_hospital", "acute_hospital", "secure", "place_of_safety"]),
            ),
        ]

    _holder: Person | None = None

    @property
    def holder(self) -> Person:
        """Whose row it is, and so whose every row about it is: a merge that is undone leaves none with the other.

        Where the record was merged `person` may be the survivor, as whom it is shown.
        """
        return self._holder or self.person

    def show_as(self, survivor: Person) -> None:
        self._holder, self.person = self.holder, survivor


class LegalStatus(Fact):
    """The law a stay is under, from a moment to a moment. Codes of the national legal status list."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="legal_statuses")
    code = models.CharField(max_length=4)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

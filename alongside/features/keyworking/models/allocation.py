"""Who is the keyworker of whom, from when to when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q

from alongside.features.people.models import Fact, ends_after_start
from alongside.foundation.access.protection import FactRows
from alongside.foundation.topics import Topic


class Allocation(Fact):
    """A keyworker and a person. Never two designated at once; a co-worker, cover and hand-over may overlap."""

    class Part(models.TextChoices):
        DESIGNATED = "designated", "Keyworker"
        CO_WORKER = "co_worker", "Co-worker"
        COVER = "cover", "Cover"
        INCOMING = "incoming", "Keyworker who comes in"
        OUTGOING = "outgoing", "Keyworker who hands over"

    worker = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="allocations")
    part = models.CharField(max_length=10, choices=Part, default=Part.DESIGNATED)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    # Why somebody was given a person beyond the hard limit of their caseload; empty within it.
    over_limit_because = models.CharField(max_length=300, blank=True, default="", db_default="")

    protection = FactRows(only_topic=Topic.KEYWORKING.value, by_runners=True)

    class Meta:
        constraints = [
            ends_after_start("allocation_dates"),
            ExclusionConstraint(
                name="one_designated_keyworker",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            "from_date",
                            "to_date",
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(part="designated"),
            ),
        ]
        indexes = [models.Index(fields=["worker"], name="allocation_of_worker")]

"""Whom families of an area ring when it can't wait."""

from django.db import models
from django.db.models import Q

from alongside.foundation.access.protection import Reference
from alongside.foundation.organisations.models import Organisation


class CrisisLine(models.Model):
    """A line of an area, or of one of its councils. 999 and 111 stand on the pages by themselves."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The name of a council as it stands in records; '' for the whole area.
    council = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=160)
    phone = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = Reference(write_by=("coordinator", "manager"), area="icb_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(who="") & ~Q(phone=""), name="crisis_line_who_and_number")]
        indexes = [models.Index(fields=["icb"], name="crisis_line_of_area", condition=Q(ended_at=None))]

"""What every fact about a person has in common."""

from django.db import models

from alongside.features.people.models.person import Kept, Person
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import FactRows
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class Fact(Kept):
    """A fact about a person: what it is about, when it was so, when and by whom it was recorded, for which ICB.

    A correction is a new row that supersedes the old one; the old one stays.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)s_rows")
    topic = models.SmallIntegerField(choices=Topic)
    recorded_icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    objects = ScopedByPerson("fact").as_manager()
    protection = FactRows()

    class Meta:
        abstract = True


class Dated(models.Model):
    """True from a day to a day; an empty end means it still is, an empty start that nobody knows since when."""

    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_start(name: str) -> models.CheckConstraint:
    """The constraint that a dated row does not end before it begins."""
    return models.CheckConstraint(
        condition=models.Q(from_date__isnull=True)
        | models.Q(to_date__isnull=True)
        | models.Q(to_date__gte=models.F("from_date")),
        name=name,
    )

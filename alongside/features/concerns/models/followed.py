"""What is followed until it ends, and the steps of it."""

from typing import Any

from django.db import models
from django.db.models import Q

from alongside.features.concerns.protected import ToldRows
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows

#: The outcome of what ended with the record, not by itself.
RECORD_ENDED = "record_ended"


class Followed(Fact):
    """A fact with somebody who leads on it, until it ends with an outcome. Its steps say how it got there.

    Somebody who moves takes it along as a new row; steps belong to the first row of it (`root`).
    """

    # Nobody: then whoever walks alongside the person, or the team.
    lead = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # Counted up with each step, so that of two people at once the second is told.
    version = models.IntegerField(default=1)
    # When the last step was taken; empty before the first one.
    stepped_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True, default="")
    outcome_words = models.CharField(max_length=1000, blank=True, default="")
    # Whether the family was told, when, and the words that they read.
    told = models.BooleanField(default=False)
    told_on = models.DateField(null=True, blank=True)
    family_words = models.CharField(max_length=1000, blank=True, default="")

    objects = ScopedByPerson("untold").as_manager()  # type: ignore[misc]
    protection = ToldRows()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(told=False) | (~Q(family_words="") & Q(told_on__isnull=False)),
                name="%(class)s_told_in_words",
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(outcome=""), name="%(class)s_closed_with_outcome"),
        ]
        indexes = [
            models.Index(fields=["recorded_icb", "id"], name="%(class)s_open", condition=Q(closed_at=None)),
        ]

    @property
    def number(self) -> int:
        """What it is called in addresses: the same before and after a move."""
        first: int | None = self.root_id  # type: ignore[attr-defined]
        return first or self.pk

    @property
    def came_to(self) -> str:
        """The outcome in words; '' while there is none."""
        outcomes: Any = type(self).Outcome  # type: ignore[attr-defined]
        return str(outcomes(self.outcome).label) if self.outcome else ""


class Step(Fact):
    """What happened with it: who, when, in their words. Only ever added to; the family doesn't read it."""

    kind = models.CharField(max_length=16)
    words = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False)

    class Meta:
        abstract = True

"""The log of a crisis that goes on: an entry a day or more, and always somebody who writes the next one."""

from django.db import models
from django.db.models import Q

from alongside.features.emergency.protected import KEYWORKING
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows


class CrisisLog(Fact):
    """From the day somebody opens it until it is closed with an outcome. One at a time for each person."""

    class Outcome(models.TextChoices):
        OVER = "over", "The crisis is over"
        ADMITTED = "admitted", "Admitted to hospital"
        MOVED = "moved", "They live somewhere else now"
        OTHERS = "others", "Another service looks after it now"
        ENDED = "ended", "The record came to its end"

    because = models.CharField(max_length=1000)
    next_writer = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    next_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    closed_words = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=KEYWORKING)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(closed_at=None), name="one_crisis_log_at_a_time"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="", closed_words="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="") & ~Q(closed_words="")),
                name="crisis_log_closed_at_by_and_how",
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_icb", "next_at"], name="live_crisis_log", condition=Q(closed_at=None))
        ]


class LogEntry(Fact):
    """What somebody found at a moment (`happened_at`), and who looks next by when."""

    class Going(models.TextChoices):
        BETTER = "better", "Better"
        SAME = "same", "The same"
        WORSE = "worse", "Worse"

    log = models.ForeignKey(CrisisLog, models.PROTECT, related_name="entries")
    going = models.CharField(max_length=6, choices=Going)
    words = models.CharField(max_length=2000)
    next_writer = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    next_at = models.DateTimeField()

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False, only_topic=KEYWORKING)

    class Meta:
        indexes = [models.Index(fields=["log", "-id"], name="entry_of_crisis_log")]

"""What a family, a school or a ward tells the service: it becomes work with a clock, and the answer goes back."""

from django.db import models
from django.db.models import Q

from alongside.features.people.models.fact import Fact
from alongside.features.people.models.told import ToldRows


class PostedChange(Fact):
    """Something has changed. It is looked at within the time of the rule; `answer` says what was done about it."""

    class Kind(models.TextChoices):
        HOME = "home", "Home"
        SCHOOL = "school", "School or college"
        HEALTH = "health", "Health"
        FAMILY = "family", "Family"
        CONTACT = "contact", "How to reach us"
        AGREEMENT = "agreement", "What I agreed to"
        SEEING = "seeing", "Who can see what"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=10, choices=Kind)
    told = models.TextField(max_length=2000)
    urgent = models.BooleanField(default=False)
    told_as = models.CharField(max_length=60)
    answer = models.TextField(max_length=2000, blank=True)
    # Whoever answered was told that the reader may not know where the young person is, and says that nothing tells it.
    checked_where = models.BooleanField(default=False, db_default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    protection = ToldRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="change_answered_at_and_by",
            )
        ]
        indexes = [models.Index(fields=["person"], name="change_open", condition=Q(answered_at__isnull=True))]

"""The one ledger of what somebody agreed to do, wherever it was agreed."""

from django.db import models

from alongside.features.people.models import Fact
from alongside.foundation.organisations.models import Organisation


class Action(Fact):
    """An agreed action. Its owner always has a name and may have no account."""

    class Origin(models.TextChoices):
        PLAN = "plan", "The plan"
        MEETING = "meeting", "A register meeting"
        REVIEW = "review", "A review"
        ESCALATION = "escalation", "An escalation"
        EMERGENCY = "emergency", "An emergency meeting"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        BLOCKED = "blocked", "Blocked"
        DONE = "done", "Done"
        NOT_DONE = "not_done", "Not done"
        SUPERSEDED = "superseded", "Replaced"
        DISPUTED = "disputed", "Disputed"

    origin = models.CharField(max_length=10, choices=Origin)
    origin_id = models.BigIntegerField(null=True, blank=True)
    what = models.CharField(max_length=500)
    owner = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="actions_owned")
    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_on = models.DateField()
    how_known = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    because = models.CharField(max_length=300, blank=True)

"""Somebody is away or leaves: who takes whom, from which day, and how each family was told before."""

from django.db import models
from django.db.models import F, Q

from alongside.features.keyworking.models.allocation import Allocation
from alongside.features.keyworking.models.team import OfKeyworker
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import ByArea, FactRows, Reference
from alongside.foundation.topics import Topic


class HandOver(OfKeyworker):
    """All open work of one keyworker on its way to others. `from_date`: the first day on which others do it.

    begun → agreed (everything has a taker and every family was told) → done (from that day). Or called off.
    """

    class Reason(models.TextChoices):
        LEAVE = "leave", "Is away for a time"
        LEAVING = "leaving", "Leaves the team"

    class State(models.TextChoices):
        BEGUN = "begun", "Being prepared"
        AGREED = "agreed", "Agreed, waits for its day"
        DONE = "done", "Done"
        CALLED_OFF = "called_off", "Called off"

    reason = models.CharField(max_length=7, choices=Reason)
    from_date = models.DateField()
    # The last day away; empty while nobody knows, and for whoever leaves.
    to_date = models.DateField(null=True, blank=True)
    # Takes what is about nobody whom anybody takes.
    rest_to = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.BEGUN)
    begun_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    agreed_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # How many pieces of other work went over, by kind.
    moved = models.JSONField(default=dict, blank=True)

    protection = ByArea(by_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "icb", "worker", condition=Q(state__in=("begun", "agreed")), name="one_hand_over_at_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="hand_over_agreed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("begun", "agreed")) | Q(closed_at__isnull=False), name="hand_over_closed_at"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "done")) | Q(agreed_at__isnull=False),
                name="hand_over_is_agreed_first",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(reason="leave", to_date__gte=F("from_date")),
                name="hand_over_dates",
            ),
        ]


class HandOverLine(Fact):
    """One person of a hand-over: who takes them, and how their family was told before the change."""

    class Told(models.TextChoices):
        MESSAGE = "message", "By a message on their own pages"
        LETTER = "letter", "By a letter"
        SPOKEN = "spoken", "In person or by phone"
        NOT_TOLD = "not_told", "Not told"

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="lines")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="hand_over_lines")
    taker = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    # A co-worker or cover may end without anybody in their place; a designated keyworker never does.
    ends = models.BooleanField(default=False)
    because = models.CharField(max_length=300, blank=True)
    over_limit_because = models.CharField(max_length=300, blank=True)
    # The last day on which whoever hands over stays beside the new keyworker.
    beside_until = models.DateField(null=True, blank=True)
    told = models.CharField(max_length=8, choices=Told, blank=True)
    told_words = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    # Whom the family was told of: another taker means that they have to be told again.
    told_of = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    # The allocation that the line made: cover, or whoever comes in.
    made = models.OneToOneField(Allocation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedByPerson("run").as_manager()  # type: ignore[misc]
    protection = FactRows(only_topic=Topic.KEYWORKING.value, by_runners=True, for_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("hand_over", "allocation", name="handed_over_once"),
            models.CheckConstraint(condition=Q(taker__isnull=True) | Q(ends=False), name="taken_or_ended"),
            models.CheckConstraint(condition=Q(ends=False) | ~Q(because=""), name="an_end_has_a_reason"),
            models.CheckConstraint(
                condition=Q(told="", told_at__isnull=True, told_by__isnull=True)
                | (~Q(told="") & Q(told_at__isnull=False, told_by__isnull=False)),
                name="told_how_when_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(told__in=("spoken", "not_told")) | ~Q(told_words=""), name="told_in_words"
            ),
        ]


class KeyworkerPhoto(OfKeyworker):
    """A picture of a keyworker, so that a family knows who comes. The newest counts; one without a key takes it away.

    Everybody may read that there is one; the page that hands it out looks whether they work together.
    """

    storage_key = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    added_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    protection = Reference(write_by=("manager", "coordinator"), changed_by=(), area="icb_id")

    class Meta:
        indexes = [models.Index(fields=["worker", "-id"], name="photo_of_keyworker")]

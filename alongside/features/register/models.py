"""Being on a register: entries, ratings, and who sees which list."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.register.meetings.models import (  # noqa: F401 - tables of this app
    AgendaItem,
    AgendaReason,
    Meeting,
    MeetingAddendum,
    MeetingAttendance,
    MeetingCycle,
    MeetingDecision,
    MeetingDraft,
)
from alongside.foundation.access.protection import ByArea, FactRows
from alongside.foundation.organisations.models import Organisation


class Colour(models.TextChoices):
    """Risk of admission to a mental health hospital, and nothing else."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"


class Listing(models.TextChoices):
    CHILD = "child", "Children and young people"
    ADULT = "adult", "Adults"


class RegisterEntry(Fact):
    """A person's time on one ICB's register. Coming back is a new entry that names the one before."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=5, choices=Listing, default=Listing.CHILD)
    entered_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)
    removed_because = models.CharField(max_length=30, blank=True)
    removed_detail = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    provisional = models.BooleanField(default=False)
    not_registered_before_admission = models.BooleanField(default=False)
    imported_at = models.DateTimeField(null=True, blank=True)
    review_planned_on = models.DateField(null=True, blank=True)
    came_back_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # Which version of the record a form was filled in from: two people deciding at once, one is told.
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person",
                "icb",
                "listing",
                condition=Q(removed_on__isnull=True),
                name="one_open_entry_per_list",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("entered_on")),
                name="removed_after_entry",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_because="")
                | (Q(removed_on__isnull=False) & ~Q(removed_because="")),
                name="removal_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["icb", "listing"], name="entry_of_register")]


class Rating(Fact):
    """A colour given to an entry. Append-only: a proposal, and the decision on it, are two rows.

    The tool's suggestion stands beside the decision; where they differ the reason is kept.
    """

    class Standing(models.TextChoices):
        DECIDED = "decided", "Decided"
        PROPOSED = "proposed", "Waiting for a decision"
        DECLINED = "declined", "Proposal not taken up"

    class Origin(models.TextChoices):
        PERSON = "panel", "A person decided"
        ADMISSION = "admission", "Admission to hospital"
        DISCHARGE = "discharge", "Discharge from hospital"
        IMPORT = "import", "Carried over"
        NOTICE = "notice", "Notice on a placement"
        CIRCUMSTANCE = "circumstance", "Change of circumstances"

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="ratings")
    colour = models.CharField(max_length=5, choices=Colour)
    standing = models.CharField(max_length=8, choices=Standing)
    origin = models.CharField(max_length=12, choices=Origin)
    decides = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="decision")
    rated_at = models.DateTimeField()
    because = models.CharField(max_length=1000, blank=True)
    reasons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    tool = models.CharField(max_length=60, blank=True)
    tool_version = models.CharField(max_length=20, blank=True)
    tool_answers = models.JSONField(null=True, blank=True)
    suggested = models.CharField(max_length=5, choices=Colour, blank=True)
    override_because = models.CharField(max_length=500, blank=True)

    protection = FactRows(update=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(suggested="") | Q(suggested=F("colour")) | ~Q(override_because=""),
                name="override_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["entry", "-rated_at", "-id"], name="rating_latest")]


class ReferrerView(Fact):
    """The colour a referrer had in mind: kept apart from what was decided."""

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="referrer_views")
    colour = models.CharField(max_length=5, choices=Colour)
    said_by = models.CharField(max_length=120, blank=True)


class EntryAnswers(Fact):
    """What was answered to a tool of entry, which opens keyworking and gives no colour. The newest row counts.

    The tool suggests, by its answers; a named person decides, and says why where they differ.
    """

    tool = models.CharField(max_length=60)
    tool_version = models.CharField(max_length=20)
    answers = models.JSONField()
    suggested = models.CharField(max_length=20, blank=True)
    opens_keyworking = models.BooleanField()
    because = models.CharField(max_length=500, blank=True)

    protection = FactRows(update=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(opens_keyworking=True) & ~Q(suggested=""))
                | Q(opens_keyworking=False, suggested="")
                | ~Q(because=""),
                name="entry_override_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="entry_answers_latest")]


class SavedView(models.Model):
    """A filter of the list with a name: one's own, or shared with the ICB."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)
    shared = models.BooleanField(default=False)

    protection = ByArea(owner="owner_id", delete=True)
    objects = ScopedByPerson("area").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "name", name="saved_view_name_once")]

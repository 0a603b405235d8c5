"""A register meeting: its cycle, who is asked and comes, who is on the agenda and why, what was decided."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Fact, Person
from alongside.features.people.scope import ScopedByPerson
from alongside.features.register.meetings.protected import MeetingDraftRows, MeetingRows
from alongside.foundation.access.protection import Reference
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic

# The area's own, read by everybody who works in it: it names no child.
OF_THE_AREA = Reference(write_by=("coordinator", "manager"), area="icb_id", to_staff=True)


class MeetingCycle(models.Model):
    """How often an area meets about one of its registers. The newest row that is not ended counts."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=5, default="child")
    every_weeks = models.PositiveSmallIntegerField()
    # The first day, and the time of day in England, of every meeting.
    first_on = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=90)
    place = models.CharField(max_length=200, blank=True)
    chair = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = OF_THE_AREA

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", "listing", condition=Q(ended_at=None), name="one_meeting_cycle_at_once"),
            models.CheckConstraint(condition=Q(every_weeks__gte=1), name="meeting_cycle_of_weeks"),
        ]


class Meeting(models.Model):
    """One register meeting. It has a time and a chair from the moment it is planned."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Going on"
        CLOSED = "closed", "Over"
        CALLED_OFF = "called_off", "Called off"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=5, default="child")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=90)
    place = models.CharField(max_length=200, blank=True)
    chair = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    # From here on the agenda is fixed; what moves later comes to it when the meeting opens.
    agenda_sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes_sent_at = models.DateTimeField(null=True, blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)

    protection = OF_THE_AREA

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("planned", "called_off"), opened_at=None)
                | Q(state__in=("open", "closed"), opened_at__isnull=False),
                name="meeting_opened_at",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="meeting_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(minutes_sent_at=None) | Q(state="closed"), name="minutes_sent_once_closed"
            ),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(called_off_because=""), name="meeting_called_off_because"
            ),
            models.UniqueConstraint("icb", "listing", condition=Q(state="open"), name="one_open_meeting_at_once"),
        ]
        indexes = [models.Index(fields=["icb", "listing", "-starts_at"], name="meeting_of_area")]

    @property
    def held_at(self) -> datetime:
        """When it was opened; until then, when it is planned."""
        return self.opened_at or self.starts_at


class MeetingAttendance(models.Model):
    """Somebody who is asked to a meeting: for which side, from which organisation, and whether they came."""

    class Side(models.TextChoices):
        HEALTH = "health", "Health"
        EDUCATION = "education", "Education"
        CARE = "care", "Social care"
        OTHER = "other", "Somebody else"

    class Came(models.TextChoices):
        ASKED = "asked", "Asked"
        THERE = "there", "There"
        APOLOGIES = "apologies", "Sent apologies"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    side = models.CharField(max_length=9, choices=Side)
    came = models.CharField(max_length=9, choices=Came, default=Came.ASKED)
    # When they were sent the agenda: from then on they read of those they may.
    asked_at = models.DateTimeField(null=True, blank=True)
    minutes_sent_at = models.DateTimeField(null=True, blank=True)

    protection = OF_THE_AREA

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "actor", name="asked_to_a_meeting_once")]
        indexes = [models.Index(fields=["actor", "meeting"], name="attendance_of_actor")]


class AgendaItem(Fact):
    """Somebody is on the agenda of a meeting. Why, and what was decided, stand in rows of their own."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be discussed"
        DISCUSSED = "discussed", "Discussed"
        LEFT = "left", "Left for next time"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    entry = models.ForeignKey("register.RegisterEntry", models.PROTECT, related_name="agenda_items")
    # The order in which they are discussed.
    place = models.IntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # Came to it after it was sent.
    came_later = models.BooleanField(default=False)

    objects = ScopedByPerson("agenda").as_manager()  # type: ignore[misc]
    protection = MeetingRows(only_topic=Topic.REGISTER.value, by_runners=True, to_asked=True)

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "entry", name="on_an_agenda_once")]
        indexes = [models.Index(fields=["entry", "-id"], name="agenda_of_entry")]


class AgendaReason(Fact):
    """Why somebody is on the agenda, in a sentence, with the topic of the fact behind it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="reasons")
    code = models.CharField(max_length=20)
    words = models.CharField(max_length=400)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = MeetingRows(update=False, by_runners=True)

    class Meta:
        indexes = [models.Index(fields=["item", "id"], name="reason_of_item")]


class MeetingDecision(Fact):
    """What was decided about somebody, who saw it differently, and who was there. A correction supersedes.

    present: the attendances of those who were in the room for this person. quorum: the sentence about who was missing.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    decided = models.TextField(max_length=1000)
    dissent = models.TextField(max_length=1000, blank=True)
    present = ArrayField(models.BigIntegerField(), default=list, blank=True)
    quorate = models.BooleanField()
    quorum = models.CharField(max_length=300)
    rating = models.ForeignKey("register.Rating", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = MeetingRows(update=False, only_topic=Topic.REGISTER.value, by_runners=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided=""), name="a_decision_has_words"),
            models.UniqueConstraint("item", condition=Q(supersedes=None), name="decided_once_in_a_meeting"),
            models.CheckConstraint(condition=Q(happened_at__lte=F("recorded_at")), name="decided_before_it_is_written"),
        ]


class MeetingAddendum(Fact):
    """A correction of the minutes after the meeting: nothing in them changes, this stands below."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="addenda")
    said = models.TextField(max_length=1000)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = MeetingRows(update=False, only_topic=Topic.REGISTER.value, by_runners=True)


class MeetingDraft(models.Model):
    """What somebody types about one person in a meeting, until it is saved."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    protection = MeetingDraftRows()

    class Meta:
        constraints = [models.UniqueConstraint("item", "actor", name="meeting_draft_once")]

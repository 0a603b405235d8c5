"""A local area emergency protocol meeting: as it is typed, as it was held, and what came of it."""

from typing import Any

from django.db import models
from django.db.models import Q

from alongside.features.actions.models import Action
from alongside.features.emergency.protected import KEYWORKING, REVIEW, DraftRows, MeetingRows, OfMeeting
from alongside.features.people.models import Fact, Person
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.told_where import WhereaboutsRows
from alongside.features.reviews.models import Review


class EmergencyDraft(models.Model):
    """A meeting being written down, kept at every step. One for each person and whoever writes it.

    answers: by step, what was typed by name of the question. marks: by step, the mark of the page it came from and how
    often it was saved, so that a page opened before doesn't write over newer words.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    answers: Any = models.JSONField(default=dict)
    marks: Any = models.JSONField(default=dict)

    protection = DraftRows()

    class Meta:
        constraints = [models.UniqueConstraint("person", "actor", name="emergency_draft_once")]


class EmergencyMeeting(Fact):
    """A meeting that was held; `happened_at` is when it began. It is no review, and is never counted as one.

    Its outcomes are ours: no national list was seen (policy reference, appendix A, proposal).
    """

    class How(models.TextChoices):
        PHONE = "phone", "By phone"
        VIDEO = "video", "By video"
        TOGETHER = "together", "In one room"

    class Outcome(models.TextChoices):
        AVOIDED = "admission_avoided", "Admission avoided"
        INFORMAL = "informal", "Admitted informally"
        DETAINED = "detained", "Detained under the Mental Health Act"
        ELSEWHERE = "elsewhere", "Placed somewhere else"
        ADJOURNED = "adjourned", "Nothing decided yet: it goes on later"

    class NoReview(models.TextChoices):
        FAST = "fast", "It went too fast"
        HOURS = "hours", "Outside working hours"
        PANEL = "panel", "No panel could be found in time"
        UNKNOWN = "unknown", "Nobody knew that one was needed"
        OTHER = "other", "Something else"

    how = models.CharField(max_length=8, choices=How)
    chair = models.CharField(max_length=120)
    trigger = models.CharField(max_length=2000)
    # Why no C(E)TR was held instead, and in words.
    instead = models.CharField(max_length=7, choices=NoReview)
    instead_words = models.CharField(max_length=500, blank=True)
    young_person_there = models.BooleanField()
    young_person_words = models.CharField(max_length=500, blank=True)
    family_there = models.BooleanField()
    family_words = models.CharField(max_length=500, blank=True)
    they_said = models.CharField(max_length=1000, blank=True)
    tried = models.CharField(max_length=3000)
    outcome = models.CharField(max_length=17, choices=Outcome)
    decision = models.CharField(max_length=2000)
    # The colour that counted then; '' for none.
    colour_then = models.CharField(max_length=5, blank=True)
    # The row that the clocks read, of a kind that satisfies none of them.
    review = models.OneToOneField(Review, models.PROTECT, related_name="emergency_meeting")
    # Who sees to it that what was agreed for the morning is done; and that they did.
    watcher = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    checked_words = models.CharField(max_length=500, blank=True)
    keyworker_read_at = models.DateTimeField(null=True, blank=True)
    keyworker_read_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    register_read_at = models.DateTimeField(null=True, blank=True)
    register_read_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    # The decision not to hold a review afterwards.
    no_review_at = models.DateTimeField(null=True, blank=True)
    no_review_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    no_review_because = models.CharField(max_length=500, blank=True)
    # It decided on an admission that did not happen.
    not_admitted_at = models.DateTimeField(null=True, blank=True)
    not_admitted_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    not_admitted_because = models.CharField(max_length=500, blank=True)

    objects = ScopedByPerson("opened").as_manager()  # type: ignore[misc]
    protection = MeetingRows(only_topic=REVIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(young_person_there=True) | ~Q(young_person_words=""))
                & (Q(family_there=True) | ~Q(family_words="")),
                name="emergency_says_why_they_were_not_there",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None, checked_words="")
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_words="")),
                name="emergency_checked_at_by_and_what",
            ),
            models.CheckConstraint(
                condition=Q(no_review_at=None, no_review_by=None, no_review_because="")
                | (Q(no_review_at__isnull=False, no_review_by__isnull=False) & ~Q(no_review_because="")),
                name="emergency_no_review_at_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(not_admitted_at=None, not_admitted_by=None, not_admitted_because="")
                | (Q(not_admitted_at__isnull=False, not_admitted_by__isnull=False) & ~Q(not_admitted_because="")),
                name="emergency_not_admitted_at_by_and_why",
            ),
            models.CheckConstraint(
                condition=Q(keyworker_read_at=None, keyworker_read_by=None)
                | Q(keyworker_read_at__isnull=False, keyworker_read_by__isnull=False),
                name="emergency_keyworker_read_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(register_read_at=None, register_read_by=None)
                | Q(register_read_at__isnull=False, register_read_by__isnull=False),
                name="emergency_register_read_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-happened_at"], name="emergency_of_person"),
            models.Index(fields=["recorded_icb", "-happened_at"], name="emergency_of_area"),
        ]


class MeetingSide(models.Model):
    """One agency at a meeting: who was there for it, or why nobody was."""

    class Agency(models.TextChoices):
        HOSPITAL = "hospital", "Hospital or A&E"
        MENTAL_HEALTH = "mental_health", "Mental health or crisis team"
        SOCIAL_CARE = "social_care", "Social care, or its emergency duty team"
        COMMISSIONER = "commissioner", "ICB commissioner, or who is on call"
        POLICE = "police", "Police or ambulance"
        EDUCATION = "education", "School or education"
        KEYWORKING = "keyworking", "Keyworking service"
        PROVIDER = "provider", "Those who look after them at home"

    meeting = models.ForeignKey(EmergencyMeeting, models.PROTECT, related_name="sides")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.CharField(max_length=13, choices=Agency)
    who = models.CharField(max_length=300, blank=True)
    why_not = models.CharField(max_length=300, blank=True)

    protection = OfMeeting()

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "agency", name="emergency_side_once"),
            models.CheckConstraint(condition=~Q(who="") | ~Q(why_not=""), name="emergency_side_who_or_why_not"),
        ]


class MeetingDissent(models.Model):
    """Somebody at a meeting who did not agree with its decision, and why."""

    meeting = models.ForeignKey(EmergencyMeeting, models.PROTECT, related_name="dissents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    because = models.CharField(max_length=500)

    protection = OfMeeting()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(because=""), name="emergency_dissent_who_and_why")
        ]


class EmergencyTask(models.Model):
    """What somebody does by a moment: an agreed action, and when. Its first row is meant, also once it is corrected."""

    meeting = models.ForeignKey(EmergencyMeeting, models.PROTECT, related_name="tasks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    action = models.OneToOneField(Action, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()

    protection = OfMeeting()


class SafetyPlan(Fact):
    """What keeps somebody safe now, in words the family reads; numbers: [[who, number], …]. The newest counts."""

    meeting = models.ForeignKey(EmergencyMeeting, models.PROTECT, null=True, blank=True, related_name="safety_plans")
    words = models.CharField(max_length=2000)
    numbers: Any = models.JSONField(default=list)

    protection = WhereaboutsRows(update=False, only_topic=KEYWORKING)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="safety_plan_of_person")]

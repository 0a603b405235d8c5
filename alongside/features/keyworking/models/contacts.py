"""Contacts made and tried, what others promised, who to ring when the keyworker isn't there.

A contact is never changed: a correction is a new row that supersedes it. What is written of it is the team's own
working note: nobody reads it through the family door, where what was agreed is told in words meant for the family.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.people.agreement.models import OwnDraft
from alongside.features.people.models import Dated, Fact, Person, ends_after_start
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.features.people.told_where import WhereaboutsRows
from alongside.foundation.topics import Topic


class Way(models.TextChoices):
    VISIT = "visit", "Visit"
    PHONE = "phone", "Phone call"
    VIDEO = "video", "Video call"
    TEXT = "text", "Text or message"
    MEETING = "meeting", "Meeting"


class With(models.TextChoices):
    YOUNG_PERSON = "young_person", "The young person"
    FAMILY = "family", "Their family"
    PROFESSIONAL = "professional", "A professional"


#: With the young person or the family; and of these, those in which the young person was seen.
WITH_FAMILY = Q(reached=True, with_whom__overlap=["young_person", "family"])
SEEN = Q(reached=True, with_whom__contains=["young_person"], way__in=["visit", "meeting", "video"])


class Contact(Fact):
    """A contact that was made, or tried without an answer. `happened_at` is when; `recorded_at` when it was typed."""

    way = models.CharField(max_length=7, choices=Way)
    with_whom = ArrayField(models.CharField(max_length=12, choices=With))
    reached = models.BooleanField(default=True)
    # A code of `policy/activities.py`; guessed from the words where nobody chose one.
    purpose = models.CharField(max_length=20, blank=True)
    purpose_guessed = models.BooleanField(default=False)
    outcome = models.TextField(max_length=2000, blank=True)
    next_step = models.CharField(max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False, only_topic=Topic.KEYWORKING.value)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reached=False) | ~Q(outcome=""), name="contact_says_what_happened"),
            models.CheckConstraint(condition=~Q(with_whom=[]), name="contact_says_with_whom"),
            models.CheckConstraint(condition=Q(happened_at__lte=F("recorded_at")), name="contact_not_in_the_future"),
        ]
        # What the rules ask (see `overview_facts`): the newest with whom it matters, not all that were made.
        indexes = [
            models.Index(fields=["person", "-happened_at"], name="contact_of_person"),
            models.Index(fields=["person", "happened_at"], name="contact_with_family", condition=WITH_FAMILY),
            models.Index(fields=["person", "happened_at"], name="contact_seen", condition=SEEN),
            models.Index(fields=["person", "happened_at"], name="contact_tried", condition=Q(reached=False)),
        ]


class Promise(Fact):
    """What somebody said they would do, by when. Lighter than an action: nobody accepted it. Open until closed."""

    class Closed(models.TextChoices):
        KEPT = "kept", "Kept"
        NOT_KEPT = "not_kept", "Not kept"
        NOT_NEEDED = "not_needed", "Not needed any more"

    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="promises")
    who = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=300)
    by_date = models.DateField()
    closed_as = models.CharField(max_length=10, choices=Closed, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=Topic.KEYWORKING.value)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_as="", closed_at__isnull=True) | (~Q(closed_as="") & Q(closed_at__isnull=False)),
                name="promise_closed_as_and_at",
            )
        ]
        indexes = [
            models.Index(fields=["person"], name="promise_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["contact"], name="promise_of_contact"),
        ]


class PromiseStep(Fact):
    """One time that somebody chased a promise, moved its day or closed it. `happened_at` is when."""

    class Kind(models.TextChoices):
        CHASED = "chased", "Chased"
        MOVED = "moved", "A new day was promised"
        KEPT = "kept", "Kept"
        NOT_KEPT = "not_kept", "Not kept"
        NOT_NEEDED = "not_needed", "Not needed any more"

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    said = models.CharField(max_length=300, blank=True)
    by_date = models.DateField(null=True, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False, only_topic=Topic.KEYWORKING.value)

    class Meta:
        indexes = [models.Index(fields=["promise"], name="step_of_promise")]


class OutOfHours(Fact, Dated):
    """Who to ring when the keyworker isn't there, and what was agreed for evenings and weekends. The newest counts."""

    who = models.CharField(max_length=160)
    phone = models.CharField(max_length=40)
    arrangement = models.CharField(max_length=500, blank=True)
    agreed_with = models.CharField(max_length=160, blank=True)

    protection = WhereaboutsRows(only_topic=Topic.KEYWORKING.value)

    class Meta:
        constraints = [ends_after_start("out_of_hours_dates")]


class ContactDraft(models.Model):
    """What was typed on the form of a contact and not saved yet: one for each person and whoever writes it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    answers: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    protection = OwnDraft()

    class Meta:
        constraints = [models.UniqueConstraint("person", "actor", name="contact_draft_once")]
        indexes = [models.Index(fields=["expires_at"], name="contact_draft_by_end")]


__all__ = [
    "Contact",
    "ContactDraft",
    "OutOfHours",
    "Promise",
    "PromiseStep",
    "Way",
    "With",
]

"""Who may see whom: keys (who is asking), involvements (why they may), what is open of them, the roles' reach."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.access.protection import Open
from alongside.foundation.access.protection_hidden import Hidden


class AccessKey(models.Model):
    """A signed-in session or machine identity. Only a digest is kept; the database itself turns it into an actor."""

    class Kind(models.TextChoices):
        SESSION = "session", "Signed in"
        ENGINE = "engine", "The rules engine"
        COMMAND = "command", "A command"
        SIGN_IN = "sign_in", "The server's proof when it opens keys"
        WORKER = "worker", "The job worker's proof when it fetches jobs"

    digest = models.BinaryField(unique=True)
    actor_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    second_factor = models.CharField(max_length=20, blank=True)

    protection = Hidden()


class Reach(models.Model):
    """The stored copy of `roles.REACH`, written at each migration, so that the database reads the same table."""

    role = models.CharField(primary_key=True, max_length=24)
    reach = models.CharField(max_length=10)
    guarded = models.BooleanField()
    writes = models.BooleanField()
    topics = ArrayField(models.SmallIntegerField())

    protection = Open(insert=False)


class Involvement(models.Model):
    """Who may see whom, on which topics, from when to when, because of what.

    The Python scope and row-level security read this one table. `person_id` is bound to the person's
    table by the people feature; this room knows nothing of people.
    """

    class Because(models.TextChoices):
        ALLOCATION = "allocation", "Their keyworker"
        PANEL = "panel", "Sits on their panel"
        REFERRAL = "referral", "Referred them"
        LINK = "link", "Works with them"
        BREAK_GLASS = "break_glass", "Opened in an emergency"
        NAMED = "named", "Named on a restricted record"
        OWN_RECORD = "own_record", "It is about them"
        FAMILY = "family", "Their family"
        OVERRIDE = "override", "Told against an agreement, to keep somebody safe"

    class ReliesOn(models.TextChoices):
        NOTHING = "", "No agreement"
        KEYWORKING = "keyworking", "The agreement to have a keyworker, or else to be on the register"
        SHARING = "sharing", "The agreement to share with this recipient"
        REVIEW = "review", "The agreement to this review"

    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="involvements")
    person_id = models.BigIntegerField()
    topics = ArrayField(models.SmallIntegerField())
    writes = models.BooleanField(default=False)
    sees_guarded = models.PositiveSmallIntegerField(default=0)
    because = models.CharField(max_length=12, choices=Because)
    because_id = models.BigIntegerField(null=True, blank=True)
    # Which agreement must stand. An involvement that says nothing needs one.
    relies_on = models.CharField(max_length=10, choices=ReliesOn, default=ReliesOn.SHARING, blank=True)
    # What the actor is to the ledger: health, education, social_care, family or review; and the id of the
    # organisation they act for, or of the review.
    recipient_kind = models.CharField(max_length=20, blank=True)
    recipient_id = models.BigIntegerField(null=True, blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    protection = Open(delete=False, rule="involvement")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")),
                name="involvement_ends_after_start",
            )
        ]
        indexes = [
            models.Index(fields=["actor", "person_id"], name="involvement_of_actor"),
            models.Index(fields=["person_id"], name="involvement_with_person"),
        ]


class OpenTopics(models.Model):
    """What the ledger opens of an involvement: which topics, from when to when. None at all where nothing was agreed.

    Derived by the database (`sql/ledger.sql`) whenever an answer, an involvement, a restriction or an agreement
    between organisations changes; nobody else can write here. One involvement has several where parts of what was
    agreed end on different days.
    """

    involvement = models.ForeignKey(Involvement, models.CASCADE, related_name="open_topics")
    actor_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    topics = ArrayField(models.SmallIntegerField())
    writes = models.BooleanField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    protection = Open(insert=False, rule="open_topics")

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", "person_id"], name="open_topics_of_actor"),
            models.Index(fields=["person_id"], name="open_topics_of_person"),
        ]

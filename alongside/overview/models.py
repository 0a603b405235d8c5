"""What is due for everybody, and the list as it is read: both derived, stored for reading."""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.features.people.models import Fact, Guard, Person
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import DerivedRows, Engine
from alongside.foundation.organisations.models import Organisation, Team
from alongside.foundation.topics import Topic


class Duty(models.Model):
    """Something due: what, for whom, by when, why, whose. Written by the rules engine only."""

    # Empty for what is due before anybody is added, or for no one person: a referral, an agreement, a training.
    # The engine writes these keys from rows that have them; checking each again would take a third of a recount.
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, related_name="duties", db_constraint=False, db_index=False
    )
    key = models.CharField(max_length=120)
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    guard = models.PositiveSmallIntegerField(choices=Guard, default=Guard.ORDINARY)
    topic = models.SmallIntegerField(choices=Topic)
    rule_key = models.CharField(max_length=60)
    rule_row = models.SmallIntegerField(null=True)
    what = models.CharField(max_length=200)
    because = models.CharField(max_length=500)
    source = models.CharField(max_length=200)
    certainty = models.CharField(max_length=4)
    local_default = models.BooleanField(default=False)
    shows_from = models.DateTimeField()
    due = models.DateTimeField()
    breach = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    timed = models.BooleanField(default=False)
    owner_actor = models.ForeignKey(
        "accounts.Actor", models.PROTECT, null=True, related_name="duties", db_constraint=False, db_index=False
    )
    owner_team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="duties", db_constraint=False, db_index=False
    )
    doing = models.CharField(max_length=30)
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField(null=True)
    backlog_on = models.DateField(null=True)
    # Later than this it is late. Empty in a backlog while nobody has planned a day for it.
    late_from = models.DateTimeField(null=True)
    # That of the person's rating: 0 comes first.
    urgency = models.SmallIntegerField(default=1)

    objects = ScopedByPerson("duty").as_manager()
    protection = DerivedRows(topic="topic", owner="owner_actor_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="duty_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(owner_actor__isnull=False, owner_team__isnull=True)
                | Q(owner_actor__isnull=True, owner_team__isnull=False),
                name="duty_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(subject_id__isnull=False), name="duty_is_about_something"
            ),
        ]
        indexes = [
            models.Index(fields=["owner_actor", "due"], name="duty_of_actor", condition=Q(owner_actor__isnull=False)),
            models.Index(fields=["owner_team", "due"], name="duty_of_team", condition=Q(owner_team__isnull=False)),
            models.Index(fields=["icb", "due"], name="duty_of_icb"),
            models.Index(fields=["icb", "breach"], name="duty_names_keyworker", condition=Q(doing="name_keyworker")),
            models.Index(
                fields=["icb", "due"],
                name="duty_asks_for_review",
                condition=Q(doing__in=["plan_review_date", "open_planned_review"])
                | Q(doing="record_review", subject="stay"),
            ),
        ]


class DutyAnswer(Fact):
    """Somebody did what was due, or said why it is not needed. The rules read these."""

    class Answer(models.TextChoices):
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    duty_key = models.CharField(max_length=120)
    rule_key = models.CharField(max_length=60)
    answer = models.CharField(max_length=10, choices=Answer)
    on_date = models.DateField()
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "duty_key", name="duty_answered_once"),
            models.CheckConstraint(condition=Q(answer="done") | ~Q(because=""), name="not_needed_has_a_reason"),
        ]


class DutyPlan(Fact):
    """When somebody means to deal with a duty of the backlog."""

    duty_key = models.CharField(max_length=120)
    planned_for = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("person", "duty_key", name="duty_planned_once")]


class RegisterRow(models.Model):
    """One line of the list: an open entry with all that the list shows. Written by the rules engine only."""

    entry = models.OneToOneField("register.RegisterEntry", models.CASCADE, primary_key=True, related_name="row")
    # As for duties: the engine writes these keys from rows that have them.
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="register_rows", db_constraint=False, db_index=False
    )
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    listing = models.CharField(max_length=5)
    guard = models.PositiveSmallIntegerField(choices=Guard, default=Guard.ORDINARY)
    reference = models.CharField(max_length=14)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80)
    birth_date = models.DateField(null=True)
    colour = models.CharField(max_length=5, blank=True)
    colour_rank = models.SmallIntegerField()
    colour_since = models.DateField(null=True)
    rated_on = models.DateField(null=True)
    proposal = models.CharField(max_length=5, blank=True)
    in_hospital = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    diagnosis = ArrayField(models.CharField(max_length=20), default=list)
    flags = ArrayField(models.CharField(max_length=20), default=list)
    council = models.CharField(max_length=200, blank=True)
    name_words = ArrayField(models.CharField(max_length=80), default=list)
    keyworker = models.ForeignKey(
        "accounts.Actor", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    keyworker_name = models.CharField(max_length=120, blank=True)
    next_what = models.CharField(max_length=200)
    next_due = models.DateTimeField()
    next_owner = models.CharField(max_length=120)
    next_actor = models.ForeignKey(
        "accounts.Actor", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    next_team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    # Later than this something about them is late; the backlog of an import stays apart until its planned day.
    late_from = models.DateTimeField(default=datetime(2999, 1, 1, tzinfo=UTC))
    backlog = models.BooleanField(default=False)
    urgency = models.SmallIntegerField(default=1)
    # What it tells of ends by itself then: it is worked out again, and says so until it was.
    changes_at = models.DateTimeField(null=True)

    objects = ScopedByPerson("line").as_manager()
    protection = DerivedRows(topic=Topic.REGISTER.value)

    class Meta:
        indexes = [
            # With all that the counts of the list need, so that they are read from here alone.
            models.Index(
                fields=["icb", "listing", "late_from", "entry"],
                include=["person", "guard", "colour", "proposal", "keyworker", "council", "backlog"],
                name="row_by_late",
            ),
            models.Index(fields=["icb", "listing", "urgency", "late_from", "entry"], name="row_by_urgency"),
            models.Index(fields=["icb", "listing", "family_name", "given_name", "entry"], name="row_by_name"),
            models.Index(fields=["icb", "listing", "colour_rank", "next_due", "entry"], name="row_by_colour"),
            models.Index(fields=["icb", "listing", "rated_on", "entry"], name="row_by_rated"),
            models.Index(fields=["person"], name="row_of_person"),
            models.Index(fields=["keyworker", "next_due"], name="row_of_keyworker"),
            models.Index(fields=["changes_at"], name="row_that_changes", condition=models.Q(changes_at__isnull=False)),
        ]


class Mark(models.Model):
    """That somebody has, or had, a thing few people have, so that the engine asks for it (a piece of `facts.sql`).

    Written by the triggers of the tables in `engine/pieces`, never taken away: it says where to look.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    piece = models.CharField(max_length=20)

    protection = Engine(read=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "piece"], name="mark_once")]


class NameWord(models.Model):
    """Each distinct part of a name on the list, so that a mistyped name is looked for among few words.

    The database keeps each with what is left of it without one letter (see the migration on finding).
    """

    word = models.CharField(primary_key=True, max_length=80)

    protection = Engine(read=False)


class Recount(models.Model):
    """A changed rule, holiday or commencement date: everybody it touches is counted again, visibly until done."""

    icb = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    people = models.IntegerField(default=0)
    counted = models.IntegerField(default=0)
    reached_person_id = models.BigIntegerField(default=0)

    protection = Engine(insert=True)


class LocalRule(models.Model):
    """An ICB's own value for a rule, or the day on which a law begins: same shape as the national rows."""

    icb = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    rule_key = models.CharField(max_length=60)
    amount = models.IntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = Engine(insert=True, read=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", "rule_key", "starts_on", name="local_rule_once", nulls_distinct=False)
        ]

"""A plan: as it is written, as it was sent to a supervisor, as it was shared, and what each says to it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Fact, Person, Relation
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.told_where import WhereaboutsRows
from alongside.features.plans.protected import PLANNING, DraftRows, ProposalRows, VoiceRows
from alongside.foundation.access.protection import FactRows
from alongside.foundation.topics import Topic
from alongside.policy.plans import PARTS

KINDS = [(part.key, part.title) for part in PARTS.values()]
TOPIC_OF: dict[str, int] = {part.key: Topic[part.topic.upper()].value for part in PARTS.values()}


class Voice(models.TextChoices):
    """Who says it. Each scores and answers for themselves."""

    YOUNG_PERSON = "young_person", "The young person"
    FAMILY = "family", "Family"
    KEYWORKER = "keyworker", "Keyworker"


class PartWords(models.Model):
    """One part in its three faces. `easy` is a list of [picture, line]; `plain` and `easy` may be left empty."""

    kind = models.CharField(max_length=13, choices=KINDS)
    words = models.TextField(max_length=6000, blank=True)
    plain = models.TextField(max_length=4000, blank=True)
    easy: Any = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def face(self) -> dict[str, Any]:
        """What the part says; an empty one for a part that says nothing."""
        told = {"words": self.words, "plain": self.plain, "easy": self.easy}
        return told if any(told.values()) else {}


class DraftPart(PartWords):
    """A part as it is being written by whoever writes the plan, together. `version` counts up with each change.

    `aside` keeps what somebody typed on top of newer words of somebody else: by actor, until they say which stands.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    topic = models.SmallIntegerField(choices=Topic)
    version = models.IntegerField(default=1)
    # The mark of the page that saved last: the same page goes on over its own words.
    page = models.CharField(max_length=64)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    aside: Any = models.JSONField(default=dict, blank=True)
    # The earlier version whose words stand here, until somebody changes them or saves them as they are.
    copied_from = models.ForeignKey("PlanVersion", models.PROTECT, null=True, blank=True, related_name="+")

    protection = DraftRows()

    class Meta:
        constraints = [models.UniqueConstraint("person", "kind", name="draft_part_once")]


class PlanProposal(Fact):
    """What was sent to a supervisor: every part as it stood then. Read by those who write plans, nobody else."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for approval"
        SHARED = "shared", "Approved and shared"
        RETURNED = "returned", "Sent back"
        TAKEN_BACK = "taken_back", "Taken back by whoever sent it"

    parts: Any = models.JSONField(default=dict)
    # Parts that say what an earlier plan said, and that nobody has gone through since (see `coming_back.py`).
    as_copied = ArrayField(models.CharField(max_length=13), default=list, blank=True)
    changed_words = models.CharField(max_length=500, blank=True)
    review_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=500, blank=True)

    objects = ScopedByPerson("planned").as_manager()  # type: ignore[misc]
    protection = ProposalRows(only_topic=PLANNING)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(state="waiting"), name="one_plan_waits_for_approval"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="plan_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "taken_back")) | ~Q(decided_by=F("recorded_by")),
                name="plan_seen_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_because=""), name="plan_returned_with_a_reason"
            ),
        ]


class PlanVersion(Fact):
    """A plan that was shared. It never changes: a change is the next version. `changed` lists [part, how]."""

    number = models.IntegerField()
    proposal = models.OneToOneField(PlanProposal, models.PROTECT, related_name="version")
    writer = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    review_on = models.DateField()
    changed: Any = models.JSONField(default=list, blank=True)
    changed_words = models.CharField(max_length=500, blank=True)

    protection = FactRows(update=False, only_topic=PLANNING)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "recorded_icb", "number", name="plan_version_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="plan_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(writer=F("recorded_by")), name="plan_shared_by_somebody_else"),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="plan_latest")]


class PlanPart(Fact, PartWords):
    """A part of a shared version, on a topic of its own. Every version has a row for each, also an empty one."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="parts")

    protection = WhereaboutsRows(update=False)

    class Meta:
        constraints = [models.UniqueConstraint("version", "kind", name="plan_part_once")]
        indexes = [models.Index(fields=["person", "kind", "-id"], name="plan_part_latest")]


class PlanAnswer(Fact):
    """Whether somebody agrees with a version, in their words. The newest of each counts; none is taken away.

    Of whoever was not asked `said` is the reason, by the worker who wrote it down, and `how` is empty.
    """

    class Answer(models.TextChoices):
        AGREE = "agree", "Agrees"
        PARTLY = "partly", "Agrees with some of it"
        DISAGREE = "disagree", "Does not agree"
        UNASKED = "unasked", "Was not asked, or did not want to say"

    class How(models.TextChoices):
        PAGE = "page", "On their own page"
        PAPER = "paper", "On paper"
        TOLD = "told", "Told somebody"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="answers")
    voice = models.CharField(max_length=12, choices=Voice)
    relation = models.ForeignKey(Relation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    answer = models.CharField(max_length=8, choices=Answer)
    said = models.TextField(max_length=2000, blank=True)
    how = models.CharField(max_length=5, choices=How, blank=True)
    parts_read = ArrayField(models.CharField(max_length=13), default=list, blank=True)

    objects = ScopedByPerson("own_said").as_manager()  # type: ignore[misc]
    protection = VoiceRows(update=False, only_topic=PLANNING, own_only=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(voice="keyworker"), name="plan_is_agreed_by_the_family"),
            models.CheckConstraint(condition=Q(answer="agree") | ~Q(said=""), name="disagreement_in_their_words"),
        ]


class Goal(Fact):
    """What somebody wants to reach. It is theirs: `voice` says whose. It stands from version to version until ended."""

    class Ended(models.TextChoices):
        REACHED = "reached", "Reached"
        CHANGED = "changed", "Something else matters more now"
        LEFT = "left", "Left for now"

    voice = models.CharField(max_length=12, choices=Voice)
    name = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=300)
    ended_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=7, choices=Ended, blank=True)

    protection = VoiceRows(only_topic=PLANNING)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(voice="keyworker"), name="goal_is_theirs"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_how="") | (Q(ended_on__isnull=False) & ~Q(ended_how="")),
                name="goal_ended_on_and_how",
            ),
        ]


class GoalScore(Fact):
    """How near a goal is, from 0 to 10, by one voice on one day. Append-only."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="scores")
    voice = models.CharField(max_length=12, choices=Voice)
    name = models.CharField(max_length=120, blank=True)
    score = models.SmallIntegerField()
    said = models.CharField(max_length=500, blank=True)

    protection = VoiceRows(update=False, only_topic=PLANNING)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(score__gte=0, score__lte=10), name="score_from_0_to_10")]

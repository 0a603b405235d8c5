"""A C(E)TR as it is written up: what was recommended before, lines of enquiry, findings, how it was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.features.people.models import Fact, Person
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.features.reviews.models.held import Review
from alongside.foundation.access.protection import ENGINE, Protection, Reference, may_read
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic
from alongside.policy.enquiry import ACCOUNTED, CONCERN, OUTCOMES, SETS

REVIEW = Topic.REVIEW.value
#: Those who hold reviews and write them up.
HOLDS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
_HOLDS = "(" + " or ".join(f"(select access.holds('{role}'))" for role in HOLDS) + ")"


@dataclass(frozen=True)
class FindingRows(Protection):
    """What is being written: for those who hold reviews, of people on whose reviews they may write.

    No history is kept of it, and it lies outside `recording()`: what was told is the report.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        mine = f"{ENGINE} or ({_HOLDS} and access.may_write($t.person_id, {REVIEW}))"
        yield may_read(mine)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"


class LineSet(models.Model):
    """An official text of one of the four sets of lines of enquiry, as it was loaded. The newest of each counts.

    lines: [{key, title, asks}]. Where none was loaded, our own headings stand (`policy/enquiry.py`).
    """

    which = models.CharField(max_length=16, choices=list(SETS.items()))
    source = models.CharField(max_length=200)
    lines: Any = models.JSONField(default=list)
    loaded_at = models.DateTimeField()

    protection = Reference(write_by=("admin",), changed_by=())

    class Meta:
        indexes = [models.Index(fields=["which", "-id"], name="line_set_newest")]


class WriteUp(Fact):
    """Where the writing of one C(E)TR stands, from the day it was held until the report has led somewhere."""

    class Told(models.TextChoices):
        TALKED = "talked", "In a talk, on the day"
        LATER = "later", "In a talk, later"
        EASY = "easy", "With pictures or in easy words"
        NOT_TOLD = "not_told", "They were not told"

    review = models.OneToOneField(Review, models.PROTECT, related_name="write_up")
    # The number of the plan that it was, where it was planned here.
    planned_number = models.BigIntegerField(null=True, blank=True)
    which = models.CharField(max_length=16, choices=list(SETS.items()))
    line_set = models.ForeignKey(LineSet, models.PROTECT, null=True, blank=True, related_name="+")
    # What was found is told to the person and family: the day, how, and to whom or why not.
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=8, choices=Told, blank=True)
    told_words = models.CharField(max_length=500, blank=True)
    outcome_code = models.CharField(max_length=16, choices=list(OUTCOMES.items()), blank=True)
    outcome_words = models.CharField(max_length=1000, blank=True)
    # In plain words, for the person and family; and as easy read: [picture, line] pairs.
    plain = models.TextField(max_length=3000, blank=True)
    easy: Any = models.JSONField(default=list, blank=True)
    written_up_at = models.DateTimeField(null=True, blank=True)
    written_up_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    feedback_asked_on = models.DateField(null=True, blank=True)
    feedback_asked_how = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=REVIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on=None, told_how="") | (Q(told_on__isnull=False) & ~Q(told_how="")),
                name="review_told_on_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(told_how="not_told") | ~Q(told_words=""), name="review_not_told_says_why"
            ),
            models.CheckConstraint(
                condition=Q(written_up_at=None, written_up_by=None)
                | (Q(written_up_at__isnull=False, written_up_by__isnull=False) & ~Q(outcome_code="")),
                name="review_written_up_by_at_and_outcome",
            ),
        ]


class CarriedOver(Fact):
    """One earlier recommendation that this review accounts for. Unanswered, nothing new may be recommended.

    On the topic of the action itself. `what` and `times` as they stood when the review began.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="carried_over")
    # What it is called in addresses: the same before and after a correction.
    action_number = models.BigIntegerField()
    what = models.CharField(max_length=500)
    times = models.PositiveSmallIntegerField(default=1)
    answer = models.CharField(max_length=9, choices=list(ACCOUNTED.items()), blank=True)
    because = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    # The action under which it was recommended again.
    again_number = models.BigIntegerField(null=True, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows()

    class Meta:
        constraints = [
            models.UniqueConstraint("review", "action_number", name="carried_over_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="carried_over_answered_by_and_at",
            ),
            models.CheckConstraint(condition=Q(answer="") | ~Q(because=""), name="carried_over_says_how_it_is_known"),
        ]


class Finding(models.Model):
    """One line of enquiry as it is being written, together. `version` counts up with each change.

    finding: what was found; seen: what it rests on. plain: the same for the family. about_others: it is about somebody
    else, so that nothing of it goes into the versions for the person and family. aside: what somebody typed on top of
    newer words of somebody else, by actor, until they say which stands.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    line = models.SlugField(max_length=30)
    finding = models.TextField(max_length=4000, blank=True)
    seen = models.TextField(max_length=2000, blank=True)
    working = models.TextField(max_length=2000, blank=True)
    not_working = models.TextField(max_length=2000, blank=True)
    concern = models.CharField(max_length=7, choices=list(CONCERN.items()), blank=True)
    plain = models.TextField(max_length=2000, blank=True)
    about_others = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    # The mark of the page that saved last: the same page goes on over its own words.
    page = models.CharField(max_length=64)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    aside: Any = models.JSONField(default=dict, blank=True)

    protection = FindingRows()

    class Meta:
        constraints = [models.UniqueConstraint("review", "line", name="finding_once")]

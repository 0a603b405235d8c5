"""The report of a C(E)TR: versions that never change, who got them, what each does with it, and how it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.features.people.told_where import WhereaboutsRows
from alongside.features.reviews.models.held import Review
from alongside.features.reviews.models.holding import REVIEW
from alongside.foundation.access.protection import ACTOR, PEOPLE_TOPICS, FactRows
from alongside.foundation.organisations.models import Organisation


@dataclass(frozen=True)
class FaceRows(WhereaboutsRows):
    """As any fact whose words may lead to where somebody is; and the full report is read by no family door."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                # A report that isn't theirs to read is not there for them.
                shown = "exists (select 1 from reviews_reviewreport r where r.id = $t.report_id)"
                theirs = f"not (select access.comes_as_family()) or ($t.face <> 'full' and {shown})"
                clause = f"using (({theirs}) and ({clause.removeprefix('using ')}))"
            yield command, clause


@dataclass(frozen=True)
class ReportRows(FactRows):
    """As any fact; but where the young person objects to the family getting it, of the family they alone read it."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                told = "$t.family_gets <> 'objects' or access.is_family_of($t.person_id, true)"
                reads = clause.removeprefix("using ")
                clause = f"using ((not (select access.comes_as_family()) or {told}) and {reads})"
            yield command, clause


@dataclass(frozen=True)
class ReviewVoiceRows(FactRows):
    """As any fact; whoever came in by the family door adds rows in their own name and voice, and reads their own."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                own = f"not (select access.comes_as_family()) or $t.recorded_by_id = {ACTOR}"
                clause = f"using (({own}) and ({clause.removeprefix('using ')}))"
            yield command, clause
        voice = "case when access.is_family_of($t.person_id, true) then 'young_person' else 'family' end"
        yield (
            "insert",
            f"with check ($t.recorded_by_id = {ACTOR} and $t.topic = {REVIEW} and $t.voice = {voice} "
            f"and $t.person_id * 64 + {REVIEW} = any({PEOPLE_TOPICS}) and access.is_family_of($t.person_id, false))",
        )


class ReviewReport(Fact):
    """One issue of the report of a review. It never changes: a change is the next version. `happened_at`: issued.

    family_gets: how the person and family get it. late_because: why it was not in time.
    """

    class FamilyGets(models.TextChoices):
        PAGE = "page", "On their own pages"
        PAPER = "paper", "On paper"
        TALK = "talk", "In a talk"
        OBJECTS = "objects", "The family does not get it: the person objects"

    review = models.ForeignKey(Review, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    family_gets = models.CharField(max_length=7, choices=FamilyGets)
    family_words = models.CharField(max_length=300, blank=True)
    late_because = models.CharField(max_length=500, blank=True)

    protection = ReportRows(update=False, only_topic=REVIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint("review", "number", name="report_version_once"),
            models.CheckConstraint(
                condition=~Q(family_gets="objects") | ~Q(family_words=""), name="report_kept_from_family_says_why"
            ),
        ]


class ReportFace(Fact):
    """A version in one of its three faces: body is what stands there, as `holding/report.py` makes it."""

    class Face(models.TextChoices):
        FULL = "full", "In full, for those who took part"
        FAMILY = "family", "For the person and family"
        EASY = "easy", "In easy read"

    report = models.ForeignKey(ReviewReport, models.PROTECT, related_name="faces")
    face = models.CharField(max_length=6, choices=Face)
    body: Any = models.JSONField(default=dict)

    protection = FaceRows(update=False, only_topic=REVIEW)

    class Meta:
        constraints = [models.UniqueConstraint("report", "face", name="report_face_once")]


class Recipient(Fact):
    """Somebody who was sent the report, and what they do with it. `happened_at`: when it was sent."""

    class Kind(models.TextChoices):
        COMMISSIONER = "commissioner", "Responsible commissioner"
        CLINICIAN = "clinician", "Responsible clinician"
        AFTERCARE = "aftercare", "ICB with the duty of aftercare (section 117)"
        COUNCIL = "council", "Council"
        PROVIDER = "provider", "Hospital or provider"
        SCHOOL = "school", "School or college"
        PANEL = "panel", "Somebody of the panel"
        OTHER = "other", "Somebody else who took part"

    class Regard(models.TextChoices):
        ACCEPTED = "accepted", "Accepts what was recommended"
        PARTLY = "partly", "Accepts some of it"
        DECLINED = "declined", "Declines"

    review = models.ForeignKey(Review, models.PROTECT, related_name="recipients")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField()
    sent_how = models.CharField(max_length=200)
    # Whether they say what they do with it; whoever only took part is not asked.
    answers = models.BooleanField(default=True)
    regard = models.CharField(max_length=8, choices=Regard, blank=True)
    regard_because = models.CharField(max_length=1000, blank=True)
    regard_on = models.DateField(null=True, blank=True)
    regard_said_by = models.CharField(max_length=120, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=REVIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(regard__in=("partly", "declined")) | ~Q(regard_because=""), name="regard_says_why"
            ),
            models.CheckConstraint(
                condition=Q(regard="", regard_on=None) | (~Q(regard="") & Q(regard_on__isnull=False)),
                name="regard_has_a_day",
            ),
        ]


class ReviewFeedback(Fact):
    """How the review was, by one voice: answers is {question: yes, partly, no or unsure} of `policy/enquiry.py`."""

    class Voice(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        FAMILY = "family", "Their family"

    review = models.ForeignKey(Review, models.PROTECT, related_name="feedback")
    voice = models.CharField(max_length=12, choices=Voice)
    name = models.CharField(max_length=120, blank=True)
    answers: Any = models.JSONField(default=dict)
    said = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("own_said").as_manager()  # type: ignore[misc]
    protection = ReviewVoiceRows(update=False, only_topic=REVIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(answers={}) | ~Q(said=""), name="review_feedback_says_something")
        ]

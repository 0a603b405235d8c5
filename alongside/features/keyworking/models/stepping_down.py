"""Stepping down, the end of keyworking, what is asked afterwards, and who leads in adult services."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q

from alongside.features.actions.protected import ASKED_WITH
from alongside.features.keyworking.models.allocation import Allocation
from alongside.features.keyworking.models.contacts import TeamsOwnRows
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.told_where import WhereaboutsRows
from alongside.foundation.access.protection import ACTOR, ENGINE, PEOPLE_TOPICS, FactRows, Reference
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic
from alongside.policy.stepping_down import AT_RISK, JUDGED, REASONS

KEYWORKING = Topic.KEYWORKING.value


@dataclass(frozen=True)
class OwnVoiceRows(FactRows):
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
            f"with check ($t.recorded_by_id = {ACTOR} and $t.topic = {KEYWORKING} and $t.voice = {voice} "
            f"and $t.person_id * 64 + {KEYWORKING} = any({PEOPLE_TOPICS}) "
            "and access.is_family_of($t.person_id, false))",
        )


@dataclass(frozen=True)
class FoundByLink(TeamsOwnRows):
    """As the team's own rows; and whoever asks with the link itself finds this one. Only the engine changes it."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                clause = f"using (token_digest = {ASKED_WITH} or ({clause.removeprefix('using ')}))"
            elif command == "update":
                clause = f"using ({ENGINE}) with check ({ENGINE})"
            yield command, clause


class WhoStays(models.Model):
    """The named ongoing lead: a person and an organisation, and how they are reached."""

    lead_name = models.CharField(max_length=120, blank=True)
    lead_post = models.CharField(max_length=120, blank=True)
    lead_organisation = models.CharField(max_length=200, blank=True)
    lead_reach = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class StepDown(Fact, WhoStays):
    """Less and less contact, as it was agreed. A change is a new row; it is over when it is closed, with a reason."""

    starts_on = models.DateField()
    ends_on = models.DateField()
    # [[day, days], …]: from each day on, one contact every so many days.
    steps: Any = models.JSONField(default=list)
    family_says = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)

    protection = WhereaboutsRows(only_topic=KEYWORKING)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="step_down_ends_later"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(closed_because=""), name="step_down_closed_says_why"
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="step_down_of_person")]


class StepDownCriterion(models.Model):
    """An area's own word on a criterion: another wording, one more, or one that it leaves out. The newest counts."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=20)
    words = models.CharField(max_length=200)
    is_used = models.BooleanField(default=True)
    set_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = Reference(write_by=("manager",), changed_by=(), area="icb_id", to_staff=True)

    class Meta:
        indexes = [models.Index(fields=["icb", "code", "-id"], name="criterion_of_icb")]


class CriterionMark(Fact):
    """Whether one criterion is met, and how that is known. The newest of each counts; what stood before is kept."""

    code = models.SlugField(max_length=20)
    met = models.BooleanField()
    evidence = models.CharField(max_length=500)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False, only_topic=KEYWORKING)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(evidence=""), name="criterion_says_how_it_is_known")]
        indexes = [models.Index(fields=["person", "code", "-id"], name="criterion_of_person")]


class Ending(Fact, WhoStays):
    """The end of keyworking: why, who stays, how it was told. Nobody but those who died ends without who stays."""

    class Reason(models.TextChoices):
        GOALS_MET = "goals_met", REASONS["goals_met"]
        STEPPED_DOWN = "stepped_down", REASONS["stepped_down"]
        MOVED = "moved", REASONS["moved"]
        ADULT = "adult", REASONS["adult"]
        CONSENT = "consent", REASONS["consent"]
        DISENGAGED = "disengaged", REASONS["disengaged"]
        TRANSFERRED = "transferred", REASONS["transferred"]
        DIED = "died", REASONS["died"]

    class Told(models.TextChoices):
        TALKED = "talked", "Told in a talk"
        LETTER = "letter", "By the letter that this makes"
        NOT_TOLD = "not_told", "Not told"

    class Peer(models.TextChoices):
        MATCHED = "matched", "Matched with a peer mentor"
        SAID_NO = "said_no", "Offered; they said no"
        NONE_HERE = "none_here", "There is none here"
        NOT_NOW = "not_now", "Not offered"

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="endings")
    # The first day without a keyworker.
    ended_on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason)
    # Why it ends although they were rated red, amber or blue on that day, and which it was.
    colour = models.CharField(max_length=5, blank=True, default="")
    despite = models.CharField(max_length=500, blank=True, default="")
    who_stays = models.CharField(max_length=1000, blank=True)
    warning_signs = models.CharField(max_length=1000, blank=True)
    come_back = models.CharField(max_length=500, blank=True)
    told = models.CharField(max_length=8, choices=Told)
    # Whom, or why not.
    told_words = models.CharField(max_length=300)
    peer = models.CharField(max_length=9, choices=Peer, default=Peer.NOT_NOW)
    peer_name = models.CharField(max_length=120, blank=True)
    peer_organisation = models.CharField(max_length=200, blank=True)
    # Where the question afterwards goes: a phone number or an e-mail address.
    ask_reach = models.CharField(max_length=120, blank=True)

    protection = WhereaboutsRows(update=False, only_topic=KEYWORKING)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="died") | (~Q(lead_name="") & ~Q(lead_organisation="")),
                name="ending_names_who_stays",
            ),
            models.CheckConstraint(condition=~Q(told_words=""), name="ending_says_who_was_told"),
            models.CheckConstraint(
                condition=~Q(reason__in=sorted(JUDGED)) | ~Q(colour__in=AT_RISK) | ~Q(despite=""),
                name="ending_at_risk_says_why",
            ),
            models.UniqueConstraint("allocation", condition=Q(supersedes__isnull=True), name="ending_once"),
            models.CheckConstraint(condition=~Q(peer="matched") | ~Q(peer_name=""), name="peer_mentor_has_a_name"),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="ending_of_person")]


class ExitAnswer(Fact):
    """How it was to have a worker, and how much hope there is: 0 to 10 each, by one voice. Never averaged."""

    class Voice(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        FAMILY = "family", "Their family"

    voice = models.CharField(max_length=12, choices=Voice)
    name = models.CharField(max_length=120, blank=True)
    experience = models.PositiveSmallIntegerField(null=True, blank=True)
    hope = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("own_said").as_manager()  # type: ignore[misc]
    protection = OwnVoiceRows(update=False, only_topic=KEYWORKING)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(experience__isnull=False) | Q(hope__isnull=False) | ~Q(said=""),
                name="exit_answer_says_something",
            ),
            models.CheckConstraint(
                condition=(Q(experience__isnull=True) | Q(experience__lte=10))
                & (Q(hope__isnull=True) | Q(hope__lte=10)),
                name="exit_answer_up_to_ten",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="exit_answer_of_person")]


class AfterQuestion(Fact):
    """One question by link after keyworking ended: the first or the second. It takes one answer."""

    class Answer(models.TextChoices):
        FINE = "fine", "We are fine"
        TALK = "talk", "We would like to talk"

    ending = models.ForeignKey(Ending, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    token_digest = models.BinaryField(unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=4, choices=Answer, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = FoundByLink(only_topic=KEYWORKING)

    class Meta:
        constraints = [
            models.UniqueConstraint("ending", "number", name="after_question_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="after_question_answered_once",
            ),
        ]


class AdultLead(Fact, WhoStays):
    """Who leads in adult services from the 18th birthday on: a person and an organisation. The newest counts."""

    protection = WhereaboutsRows(update=False, only_topic=Topic.ADULTHOOD.value)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(lead_name="") & ~Q(lead_organisation=""), name="adult_lead_is_named")
        ]
        indexes = [models.Index(fields=["person", "-id"], name="adult_lead_of_person")]


class JointMeeting(Fact):
    """A meeting of children's and adult services about somebody who grows up. `happened_at` is its day."""

    who_came = models.CharField(max_length=300)
    young_person_came = models.BooleanField()
    agreed = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(update=False, only_topic=Topic.ADULTHOOD.value)

    class Meta:
        indexes = [models.Index(fields=["person", "-happened_at"], name="joint_meeting_of_person")]

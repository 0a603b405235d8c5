"""Money that is asked of several bodies for one person, where what exists can't do it."""

from django.db import models
from django.db.models import Q

from alongside.features.actions.models import Action
from alongside.features.concerns.models.followed import Followed, Step
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows


class Funding(Followed):
    """What is asked for, what it costs, and from when it is needed. Each body's share is a row of its own."""

    class Per(models.TextChoices):
        ONCE = "once", "once"
        WEEK = "week", "a week"
        MONTH = "month", "a month"
        YEAR = "year", "a year"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed by all"
        PARTLY = "partly", "Agreed by some"
        REFUSED = "refused", "Refused by all"
        WITHDRAWN = "withdrawn", "Taken back"
        RECORD_ENDED = "record_ended", "The record ended"

    what_for = models.CharField(max_length=300)
    why_not_existing = models.CharField(max_length=1000)
    # Whole pounds.
    cost = models.PositiveIntegerField()
    per = models.CharField(max_length=5, choices=Per)
    asked_on = models.DateField()
    needed_from = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    # The action that waits for this money, by its first row.
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Followed.Meta):
        abstract = False
        constraints = [
            *Followed.Meta.constraints,
            models.CheckConstraint(condition=Q(decided_on=None) | ~Q(outcome=""), name="funding_decided_how"),
        ]


class FundingPart(Fact):
    """What one body is asked to pay, in percent, and its answer."""

    class Body(models.TextChoices):
        ICB = "icb", "The ICB"
        CARE = "care", "Children’s social care"
        EDUCATION = "education", "Education (the council)"
        OTHER = "other", "Another body"

    class Answer(models.TextChoices):
        WAITING = "", "No answer yet"
        YES = "yes", "Yes"
        PART = "part", "Yes, but less"
        NO = "no", "No"

    of = models.ForeignKey(Funding, models.PROTECT, related_name="parts")
    body = models.CharField(max_length=9, choices=Body)
    body_name = models.CharField(max_length=200, blank=True)
    share = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    chased_on = models.DateField(null=True, blank=True)
    panel_name = models.CharField(max_length=120, blank=True)
    panel_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=4, choices=Answer, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    decided_who = models.CharField(max_length=120, blank=True)
    because = models.CharField(max_length=500, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="share_of_hundred"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="funding_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=("no", "part")) | ~Q(because=""), name="funding_no_says_why"
            ),
        ]
        indexes = [models.Index(fields=["of", "id"], name="part_of_funding")]

    @property
    def called(self) -> str:
        return self.body_name or str(self.Body(self.body).label)


class FundingStep(Step):
    of = models.ForeignKey(Funding, models.PROTECT, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["of", "id"], name="step_of_funding")]

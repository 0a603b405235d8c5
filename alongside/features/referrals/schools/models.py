"""The schools of an area, the question of each term, what came back, and what was told by a link."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.features.people.models import LifeEvent, Person, PostedChange
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.models.choices import IN_DANGER, Reason
from alongside.features.referrals.models.referral import Referral
from alongside.features.referrals.schools.protected import (
    BY_LINK,
    OF_ASK,
    AnswerDraftRows,
    AnswerRows,
    RoundRows,
    ToldByLinkRows,
)
from alongside.foundation.organisations.models import Organisation


class AreaSchool(models.Model):
    """A school or college that an area asks each term, and how it is reached. Ended, never deleted."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = RoundRows()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "icb", "organisation", condition=Q(ended_at__isnull=True), name="school_listed_once"
            )
        ]


class SchoolRound(models.Model):
    """The question of one term in one area."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    term = models.CharField(max_length=20)
    # The day from which this term's question is asked; with the area it names the round.
    asked_from = models.DateField()
    answer_by = models.DateField()
    # Links count until the next term's question is asked.
    until = models.DateTimeField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = RoundRows(own=OF_ASK)

    class Meta:
        constraints = [models.UniqueConstraint("icb", "asked_from", name="school_round_once_a_term")]


class SchoolAsk(models.Model):
    """One school in one round. How it was reached then stays with it."""

    class How(models.TextChoices):
        LINK = "link", "By its link"
        CALL = "call", "In a call"

    round = models.ForeignKey(SchoolRound, models.PROTECT, related_name="asks")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    # How many e-mails went to this address, and when the first of them did.
    sent = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_how = models.CharField(max_length=4, choices=How, blank=True)
    # How many young people it named in all; none where it said 'nobody'.
    named = models.PositiveSmallIntegerField(default=0)
    # The last call that brought no answer.
    called_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    protection = RoundRows(own=BY_LINK)

    class Meta:
        constraints = [
            models.UniqueConstraint("round", "organisation", name="school_asked_once_a_round"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_how="")
                | (Q(answered_at__isnull=False) & ~Q(answered_how="")),
                name="school_answered_somehow",
            ),
        ]
        indexes = [models.Index(fields=["icb", "organisation", "-id"], name="ask_of_school")]

    @property
    def is_silent(self) -> bool:
        return self.answered_at is None


class SchoolCall(models.Model):
    """A call with a school, and what came of it. Only ever added to."""

    class Outcome(models.TextChoices):
        NOBODY = "nobody", "They worry about nobody this term"
        LINK = "link", "They will answer by a new link"
        UNREACHED = "unreached", "Nobody was reached"

    ask = models.ForeignKey(SchoolAsk, models.PROTECT, related_name="calls")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=9, choices=Outcome)
    words = models.CharField(max_length=1000, blank=True)

    protection = RoundRows()

    class Meta:
        indexes = [models.Index(fields=["ask", "id"], name="call_of_ask")]


class SchoolDraft(models.Model):
    """An answer that a school is writing, kept as it was typed, page by page. Deleted when it is sent."""

    ask = models.OneToOneField(SchoolAsk, models.CASCADE, related_name="draft")
    answers: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    protection = AnswerDraftRows()


class SchoolAnswer(models.Model):
    """One sending of a school. It may answer again in the same term: each is kept."""

    ask = models.ForeignKey(SchoolAsk, models.PROTECT, related_name="answers")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    nobody = models.BooleanField(default=False)
    # How many said no when the school asked them. Nothing else is taken about them.
    said_no = models.PositiveSmallIntegerField(default=0)

    protection = AnswerRows()

    class Meta:
        indexes = [models.Index(fields=["ask", "id"], name="answer_of_ask")]


class SchoolWorry(models.Model):
    """A young person whom a school worries about.

    With their agreement there is a referral, which says who they are and why. Without it nothing here says who they
    are: a number that means something to the school only, a school year, and the worry in words without a name.
    """

    class Known(models.TextChoices):
        NO = "no", "Not known to services"
        NOT_SURE = "not_sure", "Not sure whether known to services"
        YES = "yes", "Known to services"

    class Sign(models.TextChoices):
        DIAGNOSED = "diagnosed", "Diagnosed"
        PATHWAY = "pathway", "Waiting for an assessment"
        SUSPECTED = "suspected", "The school thinks so"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not known"

    class Settled(models.TextChoices):
        REFERRED = "referred", "They agreed, and were referred"
        SAID_NO = "said_no", "They were asked and said no"
        SCHOOL = "school", "The school supports them and will tell us if it changes"
        OTHER = "other", "Something else was done"

    answer = models.ForeignKey(SchoolAnswer, models.PROTECT, related_name="worries")
    ask = models.ForeignKey(SchoolAsk, models.PROTECT, related_name="worries")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    school_year = models.CharField(max_length=20, blank=True)
    known = models.CharField(max_length=8, choices=Known)
    autism = models.CharField(max_length=9, choices=Sign)
    learning_disability = models.CharField(max_length=9, choices=Sign)
    # In percent, as the school gave it or as it follows from the sessions missed.
    attendance = models.PositiveSmallIntegerField(null=True, blank=True)
    parents_asked = models.CharField(max_length=8, blank=True)
    reasons = ArrayField(models.CharField(max_length=16, choices=Reason), default=list, blank=True)
    # Empty where there is a referral: its own words say it.
    words = models.CharField(max_length=2000, blank=True)
    referral = models.OneToOneField(Referral, models.PROTECT, null=True, blank=True, related_name="school_worry")
    # The referral's, for the school, which reaches the referral itself with its code only.
    reference = models.CharField(max_length=11, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    settled_how = models.CharField(max_length=8, choices=Settled, blank=True)
    settled_words = models.CharField(max_length=1000, blank=True)

    protection = AnswerRows(of="answer", changes=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(referral__isnull=True) | Q(words="", school_year=""),
                name="worry_says_it_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settled_how="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_how="")),
                name="worry_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(attendance__isnull=True) | Q(attendance__lte=100), name="attendance_is_a_percentage"
            ),
        ]
        indexes = [models.Index(fields=["ask", "id"], name="worry_of_ask")]

    @property
    def says_danger(self) -> bool:
        """Whether a reason given speaks of danger to them or to others."""
        return not set(IN_DANGER).isdisjoint(self.reasons)


class ToldByLink(models.Model):
    """A school or ward told by its link that something has changed for somebody.

    Who that is stands as it was written. A named person matches it with a record, or puts it aside: the sender reads
    the same either way, and nothing of it is read back by the link.
    """

    class Outcome(models.TextChoices):
        MATCHED = "matched", "Put on a record"
        NOT_OURS = "not_ours", "Nobody of ours"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    link = models.ForeignKey(OrganisationLink, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=120, blank=True)
    call_back = models.CharField(max_length=40, blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=10, choices=PostedChange.Kind)
    # What happened, where it is an event that moves a rating; see `register.moves`.
    event = models.CharField(max_length=20, choices=LifeEvent.Kind, blank=True)
    told = models.TextField(max_length=2000)
    urgent = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    settled_words = models.CharField(max_length=1000, blank=True)

    protection = ToldByLinkRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, settled_by__isnull=True, person__isnull=True)
                | Q(outcome="matched", settled_at__isnull=False, settled_by__isnull=False, person__isnull=False)
                | Q(outcome="not_ours", settled_at__isnull=False, settled_by__isnull=False, person__isnull=True),
                name="told_by_link_settled_one_way",
            )
        ]
        indexes = [
            models.Index(fields=["icb", "told_at"], name="told_by_link_open", condition=Q(settled_at__isnull=True))
        ]

"""Escalations with their steps, whose they are when, the links of officers, the officers, and refusals."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from alongside.features.actions.protected import LinkRows
from alongside.features.escalation.protected import (
    AddresseeRows,
    EscalationRows,
    EscalationStepRows,
    RefusalRows,
    TryRows,
)
from alongside.features.people.models import Fact, Person
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import Reference
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class Agency(models.TextChoices):
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    SOCIAL_CARE = "social_care", "Social care"


class Officer(models.Model):
    """Somebody named in an area for an agency and a level, from a day to a day. Rank 1 is the officer, others deputies.

    They may have no account and no mailbox: then they are rung.
    """

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agency = models.CharField(max_length=12, choices=Agency)
    level = models.PositiveSmallIntegerField(default=3)
    rank = models.PositiveSmallIntegerField(default=1)
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    # An e-mail address or phone number for a link; a number to ring.
    reach = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    named_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    protection = Reference(write_by=("coordinator", "manager"), area="icb_id", to_staff=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")), name="officer_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(level__in=(2, 3, 4)), name="officer_of_a_named_level"),
        ]
        indexes = [models.Index(fields=["icb", "level"], name="officer_of_area")]


class OfficerAbsence(models.Model):
    """Somebody named is away from a day to a day; without a last day, until further notice."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    protection = Reference(write_by=("coordinator", "manager"), area="icb_id", to_staff=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")), name="absence_ends_after_it_begins"
            ),
        ]


class Escalation(Fact):
    """Something stuck that is put to somebody who can decide it. The officer reads what, effect and asks; no record.

    Where it stands follows from its steps. `level` and `level_from`: as the last act put it; from there it climbs by
    itself (`policy/escalating.py`).
    """

    class About(models.TextChoices):
        ACTION = "action", "An agreed action"
        REFUSAL = "refusal", "A refusal"
        REVIEW = "review", "A review"
        DUTY = "duty", "Something that is due"
        OTHER = "other", "Something else"

    class Reason(models.TextChoices):
        LATE = "late", "It is late"
        BLOCKED = "blocked", "It is blocked"
        REFUSED = "refused", "A service said no"
        REPEATED = "repeated", "It was agreed before and not done"
        MONEY = "money", "Nobody decides about money"
        NO_PLAN = "no_plan", "Red, and without a plan"
        REVIEW_LATE = "review_late", "A review is out of time"
        DISCHARGE = "discharge", "Discharge does not move"
        UNSAFE = "unsafe", "It is not safe as it is"
        DISAGREE = "disagree", "Services disagree"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "Waits for a decision"
        RETURNED = "returned", "A question came back"
        PAUSED = "paused", "The clock stands still"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Taken back"
        NOT_RAISED = "not_raised", "Not escalated"
        MOVED = "moved", "Goes on in another area"

    class Outcome(models.TextChoices):
        DO = "do", "It is done as asked"
        OTHER = "other", "Something else is done"
        NOT = "not", "It is not done"

    about = models.CharField(max_length=10, choices=About)
    about_id = models.BigIntegerField(null=True, blank=True)
    # Of something that is due: the key of its rule.
    about_rule = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=12, choices=Reason)
    agency = models.CharField(max_length=12, choices=Agency)
    what = models.CharField(max_length=300)
    effect = models.CharField(max_length=500, blank=True)
    asks = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=1)
    level_from = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    # Of a pause or a question: its last day. Of what was not raised: until when it isn't proposed again.
    until = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # What the family reads.
    plain = models.CharField(max_length=1000, blank=True)
    theme = models.CharField(max_length=120, blank=True)
    told = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    objects = ScopedByPerson("escalated").as_manager()  # type: ignore[misc]
    protection = EscalationRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | (~Q(plain="") & ~Q(outcome="") & Q(decided_at__isnull=False)),
                name="decided_in_plain_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("paused", "returned", "not_raised")) | Q(until__isnull=False),
                name="a_pause_has_a_last_day",
            ),
            models.CheckConstraint(condition=Q(level__lte=5), name="escalation_level_is_one"),
            models.UniqueConstraint(
                fields=["person", "about", "about_id", "about_rule"],
                condition=Q(state__in=("open", "returned", "paused"), about_id__isnull=False),
                name="escalated_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_icb", "recorded_at"],
                name="escalation_running",
                condition=Q(state__in=("open", "returned", "paused")),
            ),
            models.Index(fields=["recorded_icb", "decided_at"], name="escalation_decided"),
        ]

    @property
    def number(self) -> int:
        """What it is called in addresses."""
        return self.pk

    @property
    def put_at(self) -> datetime:
        """When it was put to this level."""
        return self.level_from or self.recorded_at


class EscalationStep(models.Model):
    """What happened with an escalation: who, when, at which level, why. Only ever added to."""

    class Kind(models.TextChoices):
        RAISED = "raised", "Raised"
        NOT_RAISED = "not_raised", "Not escalated"
        TOLD = "told", "The officer was told"
        LINKED = "linked", "A link was sent"
        ACKNOWLEDGED = "acknowledged", "The officer has it"
        RETURNED = "returned", "The officer asked something"
        ANSWERED = "answered", "The question was answered"
        PAUSED = "paused", "The clock was stopped"
        RESUMED = "resumed", "The clock goes on"
        PASSED_UP = "passed_up", "Passed up"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Taken back"
        MOVED = "moved", "Went on in another area"
        CARRIED_OVER = "carried_over", "Carried over from another area"

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="steps")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=1000, blank=True)
    # Of a pause or a question: its last day, until it ended earlier.
    until = models.DateField(null=True, blank=True)
    # Whom it was told to, or who decided, where somebody of ours writes it down.
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")

    protection = EscalationStepRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=("not_raised", "returned", "paused", "passed_up", "decided", "withdrawn"))
                | ~Q(because=""),
                name="escalation_step_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["escalation", "id"], name="step_of_escalation")]


class Addressee(models.Model):
    """From a moment to a moment an escalation is at a level and somebody's; without an actor, a team's. Derived."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="addressees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    topic = models.SmallIntegerField(choices=Topic)
    recorded_icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField()

    protection = AddresseeRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at=None) | Q(to_at__gte=F("from_at")), name="addressee_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["escalation", "from_at"], name="addressee_of_escalation"),
            models.Index(fields=["actor", "from_at"], name="asked_of_actor", condition=Q(actor__isnull=False)),
        ]


class EscalationLink(models.Model):
    """A key that lets an officer without account answer once. Only its digest is kept."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="links")
    token_digest = models.BinaryField(unique=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = LinkRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="escalation_link_ends_after_it_begins"
            ),
        ]


class EscalationLinkTry(models.Model):
    """Somebody came with a link that opens nothing any more. Told to nobody on their screen; only added to."""

    link = models.ForeignKey(EscalationLink, models.PROTECT, related_name="tries")
    at = models.DateTimeField()

    protection = TryRows()


class Refusal(Fact):
    """An agency's no: who, by which criterion, whether they had seen the young person, what instead and what next."""

    class Seen(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No: they decided on paper"
        UNKNOWN = "unknown", "Not known"

    class Settled(models.TextChoices):
        CHANGED = "changed", "They changed their mind"
        ELSEWHERE = "elsewhere", "Somebody else does it"
        ESCALATED = "escalated", "It was escalated"
        ACCEPTED = "accepted", "It stands, and the family knows"

    agency = models.CharField(max_length=12, choices=Agency)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=200)
    who = models.CharField(max_length=160, blank=True)
    asked_for = models.CharField(max_length=300)
    criterion = models.CharField(max_length=300)
    seen = models.CharField(max_length=8, choices=Seen, default=Seen.UNKNOWN)
    alternative = models.CharField(max_length=300, blank=True)
    then_what = models.CharField(max_length=300)
    then_on = models.DateField()
    # The number of the agreed action that they said no to.
    action_number = models.BigIntegerField(null=True, blank=True)
    settled = models.CharField(max_length=10, choices=Settled, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=500, blank=True)
    told = models.BooleanField(default=True)

    objects = ScopedByPerson("untold").as_manager()  # type: ignore[misc]
    protection = RefusalRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled="", settled_at=None) | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="refusal_settled_as_and_at",
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_icb", "happened_at"], name="refusal_of_area"),
            models.Index(fields=["person"], name="refusal_open", condition=Q(settled="")),
        ]

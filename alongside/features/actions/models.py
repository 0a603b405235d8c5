"""The one ledger of what somebody agreed to do: actions, their steps, the links of owners, and standard wordings."""

from django.db import models
from django.db.models import F, Q

from alongside.features.actions.protected import ActionRows, LinkRows, StepRows
from alongside.features.people.models import Fact, Person
from alongside.foundation.access.protection import Reference
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class Action(Fact):
    """An agreed action. Its owner always has a name and may have no account.

    What is agreed stands here, and where it stands now, which follows from its steps. A correction is a new row;
    steps and links belong to the first row of it (`root`).
    """

    class Origin(models.TextChoices):
        PLAN = "plan", "The plan"
        MEETING = "meeting", "A register meeting"
        REVIEW = "review", "A review"
        ESCALATION = "escalation", "An escalation"
        EMERGENCY = "emergency", "An emergency meeting"
        CONTACT = "contact", "A visit, call or message"
        DISCHARGE = "discharge", "A discharge plan"
        VISIT = "visit", "A visit to where they live"
        CONCERN = "concern", "A concern"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "The owner said no"
        BLOCKED = "blocked", "Blocked"
        SAID_DONE = "said_done", "Said to be done"
        DISPUTED = "disputed", "Disputed"
        DONE = "done", "Done"
        NOT_DONE = "not_done", "Not done"
        SUPERSEDED = "superseded", "Replaced"

    class WaitsFor(models.TextChoices):
        MONEY = "money", "Money"
        DECISION = "decision", "A decision"
        PLACE = "place", "A place or an appointment"
        SOMEBODY = "somebody", "Somebody else's part"
        OTHER = "other", "Something else"

    origin = models.CharField(max_length=10, choices=Origin)
    origin_id = models.BigIntegerField(null=True, blank=True)
    what = models.CharField(max_length=500)
    owner = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="actions_owned")
    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    # Of one that is not known here: its name as it was typed. It stays the words of this action: nobody else finds it.
    owner_place = models.CharField(max_length=200, blank=True, db_default="")
    # An e-mail address or phone number, for an owner who answers by a link.
    owner_reach = models.CharField(max_length=120, blank=True)
    by_link = models.BooleanField(default=False)
    due_on = models.DateField()
    how_known = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    because = models.CharField(max_length=300, blank=True)
    # Of a no: the owner named somebody better, who stands in `because`.
    better = models.BooleanField(default=False, db_default=False)
    # Counted up with each step, so that of two people at once the second is told.
    version = models.IntegerField(default=1)
    # When the owner of now was asked; since when it stands as it does; when it was last chased. Empty in rows that
    # have no steps: they count from when they were recorded.
    asked_at = models.DateTimeField(null=True, blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)
    # When it was said to be done; what the days and the percentage in time are counted from.
    done_at = models.DateTimeField(null=True, blank=True)
    waits_for = models.CharField(max_length=8, choices=WaitsFor, blank=True)
    # Whole pounds.
    amount = models.PositiveIntegerField(null=True, blank=True)
    who_decides = models.CharField(max_length=120, blank=True)
    # Of support: the day on which it starts, since when the family is to be asked about it, and that it did.
    starts_on = models.DateField(null=True, blank=True)
    start_asked_from = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    # The earlier action that was agreed again, and how often it has been agreed with this one.
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="agreed_again")
    times = models.PositiveSmallIntegerField(default=1)
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    protection = ActionRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_organisation__isnull=False, owner_place="")
                | (Q(owner_organisation=None) & ~Q(owner_place="")),
                name="action_owner_is_somewhere",
            ),
            models.CheckConstraint(condition=Q(waits_for="") | Q(state="blocked"), name="action_waits_while_blocked"),
            models.CheckConstraint(condition=Q(amount=None) | Q(waits_for="money"), name="action_amount_of_money"),
            models.CheckConstraint(
                condition=Q(repeats=None, times=1) | Q(repeats__isnull=False, times__gt=1), name="action_counts_repeats"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_icb", "due_on"],
                name="action_open_by_due",
                condition=~Q(state__in=("done", "not_done", "superseded")),
            ),
            models.Index(fields=["origin", "origin_id"], name="action_of_origin"),
        ]

    @property
    def place_name(self) -> str:
        """The owner's organisation, known here or typed."""
        return self.owner_organisation.name if self.owner_organisation else self.owner_place

    @property
    def number(self) -> int:
        """What it is called in addresses: the same before and after a correction."""
        return self.root_id or self.pk


class ActionStep(models.Model):
    """What happened with an action: who, when, why. Only ever added to; the action's state follows from it."""

    class Kind(models.TextChoices):
        AGREED = "agreed", "Agreed"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        SOMEBODY = "somebody", "Somebody better was named"
        HANDED = "handed", "Another owner was asked"
        ASKED = "asked", "A new link was sent"
        CHASED = "chased", "Chased"
        BLOCKED = "blocked", "Blocked"
        UNBLOCKED = "unblocked", "No longer blocked"
        SAID_DONE = "said_done", "Said to be done"
        CONFIRMED = "confirmed", "Confirmed"
        NOT_YET = "not_yet", "Not yet, somebody said"
        DISPUTED = "disputed", "Disputed"
        WENT_ON = "went_on", "It is still to be done"
        GIVEN_UP = "given_up", "Will not be done"
        REPLACED = "replaced", "Agreed again"
        MOVED = "moved", "Another day was agreed"
        STARTED = "started", "The support has started"
        NOT_STARTED = "not_started", "The support has not started"
        CORRECTED = "corrected", "Corrected"

    action = models.ForeignKey(Action, models.PROTECT, related_name="steps")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    by_family = models.BooleanField(default=False)
    because = models.CharField(max_length=500, blank=True)
    # Of what was said to be done: how we know.
    evidence = models.CharField(max_length=500, blank=True)

    protection = StepRows()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind="said_done") | ~Q(evidence=""), name="done_has_evidence"),
            models.CheckConstraint(
                condition=~Q(kind__in=("refused", "given_up", "disputed", "blocked", "moved")) | ~Q(because=""),
                name="action_step_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["action", "id"], name="step_of_action")]


class ActionLink(models.Model):
    """A key that lets an owner without account answer once. Only its digest is kept."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="links")
    token_digest = models.BinaryField(unique=True)
    # Whose answer it is: a link of an earlier owner opens nothing.
    owner = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = LinkRows()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="action_link_ends_after_it_begins"),
        ]


class Wording(models.Model):
    """An area's standard wording of an action: chosen, then edited."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    topic = models.SmallIntegerField(choices=Topic)
    what = models.CharField(max_length=500)
    how_known = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = Reference(write_by=("coordinator", "manager"), area="icb_id", to_staff=True)

    class Meta:
        indexes = [models.Index(fields=["icb", "topic"], name="wording_of_area")]

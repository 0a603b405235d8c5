"""The referral as it was said, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.features.people.models import Consent, Person
from alongside.features.referrals.models.choices import (
    IN_DANGER,
    AnswerBy,
    Channel,
    DeclineReason,
    Reason,
    ReferralState,
)
from alongside.features.referrals.protected import ReferralRows
from alongside.features.register.models import Colour
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, me: Me) -> "ReferralQuerySet":
        """The register team's areas but for closed records, and what one asked for oneself. The database agrees."""
        reached = Q(person=None) | Exists(Person.objects.visible_to(me).filter(pk=OuterRef("person_id")))
        return self.filter((Q(icb_id__in=me.guarded) & reached) | Q(asked_by_id=me.id))


class Referral(models.Model):
    """Somebody asked that a young person joins. What was said stays as it was said."""

    reference = models.CharField(max_length=11, unique=True)
    # Only whoever has the reference and its code can make the key with this digest; see `codes`.
    code_digest = models.BinaryField(unique=True)
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=ReferralState, default=ReferralState.RECEIVED)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    # The form's mark: the same form sent twice is one referral.
    act = models.UUIDField(unique=True)

    # Who asks
    channel = models.CharField(max_length=12, choices=Channel)
    asked_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    asker_name = models.CharField(max_length=120, blank=True)
    asker_relationship = models.CharField(max_length=120, blank=True)
    asker_organisation = models.CharField(max_length=200, blank=True)
    asker_phone = models.CharField(max_length=40, blank=True)
    asker_email = models.EmailField(blank=True)
    asker_address = models.CharField(max_length=300, blank=True)
    answer_by = models.CharField(max_length=6, choices=AnswerBy, blank=True)
    answer_needs = models.CharField(max_length=300, blank=True)

    # About whom
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    living_now = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    safe_contact = models.CharField(max_length=500, blank=True)
    must_not_know = models.CharField(max_length=500, blank=True)
    school = models.CharField(max_length=200, blank=True)
    council = models.CharField(max_length=200, blank=True)
    gp = models.CharField(max_length=200, blank=True)
    # {"autism": "diagnosed", "learning_disability": "pathway"}: kinds and bases of `people.Diagnosis`.
    diagnosis = models.JSONField(default=dict, blank=True)

    # Why
    reasons = ArrayField(models.CharField(max_length=16, choices=Reason), default=list, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    tried = models.TextField(max_length=2000, blank=True)
    would_help = models.TextField(max_length=2000, blank=True)
    own_words = models.TextField(max_length=2000, blank=True)
    # The referrer's own view, kept apart from any rating.
    indicative_colour = models.CharField(max_length=5, choices=Colour, blank=True)
    professionals = models.CharField(max_length=1000, blank=True)

    # Agreement: who said yes, on what basis
    agreement = models.CharField(max_length=9, choices=Consent.Answer, default=Consent.Answer.UNKNOWN)
    agreement_basis = models.CharField(
        max_length=15, choices=Consent.Basis, default=Consent.Basis.NOT_STATED, blank=True
    )
    agreed_by = models.CharField(max_length=120, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    young_person_knows = models.BooleanField(null=True, blank=True)
    # Asked of a young person who asks for themselves: whether a grown-up knows, and who.
    adult_knows = models.CharField(max_length=220, blank=True)

    # Whom to tell the outcome: [{"who": "parent", "name": …, "by": "letter", "address": …}], chosen by the asker
    recipients = models.JSONField(default=list, blank=True)

    # What came of it
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="referrals")
    decided_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=18, choices=DeclineReason, blank=True)
    decline_words = models.TextField(max_length=2000, blank=True)
    alternative = models.TextField(max_length=2000, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    # A 'no' is said in person first: when somebody called, or why nobody did.
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    not_called_because = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)

    objects = ReferralQuerySet.as_manager()
    protection = ReferralRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | (~Q(decline_reason="") & Q(decided_at__isnull=False)),
                name="declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(person__isnull=False, decided_at__isnull=False),
                name="accepted_about_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined")
                | Q(told_at__isnull=True)
                | Q(called_at__isnull=False)
                | ~Q(not_called_because=""),
                name="a_no_is_told_after_a_call",
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, called_by__isnull=True)
                | Q(called_at__isnull=False, called_by__isnull=False),
                name="call_has_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["icb", "state", "received_at"], name="referral_by_state"),
            models.Index(fields=["asked_by", "-received_at"], name="referral_of_asker"),
            models.Index(fields=["birth_date"], name="referral_by_birth"),
        ]

    @property
    def says_danger(self) -> bool:
        """Whether a reason given speaks of danger to them or to others."""
        return not set(IN_DANGER).isdisjoint(self.reasons)

    @property
    def shown_name(self) -> str:
        """The name they like to be called by, else the given one, with the family name."""
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip() or "No name given"

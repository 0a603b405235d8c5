"""What stays when somebody said no: a stub for named custodians, shares, and telling against an agreement."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.features.people.models.fact import Fact
from alongside.features.people.models.facts import Consent
from alongside.features.people.models.person import Person
from alongside.features.people.models.untold import UntoldRows
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import Custodians
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class ClosedRecord(models.Model):
    """That somebody was on a register, or was asked, until agreement was refused or withdrawn. No clinical fact.

    The named custodians of the area keep it, so that nobody is asked every week, the family can come back, and the
    period can be counted. Source: policy reference 3.3 (record the conversation, who was told, and a re-offer date).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="closed_records")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    shown_name = models.CharField(max_length=160)
    birth_date = models.DateField(null=True)
    # Empty for somebody who was asked and never came onto a list.
    listing = models.CharField(max_length=5, blank=True)
    entered_on = models.DateField(null=True)
    last_colour = models.CharField(max_length=5, blank=True)
    answer = models.CharField(max_length=9, choices=Consent.Answer)
    basis = models.CharField(max_length=15, choices=Consent.Basis)
    decided_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    told = models.CharField(max_length=400, blank=True)
    offer_again_on = models.DateField()
    offered_again_on = models.DateField(null=True)
    keep_until = models.DateField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")

    protection = Custodians()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
                name="closed_record_reopened_at_and_by",
            ),
            models.UniqueConstraint(
                "person", "icb", "listing", condition=Q(reopened_at__isnull=True), name="closed_record_once"
            ),
        ]
        indexes = [models.Index(fields=["icb", "closed_at"], name="closed_record_of_icb")]


class LawfulBasis(models.TextChoices):
    """Why the law lets somebody be told, which is not the same as what was agreed. Source: policy reference 11.3."""

    PUBLIC_TASK = "public_task", "A public task: UK GDPR article 6(1)(e)"
    LEGAL_OBLIGATION = "legal_obligation", "A duty in law: UK GDPR article 6(1)(c)"
    VITAL_INTERESTS = "vital_interests", "To save a life: UK GDPR article 6(1)(d)"
    CONSENT = "consent", "Consent as data protection law means it: UK GDPR article 6(1)(a)"


class Share(Fact):
    """Something was told to somebody: what, to whom, for what purpose, on which lawful basis, and why.

    `told`: whether the family may know of it; where that would be unsafe, `told_words` says why, and `look_again_on` is
    the day on which somebody asks again whether they can (without one the area's rule decides).
    """

    about_topics = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    what = models.CharField(max_length=400)
    told_to = models.CharField(max_length=200)
    recipient_kind = models.CharField(max_length=20, blank=True)
    recipient_id = models.BigIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=300)
    lawful_basis = models.CharField(max_length=16, choices=LawfulBasis)
    why = models.CharField(max_length=400)
    told = models.BooleanField(default=True)
    told_words = models.CharField(max_length=400, blank=True)
    look_again_on = models.DateField(null=True, blank=True)

    objects = ScopedByPerson("untold").as_manager()  # type: ignore[misc]
    protection = UntoldRows(update=False, only_topic=Topic.AGREEMENT.value)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(told=True) | ~Q(told_words=""), name="untold_share_says_why"),
        ]


class AgreementOverride(Fact):
    """Somebody is told although nobody agreed, to keep a child safe: why, which senior decided, until when.

    `told_words`: how the person was told of it; where that would be unsafe (`told` False), why, and `look_again_on` is
    the day on which somebody asks again whether they can be told.
    """

    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    about_topics = ArrayField(models.SmallIntegerField(), default=list)
    lawful_basis = models.CharField(max_length=16, choices=LawfulBasis)
    reason = models.CharField(max_length=400)
    senior_name = models.CharField(max_length=120)
    to_at = models.DateTimeField()
    told = models.BooleanField()
    told_words = models.CharField(max_length=400)
    look_again_on = models.DateField(null=True, blank=True)
    involvement_id = models.BigIntegerField()

    objects = ScopedByPerson("untold").as_manager()  # type: ignore[misc]
    protection = UntoldRows(update=False, by_engine=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(senior_name="") & ~Q(told_words=""), name="override_says_why_and_who"
            ),
            models.CheckConstraint(
                condition=Q(told=True) | Q(look_again_on__isnull=False), name="untold_override_is_looked_at_again"
            ),
        ]

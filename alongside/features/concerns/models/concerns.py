"""Quality and safeguarding concerns, and the numbers at which councils are told."""

from django.db import models
from django.db.models import Q

from alongside.features.concerns.models.followed import Followed, Step
from alongside.foundation.access.protection import Reference
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class Concern(Followed):
    """Something that was seen where somebody lives, is treated or is looked after, and should not be so."""

    class Kind(models.TextChoices):
        QUALITY = "quality", "Quality of care"
        SAFEGUARDING = "safeguarding", "Safeguarding: somebody is harmed, or may be"

    class About(models.TextChoices):
        PLACEMENT = "placement", "The place where they live"
        HOSPITAL = "hospital", "A hospital or ward"
        HEALTH = "health", "A health treatment, medicine or restraint"
        OTHER = "other", "Somewhere or something else"

    class Severity(models.TextChoices):
        LOW = "low", "It should be better"
        SERIOUS = "serious", "Serious: it must change soon"
        DANGER = "danger", "Somebody is in danger now"

    class Outcome(models.TextChoices):
        PUT_RIGHT = "put_right", "It was put right"
        PARTLY = "partly", "Some of it was put right"
        NOT_SO = "not_so", "It was looked into and is not so"
        ENQUIRY = "enquiry", "The council looks into it"
        PASSED_ON = "passed_on", "Passed on to whoever is responsible"
        RECORD_ENDED = "record_ended", "The record ended"

    kind = models.CharField(max_length=12, choices=Kind)
    about = models.CharField(max_length=9, choices=About)
    place = models.CharField(max_length=200)
    what = models.CharField(max_length=2000)
    said_by = models.CharField(max_length=200)
    severity = models.CharField(max_length=7, choices=Severity)
    done_at_once = models.CharField(max_length=1000, blank=True)
    # The next day on which somebody looks at it, chosen with the last step.
    look_on = models.DateField(null=True, blank=True)
    council_told_at = models.DateTimeField(null=True, blank=True)
    council_told_whom = models.CharField(max_length=200, blank=True)
    # Of ours, who rang.
    council_told_from = models.CharField(max_length=120, blank=True)
    council_reference = models.CharField(max_length=80, blank=True)
    council_answered_on = models.DateField(null=True, blank=True)
    found_on = models.DateField(null=True, blank=True)
    # Whoever said it is told what came of it, unless they need not be.
    raiser_told_on = models.DateField(null=True, blank=True)
    raiser_told_how = models.CharField(max_length=300, blank=True)
    not_to_be_told = models.BooleanField(default=False)
    not_told_because = models.CharField(max_length=300, blank=True)

    class Meta(Followed.Meta):
        abstract = False
        constraints = [
            *Followed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind="safeguarding") | Q(topic=Topic.SAFEGUARDING.value), name="safeguarding_is_guarded"
            ),
            models.CheckConstraint(
                condition=Q(council_told_at=None, council_told_whom="")
                | (Q(council_told_at__isnull=False) & ~Q(council_told_whom="") & ~Q(council_told_from="")),
                name="council_told_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(not_to_be_told=False) | (~Q(not_told_because="") & Q(told=False)), name="not_told_says_why"
            ),
            # What nobody has told the council can't be over by itself.
            models.CheckConstraint(
                condition=~Q(kind="safeguarding")
                | Q(closed_at=None)
                | Q(council_told_at__isnull=False)
                | Q(outcome="record_ended"),
                name="safeguarding_closed_after_council",
            ),
        ]


class ConcernStep(Step):
    of = models.ForeignKey(Concern, models.PROTECT, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["of", "id"], name="step_of_concern")]


class CouncilNumber(models.Model):
    """Where a council is told that somebody may be harmed: by day, and at night. Kept by those who run the service."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    council = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    night_phone = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = Reference(write_by=("coordinator", "manager"), area="icb_id", to_staff=True)

    class Meta:
        indexes = [models.Index(fields=["icb", "council"], name="council_number_of_area")]

"""A review being organised: asked for, dated, prepared, and then held or not. What was held is a `Review`."""

from django.db import models
from django.db.models import Q

from alongside.features.hospital.models import Stay
from alongside.features.people.models import Fact, Relation
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.features.reviews.models.experts import Expert
from alongside.features.reviews.models.held import Review
from alongside.features.reviews.protected import PaperRows
from alongside.foundation.accounts.models import Actor
from alongside.policy.planned_reviews import CHECKED

_K = Review.Kind
#: The reviews that are organised here: care, education and treatment reviews of every kind.
KINDS = (_K.COMMUNITY, _K.POST_ADMISSION, _K.INPATIENT, _K.POST_DISCHARGE, _K.INDEPENDENT)
#: Those that policy asks for: replacing one takes a commissioner's name, reason and day.
MANDATORY = (_K.POST_ADMISSION, _K.INPATIENT)
#: Still to be held.
OPEN = ("requested", "accepted", "dated")


class TeamsOwn(Fact):
    """What a family reads on pages of their own, in words made for them; never row by row."""

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows()

    class Meta:
        abstract = True


class PlannedReview(TeamsOwn):
    """One review from the request to the day. `review` is set when it was held; only that answers a clock."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Asked for"
        ACCEPTED = "accepted", "To be held, no day yet"
        DATED = "dated", "Has a day"
        DECLINED = "declined", "Not to be held"
        HELD = "held", "Held"
        NOT_HELD = "not_held", "Not held"
        CANCELLED = "cancelled", "Cancelled"
        REPLACED = "replaced", "Replaced"

    class AskedBy(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        FAMILY = "family", "Their family or carer"
        ADVOCATE = "advocate", "An advocate"
        COMMUNITY_TEAM = "community_team", "The community team"
        HOSPITAL_TEAM = "hospital_team", "The hospital team"
        KEYWORKER = "keyworker", "Their keyworker"
        COMMISSIONER = "commissioner", "The commissioner"
        REGISTER_MEETING = "register_meeting", "The register meeting"
        EMERGENCY = "emergency", "An emergency meeting"
        POLICY = "policy", "Nobody: policy asks for it"
        OTHER = "other", "Somebody else"

    class Reason(models.TextChoices):
        CONSENT_NOT_GIVEN = "consent_not_given", "Agreement was not given"
        CONSENT_WITHDRAWN = "consent_withdrawn", "Agreement was withdrawn"
        UNWELL = "unwell", "They were unwell"
        FAMILY = "family", "The family could not come"
        EXPERT = "expert", "An expert could not come"
        CHAIR = "chair", "The chair could not come"
        PROVIDER = "provider", "The provider cancelled"
        PAPERS = "papers", "Papers were missing"
        TOO_FAST = "too_fast", "The admission came too fast; an emergency meeting was held"
        OUT_OF_HOURS = "out_of_hours", "Out of hours"
        NOTIFIED_LATE = "notified_late", "We were told late"
        DIAGNOSED_AFTER = "diagnosed_after", "The diagnosis was made after admission"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in KINDS])
    why = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=20, choices=AskedBy)
    asked_name = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField()
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="planned_reviews")
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    state_at = models.DateTimeField()
    # Of the step that led here: why it was declined, not held, cancelled or replaced.
    because = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    # Why it does not take place, in words for whoever of the family asked for it on their page.
    family_words = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=360)
    place = models.CharField(max_length=200, blank=True)
    # Face to face is the norm; meeting by video needs a reason.
    by_video = models.BooleanField(default=False)
    video_because = models.CharField(max_length=300, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    papers_at = models.DateTimeField(null=True, blank=True)
    # Of a mandatory review that something else takes the place of: what, and who decided it when.
    instead = models.CharField(max_length=300, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_by_place = models.CharField(max_length=200, blank=True)
    # Of a commissioner with an account here.
    commissioner = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    review = models.OneToOneField(Review, models.PROTECT, null=True, blank=True, related_name="planned")
    # Counted up with each step, so that of two people at once the second is told.
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="dated") | Q(starts_at__isnull=False), name="dated_has_a_day"),
            models.CheckConstraint(
                condition=Q(state="held", review__isnull=False) | (~Q(state="held") & Q(review=None)),
                name="held_names_its_review",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("declined", "cancelled", "replaced")) | ~Q(because=""),
                name="planned_review_says_why",
            ),
            models.CheckConstraint(condition=~Q(state="not_held") | ~Q(reason=""), name="not_held_has_a_reason"),
            models.CheckConstraint(condition=Q(by_video=False) | ~Q(video_because=""), name="video_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="replaced")
                | (~Q(decided_by_name="") & ~Q(instead="") & Q(decided_on__isnull=False)),
                name="replaced_by_a_named_commissioner",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_icb", "starts_at"],
                name="planned_review_open",
                condition=Q(state__in=OPEN),
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def asked_on_own_page(self) -> bool:
        """Whether somebody of the family asked for it here: they read the answer, and why."""
        return self.recorded_by.kind == Actor.Kind.FAMILY

    @property
    def day_mark(self) -> str:
        """Tells the day that counts now from every day before it: whoever is told of one is told of each once."""
        starts = f"{self.starts_at:%y%m%d%H%M}" if self.starts_at else ""
        return f"{self.state_at:%y%m%d%H%M%S%f}-{starts}"

    @property
    def is_mandatory(self) -> bool:
        return self.kind in MANDATORY


class PlannedStep(TeamsOwn):
    """What happened with it: who, when, why. Only ever added to."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked for"
        ACCEPTED = "accepted", "It is to be held"
        DECLINED = "declined", "It is not to be held"
        DATED = "dated", "A day was set"
        INVITED = "invited", "Invitations were sent"
        PAPERS_SENT = "papers_sent", "Papers were sent"
        HELD = "held", "It was held"
        ADJOURNED = "adjourned", "Adjourned to another day"
        NOT_HELD = "not_held", "It was not held"
        CANCELLED = "cancelled", "Cancelled"
        REPLACED = "replaced", "Something else takes its place"

    planned = models.ForeignKey(PlannedReview, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=Kind)
    because = models.CharField(max_length=500, blank=True)

    protection = TeamsOwnRows(update=False)


class ReviewCheck(TeamsOwn):
    """One answer to one line of the check-list (`policy/review_checks.py`). The newest counts."""

    planned = models.ForeignKey(PlannedReview, models.PROTECT, related_name="checks")
    line = models.CharField(max_length=20)
    done = models.BooleanField()
    said = models.CharField(max_length=300, blank=True)

    protection = TeamsOwnRows(update=False)


class PanelMember(TeamsOwn):
    """A seat on the panel, and who has it. Not everybody has an account."""

    class Part(models.TextChoices):
        CHAIR = "chair", "Chair"
        CLINICAL = "clinical", "Independent clinical expert"
        EXPERIENCE = "experience", "Independent expert by experience"
        EDUCATION = "education", "Education"
        SOCIAL_CARE = "social_care", "Children's social care"
        OTHER = "other", "Another expert"

    class Conflict(models.TextChoices):
        NOT_SAID = "", "Not said yet"
        NONE = "none", "None"
        DECLARED = "declared", "Declared"

    class Answer(models.TextChoices):
        NONE = "", "No answer yet"
        YES = "yes", "Comes"
        NO = "no", "Can't come"

    planned = models.ForeignKey(PlannedReview, models.PROTECT, related_name="panel")
    part = models.CharField(max_length=11, choices=Part)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="seats")
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    # An e-mail address; empty for whoever is told by voice.
    reach = models.EmailField(blank=True)
    # Of the care that is given now.
    independent = models.BooleanField(default=False)
    conflict = models.CharField(max_length=8, choices=Conflict, blank=True)
    conflict_words = models.CharField(max_length=300, blank=True)
    # Why they stay in spite of it.
    settled = models.CharField(max_length=300, blank=True)
    # Of an expert who is not in the pool: who says that their training and checks stand, and on which day they said it.
    vouched_by_name = models.CharField(max_length=120, blank=True)
    vouched_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(conflict="declared") | ~Q(conflict_words=""), name="conflict_says_what_it_is"
            ),
            models.CheckConstraint(
                condition=Q(vouched_by_name="", vouched_on=None)
                | (~Q(vouched_by_name="") & Q(vouched_on__isnull=False)),
                name="vouched_by_somebody_on_a_day",
            ),
            models.UniqueConstraint(
                "planned",
                "part",
                name="one_seat_of_each_core_part",
                condition=Q(left_at=None, part__in=("chair", "clinical", "experience")),
            ),
        ]

    @property
    def is_checked(self) -> bool:
        """Whether somebody answers for their training and checks: the pool, or a named person. Others need none."""
        return self.part not in CHECKED or self.expert_id is not None or self.vouched_on is not None


class ReviewInvite(TeamsOwn):
    """Who is invited besides the panel, and whether they come."""

    class Part(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        FAMILY = "family", "Their family or carer"
        ADVOCATE = "advocate", "Advocate"
        CLINICIAN = "clinician", "Responsible clinician or hospital team"
        COMMUNITY = "community", "Community team"
        SOCIAL_WORKER = "social_worker", "Social worker"
        EDUCATION = "education", "School or council education team"
        KEYWORKER = "keyworker", "Keyworker"
        COMMISSIONER = "commissioner", "Commissioner of future care"
        OTHER = "other", "Somebody else"

    class Answer(models.TextChoices):
        NONE = "", "No answer yet"
        YES = "yes", "Comes"
        NO = "no", "Can't come, or does not want to"

    planned = models.ForeignKey(PlannedReview, models.PROTECT, related_name="invites")
    part = models.CharField(max_length=13, choices=Part)
    name = models.CharField(max_length=120)
    relation = models.ForeignKey(Relation, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    needs = models.CharField(max_length=300, blank=True)


class ReviewPaper(TeamsOwn):
    """A file that is circulated. It lies behind the agreement to this review (see `protected.PaperRows`)."""

    planned = models.ForeignKey(PlannedReview, models.PROTECT, related_name="papers")
    line = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    storage_key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    protection = PaperRows()

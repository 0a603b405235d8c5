"""What is said about a stay: its wards, the admission, leave, incidents, segregation, who was told, who visited.

The stay is the spell and keeps its number; see `docs/decisions/0028-the-hospital-record.md`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.hospital.models.protected import OversightRows
from alongside.features.hospital.models.stays import Stay
from alongside.features.people.models import Fact, Severity
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows
from alongside.foundation.access.protection import FactRows
from alongside.foundation.topics import Topic

HOSPITAL = Topic.HOSPITAL.value


class Known(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class WardType(models.TextChoices):
    """Suggested list of the policy reference, appendix A."""

    CAMHS_GENERAL = "camhs_general", "CAMHS general"
    CAMHS_PICU = "camhs_picu", "CAMHS psychiatric intensive care"
    CAMHS_LDA = "camhs_lda", "CAMHS learning disability or autism"
    EATING = "eating_disorder", "Eating disorder"
    LOW = "low_secure", "Low secure"
    MEDIUM = "medium_secure", "Medium secure"
    ADULT_ACUTE = "adult_acute", "Adult acute"
    ADULT_LDA = "adult_lda", "Adult learning disability or autism"
    OTHER = "other", "Another kind"


class UnitRating(models.TextChoices):
    """What the Care Quality Commission says of the unit."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    IMPROVE = "improve", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
    UNRATED = "unrated", "Not rated yet"


class AboutStay(Fact):
    """A fact about one stay."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="%(class)s_rows")

    class Meta:
        abstract = True


class WardStay(AboutStay):
    """A ward of a stay, from a moment until the next begins or the stay ends. Distance in kilometres, by road."""

    class Move(models.TextChoices):
        ADMISSION = "admission", "Admitted here"
        WARD = "ward", "Moved to another ward"
        TRANSFER = "transfer", "Transferred to another hospital"

    move = models.CharField(max_length=9, choices=Move)
    from_at = models.DateTimeField()
    place_name = models.CharField(max_length=200)
    ward_name = models.CharField(max_length=60, blank=True)
    ward_type = models.CharField(max_length=16, choices=WardType, blank=True)
    security = models.CharField(max_length=7, choices=Stay.Security, blank=True)
    adult_ward = models.BooleanField(default=False)
    unit_rating = models.CharField(max_length=12, choices=UnitRating, blank=True)
    rated_on = models.DateField(null=True, blank=True)
    distance_km = models.PositiveSmallIntegerField(null=True, blank=True)
    out_of_area = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    commissioner = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=300, blank=True)

    protection = FactRows(only_topic=HOSPITAL)

    class Meta:
        indexes = [models.Index(fields=["stay", "from_at"], name="ward_of_stay")]


class AdmissionRecord(AboutStay):
    """What was known of an admission (policy reference 7.1). The newest row counts; a change supersedes it."""

    class Before(models.TextChoices):
        VALID = "valid", "A community review, still valid"
        OLD = "old", "A community review, too long ago"
        EMERGENCY = "emergency", "An emergency meeting only"
        NONE = "none", "None"
        UNKNOWN = "unknown", "Not known"

    class Diagnosed(models.TextChoices):
        BEFORE = "before", "Known before the admission"
        AFTER = "after", "Made after the admission"
        UNKNOWN = "unknown", "Not known"

    class Advocate(models.TextChoices):
        IMHA = "imha", "Independent mental health advocate"
        IMCA = "imca", "Independent mental capacity advocate"
        CHILDREN = "children", "Children’s advocate"
        OTHER = "other", "Another advocate"
        DECLINED = "declined", "Offered and not wanted"
        NONE = "none", "None yet"
        UNKNOWN = "unknown", "Not known"

    class Readmission(models.TextChoices):
        FIRST = "first", "First admission in a year"
        AGAIN = "again", "Back within a year"
        UNKNOWN = "unknown", "Not known"

    registered_before = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    rating_before = models.CharField(max_length=5, blank=True)
    review_before = models.CharField(max_length=9, choices=Before, default=Before.UNKNOWN)
    reviewed_on = models.DateField(null=True, blank=True)
    diagnosed = models.CharField(max_length=7, choices=Diagnosed, default=Diagnosed.UNKNOWN)
    admission_kind = models.CharField(max_length=7, choices=Readmission, default=Readmission.UNKNOWN)
    reason = models.CharField(max_length=300, blank=True)
    ehc_plan = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    council = models.CharField(max_length=200, blank=True)
    advocate = models.CharField(max_length=8, choices=Advocate, default=Advocate.UNKNOWN)
    intended_days = models.PositiveIntegerField(null=True, blank=True)

    protection = FactRows(only_topic=HOSPITAL)

    class Meta:
        indexes = [models.Index(fields=["stay"], name="admission_record_of_stay")]


class StayLeave(AboutStay):
    """Away from the ward and still its patient. `back_by` is when they are expected, `to_at` when they were back."""

    class Kind(models.TextChoices):
        SECTION_17 = "s17", "Section 17 leave"
        EXTENDED = "s17_extended", "Extended section 17 leave"
        INFORMAL = "informal", "Leave of somebody who is not detained"
        ABSENT = "absent", "Absent without leave"

    kind = models.CharField(max_length=12, choices=Kind)
    from_at = models.DateTimeField()
    back_by = models.DateTimeField(null=True, blank=True)
    to_at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    how_it_was = models.CharField(max_length=500, blank=True)

    protection = FactRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="leave_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["person"], name="leave_going_on", condition=Q(to_at__isnull=True))]


class StayIncident(AboutStay):
    """Something that happened on the ward, or that was done to them: how often, and for how long altogether."""

    class Kind(models.TextChoices):
        """Restrictive interventions as the national mental health data set groups them, and other incidents."""

        PHYSICAL = "physical", "Physical restraint"
        PRONE = "prone", "Physical restraint, face down"
        MECHANICAL = "mechanical", "Mechanical restraint"
        CHEMICAL = "chemical", "Chemical restraint"
        SECLUSION = "seclusion", "Seclusion"
        SELF_HARM = "self_harm", "Self-harm"
        ASSAULT = "assault", "They were hurt by somebody"
        AGGRESSION = "aggression", "They hurt somebody"
        ABSENT = "absent", "Left without leave"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=10, choices=Kind)
    times = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    severity = models.PositiveSmallIntegerField(choices=Severity, null=True, blank=True)
    what = models.CharField(max_length=500)
    told_by = models.CharField(max_length=120, blank=True)
    family_told = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(times__gte=1), name="incident_at_least_once")]
        indexes = [models.Index(fields=["stay", "happened_at"], name="incident_of_stay")]


#: Of these a review asks how many there were (policy reference 7.6).
RESTRICTIVE = ("physical", "prone", "mechanical", "chemical", "seclusion")


class Segregation(AboutStay):
    """Long-term segregation, from a moment to a moment."""

    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=500)
    ended_because = models.CharField(max_length=500, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="segregation_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["person"], name="segregation_going_on", condition=Q(to_at__isnull=True))]


class SegregationLook(Fact):
    """Somebody looked at whether a segregation goes on: row 26 of the table of time limits, not verified.

    An independent review (IC(E)TR) is a review like others and stands with them.
    """

    class Kind(models.TextChoices):
        CLINICIAN = "clinician", "Daily, by the approved clinician"
        TEAM = "team", "Weekly, by the team"
        EXTERNAL = "external", "After 3 months, by another hospital"

    class Outcome(models.TextChoices):
        GOES_ON = "goes_on", "It goes on"
        LESS = "less", "It goes on with less restriction"
        ENDS = "ends", "It should end"

    segregation = models.ForeignKey(Segregation, models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=11, choices=Kind)
    outcome = models.CharField(max_length=7, choices=Outcome)
    by_whom = models.CharField(max_length=200)
    what = models.CharField(max_length=1000, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=HOSPITAL)

    class Meta:
        indexes = [models.Index(fields=["segregation", "kind", "happened_at"], name="look_at_segregation")]


class StayNotice(AboutStay):
    """One body was told something that it has to be told. `happened_at` is when."""

    class Kind(models.TextChoices):
        LONG = "s85", "Long stay (Children Act 1989, section 85)"
        LONG_ENDED = "s85_end", "The long stay has ended"
        INADEQUATE = "inadequate", "A unit that is rated inadequate"
        ADULT_WARD = "adult_ward", "Under 18 on an adult ward"
        ADMISSION = "admission", "The admission itself"

    class Body(models.TextChoices):
        COUNCIL = "council", "The council’s director of children’s services"
        CHIEF_EXECUTIVE = "chief_executive", "The ICB’s chief executive"
        REGION = "region", "NHS England’s regional team"
        HOST = "host", "The host commissioner"
        CQC = "cqc", "The Care Quality Commission"
        EDUCATION = "education", "The council’s special educational needs team"

    class How(models.TextChoices):
        EMAIL = "email", "E-mail"
        PORTAL = "portal", "Form or portal of theirs"
        LETTER = "letter", "Letter"
        PHONE = "phone", "Phone call"
        MEETING = "meeting", "In a meeting"

    kind = models.CharField(max_length=10, choices=Kind)
    body = models.CharField(max_length=15, choices=Body)
    told_whom = models.CharField(max_length=200)
    told_by = models.CharField(max_length=120)
    how = models.CharField(max_length=7, choices=How)
    reference = models.CharField(max_length=60, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    reply = models.CharField(max_length=500, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = OversightRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(told_whom="") & ~Q(told_by=""), name="notice_names_both"),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, reply="") | (Q(replied_on__isnull=False) & ~Q(reply="")),
                name="reply_with_its_day",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="notice_about_a_stay")]


class OversightVisit(AboutStay):
    """A commissioner's visit (policy reference 7.3), at `happened_at`; only face to face does it move the clock."""

    class Spoken(models.TextChoices):
        FAMILY = "family", "Family"
        ADVOCATE = "advocate", "Advocate"
        STAFF = "staff", "Ward staff"

    by_whom = models.CharField(max_length=200)
    face_to_face = models.BooleanField()
    seen_alone = models.BooleanField()
    not_alone_because = models.CharField(max_length=300, blank=True)
    spoke_with = ArrayField(models.CharField(max_length=8, choices=Spoken), default=list, blank=True)
    they_said = models.CharField(max_length=1000, blank=True)
    environment = models.CharField(max_length=1000, blank=True)
    concerns = models.CharField(max_length=1000, blank=True)
    action_at_once = models.CharField(max_length=500, blank=True)
    lifted_to = models.CharField(max_length=200, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = OversightRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_alone=True) | ~Q(not_alone_because=""), name="not_seen_alone_says_why"
            )
        ]
        indexes = [models.Index(fields=["stay", "happened_at"], name="visit_to_stay")]


class SafetyExtension(AboutStay):
    """A doctor lengthened the time in a place of safety. At most once for a stay."""

    by_whom = models.CharField(max_length=200)
    because = models.CharField(max_length=300)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [models.UniqueConstraint("stay", name="place_of_safety_lengthened_once")]


class AdmissionKnown(AboutStay):
    """The keyworker knows of the admission: they said so, or somebody says how they were told. Once for a stay."""

    keyworker = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    how = models.CharField(max_length=200, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows(only_topic=HOSPITAL)

    class Meta:
        constraints = [models.UniqueConstraint("stay", "keyworker", name="admission_known_once")]

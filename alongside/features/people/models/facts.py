"""What is known about a person: each kind of fact its own table, each row dated."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.features.people.models.fact import Dated, Fact, ends_after_start
from alongside.features.people.models.told import ToldRows
from alongside.foundation.access.protection import FactRows
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic


class PersonName(Fact, Dated):
    class Kind(models.TextChoices):
        LEGAL = "legal", "Legal name"
        PREFERRED = "preferred", "Name they go by"
        FORMER = "former", "Former name"

    kind = models.CharField(max_length=10, choices=Kind)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [ends_after_start("name_dates")]


class Address(Fact, Dated):
    class Kind(models.TextChoices):
        HOME = "home", "Home"
        CURRENT = "current", "Where they are living now"

    kind = models.CharField(max_length=8, choices=Kind)
    lines = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [ends_after_start("address_dates")]
        indexes = [models.Index(fields=["postcode"], name="address_postcode")]


class Belonging(Fact, Dated):
    """The person's GP practice, school or college, or council of ordinary residence, from a day to a day."""

    class Kind(models.TextChoices):
        GP = "gp", "GP practice"
        SCHOOL = "school", "School or college"
        COUNCIL = "council", "Council of ordinary residence"

    kind = models.CharField(max_length=8, choices=Kind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [ends_after_start("belonging_dates")]


class Diagnosis(Fact):
    class Kind(models.TextChoices):
        AUTISM = "autism", "Autism"
        LEARNING_DISABILITY = "learning_disability", "Learning disability"

    class Basis(models.TextChoices):
        DIAGNOSED = "diagnosed", "Diagnosed"
        UNDERSTOOD = "understood", "Clinically understood"
        PATHWAY = "pathway", "Waiting for an assessment"
        CONSIDERED = "considered", "Considered by the ICB"
        NOT_STATED = "not_stated", "Not stated"

    kind = models.CharField(max_length=20, choices=Kind)
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.NOT_STATED)
    diagnosed_on = models.DateField(null=True, blank=True)


class Circumstance(Fact, Dated):
    """Something about how the person lives now that bears on risk or on rights, from a day to a day."""

    class Kind(models.TextChoices):
        EHC_PLAN = "ehc_plan", "Education, health and care plan"
        EHC_ASSESSMENT = "ehc_assessment", "EHC needs assessment under way"
        LOOKED_AFTER = "looked_after", "Looked after by the council"
        CARE_EDGE = "care_edge", "At risk of becoming looked after"
        ADOPTED = "adopted", "Adopted"
        CARE_LEAVER = "care_leaver", "Care leaver"
        RESIDENTIAL_52 = "residential_52", "52-week residential placement"
        RESIDENTIAL_38 = "residential_38", "38-week residential placement"
        RESIDENTIAL_RISK = "residential_risk", "At risk of residential care"
        CHILD_PROTECTION = "child_protection", "Child protection plan"
        YOUTH_JUSTICE = "youth_justice", "Known to youth justice"
        EXCLUDED = "excluded", "Excluded from school"
        OUT_OF_SCHOOL = "out_of_school", "Out of school, or educated elsewhere"
        RISK_PLACEMENT = "risk_placement", "Placement at risk"
        RISK_EDUCATION = "risk_education", "Education at risk"
        RISK_SAFEGUARDING = "risk_safeguarding", "Safeguarding risk"

    kind = models.CharField(max_length=20, choices=Kind)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [ends_after_start("circumstance_dates")]


class Relation(Fact, Dated):
    """Somebody in the family or close to the person; may be an actor of their own one day."""

    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    parental_responsibility = models.BooleanField(null=True)
    legal_limits = models.CharField(max_length=300, blank=True)
    safe_contact = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    carries_main_contact = models.BooleanField(default=False)
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [ends_after_start("relation_dates")]


class Professional(Fact, Dated):
    """A professional around the person, with or without an account here."""

    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [ends_after_start("professional_dates")]


class Communication(Fact):
    """How to talk with the person, shown wherever somebody is about to make contact. The newest row counts."""

    best_way = models.CharField(max_length=300, blank=True)
    avoid = models.CharField(max_length=300, blank=True)
    what_helps = models.CharField(max_length=300, blank=True)
    adjustments = models.CharField(max_length=500, blank=True)
    contact_by = models.CharField(max_length=60, blank=True)


class OwnWords(Fact):
    """What the person said, in their own words, dated."""

    words = models.TextField(max_length=2000)
    said_how = models.CharField(max_length=60, blank=True)

    protection = ToldRows(own=True)


class Severity(models.IntegerChoices):
    """How bad something was that happened to somebody; ours, no national scale was found."""

    WORRYING = 1, "Worrying"
    SERIOUS = 2, "Serious"
    VERY_SERIOUS = 3, "Very serious"


class LifeEvent(Fact):
    """Something that happened to the person, as data: what, when, how bad, who told us."""

    class Kind(models.TextChoices):
        AE_CRISIS = "ae_crisis", "A&E in crisis"
        POLICE = "police", "Police contact"
        EXCLUSION = "exclusion", "Exclusion"
        PLACEMENT_NOTICE = "placement_notice", "Notice on a placement"
        PLACEMENT_MOVE = "placement_move", "Placement move"
        STAFF_CHANGE = "staff_change", "Change of staff around them"
        BEREAVEMENT = "bereavement", "Bereavement"
        SELF_HARM = "self_harm", "Self-harm"
        CRISIS_TEAM = "crisis_team", "Crisis team involved"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=20, choices=Kind)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    detail = models.CharField(max_length=500, blank=True)


class ImportedText(Fact):
    """What stood in an imported sheet and has no column of ours: kept, never dropped."""

    import_run_id = models.BigIntegerField()
    row_number = models.IntegerField()
    texts = models.JSONField()


class Consent(Fact):
    """One answer to one question: may this be done or told, for what purpose, to whom, on which topics.

    Append-only: a changed mind is a new row. The newest row for a purpose and recipient counts.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register", "Being on the register"
        KEYWORKING = "keyworking", "Having a keyworker"
        REVIEW = "review", "A review meeting"
        SHARING = "sharing", "Sharing with somebody"
        AFTERWARDS = "afterwards", "One question after keyworking has ended"

    class Answer(models.TextChoices):
        GIVEN = "given", "Agreed"
        REFUSED = "refused", "Said no"
        WITHDRAWN = "withdrawn", "Withdrawn"
        UNKNOWN = "unknown", "Not known"

    class Basis(models.TextChoices):
        COMPETENT_CHILD = "competent_child", "A child competent to decide"
        PARENTAL = "parental", "Somebody with parental responsibility"
        SIXTEEN = "sixteen", "A person aged 16 or over"
        BEST_INTERESTS = "best_interests", "A best-interests decision"
        DEPUTY = "deputy", "A deputy of the Court of Protection"
        ATTORNEY = "attorney", "An attorney for health and welfare"
        NOT_STATED = "not_stated", "Not stated"

    purpose = models.CharField(max_length=10, choices=Purpose)
    answer = models.CharField(max_length=9, choices=Answer)
    basis = models.CharField(max_length=15, choices=Basis, default=Basis.NOT_STATED)
    about_topics = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    recipient_kind = models.CharField(max_length=20, blank=True)
    recipient_id = models.BigIntegerField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    evidenced = models.BooleanField(default=False)
    document = models.ForeignKey("people.Document", models.PROTECT, null=True, blank=True, related_name="+")
    # Of a no: who was told of it, and from when they may be asked again.
    told = models.CharField(max_length=400, blank=True, default="", db_default="")
    ask_again_on = models.DateField(null=True, blank=True)

    protection = FactRows(update=False, only_topic=Topic.AGREEMENT.value)

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "-id"], name="consent_latest")]


class Document(Fact):
    """A file about a person. Where the bytes are is the storage room's business."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    storage_key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    protection = ToldRows(own=True, or_parent=True)

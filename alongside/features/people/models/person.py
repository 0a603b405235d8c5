"""One Person in the country, and which ICB holds them, from when to when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from alongside.features.people.protection import HeldRows
from alongside.features.people.scope import ScopedByPerson
from alongside.foundation.access.protection import FactRows, PersonRows
from alongside.foundation.organisations.models import Organisation


class Guard(models.IntegerChoices):
    """How closely a record is held."""

    ORDINARY = 0, "Everybody whose work it is"
    REGISTER_TEAM = 1, "The register team only, until agreement is confirmed"
    RESTRICTED = 2, "Named people only"
    CLOSED = 3, "Nobody through the register: agreement was refused or withdrawn"


class RetentionClass(models.TextChoices):
    """Which retention rule a row falls under. The longest that applies to the person governs."""

    CARE = "care", "Record of care"
    REGISTER = "register", "Register entry"
    AGREEMENT = "agreement", "Record of agreement"
    ADMINISTRATION = "administration", "Administration"


class Kept(models.Model):
    """Retention class, and a hold that stops disposal, on every row about a person."""

    retention_class = models.CharField(max_length=14, choices=RetentionClass, default=RetentionClass.CARE)
    on_hold = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Person(Kept):
    """The child or young person. There is no age in any constraint: age is a rule."""

    reference = models.CharField(max_length=14, unique=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=2, blank=True)
    ethnicity = models.CharField(max_length=2, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    # Kept right by Responsibility (database trigger): the ICB responsible now, and those before it.
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    held_by = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Named people only, whatever was agreed.
    restricted = models.BooleanField(default=False)
    # Both follow from the ledger and `restricted`, by the database (`access/sql/ledger.sql`). The second has a bit for
    # each topic that the agreement to the register leaves out: of those only the register team reads.
    guard = models.PositiveSmallIntegerField(choices=Guard, default=Guard.ORDINARY)
    closed_topics = models.BigIntegerField(default=0)
    survivor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = ScopedByPerson("person").as_manager()
    protection = PersonRows()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "nhs_number",
                condition=Q(nhs_number__isnull=False, survivor__isnull=True),
                name="nhs_number_once",
            ),
            models.CheckConstraint(
                condition=Q(nhs_number__isnull=True) | Q(nhs_number__regex=r"^\d{10}$"),
                name="nhs_number_form",
            ),
            models.CheckConstraint(condition=~Q(survivor=F("id")), name="survivor_is_another_person"),
        ]
        indexes = [
            models.Index(fields=["icb", "family_name", "given_name"], name="person_of_icb"),
            models.Index(fields=["birth_date"], name="person_born"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name they go by, then the family name."""
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()


class Responsibility(models.Model):
    """The ICB that holds a person, from a moment to a moment, and who accepted it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="responsibilities")
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = HeldRows(recorded_by="icb_id", topic=1)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_responsible_icb_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            "from_at",
                            "to_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]


class PersonMerge(models.Model):
    """Two records of one person: a pointer to the survivor, no row moved, and it can be undone."""

    survivor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    because = models.CharField(max_length=400)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")

    protection = FactRows(person="survivor_id", recorded_by=None, topic=1, by_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("merged", condition=Q(undone_at__isnull=True), name="merged_into_one"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_at_and_by",
            ),
        ]


class MoveOffer(models.Model):
    """The holding ICB offers a person to another; nothing moves until the other has accepted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="move_offers")
    to_icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    because = models.CharField(max_length=400)
    # Whether the person or their family knows that they were offered; if not, why not.
    told = models.CharField(max_length=400, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_how = models.CharField(max_length=10, blank=True)
    closed_because = models.CharField(max_length=400, blank=True)

    protection = FactRows(recorded_by=None, topic=1, by_runners=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(closed_at__isnull=True), name="one_open_move_offer")
        ]

"""Organisations with dates and successors, teams with an inbox, and days that are not working days."""

from django.db import models
from django.db.models import F, Q

from alongside.foundation.access.protection import Open, Reference


class Organisation(models.Model):
    """Any body that holds, pays for or helps a young person. Never deleted: closed, with a successor."""

    class Kind(models.TextChoices):
        ICB = "icb", "Integrated care board"
        REGION = "region", "NHS region"
        COUNCIL = "council", "Council"
        PROVIDER = "provider", "Provider"
        SCHOOL = "school", "School or college"
        GP = "gp", "GP practice"
        OTHER = "other", "Other organisation"

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="in_region")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    protection = Reference(write_by=())

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "code", condition=~Q(code=""), name="organisation_code_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="organisation_closes_after_opening",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_kind_name")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One organisation took over from another on a day. Its rows are read by the successor, never rewritten."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="preceded_by")
    on_date = models.DateField()
    # Only a successor that took over everything reads all of it; where an area was divided, people move one by one.
    whole = models.BooleanField(default=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    # Whoever could write one would read another area: organisations are loaded, under the engine's identity.
    protection = Reference(write_by=())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "predecessor", "successor", condition=Q(undone_at__isnull=True), name="succession_once"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another_organisation"),
        ]


class Team(models.Model):
    """A team of one ICB's service, with an inbox that always has a named holder or a manager above it."""

    class Kind(models.TextChoices):
        REGISTER = "register", "Register team"
        KEYWORKING = "keyworking", "Keyworking team"
        REVIEW = "review", "Review team"
        COMMISSIONING = "commissioning", "Commissioning team"

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    kind = models.CharField(max_length=15, choices=Kind)
    name = models.CharField(max_length=120)
    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="hosted_teams")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    protection = Reference(write_by=())

    class Meta:
        constraints = [
            models.UniqueConstraint("icb", "kind", condition=Q(closed_on__isnull=True), name="team_inbox_once_per_icb")
        ]

    def __str__(self) -> str:
        return self.name


class SharingAgreement(models.Model):
    """An agreement between an ICB and one organisation, or all of a kind: what is shared, for what, from-to.

    The gate of sharing: without one in force a partner reads nothing, whatever the person agreed to. `ended_at` is when
    somebody decided on its last day; `document_*` name the file of the signed paper (see the documents room).
    """

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="sharing_agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    recipient_kind = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=300)
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=200)
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    document_key = models.CharField(max_length=200, blank=True)
    document_name = models.CharField(max_length=200, blank=True)
    document_type = models.CharField(max_length=100, blank=True)

    protection = Reference(write_by=("coordinator", "manager"), area="icb_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, recipient_kind="")
                | (Q(organisation__isnull=True) & ~Q(recipient_kind="")),
                name="sharing_agreement_with_one_or_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on")),
                name="sharing_agreement_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["icb", "organisation"], name="sharing_agreement_of_icb")]


class BankHoliday(models.Model):
    """A day that is not a working day in England. Seeded; corrected by the command, for every area at once."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)

    protection = Reference(write_by=(), delete=True)


class Installation(models.Model):
    """What this database is. Written once when it is made; a database of real people can't become a demonstration."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    demonstration = models.BooleanField()
    made_at = models.DateTimeField()

    protection = Open(insert=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one_row")]

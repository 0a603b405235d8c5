"""The family door: invitations to it, who came in by it, and the codes that open it again.

Digests only: whoever reads the tables can open nothing. This room knows a person by number, as `Involvement` does.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.access.protection import Engine, FactRows
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic


class Invitation(models.Model):
    """A young person or somebody of their family is asked in, by whoever works with them.

    It counts once, until `expires_at`, unless it is locked by wrong codes or taken back. `topics` is what they will
    see; `how_known` is the inviter's proof that the phone or address is theirs.
    """

    class Way(models.TextChoices):
        SMS = "sms", "Text message"
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Two letters"
        IN_PERSON = "in_person", "In person"

    person_id = models.BigIntegerField()
    relation_id = models.BigIntegerField(null=True)
    icb = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=[(r.value, r.label) for r in (Role.YOUNG_PERSON, Role.FAMILY)])
    name = models.CharField(max_length=120)
    topics = ArrayField(models.SmallIntegerField())
    way = models.CharField(max_length=9, choices=Way)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    how_known = models.CharField(max_length=300)
    # How somebody of 16 or over said that this person may see it; '' where no agreement of theirs is needed.
    agreed_how = models.CharField(max_length=300, blank=True)
    link_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    protection = FactRows(recorded_by=None, topic=Topic.FAMILY.value)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, actor__isnull=True) | Q(used_at__isnull=False, actor__isnull=False),
                name="invitation_used_at_and_by",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["person_id"], name="invitation_to_person")]


class FamilyAccount(models.Model):
    """How somebody of a family comes in again: by a code to the phone or e-mail address that was known.

    A phone or address is one person's way in and nobody else's, until it is closed.
    """

    actor = models.OneToOneField("accounts.Actor", models.PROTECT, related_name="family_account")
    phone = models.CharField(max_length=20, null=True)
    email = models.EmailField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    protection = Engine(read=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("phone", condition=Q(closed_at=None), name="one_way_in_by_phone"),
            models.UniqueConstraint("email", condition=Q(closed_at=None), name="one_way_in_by_email"),
        ]


class EntryCode(models.Model):
    """A code of six digits that was sent to somebody who has an account, for minutes and a few tries."""

    account = models.ForeignKey(FamilyAccount, models.PROTECT, related_name="codes")
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    until = models.DateTimeField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    protection = Engine(read=False)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="code_of_account")]

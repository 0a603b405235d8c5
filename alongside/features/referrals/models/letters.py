"""The outcome as it was told: a letter to each who was chosen."""

from django.db import models

from alongside.features.referrals.models.choices import AnswerBy
from alongside.features.referrals.models.referral import Referral
from alongside.features.referrals.protected import LetterRows


class OutcomeLetter(models.Model):
    """One letter to one recipient, never changed. Its own link opens it; the address is the register team's to see."""

    class Who(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        ASKER = "asker", "Whoever asked"
        OTHER = "other", "Somebody they chose"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="letters")
    who = models.CharField(max_length=12, choices=Who)
    to_name = models.CharField(max_length=120)
    by_way = models.CharField(max_length=6, choices=AnswerBy)
    address = models.CharField(max_length=300, blank=True)
    easy_read = models.BooleanField(default=False)
    # To whoever asked: then the page that says how it is going shows it too.
    to_asker = models.BooleanField(default=False)
    # What it says, as it was sent: title, paragraphs, sections and the lines of the easy-read one.
    content = models.JSONField()
    pdf = models.CharField(max_length=64)
    # The digest of the key in this recipient's link; see `codes.digest_of`.
    code_digest = models.BinaryField(unique=True)
    message_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")

    protection = LetterRows()

    class Meta:
        indexes = [models.Index(fields=["referral"], name="letter_of_referral")]


class LetterOpened(models.Model):
    """Somebody opened the link of a letter. Only ever added to."""

    letter = models.ForeignKey(OutcomeLetter, models.PROTECT, related_name="opened")
    at = models.DateTimeField()

    protection = LetterRows(of="letter")

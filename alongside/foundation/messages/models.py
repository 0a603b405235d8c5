"""A message is what was said, and to whom. A delivery is one try to lead somebody to it by another way."""

import secrets
import uuid

from django.db import models
from django.db.models import Q

from alongside.foundation.access.protection import Reference
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.protection import DeliveryRows, MessageRows, OpenedRows
from alongside.foundation.organisations.models import Organisation, Team
from alongside.foundation.topics import Topic

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def new_reference() -> str:
    """How an address names a message: twelve letters and digits that nobody guesses."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


class Message(models.Model):
    """To an actor, to a team, or to somebody named who has no account. Never changed once written.

    `person_id` is set only where everybody it is to reaches that person on `topic`; it is bound to the person's table
    by the people feature. `letter` is the key of the file that is posted, and shown in the inbox.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    person_id = models.BigIntegerField(null=True)
    topic = models.SmallIntegerField(choices=Topic, null=True)
    by = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    from_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    to_actor = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    to_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=120)
    body = models.TextField(max_length=20_000)
    link = models.CharField(max_length=200, blank=True)
    letter = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    may_answer = models.BooleanField(default=False)
    # Somebody of the team answered, or said that no answer is needed.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    once = models.CharField(max_length=120, null=True, unique=True)

    protection = MessageRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_actor__isnull=False) | Q(to_team__isnull=False) | ~Q(to_name=""),
                name="message_is_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(person_id__isnull=True) | Q(topic__isnull=False), name="message_of_a_person_has_a_topic"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="message_settled_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["to_actor", "-id"], name="message_to_actor"),
            models.Index(fields=["to_team", "-id"], name="message_to_team"),
            models.Index(fields=["person_id", "-id"], name="message_of_person"),
        ]


class Opened(models.Model):
    """Somebody opened a message for the first time: a look, kept so that what is new can be told from what is not."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="opened")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    protection = OpenedRows()

    class Meta:
        constraints = [models.UniqueConstraint("message", "actor", name="message_opened_once_by_each")]
        indexes = [models.Index(fields=["actor"], name="opened_by_actor")]


class Delivery(models.Model):
    """One e-mail, text message or letter. Its reference is the same at every try, so that nothing is sent twice.

    waiting → sending → sent; a try that failed waits again, and is given up after the last. `filling` holds the link
    and the code until it is sent, and is emptied then. `next_try_at` is when to send, or to ask whether it arrived.

    A letter that no carrier posts goes to_print → printed (by a named person) → sent (posted by a named person).
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        SMS = "sms", "Text message"
        LETTER = "letter", "Letter"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        TO_PRINT = "to_print", "To print"
        PRINTED = "printed", "Printed, to post"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed, will be tried again"
        GIVEN_UP = "given_up", "Not delivered"

    reference = models.UUIDField(unique=True, default=uuid.uuid4)
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="deliveries")
    # As on the message: an address may give away whom it is about.
    person_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=6, choices=Channel)
    address = models.CharField(max_length=400)
    notice = models.CharField(max_length=30)
    filling = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # The provider has said that it arrived.
    arrived_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    printed_at = models.DateTimeField(null=True)
    printed_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    posted_by = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+")
    error = models.CharField(max_length=300, blank=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    protection = DeliveryRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(printed_at__isnull=True, printed_by__isnull=True)
                | Q(printed_at__isnull=False, printed_by__isnull=False),
                name="letter_printed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(posted_by__isnull=True) | Q(sent_at__isnull=False, printed_at__isnull=False),
                name="letter_posted_after_printing",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="delivery_due", condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["id"], name="delivery_under_way", condition=Q(state="sending")),
            models.Index(fields=["icb", "-id"], name="delivery_of_icb"),
            models.Index(fields=["message"], name="delivery_of_message"),
            models.Index(
                fields=["icb", "id"], name="delivery_on_paper", condition=Q(state__in=("to_print", "printed"))
            ),
        ]

    @property
    def stands(self) -> str:
        """Where it stands, in words: a letter is posted, everything else is sent."""
        if self.channel == self.Channel.LETTER and self.state == self.State.SENT:
            return "Posted"
        return str(self.get_state_display())


class AreaContact(models.Model):
    """How anybody reaches an area's service by phone: on public pages, in letters and on the family's pages."""

    icb = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=30)
    hours = models.CharField(max_length=120)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Actor, models.PROTECT, related_name="+")

    # Everybody may read where to call; those who set the area's other values set it.
    protection = Reference(write_by=("manager", "admin"), area="icb_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(phone="") & ~Q(hours=""), name="area_contact_is_whole"),
        ]

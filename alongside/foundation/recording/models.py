"""Three stores kept apart: what happened (for people), what changed (for investigation), who looked.

All three are append-only, and sealed over their digests (see `seal.py`).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from alongside.foundation.access.protection import Open
from alongside.foundation.access.protection_hidden import Hidden


class Sealed(models.Model):
    """A row whose digest is taken when it is written. Disposal empties the row and leaves the digest."""

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_default=0)
    digest = models.BinaryField(db_default=b"")
    disposal_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Event(Sealed):
    """What happened, in the past tense and in words: the timeline is made of these."""

    act = models.UUIDField(null=True)
    ordinal = models.IntegerField(default=1)
    code = models.CharField(max_length=60, default="")
    person_id = models.BigIntegerField(null=True)
    icb_id = models.BigIntegerField(null=True)
    topic = models.SmallIntegerField(null=True)
    subject = models.CharField(max_length=40, default="")
    subject_id = models.BigIntegerField(null=True)
    words = models.CharField(max_length=400, default="")
    detail = models.JSONField(default=dict, null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=120, default="")
    happened_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)

    protection = Open(update=False, delete=False, rule="event")

    class Meta:
        constraints = [models.UniqueConstraint("act", "ordinal", name="act_once")]
        indexes = [
            models.Index(fields=["person_id", "-happened_at", "-id"], name="event_timeline"),
            BrinIndex(fields=["xid"], name="event_by_xid", autosummarize=True),
        ]


class History(Sealed):
    """A row's values before and after a change, written by a database trigger whatever made the change."""

    at = models.DateTimeField()
    act = models.UUIDField(null=True)
    actor_id = models.BigIntegerField(null=True)
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    change = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    protection = Hidden(rule="history")

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-id"], name="history_of_person"),
            BrinIndex(fields=["xid"], name="history_by_xid", autosummarize=True),
        ]


class Look(Sealed):
    """Who opened whose record, on which page, why. A list is one row that names everybody on it."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    page = models.CharField(max_length=60)
    person_ids = ArrayField(models.BigIntegerField(), null=True)
    why = models.CharField(max_length=200, default="")

    protection = Hidden(rule="look")

    class Meta:
        indexes = [
            BrinIndex(fields=["xid"], name="look_by_xid", autosummarize=True),
            # Who opened one person's pages; lists of many are looked through by time.
            models.Index(models.F("person_ids__0"), models.F("id").desc(), name="look_at_one_person"),
        ]


class Disposal(models.Model):
    """The recorded act of lawful disposal: which audit rows were emptied, by whom, and why."""

    store = models.CharField(max_length=8)
    row_ids = ArrayField(models.BigIntegerField())
    by_id = models.BigIntegerField()
    because = models.CharField(max_length=400)
    at = models.DateTimeField()
    act = models.UUIDField(unique=True)

    protection = Hidden(read_by=("governance",))


class Seal(models.Model):
    """One link of the chain: a root over the digests of a batch of rows of one store, joined to the link before.

    The batch holds the rows written by transactions from `from_xid` up to, not including, `to_xid`.
    """

    store = models.CharField(max_length=8)
    at = models.DateTimeField()
    from_xid = models.BigIntegerField()
    to_xid = models.BigIntegerField()
    rows = models.IntegerField()
    batch = models.BinaryField()
    root = models.BinaryField()

    protection = Hidden(read_by=("governance",))

"""Supervision of a keyworker, read by the two who held it; and the secret address of a worker's calendar."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.keyworking.models.team import OfKeyworker
from alongside.foundation.access.protection import ACTOR, ENGINE, Protection, may_read


@dataclass(frozen=True)
class OfTheTwo(Protection):
    """Read by manager and worker, and nobody else; written by the manager of the area, in their own name."""

    history = True

    def grants(self) -> str:
        return "select, insert"

    def policies(self) -> Iterator[tuple[str, str]]:
        yield may_read(f"{ENGINE} or manager_id = {ACTOR} or worker_id = {ACTOR}")
        managed = "icb_id = any((select access.areas_of('manager'))::bigint[])"
        yield "insert", f"with check ({ENGINE} or (manager_id = {ACTOR} and {managed}))"


class Supervision(OfKeyworker):
    """One supervision: who, when, what was agreed, that wellbeing was asked about, when the next one is.

    A correction supersedes. `people`: whom it was about, by number; their records are opened as anywhere.
    """

    manager = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    held_on = models.DateField()
    agreed = models.TextField(max_length=4000)
    wellbeing_asked = models.BooleanField()
    wellbeing = models.CharField(max_length=1000, blank=True)
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)
    next_on = models.DateField()
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    protection = OfTheTwo()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("held_on")), name="next_supervision_is_later"),
            models.CheckConstraint(condition=~Q(worker=F("manager")), name="nobody_supervises_themselves"),
        ]
        indexes = [models.Index(fields=["icb", "worker", "-held_on"], name="supervision_latest")]


@dataclass(frozen=True)
class OwnFeed(Protection):
    """One's own; the engine finds whose a secret is."""

    history = True

    def policies(self) -> Iterator[tuple[str, str]]:
        mine = f"{ENGINE} or actor_id = {ACTOR}"
        yield may_read(mine)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"


class CalendarFeed(models.Model):
    """A secret address at which a calendar program reads one worker's days. Only a digest of the secret is kept."""

    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="calendar_feeds")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    protection = OwnFeed()

    class Meta:
        constraints = [
            models.UniqueConstraint("actor", condition=Q(ended_at__isnull=True), name="one_calendar_feed_at_once")
        ]

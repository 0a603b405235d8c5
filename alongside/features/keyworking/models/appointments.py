"""What is planned with a young person or about them, and who of it reads through the family door."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from alongside.features.keyworking.models.contacts import Contact, Way
from alongside.features.people.models import Fact
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.told_where import TELL_WHERE
from alongside.foundation.access.protection import PEOPLE_TOPICS, FactRows
from alongside.foundation.topics import Topic


@dataclass(frozen=True)
class AppointmentRows(FactRows):
    """As any fact of its one topic. Through the family door only what the family sees of it (`told`).

    A time and a place lead to the young person: a parent who may not know where they live reads no appointment.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        own = "access.is_family_of($t.person_id, true)"
        where = " or ".join(f"$t.person_id * 64 + {topic.value} = any({PEOPLE_TOPICS})" for topic in TELL_WHERE)
        told = f"not (select access.comes_as_family()) or ($t.told and ({where} or {own}))"
        for command, clause in super().policies():
            if command == "select":
                clause = f"using (({told}) and {clause.removeprefix('using ')})"
            yield command, clause


class Appointment(Fact):
    """A planned contact or meeting. It is over when it is called off, or when what came of it is written down."""

    worker = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="appointments")
    way = models.CharField(max_length=7, choices=Way)
    # Of a meeting everybody who comes, one on each line.
    with_whom = models.TextField(max_length=600, blank=True)
    where = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    # Whether it stands on the pages of the young person and the family.
    told = models.BooleanField(default=False, db_default=False)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, blank=True, related_name="appointment")

    objects = ScopedByPerson("untold").as_manager()  # type: ignore[misc]
    protection = AppointmentRows(only_topic=Topic.KEYWORKING.value)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | (~Q(called_off_because="") & Q(contact__isnull=True)),
                name="called_off_says_why",
            )
        ]
        indexes = [
            models.Index(
                fields=["worker", "starts_at"],
                name="appointment_of_worker",
                condition=Q(called_off_at__isnull=True, contact__isnull=True),
            ),
            models.Index(
                fields=["person"],
                name="appointment_open",
                condition=Q(called_off_at__isnull=True, contact__isnull=True),
            ),
        ]

    @property
    def others(self) -> str:
        """Everybody who comes, in one line."""
        return "; ".join(line.strip() for line in self.with_whom.splitlines() if line.strip())

"""A move: who told of it, what the other side was told, who has them now, and what followed (decision 33)."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Fact, MoveOffer
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.told_where import WhereaboutsRows
from alongside.foundation.access.protection import FactRows
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic

WHO = Topic.IDENTITY.value


class AreaMove(Fact):
    """Somebody moves on: to another area, out of England, or to the adult register. Open until it is accepted.

    The area in `recorded_icb` holds them until then. `to_place` names what is no area of this service.
    """

    class Kind(models.TextChoices):
        AREA = "area", "To another area"
        OUTSIDE = "outside", "Out of England, or to an area that is not on this service"
        ADULT = "adult", "To the adult register of this area"

    class ToldBy(models.TextChoices):
        FAMILY = "family", "The young person or family"
        COUNCIL = "council", "A council"
        KEYWORKER = "keyworker", "Their keyworker"
        PROFESSIONAL = "professional", "A school, GP or somebody else who works with them"
        FOUND = "found", "Nobody: we found it out"

    class Ended(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        STAYED = "stayed", "They stay"

    kind = models.CharField(max_length=7, choices=Kind)
    told_by = models.CharField(max_length=12, choices=ToldBy)
    told_on = models.DateField()
    to_icb = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    to_place = models.CharField(max_length=120, blank=True)
    moves_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=400)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_how = models.CharField(max_length=8, choices=Ended, blank=True)
    closed_because = models.CharField(max_length=400, blank=True)

    protection = WhereaboutsRows(only_topic=WHO)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(closed_at__isnull=True), name="one_open_move"),
            models.CheckConstraint(
                condition=(Q(kind="outside") & ~Q(to_place="") & Q(to_icb__isnull=True))
                | (~Q(kind="outside") & Q(to_icb__isnull=False)),
                name="move_says_where_to",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_how="") | (Q(closed_at__isnull=False) & ~Q(closed_how="")),
                name="move_closed_at_and_how",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="move_of_person")]

    @property
    def where(self) -> str:
        """Where to, in words."""
        if self.kind == self.Kind.ADULT:
            return "the adult register"
        return self.to_icb.name if self.to_icb else self.to_place


class MovePack(Fact):
    """What the other side was told, as it was sent. `left_out`: topics that nobody agreed to, whatever is on them.

    Read by those who run the register or the keyworking service, before and after; it holds many topics at once.
    """

    move = models.ForeignKey(AreaMove, models.PROTECT, related_name="packs")
    offer = models.OneToOneField(MoveOffer, models.PROTECT, null=True, blank=True, related_name="pack")
    # Headings with lines, and the same as a FHIR R4 document.
    parts: Any = models.JSONField(default=list)
    bundle: Any = models.JSONField(default=dict)
    left_out = ArrayField(models.SmallIntegerField(), default=list, blank=True)

    objects = ScopedByPerson("run").as_manager()  # type: ignore[misc]
    protection = FactRows(update=False, only_topic=WHO, for_runners=True, by_runners=True)


class MoveAcceptance(Fact):
    """The other side said yes: who has them from then on, in which team, from which day, and who said so, how.

    It stands for the area that let go, so that both read it.
    """

    class How(models.TextChoices):
        HERE = "here", "On this service"
        PHONE = "phone", "By telephone"
        LETTER = "letter", "By letter or e-mail"

    move = models.OneToOneField(AreaMove, models.PROTECT, related_name="acceptance")
    offer = models.OneToOneField(MoveOffer, models.PROTECT, null=True, blank=True, related_name="acceptance")
    how = models.CharField(max_length=6, choices=How)
    said_by = models.CharField(max_length=160)
    named = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=160)
    team = models.CharField(max_length=160)
    starts_on = models.DateField()

    protection = WhereaboutsRows(update=False, only_topic=WHO)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(named="") & ~Q(reach="") & ~Q(team="") & ~Q(said_by=""), name="acceptance_names_who"
            )
        ]


class MoveStep(Fact):
    """Something that was done about a move. `happened_at` is its day."""

    class Kind(models.TextChoices):
        LIFTED = "lifted", "Lifted to a named senior"
        FAMILY_TOLD = "family_told", "The family was told who has them now"
        MET = "met", "The old and the new keyworker met"
        NOT_MET = "not_met", "No meeting, with a reason"
        ASKED_ANEW = "asked_anew", "Agreements were asked anew"

    move = models.ForeignKey(AreaMove, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=Kind)
    words = models.CharField(max_length=600)

    protection = WhereaboutsRows(update=False, only_topic=WHO)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="move_step_says_what")]
        indexes = [models.Index(F("move"), F("kind"), name="step_of_move")]

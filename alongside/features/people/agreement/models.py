"""Whether somebody could decide something themselves, and an asking that nobody has saved yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.features.people.models.fact import Fact
from alongside.features.people.models.person import Person
from alongside.foundation.access.protection import ACTOR, ENGINE, FactRows, Protection, may_read
from alongside.foundation.topics import Topic


class CapacityRecord(Fact):
    """What was found on a day of one decision: whether the person could make it. A correction supersedes.

    Under 16 it is competence, from 16 on capacity under the Mental Capacity Act. Source: policy reference 11.1.
    """

    class About(models.TextChoices):
        REGISTER = "register", "Being on the register"
        KEYWORKING = "keyworking", "Having a keyworker"
        REVIEW = "review", "A review meeting"
        SHARING = "sharing", "Who else may know"
        RECORDING = "recording", "Being recorded, or meeting by video"

    class Test(models.TextChoices):
        COMPETENCE = "competence", "Competence of a child"
        CAPACITY = "capacity", "Capacity, from 16"

    about = models.CharField(max_length=10, choices=About)
    # Which one, where there are several: the review it is about.
    which = models.CharField(max_length=120, blank=True)
    test = models.CharField(max_length=10, choices=Test)
    able = models.BooleanField()
    decided_on = models.DateField()
    assessor = models.CharField(max_length=160)
    basis = models.CharField(max_length=1000)
    support_given = models.CharField(max_length=1000)
    # Who took part in deciding in their best interests.
    took_part = models.CharField(max_length=400, blank=True)
    dispute = models.CharField(max_length=600, blank=True)
    review_date = models.DateField(null=True, blank=True)

    protection = FactRows(update=False, only_topic=Topic.AGREEMENT.value)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(assessor="") & ~Q(basis="") & ~Q(support_given=""), name="capacity_says_who_and_how"
            ),
            models.CheckConstraint(
                condition=Q(able=True) | ~Q(test="capacity") | ~Q(took_part=""), name="best_interests_says_who"
            ),
        ]
        indexes = [models.Index(fields=["person", "about", "-id"], name="capacity_latest")]


@dataclass(frozen=True)
class OwnDraft(Protection):
    """Whoever writes it, for as long as they reach the person. No history: nobody was told anything yet."""

    def grants(self) -> str:
        return "select, insert, update, delete"

    def policies(self) -> Iterator[tuple[str, str]]:
        mine = f"{ENGINE} or (actor_id = {ACTOR} and exists (select 1 from people_person p where p.id = $t.person_id))"
        yield may_read(mine)
        yield "insert", f"with check ({mine})"
        yield "update", f"using ({mine}) with check ({mine})"
        yield "delete", f"using ({mine})"


class AskingDraft(models.Model):
    """What was typed on the pages of an asking, page by page, kept between them. Deleted when it is saved.

    One for each person and whoever asks; it outlives the session and stops counting after `expires_at`.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.CASCADE, related_name="+")
    answers: Any = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    protection = OwnDraft()

    class Meta:
        constraints = [models.UniqueConstraint("person", "actor", name="asking_draft_once")]
        indexes = [models.Index(fields=["expires_at"], name="asking_draft_by_end")]

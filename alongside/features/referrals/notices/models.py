"""What a ward or an A&E department told us, and who is on call."""

from django.db import models
from django.db.models import F, Q

from alongside.features.people.models import Person
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.notices.protected import NoticeRows, RotaRows
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, me: Me) -> "NoticeQuerySet":
        """Those of the register team's areas but for closed records. The database agrees."""
        reached = Q(person=None) | Q(person_id__in=Person.objects.visible_to(me).values("pk"))
        return self.filter(reached, icb_id__in=me.guarded)


class Notice(models.Model):
    """One admission or one visit to A&E, as it was told: who, born, NHS number, where now, what happened, whom to ring.

    What was told stays as it was told. `person` is whom it is about, once that is sure or decided by a person.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", "Admission"
        ALERT = "alert", "A&E"

    class Place(models.TextChoices):
        MENTAL_HEALTH = "mental_health_hospital", "A mental health ward"
        OTHER = "acute_hospital", "Another hospital ward"

    class Matched(models.TextChoices):
        EXACT = "exact", "Known here"
        NEW = "new", "Not known before"
        UNSURE = "unsure", "To be decided by a person"

    class Decided(models.TextChoices):
        SAME = "same", "Somebody who is known here"
        NEW = "new", "Somebody new"
        NOBODY = "nobody", "Nobody for this register"

    reference = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=6, choices=Kind)
    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    link = models.ForeignKey(OrganisationLink, models.PROTECT, null=True, blank=True, related_name="+")
    # Who sent it in words: the ward or department, or whoever rang the coordinator.
    sender = models.CharField(max_length=200)
    # The form's mark: the same form sent twice is one notice.
    act = models.UUIDField(unique=True)

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    where_now = models.CharField(max_length=200)
    place = models.CharField(max_length=24, choices=Place, blank=True)
    happened_at = models.DateTimeField()
    happened = models.TextField(max_length=2000)
    ring_name = models.CharField(max_length=120)
    ring_phone = models.CharField(max_length=40)

    matched = models.CharField(max_length=6, choices=Matched)
    # Why the machine was not sure, or what it could not write down by itself.
    matched_because = models.CharField(max_length=400, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided = models.CharField(max_length=6, choices=Decided, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    decided_because = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    settled_words = models.TextField(max_length=2000, blank=True)
    version = models.IntegerField(default=1)

    objects = NoticeQuerySet.as_manager()
    protection = NoticeRows()

    class Meta:
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{what}_at__isnull": True, f"{what}_by__isnull": True})
                    | Q(**{f"{what}_at__isnull": False, f"{what}_by__isnull": False}),
                    name=f"notice_{what}_at_and_by",
                )
                for what in ("decided", "taken", "settled")
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(taken_at__isnull=False), name="notice_settled_after_taken"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(person__isnull=False) | Q(decided="nobody"),
                name="notice_settled_about_somebody",
            ),
            models.CheckConstraint(condition=~Q(given_name="", family_name=""), name="notice_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["icb", "-came_at"], name="notice_of_area"),
            models.Index(fields=["icb"], name="notice_open", condition=Q(settled_at__isnull=True)),
            models.Index(fields=["person"], name="notice_about"),
        ]

    @property
    def shown_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_alert(self) -> bool:
        return self.kind == self.Kind.ALERT

    @property
    def is_decided(self) -> bool:
        """Whether it is known whom it is about, or that it is nobody for this register."""
        return self.person_id is not None or self.decided == self.Decided.NOBODY


class OnCall(models.Model):
    """Who is on call in an area, from a day to a day, and the number to ring: kept by the manager, read by staff."""

    icb = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    actor = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40)
    from_date = models.DateField()
    to_date = models.DateField()
    added_by = models.ForeignKey("accounts.Actor", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    protection = RotaRows()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_date__gte=F("from_date")), name="on_call_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["icb", "to_date"], name="on_call_of_area")]

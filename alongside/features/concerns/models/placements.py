"""Notice on a placement: until when somebody can stay, who looks for what comes next, and what places answered."""

from django.db import models
from django.db.models import F, Q

from alongside.features.concerns.models.followed import Followed, Step
from alongside.features.people.models import Fact, LifeEvent
from alongside.features.people.scope import ScopedByPerson
from alongside.features.people.teams_own import TeamsOwnRows


class PlacementNotice(Followed):
    """A provider ends a placement. That notice was given is the life event; this is what is done about it."""

    class Outcome(models.TextChoices):
        MOVED = "moved", "They moved to another place"
        HOME = "home", "They went home, or to family"
        STAYS = "stays", "They stay: the notice was taken back"
        HOSPITAL = "hospital", "They went into hospital"
        OTHER = "other", "Something else"
        RECORD_ENDED = "record_ended", "The record ended"

    place = models.CharField(max_length=200)
    given_on = models.DateField()
    # The last day on which they can be there.
    ends_on = models.DateField()
    because = models.CharField(max_length=500)
    last_day_plan = models.CharField(max_length=1000, blank=True)
    new_place = models.CharField(max_length=200, blank=True)
    life_event = models.ForeignKey(LifeEvent, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Followed.Meta):
        abstract = False
        constraints = [
            *Followed.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__gte=F("given_on")), name="notice_ends_after_it_is_given"),
        ]


class PlacementSearch(Fact):
    """A place that was asked, and what it answered: a refusal is data."""

    class Answer(models.TextChoices):
        WAITING = "", "No answer yet"
        YES = "yes", "Yes, they can come"
        MAYBE = "maybe", "Perhaps"
        NO = "no", "No"

    class Because(models.TextChoices):
        NONE = "", "Not said"
        FULL = "full", "No room"
        NEEDS = "needs", "They say they can’t meet the needs"
        OTHERS = "others", "It wouldn’t go with who lives there"
        RISK = "risk", "They say the risk is too high"
        STAFF = "staff", "Not enough staff"
        MONEY = "money", "Money"
        AREA = "area", "Too far, or not their area"
        OTHER = "other", "Something else"

    of = models.ForeignKey(PlacementNotice, models.PROTECT, related_name="searches")
    place = models.CharField(max_length=200)
    asked_on = models.DateField()
    answer = models.CharField(max_length=5, choices=Answer, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=6, choices=Because, blank=True, default="")
    said = models.CharField(max_length=500, blank=True)
    miles = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whole pounds a week.
    cost = models.PositiveIntegerField(null=True, blank=True)

    objects = ScopedByPerson("working").as_manager()  # type: ignore[misc]
    protection = TeamsOwnRows()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__gte=F("asked_on"))),
                name="search_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(because="") | ~Q(said=""), name="place_refused_says_why"
            ),
        ]
        indexes = [models.Index(fields=["of", "id"], name="search_of_notice")]


class NoticeStep(Step):
    of = models.ForeignKey(PlacementNotice, models.PROTECT, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["of", "id"], name="step_of_placement_notice")]

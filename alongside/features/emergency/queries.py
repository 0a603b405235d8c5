"""Reading emergencies: of one person, of an area, and what families ring."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from alongside.features.actions.models import Action
from alongside.features.emergency.models import (
    CrisisLine,
    CrisisLog,
    EmergencyDraft,
    EmergencyMeeting,
    EmergencyTask,
    LogEntry,
    SafetyPlan,
)
from alongside.features.hospital.models import Stay
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.reviews.models import PlannedReview, Review
from alongside.features.reviews.models.planned import OPEN
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.recording.models import Event
from alongside.policy.counting import local_day, start_of_day
from alongside.policy.duties.emergency import FOLLOWS

SHOWN = 30
#: The page of a meeting also tells what else happened so long before and after it.
BEFORE, AFTER = timedelta(hours=24), timedelta(hours=72)
MOST_AROUND = 12
LATELY = timedelta(days=28)


def list_meetings(me: Me, person: Person) -> list[EmergencyMeeting]:
    rows = EmergencyMeeting.objects.visible_to(me).filter(about(person), superseded_by=None)
    return list(rows.order_by("-happened_at", "-pk")[:SHOWN])


def find_meeting(me: Me, person: Person, number: int) -> EmergencyMeeting | None:
    """With who was there and who disagreed."""
    rows = (
        EmergencyMeeting.objects.visible_to(me)
        .filter(about(person), pk=number, superseded_by=None)
        .select_related(
            "recorded_by",
            "watcher",
            "checked_by",
            "keyworker_read_by",
            "register_read_by",
            "no_review_by",
            "not_admitted_by",
        )
        .prefetch_related("sides", "dissents")
    )
    return rows.first()


def list_tasks(meeting: EmergencyMeeting) -> list[Action]:
    """Who does what, with `due_at`. As the engine: whoever reads a meeting reads this of it."""
    of = EmergencyTask.objects.filter(action=Coalesce(OuterRef("root"), OuterRef("pk")))
    with context.as_engine():
        rows = Action.objects.filter(
            origin=Action.Origin.EMERGENCY, origin_id=meeting.pk, person=meeting.person_id, superseded_by=None
        )
        rows = rows.annotate(due_at=Subquery(of.values("due_at")[:1])).select_related("owner", "owner_organisation")
        return list(rows.order_by("due_at", "pk"))


def written_plan(meeting: EmergencyMeeting) -> SafetyPlan | None:
    """What was written in this meeting, for whoever wrote it while the record was open to them. As the engine."""
    with context.as_engine():
        return SafetyPlan.objects.filter(meeting=meeting).select_related("recorded_by").order_by("-pk").first()


def find_follow_up(me: Me, meeting: EmergencyMeeting) -> Review | None:
    """The review that was held after it, if one was."""
    rows = Review.objects.visible_to(me).filter(
        about(meeting.person), kind__in=FOLLOWS, held_at__gte=_start_of(meeting.happened_at), superseded_by=None
    )
    return rows.order_by("held_at", "pk").first()


def has_stay_since(me: Me, meeting: EmergencyMeeting) -> bool:
    """Whether a stay is written down that goes on, or began on the day of the meeting or later."""
    since = Q(discharged_at=None) | Q(admitted_at__gte=_start_of(meeting.happened_at))
    return Stay.objects.visible_to(me).filter(since, about(meeting.person), superseded_by=None).exists()


def find_planned(me: Me, person: Person) -> PlannedReview | None:
    """The review that is being organised, the first by day; it is the follow-up only once it was held."""
    rows = PlannedReview.objects.visible_to(me).filter(about(person), state__in=OPEN, superseded_by=None)
    return rows.order_by(F("starts_at").asc(nulls_last=True), "pk").first()


def _start_of(at: datetime) -> datetime:
    return start_of_day(local_day(at))


def list_around(person: Person, meeting: EmergencyMeeting) -> list[Event]:
    """What else was written down about those days: the weekend in a few lines. The database shows what one may read."""
    rows = Event.objects.filter(
        person_id=person.pk,
        happened_at__gte=meeting.happened_at - BEFORE,
        happened_at__lte=meeting.happened_at + AFTER,
    ).exclude(act__in=Event.objects.filter(subject="emergencymeeting", subject_id=meeting.pk).values("act"))
    return list(rows.order_by("happened_at", "pk")[:MOST_AROUND])


def find_safety_plan(me: Me, person: Person) -> SafetyPlan | None:
    """The one that counts: the newest."""
    rows = SafetyPlan.objects.visible_to(me).filter(about(person), superseded_by=None)
    return rows.select_related("recorded_by").order_by("-pk").first()


def list_logs(me: Me, person: Person) -> list[CrisisLog]:
    rows = CrisisLog.objects.visible_to(me).filter(about(person), superseded_by=None)
    return list(rows.select_related("next_writer").order_by("-pk")[:SHOWN])


def find_log(me: Me, person: Person, number: int) -> CrisisLog | None:
    rows = CrisisLog.objects.visible_to(me).filter(about(person), pk=number, superseded_by=None)
    return rows.select_related("next_writer", "recorded_by", "closed_by").first()


def list_entries(me: Me, log: CrisisLog) -> list[LogEntry]:
    rows = LogEntry.objects.visible_to(me).filter(log=log, superseded_by=None)
    return list(rows.select_related("recorded_by", "next_writer").order_by("-pk")[:SHOWN])


@dataclass(frozen=True, slots=True)
class Lately:
    """What an area has to look at now."""

    logs: list[CrisisLog]
    drafts: list[EmergencyDraft]
    meetings: list[EmergencyMeeting]

    @property
    def people(self) -> list[int]:
        rows: list[Any] = [*self.logs, *self.drafts, *self.meetings]
        return sorted({one.person_id for one in rows})


def list_lately(me: Me, at: datetime) -> Lately:
    """Crises that go on, meetings being written, and those of the last four weeks. Three statements."""
    live = CrisisLog.objects.visible_to(me).filter(closed_at=None, superseded_by=None)
    drafts = EmergencyDraft.objects.filter(person__in=Person.objects.visible_to(me))
    met = EmergencyMeeting.objects.visible_to(me).filter(happened_at__gte=at - LATELY, superseded_by=None)
    return Lately(
        logs=list(live.select_related("person", "next_writer").order_by("next_at", "pk")[:SHOWN]),
        drafts=list(drafts.select_related("person", "actor").order_by("begun_at", "pk")[:SHOWN]),
        meetings=list(met.select_related("person", "no_review_by").order_by("-happened_at", "-pk")[:SHOWN]),
    )


def list_lines(icb_id: int) -> list[CrisisLine]:
    """The lines of an area that hold now, those of the whole area first."""
    return list(CrisisLine.objects.filter(icb_id=icb_id, ended_at=None).order_by("council", "who", "pk"))


def lines_for(icb_id: int, council: str) -> list[CrisisLine]:
    """The lines that a family reads: of its council first, then those of the whole area."""
    wanted = council.strip().lower()
    found = [one for one in list_lines(icb_id) if not one.council or one.council.strip().lower() == wanted]
    return sorted(found, key=lambda one: not one.council)


def find_line(number: int) -> CrisisLine | None:
    return CrisisLine.objects.filter(pk=number, ended_at=None).first()


def as_numbers(plan: SafetyPlan | None) -> list[dict[str, Any]]:
    """Whom to ring, as the safety plan says."""
    return [{"who": who, "phone": phone} for who, phone in (plan.numbers if plan else [])]

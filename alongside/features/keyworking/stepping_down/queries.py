"""Reading stepping down, endings and adult leads."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.features.keyworking.models import (
    AdultLead,
    AfterQuestion,
    Allocation,
    Contact,
    CriterionMark,
    Ending,
    ExitAnswer,
    JointMeeting,
    StepDown,
    StepDownCriterion,
)
from alongside.features.people.models import Consent, Person
from alongside.features.people.queries import about
from alongside.features.register.models import Colour, Rating
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.policy.counting import months_after
from alongside.policy.stepping_down import AT_RISK, BACK_WITHIN, CRITERIA, Kept, Step, came_back_within, kept_steps

MOST = 50
DESIGNATED = Allocation.Part.DESIGNATED


def open_plan(person: Person, *, lock: bool = False) -> StepDown | None:
    """Stepping down while it goes on: the newest row, unless it was closed."""
    rows: QuerySet[StepDown] = StepDown.objects.filter(about(person)).order_by("-pk")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    newest = rows.select_related("person").first()
    return newest if newest is not None and newest.closed_on is None else None


def going_on(person: Person) -> list[Allocation]:
    """Every keyworker, co-worker and cover whose end is not known."""
    rows = Allocation.objects.filter(about(person), to_date=None, superseded_by=None)
    return list(rows.select_related("worker").order_by("pk"))


def last_keyworker(person: Person, *, lock: bool = False) -> Allocation | None:
    """The named keyworker of now; else whoever was it last."""
    rows = Allocation.objects.filter(about(person), part=DESIGNATED, superseded_by=None)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return rows.select_related("worker").order_by("-from_date", "-pk").first()


def newest_ending(person: Person) -> Ending | None:
    return (
        Ending.objects.filter(about(person)).select_related("recorded_by", "allocation__worker").order_by("-pk").first()
    )


def marks_before(ending: Ending) -> dict[str, CriterionMark]:
    """What stood when keyworking ended, of each criterion."""
    ended = ending.allocation
    rows = CriterionMark.objects.filter(
        person_id=ending.person_id, recorded_at__gte=ended.recorded_at, recorded_at__lte=ending.recorded_at
    )
    return {row.code: row for row in rows.select_related("recorded_by").order_by("pk")}


def plan_before(ending: Ending) -> StepDown | None:
    """How contact became less before keyworking ended."""
    rows = StepDown.objects.filter(
        person_id=ending.person_id, recorded_at__gte=ending.allocation.recorded_at, recorded_at__lte=ending.recorded_at
    )
    return rows.select_related("person").order_by("-pk").first()


def newest_marks(person: Person) -> dict[str, CriterionMark]:
    """The newest of each criterion; what was said before keyworking last ended counts no more."""
    ended = Ending.objects.filter(about(person), supersedes=None).order_by("-pk").values("recorded_at")[:1]
    rows = CriterionMark.objects.filter(about(person)).annotate(ended_at=Subquery(ended))
    rows = rows.filter(Q(ended_at=None) | Q(recorded_at__gt=F("ended_at")))
    return {row.code: row for row in rows.select_related("recorded_by").order_by("pk")}


@dataclass(frozen=True, slots=True)
class Rated:
    """The colour that stands for somebody, the highest of their lists, and the day since which it has stood."""

    colour: str
    since: date


def rated_now(person: Person) -> Rated | None:
    """None for whoever is on no register or was never rated."""
    rows = Rating.objects.filter(
        about(person), entry__removed_on=None, entry__superseded_by=None, standing=Rating.Standing.DECIDED
    )
    stands: dict[int, Rated] = {}
    for entry, colour, at in rows.order_by("rated_at", "pk").values_list("entry_id", "colour", "rated_at"):
        if entry not in stands or stands[entry].colour != colour:
            stands[entry] = Rated(colour, at.astimezone(LONDON).date())
    ranks = (*AT_RISK, Colour.GREEN)
    return min(stands.values(), key=lambda one: ranks.index(one.colour), default=None)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of an area. is_own: the area's own wording. mark: what was last said of it."""

    code: str
    words: str
    is_own: bool
    mark: CriterionMark | None = None


def criteria_of(icb_id: int, marks: dict[str, CriterionMark] | None = None) -> list[Criterion]:
    """Those that count in this area, in order: ours, as it words them or leaves them out, then its own."""
    rows = StepDownCriterion.objects.filter(icb=icb_id).order_by("pk")
    own = {row.code: row for row in rows}
    said = marks or {}
    found = [
        Criterion(code, own[code].words if code in own else words, code in own, said.get(code))
        for code, words in CRITERIA
        if code not in own or own[code].is_used
    ]
    ours = {code for code, _ in CRITERIA}
    more = [row for row in own.values() if row.code not in ours and row.is_used]
    return found + [Criterion(row.code, row.words, True, said.get(row.code)) for row in more]


def steps_of(plan: StepDown) -> list[Step]:
    return [Step(date.fromisoformat(day), days) for day, days in plan.steps]


def kept_of(plan: StepDown, person: Person, today: date) -> list[Kept]:
    """What was planned beside what happened: contacts with the young person or the family."""
    rows = Contact.objects.filter(
        about(person), reached=True, with_whom__overlap=["young_person", "family"], superseded_by=None
    )
    since = datetime.combine(plan.starts_on, datetime.min.time(), LONDON)
    before = rows.filter(happened_at__lt=since).order_by("-happened_at").values("happened_at")[:1]
    made = rows.filter(happened_at__gte=Coalesce(Subquery(before), since)).values_list("happened_at", flat=True)
    days = [at.astimezone(LONDON).date() for at in made]
    return kept_steps(steps_of(plan), days, plan.closed_on, today)


def exit_answers(me: Me, person: Person) -> list[ExitAnswer]:
    """The newest of each voice and name."""
    rows = ExitAnswer.objects.visible_to(me).filter(about(person), superseded_by=None).order_by("pk")
    newest = {(row.voice, row.name): row for row in rows.select_related("recorded_by")}
    return list(newest.values())


def questions_of(ending: Ending) -> list[AfterQuestion]:
    """Each with what was sent last: one that went to a wrong number was sent again."""
    rows = AfterQuestion.objects.filter(ending__allocation=ending.allocation_id).order_by("number", "pk")
    return list({row.number: row for row in rows}.values())


def may_be_asked(person: Person) -> bool:
    """Whether the newest answer about being asked afterwards is a yes."""
    rows = Consent.objects.filter(about(person), purpose=Consent.Purpose.AFTERWARDS, superseded_by=None)
    newest = rows.order_by("-pk").values_list("answer", flat=True).first()
    return newest == Consent.Answer.GIVEN


def find_adult_lead(person: Person) -> AdultLead | None:
    return AdultLead.objects.filter(about(person)).select_related("recorded_by").order_by("-pk").first()


def list_joint_meetings(person: Person) -> list[JointMeeting]:
    return list(JointMeeting.objects.filter(about(person), superseded_by=None).order_by("-happened_at", "-pk")[:MOST])


@dataclass(frozen=True, slots=True)
class Ended:
    """One ending of the area. back_on: when a keyworker was named again; is_back: that was within twelve months."""

    ending: Ending
    back_on: date | None

    @property
    def is_back(self) -> bool:
        return came_back_within(self.ending.ended_on, self.back_on)


def list_endings(me: Me, icb_id: int, *, most: int, before: int | None = None) -> list[Ended]:
    """Those of the area, the newest first; one more than `most` when there are more. One statement."""
    rows = _with_return(Ending.objects.visible_to(me).filter(recorded_icb=icb_id, superseded_by=None))
    if before:
        rows = rows.filter(pk__lt=before)
    found = rows.select_related("person", "allocation__worker").order_by("-pk")[: most + 1]
    return [Ended(row, row.back_on) for row in found]


def _with_return(rows: Any) -> Any:
    again = (
        Allocation.objects.filter(
            person=OuterRef("person"), part=DESIGNATED, superseded_by=None, pk__gt=OuterRef("allocation_id")
        )
        .order_by()
        .values("person")
        .annotate(first=Min("from_date"))
        .values("first")
    )
    return rows.annotate(back_on=Subquery(again))


@dataclass(frozen=True, slots=True)
class Counted:
    """Endings of the last year, and of those as many as came back within twelve months."""

    ended: int
    came_back: int
    told: int


def count_endings(me: Me, icb_id: int, today: date) -> Counted:
    """Of keyworking that ended in the last twelve months. One statement."""
    since = months_after(today, -BACK_WITHIN)
    rows = _with_return(
        Ending.objects.visible_to(me).filter(recorded_icb=icb_id, superseded_by=None, ended_on__gt=since)
    )
    found = list(rows.values_list("ended_on", "back_on", "told"))
    return Counted(
        len(found),
        sum(came_back_within(ended, back) for ended, back, _ in found),
        sum(told != Ending.Told.NOT_TOLD for *_, told in found),
    )

"""Reading reviews that are being organised."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from alongside.features.people.models import Circumstance, Consent, Person
from alongside.features.people.queries import about
from alongside.features.reviews.models import (
    PanelLink,
    PanelMember,
    PlannedReview,
    PlannedStep,
    Review,
    ReviewCheck,
    ReviewInvite,
    ReviewPaper,
)
from alongside.features.reviews.models.planned import KINDS, OPEN
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.clock import LONDON
from alongside.policy.planned_reviews import Seat

#: What the answers to a planned review are called in the ledger.
REVIEW, FAMILY = "review", "review_family"
_ANSWERS = (REVIEW, FAMILY)


def list_planned(me: Me, person: Person) -> list[PlannedReview]:
    """All of them, the open ones first, then the newest."""
    rows = PlannedReview.objects.visible_to(me).filter(about(person), superseded_by=None)
    found = list(rows.select_related("recorded_by", "stay", "review").order_by("-pk")[:100])
    return sorted(found, key=lambda one: one.state not in OPEN)


def find_planned(me: Me, person: Person, number: int) -> PlannedReview | None:
    rows = PlannedReview.objects.visible_to(me).filter(about(person), pk=number, superseded_by=None)
    return rows.select_related("person", "stay", "review", "recorded_by").first()


def find_open_of_stay(me: Me, stay_id: int, kind: str) -> PlannedReview | None:
    """The review of this kind that is being organised in a stay."""
    rows = PlannedReview.objects.visible_to(me).filter(stay=stay_id, kind=kind, state__in=OPEN, superseded_by=None)
    return rows.order_by("pk").first()


def list_held(me: Me, person: Person) -> list[Review]:
    """Care, education and treatment reviews that were held, the newest first."""
    rows = Review.objects.visible_to(me).filter(about(person), kind__in=KINDS, superseded_by=None)
    return list(rows.order_by("-held_at", "-pk")[:100])


def recorded_already(planned: PlannedReview, held_at: datetime) -> Review | None:
    """A held review of the same kind and day that belongs to no plan yet: by the short form of what was due."""
    on = held_at.astimezone(LONDON).date()
    rows = Review.objects.filter(about(planned.person), kind=planned.kind, superseded_by=None, planned=None)
    return next((row for row in rows.order_by("pk") if row.held_at.astimezone(LONDON).date() == on), None)


def late_words(review: Review) -> str:
    """Why it was held after its limit, where that was written down when it was held."""
    found = PlannedReview.objects.filter(review=review).exclude(reason="").values_list("because", flat=True).first()
    return found or ""


def list_emergencies(me: Me, person: Person) -> list[Review]:
    """Emergency meetings as evidence: none of them counts as a review. The newest first."""
    rows = Review.objects.visible_to(me).filter(about(person), kind=Review.Kind.EMERGENCY, superseded_by=None)
    return list(rows.order_by("-held_at", "-pk")[:10])


def is_agreed(planned: PlannedReview) -> bool:
    """Whether the ledger says yes to this review now. The database asks the same question of every paper."""
    with connection.cursor() as cursor:
        cursor.execute("select reviews_is_agreed(%s)", [planned.pk])
        return bool(cursor.fetchone()[0])


def sits_on_panel(me: Me, planned: PlannedReview) -> bool:
    """Whether whoever asks has a seat on it in their own name."""
    return gate_of(planned)[1]


def gate_of(planned: PlannedReview) -> tuple[bool, bool]:
    """(agreed to, whether whoever asks sits on the panel), as the database sees both."""
    with connection.cursor() as cursor:
        cursor.execute("select reviews_is_agreed(%s), reviews_on_panel(%s)", [planned.pk, planned.pk])
        agreed, seated = cursor.fetchone()
    return bool(agreed), bool(seated)


def answers_of(me: Me, planned: PlannedReview) -> dict[str, Consent]:
    """The newest answer about the review, and the one about inviting family, where this reader may see them."""
    return _newest(Consent.objects.visible_to(me), planned)


def may_family_come(planned: PlannedReview) -> bool:
    """Whether the newest answer about inviting family is a yes; also for whoever may not read what was agreed."""
    return planned.pk in with_family([planned])


def with_family(planned: Sequence[PlannedReview]) -> set[int]:
    """The numbers of those to which the young person wants their family to come. As the engine, in one statement."""
    with context.as_engine():
        rows = Consent.objects.filter(
            person__in={one.person_id for one in planned}, purpose=Consent.Purpose.REVIEW, recipient_kind=FAMILY,
            recipient_id__in=[one.pk for one in planned], superseded_by=None,
        )  # fmt: skip
        newest = {row.recipient_id: row.answer for row in sorted(rows, key=_when)}
    return {number for number, answer in newest.items() if answer == Consent.Answer.GIVEN and number is not None}


def _newest(answers: QuerySet[Consent], planned: PlannedReview) -> dict[str, Consent]:
    rows = answers.filter(
        person=planned.person_id, purpose=Consent.Purpose.REVIEW, recipient_kind__in=_ANSWERS,
        recipient_id=planned.pk, superseded_by=None,
    )  # fmt: skip
    return {row.recipient_kind: row for row in sorted(rows, key=_when)}


def _when(answer: Consent) -> tuple[date, datetime, int]:
    return (answer.decided_on or answer.recorded_at.date(), answer.happened_at, answer.pk)


def list_panel(planned: PlannedReview) -> list[PanelMember]:
    """Who sits on it now, in the order of the seats."""
    order = {part: number for number, part in enumerate(PanelMember.Part.values)}
    rows = PanelMember.objects.filter(planned=planned, left_at=None).select_related("expert")
    return sorted(rows, key=lambda one: (order[one.part], one.pk))


def seats_of(panel: Sequence[PanelMember]) -> list[Seat]:
    return [
        Seat(
            one.part,
            one.independent,
            one.conflict,
            bool(one.settled),
            one.answer != PanelMember.Answer.NO,
            one.is_checked,
        )
        for one in panel
    ]


def list_not_asked(planned: PlannedReview, panel: Sequence[PanelMember]) -> list[PanelMember]:
    """Who came onto the panel after the invitations went out and has neither a link nor said whether they come.

    The same question as in `overview/engine/pieces/planned_reviews.sql`.
    """
    at = planned.invited_at
    late = [one for one in panel if at is not None and one.recorded_at > at and not one.answer]
    if not late:
        return []
    with context.as_engine():
        links = PanelLink.objects.filter(member__in=late, ended_at=None)
        asked = set(links.values_list("member_id", flat=True))
    return [one for one in late if one.pk not in asked]


def has_somebody_to_ask(planned: PlannedReview) -> bool:
    """Whether anybody has a seat or is invited."""
    panel = PanelMember.objects.filter(planned=planned, left_at=None)
    return panel.exists() or ReviewInvite.objects.filter(planned=planned, superseded_by=None).exists()


def has_papers(planned: PlannedReview) -> bool:
    """Whether any paper is circulated, also for whoever may open none."""
    with context.as_engine():
        return papers_of(planned).exists()


def list_steps(planned: PlannedReview) -> list[PlannedStep]:
    return list(PlannedStep.objects.filter(planned=planned).select_related("recorded_by").order_by("-pk"))


def list_invites(planned: PlannedReview) -> list[ReviewInvite]:
    return list(ReviewInvite.objects.filter(planned=planned, superseded_by=None).order_by("pk"))


def newest_checks(planned: PlannedReview) -> dict[str, ReviewCheck]:
    rows = ReviewCheck.objects.filter(planned=planned).select_related("recorded_by").order_by("pk")
    return {row.line: row for row in rows}


def papers_of(planned: PlannedReview) -> QuerySet[ReviewPaper]:
    """Those that whoever asks may open now: the database decides. Nothing, and no number, for anybody else."""
    return ReviewPaper.objects.filter(planned=planned, taken_back_at=None, superseded_by=None).order_by("pk")


def chair_of(planned: PlannedReview) -> PanelMember | None:
    return PanelMember.objects.filter(planned=planned, part=PanelMember.Part.CHAIR, left_at=None).first()


def plan_days(me: Me, person: Person) -> list[tuple[date | None, date | None]]:
    """First and last day of each EHC plan that this reader may know of."""
    rows = Circumstance.objects.visible_to(me).filter(
        about(person), kind=Circumstance.Kind.EHC_PLAN, superseded_by=None
    )
    return list(rows.values_list("from_date", "to_date"))

"""Reading reviews that were held."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.reviews.models import (
    OversightCase,
    OversightPanel,
    QualityScore,
    Recipient,
    ReportFace,
    Review,
    ReviewFeedback,
    ReviewReport,
    WriteUp,
)
from alongside.foundation.access.me import Me


def find_review(me: Me, person: Person, number: int) -> Review | None:
    """A held review of this person, with its write-up where it has one; None outside scope."""
    rows = Review.objects.visible_to(me).filter(about(person), pk=number)
    return rows.select_related("write_up__line_set", "write_up__written_up_by", "person__icb", "stay").first()


def write_up_of(review: Review) -> WriteUp | None:
    """None for what isn't a C(E)TR, and for whoever doesn't read the team's own notes."""
    found: WriteUp | None = getattr(review, "write_up", None)
    if found is not None:
        found.review = review
    return found


def list_reports(me: Me, review: Review) -> list[ReviewReport]:
    """Every version, the newest first."""
    return list(
        ReviewReport.objects.visible_to(me).filter(review=review).order_by("-number").select_related("recorded_by")
    )


def find_face(me: Me, review: Review, number: int, face: str) -> ReportFace | None:
    rows = ReportFace.objects.visible_to(me).filter(report__review=review, report__number=number, face=face)
    return rows.select_related("report").first()


def newest_faces(me: Me, person: Person, faces: Sequence[str]) -> list[ReviewReport]:
    """The newest report of each review of a person with these faces, the newest review first. Two statements."""
    kept = ReportFace.objects.visible_to(me).filter(face__in=list(faces))
    rows: QuerySet[ReviewReport] = ReviewReport.objects.visible_to(me).filter(about(person))
    rows = rows.select_related("review").prefetch_related(Prefetch("faces", queryset=kept))
    newest: dict[int, ReviewReport] = {}
    for row in rows.order_by("number"):
        newest[row.review_id] = row
    return sorted(newest.values(), key=lambda one: one.review.held_at, reverse=True)


def around(me: Me, review: Review, *, reported: bool) -> dict[str, Any]:
    """How it was, the panel; and of one that was reported: who got the report, and how good the review was."""
    found: dict[str, Any] = {
        "feedback": list(ReviewFeedback.objects.visible_to(me).filter(review=review).order_by("-pk")),
        "cases": list(
            OversightCase.objects.visible_to(me).filter(review=review).select_related("panel").order_by("-pk")
        ),
    }
    if reported:
        found["recipients"] = list(Recipient.objects.visible_to(me).filter(review=review).order_by("pk"))
        found["quality"] = QualityScore.objects.visible_to(me).filter(review=review).order_by("-pk").first()
    return found


def list_cases(me: Me, areas: Sequence[int]) -> list[OversightCase]:
    """Reviews that wait for the panel, the oldest first; then those decided last."""
    rows = OversightCase.objects.visible_to(me).filter(recorded_icb__in=list(areas))
    rows = rows.select_related("person", "review", "panel")
    return [
        *rows.filter(decided_at=None).order_by("pk")[:200],
        *rows.exclude(decided_at=None).order_by("-decided_at")[:50],
    ]


def list_panels(areas: Sequence[int]) -> list[OversightPanel]:
    """The newest first."""
    return list(OversightPanel.objects.filter(icb__in=list(areas)).order_by("-held_on")[:20])

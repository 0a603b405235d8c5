"""What was not done in time before a review: told on its page once it began or was called off."""

from datetime import datetime

from alongside.features.people.models import Consent
from alongside.features.reviews.holding.report import rules_of
from alongside.features.reviews.models import PlannedReview, PlannedStep, WriteUp
from alongside.features.reviews.organising import queries
from alongside.foundation.access.me import Me
from alongside.policy.counting import end_of_day
from alongside.policy.duties.planned_reviews import not_in_time
from alongside.policy.planned_reviews import Prepared, missing_from_panel

_S = PlannedReview.State
_CALLED_OFF = (_S.NOT_HELD, _S.CANCELLED, _S.REPLACED)


def list_not_in_time(me: Me, planned: PlannedReview, *, now: datetime) -> tuple[str, ...]:
    """In sentences; nothing while its day is ahead, or where it never had one."""
    starts = planned.starts_at
    if starts is None:
        return ()
    until = min(starts, planned.state_at) if planned.state in _CALLED_OFF else starts
    if planned.state not in _CALLED_OFF and starts > now:
        return ()
    prepared = Prepared(
        starts_at=starts,
        since=_given_its_day(planned),
        until=until,
        agreed_at=_agreed_at(me, planned),
        invited_at=planned.invited_at,
        papers_at=planned.papers_at,
        missing=missing_from_panel(queries.seats_of(queries.list_panel(planned))),
    )
    return not_in_time(prepared, *rules_of(planned.person.icb.code))


def not_in_time_before(me: Me, write_up: WriteUp, *, now: datetime) -> tuple[str, ...]:
    """The same of a review that was held; nothing of one that was never organised here."""
    if not write_up.planned_number:
        return ()
    rows = PlannedReview.objects.visible_to(me).filter(review=write_up.review_id).select_related("person__icb")
    planned = rows.first()
    return list_not_in_time(me, planned, now=now) if planned else ()


def _given_its_day(planned: PlannedReview) -> datetime:
    rows = PlannedStep.objects.filter(planned=planned, kind=PlannedStep.Kind.DATED).order_by("-pk")
    return rows.values_list("happened_at", flat=True).first() or planned.state_at


def _agreed_at(me: Me, planned: PlannedReview) -> datetime | None:
    """When the yes that stands was said. Whoever may not read it learns only whether there is one."""
    said = queries.answers_of(me, planned).get(queries.REVIEW)
    if said is None:
        return planned.recorded_at if queries.is_agreed(planned) else None
    if said.answer != Consent.Answer.GIVEN:
        return None
    return end_of_day(said.decided_on) if said.decided_on else said.recorded_at

"""The facts behind what is due about requests for a record. Read as the engine."""

from collections.abc import Iterator, Sequence

from alongside.overview.subject_access.models import AccessRequest
from alongside.policy.duties import SubjectAccessFacts


def read_matters(ids: Sequence[int]) -> Iterator[SubjectAccessFacts]:
    """Each belongs to whoever in information governance took it in; where they have left, to the register team.

    Once all is checked, to the second person as well, until they have said yes.
    """
    for one in AccessRequest.objects.filter(pk__in=ids).select_related("handler", "second"):
        yield SubjectAccessFacts(
            kind="subject_access",
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.recorded_at,
            closed_at=one.closed_at,
            owner_actor=None if one.handler.left_on else one.handler_id,
            reference=one.reference,
            received_on=one.received_on,
            longer=one.complex_told_on is not None,
            checked_at=None if one.approved_at else one.checked_at,
            second=None if one.second.left_on else one.second_id,
        )


def list_matter_ids(icb_id: int | None) -> list[int]:
    rows = AccessRequest.objects.all()
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))

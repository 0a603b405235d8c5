"""The facts behind what is due about disposals. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Count

from alongside.overview.retention.models import Proposal
from alongside.policy.duties import DisposalFacts


def read_matters(ids: Sequence[int]) -> Iterator[DisposalFacts]:
    """Each waits for the second person's yes or no."""
    for one in Proposal.objects.filter(pk__in=ids).annotate(people=Count("records")):
        yield DisposalFacts(
            kind="disposal",
            id=one.pk,
            icb_id=one.icb_id,
            opened_at=one.proposed_at,
            closed_at=one.decided_at,
            owner_actor=one.second_id,
            people=one.people,
        )


def list_matter_ids(icb_id: int | None) -> list[int]:
    rows = Proposal.objects.all()
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))

"""The facts behind what is due about inpatient files. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q

from alongside.exchange.inpatients.models import InpatientFile, InpatientLine
from alongside.exchange.inpatients.operations import KIND
from alongside.policy.duties import InpatientFileFacts

WAITS = Q(lines__decision="") & ~Q(lines__outcome=InpatientLine.Outcome.MATCH)


def read_files(ids: Sequence[int]) -> Iterator[InpatientFileFacts]:
    """Files with how many of their rows wait. One statement."""
    for file in InpatientFile.objects.filter(pk__in=ids).annotate(waiting=Count("lines", filter=WAITS)).order_by("pk"):
        yield InpatientFileFacts(
            kind=KIND, id=file.pk, icb_id=file.icb_id, opened_at=file.compared_at, waiting=file.waiting, guard=0
        )


def list_files(icb_id: int | None) -> list[int]:
    rows = InpatientFile.objects.all()
    return list((rows.filter(icb_id=icb_id) if icb_id else rows).values_list("pk", flat=True))

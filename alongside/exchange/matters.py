"""The facts behind what is due about imported sheets. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Count

from alongside.exchange.models import ImportRun
from alongside.exchange.queries import WAITS
from alongside.policy.duties import ImportFacts


def read_imports(ids: Sequence[int]) -> Iterator[ImportFacts]:
    """Sheets that are in the register, each with how many of its rows wait. One statement."""
    runs = ImportRun.objects.filter(pk__in=ids, state=ImportRun.State.DONE, finished_at__isnull=False)
    for run in runs.annotate(waiting=Count("rows", filter=WAITS, distinct=True)).order_by("pk"):
        yield ImportFacts(
            kind="import",
            id=run.pk,
            icb_id=run.icb_id,
            opened_at=run.finished_at or run.started_at,
            file_name=run.file_name,
            waiting=run.waiting,
        )


def list_imports(icb_id: int | None) -> list[int]:
    runs = ImportRun.objects.filter(state=ImportRun.State.DONE)
    return list((runs.filter(icb_id=icb_id) if icb_id else runs).values_list("pk", flat=True))

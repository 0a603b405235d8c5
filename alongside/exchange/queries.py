"""Reading imports. Nobody outside the register team of the ICB sees that there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from alongside.exchange.access import import_areas
from alongside.exchange.models import ImportDifference, ImportRow, ImportRun
from alongside.foundation.access.me import Me

ROWS_ON_A_PAGE = 50
RUNS_SHOWN = 20


def get_run(me: Me, run_id: int, *, lock: bool = False) -> ImportRun:
    """An import of an ICB whose register `me` may import; Http404 for any other."""
    runs = ImportRun.objects.filter(icb_id__in=import_areas(me)).select_related("icb", "started_by")
    runs = runs.select_for_update(of=("self",)) if lock else runs.select_related("work").defer("work__content")
    run = runs.filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run


def list_runs(me: Me) -> list[ImportRun]:
    """The newest imports."""
    runs = ImportRun.objects.filter(icb_id__in=import_areas(me)).select_related("icb", "started_by")
    return list(runs.order_by("-id")[:RUNS_SHOWN])


def has_work(run: ImportRun) -> bool:
    """Whether the bytes of the file are still here, so that it can be checked again."""
    return hasattr(run, "work")


@dataclass(frozen=True)
class RowPage:
    """Some rows in the order of the sheet, and the row numbers from which the pages beside this one go on."""

    rows: Sequence[ImportRow]
    before: int | None
    after: int | None


def read_rows(run: ImportRun, *, outcome: str = "", after: int = 0, before: int = 0) -> RowPage:
    """A page of rows; `after` and `before` are row numbers."""
    rows = ImportRow.objects.filter(run=run)
    if outcome:
        rows = rows.filter(outcome=outcome)
    rows = rows.annotate(to_decide=Count("differences", filter=Q(differences__decision="")))
    if before:
        found = list(rows.filter(number__lt=before).order_by("-number")[: ROWS_ON_A_PAGE + 1])
        more_before, more_after = len(found) > ROWS_ON_A_PAGE, True
        found = found[:ROWS_ON_A_PAGE][::-1]
    else:
        found = list(rows.filter(number__gt=after).order_by("number")[: ROWS_ON_A_PAGE + 1])
        more_before, more_after = after > 0, len(found) > ROWS_ON_A_PAGE
        found = found[:ROWS_ON_A_PAGE]
    first = found[0].number if found and more_before else None
    last = found[-1].number if found and more_after else None
    return RowPage(found, first, last)


def waiting_rows(me: Me) -> QuerySet[ImportRow]:
    """Rows of finished imports about which somebody must decide: who it is, or which of two facts is right."""
    unsettled = Q(outcome=ImportRow.Outcome.REVIEW, settled_at=None)
    differing = Q(pk__in=ImportDifference.objects.filter(decision="", icb_id__in=import_areas(me)).values("row_id"))
    return ImportRow.objects.filter(
        unsettled | differing, icb_id__in=import_areas(me), run__state=ImportRun.State.DONE
    ).select_related("run")


def get_row(me: Me, row_id: int) -> ImportRow:
    """A row of a finished import within scope; Http404 for any other."""
    row = (
        ImportRow.objects.filter(pk=row_id, icb_id__in=import_areas(me), run__state=ImportRun.State.DONE)
        .select_related("run", "settled_by")
        .first()
    )
    if row is None:
        raise Http404
    return row

"""Reading imports. Nobody outside the register team of the ICB sees that there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import Http404

from alongside.exchange.access import import_areas
from alongside.exchange.models import ImportDifference, ImportRow, ImportRun
from alongside.foundation.access.me import Me

ROWS_ON_A_PAGE = 50
RUNS_SHOWN = 20
#: What comes first on the page of rows, and how far apart the places of one kind and the next begin.
FIRST = NEEDS = (ImportRow.Outcome.REVIEW, ImportRow.Outcome.REFUSED)
A_RANK = 10_000_000


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
    """Some rows in order, and the places from which the pages beside this one go on (see `read_rows`)."""

    rows: Sequence[ImportRow]
    before: int | None
    after: int | None


def read_rows(run: ImportRun, *, outcome: str = "", after: int = 0, before: int = 0) -> RowPage:
    """A page of rows: those that need somebody first, then the others, each in the order of the sheet.

    `after` and `before` are places in that order: the row number, and so many more for what comes later.
    """
    place = Case(*(When(outcome=name, then=F("number") + rank * A_RANK) for rank, name in enumerate(FIRST)),
                 default=F("number") + len(FIRST) * A_RANK)  # fmt: skip
    rows = ImportRow.objects.filter(run=run).annotate(place=place)
    if outcome:
        rows = rows.filter(outcome=outcome)
    rows = rows.annotate(to_decide=Count("differences", filter=Q(differences__decision="")))
    if before:
        found = list(rows.filter(place__lt=before).order_by("-place")[: ROWS_ON_A_PAGE + 1])
        more_before, more_after = len(found) > ROWS_ON_A_PAGE, True
        found = found[:ROWS_ON_A_PAGE][::-1]
    else:
        found = list(rows.filter(place__gt=after).order_by("place")[: ROWS_ON_A_PAGE + 1])
        more_before, more_after = after > 0, len(found) > ROWS_ON_A_PAGE
        found = found[:ROWS_ON_A_PAGE]
    first = found[0].place if found and more_before else None
    last = found[-1].place if found and more_after else None
    return RowPage(found, first, last)


#: Of a run's rows: those that need somebody to say who it is, that could not be taken, or that differ from the record.
WAITS = Q(rows__outcome__in=NEEDS, rows__settled_at=None) | Q(
    rows__differences__isnull=False, rows__differences__decision=""
)


def waiting_rows(me: Me, run_id: int = 0) -> QuerySet[ImportRow]:
    """Rows of finished imports about which somebody must decide: who it is, which of two facts is right, what to do."""
    unsettled = Q(outcome__in=NEEDS, settled_at=None)
    differing = Q(pk__in=ImportDifference.objects.filter(decision="", icb_id__in=import_areas(me)).values("row_id"))
    rows = ImportRow.objects.filter(
        unsettled | differing, icb_id__in=import_areas(me), run__state=ImportRun.State.DONE
    ).select_related("run")
    return rows.filter(run_id=run_id) if run_id else rows


def waits_refused(run: ImportRun) -> int:
    """How many rows of a run could not be taken and wait for somebody to say what was done about them."""
    return ImportRow.objects.filter(run=run, outcome=ImportRow.Outcome.REFUSED, settled_at=None).count()


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

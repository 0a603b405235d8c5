"""Rows of an import that became nobody's record are kept for a time, and then go by the same two people."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.models import History
from alongside.foundation.recording.recording import recording
from alongside.foundation.recording.verify import verify_audit
from alongside.overview.retention.imports import list_imports
from alongside.overview.retention.models import ProposedRecord
from alongside.overview.retention.operations import propose
from alongside.overview.retention.tests.test_disposal import approve, client_of, lets_go, proposed
from alongside.overview.retention.tests.test_disposal import northmoor as long_there
from tests.cast import Area, acting_as, add_registered

northmoor = long_there
#: Kept through 3 March 2026: twelve months.
IMPORTED = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
LAST = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LAST + timedelta(days=1))


def imported(area: Area, *, outcome: str = "refused", settled: bool = True) -> Any:
    """A sheet with one row of somebody, and one that became nobody's."""
    person, _ = add_registered(area, at=IMPORTED)
    runs, rows = apps.get_model("exchange", "ImportRun"), apps.get_model("exchange", "ImportRow")
    by = area.actors["coordinator"]
    with acting_as(by, IMPORTED) as me, recording(by=me, at=IMPORTED) as note:
        run = runs.objects.create(
            icb=area.icb, file_name="x.csv", sha256="0" * 64, state="done", started_by=by, started_at=IMPORTED,
            finished_at=IMPORTED,
        )  # fmt: skip
        rows.objects.create(
            run=run, icb=area.icb, number=1, outcome="created", person_id=person.pk, raw={"Name": "Kai Moss"}
        )
        known = {"settled_at": IMPORTED, "settled_by": by, "settled_how": "Left out"} if settled else {}
        rows.objects.create(
            run=run, icb=area.icb, number=2, outcome=outcome, shown_name="Ola Nobody", raw={"Name": "Ola Nobody"},
            sentences=["Ola Nobody was born tomorrow."], fingerprint="f", **known,
        )  # fmt: skip
        note("import.done", words="Imported.", icb_id=area.icb.pk, subject="import", subject_id=run.pk)
    return run


def texts() -> str:
    with context.as_engine():
        rows = apps.get_model("exchange", "ImportRow").objects.values_list("raw", "shown_name", "sentences")
        return str(list(rows)) + str(list(History.objects.values_list("before", "after")))


def test_they_go_by_two_people_also_from_the_history_and_what_is_somebodys_stays(
    northmoor: Area, settings: Any, tmp_path: Path
) -> None:
    settings.AUDIT_ROOTS = tmp_path / "roots.log"
    run = imported(northmoor)
    page = client_of(northmoor.actors["governance"]).get("/retention").content.decode()
    assert f"Import {run.pk}" in page and "12 months" in page
    proposal = proposed(northmoor)
    approve(northmoor, proposal)
    assert "Ola Nobody" in texts()
    assert lets_go(northmoor, proposal).status_code == 302
    with context.as_engine():
        (record,) = ProposedRecord.objects.all()
    assert (record.kind, record.outcome, record.rows_gone) == ("import", "gone", 1)
    assert "Ola Nobody" not in texts() and "Kai Moss" in texts()
    assert list_imports(northmoor.icb.pk, "TNM") == []


@pytest.mark.parametrize(("days", "may_go"), [(0, False), (1, True)])
def test_they_are_kept_through_their_last_day(northmoor: Area, days: int, may_go: bool) -> None:
    imported(northmoor)
    (record,) = list_imports(northmoor.icb.pk, "TNM")
    assert record.may_go((LAST + timedelta(days=days)).date()) is may_go


def test_a_row_that_waits_for_a_decision_is_kept(northmoor: Area) -> None:
    run = imported(northmoor, outcome="review", settled=False)
    (record,) = list_imports(northmoor.icb.pk, "TNM")
    assert record.kept.value is None and "waits for a decision" in record.kept.because
    governance = northmoor.actors["governance"]
    with acting_as(governance, clock.now()) as me, pytest.raises(NotNow), recording(by=me, at=clock.now()) as note:
        propose(
            note, icb_id=northmoor.icb.pk, icb_code="TNM", numbers=[], runs=[run.pk],
            second_id=northmoor.actors["manager"].pk, today=clock.today(), by=me,
        )  # fmt: skip


def test_another_area_sees_none_of_it(northmoor: Area, saltby: Area) -> None:
    run = imported(northmoor)
    page = client_of(saltby.actors["governance"]).get("/retention").content.decode()
    assert f"Import {run.pk}" not in page
    assert list_imports(saltby.icb.pk, "TSB") == []


def test_the_audit_is_whole_afterwards(northmoor: Area, settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_ROOTS = tmp_path / "roots.log"
    imported(northmoor)
    proposal = proposed(northmoor)
    approve(northmoor, proposal)
    lets_go(northmoor, proposal)
    verdict = verify_audit()
    assert not verdict.tampered

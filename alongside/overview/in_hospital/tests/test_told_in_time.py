"""The area's figure: keyworkers told in time of an admission, by the rule of the duty, on both sides of its number."""

from datetime import date, datetime, timedelta

import pytest

from alongside.features.hospital.inpatient import overseeing
from alongside.features.hospital.models import Stay
from alongside.foundation.access import context
from alongside.overview.in_hospital.tests.test_pages import in_hospital, write
from alongside.overview.in_hospital.told_in_time import count_told
from alongside.overview.officer_numbers import TOLD, count_area
from tests.cast import Area
from tests.stories.telling import at, on, staff, words

pytestmark = pytest.mark.django_db


def knows(area: Area, stay: Stay, moment: datetime) -> None:
    worker = area.actors["keyworker"].pk
    write(area, overseeing.know_admission, stay, moment, role="manager", keyworker_id=worker, how="Rung")


def counted(area: Area, moment: datetime) -> tuple[int, int, int]:
    with context.as_engine():
        found = count_told(Stay.objects.all(), area.icb.code, moment)
    return found.in_time, found.late, found.waiting


def test_one_working_day_after_the_recording_is_in_time_and_the_day_after_is_late(northmoor: Area) -> None:
    # Recorded on Wednesday 3 June 2026: the keyworker knows by the end of Thursday.
    early, late, silent = (in_hospital(northmoor, name) for name in ("Jordan", "Sky", "Robin"))
    assert counted(northmoor, at(4, 6, 23)) == (0, 0, 3)
    knows(northmoor, early, at(4, 6, 23))
    assert counted(northmoor, at(4, 6, 23)) == (1, 0, 2)
    knows(northmoor, late, at(5, 6, 1))
    assert counted(northmoor, at(5, 6, 2)) == (1, 2, 0)
    assert silent.discharged_at is None


def test_who_has_no_keyworker_and_what_was_no_news_are_not_counted(northmoor: Area) -> None:
    in_hospital(northmoor, "Jordan", keyworker=False)
    assert counted(northmoor, at(10, 6)) == (0, 0, 0)
    in_hospital(northmoor, "Sky", days_ago=28)
    assert counted(northmoor, at(10, 6)) == (0, 1, 0)
    in_hospital(northmoor, "Robin", days_ago=29)
    assert counted(northmoor, at(10, 6)) == (0, 1, 1)


def test_the_figure_looks_back_twelve_months(northmoor: Area) -> None:
    in_hospital(northmoor)
    day = datetime(2027, 6, 3, 12, tzinfo=at(3, 6).tzinfo)
    assert counted(northmoor, day) == (0, 1, 0)
    assert counted(northmoor, day + timedelta(days=1)) == (0, 0, 0)


def test_those_who_run_the_area_and_its_officer_see_it_with_its_rule(northmoor: Area) -> None:
    stays = [in_hospital(northmoor, name) for name in ("Jordan", "Sky")]
    knows(northmoor, stays[0], at(4, 6))
    with on(8, 6):
        for role in ("manager", "commissioner", "coordinator"):
            page = words(staff(northmoor, role).get("/hospital"))
            assert "<strong>1 of 2</strong> since 8 June 2025; 1 later, or not so far" in page, role
            assert "within 1 working day of when it was recorded" in page and "/rules#admission_known" in page
            assert "a local default" in page
        assert "Keyworkers told in time" not in words(staff(northmoor, "keyworker").get("/hospital"))
    assert dict(count_area(northmoor.icb.pk, at(8, 6)))[TOLD] == 1
    assert date(2026, 6, 8).isoweekday() == 1

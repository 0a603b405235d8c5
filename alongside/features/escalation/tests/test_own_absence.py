"""An officer writes down their own absence, and who decides meanwhile."""

from datetime import date, timedelta

import pytest

from alongside.features.actions.tests.test_pages import a_day, browser, send, text_of
from alongside.features.escalation.models import Officer, OfficerAbsence
from alongside.features.escalation.officers import say_own_away
from alongside.features.escalation.tests.conftest import act, named, raised, whose
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import Refused
from tests.cast import NOW, Area

pytestmark = pytest.mark.django_db
DAYS = a_day("first", 23, 11, 2026) | a_day("last", 27, 11, 2026)
MONDAY = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_an_officer_is_away_and_the_deputy_who_is_named_decides(northmoor: Area, kai: Person, officer: Officer) -> None:
    deputy = named(northmoor, deputy=True, name="Mo Dale", post="Deputy", place="Moor Council", phone="01632 960000")
    made = raised(northmoor, kai, at=MONDAY)
    senior, page = browser(northmoor, "senior_officer"), f"/escalations/away/{officer.pk}"
    assert page in senior.get("/escalations").content.decode()
    assert "Mo Dale, named already" in text_of(senior, page)
    assert send(senior, page, **DAYS, who="named").status_code == 302
    has = whose(made, MONDAY)
    assert has and has.officer_id == deputy.pk
    back = whose(made, NOW + timedelta(days=8))
    assert back is not None and "Away 23 November 2026 to 27 November 2026" in text_of(senior, "/escalations")


def test_an_officer_without_a_deputy_names_who_stands_in_for_those_days(
    northmoor: Area, kai: Person, officer: Officer
) -> None:
    made = raised(northmoor, kai, at=MONDAY)
    senior, page = browser(northmoor, "senior_officer"), f"/escalations/away/{officer.pk}"
    said = {**DAYS, "who": "other", "name": "Ros Vane", "post": "Head of SEND"}
    unreached = send(senior, page, **said)
    assert unreached.status_code == 422 and "Ros Vane" in unreached.content.decode()
    assert send(senior, page, **said, phone="01632 960000").status_code == 302
    with context.as_engine():
        stands_in = Officer.objects.get(actor__name="Ros Vane")
    assert (stands_in.agency, stands_in.level, stands_in.rank) == (officer.agency, officer.level, 2)
    assert (stands_in.from_date, stands_in.to_date) == (date(2026, 11, 23), date(2026, 11, 27))
    has = whose(made, MONDAY)
    assert has and has.officer_id == stands_in.pk


def test_who_decides_meanwhile_is_asked_for_where_nobody_is_named(northmoor: Area, officer: Officer) -> None:
    senior, page = browser(northmoor, "senior_officer"), f"/escalations/away/{officer.pk}"
    assert "Select who decides meanwhile" in send(senior, page, **DAYS, who="").content.decode()
    with context.as_engine():
        assert not OfficerAbsence.objects.exists()


def test_back_earlier_is_written_down_too(northmoor: Area, officer: Officer) -> None:
    named(northmoor, deputy=True, name="Mo Dale", post="Deputy", place="Moor Council", phone="01632 960000")
    senior, page = browser(northmoor, "senior_officer"), f"/escalations/away/{officer.pk}"
    send(senior, page, **DAYS, who="named")
    with context.as_engine():
        absence = OfficerAbsence.objects.get()
    assert send(senior, f"{page}?absence={absence.pk}", **a_day("last", 22, 11, 2026)).status_code == 422
    assert send(senior, f"{page}?absence={absence.pk}", **a_day("last", 24, 11, 2026)).status_code == 302
    with context.as_engine():
        assert OfficerAbsence.objects.get().to_date == date(2026, 11, 24)


def test_nobody_writes_down_anothers_here(northmoor: Area, officer: Officer) -> None:
    for role in ("manager", "keyworker", "commissioner"):
        text_of(browser(northmoor, role), f"/escalations/away/{officer.pk}", 404)
    with pytest.raises(Refused):
        act(northmoor, "manager", say_own_away, officer=officer, first=NOW.date(), last=None)

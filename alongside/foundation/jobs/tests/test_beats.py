"""The sign that the job worker is alive, and the health page that shows it."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from alongside.foundation import clock
from alongside.foundation.jobs.beats import LATE_AFTER_SECONDS, WORKER, find_beat, is_alive, record_beat
from tests.cast import NOW


def test_the_last_beat_is_kept(db: None) -> None:
    assert find_beat(WORKER) is None
    record_beat(WORKER, NOW)
    record_beat(WORKER, NOW + timedelta(seconds=30))
    assert find_beat(WORKER) == NOW + timedelta(seconds=30)


@pytest.mark.parametrize(("more", "alive"), [(0, True), (1, False)])
def test_four_missed_beats_mean_that_it_is_down(more: int, alive: bool) -> None:
    at = NOW + timedelta(seconds=LATE_AFTER_SECONDS + more)
    assert is_alive(NOW, at) is alive
    assert not is_alive(None, at)


@pytest.mark.parametrize(("age", "status"), [(10, 200), (600, 503)])
def test_the_health_page_is_open_to_all_and_shows_nobody(
    db: None, monkeypatch: pytest.MonkeyPatch, age: int, status: int
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    record_beat(WORKER, NOW - timedelta(seconds=age))
    answer = Client().get("/health", headers={"accept": "application/json"})
    assert answer.status_code == status
    found = json.loads(answer.content)
    assert found["worker"]["age_seconds"] == age and found["database"]["well"] and found["disk"]["well"]
    assert Client().get("/health?format=json").json()["worker"] == found["worker"]
    page = Client().get("/health")
    assert page.status_code == status and f"{age} seconds ago" in page.content.decode()


def test_every_regular_job_comes_as_often_as_it_says(db: None) -> None:
    """Seconds stand last in these times, which is easily mistaken."""
    from procrastinate.contrib.django import app

    every = {
        task.task.name.rsplit(".", 1)[-1]: round(task.croniter.get_next(float, start_time=1_795_365_059.5))
        - 1_795_365_059
        for task in app.periodic_registry.periodic_tasks.values()
    }
    assert every["beat"] <= 30 and every["recount"] <= 10 and every["seal"] <= 60

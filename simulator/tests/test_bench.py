"""The bench counts what really goes over the wire, and calls a wrong answer wrong."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import clear_url_caches, set_urlconf

from alongside.foundation import clock
from alongside.overview.models import RegisterRow
from simulator.bench import measuring
from simulator.bench.asking import Answer, Asker, keep_connections, release_connections
from simulator.bench.measuring import FLOOR, install_floor, measure, measure_engine
from simulator.bench.pages import Page, Sample, find_samples, mistyped, pages_of
from simulator.demonstration import mark_as_demonstration
from simulator.simulating import simulate
from simulator.world import make_world

#: Statements that a page may need, and the round trip that asks whether the connection is alive.
BUDGET = 12 + 1


@pytest.fixture(scope="module")
def sample(own_database: None) -> Iterator[Sample]:
    now = clock.now()
    mark_as_demonstration(now)
    areas = make_world(1, 80, since=now.date() - timedelta(days=900), at=now)
    simulate(areas, 80, seed=1, years=1.0, now=now, loud=False)
    before = settings.ROOT_URLCONF
    install_floor()
    clear_url_caches()
    keep_connections()
    yield find_samples(now, 30)[0]
    release_connections()
    settings.ROOT_URLCONF = before
    clear_url_caches()
    set_urlconf(None)


def test_the_floor_answers_with_a_table_of_25_rows(sample: Sample) -> None:
    answer = sample.coordinator.get(FLOOR)
    assert answer.status == 200
    assert answer.body.count("<tr>") == 25


def test_every_round_trip_is_counted_transaction_control_too(sample: Sample) -> None:
    def three_and_two() -> Answer:
        with transaction.atomic():
            list(RegisterRow.objects.all()[:1])
            list(RegisterRow.objects.all()[:1])
            list(RegisterRow.objects.all()[:1])
        return Answer(200, 0.0, "")

    assert sample.coordinator.counted(three_and_two).trips == 5


def test_a_missing_page_and_being_sent_to_sign_in_count_as_errors(sample: Sample) -> None:
    assert sample.coordinator.get("/no/such/page").is_error
    assert Asker("not-a-key-that-anybody-has").get(FLOOR).is_error
    missing = Page("missing", lambda: (sample.coordinator, lambda: sample.coordinator.get("/no/such/page")))
    found = measure(missing, 3)
    assert found.errors > 3 and "404" in found.wrong


def test_a_measured_page_has_times_round_trips_and_its_ratio_to_the_floor(sample: Sample) -> None:
    floor = Page("floor", lambda: (sample.coordinator, lambda: sample.coordinator.get(FLOOR)))
    found = measure(floor, 5)
    told = found.told()
    assert found.errors == 0 and told["queries"] >= 2
    assert told["p50_ms"] > 0 and told["p95_ms"] >= told["p50_ms"]
    assert told["floor_ratio"] > 0


def test_every_measured_page_answers_within_its_budget(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "WARM", 1)
    monkeypatch.setattr(measuring, "COUNTED", 2)
    trips = {}
    for page in pages_of([sample]):
        found = measure(page, 1)
        assert found.errors == 0, found.wrong
        trips[page.name] = max(found.trips)
    assert {"plan_page", "actions_all", "contact_saved", "my_day", "meeting_agenda", "meeting_person"} <= set(trips)
    assert {name: many for name, many in trips.items() if many > BUDGET} == {}


def test_the_engine_is_measured_from_nothing_and_nothing_is_missing_afterwards(sample: Sample) -> None:
    assert measure_engine(seconds=5) > 0
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    assert sample.coordinator.get(FLOOR).body.count("<tr>") == 25


def test_amistyped_name_differs_in_one_letter() -> None:
    assert mistyped("Okafor") != "Okafor"
    assert sum(a != b for a, b in zip(mistyped("Okafor"), "Okafor", strict=True)) == 1

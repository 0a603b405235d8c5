"""A worker under load: a regular job comes round while its last one still waits."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.periodic import PeriodicDeferrer

from alongside.foundation.jobs.queueing import worker_connector
from alongside.foundation.jobs.tasks import DEAD_AFTER_SECONDS, beat, seal, sweep
from tests.plugin import as_owner

MINUTE = 60


@pytest.fixture
def waiting(db: None) -> Iterator[None]:
    """The worker's own connections commit: what they queued is taken away again."""
    yield
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute("truncate procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers cascade")


def jobs() -> list[str]:
    with as_owner(connection.settings_dict["NAME"]) as owner:
        found = owner.execute("select task_name from procrastinate_jobs order by task_name").fetchall()
    return [name.rsplit(".", 1)[-1] for (name,) in found]


def test_a_regular_job_whose_last_one_still_waits_is_left_out_and_the_worker_goes_on(waiting: None) -> None:
    regular = {periodic.task: periodic for periodic in app.periodic_registry.periodic_tasks.values()}

    async def two_rounds() -> None:
        with app.replace_connector(worker_connector()) as working:
            async with working.open_async():
                deferrer = PeriodicDeferrer(registry=working.periodic_registry)
                await deferrer.defer_jobs([(regular[beat], 0)])
                await deferrer.defer_jobs([(regular[beat], MINUTE), (regular[seal], MINUTE)])

    asyncio.run(two_rounds())
    assert jobs() == ["beat", "seal"]


def test_the_same_work_asked_of_the_worker_twice_is_refused_by_name(waiting: None) -> None:
    async def twice() -> None:
        with app.replace_connector(worker_connector()) as working:
            async with working.open_async():
                await working.tasks[seal.name].defer_async(timestamp=0)
                with pytest.raises(AlreadyEnqueued):
                    await working.tasks[seal.name].defer_async(timestamp=MINUTE)

    asyncio.run(twice())
    assert jobs() == ["seal"]


@pytest.mark.parametrize(("silent", "waits_too", "left"), [
    (DEAD_AFTER_SECONDS + 5, False, ["todo"]),
    (DEAD_AFTER_SECONDS + 5, True, ["todo"]),
    (DEAD_AFTER_SECONDS - 5, True, ["doing", "todo"]),
])  # fmt: skip
def test_the_work_of_a_worker_that_died_is_done_by_one_that_lives(
    waiting: None, silent: int, waits_too: bool, left: list[str]
) -> None:
    """Sealing holds a lock: a dead worker's job that kept it would stop all sealing for good."""

    async def swept() -> None:
        with app.replace_connector(worker_connector()) as working:
            async with working.open_async():
                manager = working.job_manager
                await working.tasks[seal.name].defer_async(timestamp=0)
                died = await manager.register_worker()
                assert await manager.fetch_job(queues=None, worker_id=died)
                if waits_too:
                    await working.tasks[seal.name].defer_async(timestamp=MINUTE)
                with as_owner(connection.settings_dict["NAME"]) as owner:
                    owner.execute(
                        "update procrastinate_workers set last_heartbeat = now() - make_interval(secs => %s)", [silent]
                    )
                await sweep.func(SimpleNamespace(app=working), timestamp=0)

    asyncio.run(swept())
    with as_owner(connection.settings_dict["NAME"]) as owner:
        found = owner.execute("select status::text from procrastinate_jobs order by 1").fetchall()
    assert [state for (state,) in found] == left

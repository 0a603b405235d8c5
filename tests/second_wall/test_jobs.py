"""Jobs: who leaves work to the worker, and who fetches it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from alongside.features.keyworking.models import Proposal
from alongside.foundation.access import context
from alongside.foundation.jobs.queueing import queue_job
from tests.cast import NOW, Area
from tests.second_wall.asking import by_hand, refused, run

PLAN = "alongside.features.keyworking.tasks.work_out_proposal"
IMPORT = "alongside.exchange.tasks.go_on_with_import"
TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers")
ANYBODY = ("manager", "coordinator", "commissioner", "governance", "admin", "keyworker", "family")


def jobs() -> list[tuple[Any, ...]]:
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute("select task_name, lock, args, status::text from procrastinate_jobs order by id")
        return cursor.fetchall()


@pytest.fixture
def plan(northmoor: Area) -> Iterator[Proposal]:
    with by_hand(northmoor.actors["manager"]) as me:
        yield Proposal.objects.create(icb=northmoor.icb, asked_by_id=me.id, asked_at=NOW)


@pytest.mark.parametrize("role", ANYBODY)
def test_nobody_writes_reads_or_ends_a_job_by_hand(northmoor: Area, plan: Proposal, role: str) -> None:
    with by_hand(northmoor.actors["manager"]):
        queue_job(PLAN, plan.pk)
    with by_hand(northmoor.actors[role]):
        for table in TABLES:
            assert run(f"select 1 from {table}") == 0
            assert run(f"delete from {table}") == 0
        assert run("update procrastinate_jobs set status = 'cancelled'") == 0
        with refused("row-level"):
            run("insert into procrastinate_jobs (queue_name, task_name, lock) values ('default', 'x', 'seal')")
        with refused("row-level"):
            run("insert into procrastinate_workers default values")
        with refused("row-level"):
            run("select procrastinate_defer_jobs_v1(array[row('default', %s, 0, null, null, '{}', null)]"
                "::procrastinate_job_to_defer_v1[])", PLAN)  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("select id from procrastinate_fetch_job_v2(null, null)")
            assert cursor.fetchone() == (None,)
    assert [job[0] for job in jobs()] == [PLAN]


@pytest.mark.parametrize(("role", "may"), [(role, role in ("manager", "coordinator")) for role in ANYBODY])
def test_a_plan_is_left_to_the_worker_by_those_who_run_the_service(
    northmoor: Area, plan: Proposal, role: str, may: bool
) -> None:
    with by_hand(northmoor.actors[role]):
        if may:
            queue_job(PLAN, plan.pk)
            queue_job(PLAN, plan.pk)
        else:
            with refused("may leave to the worker"):
                run("select access.queue_job(%s, %s)", PLAN, plan.pk)
    assert jobs() == ([(PLAN, "proposals", f'{{"proposal_id": {plan.pk}}}', "todo")] if may else [])


@pytest.mark.parametrize("task", ["alongside.foundation.jobs.tasks.seal", "x", "", IMPORT])
def test_no_other_work_is_left_to_it(northmoor: Area, plan: Proposal, task: str) -> None:
    with by_hand(northmoor.actors["manager"]), refused("may leave to the worker"):
        run("select access.queue_job(%s, %s)", task, plan.pk)


def test_another_areas_plan_and_one_that_is_ready_are_not_worked_on(
    northmoor: Area, saltby: Area, plan: Proposal
) -> None:
    with by_hand(saltby.actors["manager"]), refused("may leave to the worker"):
        run("select access.queue_job(%s, %s)", PLAN, plan.pk)
    with by_hand(northmoor.actors["manager"]):
        Proposal.objects.filter(pk=plan.pk).update(state="ready", ready_at=NOW)
        with refused("may leave to the worker"):
            run("select access.queue_job(%s, %s)", PLAN, plan.pk)


def test_what_may_be_queued_is_a_task_with_the_lock_that_it_declares(northmoor: Area, plan: Proposal) -> None:
    from procrastinate.contrib.django import app

    assert {PLAN, IMPORT} <= set(app.tasks)
    with by_hand(northmoor.actors["manager"]):
        queue_job(PLAN, plan.pk)
    assert [(name, lock) for name, lock, _, _ in jobs()] == [(PLAN, app.tasks[PLAN].lock)]


def test_the_worker_fetches_under_its_own_proof_and_reaches_nobody(northmoor: Area, plan: Proposal) -> None:
    with by_hand(northmoor.actors["manager"]):
        queue_job(PLAN, plan.pk)
    with context.asking_with(context.worker_proof()), connection.cursor() as cursor:
        cursor.execute(
            "select access.engine(), access.actor(), access.signing_in(), access.me(now(), '1 day', '1 day')"
        )
        assert cursor.fetchone() == (False, None, False, None)
        cursor.execute("select access.end_key(now()), (select worker_id from procrastinate_register_worker_v1())")
        worker = cursor.fetchone()[1]
        cursor.execute("select task_name from procrastinate_fetch_job_v2(null, %s)", [worker])
        assert cursor.fetchone() == (PLAN,)
        assert run("select 1 from people_person") == run("select 1 from accounts_user") == 0


@pytest.mark.parametrize("role", ANYBODY)
def test_what_a_plan_counts_is_read_by_those_who_run_the_service(northmoor: Area, plan: Proposal, role: str) -> None:
    with by_hand(northmoor.actors[role]):
        assert run("select waiting, placed from keyworking_proposal") == int(role in ("manager", "coordinator"))

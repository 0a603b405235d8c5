"""Leaving work to the worker, and the worker's own way to fetch it. Nobody else reads or writes jobs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import UniqueViolation
from psycopg import AsyncConnection, AsyncCursor, errors

from alongside.foundation.access import context


def queue_job(task: str, number: int) -> None:
    """The worker goes on with the row of this number, in the transaction that wrote it.

    `task` is the task's full name, and stands in `access/sql/jobs.sql` with who may ask for it; anything else is
    refused by the database. Asked twice while it still waits, it is one job.
    """
    with connection.cursor() as cursor:
        cursor.execute("select access.queue_job(%s, %s)", [task, number])


class WorkerConnector(PsycopgConnector):
    """The library's connector, for tables under row-level security.

    There the database names the rule that a row breaks, never the row's own values; the library asserts that it has
    them, and a regular job whose last one still waits would end the worker instead of being left out.
    """

    @asynccontextmanager
    async def _get_cursor(self, connection: AsyncConnection | None = None) -> AsyncIterator[AsyncCursor[Any]]:
        try:
            async with super()._get_cursor(connection=connection) as cursor:
                yield cursor
        except errors.UniqueViolation as taken:
            raise UniqueViolation(constraint_name=taken.diag.constraint_name, queueing_lock=None) from taken


def worker_connector() -> PsycopgConnector:
    """Connections that fetch and end jobs, each with the worker's proof from its first statement on."""
    return WorkerConnector(kwargs=connector_params(), configure=_show_proof)


async def _show_proof(opened: AsyncConnection) -> None:
    await opened.execute("select set_config('app.key', %s, false)", [context.worker_proof()])
    await opened.commit()

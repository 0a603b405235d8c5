"""The job worker: regular tasks, and whatever a page left to be done after it answered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from alongside.foundation import clock
from alongside.foundation.jobs.beats import WORKER, record_beat
from alongside.foundation.launcher.roles import refuse_unsafe_role

#: One job at a time may be long (an import, a recount) without keeping the others waiting.
JOBS_AT_ONCE = 3

#: How long a job may take to come to a good end when the worker is told to stop.
GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "Runs the job worker until it is told to stop."
    # They would load every page, and `migrate` has just run them.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits, then end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        from procrastinate.contrib.django import app

        from alongside.foundation.jobs.queueing import worker_connector

        refuse_unsafe_role(connection)
        record_beat(WORKER, clock.now())
        connection.close()
        with app.replace_connector(worker_connector()) as working:
            working.run_worker(
                name=WORKER,
                concurrency=JOBS_AT_ONCE,
                wait=not once,
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=True,
            )

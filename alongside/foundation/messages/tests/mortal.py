"""A process for `test_killed.py`: queues messages, then has them sent by workers that are killed in the middle.

    python -m alongside.foundation.messages.tests.mortal LEDGER HOW_MANY

Its last line says how many workers were killed before one came to the end.
"""

import os
import random
import signal
import sys
from pathlib import Path

import django

DIES = 0.25


class Mortal:
    """Writes each reference it takes as one line of a ledger, and is sometimes killed before or after."""

    def __init__(self, ledger: Path, seed: int) -> None:
        self.ledger, self.chance = ledger, random.Random(seed)

    def find(self, reference: str) -> str | None:
        self._maybe_die()
        return reference if reference in self.ledger.read_text().split() else None

    def send(self, parcel: object) -> str:
        self._maybe_die()
        reference: str = parcel.reference  # type: ignore[attr-defined]
        with open(self.ledger, "a") as file:
            file.write(f"{reference}\n")
        self._maybe_die()
        return reference

    def fate(self, provider_id: str) -> object:
        raise NotImplementedError

    def _maybe_die(self) -> None:
        if self.chance.random() < DIES:
            os.kill(os.getpid(), signal.SIGKILL)


def queue(how_many: int) -> None:
    from alongside.foundation import clock
    from alongside.foundation.access import context
    from alongside.foundation.messages.operations import queue_notice
    from alongside.foundation.messages.sending import post_room
    from alongside.foundation.messages.ways import email
    from alongside.foundation.organisations.models import Organisation
    from alongside.foundation.recording.recording import recording

    with context.as_engine(), recording(by=post_room(), at=clock.now()) as note:
        icb = Organisation.objects.create(kind="icb", code="TKL", name="Killed ICB", invented=True)
        for number in range(how_many):
            queue_notice(note, icb_id=icb.pk, way=email(f"{number}@example.org", notice="urgent"))


def worker(ledger: Path, seed: int) -> int:
    """A process of its own that sends. Its process id."""
    if child := os.fork():
        return child
    from alongside.foundation import clock
    from alongside.foundation.access import context
    from alongside.foundation.messages.models import Delivery
    from alongside.foundation.messages.sending import send_waiting

    send_waiting(clock.now, Mortal(ledger, seed))  # type: ignore[arg-type]
    with context.as_engine():
        os._exit(Delivery.objects.exclude(state="sent").exists())


def killed(ledger: Path) -> int:
    """Starts workers, always two at a time, until both find everything sent. How many were killed."""
    died = 0
    for first in range(0, 1000, 2):
        both = [worker(ledger, seed) for seed in (first, first + 1)]
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in both]
        died += ended.count(-signal.SIGKILL)
        if ended == [0, 0]:
            break
    return died


if __name__ == "__main__":
    django.setup()
    from django.db import connection

    queue(int(sys.argv[2]))
    connection.close()
    print(killed(Path(sys.argv[1])))

"""The rows of one life while they are being written."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from simulator import history as h
from simulator.writing.table import MODELS

Row = dict[str, Any]

# The order in which the product does what follows from an act (`config/wiring.py`).
AREA, HOSPITAL, NEWS = 1, 2, 3


class Numbers:
    """The next free id of each table, for rows that are not yet in the database."""

    def __init__(self, next_ids: dict[str, int]) -> None:
        self.next_ids = next_ids

    def take(self, kind: str) -> int:
        number = self.next_ids[kind]
        self.next_ids[kind] = number + 1
        return number


class Written:
    """The rows of one life. `rows` is by kind, each in the order made; `follows` is what an act causes at its end."""

    person: Row
    at: datetime
    by: h.Member

    def __init__(self, life: h.Life, numbers: Numbers) -> None:
        self.life, self.numbers = life, numbers
        self.rows: dict[str, list[Row]] = {kind: [] for kind in MODELS}
        self.icb = life.icb_id
        self.name = ""
        # Names of keyworkers by allocation.
        self.workers: dict[int, str] = {}

    def begin(self, moment: h.Moment, act: UUID) -> None:
        """A new act: its rows carry its time and name."""
        self.at, self.by, self.act, self.ordinal = moment.at, moment.by, act, 0
        self.follows: list[tuple[int, Callable[[], None]]] = []

    def add_row(self, kind: str, /, **values: Any) -> Row:
        row = {"id": self.numbers.take(kind)} | values
        self.rows[kind].append(row)
        return row

    def fact(self, kind: str, topic: int, happened_at: datetime | None = None, /, **values: Any) -> Row:
        return self.add_row(
            kind,
            person_id=self.person["id"],
            topic=int(topic),
            recorded_icb_id=self.icb,
            recorded_by_id=self.by.id,
            recorded_at=self.at,
            happened_at=happened_at or self.at,
            **values,
        )

    def say(
        self,
        code: str,
        words: str,
        topic: int,
        subject: str = "",
        subject_id: int | None = None,
        happened_at: datetime | None = None,
        icb: int | None = None,
        **detail: Any,
    ) -> None:
        self.ordinal += 1
        self.add_row(
            "event",
            act=self.act,
            ordinal=self.ordinal,
            code=code,
            person_id=self.person["id"],
            icb_id=icb or self.icb,
            topic=int(topic),
            subject=subject,
            subject_id=subject_id,
            words=words[:400],
            detail=detail,
            by_id=self.by.id,
            by_name=self.by.name,
            happened_at=happened_at or self.at,
            recorded_at=self.at,
        )

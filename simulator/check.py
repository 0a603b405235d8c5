"""Does the bulk door write what operations would have written? A sample is replayed and compared, row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.overview.models import Duty, RegisterRow
from alongside.overview.recounting import count_turned
from simulator.history import Life
from simulator.identity import nhs_numbers
from simulator.replay import Replay
from simulator.writing.door import connect
from simulator.writing.table import MODELS

# What can't be the same twice: identities, and which transaction it was.
APART = {"id", "reference", "nhs_number", "act", "xid", "digest", "disposal_id"}
DERIVED = {"duty": Duty, "registerrow": RegisterRow, "opentopics": OpenTopics}
#: What keys and subjects of duties call a kind that has another name here.
SUBJECTS = {
    "move_offer": "moveoffer",
    "planned_review": "plannedreview",
    "version": "planversion",
    "proposal": "planproposal",
    "answer": "plananswer",
    "outside": "outsiderules",
    "outside_rules": "outsiderules",
}
KEY = re.compile(
    r"(?<![a-z_])(person|entry|stay|rating|consent|circumstance|review|allocation|action|promise|lifeevent|"
    rf"{'|'.join(sorted(SUBJECTS, reverse=True))}):(\d+)"
)
#: What is put to an officer names a rule and then a number, of whatever the rule is about.
ESCALATED = re.compile(r"^(escalate:duty:\w+):\d+")
ORDER = {"registerrow": ("entry_id",), "duty": ("key",), "opentopics": ("involvement_id", "from_at", "topics")}


@dataclass(frozen=True)
class Difference:
    """One row that is not the same: of which person and kind, as it was written and as operations write it."""

    number: int
    kind: str
    written: dict[str, Any] | None
    replayed: dict[str, Any] | None

    def __str__(self) -> str:
        if self.written is None or self.replayed is None:
            return f"person {self.number}, {self.kind}: {self.written} / {self.replayed}"
        apart = {
            name: (value, self.replayed.get(name))
            for name, value in self.written.items()
            if value != self.replayed.get(name)
        }
        return f"person {self.number}, {self.kind}: {apart}"


class RolledBack(Exception):
    """Leaves no trace of a replay."""


def check(sample: dict[int, Life], at: datetime) -> list[Difference]:
    """Replays each life in a transaction that is undone, and compares. Empty when all rows are the same.

    `at`: for when what is due was worked out as they were written.
    """
    with connect() as owner:
        taken = {number for (number,) in owner.execute("select nhs_number from people_person").fetchall() if number}
    free = nhs_numbers(taken)
    found: list[Difference] = []
    for person_id, life in sample.items():
        found += compare(life.number, rows_about(person_id), _replayed(life, next(free), at))
    return found


def _replayed(life: Life, nhs_number: str, at: datetime) -> dict[str, list[dict[str, Any]]]:
    has_number = life.moments[0].steps[0].known["nhs_number"]  # type: ignore[union-attr]
    rows: dict[str, list[dict[str, Any]]] = {}
    try:
        with transaction.atomic():
            person_id = Replay(life, nhs_number if has_number else None).run()
            count_turned(at)
            rows = rows_about(person_id)
            raise RolledBack
    except RolledBack:
        return rows


def compare(number: int, written: dict[str, list], replayed: dict[str, list]) -> list[Difference]:
    found = []
    for kind in written:
        ours, theirs = written[kind], replayed[kind]
        for turn in range(max(len(ours), len(theirs))):
            one = ours[turn] if turn < len(ours) else None
            other = theirs[turn] if turn < len(theirs) else None
            if one != other:
                found.append(Difference(number, kind, one, other))
    return found


def rows_about(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person, by kind, with numbers within the person instead of ids."""
    with context.as_engine():
        raw = {kind: list(_values(kind, model, person_id)) for kind, model in (MODELS | DERIVED).items()}
    places = {
        kind: {row["id"]: turn for turn, row in enumerate(rows, 1)} for kind, rows in raw.items() if kind in MODELS
    }
    plain = {kind: [_plain(kind, row, places) for row in rows] for kind, rows in raw.items()}
    plain["duty"].sort(key=lambda row: row["key"])
    return plain


def _values(kind: str, model: Any, person_id: int) -> Iterator[dict[str, Any]]:
    rows = model.objects.filter(pk=person_id) if kind == "person" else model.objects.filter(person_id=person_id)
    return rows.order_by(*ORDER.get(kind, ("id",))).values()


def _plain(kind: str, row: dict[str, Any], places: dict[str, dict[int, int]]) -> dict[str, Any]:
    model: Any = (MODELS | DERIVED)[kind]
    plain = {name: value for name, value in row.items() if name not in APART}
    for field in model._meta.concrete_fields:
        own = _kind_of(field.related_model)
        if own and plain.get(field.attname) is not None:
            plain[field.attname] = places[own].get(plain[field.attname])
    if plain.get("subject_id") is not None:
        plain["subject_id"] = _place(places, plain["subject"], plain["subject_id"])
    if kind == "involvement":
        plain["person_id"], plain["because_id"] = 1, places["allocation"].get(plain["because_id"])
    if kind in ("event", "opentopics"):
        plain["person_id"] = 1
    for name in ("key", "duty_key"):
        if name in plain:
            plain[name] = ESCALATED.sub(r"\1", plain[name])
            plain[name] = KEY.sub(lambda m: f"{m[1]}:{_place(places, m[1], int(m[2]))}", plain[name])
    if plain.get("recipient_kind") == "review":
        plain["recipient_id"] = places["plannedreview"].get(plain["recipient_id"])
    if plain.get("origin") == "plan":
        plain["origin_id"] = places["planversion"].get(plain["origin_id"])
    return plain


def _place(places: dict[str, dict[int, int]], name: str, number: int) -> int | None:
    """The number within the person, of what a key or subject calls by this name."""
    return places.get(SUBJECTS.get(name, name), {}).get(number)


def _kind_of(model: Any) -> str:
    return next((kind for kind, known in MODELS.items() if known is model), "")

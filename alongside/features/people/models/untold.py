"""Rows about what was done without telling the family, because telling them would not be safe."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alongside.foundation.access.protection import ACTOR, ENGINE, FactRows, may_read

_CLOSED = "select 1 from people_closedrecord c where c.person_id = $t.person_id and c.reopened_at is null"


@dataclass(frozen=True)
class UntoldRows(FactRows):
    """As any fact; but nobody who came in by the family door reads a row before its `told` is true.

    Whoever wrote it down reads it also where the record is closed to them, and so do the custodians of a closed record:
    somebody has to look again whether the family can be told. by_engine: only its own act writes it; then it also stays
    open to them once the family knows.
    """

    by_engine: bool = False

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                theirs = f"($t.recorded_by_id = {ACTOR} or exists ({_CLOSED}))"
                if not self.by_engine:
                    theirs = f"(not $t.told and {theirs})"
                reached = f"({clause.removeprefix('using ')} or {theirs})"
                yield may_read(f"($t.told or not (select access.comes_as_family())) and {reached}")
            elif command == "insert" and self.by_engine:
                yield "insert", f"with check ({ENGINE})"
            else:
                yield command, clause


def mark_of_untold(fact: Any) -> dict[str, Any]:
    """What an event about this row carries where the family was not told of it: the database shows them neither."""
    return {"untold": True} if isinstance(fact.protection, UntoldRows) and not fact.told else {}

"""Facts that are the team's own: nobody reads them through the family door."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.foundation.access.protection import FactRows


@dataclass(frozen=True)
class TeamsOwnRows(FactRows):
    """As any fact of its one topic; but nobody reads a row through the family door."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                clause = f"using (not (select access.comes_as_family()) and {clause.removeprefix('using ')})"
            yield command, clause

"""Who reads what is followed about a person: staff by topic, the family once they were told."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.people.models.untold import UntoldRows
from alongside.foundation.access.protection import FactRows, may_read


@dataclass(frozen=True)
class ToldRows(UntoldRows):
    """As any fact; through the family door a row is there once `told` is true.

    Unlike what was told against an agreement, it opens to nobody for having written it.
    """

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in FactRows.policies(self):
            if command == "select":
                yield may_read(
                    f"($t.told or not (select access.comes_as_family())) and ({clause.removeprefix('using ')})"
                )
            else:
                yield command, clause

"""Who reads what commissioners and the team write down about a hospital."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.features.people.teams_own import TeamsOwnRows
from alongside.foundation.access.protection import AGREED, ENGINE


@dataclass(frozen=True)
class OversightRows(TeamsOwnRows):
    """As the team's own rows; and whoever only works with the person, as the ward does, reads none."""

    def policies(self) -> Iterator[tuple[str, str]]:
        for command, clause in super().policies():
            if command == "select":
                theirs = f"{ENGINE} or $t.{self.recorded_by} = any({AGREED}) or access.may_write($t.{self.person}, "
                clause = f"using (({theirs}{self.only_topic})) and {clause.removeprefix('using ')})"
            yield command, clause
